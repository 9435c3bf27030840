import assert from "node:assert/strict";
import { test } from "node:test";

import { suggest } from "../../assets/js/search-suggest.js";
import { opened, published } from "./search-made-up.mjs";

const { index, asked } = await opened();
const names = async (text, options) => (await suggest(index, text, options)).map(({ before, name, trials }) => [before, name, trials]);

test("two letters bring the names that begin so", async () => {
  assert.deepEqual(await names("br"), [["", "Breast cancer", 2]]);
  assert.deepEqual(await names("AL"), [["", "Acute lymphoblastic leukemia", 1]]);
  assert.deepEqual(await names("a"), []);
});

test("a name is offered once, however many names begin so", async () => {
  assert.deepEqual(await names("bl"), [["", "Blinatumomab", 1]]);
});

test("more letters bring names of the lexicon that the short list leaves out", async () => {
  assert.deepEqual(await names("asth"), [["", "Asthma", 4]]);
  assert.deepEqual(await names("metf"), [["", "Metformin", 2]]);
  assert.deepEqual(await names("xyz"), []);
});

test("plurals, capitals and words that say nothing do not matter", async () => {
  for (const text of ["Heart fail", "heart failure", "hearts failures", "the heart", "  HEART  "]) assert.deepEqual(await names(text), [["", "Heart failure", 2]], text);
});

test("a last word that says nothing may become one that does", async () => {
  const { index: many } = await opened(published({ "suggest/br.json": [["Breast cancer", "breast cancer", 2], ["Breast disease", "breast diseas", 9]] }));
  const completed = async (text) => (await suggest(many, text)).map(({ name }) => name);
  assert.deepEqual(await completed("breast can"), ["Breast cancer"]);
  assert.deepEqual(await completed("breast and"), ["Breast disease", "Breast cancer"]);
});

test("behind other words the last ones are completed", async () => {
  assert.deepEqual(await names("Metformin  in heart f"), [["Metformin", "Heart failure", 2]]);
  assert.deepEqual(await names("one two three four five breas"), [["one two three four five", "Breast cancer", 2]]);
});

test("a name may have six words", async () => {
  const { index: many } = await opened(published({ "suggest/br.json": [["A long name", "breast b c d e f", 2]] }));
  const completed = async (text) => (await suggest(many, text)).map(({ before, name }) => [before, name]);
  assert.deepEqual(await completed("breast b c d e f"), [["", "A long name"]]);
  assert.deepEqual(await completed("x y breast b c d e f"), [["x y", "A long name"]]);
  assert.deepEqual(await completed(`${"x ".repeat(300)}br`), []);
});

test("of a long text only the last words are looked at", async () => {
  const { index: fresh, asked: files } = await opened();
  await suggest(fresh, "heart a1 a1 a1 a1 a1 breas");
  assert.ok(files.includes("lex/0.json") && !files.includes("lex/1.json"), files.join());
});

test("the names of most trials come first, and no more than asked for", async () => {
  assert.deepEqual(await names("b"), []);
  const rows = [["Bra", "bra", 5], ["Brag", "brag", 5], ["Brave", "brave", 1]];
  const { index: many } = await opened(published({ "suggest/br.json": rows, "lex/0.json": { "bra z": { found: [[1, 1, 1]], name: "Bra Z" }, breath: [[1]] } }));
  assert.deepEqual((await suggest(many, "bra")).map(({ name }) => name), ["Bra", "Brag", "Bra Z", "Brave"]);
  assert.deepEqual((await suggest(many, "bra", { limit: 2 })).map(({ name }) => name), ["Bra", "Brag"]);
});

test("what is typed is no more than text", async () => {
  asked.length = 0;
  for (const text of ["", "   ", "?", "__proto__", "constructor", "../../x", "<b>", "%2e%2e", "\u202e\u0000", "日本", "🙂🙂", "a".repeat(10_000), "the of", "[a-z]+", "\ud800"]) assert.ok(Array.isArray(await suggest(index, text)), text);
  assert.ok(asked.every((path) => /^(lex\/\d|suggest\/[a-z]{2}).json$/.test(path)), asked.join());
});

test("an aborted wish is no answer", async () => {
  await assert.rejects(suggest(index, "heart", { signal: AbortSignal.abort() }), { name: "AbortError" });
});
