import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";

import * as english from "../../assets/js/language.js";

/** The module with other words beside it, as a site in that language has it. */
const inLanguage = async (words) => {
  const folder = await mkdtemp(join(tmpdir(), "words-"));
  const source = await readFile(new URL("../../assets/js/language.js", import.meta.url), "utf8");
  await writeFile(join(folder, "language.mjs"), source.replaceAll("./messages.js", "./messages.mjs"));
  await writeFile(join(folder, "messages.mjs"), words);
  const module = await import(pathToFileURL(join(folder, "language.mjs")).href);
  await rm(folder, { recursive: true });
  return module;
};

const SPANISH = `
export const language = "es";
export const messages = {"{count} place":["{count} lugar","{count} lugares"],"Near {town}":["Cerca de {town}"]};
export const plural = (n) => Number(n !== 1);
`;

test("English needs no words of its own", () => {
  assert.equal(english._("Near {town}", { town: "Exampletown" }), "Near Exampletown");
  assert.equal(english.ngettext("{count} place", "{count} places", 1), "1 place");
  assert.equal(english.ngettext("{count} place", "{count} places", 1154), "1,154 places");
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(english.joined), ["", "a", "a and b", "a, b and c"]);
  assert.equal(english._("A brace {that} nobody fills"), "A brace {that} nobody fills");
});

test("another language has its forms, numbers and lists", async () => {
  const spanish = await inLanguage(SPANISH);
  assert.equal(spanish._("Near {town}", { town: "Pueblo" }), "Cerca de Pueblo");
  assert.equal(spanish.ngettext("{count} place", "{count} places", 1), "1 lugar");
  assert.equal(spanish.ngettext("{count} place", "{count} places", 1154), "1.154 lugares");
  assert.equal(spanish.number(12.5), "12,5");
  assert.equal(spanish.joined(["uno", "dos", "inmunoterapia"]), "uno, dos e inmunoterapia");
  assert.equal(spanish._("A message without a translation"), "A message without a translation");
});
