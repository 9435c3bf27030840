// @ts-check
/**
 * What the page says of an answer: how many trials there are, and how the words were read.
 *
 * Pure: no page, no index.
 */

import { _, joined, ngettext } from "./language.js";
import { isCommon, key } from "./search-tokens.js";

/** @typedef {import("./search-types.js").Answer} Answer */
/** @typedef {import("./search-types.js").Unit} Unit */

/**
 * The one sentence that a screen reader hears first.
 * @param {{ total: number, trials: number }} answer
 * @returns {string}
 */
export function counted({ total, trials }) {
  if (!total) return _("No trial on this site fits your search.");
  return ngettext("{count} trial of {all} fits your search.", "{count} trials of {all} fit your search.", total, { all: trials });
}

/**
 * How the words were read, where that is not as they were typed.
 * @param {Pick<Answer, "units" | "relaxed" | "cut" | "total">} answer
 * @param {string} words  as they were typed
 * @returns {string[]} sentences
 */
export function understood({ units: read, relaxed, cut, total }, words) {
  if (!read.length && words.trim()) return [_("There is no word to search for in “{text}”.", { text: words.trim() })];
  if (words.trim() && isCommon(words) && (relaxed || !total)) return [_("These words are too common to search for. Type an illness or a treatment.")];
  const said = [];
  const units = read.map((unit) => ({ ...unit, typed: asTyped(unit.typed, words) }));
  if (units.some(isReadOtherwise)) said.push(_("Showing trials for: {names}.", { names: units.map(reading).join(", ") }));
  if (relaxed) said.push(_("No trial has all of these words. These trials have some of them."));
  const unknown = units.filter(({ kind }) => kind === "unknown").map(quoted);
  if (unknown.length && units.length > 1) said.push(ngettext("No trial has the word {words}.", "No trial has the words {words}.", unknown.length, { words: joined(unknown) }));
  const begun = units.filter(({ kind }) => kind === "beginning").map(quoted);
  if (begun.length) said.push(ngettext("{words} is read as the beginning of a word.", "{words} are read as beginnings of words.", begun.length, { words: joined(begun) }));
  if (cut) said.push(_("Your text is long. Only its first part was searched."));
  return said;
}

/**
 * What the answer names in small letters, as it stands in the field.
 * @param {string} typed
 * @param {string} words
 * @returns {string}
 */
function asTyped(typed, words) {
  const at = words.toLowerCase().indexOf(typed);
  return at < 0 ? typed : words.slice(at, at + typed.length);
}

/**
 * Why there is no answer, and that the lists below have it.
 * @param {unknown} error  of the index, or of the network
 * @returns {string}
 */
export function trouble(error) {
  switch (Object(error).kind) {
    case "reload":
      return _("This page is older than the search. Load the page again. The lists below hold the same trials.");
    case "offline":
      return _("The search could not be loaded. Check your connection. The lists below hold the same trials.");
    default:
      return _("The search does not work at the moment. The lists below hold the same trials.");
  }
}

/**
 * @param {Unit} unit
 * @returns {boolean} whether the page names something else than what was typed
 */
function isReadOtherwise({ kind, typed, name }) {
  return kind === "typo" || (kind === "name" && name !== null && key(name) !== key(typed));
}

/**
 * @param {Unit} unit
 * @returns {string}
 */
function reading(unit) {
  const { kind, typed, name, read } = unit;
  if (!isReadOtherwise(unit)) return typed;
  return kind === "typo" ? name || read : `${name} (${typed})`;
}

/**
 * @param {Unit} unit
 * @returns {string}
 */
function quoted({ typed }) {
  return _("“{text}”", { text: typed });
}
