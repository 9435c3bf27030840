import assert from "node:assert/strict";
import { test } from "node:test";

import { answers, byNumber, EVERYTHING, fitsAge, fold, hasWords, haystack, loosenings, wordsOf } from "../../assets/js/search-filter.js";

const trial = { id: "NCT00000001", title: "Anti-PD-1 for Sjögren’s", url: "trials/NCT00000001/", status: "RECRUITING", phases: ["PHASE1", "PHASE2"], sex: "FEMALE", minimum_age_years: 18, has_results: true };
const fits = (asked) => answers(trial, haystack(trial), { ...EVERYTHING, ...asked });

test("case, accents and hyphens do not matter", () => {
  assert.equal(fold("  SJÖGREN’s  "), "sjogren s");
  const hay = haystack(trial);
  for (const words of ["anti pd1", "anti-PD-1", "ANTIPD1", "pd 1", "an-tipd1", "sjogren", "sjo-gren", "nct00000001", "- anti"]) assert.ok(hasWords(hay, wordsOf(words)), words);
  assert.ok(!hasWords(hay, wordsOf("gren")));
});

test("age bounds are both included, and a bound that is not stated is open", () => {
  assert.ok(fitsAge(18, 65, 18) && fitsAge(18, 65, 65) && !fitsAge(18, 65, 17) && !fitsAge(18, 65, 66));
  assert.ok(fitsAge(undefined, undefined, 90) && fitsAge(null, 0.5, 0) && fitsAge(0.5, null, 0));
});

test("every filter narrows, and an empty one does not", () => {
  assert.ok(fits({}));
  assert.ok(fits({ status: "RECRUITING", phase: "PHASE2", sex: "FEMALE", age: 40, withResults: true, words: "pd-1" }));
  for (const asked of [{ status: "COMPLETED" }, { phase: "PHASE3" }, { sex: "MALE" }, { age: 3 }, { words: "asthma" }]) assert.ok(!fits(asked), JSON.stringify(asked));
});

test("a number alone finds its trial", () => {
  assert.equal(byNumber([trial], " nct00000001 "), trial);
  assert.equal(byNumber([trial], ""), undefined);
});

test("only a loosening that gives something is offered", () => {
  assert.deepEqual(loosenings((query) => (answers(trial, haystack(trial), query) ? 1 : 0), { ...EVERYTHING, words: "asthma" }), [{ part: "words", count: 1 }]);
});
