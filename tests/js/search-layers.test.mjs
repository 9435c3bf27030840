import assert from "node:assert/strict";
import { test } from "node:test";

import { foundIn } from "../../assets/js/search-layers.js";

test("a list of postings stays as it is, and holds as many documents as the lexicon says", () => {
  assert.deepEqual(foundIn([[2, 5], [], [5]], 3, 9), [[2, 5], [], [5]]);
  assert.throws(() => foundIn([[2, 5]], 3, 9), { kind: "damaged" });
});

test("each layer keeps some of the documents of the one before", () => {
  assert.deepEqual(foundIn({ layers: ["JQA", "4A", "oA", "wA"] }, 3, 9), [[2, 5], [], [5], []]);
  assert.deepEqual(foundIn({ layers: ["Ag", "gA"] }, 1, 7), [[], [], [6], []]);
});

for (const [what, layers] of [["too short", ["J"]], ["too long", ["JQAAAA"]], ["not letters", ["J*A"]], ["of fewer documents", ["IAA"]], ["beyond the last", ["JQQ"]], ["too many", ["JAA", "wA", "wA", "wA", "wA"]], ["a number", [7]]]) {
  test(`layers that are ${what} are damage`, () => assert.throws(() => foundIn({ layers }, 2, 9)));
}
