// @ts-check
/**
 * Words become units, the names and words of the lexicon; what it lacks is read by `search-misses.js`.
 */

import { damaged, later } from "./search-load.js";
import { lastUpTo, sizeOf } from "./search-sets.js";
import { readWords, termOf } from "./search-tokens.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Opened} Opened */
/** @typedef {import("./search-types.js").Shard} Shard */
/** @typedef {import("./search-types.js").ReadUnit} ReadUnit */
/** @typedef {{ typed: string, word: string }} Word  `word` is read in the place of `typed` */

const LONGEST_QUERY = 500;
const MOST_WORDS = 32;
const LONGEST_NAME = 6;

/**
 * @param {Build} build
 * @param {string} text
 * @param {boolean} exact  whether typos stay
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ units: ReadUnit[], cut: boolean }>}  `cut`: the text was longer than what is read
 */
export async function readUnits(build, text, exact, signal) {
  const all = readWords(text.slice(0, LONGEST_QUERY));
  let units = await parted(build, all.slice(0, MOST_WORDS).map(([word]) => ({ typed: word, word })), signal);
  if (units.some(isUnknown)) {
    const { likely } = await later(import("./search-misses.js"));
    const { begun, mended } = await likely(build, units.filter(isUnknown), exact, signal);
    units = await reparted(build, units.map((unit) => ({ ...unit, ...begun.get(unit.typed) })), mended, signal);
  }
  return { units, cut: text.length > LONGEST_QUERY || all.length > MOST_WORDS };
}

/**
 * The units anew, with other words in the place of some that stand alone.
 * @param {Build} build
 * @param {ReadUnit[]} units
 * @param {Map<string, string>} instead  by the word that was typed
 * @param {AbortSignal} [signal]
 */
export async function reparted(build, units, instead, signal) {
  if (!instead.size) return units;
  const words = units.flatMap((unit) => unit.typed.split(" ").map((typed) => ({ typed, word: instead.get(unit.typed) ?? typed })));
  const read = await parted(build, words, signal);
  return read.map((unit) => (isUnknown(unit) ? units.find(({ typed }) => typed === unit.typed) ?? unit : unit));
}

/** @param {ReadUnit} unit */
const isUnknown = ({ kind }) => kind === "unknown";

/**
 * From left to right the longest name that the lexicon holds, a word and its number written as one, or a single word.
 * @param {Build} build
 * @param {Word[]} words
 * @param {AbortSignal} [signal]
 */
async function parted(build, words, signal) {
  const candidates = words.map((_, from) => keysOf(words.slice(from, from + LONGEST_NAME)));
  const { firsts } = build.manifest.lexicon;
  const shards = await lexicon(build, candidates.flat().map(({ key }) => lastUpTo(firsts, key)), signal);
  /** @type {ReadUnit[]} */
  const units = [];
  for (let from = 0; from < words.length; ) {
    const { key, length, shard } = firstHeld(candidates[from], shards);
    const own = words.slice(from, from + length);
    const typed = own.map((each) => each.typed).join(" ");
    const read = own.map(({ word }) => word).join(" ");
    const entry = shard && opened(shard, key);
    const kind = !entry ? "unknown" : read !== typed ? "typo" : entry.name ? "name" : "word";
    units.push({ typed, kind, name: entry?.name ?? null, read: !entry ? "" : read !== typed ? read : key, entries: entry ? [entry] : [] });
    from += length;
  }
  return units;
}

/**
 * The keys that some words may be, the one that is looked for first at the front.
 * @param {Word[]} words
 * @returns {{ key: string, length: number }[]}  `length`: how many words it takes
 */
function keysOf(words) {
  const terms = words.map(({ word }) => termOf(word));
  const keys = terms.map((_, at) => ({ key: terms.slice(0, at + 1).join(" "), length: at + 1 })).reverse();
  if (/^[0-9]{1,3}$/.test(words[1]?.word)) keys.splice(-1, 0, { key: termOf(words[0].word + words[1].word), length: 2 });
  return keys;
}

/**
 * @param {{ key: string, length: number }[]} keys
 * @param {Shard[]} shards
 * @returns {{ key: string, length: number, shard?: Shard }} the first key that a shard holds; else the last key
 */
function firstHeld(keys, shards) {
  const held = keys.map((each) => ({ ...each, shard: shards.find((shard) => Object.hasOwn(shard, each.key)) }));
  return held.find(({ shard }) => shard) ?? held[held.length - 1];
}

/**
 * @param {Build} build
 * @param {number[]} numbers  may be given twice
 * @param {AbortSignal} [signal]
 * @returns {Promise<Shard[]>}
 */
export function lexicon(build, numbers, signal) {
  const { firsts } = build.manifest.lexicon;
  return Promise.all(
    [...new Set(numbers)].filter((k) => k in firsts).map((k) => {
      const [first, next = "\uffff"] = firsts.slice(k);
      return build.file(`lex/${k}.json`, signal, (shard) => (Object.keys(shard).every((key) => key >= first && key < next) ? shard : damaged(k)));
    }),
  );
}

/**
 * @param {Shard} shard
 * @param {string} key
 * @returns {Opened}
 */
export function opened(shard, key) {
  const entry = shard[key] ?? [];
  const open = Array.isArray(entry) ? { found: entry } : entry;
  return "found" in open ? { ...open, trials: sizeOf(open.found) } : open;
}
