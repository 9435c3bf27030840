import assert from "node:assert/strict";
import { test } from "node:test";

import { rounds } from "../../trialpages/preview/client/rounds.js";

/** Work that ends when the test says so. */
function held() {
  const state = { begun: 0, ended: 0, go: () => {} };
  const work = async () => {
    assert.equal(state.begun, state.ended, "two rounds at once");
    state.begun += 1;
    await new Promise((done) => (state.go = done));
    state.ended += 1;
  };
  return { state, work };
}
const settled = () => new Promise((done) => setImmediate(done));

test("wishes during a round are one more round after it", async () => {
  const { state, work } = held();
  const ask = rounds(work, assert.fail);
  const asked = [ask(), ask(), ask()];
  assert.equal(state.begun, 1);
  state.go();
  await settled();
  assert.equal(state.begun, 2);
  state.go();
  await Promise.all(asked);
  assert.deepEqual([state.begun, state.ended], [2, 2]);
  void ask();
  assert.equal(state.begun, 3);
});

test("a round that fails is tried again, later and later, and once only", async () => {
  const waits = [];
  let fails = 5;
  let begun = 0;
  let told = 0;
  const ask = rounds(
    async () => {
      begun += 1;
      if (fails-- > 0) throw new Error("made up");
    },
    () => (told += 1),
    (act, delay) => waits.push([act, delay]),
  );
  await ask();
  await ask();
  assert.equal(waits.length, 1, "one wait at a time");
  while (waits.length < 5 && waits.length) {
    const before = begun;
    const [act, delay] = waits[waits.length - 1];
    assert.ok(delay >= 500 && delay <= 8000);
    act();
    await settled();
    assert.equal(begun, before + 1);
    if (fails < 0) break;
  }
  const delays = waits.map(([, delay]) => delay);
  assert.deepEqual(delays, [500, 1000, 2000, 4000]);
  assert.deepEqual([begun, told], [6, 5]);
});
