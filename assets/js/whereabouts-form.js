// @ts-check
/**
 * The form that asks a reader for a place: by typing, or by the device, and never by itself.
 *
 * The field has no name, so that a form which is sent after all sends nothing.
 */

import { _ } from "./language.js";
import { made } from "./places-list.js";
import { forget, ownPosition, remember, remembered } from "./whereabouts.js";

/** @typedef {import("./whereabouts.js").Place} Place */
/** @typedef {import("./whereabouts.js").Resolver} Resolver */

/**
 * Make the form. `tell` hears of every new place, and of null when the reader takes it back; what it
 * returns is said aloud. A page may have other words for the button, and a box of its own that asks to keep the place.
 * @param {Resolver} resolver
 * @param {(place: Place | null) => string | Promise<string>} tell
 * @param {{ show?: string, keep?: HTMLInputElement }} [page]
 * @returns {HTMLFormElement}
 */
export function placeForm(resolver, tell, page = {}) {
  const form = made("form", "place-form", "");
  const label = made("label", "", _("Your town or postcode"));
  const field = made("input", "", "");
  Object.assign(field, { type: "text", id: "place-field", autocomplete: "off", spellcheck: false });
  label.htmlFor = field.id;
  const search = made("button", "", page.show ?? _("Show places near me"));
  const own = quiet(_("Use my location"));
  const clear = quiet(_("Forget my place"));
  clear.hidden = true;
  clear.dataset["forget"] = "";
  const keep = page.keep ?? made("input", "", "");
  keep.type = "checkbox";
  const keepLabel = made("label", "place-keep", "");
  if (!page.keep) keepLabel.append(keep, ` ${_("Remember my place until I close this tab")}`);
  const said = made("p", "place-said", "");
  said.setAttribute("role", "status");
  const choices = made("ul", "place-choices", "");
  choices.hidden = true;
  const row = made("div", "place-row", "");
  row.append(field, search, own, clear);
  form.append(label, row, ...(page.keep ? [] : [keepLabel]), said, choices, smallPrint());

  /** @type {Place | null} */
  let place = null;
  /** Counts the questions, so that a late answer to an old one is not shown. */
  let turn = 0;

  /** @param {Place | null} found @param {string} [before] */
  const take = async (found, before = "") => {
    place = found;
    clear.hidden = !found;
    show([]);
    if (found && keep.checked) remember(found);
    else forget();
    const words = await tell(found);
    said.textContent = [before, words].filter(Boolean).join(" ");
  };

  /** @param {readonly Place[]} places */
  const show = (places) => {
    choices.replaceChildren(
      ...places.map((each) => {
        const item = made("li", "", "");
        const button = quiet(each.name);
        button.addEventListener("click", () => {
          field.focus();
          void take(each, noteOf(each));
        });
        item.append(button);
        return item;
      }),
    );
    choices.hidden = !places.length;
  };

  const ask = async () => {
    const mine = ++turn;
    try {
      const found = await resolver.find(field.value);
      if (mine !== turn) return;
      if (found.kind === "place") return await take(found.place, noteOf(found.place));
      show("places" in found ? found.places : []);
      said.textContent = answerTo(found, field.value.trim());
    } catch {
      if (mine === turn) said.textContent = _("The list of towns could not be loaded. Try again.");
    }
    return undefined;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask();
  });
  own.addEventListener("click", async () => {
    const mine = ++turn;
    said.textContent = _("Asking your device…");
    try {
      const found = await ownPosition();
      if (mine === turn) await take(found);
    } catch (error) {
      if (mine === turn) said.textContent = error instanceof Error ? error.message : "";
    }
  });
  clear.addEventListener("click", () => {
    turn += 1;
    field.value = "";
    keep.checked = false;
    field.focus();
    void take(null);
  });
  keep.addEventListener("change", () => (keep.checked && place ? remember(place) : forget()));

  const known = remembered();
  if (known) {
    keep.checked = true;
    void take(known, _("Your place: {name}.", { name: known.name }));
  }
  return form;
}

/**
 * @param {import("./whereabouts.js").Found} found
 * @param {string} written
 * @returns {string}
 */
function answerTo(found, written) {
  switch (found.kind) {
    case "choices":
      return _("There is more than one place for “{text}”. Which one do you mean?", { text: written });
    case "similar":
      return found.places.length ? _("We do not know “{text}”. Did you mean one of these?", { text: written }) : _("We do not know “{text}”. Try a larger town near you.", { text: written });
    case "unknown code":
      return _("We do not know the code “{text}”. Type your town instead.", { text: written });
    case "other letters":
      return _("Please write the town in Latin letters, such as “Tokyo”.");
    default:
      return _("Type a town or a postcode first.");
  }
}

/**
 * What to say of a place that is only roughly known.
 * @param {Place} place
 * @returns {string}
 */
function noteOf({ how, area }) {
  return how === "area" && area ? _("We know the area {area}…, not this exact code.", { area }) : "";
}

/**
 * @param {string} text
 * @returns {HTMLButtonElement}
 */
function quiet(text) {
  const button = made("button", "quiet", text);
  button.type = "button";
  return button;
}

function smallPrint() {
  const print = made("p", "hint", "");
  const source = made("a", "", "GeoNames");
  source.href = "https://www.geonames.org/";
  source.rel = "external";
  const license = made("a", "", "CC BY 4.0");
  license.href = "https://creativecommons.org/licenses/by/4.0/";
  license.rel = "external license";
  print.append(`${_("Your place stays in this browser. The server of this site only sees which list of towns and which map your browser asks for.")} `, `${_("Towns:")} `, source, ", ", license, ".");
  return print;
}
