// @ts-check
/**
 * Which documents have the words of a query, and how well: a sum for each document.
 */

import { damaged, later } from "./search-load.js";
import { BEST, byLevel, mark, numbers, sizeOf } from "./search-sets.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Found} Found */
/** @typedef {import("./search-types.js").Opened} Opened */

/**
 * The documents that have all units; where none has, those that have any.
 * @param {Build} build
 * @param {readonly { entries: Opened[] }[]} units
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./search-types.js").Matched>}
 */
export async function match(build, units, signal) {
  const { trials, level_values: values } = build.manifest;
  const postings = await Promise.all(units.map(({ entries }) => Promise.all(entries.map((entry) => foundBy(build, entry, signal)))));
  const scores = new Uint32Array(trials);
  const having = new Uint8Array(trials);
  for (const lists of postings) {
    const [found] = lists.length === 1 ? lists : [united(lists, trials)];
    const weight = Math.floor(10 * Math.log2(1 + trials / sizeOf(found)) + 0.5);
    found.forEach((deltas, at) => {
      const worth = weight * values[BEST - at];
      let document = 0;
      for (const delta of deltas) {
        document += delta;
        scores[document] += worth;
        having[document] += 1;
      }
      if (deltas.length && !(document < trials)) damaged(document);
    });
  }
  const all = numbers(trials, (document) => having[document] === units.length);
  const some = () => numbers(trials, (document) => having[document] && having[document] < units.length);
  const documents = all.length ? all : some();
  return { documents, some, score: (document) => scores[document], relaxed: documents.length > all.length };
}

/**
 * Postings of several words as those of one: each document at its highest level.
 * @param {Found[]} lists
 * @param {number} trials
 * @returns {Found}
 */
function united(lists, trials) {
  const levels = new Uint8Array(trials);
  for (const found of lists) found.forEach((deltas, at) => mark(deltas, levels, BEST - at));
  return byLevel(levels);
}

/**
 * @param {Build} build
 * @param {Opened} entry
 * @param {AbortSignal} [signal]
 * @returns {Promise<Found>}
 */
async function foundBy(build, { found, set, trials }, signal) {
  if (found) return found;
  const path = `set/${set}.json`;
  const [{ foundIn }] = await Promise.all([later(import("./search-layers.js")), build.file(path, signal)]);
  return build.file(path, signal, (content) => foundIn(content, trials, build.manifest.trials));
}
