import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { ago, earliest, latest, monthsBetween, monthsLater } from "../../assets/js/dates.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/dates.json", import.meta.url), "utf8"));
const day = (number) => new Date(number * 864e5).toISOString().slice(0, 10);

test("months and bounds are those of the build", () => {
  for (const [start, end, months] of vectors.months_between) assert.deepEqual(monthsBetween(start, end), months ?? NaN, `${start} ${end}`);
  for (const [text, first, last] of vectors.bounds) assert.deepEqual([day(earliest(text)), day(latest(text))], [first, last]);
  for (const [text, later] of vectors.six_months_later) assert.equal(day(monthsLater(text, 6)), later);
  for (const [text, now, days] of vectors.days_since) assert.equal(earliest(now) - latest(text), days);
});

test("how long ago is told in the largest unit that is not too coarse", () => {
  const now = "2026-11-23";
  const told = { "2026-11-23": "today", "2026-11-22": "1 day ago", "2026-10-24": "30 days ago", "2026-10-23": "1 month ago", "2026-11": "this month", "2026-10": "1 month ago", "2024-11": "24 months ago", "2023-11-24": "35 months ago", "2023-11-23": "3 years ago", "2020-12-01": "5 years ago", 2020: "6 years ago", 2026: "this year" };
  for (const [past, words] of Object.entries(told)) assert.equal(ago(past, now), words, past);
});
