// @ts-check
/**
 * What goes beyond words: filters by facets, age and distance, and the orders by day and by distance. Asked for on use.
 */

import { columnOf, expanded } from "./search-columns.js";
import { damaged, later } from "./search-load.js";
import { numbers, running } from "./search-sets.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Filter} Filter */
/** @typedef {import("./search-types.js").Query} Query */

/** More than one filter keeps a document out. */
const SEVERAL = 255;
/** Above every day on which a record was changed, counted from 1970. */
const LAST_DAY = 65_535;

/**
 * @param {Build} build
 * @param {Query} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./search-types.js").Narrowed>}
 */
export async function narrow(build, query, signal) {
  const { near, order, from, size } = query;
  const mapping = near && later(import("./search-places.js")).then(({ nearbyOf }) => nearbyOf(build, near, signal));
  const [nearby, ...filters] = await Promise.all([mapping, ...filtersOf(build, query, signal)]);
  if (near && near.radius !== null && nearby) filters.push({ part: "near", fits: nearby.fits(near.radius) });
  /** @param {Uint32Array} documents */
  const failed = (documents) => failures(documents, filters);
  return {
    filters,
    failed,
    async rank(documents) {
      if (order === "newest") return byDay(build, documents, signal);
      if (order !== "distance" || !nearby) return null;
      await nearby.first(documents, from + size);
      return nearby.rank;
    },
    loosened(sifted) {
      const parts = filters.map(({ part }, at) => ({ part, total: sifted.failed.filter((only) => only === at + 1).length }));
      const all = failed(numbers(build.manifest.trials, () => true));
      return sifted.units ? [{ part: "words", total: all.filter((only) => !only).length }, ...parts] : parts;
    },
    async nearest(documents) {
      await nearby?.first(documents, documents.length);
      const nearest = nearby ? documents.map(nearby.of) : undefined;
      return nearest && { nearest, distances: nearest.map((place) => place && place.km) };
    },
  };
}

/**
 * The filters that are on, each with the documents that pass it.
 * @param {Build} build
 * @param {Pick<import("./search-types.js").Query, "filters" | "age">} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<Filter>[]}
 */
export function filtersOf(build, { filters, age }, signal) {
  const { facets, sets } = build.manifest;
  /** @param {{ name: string }} facet */
  const asked = ({ name }) => (filters[name] ?? []);
  /** @param {{ name: string }} facet */
  const isOn = (facet) => asked(facet).length > 0;
  return [
    ...facets.filter(isOn).map(async (facet) => {
      const { codes, of } = await columnOf(build, facet, signal);
      const wanted = asked(facet);
      return { part: facet.name, fits: passes(of, codes.map((numbers) => numbers.some((number) => wanted.includes(facet.values[number][0])))) };
    }),
    ...sets.filter(isOn).map(async (set) => {
      const { having } = await later(import("./search-values.js"));
      return { part: set.name, fits: await having(build, set, asked(set), signal) };
    }),
    ...[age].filter((years) => years !== null).map(async (years) => {
      const { bounds, of } = await build.file("ages.json", signal, (ages) => ({ ...ages, of: expanded(ages, build) }));
      return { part: "age", fits: passes(of, bounds.map((/** @type {[number?, number?]} */ [minimum, maximum]) => fitsAge(minimum, maximum, years))) };
    }),
  ];
}

/**
 * @param {Uint16Array} of  the code of each document
 * @param {boolean[]} passing  by code
 */
export const passes = (of, passing) => new Uint8Array(of.length).map((_, document) => Number(passing[of[document]]));

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
 * Where each document fails: 0 nowhere, else the number (from 1) of the only filter that it fails, or `SEVERAL`.
 * @param {Uint32Array} documents
 * @param {Filter[]} filters
 */
export function failures(documents, filters) {
  const failed = new Uint8Array(documents.length);
  filters.forEach(({ fits }, at) => {
    for (let place = 0; place < documents.length; place += 1) {
      if (!fits[documents[place]]) failed[place] = failed[place] ? SEVERAL : at + 1;
    }
  });
  return failed;
}

/**
 * @param {import("./search-types.js").Build} build
 * @param {Uint32Array} documents
 * @param {AbortSignal} [signal]
 * @returns {Promise<(document: number) => number>} the rank of a document, the newest first, those without a day last
 */
export async function byDay({ manifest, file }, documents, signal) {
  const { block } = manifest.days;
  /** @type {number[][]} */
  const days = [];
  const blocks = new Set(documents.map((document) => document / block));
  await Promise.all([...blocks].map(async (k) => (days[k] = await file(`days/${k}.json`, signal, running))));
  return (document) => LAST_DAY - (days[Math.floor(document / block)]?.[document % block] ?? damaged("days"));
}
