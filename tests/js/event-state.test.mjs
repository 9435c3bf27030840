import assert from "node:assert/strict";
import { test } from "node:test";

import { changed, choicesOf, fromHash, initial, sortsOf, toHash } from "../../assets/js/event-state.js";
import { madeUp } from "./event-made-up.mjs";

const events = madeUp();
const choices = choicesOf(events);
const first = initial([0]);
const read = (hash) => fromHash(hash, first, events, choices);

test("only what a trial has can be chosen", () => {
  assert.deepEqual(choices, { kinds: ["serious", "other"], systems: ["General", "Gut", "Nerves"] });
  assert.deepEqual(choicesOf(madeUp([["", "Rash", null, "", [[1, 2]]]], ["A"])), { kinds: [], systems: [] });
  assert.deepEqual(sortsOf(first, choices), ["frequency", "name", "system"]);
  assert.deepEqual(sortsOf(initial([0, 1]), { kinds: [], systems: [] }), ["frequency", "difference", "name"]);
});

test("the first state is the anchor alone", () => {
  assert.equal(toHash(first, first), "#side-effects");
  assert.equal(read("#side-effects"), null);
  assert.equal(read("#places?g=1"), null);
});

test("an address brings the same state back", () => {
  const state = { groups: [1, 0], mode: "difference", kind: "other", min: 5, system: "Gut", query: "a & b", sort: "name", zoom: true };
  const hash = toHash(state, first);
  assert.equal(hash, "#side-effects?g=1,0&mode=difference&kind=other&min=5&system=Gut&q=a%20%26%20b&sort=name&zoom=1");
  assert.deepEqual(read(hash), state);
});

test("what cannot be becomes what can", () => {
  assert.deepEqual(read("#side-effects?g=7,x&kind=worst&min=-4&system=Nowhere&sort=color"), first);
  assert.deepEqual(read("#side-effects?g=0,1,2,0").groups, [0, 1, 2]);
  assert.equal(read("#side-effects?sort=difference").sort, "frequency");
  assert.equal(read("#side-effects?min=1000").min, 100);
});

test("a difference takes two groups and the order by difference", () => {
  const state = changed(first, { mode: "difference" }, events, choices);
  assert.deepEqual([state.groups, state.sort], [[0, 1], "difference"]);
  const back = changed(state, { mode: "shares" }, events, choices);
  assert.deepEqual([back.mode, back.sort], ["shares", "frequency"]);
  assert.deepEqual(changed(initial([2, 1, 0]), { mode: "difference" }, events, choices).groups, [2, 1]);
});

test("one group has no difference", () => {
  const alone = madeUp([["other", "Rash", null, "", [[1, 2]]]], ["A"]);
  assert.equal(changed(initial([0]), { mode: "difference" }, alone, choicesOf(alone)).mode, "shares");
});
