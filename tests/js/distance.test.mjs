import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { distanceWords, inOrder, kilometers, KM_IN_A_MILE, milesFirst, nearestOpen } from "../../assets/js/distance.js";

const vectors = JSON.parse(readFileSync(new URL("gazetteer.json", import.meta.url), "utf8"));
const position = ([latitude, longitude]) => ({ latitude, longitude });

// Made-up places; no such trial exists.
const HERE = position([50, 10]);
const site = (name, latitude, open) => ({ name, latitude, longitude: latitude === null ? null : 10, open });
const SITES = [site("closed, near", 50.1, false), site("open, unknown", null, true), site("open, far", 53, true), site("open, near", 51, true), site("closed, unknown", null, false)];

test("distances are those of the shared vectors", () => {
  for (const { from, to, kilometers: km, miles } of vectors.kilometers) {
    const found = kilometers(position(from), position(to));
    assert.equal(Math.round(found * 10) / 10, km);
    assert.equal(Math.round((found / KM_IN_A_MILE) * 10) / 10, miles);
  }
});

test("open places come first, the nearest first, and unknown ones last but never dropped", () => {
  assert.deepEqual(inOrder(SITES, HERE).map(({ site: { name } }) => name), ["open, near", "open, far", "closed, near", "open, unknown", "closed, unknown"]);
  assert.deepEqual(inOrder(SITES, HERE).map(({ kilometers: km }) => (km === null ? null : Math.round(km))), [111, 334, 11, null, null]);
});

test("the nearest open place is named only where one is open and its position is known", () => {
  assert.equal(nearestOpen(SITES, HERE)?.site.name, "open, near");
  assert.equal(nearestOpen(SITES.filter(({ open, latitude }) => !open || latitude === null), HERE), null);
  assert.equal(nearestOpen([], HERE), null);
});

test("both units are said, miles first where road signs have them", () => {
  assert.equal(distanceWords(14.4, false), "14 km (9 miles)");
  assert.equal(distanceWords(14.4, true), "9 miles (14 km)");
  assert.equal(distanceWords(1158, true), "720 miles (1,158 km)");
  assert.equal(distanceWords(0, false), "less than 5 km (3 miles)");
  assert.deepEqual(["US", "GB", "DE", ""].map((country) => milesFirst(country, "en-US")), [true, true, false, true]);
  assert.deepEqual(["en", "de-DE", "en-GB"].map((locale) => milesFirst("", locale)), [false, false, true]);
});
