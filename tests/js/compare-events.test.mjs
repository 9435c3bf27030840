import assert from "node:assert/strict";
import { test } from "node:test";

import { countWords, headline, problems } from "../../assets/js/compare-events.js";

const row = (term, kind, counts, layTerm = null) => ({ term, layTerm, kind, organSystem: "", note: "", counts });
const group = (title, serious = [null, null]) => ({ title, num_at_risk: 54, serious_num_affected: serious[0], serious_num_at_risk: serious[1], deaths_num_affected: null, deaths_num_at_risk: 54 });
const events = (rows, threshold = null, groups = [group("A")], first = 0) => ({ groups, defaultGroups: [first], rows, threshold });
const words = (cell) => [...cell.counts.map(countWords), cell.words].filter(Boolean).join(" | ");
const table = (found) => found.map(({ name, cells }) => [name, ...cells.map(words)]);

test("a count is people of people, and people in 100", () => {
  const said = [[[43, 54], "43 of 54 (80 in 100)"], [[0, 54], "0 of 54 (0 in 100)"], [[1, 300], "1 of 300 (fewer than 1 in 100)"], [[299, 300], "299 of 300 (more than 99 in 100)"]];
  for (const [count, text] of [...said, [[3, 0], "not reported"], [[null, 54], "not reported"], [null, "not reported"], [[9, 5], "9 of 5 (counts do not agree)"]]) assert.equal(countWords(count), text);
});

test("not listed, not reported and no counts are three things", () => {
  const first = events([row("Pyrexia", "other", [[43, 54]], "Fever"), row("Rash", "other", [[2, 54]])], 5);
  const second = events([row("Pyrexia", "other", [[null, 60]], "Fever"), row("Cough", "other", [[3, 60]])]);
  assert.deepEqual(table(problems([first, second, null], "other", 9)), [
    ["Fever", "43 of 54 (80 in 100)", "not reported", "no counts on the page"],
    ["Cough", "not listed: only problems above 5 in 100 are", "3 of 60 (5 in 100)", "no counts on the page"],
    ["Rash", "2 of 54 (4 in 100)", "not listed", "no counts on the page"],
  ]);
});

test("each trial brings its own most frequent problems", () => {
  const loud = events(["A", "B", "C"].map((term) => row(term, "other", [[50, 54]])));
  const quiet = events([row("Z", "other", [[1, 54]])]);
  assert.deepEqual(problems([loud, quiet], "other", 2).map(({ name }) => name), ["A", "Z"]);
});

test("serious problems stay apart, and an unsorted source says so", () => {
  const sorted = events([row("Sepsis", "serious", [[4, 54]]), row("Sepsis", "other", [[9, 54]])]);
  const unsorted = events([row("Sepsis", "", [[5, 54]])]);
  assert.deepEqual(table(problems([sorted, unsorted], "serious", 3)), [["Sepsis", "4 of 54 (7 in 100)", "serious ones are not marked"]]);
  assert.deepEqual(table(problems([sorted, unsorted], "other", 3)), [["Sepsis", "9 of 54 (17 in 100)", "5 of 54 (9 in 100)"]]);
});

test("a term that stands twice is never added, and other groups are never pooled", () => {
  const twice = events([row("Rash", "other", [[50, 54], [5, 54]]), row("Rash", "other", [[50, 54], [7, 54]])], null, [group("A"), group("B")], 1);
  assert.deepEqual(table(problems([twice], "other", 3)), [["Rash", "5 of 54 (9 in 100) | 7 of 54 (13 in 100) | Listed more than once; people may be the same."]]);
});

test("spellings meet, and the medical word is named where the plain one is another", () => {
  const trials = [events([row("Anaemia", "other", [[1, 54]], "Low red blood cells")]), events([row("Anemia", "other", [[2, 54]])])];
  assert.deepEqual(problems(trials, "other", 3).map(({ name, detail, cells }) => [name, detail, cells.map(words)]), [["Low red blood cells", "Anaemia", ["1 of 54 (2 in 100)", "2 of 54 (4 in 100)"]]]);
  assert.equal(problems([events([row("Headache", "other", [[1, 54]], "Headache")])], "other", 1)[0].detail, "");
});

test("a kind as a whole is of the compared group", () => {
  const trial = events([], null, [group("A"), group("B", [8, 54])], 1);
  assert.equal(words(headline(trial, "serious")), "8 of 54 (15 in 100)");
  assert.equal(words(headline(trial, "deaths")), "not reported");
  assert.equal(words(headline(null, "serious")), "no counts on the page");
});
