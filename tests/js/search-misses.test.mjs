import assert from "node:assert/strict";
import { test } from "node:test";

import { distance, nearest } from "../../assets/js/search-misses.js";

/** The same by the definition, without a bound. */
function edits(one, other) {
  const known = new Map();
  const from = (i, j) => {
    if (!i || !j) return i + j;
    const at = `${i},${j}`;
    if (known.has(at)) return known.get(at);
    let least = Math.min(from(i - 1, j) + 1, from(i, j - 1) + 1, from(i - 1, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1));
    if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, from(i - 2, j - 2) + 1);
    known.set(at, least);
    return least;
  };
  return from(one.length, other.length);
}

test("one edit: a letter more, less or other, or two neighbors swapped", () => {
  for (const [one, other, wanted] of [["asthma", "asthma", 0], ["asthma", "astma", 1], ["astma", "asthma", 1], ["asthma", "asthna", 1], ["asthma", "ashtma", 1], ["asthma", "hsatma", 3], ["ca", "abc", 3], ["metfromin", "metformin", 1], ["", "ab", 2], ["ab", "", 2]]) assert.equal(distance([...one], [...other], 9), wanted, `${one} ${other}`);
});

test("it is optimal string alignment, and more than allowed is Infinity", () => {
  let seed = 3;
  const random = (below) => (seed = (seed * 16807) % 2147483647) % below;
  const word = () => Array.from({ length: random(8) }, () => "abc"[random(3)]);
  for (let turn = 0; turn < 3000; turn += 1) {
    const [one, other, most] = [word(), word(), random(4)];
    const wanted = edits(one, other);
    assert.equal(distance(one, other, most), wanted > most ? Infinity : wanted, `${one.join("")} ${other.join("")} ${most}`);
  }
});

test("the nearest word: fewest edits, the same first letter, most trials, the alphabet", () => {
  const mended = (word, ...listed) => nearest(word, listed).map(([, other]) => other);
  assert.deepEqual(mended("brest", ["breast", 2], ["crest", 900], ["rest", 900]), ["breast"]);
  assert.deepEqual(mended("brest", ["burst", 900], ["breast", 2], ["brent", 5]), ["brent"]);
  assert.deepEqual(mended("brest", ["brett", 5], ["brent", 5]), ["brent"]);
  assert.deepEqual(mended("crhmeo", ["chemo", 5]), []);
  assert.deepEqual(mended("metfrmoin", ["metformin", 5]), ["metformin"]);
  assert.deepEqual(mended("metfrmi", ["metformin", 5]), []);
  assert.deepEqual(mended("blinatumom", ["blinatumomab", 1]), []);
  assert.deepEqual(mended("xylophone", ["asthma", 5]), []);
  assert.deepEqual(mended("елочка", ["елочки", 1], ["елка", 4]), ["елочки"]);
  assert.deepEqual(nearest("asthm", [["asthma", 4]]), [["asthm", "asthma"]]);
});
