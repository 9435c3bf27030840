import assert from "node:assert/strict";
import { test } from "node:test";

import { lastUpTo, mark, numbers, running, sizeOf, sorted } from "../../assets/js/search-sets.js";

test("deltas are sums as they go", () => {
  assert.deepEqual(running([3, 2, 0, 7]), [3, 5, 5, 12]);
  assert.deepEqual(running([]), []);
});

test("a mark keeps the highest level, and a document beyond the last is damage", () => {
  const marks = new Uint8Array(4);
  mark([0, 2], marks, 3);
  mark([1, 1, 1], marks, 2);
  assert.deepEqual([...marks], [3, 2, 3, 2]);
  mark([], marks);
  assert.throws(() => mark([1, 3], marks), { kind: "damaged" });
  assert.throws(() => mark([4], marks), { kind: "damaged" });
});

test("a size is that of all levels", () => {
  assert.equal(sizeOf([[1, 2], [], [4]]), 3);
  assert.equal(sizeOf([]), 0);
});

test("the last that is not above, by number and by code unit", () => {
  assert.deepEqual([0, 1, 4, 5, 9, 10].map((value) => lastUpTo([0, 5, 9], value)), [0, 0, 0, 1, 2, 2]);
  assert.deepEqual(["", "b", "c", "ca", "m", "\uffff"].map((value) => lastUpTo(["", "c", "m"], value)), [0, 0, 1, 1, 2, 2]);
  assert.equal(lastUpTo([], 4), 0);
});

test("numbers that pass, in their order", () => {
  assert.deepEqual([...numbers(6, (number) => number % 2)], [1, 3, 5]);
  assert.deepEqual([...numbers(0, () => true)], []);
});

test("the least rank comes first, equal ones stay as they were", () => {
  const ranks = { 3: 2, 5: 0, 7: 2, 9: 1, 11: 0 };
  assert.deepEqual([...sorted(new Uint32Array([3, 5, 7, 9, 11]), (document) => ranks[document])], [5, 11, 9, 3, 7]);
  assert.deepEqual([...sorted(new Uint32Array([]), () => 0)], []);
});
