import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { goodQuestions, judgeAge, judgeAnswer, judgeSex, ownQuestions, progressText, verdict, verdictText } from "../../assets/js/self-check-verdict.js";

const vectors = JSON.parse(readFileSync(new URL("../age_vectors.json", import.meta.url), "utf-8"));

test("an age is judged by both bounds, which are inclusive; a missing bound is open", () => {
  for (const { minimum, maximum, from, before, said } of vectors) {
    for (const [age, unit, finding] of said) {
      assert.equal(judgeAge(age, unit, Number(from || 0), Number(before || Infinity)), finding, `${minimum} to ${maximum}: ${age} ${unit}`);
    }
  }
});

test("an answer is judged by what the statement should be", () => {
  const found = (kind) => ["yes", "no", "unsure", ""].map((answer) => judgeAnswer(answer, kind));
  assert.deepEqual(found("inclusion"), ["fits", "conflict", "open", "none"]);
  assert.deepEqual(found("exclusion"), ["conflict", "fits", "open", "none"]);
  assert.deepEqual(["FEMALE", "MALE", "unsure", ""].map((answer) => judgeSex(answer, "FEMALE")), ["fits", "conflict", "open", "none"]);
});

const judged = (...findings) => findings.map((finding, index) => ({ statement: `Rule ${index + 1}.`, said: { conflict: "Yes", open: "Not sure" }[finding] ?? "", finding }));
const said = (more, ...findings) => [progressText(verdict(judged(...findings))), verdictText(verdict(judged(...findings)), more)];

test("the verdict is cautious, and one answer in the way outweighs all others", () => {
  assert.deepEqual(said(false, "none", "none"), ["0 of 2 answered.", ""]);
  assert.deepEqual(said(false, "fits", "none"), ["1 of 2 answered.", "Nothing rules you out so far."]);
  assert.deepEqual(said(false, "fits", "open"), ["2 of 2 answered.", "Nothing rules you out so far. Ask about what you are not sure of."]);
  assert.deepEqual(said(false, "fits", "fits"), ["2 of 2 answered.", "You may be able to join. Only the study team can tell."]);
  assert.deepEqual(said(true, "fits")[1], "You may be able to join. Only the study team can tell. There are more rules than these.");
  assert.deepEqual(said(false, "open", "conflict", "none"), ["2 of 3 answered.", "Your answer to “Rule 2.” may mean that you cannot join. Rules can have exceptions: ask."]);
  assert.equal(said(false, "conflict", "conflict")[1], "2 answers may mean that you cannot join. Rules can have exceptions: ask.");
});

test("every way to answer up to five rules has the one verdict that it should have", () => {
  const findings = ["fits", "conflict", "open", "none"];
  for (let length = 1; length <= 5; length += 1) {
    for (let number = 0; number < findings.length ** length; number += 1) {
      const given = Array.from({ length }, (_unused, place) => findings[Math.floor(number / findings.length ** place) % findings.length]);
      const has = (finding) => given.includes(finding);
      const kind = given.every((finding) => finding === "none") ? "none" : has("conflict") ? "conflict" : has("open") || has("none") ? "open" : "fits";
      const found = verdict(judged(...given));
      assert.deepEqual([found.kind, found.answered, found.total], [kind, given.filter((finding) => finding !== "none").length, length], String(given));
      assert.equal(ownQuestions(found).length, given.filter((finding) => finding === "conflict" || finding === "open").length);
      assert.equal(verdictText(found, false).includes("You may be able to join"), kind === "fits");
    }
  }
});

test("what is in the way and what is not sure become questions by name", () => {
  assert.deepEqual(ownQuestions(verdict(judged("fits", "open", "conflict", "none"))), [
    "“Rule 3.” My answer: Yes. Can there be an exception?",
    "“Rule 2.” My answer: Not sure. How can we find out?",
  ]);
});

test("no word of the verdict says eligible", () => {
  const kinds = [["none"], ["fits"], ["open"], ["conflict"], ["conflict", "conflict"]];
  const words = kinds.flatMap((kind) => [...said(true, ...kind), ...ownQuestions(verdict(judged(...kind)))]);
  assert.doesNotMatch([...words, ...goodQuestions()].join(" "), /eligib/i);
});
