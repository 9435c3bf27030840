// @ts-check
/**
 * Where the reader is: a town, a postcode or the device's own position, found with files of this site only.
 *
 * For any page that knows the address of the gazetteer (`data-gazetteer`, ending in a slash):
 *
 *     const resolver = createResolver({ folder: new URL(element.dataset.gazetteer, location.href) });
 *     await resolver.resolve("Houston, TX")   // one place, or null when none or several fit
 *     await resolver.suggest("Springfield")   // the places that fit, or those of a similar name
 *     await resolver.find("Springfield")      // both, and why
 *     nearestOpen(sites, place)               // of distance.js: { site, kilometers } or null
 *
 * A request names a file of at least 400 towns, or the first digit of a ZIP code; never what was written.
 * Nothing is kept here: `remembered`, `remember` and `forget` are for readers who tick a box, and
 * the browser drops it with the tab.
 */

import { countryName, kilometers } from "./distance.js";
import { digitsOf, fold, isPlain, postcodeArea, readings, shardOf, townsLike, townsNamed } from "./gazetteer.js";
import { _ } from "./language.js";
import { root } from "./storage.js";

export { nearestOpen } from "./distance.js";

/** @typedef {import("./gazetteer.js").Town} Town */
/** @typedef {import("./gazetteer.js").Shard} Shard */

/**
 * @typedef {object} Place
 * @property {string} name  for the reader
 * @property {number} latitude
 * @property {number} longitude
 * @property {"town" | "postcode" | "area" | "device"} how
 * @property {string} country  two letters: `ZZ` for a country whose letters are not known, nothing where it could be any
 * @property {string} [area]  the beginning of a code that is not known whole
 */

/**
 * What came of a text: one place; several that fit; similar ones (or none); a code that nothing is known of;
 * letters that the files do not have.
 * @typedef {{ kind: "place", place: Place } | { kind: "choices" | "similar", places: Place[] } | { kind: "unknown code" | "other letters" | "empty" }} Found
 */

/**
 * @typedef {object} Resolver
 * @property {(text: string) => Promise<Found>} find
 * @property {(text: string) => Promise<Place | null>} resolve
 * @property {(text: string) => Promise<Place[]>} suggest
 */

/** @typedef {{ towns: string[], zip: string[] }} Index */
/** @typedef {Record<string, [number, number]>} ZipCodes */
/** @typedef {Record<string, { digits: number[], miles?: boolean, areas: Record<string, [number, number, string]> }>} Areas  by country */

const MOST_CHOICES = 8;
const MOST_SIMILAR = 5;
const UNITED_STATES = "US";
const BRITAIN = "GB";
/** A country whose letters are not known, which is neither of the two above. */
const ELSEWHERE = "ZZ";
/** How far the middle of a town and the area of one of its codes may lie apart. */
const SAME_TOWN_KM = 50;
/** Positions from the device are kept to about a kilometer: places of trials are known no better. */
const rounded = (/** @type {number} */ degrees) => Math.round(degrees * 100) / 100;
const ZIP = /^\d{5}(-?\d{4})?$/;

/**
 * @param {{ folder: URL, json?: (address: URL) => Promise<any> }} options  `json` reads a file
 * @returns {Resolver}
 */
export function createResolver({ folder, json = readJson }) {
  /** @type {Map<string, Promise<any>>} */
  const files = new Map();
  /** @param {string} name */
  const file = (name) => {
    const known = files.get(name) ?? json(new URL(name, folder));
    files.set(name, known);
    known.catch(() => files.delete(name));
    return known;
  };

  /** @param {string} text @returns {Promise<Found>} */
  const find = async (text) => {
    const written = text.trim();
    if (!written) return { kind: "empty" };
    const [code, town] = parted(written);
    if (!code) return findTown(written, file);
    if (!town) return findCode(code, file);
    const byTown = await findTown(town, file);
    if (byTown.kind === "place") return byTown;
    const byCode = await findCode(code, file);
    if (byTown.kind === "choices") return nearTo(byCode, byTown);
    return byCode.kind === "unknown code" ? byTown : byCode;
  };
  return {
    find,
    resolve: async (text) => {
      const found = await find(text);
      return found.kind === "place" ? found.place : null;
    },
    suggest: async (text) => {
      const found = await find(text);
      return found.kind === "place" ? [found.place] : "places" in found ? found.places : [];
    },
  };
}

/**
 * A code and a town that were written together: `10117 Berlin`, `Houston, TX 77030`, `London SW3 6JJ`.
 * @param {string} text
 * @returns {[string, string]} either may be empty
 */
function parted(text) {
  const code = /(?<![\p{L}\p{N}-])(?:[A-Z]{1,2}-)?[A-Z]{0,2}\d[\dA-Z]*(?:[ -]?\d[\dA-Z]*)?(?![\p{L}\p{N}])/iu.exec(text)?.[0] ?? "";
  if (!code && /\d/.test(text)) return [text, ""];
  const town = code && text.replace(code, ",").replace(/^[\s,]+|[\s,]+$/g, "");
  return [code, /\p{L}/u.test(town) ? town : ""];
}

/**
 * Of several towns of a name the one that lies where a code does.
 * @param {Found} byCode
 * @param {Found & { kind: "choices" | "similar" }} towns
 * @returns {Found}
 */
function nearTo(byCode, towns) {
  const known = byCode.kind === "place" ? [byCode.place] : "places" in byCode ? byCode.places : [];
  const near = towns.places.filter((town) => known.some((code) => kilometers(town, code) < SAME_TOWN_KM));
  const [only] = near;
  return only && near.length === 1 ? { kind: "place", place: only } : towns;
}

/**
 * @param {string} text
 * @param {(name: string) => Promise<any>} file
 * @returns {Promise<Found>}
 */
async function findTown(text, file) {
  if (!fold(text)) return { kind: "empty" };
  if (!isPlain(fold(text))) return { kind: "other letters" };
  /** @type {Index} */
  const { towns: starts } = await file("index.json");
  const tried = readings(text);
  for (const { name, within } of tried) {
    /** @type {Shard} */
    const shard = await file(`towns-${shardOf(starts, name)}.json`);
    const towns = townsNamed(shard, name, within, namesOf);
    const [first] = towns;
    if (first && towns.length === 1) return { kind: "place", place: placeOf(first) };
    if (first) return { kind: "choices", places: towns.slice(0, MOST_CHOICES).map(placeOf) };
  }
  const name = tried[0]?.name ?? "";
  const shard = await file(`towns-${shardOf(starts, name)}.json`);
  return { kind: "similar", places: townsLike(shard, name, MOST_SIMILAR).map(placeOf) };
}

/**
 * @param {string} code
 * @param {(name: string) => Promise<any>} file
 * @returns {Promise<Found>}
 */
async function findCode(code, file) {
  const plain = code.replace(/\s/g, "");
  const zip = ZIP.test(plain) ? await findZip(plain.slice(0, 5), file) : null;
  /** @type {Areas} */
  const areas = await file("../areas.json").catch(() => ({}));
  const others = Object.entries(areas).flatMap(([name, known]) => (known.digits.includes(digitsOf(code)) ? (areaIn(known.areas, postcodeArea(code), name, known.miles ? BRITAIN : ELSEWHERE) ?? []) : []));
  const whole = zip?.how === "postcode";
  const longest = Math.max(0, ...others.map(({ area }) => area?.length ?? 0));
  // A code that is whole in one country is only doubted where another country has all that names an area.
  const fitting = others.filter(({ area }) => (area?.length ?? 0) === longest && (!whole || longest >= 4));
  const places = [...(zip && (whole || longest < 4) ? [zip] : []), ...fitting];
  const [first] = places;
  if (!first) return { kind: "unknown code" };
  return places.length === 1 ? { kind: "place", place: first } : { kind: "choices", places: places.slice(0, MOST_CHOICES) };
}

/**
 * @param {string} code  of five digits
 * @param {(name: string) => Promise<any>} file
 * @returns {Promise<Place | null>} the code, or the middle of those that begin like it
 */
async function findZip(code, file) {
  /** @type {Index} */
  const { zip } = await file("index.json");
  const digit = code.slice(0, 1);
  if (!zip.includes(digit)) return null;
  /** @type {ZipCodes} */
  const codes = await file(`zip-${digit}.json`);
  const known = codes[code];
  const where = { country: UNITED_STATES };
  if (known) return { ...where, name: _("ZIP code {code}, {country}", { code, country: countryName(UNITED_STATES) }), latitude: known[0], longitude: known[1], how: "postcode" };
  const area = code.slice(0, 3);
  const alike = Object.entries(codes).flatMap(([other, position]) => (other.startsWith(area) ? [position] : []));
  const middle = middleOf(alike);
  return middle && { ...where, name: _("ZIP codes {area}…, {country}", { area, country: countryName(UNITED_STATES) }), ...middle, how: "area", area };
}

/**
 * The area of a country in which a code lies, or the middle of the areas that begin like it.
 * @param {Record<string, [number, number, string]>} codes
 * @param {string} area
 * @param {string} name  of the country
 * @param {string} country
 * @returns {Place | null}
 */
function areaIn(codes, area, name, country) {
  for (let length = area.length; length > 1; length -= 1) {
    const beginning = area.slice(0, length);
    const alike = Object.entries(codes).flatMap(([other, found]) => (length === area.length ? other === area : other.startsWith(beginning)) ? [found] : []);
    const middle = middleOf(alike);
    const city = alike[0]?.[2] ?? "";
    if (middle) return { name: _("{city} area, {country}", { city, country: name }), ...middle, how: "area", country, area: beginning };
  }
  return null;
}

/**
 * @param {readonly (readonly [number, number, ...unknown[]])[]} positions
 * @returns {{ latitude: number, longitude: number } | null}
 */
function middleOf(positions) {
  const middle = (/** @type {0 | 1} */ axis) => positions.map((each) => each[axis]).sort((a, b) => a - b)[Math.floor(positions.length / 2)];
  const [latitude, longitude] = [middle(0), middle(1)];
  return latitude === undefined || longitude === undefined ? null : { latitude, longitude };
}

/**
 * @param {Town} town
 * @returns {Place}
 */
function placeOf({ name, region, country, latitude, longitude }) {
  const parts = [name, region === name ? "" : region, countryName(country)];
  return { name: parts.filter(Boolean).join(", "), latitude, longitude, how: "town", country };
}

/**
 * What a country is called in English, in the language of the site and in that of the browser.
 * @param {string} country
 */
function namesOf(country) {
  const spoken = globalThis.navigator?.language ?? "en";
  return [countryName(country, "en"), countryName(country), countryName(country, spoken)];
}

/**
 * Ask the device. Only ever call this when the reader pressed a button that says so.
 * @returns {Promise<Place>} rejects with a sentence for the reader
 */
export function ownPosition() {
  return new Promise((found, failed) => {
    if (!("geolocation" in navigator)) {
      failed(new Error(_("This browser does not tell where you are. Type a town or a postcode.")));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ name: _("your location"), latitude: rounded(coords.latitude), longitude: rounded(coords.longitude), how: "device", country: "" }),
      ({ code, PERMISSION_DENIED }) =>
        failed(new Error(code === PERMISSION_DENIED ? _("Your browser did not share your location. You can type a town or a postcode.") : _("Your device could not find your location. Type a town or a postcode."))),
      { maximumAge: 600_000, timeout: 15_000 },
    );
  });
}

const KEY = `trialpages:${root.pathname}:place`;

/** @returns {Place | null} the place that the reader asked this tab to remember */
export function remembered() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    const { name, latitude, longitude, how, country } = Object(found);
    const sound = typeof name === "string" && Number.isFinite(latitude) && Number.isFinite(longitude);
    return sound ? { name, latitude, longitude, how, country: String(country ?? "") } : null;
  } catch {
    return null;
  }
}

/**
 * Keep a place until the tab is closed.
 * @param {Place} place
 */
export function remember({ name, latitude, longitude, how, country }) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ name, latitude, longitude, how, country }));
  } catch {}
}

/** Leave nothing behind. */
export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {}
}

/**
 * @param {URL} address
 * @returns {Promise<any>}
 */
async function readJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname} answers ${answer.status}`);
  return answer.json();
}
