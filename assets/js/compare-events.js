// @ts-check
/**
 * Health problems of several trials in one table: which rows, and what stands in each cell.
 *
 * Each trial speaks for itself: one group of it, each count with its own number of people, never
 * pooled. Serious problems stay apart. A problem that a trial does not list, one without a figure, and a
 * trial without any counts are three different things, and none of them is zero.
 */

import { fold } from "./event-data.js";
import { inHundred, share } from "./event-numbers.js";
import { nameOf } from "./event-words.js";
import { _ } from "./language.js";

/** @typedef {import("./event-data.js").Count} Count */
/** @typedef {import("./event-data.js").Row} Row */

/**
 * What the data file tells of a group besides its rows.
 * @typedef {object} Totals
 * @property {number | null} [serious_num_affected]
 * @property {number | null} [serious_num_at_risk]
 * @property {number | null} [deaths_num_affected]
 * @property {number | null} [deaths_num_at_risk]
 */

/**
 * The counts of a trial, as far as they are compared.
 * @typedef {object} TrialEvents
 * @property {string} sourceTrial
 * @property {number | null} threshold  percent
 * @property {readonly (Totals & import("./event-data.js").Group)[]} groups
 * @property {readonly number[]} defaultGroups
 * @property {readonly Row[]} rows
 */

/**
 * A cell: a bar for each count, and words where there is none or something to add.
 * @typedef {object} Cell
 * @property {readonly Count[]} counts
 * @property {string} words
 */

/**
 * @typedef {object} Problem
 * @property {string} name
 * @property {string} detail  the medical term, where the name is another
 * @property {readonly Cell[]} cells  one for each trial
 */

/**
 * The group of a trial that is compared: the one that its page shows first.
 * @param {TrialEvents} events
 * @returns {number} its place
 */
export function comparedGroup(events) {
  return events.defaultGroups[0] ?? 0;
}

/**
 * What a cell says of a group's problems of a kind as a whole.
 * @param {TrialEvents | null} events
 * @param {"serious" | "deaths"} what
 * @returns {Cell}
 */
export function headline(events, what) {
  const group = events?.groups[comparedGroup(events)];
  if (!group) return { counts: [], words: noCounts() };
  const count = /** @type {Count} */ ([group[`${what}_num_affected`] ?? null, group[`${what}_num_at_risk`] ?? null]);
  return share(count) === null ? { counts: [], words: countWords(count) } : { counts: [count], words: "" };
}

/**
 * The most frequent problems over the trials: each trial's first, then each trial's second, and so on.
 * @param {readonly (TrialEvents | null)[]} trials  null for a trial without counts
 * @param {"serious" | "other"} kind  problems that nobody sorted go with the other ones
 * @param {number} most
 * @returns {Problem[]} the largest share first
 */
export function problems(trials, kind, most) {
  /** @type {Map<string, {row: Row, rank: number, largest: number}>} */
  const found = new Map();
  for (const events of trials) {
    if (!events) continue;
    const group = comparedGroup(events);
    const own = events.rows
      .filter((row) => isOfKind(row, kind) && (share(row.counts[group]) ?? 0) > 0)
      .map((row) => ({ row, share: /** @type {number} */ (share(row.counts[group])) }))
      .sort((a, b) => b.share - a.share || alphabetic(a.row.term, b.row.term));
    own.forEach(({ row, share: largest }, rank) => {
      const key = fold(row.term);
      const known = found.get(key);
      if (known) Object.assign(known, { rank: Math.min(known.rank, rank), largest: Math.max(known.largest, largest) });
      else found.set(key, { row, rank, largest });
    });
  }
  return [...found.entries()]
    .sort(([, a], [, b]) => a.rank - b.rank || b.largest - a.largest || alphabetic(a.row.term, b.row.term))
    .slice(0, most)
    .sort(([, a], [, b]) => b.largest - a.largest || alphabetic(a.row.term, b.row.term))
    .map(([key, { row }]) => ({ name: nameOf(row).name, detail: nameOf({ ...row, kind: "" }).detail, cells: trials.map((events) => cell(events, key, kind)) }));
}

/**
 * @param {TrialEvents | null} events
 * @param {string} key
 * @param {"serious" | "other"} kind
 * @returns {Cell}
 */
function cell(events, key, kind) {
  if (!events) return { counts: [], words: noCounts() };
  if (kind === "serious" && events.rows.every((row) => !row.kind)) return { counts: [], words: _("serious ones are not marked") };
  const rows = events.rows.filter((row) => isOfKind(row, kind) && fold(row.term) === key);
  if (!rows.length) {
    const threshold = kind === "other" ? events.threshold : null;
    return { counts: [], words: threshold ? _("not listed: only problems above {percent} in 100 are", { percent: threshold }) : _("not listed") };
  }
  // A term that stands twice in one list may mean the same people, so its counts are never added.
  const counts = rows.map((row) => row.counts[comparedGroup(events)] ?? null);
  const known = counts.filter((count) => share(count) !== null);
  if (!known.length) return { counts: [], words: countWords(counts[0] ?? null) };
  return { counts: known, words: known.length > 1 ? _("Listed more than once; people may be the same.") : "" };
}

/**
 * A count in words: "43 of 54 (80 in 100)".
 * @param {Count} count
 * @returns {string}
 */
export function countWords(count) {
  if (!count || count[0] === null || !count[1]) return _("not reported");
  const [affected, people] = count;
  if (share(count) === null) return _("{affected} of {people} (counts do not agree)", { affected, people });
  const percent = inHundred(affected, people);
  if (percent === 0 && affected > 0) return _("{affected} of {people} (fewer than 1 in 100)", { affected, people });
  if (percent === 100 && affected < people) return _("{affected} of {people} (more than 99 in 100)", { affected, people });
  return _("{affected} of {people} ({percent} in 100)", { affected, people, percent });
}

/** @returns {string} */
function noCounts() {
  return _("no counts on the page");
}

/**
 * @param {Row} row
 * @param {"serious" | "other"} kind
 * @returns {boolean}
 */
function isOfKind(row, kind) {
  return kind === "serious" ? row.kind === "serious" : row.kind !== "serious";
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function alphabetic(a, b) {
  const [first, second] = [fold(a), fold(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
