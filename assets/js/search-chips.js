// @ts-check
/**
 * What the reader asked for, above the results: each part as a button that takes it out again.
 */

import { _ } from "./language.js";
import { made } from "./search-results.js";

/**
 * @typedef {object} Chip
 * @property {string} text
 * @property {string} [lang]  where it is not that of the page
 * @property {() => unknown} remove
 */

/**
 * Show the chips in a list, with one button behind them that takes out all; the focus stays near.
 * @param {HTMLElement} list
 * @param {readonly Chip[]} chips
 * @param {() => unknown} clear
 * @param {HTMLElement} next  what takes the focus when the last chip is gone
 */
export function showChips(list, chips, clear, next) {
  const had = [...list.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  list.replaceChildren(...chips.map(({ text, lang, remove }) => entry(chipButton(text, lang), remove)), ...(chips.length ? [entry(made("button", "search-clear", _("Clear all")), clear)] : []));
  list.hidden = chips.length === 0;
  if (had < 0) return;
  const left = list.querySelectorAll("button")[Math.min(had, chips.length - 1)];
  (left ?? next).focus();
}

/**
 * @param {string} text
 * @param {string} [lang]
 * @returns {HTMLButtonElement} its cross is drawn by the style sheet
 */
function chipButton(text, lang = "") {
  const [before = "", after = ""] = _("Remove: {part}").split("{part}");
  const button = made("button", "chip", "");
  const part = made("span", "", text);
  if (lang) part.lang = lang;
  button.append(made("span", "visually-hidden", before), part, made("span", "visually-hidden", after));
  return button;
}

/**
 * @param {HTMLButtonElement} button
 * @param {() => unknown} press
 * @returns {HTMLLIElement}
 */
function entry(button, press) {
  button.type = "button";
  button.addEventListener("click", press);
  const item = made("li", "", "");
  item.append(button);
  return item;
}
