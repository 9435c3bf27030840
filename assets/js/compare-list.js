// @ts-check
/**
 * The list of saved trials: which of them to compare, and how to remove them.
 */

import { made } from "./compare-table.js";
import { _ } from "./language.js";
import { MOST_CHOSEN, root } from "./storage.js";

/** @typedef {import("./storage.js").Saved} Saved */

/**
 * What the reader can do with the list.
 * @typedef {object} Wishes
 * @property {(id: string, chosen: boolean) => boolean} choose  false when four are chosen already
 * @property {(id: string) => void} remove
 * @property {() => void} removeAll
 */

/**
 * @param {readonly Saved[]} list
 * @param {Wishes} wishes
 * @returns {HTMLElement[]} an empty list says what to do
 */
export function savedList(list, wishes) {
  if (!list.length) return [made("p", "lede", _("You have no saved trials yet.")), made("p", "", _("Open a trial and choose “Save this trial”. You will then find it here.")), ways()];
  const group = made("fieldset", "saved-trials", "");
  const items = made("ul", "", "");
  items.append(...list.map((saved) => item(saved, wishes)));
  group.append(made("legend", "", _("Choose up to {count} trials to compare", { count: MOST_CHOSEN })), items);
  const all = button(_("Remove all"), wishes.removeAll);
  const note = made("p", "hint", _("Saved in this browser only. Anyone who uses it can see it."));
  const actions = made("div", "comparison-actions", "");
  actions.append(note, ...(list.length > 1 ? [all] : []));
  return [group, actions];
}

/** @returns {HTMLElement} */
function ways() {
  const line = made("p", "comparison-actions", "");
  line.append(wayTo("search/", _("Search trials")), wayTo("browse/", _("Browse all trials")));
  return line;
}

/**
 * @param {string} url  from the site's root
 * @param {string} words
 * @returns {HTMLAnchorElement}
 */
function wayTo(url, words) {
  const link = made("a", "", words);
  link.href = root.href + url;
  return link;
}

/**
 * @param {Saved} saved
 * @param {Wishes} wishes
 * @returns {HTMLElement}
 */
function item({ id, title, chosen }, wishes) {
  const entry = made("li", "", "");
  const label = made("label", "", "");
  const box = made("input", "", "");
  box.type = "checkbox";
  box.checked = chosen;
  box.addEventListener("change", () => {
    if (!wishes.choose(id, box.checked)) box.checked = !box.checked;
  });
  const name = made("span", "", title);
  name.append(" ", made("small", "", id));
  label.append(box, name);
  const remove = button(_("Remove"), () => wishes.remove(id));
  remove.append(made("span", "visually-hidden", ` ${title}`));
  entry.append(label, remove);
  return entry;
}

/**
 * What stands instead of the list when the trials come from a link.
 * @param {() => void} save
 * @returns {HTMLElement[]}
 */
export function linkedNote(save) {
  const actions = made("p", "comparison-actions", "");
  actions.append(button(_("Save these trials"), save), wayTo("compare/", _("See my own saved trials")));
  return [made("p", "", _("These trials come from a link. They are not saved in this browser.")), actions];
}

/**
 * @param {string} words
 * @param {() => void} act
 * @returns {HTMLButtonElement}
 */
export function button(words, act) {
  const control = made("button", "quiet", words);
  control.type = "button";
  control.addEventListener("click", act);
  return control;
}
