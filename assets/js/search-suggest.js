// @ts-check
/**
 * Names that what the reader types may become: those of all words typed, or else of the last ones alone.
 */

import { beginningWith } from "./search-misses.js";
import { readWords, spelled } from "./search-tokens.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Suggestion} Suggestion */

const LONGEST_TEXT = 500;
/** A name is looked for in so many of the last words. */
const MOST_WORDS = 6;
/** Files of the lexicon that are read for one beginning. */
const MOST_SHARDS = 2;

/**
 * @param {import("./search-types.js").Index} index
 * @param {string} text  what is typed so far
 * @param {{ limit?: number, signal?: AbortSignal }} [options]
 * @returns {Promise<Suggestion[]>}
 */
export async function suggest(index, text, { limit = 8, signal } = {}) {
  const words = text.slice(0, LONGEST_TEXT).trim().split(/\s+/);
  const tails = words.map((_, from) => /** @type {const} */ ([words.slice(0, from), words.slice(from)])).slice(-MOST_WORDS);
  const attempts = tails.flatMap(([before, tail]) => readings(tail).map((read) => ({ before: before.join(" "), read })));
  const found = await index.attempt((build) => Promise.all(attempts.map(({ before, read }) => completions(build, before, read, signal))), signal);
  return (found.find(({ length }) => length) ?? []).slice(0, limit);
}

/**
 * Some words as a query reads them; the last may be a beginning ("lung can"), so that first it is no stop word.
 * @param {string[]} words
 * @returns {[string, string][][]}
 */
function readings(words) {
  const open = [words.slice(0, -1).join(" "), words[words.length - 1]].flatMap(readWords);
  const whole = readWords(words.join(" "));
  return open.length === whole.length ? [open] : [open, whole];
}

/**
 * The names that begin like some words, or have another name that does; those of most trials first.
 * @param {Build} build
 * @param {string} before  what stands before the words
 * @param {[string, string][]} words
 * @param {AbortSignal} [signal]
 * @returns {Promise<Suggestion[]>}
 */
async function completions(build, before, words, signal) {
  const key = words.map(([, term]) => term).join(" ");
  // The last word may go on: only the words before it are whole.
  const start = [...words.slice(0, -1).map(([, term]) => term), spelled(words.at(-1)?.[0] ?? "")].join(" ");
  const [first = "", second = ""] = start;
  if (!second) return [];
  const { suggest } = build.manifest;
  const isThere = suggest[first]?.includes(second);
  /** @type {[[string, string, number][], ...({ key: string, name?: string, trials: number }[])[]]} */
  const [listed, ...held] = await Promise.all([isThere ? build.file(`suggest/${first}${second}.json`, signal) : [], ...[start, key].map((each) => beginningWith(build, each, signal, MOST_SHARDS))]);
  const rows = [...listed, ...held.flat().map((entry) => /** @type {const} */ ([entry.name, entry.key, entry.trials]))];
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const [name, held, trials] of rows) {
    if (name && (held.startsWith(start) || held === key || held.startsWith(`${key} `))) found.set(name, Math.max(trials, found.get(name) ?? 0));
  }
  return [...found]
    .map(([name, trials]) => ({ before, name, trials }))
    .sort((one, other) => other.trials - one.trials || (one.name < other.name ? -1 : 1));
}
