// @ts-check
/**
 * Whole sentences of the explorer: what a row says when it is read, and what a choice shows.
 *
 * People without a problem are counted as such only where the record leaves no doubt: who is not in a row
 * can still stand in another row of the same name, or in the list that was left out. The two parts of 100 that
 * a row names always make 100. Pure functions.
 */

import { inHundred, share } from "./event-numbers.js";
import { aboutPeople, capital, countText, differenceInWords, howMany, inWords, namesOf, nameOf, notListed, quoted } from "./event-words.js";
import { _, ngettext } from "./language.js";

/** @typedef {import("./event-data.js").Count} Count */
/** @typedef {import("./event-data.js").Events} Events */
/** @typedef {import("./event-data.js").Row} Row */
/** @typedef {import("./event-filter.js").FoundRow} FoundRow */
/** @typedef {import("./event-state.js").State} State */

const SMALL_GROUP = 50;
const FIGURES = 100;

/**
 * A row in words.
 * @typedef {object} Reading
 * @property {string} name
 * @property {readonly string[]} sentences
 * @property {readonly { title: string, filled: number, words: string }[]} arrays  one for each group with a share
 */

/**
 * @param {FoundRow} found
 * @param {readonly number[]} groups  the shown ones
 * @param {Events} events
 * @returns {Reading}
 */
export function readingOf({ row, counts, difference }, groups, events) {
  const titles = groups.map((place) => capital(events.groups[place].title));
  const sentences = counts.map((count, index) => sentenceOf(count, counts.length > 1 ? titles[index] : ""));
  if (difference) {
    const [first, second] = groups.map((place) => quoted(events.groups[place].title));
    sentences.unshift(_("In {first}, compared with {second}: {difference}.", { first, second, difference: differenceInWords(difference) }));
  }
  if (counts.length === 1) sentences.push(...rest(row, counts[0], groups[0], events));
  if (row.kind === "serious" && !hasTwin(row, events)) {
    const text = notListed(events.threshold);
    if (text) sentences.push(_("It is not in the list of problems that were not serious."), text);
  }
  if (counts.some((count) => share(count) !== null && Number(count?.[1]) < SMALL_GROUP)) sentences.push(_("With so few people, chance plays a large part in these numbers."));
  const arrays = counts.flatMap((count, index) => (share(count) === null ? [] : [arrayOf(count, counts.length > 1 ? titles[index] : "")]));
  return { name: nameOf(row).full, sentences, arrays };
}

/**
 * @param {Count} count
 * @param {string} title  of the group, where more than one is shown
 * @returns {string}
 */
function sentenceOf(count, title) {
  const words = inWords(count);
  return title ? _("{group}: {words}.", { group: title, words }) : _("{words}.", { words });
}

/**
 * The other framing: in how many people the row does not stand.
 * @param {Row} row
 * @param {Count} count
 * @param {number} group
 * @param {Events} events
 * @returns {string[]}
 */
function rest(row, count, group, events) {
  if (share(count) === null) return [];
  const [affected, atRisk] = [Number(count?.[0]), Number(count?.[1])];
  const without = atRisk - affected;
  if (!without || !affected) return [];
  const people = ngettext("{count} person", "{count} people", without);
  const values = { people, share: aboutPeople(100 - inHundred(affected, atRisk)) };
  if (isAlone(row, group, events)) return [row.kind === "serious" ? _("It was not reported as serious in the other {people}, {share}.", values) : _("It was not reported in the other {people}, {share}.", values)];
  return [_("The other {people}, {share}, are not counted here. Another row may count some of them.", values)];
}

/**
 * Whether everybody of a group who had the problem is in this row; of a serious row, everybody in whom it was serious.
 * @param {Row} row
 * @param {number} group
 * @param {Events} events
 * @returns {boolean}
 */
export function isAlone(row, group, events) {
  if (!row.kind || events.source) return false;
  const isSerious = row.kind === "serious";
  const hasSeriousList = isSerious || events.rows.some(({ kind }) => kind === "serious") || events.groups[group].serious_num_affected === 0;
  const name = (row.layTerm ?? row.term).toLowerCase();
  const mayHold = (/** @type {Row} */ other) => other !== row && (!isSerious || other.kind === "serious") && (other.layTerm ?? other.term).toLowerCase() === name && other.counts[group]?.[0] !== 0;
  return hasSeriousList && !events.rows.some(mayHold);
}

/**
 * @param {Row} row
 * @param {Events} events
 * @returns {boolean} whether the list of other problems has the term of a serious row
 */
function hasTwin(row, events) {
  const term = row.term.toLowerCase();
  return events.rows.some((other) => other.kind === "other" && other.term.toLowerCase() === term);
}

/**
 * @param {Count} count
 * @param {string} title
 * @returns {Reading["arrays"][number]}
 */
function arrayOf(count, title) {
  const [affected, atRisk] = [Number(count?.[0]), Number(count?.[1])];
  const filled = inHundred(affected, atRisk);
  const words = arrayWords(filled, affected === 0 || affected === atRisk);
  return { title, filled, words: title ? _("{group}: {words}", { group: title, words }) : words };
}

/**
 * @param {number} filled  of 100 figures
 * @param {boolean} isExact  whether it was none or all of the people
 * @returns {string}
 */
function arrayWords(filled, isExact) {
  if (!isExact && filled === 0) return _("None of 100 figures is filled: fewer than 1 of 100 people.");
  if (!isExact && filled === FIGURES) return _("All 100 figures are filled: more than 99 of 100 people.");
  return _("{filled} of 100 figures are filled; {rest} are not.", { filled, rest: FIGURES - filled });
}

const ORDERS = {
  frequency: () => _("most frequent first"),
  difference: () => _("largest difference first"),
  name: () => _("by name"),
  system: () => _("by body system"),
};

/**
 * What a choice shows, in one sentence or two.
 * @param {Events} events
 * @param {State} state
 * @param {readonly FoundRow[]} rows  all that were found
 * @param {{ from: number, shown: number }} page
 * @returns {string}
 */
export function summary(events, state, rows, { from, shown }) {
  const groups = state.groups.map((place) => events.groups[place]);
  const names = namesOf(groups);
  if (!rows.length) return [_("No listed health problem fits these choices in {groups}.", { groups: names }), notListed(events.threshold)].filter(Boolean).join(" ");
  const values = { groups: names, problems: howMany(from, shown, rows.length), order: ORDERS[state.sort]() };
  const what = state.mode === "difference" ? _("Difference between {groups}: {problems} shown, {order}.", values) : _("{groups}: {problems} shown, {order}.", values);
  const top = rows[from];
  const first = _("At the top: {name}, {figures}.", { name: nameOf(top.row).full, figures: figuresOf(top, state, events) });
  return `${what} ${first}`;
}

/**
 * The figures of a row as the chart shows them, in one line.
 * @param {FoundRow} found
 * @param {Pick<State, "mode" | "groups">} state
 * @param {Events} events
 * @returns {string}
 */
export function figuresOf({ counts, difference }, { mode, groups }, events) {
  if (mode === "difference") return difference ? differenceInWords(difference) : _("not reported");
  return counts.map((count, index) => (groups.length > 1 ? `${capital(events.groups[groups[index]].title)} ${countText(count)}` : countText(count))).join(", ");
}

/**
 * The title above the chart.
 * @param {Events} events
 * @param {State} state
 * @returns {string}
 */
export function titleOf(events, state) {
  const groups = state.groups.map((place) => events.groups[place]);
  if (state.mode !== "difference") return _("Of every 100 people, how many had each health problem: {groups}", { groups: namesOf(groups) });
  const [first, second] = groups.map((group) => quoted(group.title));
  return _("How many more or fewer of 100 people had each problem in {first} than in {second}", { first, second });
}
