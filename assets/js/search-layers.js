// @ts-check
/** The file of all trials of a frequent word becomes postings. Asked for with the first such file. */

import { damaged } from "./search-load.js";
import { byLevel, numbers, sizeOf } from "./search-sets.js";

/** @typedef {import("./search-types.js").Found} Found */

/**
 * @param {import("./search-types.js").FoundFile} content
 * @param {number} size  how many documents it must hold
 * @param {number} trials  of the site
 * @returns {Found}
 */
export function foundIn(content, size, trials) {
  const found = Array.isArray(content) ? content : byLevel(levelsOf(content.layers, trials));
  return sizeOf(found) === size ? found : damaged("set");
}

/**
 * @param {readonly string[]} layers
 * @param {number} trials
 */
function levelsOf(layers, trials) {
  const levels = new Uint8Array(trials);
  let among = numbers(trials, () => true);
  for (const layer of layers) {
    const before = among;
    among = placesOf(layer, before.length).map((place) => before[place]);
    for (const document of among) levels[document] += 1;
  }
  return levels;
}

/**
 * The places that a layer keeps.
 * @param {string} layer  Base64; a bit for each place, the first is the highest
 * @param {number} limit  how many there are
 */
function placesOf(layer, limit) {
  const bytes = atob(layer);
  if (bytes.length !== Math.ceil(limit / 8)) damaged("layer");
  return numbers(limit, (place) => (bytes.charCodeAt(place >> 3) << (place & 7)) & 128);
}
