// @ts-check
/**
 * The places of a trial as data: read from its page, or from `places.json` beside it where there are many.
 */

import { distanceWords } from "./distance.js";
import { _, isEnglish } from "./language.js";

/**
 * @typedef {object} Entry
 * @property {number | null} latitude
 * @property {number | null} longitude
 * @property {boolean} open
 * @property {string} tone  of its dot on the map
 * @property {string} name  city and hospital
 * @property {string} country
 * @property {() => HTMLLIElement} item  makes an entry for a list
 */

/** @typedef {{ label: string, tone: string, shape: string }} Mark */
/** @typedef {{ city: string, facility?: string, postcode?: string, at?: [number, number], status?: number, open?: boolean, contacts?: string[] }} ListedPlace */
/** @typedef {{ name: string, states: { name: string, places: ListedPlace[] }[] }} Country */
/** @typedef {{ statuses: Mark[], countries: Country[] }} Listed */

const SVG = "http://www.w3.org/2000/svg";

/**
 * The places that stand in a page, in their order.
 * @param {ParentNode} section  the element `[data-places]`, of this page or of another trial's
 * @returns {Entry[]}
 */
export function placesIn(section) {
  return [...section.querySelectorAll(".places > li")].map((found) => {
    const item = /** @type {HTMLLIElement} */ (found);
    const [latitude = null, longitude = null] = item.dataset["at"]?.split(",").map(Number) ?? [];
    return {
      latitude,
      longitude,
      open: item.hasAttribute("data-open"),
      tone: /tone-(\w+)/.exec(item.querySelector(".status")?.getAttribute("class") ?? "")?.[1] ?? "plain",
      name: [...item.querySelectorAll(":scope > span:not(.status, .place-contact)")].map((part) => part.textContent ?? "").join(", "),
      country: "",
      item: () => /** @type {HTMLLIElement} */ (item.cloneNode(true)),
    };
  });
}

/**
 * @param {Listed} listed
 * @returns {Entry[]}
 */
export function placesOf({ statuses, countries }) {
  return countries.flatMap(({ name, states }) => states.flatMap(({ places }) => places.map((place) => entryOf(place, statuses, name))));
}

/**
 * All places of a trial.
 * @param {HTMLElement} section  the element `[data-places]`
 * @param {string} [page]  the address of the page that it stands on
 * @returns {Promise<Entry[]>}
 */
export async function allPlaces(section, page = location.href) {
  const name = section.dataset["places"];
  return name ? placesOf(await readListed(new URL(name, page))) : placesIn(section);
}

/**
 * @param {URL} address
 * @returns {Promise<Listed>}
 */
export async function readListed(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname} answers ${answer.status}`);
  return answer.json();
}

/**
 * @param {ListedPlace} place
 * @param {readonly Mark[]} statuses
 * @param {string} country
 * @returns {Entry}
 */
function entryOf(place, statuses, country) {
  const mark = place.status === undefined ? undefined : statuses[place.status];
  const [latitude = null, longitude = null] = place.at ?? [];
  return {
    latitude,
    longitude,
    open: place.open ?? false,
    tone: mark?.tone ?? "plain",
    name: [place.city, place.facility].filter(Boolean).join(", "),
    country,
    item: () => itemOf(place, mark),
  };
}

/**
 * A place as the page lists it.
 * @param {ListedPlace} place
 * @param {Mark | undefined} mark
 * @returns {HTMLLIElement}
 */
export function itemOf({ city, facility, postcode, at, open, contacts = [] }, mark) {
  const item = document.createElement("li");
  if (at) item.dataset["at"] = at.join(",");
  if (open) item.dataset["open"] = "";
  item.append(inEnglish(made("span", "place-city", city)));
  if (facility) item.append(" ", inEnglish(made("span", "", facility)));
  if (postcode) item.append(" ", made("small", "place-code", postcode));
  if (mark) item.append(" ", statusOf(mark));
  for (const contact of contacts) item.append(" ", made("span", "place-contact", contact));
  return item;
}

/**
 * The states of a country with their places, as the page lists them.
 * @param {Country} country
 * @param {readonly Mark[]} statuses
 * @param {readonly string[]} shown  states that stand in the page already
 * @returns {DocumentFragment}
 */
export function statesOf({ states }, statuses, shown) {
  const fragment = document.createDocumentFragment();
  for (const { name, places } of states) {
    if (shown.includes(name)) continue;
    const list = made("ul", "places", "");
    list.append(...places.map((place) => itemOf(place, place.status === undefined ? undefined : statuses[place.status])));
    if (name) fragment.append(inEnglish(made("h4", "", name)));
    fragment.append(list);
  }
  return fragment;
}

/**
 * A place with its distance in front.
 * @param {Entry} entry
 * @param {number | null} kilometers
 * @param {boolean} milesAreFirst
 * @returns {HTMLLIElement}
 */
export function itemWithDistance(entry, kilometers, milesAreFirst) {
  const item = entry.item();
  const far = made("strong", "place-far", kilometers === null ? _("Distance not known") : distanceWords(kilometers, milesAreFirst));
  item.prepend(far, " ");
  if (entry.country) item.querySelector(".place-city")?.after(`, ${entry.country}`);
  return item;
}

/**
 * The registry writes English; on a page in another language its words say so.
 * @template {HTMLElement} E
 * @param {E} element
 * @returns {E}
 */
function inEnglish(element) {
  if (!isEnglish()) element.lang = "en";
  return element;
}

/**
 * A status as a shape and words, as in templates/macros/status.html.
 * @param {Mark} mark
 * @returns {HTMLElement}
 */
function statusOf({ label, tone, shape }) {
  const status = made("span", `status tone-${tone}`, "");
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", "0 0 16 16"], ["aria-hidden", "true"]]) svg.setAttribute(name ?? "", value ?? "");
  /** @type {Record<string, [string, Record<string, string>][]>} */
  const shapes = {
    disc: [["circle", { cx: "8", cy: "8", r: "8", fill: "currentColor" }]],
    half: [["circle", { cx: "8", cy: "8", r: "7", fill: "none", stroke: "currentColor", "stroke-width": "2" }], ["path", { d: "M8 1a7 7 0 0 0 0 14z", fill: "currentColor" }]],
    ring: [["circle", { cx: "8", cy: "8", r: "6.5", fill: "none", stroke: "currentColor", "stroke-width": "3" }]],
    square: [["rect", { x: "1", y: "1", width: "14", height: "14", fill: "currentColor" }]],
  };
  for (const [name, attributes] of shapes[shape] ?? []) {
    const part = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    svg.append(part);
  }
  status.append(svg, made("span", "", label));
  return status;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElementTagNameMap[T]}
 */
export function made(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
