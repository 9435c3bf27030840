// @ts-check
/**
 * Which open place of each trial is nearest to the reader.
 *
 * What the reader writes is found with files of this site and stays in memory: it is not kept, and no
 * address holds it.
 */

import { button } from "./compare-list.js";
import { made } from "./compare-table.js";
import { distanceWords, milesFirst, nearestOpen } from "./distance.js";
import { _ } from "./language.js";
import { createResolver, remembered } from "./whereabouts.js";

/** @typedef {import("./compare-read.js").ReadTrial} ReadTrial */
/** @typedef {import("./whereabouts.js").Place} Place */

/** @typedef {{ name: string, latitude: number | null, longitude: number | null, open: boolean }} Site */

/**
 * A place as the file of a trial's places has it.
 * @typedef {{ city: string, facility?: string, at?: [number, number], open?: boolean }} FiledPlace
 */

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
async function nearestNode(trial, from) {
  const sites = await sitesOf(trial);
  if (!sites.length) return null;
  const nearest = nearestOpen(sites, from);
  if (!nearest) return made("p", "unknown", _("No open place with a known position."));
  const distance = distanceWords(nearest.kilometers, milesFirst(from.country, navigator.language));
  return made("p", "", _("Nearest place listed as open: {place}, {distance} away.", { place: nearest.site.name, distance }));
}

/**
 * @param {ReadTrial} trial
 * @returns {Promise<Site[]>}
 */
async function sitesOf({ page, address }) {
  const section = page.querySelector("[data-places]");
  const file = section?.getAttribute("data-places");
  if (!file) return [...(section?.querySelectorAll(".places > li") ?? [])].map(siteOfItem);
  const answer = await fetch(new URL(file, address), { credentials: "omit" });
  if (!answer.ok) throw new Error(`${address}${file}: ${answer.status}`);
  return sitesOfFile(await answer.json());
}

/**
 * @param {Element} item
 * @returns {Site}
 */
function siteOfItem(item) {
  const [latitude = NaN, longitude = NaN] = (item.getAttribute("data-at") ?? "").split(",").map((part) => (part ? Number(part) : NaN));
  const texts = [...item.querySelectorAll("span:not(.status, .status *)")].map((part) => part.textContent?.trim() ?? "");
  return { name: texts.filter(Boolean).join(", "), ...position([latitude, longitude]), open: item.hasAttribute("data-open") };
}

/**
 * @param {{ countries: readonly { states: readonly { places: readonly FiledPlace[] }[] }[] }} file
 * @returns {Site[]}
 */
export function sitesOfFile({ countries }) {
  return countries.flatMap(({ states }) => states.flatMap(({ places }) => places)).map(({ city, facility, at, open }) => ({
    name: [city, facility].filter(Boolean).join(", "),
    ...position(at ?? [NaN, NaN]),
    open: Boolean(open),
  }));
}

/**
 * @param {readonly [number, number]} at
 * @returns {{ latitude: number | null, longitude: number | null }}
 */
function position([latitude, longitude]) {
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : { latitude: null, longitude: null };
}

/**
 * A form for the reader's city or postcode.
 * @param {URL} folder  of the files that tell where towns are
 * @param {(place: Place) => void} use
 * @param {(words: string) => void} say
 * @returns {HTMLFormElement}
 */
export function placeForm(folder, use, say) {
  const resolver = createResolver({ folder });
  const form = made("form", "comparison-actions", "");
  const label = made("label", "", _("Your town or postcode"));
  const field = made("input", "", "");
  field.autocomplete = "off";
  field.maxLength = 80;
  label.append(" ", field);
  const submit = button(_("Show the nearest open places"), () => undefined);
  submit.type = "submit";
  const choices = made("div", "comparison-actions", "");
  form.append(label, submit, made("span", "hint", _("It stays on this page.")), choices);
  field.value = remembered()?.name ?? "";

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    choices.replaceChildren();
    const kept = remembered();
    if (kept && kept.name === field.value) return use(kept);
    const found = await resolver.find(field.value).catch(() => null);
    if (!found) return say(_("The list of towns could not be loaded. Try again."));
    if (found.kind === "place") return use(found.place);
    if (!("places" in found) || !found.places.length) return say(_("We do not know this place. Try a larger town near you."));
    choices.append(...found.places.map((place) => button(place.name, () => {
      field.value = place.name;
      choices.replaceChildren();
      submit.focus();
      use(place);
    })));
    say(found.kind === "choices" ? _("Several places fit. Choose one.") : _("We do not know this place. Is it one of these?"));
  });
  return form;
}
