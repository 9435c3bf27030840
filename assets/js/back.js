// @ts-check
/**
 * The way back to the reader's own search: its address, kept for this tab alone.
 *
 * The address holds what the form puts there, which never is the reader's age.
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
 * Let a link to the search page lead to the search that was made in this tab.
 * @param {HTMLElement} link
 */
export function start(link) {
  try {
    const query = sessionStorage.getItem(KEY);
    if (query?.startsWith("?") && link instanceof HTMLAnchorElement) link.search = query;
  } catch {
    // As above.
  }
}
