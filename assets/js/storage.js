// @ts-check
/**
 * The trials that a reader keeps in this browser, and which of them are chosen to compare.
 *
 * Nothing is written before the reader asks for it. A trial's address follows from its number, so
 * none is kept. What was damaged, or written by another hand, reads as if it were not there.
 */

/**
 * @typedef {object} Saved
 * @property {string} id
 * @property {string} title  as the page showed it on the day it was saved
 * @property {boolean} chosen  whether the reader compares it
 */

export const MOST_SAVED = 50;
export const MOST_CHOSEN = 4;

/** The site's root, as this file lies two folders below it. */
export const root = new URL("../../", import.meta.url);

const KEY = `trialpages:${root.pathname}:saved`;

/**
 * The trials of a stored text; what is no trial is left out.
 * @param {string | null} text
 * @returns {Saved[]}
 */
export function parse(text) {
  let found;
  try {
    found = JSON.parse(text ?? "");
  } catch {}
  /** @type {Saved[]} */
  const list = [];
  for (const { id, title, chosen } of Array.isArray(found) ? found.map(Object) : []) {
    if (isTrial(id) && list.length < MOST_SAVED && !holds(list, id)) list.push({ id, title: String(title ?? id).slice(0, 300), chosen: chosen === true && hasRoom(list) });
  }
  return list;
}

/**
 * Whether a text may be a trial's number, which is also the name of its folder.
 * @param {unknown} id
 * @returns {id is string}
 */
export function isTrial(id) {
  return typeof id === "string" && /^\w[\w.-]{0,59}$/.test(id);
}

/**
 * @param {readonly Saved[]} list
 * @param {string} id
 * @returns {boolean}
 */
export function holds(list, id) {
  return list.some((saved) => saved.id === id);
}

/**
 * Whether one more trial can be chosen.
 * @param {readonly Saved[]} list
 * @returns {boolean}
 */
export function hasRoom(list) {
  return list.filter(({ chosen }) => chosen).length < MOST_CHOSEN;
}

/**
 * The list with one more trial, chosen while there is room.
 * @param {readonly Saved[]} list
 * @param {string} id
 * @param {string} title
 * @returns {Saved[] | null} null when the list is full
 */
export function added(list, id, title) {
  if (list.length >= MOST_SAVED) return null;
  return [...without(list, id), { id, title, chosen: hasRoom(list) }];
}

/**
 * @param {readonly Saved[]} list
 * @param {string} id
 * @returns {Saved[]}
 */
export function without(list, id) {
  return list.filter((saved) => saved.id !== id);
}

/**
 * What this browser keeps for this site.
 * @returns {Saved[]} nothing where the browser keeps nothing
 */
export function read() {
  try {
    return parse(localStorage.getItem(KEY));
  } catch {
    return [];
  }
}

/**
 * Keep a list; an empty one leaves nothing behind.
 * @param {readonly Saved[]} list
 * @returns {boolean} false when the browser refuses
 */
export function keep(list) {
  try {
    if (list.length) localStorage.setItem(KEY, JSON.stringify(list));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/**
 * Hear of changes in another tab, and of a page that comes back as it was left.
 * @param {() => void} tell
 */
export function onChange(tell) {
  addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) tell();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) tell();
  });
}
