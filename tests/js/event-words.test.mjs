import assert from "node:assert/strict";
import { test } from "node:test";

import { foundRows } from "../../assets/js/event-filter.js";
import { wrap } from "../../assets/js/event-figure.js";
import { inHundred, newcombe, wilson } from "../../assets/js/event-numbers.js";
import { readingOf, summary, titleOf } from "../../assets/js/event-sentences.js";
import { initial } from "../../assets/js/event-state.js";
import { countText, differenceInWords, inWords, nameOf } from "../../assets/js/event-words.js";
import { madeUp } from "./event-made-up.mjs";

const events = madeUp();
const reading = (groups, place, of = events, change = {}) => readingOf(foundRows(of, { ...initial(groups), ...change })[place], groups, of);

test("shares are rounded half up", () => {
  const counted = [[43, 80], [23, 43], [20, 37], [17, 31], [13, 24], [12, 22], [11, 20], [9, 17], [7, 13], [6, 11], [5, 9], [4, 7], [3, 6], [2, 4], [1, 2]];
  for (const [affected, percent] of counted) assert.equal(inHundred(affected, 54), percent);
  assert.equal(inHundred(1, 8), 13);
});

test("what is not reported is never zero", () => {
  assert.equal(countText([1, 300]), "1 of 300 (<1%)");
  assert.equal(countText([0, 54]), "0 of 54 (0%)");
  assert.equal(countText([3, 0]), "not reported");
  assert.equal(countText(null), "not reported");
  assert.equal(countText([9, 5]), "9 of 5 (counts do not agree)");
  assert.equal(inWords([9, 5]), "9 of 5 (counts do not agree)");
});

test("the likely range is Wilson's, that of a difference Newcombe's", () => {
  for (const [affected, low, high] of [[43, 67, 88], [23, 30, 56], [3, 2, 15], [1, 0, 10], [0, 0, 7]]) {
    assert.deepEqual(wilson(affected, 54).map((bound) => Math.floor(100 * bound + 0.5)), [low, high]);
  }
  assert.equal(differenceInWords(newcombe([232, 405], [103, 202])), "6 more in 100; likely between 2 fewer and 15 more; this could be chance");
  assert.equal(newcombe([1, 0], [1, 2]), null);
});

test("a row is read with people first, then share and range, then those who are not in it", () => {
  const fever = reading([0], 0);
  assert.equal(fever.name, "Fever (Pyrexia)");
  assert.deepEqual(fever.sentences, ["43 of 54 people, about 80 in 100, likely between 67 and 88 in 100.", "The other 11 people, about 20 in 100, are not counted here. Another row may count some of them."]);
  assert.deepEqual(fever.arrays, [{ title: "", filled: 80, words: "80 of 100 figures are filled; 20 are not." }]);
});

test("people without a problem are counted where no other row can hold them", () => {
  assert.equal(reading([0], 1).sentences[1], "It was not reported in the other 45 people, about 83 in 100.");
  const elsewhere = madeUp(undefined, undefined, { source: "A made-up page" });
  assert.match(reading([0], 1, elsewhere).sentences[1], /are not counted here\. Another row may count some of them/);
});

test("a serious row says that the other list leaves out what is rare", () => {
  const alone = madeUp([["serious", "Sepsis", null, "", [[3, 54]]]], ["A"]);
  assert.deepEqual(reading([0], 0, alone).sentences.slice(1), [
    "It was not reported as serious in the other 51 people, about 94 in 100.",
    "It is not in the list of problems that were not serious.",
    "Problems that were not serious are listed only if more than 5% of people in some group had them. A problem that is missing here may still have happened.",
  ]);
});

test("the two parts of 100 always make 100", () => {
  const half = madeUp([["other", "Rash", null, "", [[5, 40]]], ["serious", "Sepsis", null, "", [[0, 40]]]], ["A"]);
  assert.deepEqual(reading([0], 0, half).sentences.slice(0, 2), [
    "5 of 40 people, about 13 in 100, likely between 5 and 26 in 100.",
    "It was not reported in the other 35 people, about 87 in 100.",
  ]);
});

test("every share has a hundred figures", () => {
  for (const [count, filled, words] of [
    [[0, 54], 0, "0 of 100 figures are filled; 100 are not."],
    [[1, 300], 0, "None of 100 figures is filled: fewer than 1 of 100 people."],
    [[299, 300], 100, "All 100 figures are filled: more than 99 of 100 people."],
    [[54, 54], 100, "100 of 100 figures are filled; 0 are not."],
  ]) {
    const one = madeUp([["other", "Rash", null, "", [count, [1, 2]]]], ["A", "B"]);
    assert.deepEqual(reading([0, 1], 0, one).arrays[0], { title: "A", filled, words: `A: ${words}` });
  }
});

test("a share is said once, and never as none or more than all", () => {
  assert.equal(inWords([3, 10000]), "3 of 10,000 people, likely fewer than 1 in 100");
  assert.equal(inWords([0, 10000]), "0 of 10,000 people, likely fewer than 1 in 100");
  assert.equal(inWords([10000, 10000]), "10,000 of 10,000 people, likely more than 99 in 100");
  assert.equal(inWords([1, 300]), "1 of 300 people, fewer than 1 in 100, likely between 0 and 2 in 100");
});

test("groups are read one by one, a difference first, and few people have a warning", () => {
  assert.deepEqual(reading([0, 1], 0, events, { mode: "difference", sort: "difference" }).sentences, [
    "In “Drug A”, compared with “Drug B”: 70 more in 100; likely between 53 more and 80 more.",
    "Drug A: 43 of 54 people, about 80 in 100, likely between 67 and 88 in 100.",
    "Drug B: 5 of 50 people, about 10 in 100, likely between 4 and 21 in 100.",
  ]);
  assert.ok(reading([2], 0).sentences.includes("With so few people, chance plays a large part in these numbers."));
  assert.deepEqual(reading([0, 1, 2], 0).arrays.map(({ title, filled }) => [title, filled]), [["Drug A", 80], ["Drug B", 10], ["Drug C", 10]]);
});

test("the summary says how many of how many, of whom, in which order", () => {
  const state = initial([0]);
  const rows = foundRows(events, state);
  assert.equal(summary(events, state, rows, { from: 0, shown: 2 }), "“Drug A”: 2 of 4 health problems shown, most frequent first. At the top: Fever (Pyrexia), 43 of 54 (80%).");
  assert.match(summary(events, state, rows, { from: 2, shown: 2 }), /: 3 to 4 of 4 health problems shown/);
  assert.equal(summary(events, state, [], { from: 0, shown: 0 }), "No listed health problem fits these choices in “Drug A”. Problems that were not serious are listed only if more than 5% of people in some group had them. A problem that is missing here may still have happened.");
  assert.equal(titleOf(events, { ...state, groups: [0, 1] }), "Of every 100 people, how many had each health problem: “Drug A” and “Drug B”");
});

test("a medical term that the plain words hold is not said again", () => {
  const name = (kind, term, layTerm) => nameOf({ kind, term, layTerm }).full;
  assert.equal(name("serious", "Pyrexia", "fever"), "Fever (Pyrexia, serious)");
  assert.equal(name("serious", "Nausea", "feeling sick (nausea)"), "Feeling sick (nausea) (serious)");
  assert.equal(name("", "ALT", "salt"), "Salt (ALT)");
  assert.equal(name("", "Diarrhoea", "diarrhea"), "Diarrhea");
});

test("long names break between words only", () => {
  assert.deepEqual(wrap("one two three", 7, (text) => text.length), ["one two", "three"]);
  assert.deepEqual(wrap("incomprehensible", 3, (text) => text.length), ["incomprehensible"]);
});

test("nobody of a few people is not nobody at all", () => {
  assert.equal(inWords([0, 54]), "0 of 54 people, which still leaves room for up to about 7 in 100");
});
