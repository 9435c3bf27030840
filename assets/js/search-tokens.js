// @ts-check
/**
 * Texts become terms: the one way in which a query and the index read words.
 *
 * `trialpages/search/tokens.py` does the same when the index is written, and
 * `tests/vectors/search-tokens.json` holds the two together; a change here raises `VERSION` in both.
 *
 * A term is a word without case and accents, in American spelling, without its plural ending. It is for
 * comparing, never for showing.
 */

/** Of the rules in this module. */
export const VERSION = 1;

const LONGEST_WORD = 40;

const STOP_WORDS = new Set(
  (
    "a about after all also am an and any are as at be been being but by can could did do does during each for " +
    "from get had has have how i if in into is it its me my no not of on or our s should so than that the " +
    "their them then there these they this those to versus vs was we were what when where which while who why " +
    "will with would you your"
  ).split(" "),
);

/** Illnesses whose short name is a stop word: in capitals, within a text that is not all capitals, they count. */
const ACRONYMS = new Set(["ALL"]);

/** British spellings with the American ones, replaced in this order wherever they stand in a word. */
const SPELLINGS = (
  "leukae leuke aemi emi anaem anem haem hem paed ped oedem edem oesoph esoph oestr estr foet fet rrhoe rrhe " +
  "pnoea pnea anaesth anesth gynaec gynec coeliac celiac caesar cesar faec fec aetiol etiol sulph sulf " +
  "tumour tumor colour color behaviour behavior labour labor centre center fibre fiber programme program " +
  "isation ization ising izing ised ized"
).split(" ");

/** It makes the word after it another one: non-Hodgkin lymphoma is no Hodgkin lymphoma. */
const NEGATION = "non";

/** Plurals that no ending tells, and an illness that is no plural. */
const IRREGULAR = new Map([
  ["children", "child"],
  ["women", "woman"],
  ["men", "man"],
  ["aids", "aids"],
]);

const LETTERS = "αβγδεζηθικλμνξοπρστυφχψω";
const NAMES = (
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon " +
  "phi chi psi omega"
).split(" ");

const WORD = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;

/**
 * A text with plain hyphens and apostrophes and without accents.
 * @param {string} text
 * @returns {string}
 */
function plain(text) {
  return text
    .replace(/[’ʼ‘`´]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}

/**
 * A text without accents and letter case, its Greek letters written out.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return plain(text)
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ")
    .replace(/[α-ω]/g, (letter) => NAMES[LETTERS.indexOf(letter)]);
}

/**
 * The terms of a text in their order, without stop words unless there is nothing else.
 * @param {string} text
 * @returns {string[]}
 */
export function terms(text) {
  return readWords(text).map(([, term]) => term);
}

/**
 * The folded words of a text, each with its term; a query shows what it read by the word.
 * @param {string} text
 * @returns {[string, string][]}
 */
export function readWords(text) {
  const joined = joinedNumbers(text);
  const standsOut = joined !== joined.toUpperCase();
  /** @type {[string, string][]} */
  const kept = [];
  /** @type {[string, string][]} */
  const stopped = [];
  let before = "";
  const read = (/** @type {string} */ found, /** @type {string} */ part) => {
    const word = [...part].slice(0, LONGEST_WORD).join("");
    const isStop = STOP_WORDS.has(word) && !(standsOut && ACRONYMS.has(found));
    (isStop ? stopped : kept).push([word, termOf(word)]);
  };
  for (const found of plain(joined).match(WORD) ?? []) {
    for (const part of parts(fold(found))) {
      if (part === NEGATION) before = part;
      else {
        read(found, before + part);
        before = "";
      }
    }
  }
  if (before) read(before, before);
  return kept.length ? kept : stopped;
}

/**
 * @param {string} words
 * @returns {boolean} whether all of them are of those that are only read where there is nothing else
 */
export function isCommon(words) {
  return terms(`${words} 0`).length === 1;
}

/**
 * What all spellings of a name have in common: its terms, parted by single spaces.
 * @param {string} name
 * @returns {string}
 */
export function key(name) {
  return terms(name).join(" ");
}

/**
 * The term of one folded word: American spelling, no plural ending.
 * @param {string} word
 * @returns {string}
 */
export function termOf(word) {
  return stem(spelled(word));
}

/**
 * A folded word in American spelling.
 * @param {string} word
 * @returns {string}
 */
export function spelled(word) {
  let american = word;
  for (let at = 0; at < SPELLINGS.length; at += 2) american = american.replaceAll(SPELLINGS[at], SPELLINGS[at + 1]);
  return american;
}

/**
 * @param {string} word
 * @returns {string}
 */
function stem(word) {
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  if (!/^[a-z]{4,}$/.test(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith("is") && word.length > 5) return word.slice(0, -2);
  const single = /[^su]s$/.test(word) ? word.slice(0, -1) : word;
  return single.endsWith("e") && single.length > 4 ? single.slice(0, -1) : single;
}

/**
 * The parts of a folded word with hyphens; a number of up to three digits belongs to the part before it.
 * @param {string} word
 * @returns {string[]}
 */
function parts(word) {
  /** @type {string[]} */
  const found = [];
  for (const piece of word.replace(/'s?$|'s(?=-)/g, "").replaceAll("'", "").split("-")) {
    const last = found.at(-1) ?? "";
    if (/^[0-9]{1,3}$/.test(piece) && /^\p{L}+$/u.test(last)) found[found.length - 1] += piece;
    else if (piece) found.push(piece);
  }
  return found;
}

/**
 * A text without signs that nobody sees (soft hyphens come with copied text), in which a trial number in two
 * parts is one word.
 * @param {string} text
 * @returns {string}
 */
function joinedNumbers(text) {
  return text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").replace(/\bnct[ \u00a0\t\r\n:#.\u2010-\u2015-]*([0-9]{8})\b/gi, "NCT$1");
}
