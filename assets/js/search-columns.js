// @ts-check
/**
 * Facets with few values: columns of one code a document, and how many of the trials found have each value.
 *
 * A count of a value is that of choosing it: under the words and all other filters, without its own facet's.
 */

import { damaged } from "./search-load.js";
import { running } from "./search-sets.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Filter} Filter */

/**
 * By column: the number of each value, and how many of the documents have it.
 * @param {Build} build
 * @param {import("./search-types.js").Sifted} sifted
 * @param {AbortSignal} [signal]
 * @returns {Promise<Record<string, [number, number][]>>}
 */
export async function columnCounts(build, { documents, filters, failed }, signal) {
  const counted = build.manifest.facets.map(async (facet) => {
    const { codes, of } = await columnOf(build, facet, signal);
    const own = ownFilter(filters, facet.name);
    const byCode = new Uint32Array(codes.length);
    for (let place = 0; place < documents.length; place += 1) {
      if (!failed[place] || failed[place] === own) byCode[of[documents[place]]] += 1;
    }
    const counts = facet.values.map((_, number) => [number, codes.reduce((sum, numbers, code) => sum + (numbers.includes(number) ? byCode[code] : 0), 0)]);
    return [facet.name, counts];
  });
  return Object.fromEntries(await Promise.all(counted));
}

/**
 * @param {Filter[]} filters
 * @param {string} part
 * @returns {number} from 1; 0 where the filter is not on
 */
export const ownFilter = (filters, part) => filters.findIndex((filter) => filter.part === part) + 1;

/**
 * A column: the value numbers of each code, and the code of each document.
 * @param {Build} build
 * @param {{ name: string }} column
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ codes: number[][], of: Uint16Array }>}
 */
export async function columnOf(build, { name }, signal) {
  /** @type {Map<string, any>} */
  const columns = await build.file("facets.json", signal, (all) => new Map(Object.keys(all).map((each) => [each, { codes: all[each].codes, of: expanded(all[each], build) }])));
  return columns.get(name) ?? damaged(name);
}

/**
 * The code of each document.
 * @param {{ starts: number[], of: number[] }} runs  from each start (deltas) on the documents have a code
 * @param {Build} build
 */
export function expanded({ starts, of }, { manifest: { trials } }) {
  const codes = new Uint16Array(trials);
  const from = running(starts);
  of.forEach((code, at) => codes.fill(code, from[at], from[at + 1]));
  return from.length === of.length && !(from[from.length - 1] >= trials) ? codes : damaged("runs");
}
