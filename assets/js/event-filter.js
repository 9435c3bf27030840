// @ts-check
/**
 * Which rows a choice shows, in which order. The rules are those of the static table.
 *
 * Rows in which nobody of the shown groups had the problem are left out; what is not reported stays, at
 * the end. Serious and other rows of one term stay two rows. Pure functions.
 */

import { fold } from "./event-data.js";
import { isNobody, newcombe, share, wholePercent } from "./event-numbers.js";
import { language } from "./language.js";

/** @typedef {import("./event-data.js").Count} Count */
/** @typedef {import("./event-data.js").Events} Events */
/** @typedef {import("./event-data.js").Row} Row */
/** @typedef {import("./event-state.js").State} State */
/** @typedef {import("./event-numbers.js").Difference} Difference */

/**
 * A row with its counts in the shown groups.
 * @typedef {object} FoundRow
 * @property {Row} row
 * @property {readonly Count[]} counts
 * @property {Difference | null} difference  of the first two groups
 */

/**
 * @param {Events} events
 * @param {State} state
 * @returns {FoundRow[]}
 */
export function foundRows(events, state) {
  const words = fold(state.query).split(" ").filter(Boolean);
  const kind = state.kind === "unsorted" ? "" : state.kind;
  /** @type {FoundRow[]} */
  const found = [];
  for (const row of events.rows) {
    if (state.kind && row.kind !== kind) continue;
    if (state.system && row.organSystem !== state.system) continue;
    if (!words.every((word) => row.folded.includes(word))) continue;
    const counts = state.groups.map((place) => row.counts[place] ?? null);
    if (counts.every(isNobody)) continue;
    if (state.min && !counts.some((count) => (wholePercent(count) ?? -1) >= state.min)) continue;
    const difference = counts.length > 1 && (state.mode === "difference" || state.sort === "difference") ? newcombe(counts[0], counts[1]) : null;
    found.push({ row, counts, difference });
  }
  return found.sort(ORDERS[state.sort]);
}

const collator = new Intl.Collator(language, { sensitivity: "base", numeric: true });

/** @type {Record<import("./event-state.js").Sort, (a: FoundRow, b: FoundRow) => number>} */
const ORDERS = {
  frequency: byFrequency,
  difference: (a, b) => size(b) - size(a) || byFrequency(a, b),
  name: (a, b) => collator.compare(a.row.layTerm ?? a.row.term, b.row.layTerm ?? b.row.term) || byFrequency(a, b),
  system: (a, b) => last(a) - last(b) || collator.compare(a.row.organSystem, b.row.organSystem) || byFrequency(a, b),
};

/**
 * @param {FoundRow} a
 * @param {FoundRow} b
 * @returns {number}
 */
function byFrequency(a, b) {
  for (let index = 0; index < a.counts.length; index += 1) {
    const order = falling(a.counts[index]) - falling(b.counts[index]);
    if (order) return order;
  }
  return kindOrder(a.row) - kindOrder(b.row) || alphabetic(a.row.term, b.row.term) || a.row.position - b.row.position;
}

/**
 * @param {Count} count
 * @returns {number} the largest share first, what is not reported after zero
 */
function falling(count) {
  const of = share(count);
  return of === null ? 1 : -of;
}

/**
 * @param {FoundRow} found
 * @returns {number} how large the difference is, either way; an unknown one is smaller than none
 */
function size({ difference }) {
  return difference ? Math.abs(difference.value) : -1;
}

/**
 * @param {FoundRow} found
 * @returns {number}
 */
function last({ row }) {
  return row.organSystem ? 0 : 1;
}

/**
 * @param {Row} row
 * @returns {number}
 */
function kindOrder(row) {
  return row.kind === "serious" ? 0 : row.kind === "other" ? 1 : 2;
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function alphabetic(a, b) {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
