import assert from "node:assert/strict";
import { test } from "node:test";

import { added, hasRoom, isTrial, keep, MOST_CHOSEN, MOST_SAVED, parse, read, without } from "../../assets/js/storage.js";

const id = (n) => `NCT${String(n).padStart(8, "0")}`;
const many = (n) => Array.from({ length: n }, (_none, index) => index + 1).reduce((list, each) => added(list, id(each), "Made up"), []);

test("what was kept is read again", () => {
  const list = many(6);
  assert.deepEqual(parse(JSON.stringify(list)), list);
});

test("damaged storage reads as empty, and what is no trial is left out", () => {
  for (const text of [null, "", "{", "null", "7", '"NCT00000001"', "{}", "[null, 3, []]"]) assert.deepEqual(parse(text), [], String(text));
  const odd = [{ id: "../x", title: "x" }, { id: id(1), title: 5, chosen: "yes" }, { id: id(1), title: "again" }, { title: "no number" }, { id: id(2) }];
  assert.deepEqual(parse(JSON.stringify(odd)), [{ id: id(1), title: "5", chosen: false }, { id: id(2), title: id(2), chosen: false }]);
});

test("more than fits is never read", () => {
  const list = Array.from({ length: 80 }, (_none, index) => ({ id: id(index), title: "Made up", chosen: true }));
  const read = parse(JSON.stringify(list));
  assert.equal(read.length, MOST_SAVED);
  assert.equal(read.filter(({ chosen }) => chosen).length, MOST_CHOSEN);
});

test("the first four that are saved are chosen, and a full list takes no more", () => {
  assert.deepEqual(many(5).map(({ chosen }) => chosen), [true, true, true, true, false]);
  assert.ok(hasRoom(many(3)) && !hasRoom(many(4)));
  assert.equal(added(many(MOST_SAVED), id(99), "Made up"), null);
  assert.deepEqual(without(many(2), id(1)).map((saved) => saved.id), [id(2)]);
});

test("a number leads to no other folder", () => {
  assert.ok(isTrial("NCT00000001") && isTrial("2022-500123-12-00"));
  for (const text of ["..", "a/b", "", ".x", "a".repeat(61), 5, null, "javascript:x"]) assert.ok(!isTrial(text), String(text));
});

test("a browser that keeps nothing breaks nothing", () => {
  delete globalThis.localStorage;
  assert.deepEqual(read(), []);
  assert.equal(keep(many(1)), false);
});
