// A walk through a page with the Tab key, as somebody without a mouse takes it.

import assert from 'node:assert/strict';

/** What has the focus: its place among all elements, how it is outlined, whether it is in sight; null outside the page. */
const focused = page => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A radio button lies invisible over the text beside it, which is outlined in its place.
  const seen = element.type === 'radio' ? element.nextElementSibling : element;
  const {outlineStyle, outlineWidth, outlineColor, visibility} = getComputedStyle(seen);
  const {top, bottom, left, right, height} = seen.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll('*')].indexOf(element),
    html: element.outerHTML.slice(0, 120),
    outline: `${outlineStyle} ${parseFloat(outlineWidth) >= 2} ${outlineColor}`,
    inSight: visibility === 'visible' && height >= 10 && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight,
  };
});

/** All that a keyboard has to reach, by its place; of a group of radio buttons the one that is chosen. */
const reachable = page => page.evaluate(() => {
  const all = [...document.querySelectorAll('*')];
  return all.flatMap((element, place) =>
    element.matches('a[href], button, summary, select, textarea, input:not([type=radio]), [type=radio]:checked') &&
    !element.disabled && element.checkVisibility() ? [place] : []);
});

/** Visits every link and control once, in the order of the page, each outlined and in sight; then leaves the page. */
export async function walk(page) {
  const expected = await reachable(page);
  const accent = await page.evaluate(() => {
    const sample = document.body.appendChild(document.createElement('a'));
    sample.href = '#', sample.style.cssText = '';
    const {color} = getComputedStyle(sample);
    sample.remove();
    return color;
  });
  const visited = [];
  for (let step = 0; step <= expected.length; ++step) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop) break;
    visited.push(stop.place);
    assert.equal(stop.outline, `solid true ${accent}`, stop.html);
    assert.ok(stop.inSight, stop.html);
  }
  assert.deepEqual(visited, expected);
  await page.keyboard.press('Shift+Tab');
  assert.equal((await focused(page))?.place, expected.at(-1));
  return expected.length;
}
