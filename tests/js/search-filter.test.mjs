import assert from "node:assert/strict";
import { test } from "node:test";

import { answers, byNumber, EVERYTHING, fitsAge, fold, hasWords, haystack, loosenings, synonymsOf, terms, isStale, tone, understood, wordsOf } from "../../assets/js/search-filter.js";

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

const leukemia = { name: "Acute lymphoblastic leukemia", other_names: ["ALL", "Leukemia, Lymphoblastic"] };
const synonyms = synonymsOf([leukemia, { name: "Blinatumomab", other_names: ["Blincyto", "AMG 103"] }]);
const finds = (record, words) => answers(record, haystack(record), { ...EVERYTHING, words }, terms(words, synonyms));
const made = (facts) => ({ id: "NCT00000002", title: "A made-up trial", url: "", ...facts });

test("British and American spellings find each other", () => {
  const pairs = [["leukaemia", "Leukemia"], ["leukemia", "Leukaemia"], ["anaemia", "anemia"], ["diarrhoea", "diarrhea"], ["haematology", "hematology"], ["oedema", "edema"], ["tumour", "tumors"], ["paediatric", "pediatric"], ["leukae", "leukemia"]];
  for (const [typed, title] of pairs) assert.ok(finds(made({ title }), typed), typed);
  assert.equal(fold("Israel goes phoenix"), "israel goes phoenix");
});

test("a short word is a whole word, and the code of a sex is none", () => {
  assert.ok(!finds(made({ title: "Allogeneic transplant for all adults", sex: "ALL" }), "ALL"));
  assert.ok(hasWords(haystack(made({ title: "For all adults" })), ["all"]));
  assert.ok(!hasWords(haystack(made({ title: "Allogeneic" })), ["all"]));
});

test("another name finds what it names, and the page says so", () => {
  for (const words of ["ALL", "all", "lymphoblastic leukaemia acute"]) {
    for (const title of ["Acute Lymphoblastic Leukaemia", "B-ALL in children"]) if (words.length === 3 || title.length > 20) assert.ok(finds(made({ title }), words), `${words}: ${title}`);
  }
  assert.ok(finds(made({ title: "Blinatumomab for ALL" }), "blincyto all"));
  assert.ok(finds(made({ title: "Blinatumomab" }), "amg-103"));
  assert.equal(understood("ALL", synonyms), "Showing trials for: Acute lymphoblastic leukemia (ALL).");
  assert.equal(understood("Blincyto spain", synonyms), "Showing trials for: Blinatumomab (Blincyto), spain.");
  assert.equal(understood("acute lymphoblastic LEUKAEMIA", synonyms), "");
});

test("a trial number may be written in parts", () => {
  for (const words of ["nct 00000001", "NCT 00000001", "NCT-00000001", "00000001"]) assert.equal(byNumber([trial], words), trial, words);
  assert.ok(hasWords(haystack(trial), wordsOf("nct 00000001 anti")));
});

test("an open status that may have changed is not shown as open", () => {
  const today = { now: "2026-11-23", staleAfter: "30" };
  assert.equal(tone(made({ status: "RECRUITING", status_verified: "2026-10" }), today), "open");
  assert.equal(tone(made({ status: "RECRUITING", status_verified: "2023-10" }), today), "waiting");
  assert.equal(tone(made({ status: "RECRUITING", retrieved: "2026-10-01" }), today), "waiting");
  assert.equal(tone(made({ status: "RECRUITING", ends: "2026-10" }), today), "waiting");
  assert.equal(tone(made({ status: "RECRUITING", ends: "2026-11", retrieved: "2026-11-01" }), today), "open");
  assert.equal(isStale(made({ status: "NOT_YET_RECRUITING", retrieved: "2026-10-01", status_verified: "2020-01" }), today), true);
  assert.equal(isStale(made({ status: "NOT_YET_RECRUITING", retrieved: "2026-11-01", status_verified: "2020-01" }), today), false);
  assert.equal(tone(made({ status: "SUSPENDED" }), today), "waiting");
  assert.equal(tone(made({}), today), "closed");
});
