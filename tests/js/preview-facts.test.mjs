import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { counted, gradeText, hasNews, marked, marks, meanGrade, placeText } from "../../trialpages/preview/client/facts.js";
import { HELD } from "../../trialpages/preview/client/merging.js";

const grade = (value, words, verdict = "fine") => ({ name: "made up", grade: value, words, sentences: 3, verdict, target: 8, limit: 10, said: "", longest: [] });
const block = (...grades) => ({ id: "a", at: "#a", name: "A", level: 0, sources: [], template: null, grades, faults: [] });
const fault = (id, severity = "error") => ({ id, severity });

test("the mean grade is weighed by words, and short texts have none", () => {
  assert.equal(meanGrade([block(grade(6, 100)), block(grade(9, 50), grade(30, 4, "too-short"))]), 7);
  assert.equal(meanGrade([block(grade(30, 4, "too-short")), block()]), null);
});

test("a grade says how it stands to the limit", () => {
  assert.equal(gradeText(grade(7.94, 100)), "grade 7.9 (aim 8, limit 10)");
  assert.equal(gradeText(grade(9.1, 100, "hard")), "grade 9.1, above the aim (aim 8, limit 10)");
  assert.equal(gradeText(grade(11.2, 100, "too-hard")), "grade 11.2, above the limit of 10");
  assert.equal(gradeText(grade(3, 1, "too-short")), "too short to grade (1 word)");
});

test("the closed panel counts what is here and the errors elsewhere", () => {
  const faults = { here: [fault("a"), fault("b", "warning"), fault("c", "warning"), fault("d", "note")], elsewhere: [], counts: { error: 1201, warning: 9, note: 0 }, hidden: 0 };
  assert.deepEqual(
    marks(faults, 7.43).map(({ text }) => text),
    ["1 error", "2 warnings", "grade 7.4", "1,200 errors elsewhere"],
  );
  assert.deepEqual(marks({ here: [], elsewhere: [], counts: { error: 0, warning: 4, note: 0 }, hidden: 0 }, null), []);
});

test("a line is shown with its marker, and a long one around it", () => {
  assert.deepEqual(marked("name: x", 7), ["name: x", "      ^"]);
  assert.deepEqual(marked("\tname", 3), ["\tname", "\t ^"]);
  assert.deepEqual(marked("ab", 99), ["ab", "  ^"]);
  assert.deepEqual(marked("ab", 0), ["ab", "^"]);
  const long = `${"x".repeat(300)}HERE${"y".repeat(300)}`;
  const [text, marker] = marked(long, 301);
  assert.ok(text.startsWith("…x") && text.endsWith("y…") && text.length < 130);
  assert.equal(text.slice(marker.length - 1, marker.length + 3), "HERE");
});

test("places and counts are written as editors write them", () => {
  assert.equal(placeText({ path: "a/b.md", line: 3, column: 7 }), "a/b.md:3:7");
  assert.equal(placeText({ path: "a/b.md", line: null }), "a/b.md");
  assert.deepEqual([counted(1, "file"), counted(1200, "file"), counted(2, "kB", "kB")], ["1 file", "1,200 files", "2 kB"]);
});

test("what was closed comes back only with something new", () => {
  const closed = new Set(["a", "b"]);
  assert.equal(hasNews([fault("a")], closed), false);
  assert.equal(hasNews([fault("a"), fault("c")], closed), true);
  assert.equal(hasNews([], closed), false);
});

test("what the scripts of the site start on is never changed in place", () => {
  const source = readFileSync(new URL("../../assets/js/trial.js", import.meta.url), "utf-8");
  const hooks = [...source.matchAll(/(?:selector: |begin\()"([^"]+)"/g)].map(([, selector]) => selector);
  // The contents and the way back hold nothing but links, whose words may change under them.
  const held = hooks.filter((hook) => !hook.startsWith("nav.contents") && hook !== "[data-back]");
  assert.ok(held.length >= 5);
  for (const hook of held) assert.ok(HELD.includes(hook), hook);
});
