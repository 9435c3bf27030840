// @ts-check
/**
 * Trials as the search page lists them: the same lines as in templates/macros/listing.html.
 *
 * Everything that comes from the index is put into the page as text. A status is judged on the reader's
 * own day, by the rule of a trial's own page.
 */

import { today } from "./dates.js";
import { reasons } from "./freshness.js";
import { _, language } from "./language.js";

/** @typedef {import("./search-types.js").Card} Card */

/**
 * What a list knows of a trial besides its card.
 * @typedef {object} About
 * @property {string} root  the way to the site's root
 * @property {string} [staleAfter]  days
 * @property {string} status  in words, where the page has no mark for it
 * @property {string} where  the nearest place, in words
 * @property {boolean} isSaved
 */

/**
 * @param {Card} card
 * @param {About} about
 * @returns {HTMLLIElement}
 */
export function item(card, about) {
  const entry = document.createElement("li");
  const title = made("h3", "listing-title", "");
  const link = made("a", "", card.title);
  link.href = `${about.root}trials/${encodeURIComponent(card.id)}/`;
  if (card.title_language) link.lang = card.title_language;
  title.append(link);
  const old = isStale(card, about.staleAfter);
  const state = made("p", "listing-line", "");
  state.append(statusOf(card.status ?? "", old, about));
  add(state, card.phase);
  add(state, card.who_for);
  if (about.isSaved) add(state, _("Saved"), "search-saved");
  entry.append(title, state);
  if (card.purpose) {
    const purpose = made("p", "listing-purpose", card.purpose);
    if (card.purpose_language) purpose.lang = card.purpose_language;
    entry.append(purpose);
  }
  const where = made("p", "listing-line", "");
  add(where, about.where, "search-nearest");
  add(where, card.where);
  add(where, checked(card.verified, old), old ? "stale" : "");
  if (where.childElementCount) entry.append(where);
  return entry;
}

/**
 * A status as a shape and words, as the page holds it for the statuses of this site; an open one that may
 * have changed loses the color of open trials.
 * @param {string} code
 * @param {boolean} old
 * @param {About} about
 * @returns {Node}
 */
function statusOf(code, old, { status }) {
  const marks = document.querySelector("template[data-status-marks]");
  const held = marks instanceof HTMLTemplateElement ? [...marks.content.children].find((each) => each instanceof HTMLElement && each.dataset["status"] === code) : undefined;
  const mark = held?.firstElementChild?.cloneNode(true);
  if (!(mark instanceof Element)) return made("span", "status", status);
  if (old) mark.classList.replace("tone-open", "tone-waiting");
  return document.importNode(mark, true);
}

/**
 * @param {Card} card
 * @param {string | undefined} staleAfter
 * @returns {boolean}
 */
function isStale({ status, retrieved, verified, ends }, staleAfter) {
  const dates = status === "RECRUITING" ? { verified, primaryCompletion: ends } : {};
  return reasons({ ...dates, retrieved, staleAfter }, today()).length > 0;
}

/**
 * @param {string | undefined} verified
 * @param {boolean} old
 * @returns {string}
 */
function checked(verified, old) {
  const [year, month] = (verified ?? "").split("-").map(Number);
  if (!year || !month) return old ? _("Status may have changed") : "";
  const day = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone: "UTC" }).format(Date.UTC(year, month - 1));
  return old ? _("Status from {day}; it may have changed", { day }) : _("Status checked {day}", { day });
}

/**
 * @param {HTMLElement} line
 * @param {string | undefined} text
 * @param {string} [className]
 */
function add(line, text, className = "") {
  if (text) line.append(" ", made("span", className, text));
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

/**
 * @param {string} text
 * @param {() => void} press
 * @returns {HTMLButtonElement}
 */
export function quiet(text, press) {
  const button = made("button", "quiet", text);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}
