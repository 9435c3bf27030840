// @ts-check
/**
 * Which trials answer a search: pure functions over the records of `search/trials.json`.
 *
 * A record that lacks a fact is never thrown out by a filter on that fact's *bounds* (an age that is
 * not stated is open), but a filter on a *value* (status, phase) wants that value to be there.
 * Nothing here touches the page, the address or the network.
 */

import { reasons } from "./freshness.js";
import { _ } from "./language.js";

/**
 * A trial as the index holds it; `docs/search.md` says what each field means.
 * @typedef {object} SearchRecord
 * @property {string} id
 * @property {string} title
 * @property {string} [title_language]
 * @property {string} url
 * @property {string} [brief_title]
 * @property {string} [purpose]
 * @property {string} [purpose_language]
 * @property {string | null} [status]
 * @property {string | null} [status_label]
 * @property {string} [who_for]
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
 * @property {string} [retrieved]
 * @property {string} [ends]
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
 * British spellings of medical words with the American ones; each is a piece that no other word has.
 * @type {readonly (readonly [RegExp, string])[]}
 */
const SPELLINGS = [
  [/aemi/g, "emi"],
  [/leukae/g, "leuke"],
  [/anaem/g, "anem"],
  [/haem/g, "hem"],
  [/paed/g, "ped"],
  [/oedem/g, "edem"],
  [/oesoph/g, "esoph"],
  [/rrhoe/g, "rrhe"],
  [/anaesth/g, "anesth"],
  [/gynaec/g, "gynec"],
  [/coeliac/g, "celiac"],
  [/tumour/g, "tumor"],
];

/**
 * Fold a text for comparing: no accents, no letter case, only letters and digits, one spelling.
 * @param {string} text
 * @returns {string} words parted by single spaces
 */
export function fold(text) {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return SPELLINGS.reduce((folded, [british, american]) => folded.replace(british, american), plain);
}

/**
 * The words of a text as they are parted by spaces, without what holds no letter and no digit.
 * A trial number that is written in two parts is one word.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  return joinNumbers(text)
    .split(/\s+/)
    .filter((word) => fold(word));
}

/**
 * @param {string} text
 * @returns {string}
 */
function joinNumbers(text) {
  return text.replace(/\bnct[\s:#.\-\u2010-\u2015]*(\d{8})\b/giu, "NCT$1");
}

/**
 * All texts of a record that words are looked for in, folded, once per record.
 * @param {SearchRecord} record
 * @returns {string} open words, words with their hyphens closed up, then short words in capitals as `=ALL`
 */
export function haystack(record) {
  /** @type {string[]} */
  const texts = [];
  gather(record, texts);
  const text = texts.join(" \n ");
  const capitals = new Set(text.match(/\b[A-Z]{2,3}\b/g));
  return ` ${fold(text)} ${fold(closeHyphens(text))} ${[...capitals].map((word) => `=${word}`).join(" ")} `;
}

/** Fields that hold no words: `ALL` as a sex is not the leukemia. */
const CODES = ["url", "sex", "sponsor_class", "title_language", "purpose_language"];

/**
 * @param {unknown} value
 * @param {string[]} into
 */
function gather(value, into) {
  if (typeof value === "string") into.push(value);
  else if (Array.isArray(value)) for (const item of value) gather(item, into);
  else if (value && typeof value === "object") {
    for (const [name, item] of Object.entries(value)) if (!CODES.includes(name)) gather(item, into);
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
    .flatMap((parts) => parts.map((_part, from) => parts.slice(from).join("")))
    .join(" ");
}

/**
 * Whether every word stands in the text at the beginning of some word; a word with hyphens may be
 * written closed up or open. A word of three letters or fewer must be the whole word, since `ALL`
 * is no beginning of `allogeneic`.
 * @param {string} hay  from `haystack`
 * @param {readonly string[]} words  from `wordsOf`
 * @returns {boolean}
 */
export function hasWords(hay, words) {
  return words.every((word) => {
    const open = fold(word);
    return begins(hay, open.replaceAll(" ", "")) || open.split(" ").every((part) => begins(hay, part));
  });
}

const SHORT = 3;

/**
 * @param {string} hay
 * @param {string} word  folded
 * @returns {boolean}
 */
function begins(hay, word) {
  return hay.includes(word.length <= SHORT ? ` ${word} ` : ` ${word}`);
}

/**
 * A condition or a treatment with its other names, as `search/synonyms.json` holds it.
 * @typedef {object} Synonym
 * @property {string} name
 * @property {string[]} other_names
 */

/**
 * Names by what all their spellings have in common.
 * @typedef {ReadonlyMap<string, Synonym>} Synonyms
 */

/**
 * A part of what the reader typed: words, and the thing that they name if they name one.
 * @typedef {object} Term
 * @property {string[]} words
 * @property {Synonym | null} named
 */

const LONGEST_NAME = 12;

/**
 * @param {readonly Synonym[]} entries
 * @returns {Synonyms} the first entry that claims a name keeps it
 */
export function synonymsOf(entries) {
  /** @type {Map<string, Synonym>} */
  const found = new Map();
  for (const entry of entries) {
    for (const name of [entry.name, ...entry.other_names]) if (!found.has(fold(name))) found.set(fold(name), entry);
  }
  return found;
}

/**
 * Part what was typed into names that are known, the longest first, and single words.
 * @param {string} text
 * @param {Synonyms} synonyms
 * @returns {Term[]}
 */
export function terms(text, synonyms) {
  const words = wordsOf(text);
  /** @type {Term[]} */
  const found = [];
  for (let from = 0; from < words.length; ) {
    let length = Math.min(LONGEST_NAME, words.length - from);
    const named = () => synonyms.get(fold(words.slice(from, from + length).join(" "))) ?? null;
    while (length > 1 && !named()) length -= 1;
    found.push({ words: words.slice(from, from + length), named: named() });
    from += length;
  }
  return found;
}

/**
 * Whether a record has the words of a term, or of another name of what it names.
 *
 * A short name may also be a common word, so that it counts in capitals only.
 * @param {string} hay
 * @param {Term} term
 * @returns {boolean}
 */
function hasTerm(hay, { words, named }) {
  if (!named) return hasWords(hay, words);
  return [named.name, ...named.other_names].some((name) => (name.length > SHORT ? hasWords(hay, wordsOf(name)) : hay.includes(` =${name} `)));
}

/**
 * What the search was taken to be about, where that is said in other words than the reader's.
 * @param {string} text
 * @param {Synonyms} synonyms
 * @returns {string} empty when nothing was read in another way
 */
export function understood(text, synonyms) {
  const read = terms(text, synonyms).map(({ words, named }) => ({ typed: words.join(" "), named }));
  if (!read.some(({ typed, named }) => named && fold(typed) !== fold(named.name))) return "";
  const parts = read.map(({ typed, named }) => (named && fold(typed) !== fold(named.name) ? `${named.name} (${typed})` : typed));
  return _("Showing trials for: {names}.", { names: parts.join(", ") });
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
 * @param {readonly Term[]} [asked]  the query's words from `terms`
 * @returns {boolean}
 */
export function answers(record, hay, query, asked = terms(query.words, new Map())) {
  return (
    asked.every((term) => hasTerm(hay, term)) &&
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
  const typed = joinNumbers(words).trim().toUpperCase();
  const number = /^\d{8}$/.test(typed) ? `NCT${typed}` : typed;
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
 * The reader's day, and after how many days a copy of the facts is old.
 * @typedef {object} Reader
 * @property {string} now
 * @property {string} [staleAfter]
 */

/**
 * The tone of a status; an open one that may have changed loses the color of open trials.
 * @param {SearchRecord} record
 * @param {Reader} reader
 * @returns {"open" | "waiting" | "closed"}
 */
export function tone(record, reader) {
  const status = record.status ?? "";
  if (status === "RECRUITING" || status === "AVAILABLE") return isStale(record, reader) ? "waiting" : "open";
  return WAITING.includes(status) ? "waiting" : "closed";
}

const WAITING = ["NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "SUSPENDED", "TEMPORARILY_NOT_AVAILABLE"];

/**
 * Whether a status may have changed, by the rule of a trial's own page.
 * @param {SearchRecord} record
 * @param {Reader} reader
 * @returns {boolean}
 */
export function isStale(record, { now, staleAfter }) {
  const { status, retrieved, status_verified: verified, ends: primaryCompletion } = record;
  const dates = status === "RECRUITING" ? { retrieved, verified, primaryCompletion } : { retrieved };
  return reasons({ ...dates, staleAfter }, now).length > 0;
}
