import assert from "node:assert/strict";
import { test } from "node:test";

import { fold, readEvents } from "../../assets/js/event-data.js";
import { foundRows } from "../../assets/js/event-filter.js";
import { initial } from "../../assets/js/event-state.js";
import { madeUp } from "./event-made-up.mjs";

const events = madeUp();
const found = (change, groups = [0]) => foundRows(events, { ...initial(groups), ...change }).map(({ row }) => `${row.kind[0]}:${row.term}`);

test("one group is sorted, without the problems that nobody had, and what is not reported stands last", () => {
  assert.deepEqual(found({}), ["o:Pyrexia", "o:Diarrhoea", "s:Pyrexia", "o:Rash"]);
});

test("two groups keep a problem that only one of them had", () => {
  assert.deepEqual(found({}, [1, 0]), ["o:Diarrhoea", "o:Pyrexia", "o:Rash", "s:Pyrexia"]);
});

test("serious and other are lists of their own", () => {
  assert.deepEqual(found({ kind: "serious" }), ["s:Pyrexia"]);
  assert.deepEqual(found({ kind: "unsorted" }), []);
});

test("the least frequency is the whole percent that the words say, in any shown group", () => {
  assert.deepEqual(found({ min: 6 }), ["o:Pyrexia", "o:Diarrhoea", "s:Pyrexia"]);
  assert.deepEqual(found({ min: 7 }), ["o:Pyrexia", "o:Diarrhoea"]);
  assert.deepEqual(found({ min: 20 }, [0, 1]), ["o:Pyrexia", "o:Diarrhoea"]);
});

test("plain and medical words are found in any spelling", () => {
  assert.deepEqual(found({ query: "FEVER" }), ["o:Pyrexia", "s:Pyrexia"]);
  assert.deepEqual(found({ query: "diarrhea" }), ["o:Diarrhoea"]);
  assert.deepEqual(found({ query: "diarrhoe" }), ["o:Diarrhoea"]);
  assert.deepEqual(found({ query: "cephalee" }, [2]), ["o:Céphalée"]);
  assert.equal(fold("Tumour, localized"), fold("tumor localised"));
});

test("orders are by difference, name and body system", () => {
  assert.deepEqual(found({ sort: "difference" }, [0, 1]), ["o:Pyrexia", "s:Pyrexia", "o:Diarrhoea", "o:Rash"]);
  assert.deepEqual(found({ sort: "name" }), ["o:Diarrhoea", "o:Pyrexia", "s:Pyrexia", "o:Rash"]);
  assert.deepEqual(found({ sort: "system" }), ["o:Pyrexia", "s:Pyrexia", "o:Diarrhoea", "o:Rash"]);
});

test("many rows are found, and those that nobody had are left out", () => {
  const many = madeUp(Array.from({ length: 2029 }, (_row, index) => ["other", `Made-up problem ${index}`, null, `System ${index % 27}`, [[index % 400, 400], [index % 300, 400], [1, 400]]]));
  assert.equal(foundRows(many, { ...initial([0, 1]), mode: "difference", sort: "difference", query: "problem" }).length, 2027);
});

test("data of another format are refused", () => {
  assert.throws(() => readEvents({ format: 1 }), /format 1/);
});

test("a note of a row tells what differs from row to row", () => {
  const { rows } = readEvents({ format: 2, groups: [{ title: "A" }], default_groups: [0], template: {}, rows: { kinds: [["other", 2]], term: ["A", "B"], num_affected: [[1, 2]], num_at_risk: [9], assessment: { values: ["Asked", "Noted"], at: [0, 1] }, source_vocabulary: { values: ["Made-up"], at: [0, 0] }, notes: { values: ["Late"], at: [0, null] } } }, (name) => `Term of ${name}`);
  assert.deepEqual(rows.map(({ note, counts }) => [note, counts]), [["Late · Asked", [[1, 9]]], ["Noted", [[2, 9]]]]);
});
