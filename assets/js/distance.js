// @ts-check
/**
 * How far places are from the reader: pure functions, without a document.
 *
 * A place whose position nobody stated is never near and never dropped: it comes last.
 */

import { _, language, ngettext } from "./language.js";

/**
 * @typedef {object} Position
 * @property {number} latitude
 * @property {number} longitude
 */

/**
 * A place of a trial as far as distance goes.
 * @typedef {object} Site
 * @property {number | null} latitude
 * @property {number | null} longitude
 * @property {boolean} open
 */

/** The mean radius of the earth. */
export const EARTH_RADIUS_KM = 6371.0088;
export const KM_IN_A_MILE = 1.609344;
/** Within how many kilometers a place counts as near; in words: 100 km (60 miles). */
export const NEAR_KM = 100;

/**
 * The distance over the ground (haversine).
 * @param {Position} from
 * @param {Position} to
 * @returns {number} kilometers
 */
export function kilometers(from, to) {
  const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const north = Math.sin(radians(to.latitude - from.latitude) / 2);
  const east = Math.sin(radians(to.longitude - from.longitude) / 2);
  const share = north ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(share)));
}

/**
 * @param {Site} site
 * @param {Position} from
 * @returns {number | null} null where the position of the place is not known
 */
export function distanceOf(site, from) {
  const { latitude, longitude } = site;
  return latitude === null || longitude === null ? null : kilometers(from, { latitude, longitude });
}

/**
 * Places with their distance: open ones first, the nearest first among them, unknown distances at the end.
 * @template {Site} S
 * @param {readonly S[]} sites
 * @param {Position} from
 * @returns {{ site: S, kilometers: number | null }[]}
 */
export function inOrder(sites, from) {
  const rank = (/** @type {{ site: Site, kilometers: number | null }} */ { site, kilometers }) => (kilometers === null ? 2 : site.open ? 0 : 1);
  return sites
    .map((site) => ({ site, kilometers: distanceOf(site, from) }))
    .sort((a, b) => rank(a) - rank(b) || Number(b.site.open) - Number(a.site.open) || (a.kilometers ?? 0) - (b.kilometers ?? 0));
}

/**
 * The open place that is nearest.
 * @template {Site} S
 * @param {readonly S[]} sites
 * @param {Position} from
 * @returns {{ site: S, kilometers: number } | null} null where no open place has a known position
 */
export function nearestOpen(sites, from) {
  const first = inOrder(sites, from)[0];
  return first?.site.open && first.kilometers !== null ? { site: first.site, kilometers: first.kilometers } : null;
}

/**
 * Whether miles come first: in the United States and Britain, where road signs have them.
 * @param {string} country  the two letters of the reader's country; empty where it is not known
 * @param {string} [locale]  what the browser prefers, for a place that has no country
 * @returns {boolean}
 */
export function milesFirst(country, locale = "") {
  return country ? ["US", "GB"].includes(country) : /-(US|GB)\b/.test(locale);
}

/** Records give the position of a town, not of a street: below this a distance says nothing more. */
const SAME_TOWN_KM = 5;

/**
 * A distance in both units, in whole numbers.
 * @param {number} distance  in kilometers
 * @param {boolean} milesAreFirst
 * @returns {string} `14 km (9 miles)` or `9 miles (14 km)`
 */
export function distanceWords(distance, milesAreFirst) {
  if (distance < SAME_TOWN_KM) return milesAreFirst ? _("less than 3 miles (5 km)") : _("less than 5 km (3 miles)");
  const miles = Math.round(distance / KM_IN_A_MILE);
  const values = { kilometers: Math.round(distance) };
  return milesAreFirst
    ? ngettext("{count} mile ({kilometers} km)", "{count} miles ({kilometers} km)", miles, values)
    : ngettext("{kilometers} km ({count} mile)", "{kilometers} km ({count} miles)", miles, values);
}

/**
 * @param {string} country  the two letters of a country
 * @param {string} [spoken]
 * @returns {string} its name in a language, by itself that of the site
 */
export function countryName(country, spoken = language) {
  try {
    return new Intl.DisplayNames([spoken], { type: "region" }).of(country) ?? country;
  } catch {
    return country;
  }
}
