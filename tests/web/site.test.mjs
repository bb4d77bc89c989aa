// The pages of partners and the certificates in Chromium: accessible, silent on the network, and on one sheet.

import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {walk} from './keyboard.mjs';

const {SITE, PICTURES, CHECKERS, CHROMIUM, COVENANT} = process.env;
const require = createRequire(`${CHECKERS}/`);
const {chromium} = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const languages = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
const certificates = readdirSync(SITE).filter(name => name.startsWith('certificate'));
const damaged = new Map();
const inLatvian = certificates.filter(name => name.includes('.lv.'));
// What `--print-csp` says to send; every page of the site must be whole under it.
const policy = execFileSync(COVENANT, ['export', '--print-csp'], {encoding: 'utf8'}).trim();
let browser, server, origin;

before(async () => {
  mkdirSync(PICTURES, {recursive: true});
  server = createServer((request, response) => {
    const name = new URL(request.url, 'http://localhost').pathname.slice(1);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', policy);
    response.end(damaged.get(name) ?? readFileSync(`${SITE}/${name}`));
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

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`);
}

const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const sheets = pdf => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 320]) {
    test(`pages of partners and certificates are accessible, ${colorScheme}, ${width} pixels wide`, async () => {
      const names = ['1', '2', '3', '4', '5'].map(number => `plain/partner/AP-000${number}.lv.html`);
      for (const name of [...names, 'based/partner/AP-0001.el.html', 'plain/partners.lv.html', 'plain/practices.lv.html', 'plain/former.lv.html', 'plain/certificate/AP-0001.lv.html', ...inLatvian]) {
        await open(name, {width, colorScheme}, async (page, {requests, complaints}) => {
          assert.deepEqual(await violations(page), [], name);
          assert.ok(await overflow(page) <= 0, name);
          assert.deepEqual(complaints, [], name);
          assert.deepEqual(requests.filter(url => url !== page.url() && !url.startsWith('data:')), [], name);
          const path = `${PICTURES}/${name.replaceAll('/', '-')}.${width}.${colorScheme}.png`;
          await page.screenshot({path, fullPage: true});
        });
      }
    });
  }
}

test('pages of partners are accessible in every language', async () => {
  for (const language of languages) {
    await open(`plain/partner/AP-0001.${language}.html`, {width: 390}, async page => {
      assert.deepEqual(await violations(page), [], language);
      assert.equal(await page.locator('html').getAttribute('lang'), language === 'pt' ? 'pt-PT' : language);
    });
  }
});

test('no title breaks within a word on a narrow telephone', async () => {
  for (const language of languages) {
    await open(`plain/partners.${language}.html`, {width: 320}, async page => {
      const missing = await page.locator('h1').evaluate(title => {
        title.style.overflowWrap = 'normal';
        return title.scrollWidth - title.clientWidth;
      });
      assert.ok(missing <= 0, `${language}: ${missing}`);
    });
  }
});

test('the keyboard reaches everything on the page of a partner', async () => {
  for (const number of ['1', '2', '3']) {
    await open(`plain/partner/AP-000${number}.lv.html`, {reducedMotion: 'reduce'}, async page => assert.ok(await walk(page) >= 3));
  }
});

test('a damaged page is found out', async () => {
  const text = readFileSync(`${SITE}/plain/partner/AP-0001.lv.html`, 'utf8');
  damaged.set('damaged.html', text.replace('<html lang="lv">', '<html>'));
  await open('damaged.html', {}, async page => assert.notDeepEqual(await violations(page), []));
});

test('from the list to a partner, to another language, and back, with what was chosen', async () => {
  await open('plain/partners.lv.html?category=financial', {}, async page => {
    await page.locator('#AP-0001 a.details').click();
    assert.equal(await page.locator('h1').textContent(), 'Klimata alianse KA');
    await page.locator('.languages summary').click();
    await page.locator('.languages a[lang=en]').click();
    assert.ok(page.url().endsWith('/partner/AP-0001.en.html?category=financial'));
    await page.locator('.back a').click();
    assert.ok(page.url().endsWith('/plain/partners.en.html?category=financial#AP-0001'));
  });
});

test('practices are found by country and words, and all there without scripts', async () => {
  const shown = page => page.locator('.partner:visible').count();
  await open('plain/practices.lv.html', {}, async page => {
    assert.equal(await shown(page), 5);
    await page.locator('[name=q]').fill('JAUNA alianse');
    assert.equal(await shown(page), 1);
    assert.equal(await page.locator('output').textContent(), 'Prakse un instrumenti: 1');
    await page.locator('[name=q]').fill('nekas');
    assert.ok(await page.locator('.none').isVisible());
    await page.locator('[name=q]').fill('');
    await page.locator('[name=country]').selectOption('LV');
    assert.equal(await shown(page), 2);
    assert.ok(page.url().endsWith('?country=LV'));
    await page.reload();
    assert.equal(await shown(page), 2);
    await page.locator('.by a:visible').first().click();
    assert.ok(page.url().endsWith('/partner/AP-0001.lv.html'));
  });
  await open('plain/practices.lv.html', {javaScriptEnabled: false}, async page => {
    assert.equal(await shown(page), 5);
    assert.ok(await page.locator('.more').isHidden());
  });
});

test('the categories of who shares a practice are in one line', async () => {
  await open('plain/practices.lv.html', {}, async page => {
    const tops = await page.locator('.kinds').first().locator('li').evaluateAll(all => all.map(one => one.getBoundingClientRect().top));
    assert.ok(tops.length > 1);
    assert.equal(tops[0], tops[1]);
  });
});

test('a certificate is one sheet of A4, whatever the name', async () => {
  for (const name of certificates) {
    await open(name, {}, async page => {
      const pdf = await page.pdf({preferCSSPageSize: true, printBackground: false});
      assert.equal(sheets(pdf), 1, name);
      const box = pdf.toString('latin1').match(/\/MediaBox\s*\[([^\]]*)\]/)[1].trim().split(/\s+/).map(Number);
      assert.deepEqual(box.slice(2).map(Math.round), [595, 842], name);
    });
  }
});
