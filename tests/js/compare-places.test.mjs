import assert from "node:assert/strict";
import { test } from "node:test";

import { sitesOfFile } from "../../assets/js/compare-places.js";

test("the file of a trial's places gives places in words, with what is not known left open", () => {
  const places = [{ city: "Aachen", facility: "Made-up clinic", at: [50.78, 6.08], open: true }, { city: "Bonn" }];
  assert.deepEqual(sitesOfFile({ countries: [{ states: [{ places }] }] }), [
    { name: "Aachen, Made-up clinic", latitude: 50.78, longitude: 6.08, open: true },
    { name: "Bonn", latitude: null, longitude: null, open: false },
  ]);
});
