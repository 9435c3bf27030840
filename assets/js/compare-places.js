// @ts-check
/**
 * Which open place of each trial is nearest to the reader, and the form that asks where that is.
 *
 * What the reader writes is found with files of this site; no address holds it.
 */

import { made } from "./compare-table.js";
import { distanceWords, milesFirst, nearestOpen } from "./distance.js";
import { _ } from "./language.js";
import { allPlaces } from "./places-list.js";
import { createResolver } from "./whereabouts.js";
import { placeForm } from "./whereabouts-form.js";

/** @typedef {import("./compare-read.js").ReadTrial} ReadTrial */
/** @typedef {import("./whereabouts.js").Place} Place */

/**
 * What the page says of the place nearest to the reader, by trial.
 * @param {readonly ReadTrial[]} trials
 * @param {Place} from
 * @returns {Promise<Map<string, Node>>} nothing for a trial that tells no places
 */
export async function nearestPlaces(trials, from) {
  const found = await Promise.all(trials.map(async (trial) => /** @type {const} */ ([trial.id, await nearestNode(trial, from)])));
  return new Map(found.flatMap(([id, node]) => (node ? [[id, node]] : [])));
}

/**
 * @param {ReadTrial} trial
 * @param {Place} from
 * @returns {Promise<Node | null>}
 */
async function nearestNode({ page, address }, from) {
  const section = page.querySelector("[data-places]");
  if (!(section instanceof HTMLElement)) return null;
  const sites = await allPlaces(section, address).catch(() => null);
  if (!sites) return made("p", "unknown", _("The places of this trial could not be loaded."));
  if (!sites.some(({ open }) => open)) return made("p", "unknown", _("No place is listed as open."));
  const nearest = nearestOpen(sites, from);
  if (!nearest) return made("p", "unknown", _("No open place with a known position."));
  const distance = distanceWords(nearest.kilometers, milesFirst(from.country, navigator.language));
  return made("p", "", _("Nearest place listed as open: {place}, {distance} away.", { place: nearest.site.name, distance }));
}

/**
 * The same form as on a trial's page.
 * @param {URL} folder  of the files that tell where towns are
 * @param {(place: Place | null) => Promise<void>} use  hears of a place, and of null when it is taken back
 * @returns {HTMLFormElement}
 */
export function nearestForm(folder, use) {
  return placeForm(createResolver({ folder }), async (place) => {
    await use(place);
    return place ? _("The row “Where” now says which open place is nearest to {place}.", { place: place.name }) : _("Your place is forgotten.");
  });
}
