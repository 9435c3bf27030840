// @ts-check
/**
 * Which trials answer a search: pure functions over the records of `search/trials.json`.
 *
 * A record that lacks a fact is never thrown out by a filter on that fact's *bounds* (an age that is
 * not stated is open), but a filter on a *value* (status, phase) wants that value to be there.
 * Nothing here touches the page, the address or the network.
 */

/**
 * A trial as the index holds it; `docs/search.md` says what each field means.
 * @typedef {object} SearchRecord
 * @property {string} id
 * @property {string} title
 * @property {string} url
 * @property {string} [brief_title]
 * @property {string} [purpose]
 * @property {string | null} [status]
 * @property {string | null} [status_label]
 * @property {string[]} [phases]
 * @property {string | null} [phase_label]
 * @property {string | null} [sex]
 * @property {number | null} [minimum_age_years]
 * @property {number | null} [maximum_age_years]
 * @property {boolean} [has_results]
 * @property {string[]} [conditions]
 * @property {string[]} [interventions]
 * @property {string | null} [lead_sponsor]
 * @property {string[]} [countries]
 * @property {string[]} [words]
 */

/**
 * What the reader asked for; an empty text, an empty list and a missing number ask for nothing.
 * @typedef {object} Query
 * @property {string} words
 * @property {string[]} statuses
 * @property {string[]} phases
 * @property {string} sex
 * @property {number | null} age  in completed years
 * @property {boolean} withResults
 */

/**
 * Fold a text for comparing: no accents, no letter case, no hyphens between a letter and a digit.
 * @param {string} text
 * @returns {string} words parted by single spaces
 */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * The words of a text, folded. Compared with all hyphens closed up as well, `PD-1` is `pd1` and `pd 1`.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const folded = fold(text);
  return folded ? folded.split(" ") : [];
}

/**
 * All texts of a record that words are looked for in, folded, once per record.
 * @param {SearchRecord} record
 * @returns {string} open words, then the same texts with their hyphens closed up
 */
export function haystack(record) {
  /** @type {string[]} */
  const texts = [];
  gather(record, texts);
  const text = texts.join(" \n ");
  return ` ${fold(text)} ${fold(closeHyphens(text))} `;
}

/**
 * @param {unknown} value
 * @param {string[]} into
 */
function gather(value, into) {
  if (typeof value === "string") into.push(value);
  else if (Array.isArray(value)) for (const item of value) gather(item, into);
  else if (value && typeof value === "object") {
    for (const [name, item] of Object.entries(value)) if (name !== "url") gather(item, into);
  }
}

/**
 * @param {string} text
 * @returns {string}
 */
function closeHyphens(text) {
  return text.replace(/(?<=[\p{L}\p{N}])[-\u2010-\u2015](?=[\p{L}\p{N}])/gu, "");
}

/**
 * Whether every word stands in the text at the beginning of some word.
 * @param {string} hay  from `haystack`
 * @param {string[]} words  from `wordsOf`
 * @returns {boolean}
 */
export function hasWords(hay, words) {
  return words.every((word) => hay.includes(` ${word}`));
}

/**
 * Whether an age lies between two bounds, both included; a bound that is not stated is open.
 * @param {number | null | undefined} minimum  years
 * @param {number | null | undefined} maximum  years; a person is 65 until the next birthday
 * @param {number} age  completed years
 * @returns {boolean}
 */
export function fitsAge(minimum, maximum, age) {
  return (minimum == null || age + 1 > minimum) && (maximum == null || age <= maximum);
}
