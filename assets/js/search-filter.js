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
 * @property {string[]} [cities]
 * @property {number} [places]
 * @property {string} [status_verified]
 * @property {string[]} [words]
 */

/**
 * What the reader asked for; an empty text and a missing number ask for nothing.
 * @typedef {object} Query
 * @property {string} words
 * @property {string} status
 * @property {string} phase
 * @property {string} sex
 * @property {number | null} age  in completed years
 * @property {boolean} withResults
 */

/** @type {Query} */
export const EVERYTHING = { words: "", status: "", phase: "", sex: "", age: null, withResults: false };

/**
 * Fold a text for comparing: no accents, no letter case, only letters and digits.
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
 * The words of a text as they are parted by spaces, without what holds no letter and no digit.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  return text.split(/\s+/).filter((word) => fold(word));
}

/**
 * All texts of a record that words are looked for in, folded, once per record.
 * @param {SearchRecord} record
 * @returns {string} open words, then words with their hyphens closed up
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

const HYPHENS = /[-\u2010-\u2015]/u;

/**
 * The words that hyphens part, closed up from each part on: `anti-PD-1` gives `antiPD1`, `PD1` and `1`.
 * @param {string} text
 * @returns {string}
 */
function closeHyphens(text) {
  const compounds = text.match(/[\p{L}\p{N}]+(?:[-\u2010-\u2015][\p{L}\p{N}]+)+/gu) ?? [];
  return compounds
    .map((compound) => compound.split(HYPHENS))
    .flatMap((parts) => parts.map((_, from) => parts.slice(from).join("")))
    .join(" ");
}

/**
 * Whether every word stands in the text at the beginning of some word; a word with hyphens may be
 * written closed up or open.
 * @param {string} hay  from `haystack`
 * @param {string[]} words  from `wordsOf`
 * @returns {boolean}
 */
export function hasWords(hay, words) {
  return words.every((word) => {
    const open = fold(word);
    return hay.includes(` ${open.replaceAll(" ", "")}`) || open.split(" ").every((part) => hay.includes(` ${part}`));
  });
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

/**
 * Whether a trial answers everything that the reader asked.
 * @param {SearchRecord} record
 * @param {string} hay  the record's `haystack`
 * @param {Query} query
 * @returns {boolean}
 */
export function answers(record, hay, query) {
  return (
    hasWords(hay, wordsOf(query.words)) &&
    (query.status === "" || record.status === query.status) &&
    (query.phase === "" || (record.phases ?? []).includes(query.phase)) &&
    (query.sex === "" || record.sex === undefined || record.sex === "ALL" || record.sex === query.sex) &&
    (query.age === null || fitsAge(record.minimum_age_years, record.maximum_age_years, query.age)) &&
    (!query.withResults || record.has_results === true)
  );
}

/**
 * The trial whose number the reader has typed, if that is all that was typed.
 * @param {SearchRecord[]} records
 * @param {string} words
 * @returns {SearchRecord | undefined}
 */
export function byNumber(records, words) {
  const number = words.trim().toUpperCase();
  return number === "" ? undefined : records.find((record) => record.id.toUpperCase() === number);
}

/**
 * The asked-for parts whose loosening would give trials, with the count that each would give.
 * @param {(query: Query) => number} count
 * @param {Query} query
 * @returns {{part: keyof Query, count: number}[]} most trials first
 */
export function loosenings(count, query) {
  const parts = /** @type {(keyof Query)[]} */ (Object.keys(EVERYTHING));
  return parts
    .filter((part) => query[part] !== EVERYTHING[part])
    .map((part) => ({ part, count: count({ ...query, [part]: EVERYTHING[part] }) }))
    .filter((loosened) => loosened.count > 0)
    .sort((one, other) => other.count - one.count);
}

/**
 * Whether an open status was confirmed so long ago that it may have changed.
 * @param {SearchRecord} record
 * @param {Date} today  the reader's day
 * @returns {boolean}
 */
export function isStale(record, today) {
  if (record.status !== "RECRUITING") return false;
  const [year, month] = (record.status_verified ?? "").split("-").map(Number);
  if (!year || !month) return true;
  const months = (today.getFullYear() - year) * 12 + today.getMonth() + 1 - month;
  return months > 6 || (months === 6 && today.getDate() > 1);
}
