import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { key, readWords, terms } from "../../assets/js/search-tokens.js";

/** @type {{text: string, words: [string, string][]}[]} */
const vectors = JSON.parse(readFileSync(new URL("../vectors/search-tokens.json", import.meta.url), "utf-8"));

for (const { text, words } of vectors) {
  test(`words of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(readWords(text), words);
    assert.deepEqual(terms(text), words.map(([, term]) => term));
  });
}

test("a key is the same for all spellings of a name", () => {
  assert.equal(key("Leukaemia, Lymphoid"), "leukemia lymphoid");
});
