import assert from "node:assert/strict";
import test from "node:test";

import { counted, trouble, understood } from "../../assets/js/search-sentences.js";

const unit = (/** @type {Record<string, unknown>} */ facts) => ({ typed: "", kind: "word", name: null, read: "", ...facts });
const reading = (/** @type {unknown[]} */ units, words = "", /** @type {Record<string, unknown>} */ facts = {}) =>
  understood(/** @type {any} */ ({ units, relaxed: false, cut: false, total: 3, ...facts }), words);

test("how many trials there are", () => {
  assert.equal(counted({ total: 0, trials: 2365 }), "No trial on this site fits your search.");
  assert.equal(counted({ total: 1, trials: 2365 }), "1 trial of 2,365 fits your search.");
  assert.equal(counted({ total: 1200, trials: 2365 }), "1,200 trials of 2,365 fit your search.");
});

test("a name is told by the name that the site has for it, in the letters of the field", () => {
  const blinatumomab = unit({ typed: "blincyto", kind: "name", name: "Blinatumomab" });
  assert.deepEqual(reading([blinatumomab, unit({ typed: "cells" })], "Blincyto cells"), ["Showing trials for: Blinatumomab (Blincyto), cells."]);
});

test("a name that was typed in any spelling is not told again", () => {
  assert.deepEqual(reading([unit({ typed: "leukaemias", kind: "name", name: "Leukemia" })], "leukaemias"), []);
});

test("a typo is told by what was read", () => {
  assert.deepEqual(reading([unit({ typed: "metfromin", kind: "typo", read: "metformin" })], "metfromin"), ["Showing trials for: metformin."]);
  assert.deepEqual(reading([unit({ typed: "brest cancer", kind: "typo", read: "breast cancer", name: "Breast cancer" })], "brest cancer"), ["Showing trials for: Breast cancer."]);
});

test("beginnings, unknown words and a cut are told", () => {
  assert.deepEqual(reading([unit({ typed: "leuk", kind: "beginning" })], "leuk"), ["“leuk” is read as the beginning of a word."]);
  assert.deepEqual(reading([unit({ typed: "xyz", kind: "unknown" }), unit({ typed: "cells" })], "XYZ cells", { relaxed: true }), [
    "No trial has all of these words. These trials have some of them.",
    "No trial has the word “XYZ”.",
  ]);
  assert.deepEqual(reading([unit({ typed: "cells" })], "cells", { cut: true }), ["Your text is long. Only its first part was searched."]);
});

test("what holds no word, and words that every text has, are told as such", () => {
  assert.deepEqual(reading([], " ?! "), ["There is no word to search for in “?!”."]);
  assert.deepEqual(reading([], "", { total: 0 }), []);
  const common = [unit({ typed: "the", kind: "unknown" }), unit({ typed: "of", kind: "unknown" })];
  assert.deepEqual(reading(common, "the of", { total: 0 }), ["These words are too common to search for. Type an illness or a treatment."]);
});

test("why there is no answer", () => {
  assert.match(trouble({ kind: "offline" }), /Check your connection/);
  assert.match(trouble({ kind: "reload" }), /Load the page again/);
  for (const error of [{ kind: "damaged" }, { kind: "gone" }, new Error("any"), null, undefined]) assert.match(trouble(error), /does not work at the moment/);
});
