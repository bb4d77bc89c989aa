// The JSON of a site against the schemas that are published beside it, and its description against DCAT-AP's shapes.

import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import {pathToFileURL} from 'node:url';

const {SITE, CHECKERS} = process.env;
const checker = createRequire(`${CHECKERS}/`);
const {default: Ajv} = checker('ajv/dist/2020.js');
const jsonld = checker('jsonld');
const {Parser, Store} = checker('n3');
const {default: ShapeValidator} = await import(pathToFileURL(`${CHECKERS}/rdf-validate-shacl/index.js`));

const day = /^\d{4}-\d\d-\d\d$/;
const formats = {
  date: text => day.test(text) && !isNaN(Date.parse(text)),
  'date-time': text => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !isNaN(Date.parse(text)),
  iri: text => URL.canParse(text),
};
const read = name => JSON.parse(readFileSync(`${SITE}/${name}`, 'utf8'));

/** What a schema of a site has against a value; an empty text when it has nothing. */
function complaint(site, schema, value) {
  const ajv = new Ajv({strict: true, strictTypes: false, allErrors: true, formats});
  return ajv.compile(read(`${site}/${schema}.schema.json`))(value) ? '' : ajv.errorsText();
}

/** The list of changes that leads from nothing to a list. */
const delta = list => ({format: 1, from: 0, to: 9, modified: list.modified, joined: list.partners, changed: [],
  ended: list.former, removed: ['AP-0009']});

for (const site of ['plain', 'based']) {
  test(`the data of the site "${site}" conforms to its schemas`, () => {
    const list = read(`${site}/partners.json`);
    assert.equal(complaint(site, 'partners', list), '');
    assert.equal(list.partners.length, 4);
    assert.equal(list.former.length, 1);
    assert.equal(complaint(site, 'delta', delta(list)), '');
    const feeds = readdirSync(`${SITE}/${site}`).filter(name => /^feed\.\w\w\.json$/.test(name));
    assert.equal(feeds.length, 24);
    for (const feed of feeds) assert.equal(complaint(site, 'feed', read(`${site}/${feed}`)), '', feed);
  });
}

test('a schema finds every member that is lost or of another kind', () => {
  const find = (schema, value, change) => {
    const damaged = structuredClone(value);
    change(damaged);
    assert.notEqual(complaint('plain', schema, damaged), '', `${schema}: ${change}`);
  };
  const list = read('plain/partners.json');
  assert.equal(read('based/partners.json').partners[0].page, 'https://site.example.org/partners/partner/AP-0001.en.html');
  assert.equal(read('based/partners.json').licence, 'https://licence.example.org/');
  for (const name of Object.keys(list.partners[0])) {
    find('partners', list, it => delete it.partners[0][name]);
    find('partners', list, it => { it.partners[0][name] = {}; });
    find('delta', delta(list), it => delete it.joined[0][name]);
  }
  for (const name of Object.keys(list.former[0])) find('partners', list, it => delete it.former[0][name]);
  for (const change of [it => { it.format = 2; }, it => { it.modified = '2026-13-01'; }, it => { it.partners[0].id = 'AP-1'; },
    it => { it.partners[0].categories = ['bank']; }, it => { it.partners[0].website = 'example'; },
    it => { it.partners[0].country = 'Latvia'; }, it => { it.partners[0].practices = ['Guide']; }, it => delete it.categories.other]) {
    find('partners', list, change);
  }
  find('delta', delta(list), it => { it.removed = [9]; });
  const feed = read('plain/feed.lv.json');
  for (const name of ['id', 'title', 'date_published']) find('feed', feed, it => delete it.items[0][name]);
  find('feed', feed, it => { it.version = 'https://jsonfeed.org/version/1'; });
});

const shapes = new Store(['shapes', 'range', 'vocabularies'].flatMap(name =>
  new Parser().parse(readFileSync(`dcat-ap-3.0.1/${name}.ttl`, 'utf8'))));

/** What DCAT-AP has against a description: the paths of its violations. */
async function violations(description) {
  const quads = new Parser().parse(await jsonld.toRDF(description, {format: 'application/n-quads'}));
  const {results} = await new ShapeValidator(shapes).validate(new Store(quads));
  const severe = results.filter(result => result.severity.value.endsWith('#Violation'));
  return [...new Set(severe.map(result => result.path.value.replace(/.*[/#]/, '')))].sort();
}

test('the description of the data conforms to DCAT-AP', async () => {
  const description = read('based/dataset.jsonld');
  assert.deepEqual(await violations(description), []);
  delete description['dct:title'];
  delete description['dcat:contactPoint']['@type'];
  delete description['dcat:theme']['skos:prefLabel'];
  assert.deepEqual(await violations(description), ['contactPoint', 'prefLabel', 'title']);
});
