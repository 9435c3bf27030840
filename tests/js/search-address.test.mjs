import assert from "node:assert/strict";
import test from "node:test";

import { fromAddress, toAddress, withValue } from "../../assets/js/search-address.js";

const NOTHING = { words: "", filters: {}, order: "" };

test("a search and its address are one and the same", () => {
  const asked = { words: "leukemia cells", filters: { status: ["RECRUITING", "COMPLETED"], country: ["france"] }, order: "newest" };
  const address = "?q=leukemia+cells&status=RECRUITING&status=COMPLETED&country=france&sort=newest";
  assert.equal(toAddress(asked), address);
  assert.deepEqual(fromAddress(address), asked);
});

test("nothing asked is no address", () => {
  assert.equal(toAddress(NOTHING), "");
  assert.equal(toAddress({ ...NOTHING, words: "  " }), "");
  assert.deepEqual(fromAddress(""), NOTHING);
});

test("an address may hold anything; only known names and orders are read", () => {
  const found = fromAddress("?q=%3Cb%3E&age=47&near=Houston&__proto__=x&constructor=y&status=&status=A&status=A&sort=__proto__&%ff=%");
  assert.deepEqual(found, { words: "<b>", filters: { status: ["A"] }, order: "" });
});

test("the order of facets does not depend on the order of choosing", () => {
  const first = withValue(withValue(NOTHING, "phase", "PHASE2", true), "status", "COMPLETED", true);
  assert.equal(toAddress(first), "?status=COMPLETED&phase=PHASE2");
});

test("a value is put in once and taken out", () => {
  const one = withValue(withValue(NOTHING, "phase", "PHASE1", true), "phase", "PHASE2", true);
  assert.deepEqual(withValue(one, "phase", "PHASE1", true).filters, { phase: ["PHASE2", "PHASE1"] });
  assert.deepEqual(withValue(one, "phase", "PHASE1", false).filters, { phase: ["PHASE2"] });
  assert.deepEqual(withValue(one, "phase", "", false).filters, {});
  assert.deepEqual(NOTHING.filters, {});
});

test("an address stays one that servers take", () => {
  assert.equal(toAddress({ ...NOTHING, words: "a".repeat(10_000) }).length, 1003);
  const many = fromAddress(`?${Array.from({ length: 200 }, (_, at) => `country=c${at}`).join("&")}`);
  assert.equal(many.filters["country"]?.length, 50);
});
