import assert from "node:assert/strict";
import { test } from "node:test";

import { search } from "../../assets/js/search-engine.js";
import { HASH, opened, published, query } from "./search-made-up.mjs";

const { index, asked } = await opened();
const ask = (words, more) => search(index, query({ words, ...more }));

for (const words of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "<script>alert(1)</script>", "(a+)+$ .* [^x]", "\\", "%00%ff", "' OR 1=1 --", "{\"a\":1}", "../../etc/passwd", "$& ${x}"]) {
  test(`${words} is words like any others`, async () => {
    const found = await ask(words, { exact: true });
    assert.ok(found.total <= 12 && found.units.every(({ kind, typed }) => kind && typed));
    assert.equal((await ask(`${words} heart`, { exact: true, size: 12 })).documents.includes(1), true);
  });
}

test("words that nothing has are found nowhere", async () => {
  for (const words of ["constructor", "tostring", "hasownproperty"]) {
    const { total, units, relaxed, loosened } = await ask(words, { exact: true });
    assert.deepEqual([total, units, relaxed, loosened], [0, [{ typed: words, kind: "unknown", name: null, read: "" }], false, [{ part: "words", total: 12 }]]);
  }
});

test("a word of the index may be called like anything", async () => {
  const shard = JSON.parse(published()[`${HASH}/lex/1.json`]);
  const { index: odd } = await opened(published({ "lex/1.json": { ...shard, constructor: [[1]], hasownproperty: [[2]] }, "lex/0.json": JSON.parse('{"__proto__":[[3]],"asthma":[[0]]}') }));
  assert.deepEqual((await search(odd, query({ words: "constructor" }))).documents, [1]);
  assert.deepEqual((await search(odd, query({ words: "hasOwnProperty" }))).documents, [2]);
  assert.deepEqual((await search(odd, query({ words: "asthma toString", exact: true }))).documents, [0]);
});

test("nothing to read is nothing asked", async () => {
  for (const words of ["", "   ", "?!", "\u0000\u0007\u001b", "\u202e\u2066\u200b\ufeff", "🙂 ❤️", "\ud800", "---", "'"]) {
    const { total, units, cut } = await ask(words);
    assert.deepEqual([total, units, cut], [12, [], false], JSON.stringify(words));
  }
});

test("control and bidi characters and emoji part words and do no more", async () => {
  for (const words of ["\u202eheart\u202c failure", "heart\u0000failure", "🙂heart🙂failure🙂", "heart\u200b failure\ufeff"]) assert.deepEqual((await ask(words)).documents, [1, 3], JSON.stringify(words));
});

test("other letters find what is written in them", async () => {
  assert.deepEqual((await ask("日本")).documents, [8]);
  assert.deepEqual((await ask("ёлка")).documents, [9]);
  assert.deepEqual((await ask("ЁЛКА 日本")).documents, [8, 9]);
  assert.equal((await ask("がん")).total, 0);
});

test("stop words alone are words", async () => {
  const { total, units } = await ask("the of and", { exact: true });
  assert.deepEqual([total, units.map(({ typed }) => typed)], [0, ["the", "of", "and"]]);
});

test("no more than 500 characters and 32 words are read, and the answer says so", async () => {
  const long = await ask("heart ".repeat(2000));
  assert.deepEqual([long.cut, long.units.length, long.documents], [true, 32, [1, 3, 4, 9]]);
  assert.equal((await ask(`${"x".repeat(10_000)}`)).cut, true);
  assert.deepEqual([(await ask("b ".repeat(32), { exact: true })).cut, (await ask("b ".repeat(33), { exact: true })).cut], [false, true]);
  assert.equal((await ask(`${" ".repeat(494)}heart!`)).cut, false);
  assert.equal((await ask(`${" ".repeat(495)}heart!`)).cut, true);
  assert.equal((await ask(`${"𝒳".repeat(300)}`)).cut, true);
});

test("a typed text is no path", async () => {
  assert.ok(asked.every((path) => /^[a-z]+(\/\d+)?\.json$/.test(path)), asked.join());
});

test("pages and values that are not there are empty", async () => {
  assert.deepEqual((await ask("heart", { from: 4 })).documents, []);
  assert.deepEqual((await ask("heart", { from: 1e9 })).documents, []);
  assert.deepEqual((await ask("heart", { size: 0 })).documents, []);
  assert.deepEqual(await (await ask("heart", { size: 0 })).cards(), []);
  assert.equal((await ask("heart", { age: 1e9 })).total, 2);
});

test("a site without trials answers", async () => {
  const manifest = JSON.parse(published()[`${HASH}/manifest.json`]);
  const empty = { ...manifest, trials: 0, facets: manifest.facets.map(({ name }) => ({ name, values: [] })), sets: [], lexicon: { terms: 0, firsts: [] }, suggest: {}, fuzzy: [], places: 0 };
  const columns = Object.fromEntries(manifest.facets.map(({ name }) => [name, { codes: [], starts: [], of: [] }]));
  const { index: none } = await opened(published({ "manifest.json": empty, "facets.json": columns, "lex/0.json": null, "ages.json": { bounds: [], starts: [], of: [] } }));
  for (const asked of [{}, { words: "asthma" }, { words: "asthma heart", age: 4, near: { latitude: 0, longitude: 0, radius: 5 }, order: "newest" }]) {
    const { total, documents, counts } = await search(none, query(asked));
    assert.deepEqual([total, documents, counts], [0, [], { status: [], phase: [], sex: [] }]);
  }
});
