import assert from "node:assert/strict";
import { test } from "node:test";

import { digest, keep, parse, read } from "../../assets/js/self-check-memory.js";

test("a digest is the same everywhere and follows every letter", () => {
  assert.equal(digest(""), (0x811c9dc5).toString(36));
  assert.equal(digest("foobar"), (0xbf9cf968).toString(36));
  assert.notEqual(digest("inclusion I am well."), digest("exclusion I am well."));
});

test("answers that fit no question of today are dropped, and so is what another hand wrote", () => {
  assert.deepEqual(parse('{"a":"yes","b":"no"}', ["a", "c"]), { a: "yes" });
  for (const text of [null, "", "{", "null", "7", '["yes"]', '{"a":1}', '{"a":""}', `{"a":"${"y".repeat(20)}"}`]) assert.deepEqual(parse(text, ["a"]), {});
});

test("answers are kept, found again and forgotten", () => {
  const map = new Map();
  const place = () => ({ getItem: (key) => map.get(key) ?? null, setItem: (key, text) => void map.set(key, text), removeItem: (key) => void map.delete(key) });
  assert.equal(read(place, "k", ["a"]), null);
  assert.equal(keep(place, "k", { a: "yes" }), true);
  assert.deepEqual(read(place, "k", ["a"]), { a: "yes" });
  assert.equal(keep(place, "k", null), true);
  assert.equal(map.size, 0);
});

test("a browser that refuses is no failure", () => {
  const refuse = () => { throw new Error("refused"); };
  assert.equal(read(refuse, "k", ["a"]), null);
  assert.equal(keep(refuse, "k", { a: "yes" }), false);
});
