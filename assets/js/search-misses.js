// @ts-check
/**
 * What the lexicon lacks is read as the beginning of words that it holds, or else as a typo of one. Asked for on a miss.
 */

import { match } from "./search-match.js";
import { lastUpTo } from "./search-sets.js";
import { isCommon, spelled } from "./search-tokens.js";
import { lexicon, opened, reparted } from "./search-units.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").ReadUnit} ReadUnit */

const SHORTEST_BEGINNING = 3;
const MOST_BEGINNINGS = 8;
/** So many times as many trials make a word the likelier one. */
const MUCH_MORE = 5;
/** A word of more trials than this is no slip. */
const RARE = 20;
/** Words that are tried in the place of a rare one. */
const MOST_ALIKE = 4;
/** From this length on two edits are allowed. */
const LONG = 8;

/**
 * @param {Build} build
 * @param {ReadUnit[]} units  each of one word that the lexicon lacks
 * @param {boolean} exact  whether typos stay
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ begun: Map<string, Partial<ReadUnit>>, mended: Map<string, string> }>}  by the words as they were typed
 */
export async function likely(build, units, exact, signal) {
  const typed = units.map((unit) => unit.typed).filter((word) => !isCommon(word));
  const begun = new Map(await Promise.all(typed.map(async (word) => /** @type {const} */ ([word, await beginnings(build, word, signal)]))));
  const wrong = typed.filter((word) => !exact && !begun.get(word)?.entries && /^\p{L}{4,}$/u.test(word));
  return { begun, mended: await mend(build, wrong, signal) };
}

/**
 * What the query finds with those words, where that is much more.
 * @param {Build} build
 * @param {ReadUnit[]} units
 * @param {import("./search-types.js").Matched} matched  what it finds as it was typed
 * @param {AbortSignal} [signal]
 */
export async function likelierOf(build, units, matched, signal) {
  for (const read of [unlessRare, asName]) {
    const others = await read(build, units, signal);
    const more = others === units ? matched : await match(build, others, signal);
    if (!more.relaxed && more.documents.length >= MUCH_MORE * matched.documents.length) return { units: others, matched: more };
  }
  return null;
}

/**
 * Units with frequent words in the place of rare ones that are one letter away; some records have typos too.
 * @param {Build} build
 * @param {ReadUnit[]} units
 * @param {AbortSignal} [signal]
 * @returns {Promise<ReadUnit[]>}  the same where there is no such word, or a typo was mended before
 */
async function unlessRare(build, units, signal) {
  const rare = rareOf(units);
  if (!rare.length) return units;
  const fewest = new Map(rare.map(({ typed, entries }) => [typed, MUCH_MORE * (entries[0]?.trials ?? 0)]));
  return reparted(build, units, await mend(build, [...fewest.keys()], signal, fewest), signal);
}

/**
 * Units in which a word that is one letter away from a rare one, and more frequent, makes a name with the words beside it:
 * Brest is a town, and "brest cancer" is none of its illnesses.
 * @param {Build} build
 * @param {ReadUnit[]} units
 * @param {AbortSignal} [signal]
 * @returns {Promise<ReadUnit[]>}  the same where there is no such name
 */
async function asName(build, units, signal) {
  const rare = units.length > 1 ? rareOf(units) : [];
  const listed = rare.length ? await listedNear(build, rare.map(({ typed }) => typed), signal) : [];
  for (const { typed, entries } of rare) {
    for (const other of alike(typed, listed, entries[0].trials + 1).slice(0, MOST_ALIKE)) {
      const others = await reparted(build, units, new Map([[typed, other]]), signal);
      if (others.length < units.length) return others;
    }
  }
  return units;
}

/**
 * The words that may be slips in the records, too; none where a slip was mended before.
 * @param {ReadUnit[]} units
 */
function rareOf(units) {
  if (units.some(({ kind }) => kind === "typo")) return [];
  return units.filter(({ kind, typed, entries }) => /word|name/.test(kind) && /^\p{L}{4,}$/u.test(typed) && (entries[0]?.trials ?? 0) <= RARE);
}

/**
 * The words that begin like one: those that most trials have.
 * @param {Build} build
 * @param {string} word
 * @param {AbortSignal} [signal]
 * @returns {Promise<Partial<ReadUnit>>}
 */
async function beginnings(build, word, signal) {
  const read = spelled(word);
  if ([...read].length < SHORTEST_BEGINNING) return {};
  const found = (await beginningWith(build, read, signal)).filter(({ key }) => !key.includes(" "));
  const entries = found.sort((one, other) => other.trials - one.trials || (one.key < other.key ? -1 : 1)).slice(0, MOST_BEGINNINGS);
  return entries.length ? { kind: "beginning", read, entries } : {};
}

/**
 * All that the lexicon holds under keys that begin in one way.
 * @param {Build} build
 * @param {string} start
 * @param {AbortSignal} [signal]
 * @param {number} [most]  files that are read
 */
export async function beginningWith(build, start, signal, most) {
  const [first = 0, last = 0] = [start, `${start}\uffff`].map((key) => lastUpTo(build.manifest.lexicon.firsts, key));
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const shards = await lexicon(build, numbers.slice(0, most), signal);
  return shards.flatMap((shard) => Object.keys(shard).flatMap((key) => (key.startsWith(start) ? [{ ...opened(shard, key), key }] : [])));
}

/**
 * The listed words that are nearest to words with a typo.
 * @param {Build} build
 * @param {string[]} wrong
 * @param {AbortSignal} [signal]
 * @param {Map<string, number>} [fewest]  trials that a listed word must have; it is one edit away then
 * @returns {Promise<Map<string, string>>}
 */
async function mend(build, wrong, signal, fewest) {
  const listed = await listedNear(build, wrong, signal);
  return new Map(wrong.flatMap((word) => nearest(word, listed, fewest?.get(word))));
}

/**
 * The listed words of about the length of some, with their trials.
 * @param {Build} build
 * @param {string[]} words
 * @param {AbortSignal} [signal]
 * @returns {Promise<[string, number][]>}
 */
async function listedNear(build, words, signal) {
  const near = new Set(words.flatMap((word) => [-1, 0, 1].map((more) => [...word].length + more)));
  const lengths = build.manifest.fuzzy.filter((length) => near.has(length));
  return (await Promise.all(lengths.map((length) => build.file(`fuzzy/${length}.json`, signal)))).flat();
}

/**
 * The listed words that are one edit away: those with the same first letter first, then those of most trials.
 * @param {string} word
 * @param {readonly (readonly [string, number])[]} listed
 * @param {number} fewest  trials that they must have
 * @returns {string[]}
 */
function alike(word, listed, fewest) {
  const letters = [...word];
  const found = listed.filter(([other, trials]) => trials >= fewest && other !== word && Math.abs(other.length - word.length) < 3 && distance(letters, [...other], 1) === 1);
  const ranked = found.map(([other, trials]) => /** @type {const} */ ([other[0] !== word[0], -trials, other]));
  return ranked.sort((one, other) => (isBefore(one, other) ? -1 : 1)).map(([, , other]) => other);
}

/**
 * The listed word that is nearest; of several one with the same first letter, then that of most trials.
 * @param {string} word
 * @param {readonly (readonly [string, number])[]} listed  words with their trials
 * @param {number} [fewest]  trials that it must have, so that it may be one edit away only
 * @returns {[string, string][]} the word with the one that is read in its place, or nothing
 */
export function nearest(word, listed, fewest) {
  const letters = [...word];
  const most = letters.length < LONG || fewest !== undefined ? 1 : 2;
  /** @type {[number, boolean, number, string] | undefined} */
  let best;
  for (const [other, trials] of listed) {
    const others = [...other];
    if (Math.abs(others.length - letters.length) > 1 || other === word || trials < (fewest ?? 0)) continue;
    const edits = distance(letters, others, Math.min(most, best?.[0] ?? most));
    if (edits > most) continue;
    /** @type {[number, boolean, number, string]} */
    const found = [edits, others[0] !== letters[0], -trials, other];
    if (!best || isBefore(found, best)) best = found;
  }
  return best ? [[word, best[3]]] : [];
}

/**
 * @param {readonly (number | boolean | string)[]} one
 * @param {readonly (number | boolean | string)[]} other
 */
function isBefore(one, other) {
  const at = one.findIndex((each, place) => each !== other[place]);
  return at >= 0 && /** @type {number} */ (one[at]) < /** @type {number} */ (other[at]);
}

/**
 * Insertions, deletions, replacements and swaps of neighbors that make one word the other, none touched twice.
 * @param {readonly string[]} one
 * @param {readonly string[]} other
 * @param {number} most
 * @returns {number} Infinity where there are more than `most`
 */
export function distance(one, other, most) {
  /** @type {number[]} */
  let before = [];
  let last = other.map((_, at) => at);
  last.push(other.length);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      let edits = Math.min(last[at] + 1, line[at - 1] + 1, last[at - 1] + Number(!same));
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) edits = Math.min(edits, before[at - 2] + 1);
      line.push(edits);
    }
    if (Math.min(...line) > most && Math.min(...last) > most) return Infinity;
    [before, last] = [last, line];
  }
  const edits = last[other.length];
  return edits > most ? Infinity : edits;
}
