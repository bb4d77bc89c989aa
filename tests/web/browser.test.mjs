// The public page in Chromium: accessible, complete without scripts, silent on the network, and deaf to its data.

import assert from 'node:assert/strict';
import {mkdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {walk} from './keyboard.mjs';

const {PAGES, PICTURES, CHECKERS, CHROMIUM} = process.env;
const require = createRequire(`${CHECKERS}/`);
const {chromium} = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const languages = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
const widths = [1280, 390, 320];
const damaged = new Map();
let browser, server, origin, asked;

before(async () => {
  mkdirSync(PICTURES, {recursive: true});
  server = createServer((request, response) => {
    asked.push(request.url);
    const name = new URL(request.url, 'http://localhost').pathname.slice(1);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(damaged.get(name) ?? readFileSync(`${PAGES}/${name}`));
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({executablePath: CHROMIUM, args: ['--no-sandbox']});
});

after(async () => {
  await browser.close();
  server.close();
});

/** Opens a page and hands it to `judge` with what it asked the network for and what the browser complained of. */
async function open(name, {width = 1280, height = 900, ...options}, judge) {
  const context = await browser.newContext({viewport: {width, height}, ...options});
  const page = await context.newPage();
  const requests = [], complaints = [];
  asked = [];
  page.on('request', request => requests.push(request.url()));
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('dialog', dialog => (complaints.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  try {
    await page.goto(`${origin}/${name}`);
    await judge(page, {requests, complaints});
  } finally {
    await context.close();
  }
}

/** The query of the address, which the script sets a moment after what was typed or chosen. */
async function demandSearch(page, expected) {
  const query = () => page.evaluate(() => location.search);
  for (let tries = 0; tries < 100 && await query() !== expected; ++tries) await page.waitForTimeout(50);
  assert.equal(await query(), expected);
}

/** Chooses a button, wherever a page that still scrolls to a partner has it. */
async function choose(page, button) {
  await page.locator(button).evaluate(one => one.click());
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`);
}

const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const shown = page => page.locator('.partner:visible').evaluateAll(items => items.map(item => item.id));
const count = page => page.locator('output').textContent();
const picture = (page, name, fullPage = false) => page.screenshot({path: `${PICTURES}/${name}.png`, fullPage});

for (const colorScheme of ['light', 'dark']) {
  for (const width of widths) {
    test(`the page is accessible, ${colorScheme}, ${width} pixels wide`, async () => {
      for (const name of ['sample.en', 'sample.lv', 'example.en', 'example.lv', 'hostile', 'empty']) {
        await open(`${name}.html`, {width, colorScheme}, async (page, {requests, complaints}) => {
          assert.deepEqual(await violations(page), [], name);
          assert.ok(await overflow(page) <= 0, name);
          assert.deepEqual(complaints, [], name);
          assert.deepEqual(requests.filter(url => url !== page.url() && !url.startsWith('data:')), [], name);
          assert.deepEqual(asked, [`/${name}.html`]);
          if (/sample|example/.test(name)) await picture(page, `${name}.${width}.${colorScheme}`);
        });
      }
    });
  }

  test(`the page is accessible in every language, ${colorScheme}`, async () => {
    for (const language of languages) {
      await open(`sample.${language}.html`, {width: 390, colorScheme}, async (page, {complaints}) => {
        assert.deepEqual(await violations(page), [], language);
        assert.deepEqual(complaints, [], language);
        await page.setViewportSize({width: 320, height: 900});
        assert.ok(await overflow(page) <= 0, language);
        if (colorScheme === 'light') await picture(page, `language.${language}`);
      });
    }
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`the annual report is accessible in every language, ${colorScheme}`, async () => {
    for (const language of languages) {
      const name = `report.${language}`;
      await open(`${name}.html`, {colorScheme}, async (page, {requests, complaints}) => {
        for (const width of widths) {
          await page.setViewportSize({width, height: 900});
          assert.ok(await overflow(page) <= 0, `${name} ${width}`);
          if (['en', 'lv', 'el', 'bg'].includes(language)) await picture(page, `${name}.${width}.${colorScheme}`, true);
        }
        assert.deepEqual(await violations(page), [], name);
        assert.deepEqual(complaints, [], name);
        assert.deepEqual(requests.filter(url => url !== page.url() && !url.startsWith('data:')), [], name);
        assert.deepEqual(asked, [`/${name}.html`]);
      });
    }
  });
}

test('each chart of the annual report says the same as its table', async () => {
  await open('report.en.html', {}, async page => {
    const charts = await page.locator('svg[role=img]').count();
    assert.ok(charts > 5);
    assert.equal(await page.locator('section').count(), charts);
    const bars = await page.locator('section:has(#countries-heading) rect.first').count();
    assert.equal(await page.locator('section:has(#countries-heading) tbody tr').count(), bars);
  });
});

test('text may be spaced wider without running out', async () => {
  await open('sample.lv.html', {width: 320}, async page => {
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('body *')) {
        element.style.cssText = 'line-height: 1.5; letter-spacing: .12em; word-spacing: .16em';
      }
    });
    assert.ok(await overflow(page) <= 0);
  });
});

test('everything is there without scripts, and categories can be chosen by keyboard', async () => {
  await open('sample.lv.html', {javaScriptEnabled: false}, async page => {
    assert.equal((await shown(page)).length, 20);
    assert.equal(await count(page), '20 partneru');
    assert.equal(await page.locator('[name=country]').isVisible(), false);
    await page.locator('[name=category][value=""]').focus();
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(page), ['AP-0001', 'AP-0016', 'AP-0019']);
    assert.equal(await page.locator('output').isVisible(), false);
    await page.keyboard.press('ArrowLeft');
    assert.equal((await shown(page)).length, 20);
    assert.equal(await page.locator('output').isVisible(), true);
    await picture(page, 'without-scripts');
  });
});

test('the first stop of the keyboard leads to the list', async () => {
  await open('sample.en.html', {}, async page => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await picture(page, 'skip-link');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'partners');
  });
});

test('the filter works by keyboard, counts in the right plural and keeps its state in the address', async () => {
  await open('sample.lv.html', {}, async page => {
    await page.locator('[name=category]:checked').focus();
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(page), ['AP-0001', 'AP-0016', 'AP-0019']);
    assert.equal(await count(page), '3 partneri');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.parentNode.className), 'meaning');
    await page.keyboard.press('Tab');
    await page.keyboard.type('credito ETICO');
    assert.deepEqual(await shown(page), ['AP-0016']);
    assert.equal(await count(page), '1 partneris');
    await demandSearch(page, '?category=financial&q=credito+ETICO');
    await picture(page, 'filtered');
    await page.reload();
    assert.deepEqual(await shown(page), ['AP-0016']);
    await page.keyboard.press('Tab');
    await page.locator('[name=q]').fill('nobody has this');
    assert.equal(await count(page), '0 partneru');
    assert.equal(await page.locator('.none').isVisible(), true);
    await picture(page, 'no-match');
  });
});

test('only those that offer practices and tools are shown on demand, together with the other filters', async () => {
  const offering = ['AP-0001', 'AP-0002', 'AP-0003', 'AP-0005', 'AP-0006', 'AP-0009', 'AP-0010', 'AP-0012', 'AP-0013', 'AP-0017',
                    'AP-0018', 'AP-0020'];
  await open('sample.lv.html', {}, async page => {
    const tools = page.locator('[name=tools]');
    await tools.focus();
    await page.keyboard.press('Space');
    assert.deepEqual((await shown(page)).sort(), offering);
    assert.equal(await count(page), '12 partneru');
    await demandSearch(page, '?tools=1');
    await choose(page, '[name=category][value=civil-society]');
    assert.deepEqual((await shown(page)).sort(), ['AP-0002', 'AP-0003', 'AP-0012', 'AP-0013', 'AP-0020']);
    await page.locator('[name=q]').fill('energ');
    assert.deepEqual((await shown(page)).sort(), ['AP-0003', 'AP-0012', 'AP-0020']);
    await page.locator('[name=country]').selectOption('LV');
    assert.deepEqual(await shown(page), ['AP-0003']);
    await demandSearch(page, '?category=civil-society&country=LV&q=energ&tools=1');
    await page.reload();
    assert.deepEqual(await shown(page), ['AP-0003']);
    assert.equal(await tools.isChecked(), true);
    await page.locator('[name=country]').selectOption('PT');
    assert.deepEqual(await shown(page), []);
    await tools.uncheck();
    assert.deepEqual(await shown(page), ['AP-0016']);
    await tools.check();
    assert.deepEqual(await shown(page), []);
    assert.equal(await page.locator('.none').isVisible(), true);
  });
});

test('the number that is found is announced', async () => {
  const announced = async page => {
    const session = await page.context().newCDPSession(page);
    const {nodes} = await session.send('Accessibility.getFullAXTree');
    const status = nodes.filter(node => !node.ignored && node.properties?.some(({name, value}) => name === 'live' && value.value === 'polite'));
    const below = id => nodes.filter(node => node.parentId === id).flatMap(node => [node, ...below(node.nodeId)]);
    return status.map(node => below(node.nodeId).find(({role}) => role.value === 'StaticText')?.name.value);
  };
  await open('sample.en.html', {}, async page => {
    assert.deepEqual(await announced(page), ['20 partners']);
    await page.locator('[name=q]').fill('lodzka');
    assert.deepEqual(await announced(page), ['1 partner']);
  });
});

test('the keyboard reaches everything in the order of the page, sees where it is, and gets out again', async () => {
  for (const [name, options] of [['sample.en', {}], ['sample.lv', {width: 320, colorScheme: 'dark'}], ['hostile', {}],
                                 ['empty', {}], ['sample.el', {javaScriptEnabled: false}]]) {
    await open(`${name}.html`, {reducedMotion: 'reduce', ...options}, async page => {
      const stops = await walk(page);
      assert.ok(stops >= {sample: 60, hostile: 5, empty: 1}[name.split('.')[0]], `${name}: ${stops}`);
    });
  }
});

test('letters with strokes and Greek endings are found without them', async () => {
  await open('sample.en.html', {}, async page => {
    for (const [words, id] of [['lodzka', 'AP-0012'], ['ΕΝΩΣΗ νησιων', 'AP-0006'], ['ΣΧΕΔΙΑ ΝΗΣΙΑ', 'AP-0006'],
                               ['islensk-evropska jardhitafelagid', 'AP-0011'], ['silumos tsta', 'AP-0017']]) {
      await page.locator('[name=q]').fill(words);
      assert.deepEqual(await shown(page), [id], words);
    }
  });
});

test('a country is chosen by its name', async () => {
  await open('sample.lv.html?country=PT', {}, async page => {
    assert.deepEqual(await shown(page), ['AP-0008', 'AP-0016']);
    await page.locator('[name=country]').selectOption({label: 'Latvija (1)'});
    assert.deepEqual(await shown(page), ['AP-0003']);
    await page.locator('[name=country]').selectOption('');
    assert.equal((await shown(page)).length, 20);
    await demandSearch(page, '');
  });
});

test('an address that asks for what is not there shows everything', async () => {
  await open('sample.lv.html?category=nonsense%22%5D&country=ZZ&q=', {}, async (page, {complaints}) => {
    assert.equal((await shown(page)).length, 20);
    assert.deepEqual(complaints, []);
  });
});

test('hostile texts change nothing of the page but its words', async () => {
  const shape = async name => {
    let elements;
    await open(name, {}, async (page, {complaints}) => {
      await page.waitForTimeout(200);
      elements = await page.evaluate(() => [...document.querySelectorAll('*')].map(element =>
        `${element.tagName} ${element.getAttributeNames()}`));
      assert.equal(await page.title(), 'Associated Partners – Covenant of Mayors');
      assert.deepEqual(complaints, []);
      assert.equal(await page.locator('.partner a').evaluateAll(links => links.every(link =>
        ['http:', 'https:'].includes(link.protocol))), true);
    });
    return elements;
  };
  assert.deepEqual(await shape('hostile.html'), await shape('plain.html'));
});

test('paper gets the addresses and no controls', async () => {
  await open('sample.en.html', {width: 720, colorScheme: 'dark'}, async page => {
    await page.emulateMedia({media: 'print'});
    for (const control of ['.filter', '.details', '.more', '.languages']) {
      assert.equal(await page.locator(control).first().isVisible(), false, control);
    }
    assert.equal(await page.locator('.id').first().isVisible(), true);
    assert.equal(await page.locator('h3 a').first().evaluate(link => getComputedStyle(link, '::after').content),
                 '" <https://savings.example.org/>"');
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), 'rgb(23, 37, 43)');
    await picture(page, 'print');
  });
});

test('the four shapes differ without colours', async () => {
  await open('sample.en.html', {forcedColors: 'active'}, async page => {
    const shapes = await page.locator('.meaning dt').evaluateAll(terms => terms.map(term => {
      const {borderRadius, clipPath, backgroundColor} = getComputedStyle(term, '::before');
      return {shape: `${borderRadius} ${clipPath}`, backgroundColor};
    }));
    assert.equal(new Set(shapes.map(({shape}) => shape)).size, 4);
    assert.deepEqual([...new Set(shapes.map(({backgroundColor}) => backgroundColor))], ['rgb(0, 0, 0)']);
    await picture(page, 'forced-colors');
  });
});

test('a long list is found and shown as a short one is', async () => {
  await open('long.html', {}, async page => {
    assert.equal((await shown(page)).length, 400);
    await page.locator('[name=q]').fill('AP-399');
    assert.deepEqual(await shown(page), ['AP-0399']);
  });
});

test('a very long list is cut until all of it is wanted', async () => {
  await open('cut.html', {}, async page => {
    assert.equal((await shown(page)).length, 50);
    assert.equal(await count(page), '1,001 partners');
    assert.equal(await page.locator('.rest button').textContent(), 'Show all 1,001');
    await page.locator('[name=q]').fill('AP-999');
    await page.locator('#AP-0999').waitFor({state: 'visible'});
    assert.deepEqual(await shown(page), ['AP-0999']);
    await page.locator('[name=q]').fill('');
    await page.locator('#AP-0001').waitFor({state: 'visible'});
    assert.equal((await shown(page)).length, 50);
    await page.locator('.rest button').click();
    assert.equal((await shown(page)).length, 1001);
    assert.equal(await page.evaluate(() => document.activeElement.closest('.partner').id), 'AP-0051');
    assert.equal(await page.locator('.rest').isVisible(), false);
  });
  await open('cut.html#AP-0900', {}, async page => lands(page, 'AP-0900'));
  await open('cut.html', {javaScriptEnabled: false}, async page => assert.equal((await shown(page)).length, 1001));
});

/** Whether an element is at the top of the window, or as near as the end of the page lets it be, once nothing moves any more. */
const lands = async (page, id) => {
  const top = () => page.locator(`#${id}`).evaluate(item => item.getBoundingClientRect().top);
  let before, now = await top();
  do {
    before = now;
    await page.waitForTimeout(300);
    now = await top();
  } while (now !== before);
  const isAtEnd = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
  assert.ok(Math.abs(now - 16) <= 1 || isAtEnd && now > 0 && now < 900, `${id}: ${now}`);
};

test('links land in a long list, whatever it takes to scroll there', async () => {
  for (const width of [1280, 390]) {
    await open('long.html#AP-0390', {width, reducedMotion: 'no-preference'}, async page => lands(page, 'AP-0390'));
    await open('long.html', {width, reducedMotion: 'no-preference'}, async page => {
      await page.locator('.facts a').click();
      await lands(page, 'changes');
      await page.evaluate(() => location.hash = '#AP-0377');
      await lands(page, 'AP-0377');
    });
  }
});

test('the first partner is on the first screen in every language', async () => {
  for (const [width, most] of [[1280, 640], [768, 700], [390, 800]]) {
    for (const name of [...languages.map(language => `sample.${language}`), ...['en', 'lv', 'el', 'bg'].map(language => `hundred.${language}`)]) {
      await open(`${name}.html`, {width}, async page => {
        const top = await page.locator('.partner').first().evaluate(item => item.getBoundingClientRect().top);
        assert.ok(top <= most, `${name}, ${width}: ${top}`);
      });
    }
  }
});

test('on a laptop a category that is chosen changes what is seen', async () => {
  for (const language of ['en', 'bg', 'el']) {
    await open(`hundred.${language}.html`, {width: 1366, height: 657}, async page => {
      await choose(page, '[name=category][value=financial]');
      assert.equal(await page.evaluate(() => scrollY), 0);
      const [first] = await shown(page);
      for (const seen of ['output', '.selected', `#${first} h3`]) {
        assert.ok(await page.locator(seen).evaluate(item => item.getBoundingClientRect().bottom <= innerHeight), `${language}: ${seen}`);
      }
      await picture(page, `laptop.${language}`);
    });
  }
});

test('languages are behind one button, without scripts too, in the order of their names', async () => {
  for (const options of [{javaScriptEnabled: false}, {width: 390}, {width: 320, colorScheme: 'dark'}]) {
    await open('sample.el.html', options, async page => {
      const links = page.locator('.languages a');
      assert.equal(await links.first().isVisible(), false);
      await page.locator('.languages summary').click();
      assert.equal((await links.allTextContents()).join(' '), 'български español čeština dansk Deutsch eesti ελληνικά English français ' +
        'Gaeilge hrvatski italiano latviešu lietuvių magyar Malti Nederlands polski português română slovenčina slovenščina suomi svenska');
      assert.ok(await links.evaluateAll(all => all.every(link => link.getBoundingClientRect().right <= innerWidth)));
      assert.ok(await overflow(page) <= 0);
      if (options.javaScriptEnabled !== false) assert.deepEqual(await violations(page), []);
      await picture(page, `languages.${options.width ?? 1280}`);
    });
  }
});

test('only what partners say is searched, and spelling does not matter', async () => {
  await open('sample.en.html', {}, async page => {
    for (const [words, ids] of [['since', []], ['expertise', []], ['details', []], ['builders\' federation', ['AP-0005']],
                                ['street lighting', ['AP-0001']], ['streetlighting', ['AP-0001']], ['street-lighting', ['AP-0001']],
                                ['AP-5', ['AP-0005']], ['ap-0012', ['AP-0012']], ['sece.example.org', ['AP-0016']],
                                ['heat-pumps', ['AP-0010']], ['industry bulgaria', ['AP-0019']]]) {
      await page.locator('[name=q]').fill(words);
      assert.deepEqual(await shown(page), ids, words);
    }
  });
});

test('what is chosen is said in words, printed, and undone by one button', async () => {
  await open('sample.en.html?category=civil-society&country=PT&q=etico', {}, async page => {
    const said = page.locator('.selected span');
    assert.equal(await said.textContent(), 'Selection: NGOs and civil society · Portugal · etico');
    await page.emulateMedia({media: 'print'});
    assert.equal(await said.isVisible(), true);
    assert.equal(await page.locator('.selected button').isVisible(), false);
    await picture(page, 'print-filtered');
    await page.emulateMedia({media: 'screen'});
    await page.locator('.selected button').click();
    assert.equal((await shown(page)).length, 20);
    assert.equal(await said.isVisible(), false);
    await demandSearch(page, '');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'category');
  });
  await open('sample.en.html', {javaScriptEnabled: false}, async page => {
    await choose(page, '[name=category][value=financial]');
    await page.emulateMedia({media: 'print'});
    const labels = await page.locator('fieldset label:visible').allTextContents();
    assert.deepEqual(labels.map(label => label.trim()), ['Financial institutions 3']);
  });
});

test('the newest come first on demand', async () => {
  await open('sample.en.html', {}, async page => {
    await page.locator('[name=order]').selectOption('newest');
    assert.deepEqual((await shown(page)).slice(0, 3), ['AP-0003', 'AP-0016', 'AP-0019']);
    await demandSearch(page, '?order=newest');
    await page.locator('[name=q]').fill('energ');
    assert.equal((await shown(page))[0], 'AP-0003');
    await page.reload();
    assert.equal((await shown(page))[0], 'AP-0003');
    await page.locator('[name=order]').selectOption('');
    assert.deepEqual(await shown(page), (await shown(page)).toSorted());
  });
});

test('letters lead to the names that begin with them, among those that are shown', async () => {
  await open('hundred.en.html', {}, async page => {
    const letters = page.locator('.letters a:visible');
    const all = await letters.allTextContents();
    assert.deepEqual(all, all.toSorted());
    assert.deepEqual(await violations(page), []);
    for (const label of [all[1], all.at(-1)]) {
      const link = page.locator('.letters a', {hasText: new RegExp(`^${label}$`)});
      await link.click();
      const name = await page.locator(`${await link.evaluate(one => one.hash)} h3 a`).textContent();
      assert.equal(name[0].toUpperCase(), label);
    }
    await choose(page, '[name=category][value=financial]');
    const seen = new Set(await page.locator('.partner:visible h3 a').evaluateAll(links => links.map(link => link.textContent[0].toUpperCase())));
    assert.deepEqual(new Set(await letters.allTextContents()), seen);
    await page.locator('[name=order]').selectOption('newest');
    assert.equal(await letters.count(), 0);
  });
});

test('a link to a partner shows it, whatever is chosen', async () => {
  await open('sample.en.html?category=financial', {}, async page => {
    await page.locator('.changes a').first().click();
    assert.deepEqual(await shown(page), ['AP-0001', 'AP-0016', 'AP-0019']);
    await choose(page, '[name=category][value=other]');
    await page.evaluate(() => location.hash = '#AP-0012');
    await page.locator('#AP-0012').waitFor({state: 'visible'});
    assert.equal((await shown(page)).length, 20);
    assert.equal(await page.locator('.selected').isVisible(), false);
    await choose(page, '[name=category][value=financial]');
    await page.locator('.changes a').nth(2).click();
    assert.equal(await page.locator('#AP-0004').isVisible(), true);
  });
  await open('sample.en.html?q=nothing#AP-0003', {}, async page => assert.equal(await page.locator('#AP-0003').isVisible(), true));
  await open('sample.en.html', {javaScriptEnabled: false}, async page => {
    await choose(page, '[name=category][value=financial]');
    await page.locator('.changes a').nth(2).click();
    assert.equal(await page.locator('#AP-0004').isVisible(), true);
  });
});

test('what is chosen goes along to another language, and parameters of others stay', async () => {
  await open('sample.en.html?utm_source=letter&category=financial', {}, async page => {
    await page.locator('[name=q]').fill('etico');
    await demandSearch(page, '?utm_source=letter&category=financial&q=etico');
    await page.locator('.languages summary').click();
    const link = page.locator('.languages a[lang=lv]');
    await link.focus();
    assert.ok((await link.evaluate(one => one.href)).endsWith('/partners.lv.html?utm_source=letter&category=financial&q=etico'));
  });
});

test('a long text is cut on the screen, and whole where it is linked to and on paper', async () => {
  await open('sample.en.html', {}, async page => {
    const text = page.locator('#AP-0005 .what > p');
    await text.evaluate(one => one.textContent += ' and more'.repeat(400));
    const height = () => text.evaluate(one => one.getBoundingClientRect().height);
    const cut = await height();
    assert.ok(cut < 200, `${cut}`);
    await page.evaluate(() => location.hash = '#AP-0005');
    assert.ok(await height() > 500);
    await page.evaluate(() => location.hash = '');
    assert.equal(await height(), cut);
    await page.emulateMedia({media: 'print'});
    assert.ok(await height() > 300);
  });
});

test('a damaged page is found out', async () => {
  const whole = readFileSync(`${PAGES}/sample.en.html`, 'utf8');
  damaged.set('no-language', whole.replace('<html lang="en"', '<html'));
  damaged.set('other-style', whole.replace('</style>', ' </style>'));
  damaged.set('own-script', whole.replace('</main>', '<script>document.title = "broken"</script></main>'));
  damaged.set('picture', whole.replace('img-src data:', "img-src 'self'").replace('</main>', '<img src="picture" alt=""></main>'));
  damaged.set('outline', whole.replace(/<meta http-equiv[^>]*>/, '').replace('</style>', ':focus { outline: none !important }</style>'));
  damaged.set('order', whole.replace('<a class="skip"', '<a tabindex="1" class="skip"').replace('<main>', '<main><a tabindex="2" href="#x">x</a>'));
  damaged.set('wide', whole.replace('</main>', '<svg width="2000"></svg></main>'));
  await open('no-language', {}, async page => assert.match((await violations(page)).join(), /html-has-lang/));
  for (const name of ['other-style', 'own-script']) {
    await open(name, {}, async (page, {complaints}) => {
      assert.match(complaints.join(), /Content Security Policy/);
      assert.notEqual(await page.title(), 'broken');
    });
  }
  await open('picture', {}, async () => assert.deepEqual(asked, ['/picture', '/picture']));
  await open('outline', {}, page => assert.rejects(walk(page), /AssertionError/));
  await open('order', {}, page => assert.rejects(walk(page), /AssertionError/));
  await open('wide', {width: 320}, async page => assert.ok(await overflow(page) > 0));
});
