// @ts-check
/**
 * The way back to the reader's own search: its address and its step in the tab's history, kept for this tab alone.
 *
 * The address holds what the form puts there, which never is the reader's age or place.
 */

import { root } from "./storage.js";

const QUERY = `trialpages:${root.pathname}:search`;
const STEP = `${QUERY}-step`;

/**
 * Remember the search from which the reader opens a trial; of one without words or filters, its step alone.
 * @param {string} query  with its `?`
 */
export function rememberSearch(query) {
  try {
    keep(QUERY, query);
    keep(STEP, presentStep());
  } catch {
    // A browser that keeps nothing leads back to an empty form.
  }
}

/**
 * Let a link to the search page lead to the search that was made in this tab: to the list as it was left
 * where the browser still has that step, else to a new one.
 * @param {HTMLElement} link
 */
export function start(link) {
  if (!(link instanceof HTMLAnchorElement)) return;
  let step = "";
  try {
    const query = sessionStorage.getItem(QUERY);
    if (query?.startsWith("?")) link.search = query;
    step = sessionStorage.getItem(STEP) ?? "";
  } catch {
    // As above.
  }
  link.addEventListener("click", (event) => {
    if (!isBehind(step) || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigation().traverseTo(step);
  });
}

/**
 * @param {string} name
 * @param {string} value  forgotten where it is empty
 */
function keep(name, value) {
  if (value) sessionStorage.setItem(name, value);
  else sessionStorage.removeItem(name);
}

/** @returns {any} the browser's list of the tab's steps; not every browser has one */
function navigation() {
  return /** @type {any} */ (window).navigation;
}

/** @returns {string} the key of the present step; empty where the browser does not tell */
function presentStep() {
  return navigation()?.currentEntry?.key ?? "";
}

/**
 * Steps are known by their keys: under the referrer policy of these pages the browser hides the addresses of others.
 * @param {string} step  its key
 * @returns {boolean} whether the tab has this step behind the present one
 */
function isBehind(step) {
  const before = step ? (navigation()?.entries().slice(0, navigation().currentEntry.index) ?? []) : [];
  return before.some((/** @type {{ key: string }} */ { key }) => key === step);
}
