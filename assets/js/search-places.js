// @ts-check
/**
 * How far trials are from a point, from a map in tiles: the nearest tiles are read first, and no more than needed.
 *
 * A distance is that of the nearest place, in tenths of a kilometer; a trial without a place on the map has none.
 */

import { kilometers } from "./distance.js";
import { cardsOf } from "./search-engine.js";
import { running } from "./search-sets.js";

/** @typedef {import("./distance.js").Position} Position */
/** @typedef {[south: number, west: number, north: number, east: number]} Box */
/** @typedef {[name: string, latitude: number, longitude: number, documents: number[]]} Place */

/** Above every distance on earth. */
const NOWHERE = 250_000;
/** Tiles that are asked for at first, then twice as many each time. */
const FIRST_TILES = 4;
/** So many trials are looked for one by one, where their cards say that they have places. */
const FEW = 40;

/**
 * @param {import("./search-types.js").Build} build
 * @param {import("./search-types.js").Near} near  all places within a radius are read at once
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./search-types.js").Nearby>}
 */
export async function nearbyOf(build, { radius, ...point }, signal) {
  const { file, manifest } = build;
  /** @type {Box[]} */
  const boxes = manifest.places ? await file("geo/tiles.json", signal) : [];
  let unread = boxes
    .map((box, k) => ({ k, box, tenths: Math.floor(toBox(point, box) * 10) }))
    .sort((one, other) => one.tenths - other.tenths || one.k - other.k);
  const tenths = new Uint32Array(manifest.trials).fill(NOWHERE);
  /** @type {Map<number, string>} */
  const names = new Map();

  /** @param {typeof unread} tiles */
  const read = async (tiles) => {
    /** @type {Place[][]} */
    const places = await Promise.all(tiles.map(({ k }) => file(`geo/${k}.json`, signal)));
    unread = unread.filter((tile) => !tiles.includes(tile));
    for (const [name, latitude, longitude, documents] of places.flat()) {
      const far = Math.floor(kilometers(point, { latitude, longitude }) * 10 + 0.5);
      for (const document of running(documents)) {
        const known = tenths[document];
        if (far > known || (far === known && name >= (names.get(document) ?? ""))) continue;
        tenths[document] = far;
        names.set(document, name);
      }
    }
  };
  /**
   * Of few documents the cards say which tiles may have a place of theirs.
   * @param {number[]} documents
   * @param {number} count
   */
  const readFor = async (documents, count) => {
    const cards = await cardsOf(build, documents, signal);
    for (let step = 1; ; step *= 2) {
      const far = documents.map((document) => tenths[document]).sort((one, other) => one - other)[count - 1] ?? NOWHERE;
      const open = documents.flatMap((document, at) => {
        const own = unread.filter(({ box }) => cards[at].cells?.some((cell) => meets(box, cell, manifest.cell)));
        return own.length && own[0].tenths <= Math.min(far, tenths[document]) ? [own] : [];
      });
      if (!open.length) return;
      const nearest = open.sort(([one], [other]) => one.tenths - other.tenths).slice(0, count);
      await read([...new Set(nearest.flatMap((own) => own.slice(0, step)))]);
    }
  };

  if (radius !== null) await read(unread.filter((tile) => tile.tenths <= radius * 10));
  return {
    rank: (document) => tenths[document],
    fits: (km) => new Uint8Array(tenths.length).map((_, document) => Number(tenths[document] < NOWHERE && tenths[document] / 10 <= km)),
    of: (document) => (tenths[document] < NOWHERE ? { name: names.get(document) ?? "", km: tenths[document] / 10 } : null),
    async first(documents, count) {
      if (manifest.cell && documents.length <= Math.min(FEW, unread.length)) return readFor([...documents], count);
      for (let step = FIRST_TILES; unread.length; step *= 2) {
        const certain = unread[0].tenths;
        if (documents.filter((document) => tenths[document] < certain).length >= Math.min(count, documents.length)) return;
        await read(unread.slice(0, step));
      }
    },
  };
}

/**
 * Whether a box of the map touches a square of the grid; squares are counted from 90 south, 180 west, eastward first.
 * @param {Box} box
 * @param {number} cell
 * @param {number} size  of a square, in degrees
 */
function meets([south, west, north, east], cell, size) {
  const across = 360 / size;
  const [bottom, left] = [Math.floor(cell / across) * size - 90, (cell % across) * size - 180];
  return south <= bottom + size && north >= bottom && west <= left + size && east >= left;
}

/**
 * The least distance from a point to a box of the map.
 *
 * On one meridian the distance goes with the difference of latitudes, or has its least value where the
 * meridian comes nearest to the point; so the edges, and for a point between them its own meridian, suffice.
 * @param {Position} point
 * @param {Box} box
 * @returns {number} kilometers
 */
export function toBox(point, [south, west, north, east]) {
  const inside = Math.max(south, Math.min(north, point.latitude));
  if (west <= point.longitude && point.longitude <= east) return kilometers(point, { latitude: inside, longitude: point.longitude });
  const radians = Math.PI / 180;
  const distances = [west, east].flatMap((longitude) => {
    const nearest = Math.atan2(Math.sin(point.latitude * radians), Math.cos(point.latitude * radians) * Math.cos((longitude - point.longitude) * radians)) / radians;
    return [south, north, Math.max(south, Math.min(north, nearest))].map((latitude) => kilometers(point, { latitude, longitude }));
  });
  return Math.min(...distances);
}
