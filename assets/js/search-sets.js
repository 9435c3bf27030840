// @ts-check
/**
 * Sets of documents: lists of deltas become marks, one byte a document, which are quick to join and to count.
 */

import { damaged } from "./search-load.js";

/** Level of what a trial is about. */
export const BEST = 4;

/**
 * Mark the documents of a list.
 * @param {readonly number[]} deltas
 * @param {Uint8Array} marks  one a document
 * @param {number} [level]  a document keeps the highest
 */
export function mark(deltas, marks, level = 1) {
  let document = 0;
  for (const delta of deltas) {
    document += delta;
    if (marks[document] < level) marks[document] = level;
  }
  if (document && !(document < marks.length)) damaged(`document ${document}`);
}

/**
 * @param {readonly number[]} deltas
 * @returns {number[]}
 */
export function running(deltas) {
  let sum = 0;
  return deltas.map((delta) => (sum += delta));
}

/**
 * Marked documents as postings.
 * @param {Uint8Array} levels  one a document
 */
export function byLevel(levels) {
  /** @type {import("./search-types.js").Found} */
  const all = [[], [], [], []];
  const last = [0, 0, 0, 0];
  levels.forEach((level, document) => {
    if (!level) return;
    const at = BEST - level;
    all[at].push(document - last[at]);
    last[at] = document;
  });
  return all;
}

/** @param {import("./search-types.js").Found} found  postings */
export const sizeOf = (found) => found.reduce((sum, { length }) => sum + length, 0);

/**
 * The last position of an ascending list whose value is not above another; 0 where there is none.
 * @template {number | string} V
 * @param {readonly V[]} values
 * @param {V} value
 */
export function lastUpTo(values, value) {
  let [low, high] = [0, values.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] > value) high = middle;
    else low = middle;
  }
  return low;
}

/**
 * The numbers below a limit that pass, in their order.
 * @param {number} limit
 * @param {(number: number) => unknown} passes
 */
export function numbers(limit, passes) {
  const found = new Uint32Array(limit);
  let count = 0;
  for (let number = 0; number < limit; number += 1) if (passes(number)) found[count++] = number;
  return found.subarray(0, count);
}

/**
 * Documents by a small whole number, the least first; those with the same stay in their order.
 * @param {Uint32Array} documents
 * @param {(document: number) => number} rank
 */
export function sorted(documents, rank) {
  const ranks = new Uint32Array(documents.length).map((_, at) => rank(documents[at]));
  const starts = new Uint32Array(ranks.reduce((most, each) => Math.max(most, each), 0) + 2);
  for (const each of ranks) starts[each + 1] += 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] += starts[at - 1];
  const found = new Uint32Array(documents.length);
  documents.forEach((document, at) => (found[starts[ranks[at]]++] = document));
  return found;
}
