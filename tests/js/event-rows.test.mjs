import assert from "node:assert/strict";
import { test } from "node:test";

import { countText, inHundred, shownRows, summary, wilson, wrap } from "../../assets/js/event-rows.js";

const row = (term, kind, counts, lay_term = null) => ({ term, lay_term, kind, organ_system: null, counts });
const events = (rows) => ({ groups: [{ id: "EG000", title: "A", num_at_risk: 54 }, { id: "EG001", title: "B", num_at_risk: 54 }], rows, default_groups: [0] });

test("shares are rounded half up", () => {
  const counted = [[43, 80], [23, 43], [20, 37], [17, 31], [13, 24], [12, 22], [11, 20], [9, 17], [7, 13], [6, 11], [5, 9], [4, 7], [3, 6], [2, 4], [1, 2]];
  for (const [affected, percent] of counted) assert.equal(inHundred(affected, 54), percent);
  assert.equal(inHundred(1, 8), 13);
});

test("what is not reported is never zero", () => {
  assert.equal(countText([43, 54]), "43 of 54 (80 %)");
  assert.equal(countText([1, 300]), "1 of 300 (<1 %)");
  assert.equal(countText([0, 54]), "0 of 54 (0 %)");
  assert.equal(countText([3, 0]), "not reported");
  assert.equal(countText([null, 54]), "not reported");
  assert.equal(countText(null), "not reported");
  assert.equal(countText([9, 5]), "9 of 5 (counts do not agree)");
});

test("the likely range is Wilson's", () => {
  for (const [affected, low, high] of [[43, 67, 88], [23, 30, 56], [3, 2, 15], [1, 0, 10], [0, 0, 7]]) {
    assert.deepEqual([...wilson(affected, 54)].map((bound) => Math.floor(bound + 0.5)), [low, high]);
  }
});

test("one group is sorted, without the problems that nobody had", () => {
  const rows = [row("Rash", "other", [[5, 54], null]), row("Cough", "other", [[0, 54], [9, 54]]), row("Pain", "other", [null, null]), row("Pain", "other", [[5, 54], null]), row("Pain", "serious", [[5, 54], null])];
  const shown = shownRows(events(rows), [0]);
  assert.deepEqual(shown.map(({ name, detail, bars }) => [name, detail, bars[0].share]), [["Pain", "serious", 9.26], ["Pain", "", 9.26], ["Rash", "", 9.26], ["Pain", "", null]]);
});

test("two groups keep a problem that only one of them had, in the first group's order", () => {
  const rows = [row("Rash", "other", [[0, 54], [0, 54]]), row("Cough", "other", [[0, 54], [9, 54]]), row("Pain", "other", [[1, 54], [0, 54]])];
  assert.deepEqual(shownRows(events(rows), [0, 1]).map(({ name }) => name), ["Pain", "Cough"]);
  assert.deepEqual(shownRows(events(rows), [1, 0]).map(({ name }) => name), ["Cough", "Pain"]);
});

test("plain words stand before the medical term", () => {
  const [shown] = shownRows(events([row("Pyrexia", "serious", [[1, 54], null], "fever")]), [0]);
  assert.deepEqual([shown.name, shown.detail], ["Fever", "Pyrexia, serious"]);
});

test("the summary says how many of how many, and of whom", () => {
  const of = events([row("Rash", "other", [[5, 54], [1, 54]]), row("Cough", "other", [[2, 54], [9, 54]])]);
  assert.equal(summary(shownRows(of, [0]), 1, [of.groups[0]]), "A: 1 of 2 health problems shown, most frequent first. At the top: Rash, 5 of 54 (9 %).");
  assert.match(summary([], 0, [of.groups[0]]), /no health problem/);
});

test("long names break between words only", () => {
  assert.deepEqual(wrap("one two three", 7, (text) => text.length), ["one two", "three"]);
  assert.deepEqual(wrap("incomprehensible", 3, (text) => text.length), ["incomprehensible"]);
});

test("a medical term that the plain words hold is not said again", () => {
  const [shown] = shownRows(events([row("Nausea", "serious", [[1, 54], null], "feeling sick (nausea)")]), [0]);
  assert.deepEqual([shown.name, shown.detail], ["Feeling sick (nausea)", "serious"]);
  const [other] = shownRows(events([row("ALT", "", [[1, 54], null], "salt")]), [0]);
  assert.equal(other.detail, "ALT");
  const [british] = shownRows(events([row("Diarrhoea", "", [[1, 54], null], "diarrhea")]), [0]);
  assert.deepEqual([british.name, british.detail], ["Diarrhea", ""]);
});
