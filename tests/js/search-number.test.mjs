import assert from "node:assert/strict";
import test from "node:test";

import { trialNumber } from "../../assets/js/search-number.js";

test("the number of a trial in the ways in which people write it", () => {
  for (const text of ["NCT00000001", "nct00000001", " nct 00000001 ", "NCT-00000001", "NCT: 00000001", "nct#00000001", "00000001"]) {
    assert.equal(trialNumber(text), "NCT00000001", text);
  }
});

test("what is no number of a trial", () => {
  for (const text of ["", "NCT", "NCT0000001", "NCT000000001", "NCT00000001 leukemia", "0000000१", "ISRCTN00000001", "../../00000001"]) {
    assert.equal(trialNumber(text), "", text);
  }
});
