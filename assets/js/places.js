// @ts-check
/**
 * The places of a trial, as far as a script adds to them: the nearest first, the map in step with the list,
 * and the long tail of a trial with many places on demand.
 *
 * The page is complete without it. Nothing about the reader leaves the page or enters its address.
 */

import "./more-messages.js";
import { inOrder, milesFirst, NEAR_KM, distanceWords } from "./distance.js";
import { _, ngettext } from "./language.js";
import { PlaceMap } from "./place-map-view.js";
import { itemWithDistance, made, placesIn, placesOf, readListed, statesOf } from "./places-list.js";
import { root } from "./storage.js";
import { createResolver } from "./whereabouts.js";
import { placeForm } from "./whereabouts-form.js";

/** @typedef {import("./places-list.js").Entry} Entry */
/** @typedef {import("./places-list.js").Listed} Listed */
/** @typedef {import("./whereabouts.js").Place} Place */
/** @typedef {{ site: Entry, kilometers: number | null }} Ordered */

const FIRST = 10;
const MORE = 40;
/** Open places around the reader that the map shows closer. */
const AROUND = 3;

/** @param {HTMLElement} section  the element `[data-places]` */
export function start(section) {
  const file = section.dataset["places"];
  /** @type {Promise<Listed> | undefined} */
  let listed;
  const load = () => {
    listed ??= readListed(new URL(file ?? "", location.href));
    listed.catch(() => (listed = undefined));
    return listed;
  };
  if (file) unfoldOnDemand(section, load);
  const here = file ? [] : placesIn(section);
  const entries = async () => (file ? placesOf(await load()) : here);
  const figure = section.querySelector(".place-map");
  const map = figure instanceof HTMLElement ? new PlaceMap(figure) : null;
  if (map) {
    keepInStep(section, map, entries);
    if (file || here.length > 1) offerSteps(section, map, entries);
  }
  if (section.dataset["gazetteer"]) offerDistance(section, section.dataset["gazetteer"], map, entries);
}

/**
 * Fill a country when the reader opens it.
 * @param {HTMLElement} section
 * @param {() => Promise<Listed>} load
 */
function unfoldOnDemand(section, load) {
  for (const details of section.querySelectorAll("details.folded-places")) {
    const fill = async () => {
      const link = details.querySelector("p");
      const country = link?.textContent?.trim();
      if (!link || !country) return;
      try {
        const { countries, statuses } = await load();
        const found = countries.find(({ name }) => name === country);
        if (found && link.isConnected) link.replaceWith(statesOf(found, statuses, statesBefore(details)));
      } catch {
        // The link to the page of all places stays.
      }
    };
    details.addEventListener("toggle", () => void fill(), { once: true });
  }
}

/**
 * The states of a country that stand open before its folded rest.
 * @param {Element} details
 * @returns {string[]}
 */
function statesBefore(details) {
  const names = [];
  for (let before = details.previousElementSibling; before && (before.tagName === "H4" || before.tagName === "UL"); before = before.previousElementSibling) {
    if (before.tagName === "H4") names.push(before.textContent ?? "");
    else if (before.previousElementSibling?.tagName === "H3") names.push("");
  }
  return names;
}

/**
 * Ring the dot of the place under the pointer, and lead from a dot to its entry.
 * @param {HTMLElement} section
 * @param {PlaceMap} map
 * @param {() => Promise<Entry[]>} entries
 */
function keepInStep(section, map, entries) {
  const mark = (/** @type {Event} */ event) => {
    const at = event.target instanceof Element ? event.target.closest("[data-at]")?.getAttribute("data-at")?.split(",").map(Number) : undefined;
    if (at) map.mark({ latitude: at[0] ?? 0, longitude: at[1] ?? 0 });
  };
  section.addEventListener("pointerover", mark);
  section.addEventListener("focusin", mark);
  map.svg.addEventListener("click", async (event) => {
    const found = map.at(event, await entries().catch(() => []));
    if (!found) return;
    map.mark(positionOf(found));
    show(shownItem(section, found));
  });
}

/**
 * Name the places on the map one by one, for those who use no pointer.
 * @param {HTMLElement} section
 * @param {PlaceMap} map
 * @param {() => Promise<Entry[]>} entries
 */
function offerSteps(section, map, entries) {
  const [next, go] = [_("Name the next place"), _("Show it in the list")].map((text) => {
    const button = made("button", "quiet", text);
    button.type = "button";
    return button;
  });
  const said = made("p", "place-said", "");
  said.setAttribute("role", "status");
  if (!next || !go) return;
  go.hidden = true;
  /** @type {Entry | undefined} */
  let current;
  next.addEventListener("click", async () => {
    const all = await entries().catch(() => []);
    const known = map.inOrder(all.filter(({ latitude }) => latitude !== null));
    const index = current ? (known.indexOf(current) + 1) % known.length : 0;
    current = known[index];
    if (!current) return;
    map.mark(positionOf(current));
    go.hidden = !shownItem(section, current);
    said.textContent = _("Place {number} of {count}: {name}.", { number: index + 1, count: known.length, name: current.name });
  });
  go.addEventListener("click", () => {
    if (current) show(shownItem(section, current));
  });
  const row = made("div", "place-row", "");
  row.append(next, go);
  map.figure.querySelector("figcaption")?.append(row, said);
}

/**
 * @param {Entry} entry
 * @returns {{ latitude: number, longitude: number }}
 */
function positionOf({ latitude, longitude }) {
  return { latitude: latitude ?? 0, longitude: longitude ?? 0 };
}

/**
 * Bring an entry of the list before the reader.
 * @param {HTMLElement | null} item
 */
function show(item) {
  if (!item) return;
  const folded = item.closest("details");
  if (folded) folded.open = true;
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/**
 * The entry of a place in a list, which may be folded away but is not hidden.
 * @param {HTMLElement} section
 * @param {Entry} entry
 * @returns {HTMLElement | null}
 */
function shownItem(section, { latitude, longitude, name }) {
  const all = [...section.querySelectorAll(`li[data-at="${latitude},${longitude}"]`)];
  const named = all.filter((item) => name.split(", ").every((part) => item.textContent?.includes(part)));
  const item = [...named, ...all].find((each) => !each.closest("[hidden]"));
  return item instanceof HTMLElement ? item : null;
}

/**
 * Ask for the reader's place, and list all places by their distance while it is known.
 * @param {HTMLElement} section
 * @param {string} gazetteer
 * @param {PlaceMap | null} map
 * @param {() => Promise<Entry[]>} entries
 */
function offerDistance(section, gazetteer, map, entries) {
  const folder = new URL(gazetteer, location.href);
  const byCountry = [...section.children].filter((child) => !child.matches("h2, p[data-compare], p[data-compare] ~ p:not(.places-all), .place-map"));
  const near = made("div", "places-near", "");
  near.hidden = true;
  const form = placeForm(createResolver({ folder }), async (place) => {
    for (const element of byCountry) if (element instanceof HTMLElement) element.hidden = Boolean(place);
    near.hidden = !place;
    map?.setOwn(place);
    map?.mark(null);
    if (!place) {
      map?.whole();
      return _("Your place is forgotten. The places are listed by country again.");
    }
    const ordered = inOrder(await entries(), place);
    const miles = milesFirst(place.country, navigator.language);
    showNear(near, place, ordered, miles);
    if (map) await lookCloser(map, place, ordered, folder);
    return summary(ordered, miles);
  });
  const before = byCountry[0] ?? null;
  section.insertBefore(form, before);
  section.insertBefore(near, before);
}

/**
 * @param {HTMLElement} near
 * @param {Place} place
 * @param {readonly Ordered[]} ordered
 * @param {boolean} miles
 */
function showNear(near, place, ordered, miles) {
  const list = made("ol", "places", "");
  const more = made("button", "quiet", "");
  more.type = "button";
  let shown = 0;
  const add = (/** @type {number} */ count) => {
    const added = ordered.slice(shown, shown + count).map(({ site, kilometers }) => itemWithDistance(site, kilometers, miles));
    list.append(...added);
    shown += added.length;
    const rest = Math.min(MORE, ordered.length - shown);
    more.hidden = rest <= 0;
    more.textContent = ngettext("Show {count} more place", "Show {count} more places", rest);
    return added[0];
  };
  more.addEventListener("click", () => {
    const first = add(MORE);
    if (!first) return;
    first.tabIndex = -1;
    first.focus();
  });
  add(FIRST);
  const title = made("h3", "", place.how === "device" ? _("From your location") : _("From {place}", { place: place.name }));
  near.replaceChildren(title, made("p", "hint", _("In a straight line, from town to town. The way by road is longer.")), list, more);
}

/**
 * @param {PlaceMap} map
 * @param {Place} place
 * @param {readonly Ordered[]} ordered
 * @param {URL} folder
 */
async function lookCloser(map, place, ordered, folder) {
  const known = ordered.filter(({ kilometers }) => kilometers !== null);
  const around = known.slice(0, AROUND).flatMap(({ site: { latitude, longitude } }) => (latitude === null || longitude === null ? [] : [{ latitude, longitude }]));
  try {
    const answer = await fetch(new URL("../outlines.json", folder));
    map.closer([place, ...around], ordered.map(({ site }) => site), await answer.json(), root);
    map.mark(around[0] ?? null);
  } catch {
    // The whole map stays.
  }
}

/**
 * What changed, in a sentence or two.
 * @param {readonly Ordered[]} ordered
 * @param {boolean} miles
 * @returns {string}
 */
function summary(ordered, miles) {
  const open = ordered.filter(({ site }) => site.open);
  const counted = open.length ? open : ordered;
  const near = counted.filter(({ kilometers }) => kilometers !== null && kilometers <= NEAR_KM).length;
  const [first] = counted;
  const within = miles ? _("60 miles (100 km)") : _("100 km (60 miles)");
  if (!first || first.kilometers === null) return _("The record does not say where these places are on the map. They are listed below.");
  const distance = distanceWords(first.kilometers, miles);
  const nearest = open.length
    ? ngettext("{count} place is listed as open; it is {distance} away.", "{count} places are listed as open; the nearest is {distance} away.", open.length, { distance })
    : ngettext("No place is listed as open. The only place is {distance} away.", "No place is listed as open. The nearest place is {distance} away.", ordered.length, { distance });
  const around = near ? ngettext("{count} is within {within} of you.", "{count} are within {within} of you.", near, { within }) : _("None is within {within} of you.", { within });
  return `${nearest} ${around}`;
}
