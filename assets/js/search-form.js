// @ts-check
/**
 * The controls of the search page, as far as a search needs them before anything is found.
 *
 * The controls show a search and never keep one: a long list of values may not stand in the page at all.
 */

import { part } from "./search-page.js";

const OLDEST = 120;

/**
 * The boxes and circles of the facets.
 * @param {ParentNode} page
 * @returns {HTMLInputElement[]}
 */
export function choices(page) {
  return [...page.querySelectorAll("input")].filter(({ type, name }) => name && type !== "search");
}

/**
 * Show a search in the controls.
 * @param {ParentNode} page
 * @param {import("./search-address.js").Asked} asked
 */
export function write(page, { words, filters }) {
  const field = part("#search-words", HTMLInputElement);
  if (field.value.trim() !== words.trim()) field.value = words;
  for (const control of choices(page)) {
    const values = filters[control.name] ?? [];
    control.checked = control.value ? values.includes(control.value) : !values.length;
  }
}

/** @returns {number | null} the age that stands in the field, in completed years; null where that is none */
export function readAge() {
  const written = part("#search-age", HTMLInputElement).value.trim();
  return /^\d{1,3}$/.test(written) && Number(written) <= OLDEST ? Number(written) : null;
}

/** @param {string} age */
export function writeAge(age) {
  part("#search-age", HTMLInputElement).value = age;
}
