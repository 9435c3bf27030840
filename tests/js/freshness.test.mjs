import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { reasons, tooOld } from "../../assets/js/freshness.js";

const { good, changes } = JSON.parse(readFileSync(new URL("../vectors/freshness.json", import.meta.url), "utf8"));

/** What the status strip carries of a trial; `test_trial_view.py` holds the template to the same. */
function carried({ overall_status, status_verified_date, retrieved, completion_date, amber_copy_days = 30 }) {
  const open = overall_status === "RECRUITING";
  return { retrieved: retrieved ?? undefined, verified: (open && status_verified_date) || undefined, primaryCompletion: (open && completion_date) || undefined, staleAfter: String(amber_copy_days) };
}

test("the reasons are those of the build", () => {
  for (const [change, level, expected] of changes) {
    const facts = { ...good, ...change };
    const found = reasons(carried(facts), facts.today);
    assert.deepEqual(found, expected, JSON.stringify(change));
    assert.equal(tooOld(found), level === "red", JSON.stringify(change));
  }
});
