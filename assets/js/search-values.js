// @ts-check
/** Facets with many values, one list of documents a value: countries, conditions, treatments, sponsors. Asked for on use. */

import { ownFilter } from "./search-columns.js";
import { lastUpTo, mark, running } from "./search-sets.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Sifted} Sifted */
/** @typedef {import("./search-types.js").ValueSet} ValueSet */

/**
 * Which documents have any of some values.
 * @param {Build} build
 * @param {ValueSet} set
 * @param {readonly string[]} slugs
 * @param {AbortSignal} [signal]
 */
export async function having(build, set, slugs, signal) {
  const fits = new Uint8Array(build.manifest.trials);
  for (const { documents } of await rowsOf(build, set, slugs, signal)) mark(documents, fits);
  return fits;
}

/**
 * How many of the documents have each of some values of a set.
 * @param {Build} build
 * @param {string} name  of the set
 * @param {Sifted} sifted
 * @param {readonly (number | string)[] | undefined} candidates  numbers or slugs; by itself the values that most trials have
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./search-types.js").ValueCount[]>}  a value that is not there is left out
 */
export async function valueCounts(build, name, { documents, filters, failed }, candidates, signal) {
  const set = build.manifest.sets.find((each) => each.name === name);
  if (!set) return [];
  const rows = await rowsOf(build, set, candidates ?? set.top.map(([number]) => number), signal);
  const own = ownFilter(filters, name);
  const kept = new Uint8Array(build.manifest.trials);
  documents.forEach((document, place) => (kept[document] = Number(!failed[place] || failed[place] === own)));
  return rows.map(({ documents: deltas, ...row }) => ({ ...row, count: running(deltas).reduce((sum, document) => sum + (kept[document] ?? 0), 0) }));
}

/**
 * @param {Build} build
 * @param {ValueSet} set
 * @param {readonly (number | string)[]} wanted  numbers or slugs
 * @param {AbortSignal} [signal]
 */
async function rowsOf({ file }, { name, values }, wanted, signal) {
  if (!values) return [];
  /** @type {{ starts: number[], firsts: string[] }} of each file: the number of its first value, and how its slugs begin */
  const { starts, firsts } = await file(`facet/${name}/index.json`, signal);
  const found = await Promise.all(wanted.map(async (each) => {
    const k = typeof each === "number" ? lastUpTo(starts, each) : lastUpTo(firsts, each);
    /** @type {[string, string, number[]][]} */
    const rows = await file(`facet/${name}/${k}.json`, signal);
    const first = starts[k];
    const at = rows.findIndex(([slug], place) => each === slug || each === first + place);
    const row = rows[at];
    return row ? [{ value: first + at, slug: row[0], label: row[1], documents: row[2] }] : [];
  }));
  return found.flat();
}
