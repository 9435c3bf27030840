// @ts-check
/**
 * The way back to the reader's own search: its address, kept for this tab alone.
 *
 * The address holds what the form puts there, which never is the reader's age or place.
 */

import { root } from "./storage.js";

const KEY = `trialpages:${root.pathname}:search`;

/**
 * Remember the search from which the reader opens a trial; one without words or filters is forgotten.
 * @param {string} query  with its `?`
 */
export function rememberSearch(query) {
  try {
    if (query) sessionStorage.setItem(KEY, query);
    else sessionStorage.removeItem(KEY);
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
  try {
    const query = sessionStorage.getItem(KEY);
    if (query?.startsWith("?")) link.search = query;
  } catch {
    // As above.
  }
  link.addEventListener("click", (event) => {
    const key = stepOf(link.href);
    if (!key || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    /** @type {any} */ (window).navigation.traverseTo(key);
  });
}

/**
 * The last step of this tab that has an address.
 * @param {string} address
 * @returns {string | undefined} its key, where the browser tells
 */
function stepOf(address) {
  const { navigation } = /** @type {any} */ (window);
  const before = navigation?.entries().slice(0, navigation.currentEntry.index) ?? [];
  return before.findLast((/** @type {{ url: string | null }} */ { url }) => url === address)?.key;
}
