// @ts-check
/**
 * What readers say of themselves, kept in this tab after a tick and only then: the age, and how far away a
 * trial may be. The place is kept by `whereabouts.js`.
 */

import { root } from "./storage.js";

/** @typedef {"age" | "radius"} Fact */

/** @param {Fact} fact */
const keyOf = (fact) => `trialpages:${root.pathname}:${fact}`;

/**
 * @param {Fact} fact
 * @returns {string} the number that the reader asked this tab to keep; empty where there is none
 */
export function kept(fact) {
  try {
    const found = sessionStorage.getItem(keyOf(fact)) ?? "";
    return /^\d{1,3}$/.test(found) ? found : "";
  } catch {
    return "";
  }
}

/**
 * @param {Fact} fact
 * @param {string | number | null} number  null leaves nothing behind
 */
export function keep(fact, number) {
  try {
    if (number === null) sessionStorage.removeItem(keyOf(fact));
    else sessionStorage.setItem(keyOf(fact), String(number));
  } catch {
    // A browser that keeps nothing keeps no number.
  }
}
