// @ts-check
/**
 * Where the reader is, and how far away a trial may be. The place never leaves the page; it is kept in
 * this tab where a box of the page asks for it.
 */

import { distanceWords, KM_IN_A_MILE, milesFirst } from "./distance.js";
import { _, ngettext } from "./language.js";
import { keep, kept } from "./search-memory.js";
import { made } from "./search-results.js";
import { createResolver } from "./whereabouts.js";
import { placeForm } from "./whereabouts-form.js";

/** @typedef {import("./whereabouts.js").Place} Place */

/**
 * A place with the distance that the reader set.
 * @typedef {object} Around
 * @property {Place} place
 * @property {number | null} radius  in kilometers
 * @property {string} text  for the reader
 * @property {(nearest: { name: string, km: number } | null | undefined) => string} where  the nearest place of a trial, in words
 */

const MILES = [10, 25, 50, 100, 250];
const KILOMETERS = [10, 25, 50, 100, 250, 500];

/**
 * Make the questions; what was kept in this tab is answered at once.
 * @param {HTMLElement} parent  with the address of the gazetteer
 * @param {HTMLInputElement} box  asks to keep the place
 * @param {(around: Around | null) => void} tell
 * @returns {() => void} takes the place back
 */
export function askPlace(parent, box, tell) {
  const choice = made("div", "search-radius", "");
  choice.hidden = true;
  const label = made("label", "", _("How far away"));
  const select = made("select", "", "");
  select.id = "search-radius";
  label.htmlFor = select.id;
  choice.append(label, select);
  /** @type {Place | null} */
  let place = null;
  let miles = false;

  const remember = () => keep("radius", box.checked && place ? select.value : null);
  const say = () => {
    remember();
    tell(place && around(place, Number(select.value), miles));
  };
  const resolver = createResolver({ folder: new URL(parent.dataset["gazetteer"] ?? "", location.href) });
  const form = placeForm(
    resolver,
    (found) => {
      const unit = miles;
      place = found;
      choice.hidden = !found;
      miles = milesFirst(found?.country ?? "", navigator.language);
      if (found && (unit !== miles || !select.options.length)) {
        select.replaceChildren(...distances(miles));
        const radius = kept("radius");
        if ([...select.options].some(({ value }) => value === radius)) select.value = radius;
      }
      if (!found) select.value = "0";
      say();
      return "";
    },
    { show: _("Show trials near me"), keep: box },
  );
  select.addEventListener("change", say);
  box.addEventListener("change", remember);
  parent.append(form, choice);
  return () => {
    const focused = document.activeElement;
    form.querySelector("[data-forget]")?.dispatchEvent(new MouseEvent("click"));
    if (focused instanceof HTMLElement) focused.focus();
  };
}

/**
 * @param {boolean} miles
 * @returns {HTMLOptionElement[]}
 */
function distances(miles) {
  return [0, ...(miles ? MILES : KILOMETERS)].map((count) => new Option(count ? distance(count, miles) : _("Any distance"), String(count)));
}

/**
 * @param {number} count
 * @param {boolean} miles
 * @returns {string}
 */
function distance(count, miles) {
  return miles ? ngettext("{count} mile", "{count} miles", count) : ngettext("{count} km", "{count} km", count);
}

/**
 * @param {Place} place
 * @param {number} count  of miles or kilometers; 0 for any
 * @param {boolean} miles
 * @returns {Around}
 */
function around(place, count, miles) {
  return {
    place,
    radius: count ? count * (miles ? KM_IN_A_MILE : 1) : null,
    text: count ? _("Within {distance} of {place}", { distance: distance(count, miles), place: place.name }) : _("Near {place}", { place: place.name }),
    where: (nearest) => (nearest ? _("Nearest: {place}, {distance}", { place: nearest.name, distance: distanceWords(nearest.km, miles) }) : ""),
  };
}
