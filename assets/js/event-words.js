// @ts-check
/**
 * What the explorer of health problems says: names, counts, shares, differences, the summary of a choice.
 *
 * The words for a count are those of the static table. Every count comes before its share, what is not
 * reported is never zero, and a difference that could be chance says so. Pure functions.
 */

import { halfUp, inHundred, share, wholePercent, wilson } from "./event-numbers.js";
import { fold } from "./event-data.js";
import { _, joined, language, ngettext, number } from "./language.js";

/** @typedef {import("./event-data.js").Count} Count */
/** @typedef {import("./event-data.js").Row} Row */
/** @typedef {import("./event-numbers.js").Difference} Difference */

/**
 * A text with its first letter large and the rest as it is.
 * @param {string} text
 * @returns {string}
 */
export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const percents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 });

/**
 * @param {number} value  in percent
 * @returns {string} as the language writes it: "80%"
 */
export function percent(value) {
  return percents.format(value / 100);
}

/**
 * A row's plain name, and what stands in brackets behind it: the medical term where the name does not
 * hold it, and that it was serious.
 * @param {Row} row
 * @returns {{ name: string, detail: string, full: string }}
 */
export function nameOf(row) {
  const name = capital(row.layTerm ?? row.term);
  const term = row.layTerm && !` ${fold(row.layTerm)} `.includes(` ${fold(row.term)} `) ? row.term : "";
  const detail = [term, row.kind === "serious" ? _("serious") : ""].filter(Boolean).join(", ");
  return { name, detail, full: detail ? `${name} (${detail})` : name };
}

/**
 * A count as readers see it, like "43 of 54 (80%)".
 * @param {Count | undefined} count
 * @returns {string}
 */
export function countText(count) {
  if (!count || count[0] === null || !count[1]) return _("not reported");
  const [affected, at_risk] = count;
  return _("{affected} of {at_risk} ({percent})", { affected, at_risk, percent: percentText(count) });
}

/**
 * @param {Count} count  with both numbers
 * @returns {string} the share alone: "80%", "<1%"
 */
export function percentText(count) {
  const whole = wholePercent(count);
  if (whole === null) return count?.[1] && count[0] !== null ? _("counts do not agree") : _("not reported");
  return whole === 0 && count?.[0] ? `<${percent(1)}` : percent(whole);
}

/**
 * A share as a natural frequency, like "about 80 in 100".
 * @param {number} affected
 * @param {number} atRisk
 * @returns {string}
 */
export function aboutInHundred(affected, atRisk) {
  if (affected === 0) return _("none of {people}", { people: atRisk });
  if (affected === atRisk) return _("all {people}", { people: atRisk });
  return aboutPeople(inHundred(affected, atRisk));
}

/**
 * @param {number} people  of 100, rounded, of some but not all
 * @returns {string}
 */
export function aboutPeople(people) {
  if (people === 0) return _("fewer than 1 in 100");
  if (people === 100) return _("more than 99 in 100");
  return _("about {people} in 100", { people });
}

/**
 * The interval of a share in words, like "likely between 67 and 88 in 100".
 * @param {number} affected
 * @param {number} atRisk
 * @returns {string}
 */
export function likelyRange(affected, atRisk) {
  const [low, high] = wilson(affected, atRisk).map((bound) => halfUp(100 * bound));
  if (high === 0) return _("likely fewer than 1 in 100");
  if (low === 100) return _("likely more than 99 in 100");
  if (affected === 0) return _("0 of {people} still leaves room for up to about {high} in 100", { people: atRisk, high });
  if (affected === atRisk) return _("likely more than {low} in 100", { low });
  if (low === high) return _("likely about {low} in 100", { low });
  return _("likely between {low} and {high} in 100", { low, high });
}

/**
 * A count in a sentence's words: people, share and range, or that it is not reported.
 * @param {Count | undefined} count
 * @returns {string} "43 of 54 people, about 80 in 100, likely between 67 and 88 in 100"
 */
export function inWords(count) {
  if (share(count) === null) return countText(count);
  const [affected, atRisk] = [Number(count?.[0]), Number(count?.[1])];
  const people = ngettext("{affected} of {count} person", "{affected} of {count} people", atRisk, { affected });
  const most = halfUp(100 * wilson(affected, atRisk)[1]);
  if (affected === 0 && most) return _("{people}, which still leaves room for up to about {most} in 100", { people, most });
  return [people, ...shareInWords(affected, atRisk)].join(", ");
}

/**
 * The share and its range, once where both would say the same.
 * @param {number} affected
 * @param {number} atRisk
 * @returns {string[]}
 */
export function shareInWords(affected, atRisk) {
  const [about, range] = [aboutInHundred(affected, atRisk), likelyRange(affected, atRisk)];
  return affected === 0 || affected === atRisk || range.endsWith(about) ? [range] : [about, range];
}

/**
 * A difference of shares; more and fewer are rounded alike, so that groups can change places.
 * @param {number} difference  a fraction of 1; below zero is fewer
 * @returns {string}
 */
export function moreOrFewer(difference) {
  const people = halfUp(100 * Math.abs(difference));
  if (people === 0) return difference === 0 ? _("none more") : difference > 0 ? _("under 1 more") : _("under 1 fewer");
  return difference > 0 ? ngettext("{count} more", "{count} more", people) : ngettext("{count} fewer", "{count} fewer", people);
}

/**
 * A difference in words, with its range and the role of chance.
 * @param {Difference} difference
 * @returns {string} "6 more in 100; likely between 2 fewer and 15 more; this could be chance"
 */
export function differenceInWords(difference) {
  const [value, low, high] = [difference.value, difference.low, difference.high].map(moreOrFewer);
  if (low === high) return _("{value} in 100", { value });
  return couldBeChance(difference)
    ? _("{value} in 100; likely between {low} and {high}; this could be chance", { value, low, high })
    : _("{value} in 100; likely between {low} and {high}", { value, low, high });
}

/**
 * @param {Difference} difference
 * @returns {boolean} whether its interval holds zero
 */
export function couldBeChance({ low, high }) {
  return low <= 0 && high >= 0;
}

/**
 * The names of groups as a sentence holds them.
 * @param {readonly { title: string }[]} groups
 * @returns {string}
 */
export function namesOf(groups) {
  return joined(groups.map((group) => quoted(group.title)));
}

/**
 * A name of the record between the quotation marks of the language.
 * @param {string} name
 * @returns {string}
 */
export function quoted(name) {
  return _("“{name}”", { name: capital(name) });
}

/**
 * Why a list is empty although problems may have happened.
 * @param {number | null} threshold  percent
 * @returns {string} nothing when the record lists everything or does not say
 */
export function notListed(threshold) {
  if (!threshold) return "";
  return _("Problems that were not serious are listed only if more than {percent} of people in some group had them. A problem that is missing here may still have happened.", { percent: percent(threshold) });
}

/**
 * @param {import("./event-data.js").Group} group
 * @returns {string} "Drug A (54 people)"
 */
export function groupLabel(group) {
  const title = capital(group.title);
  if (!group.num_at_risk) return title;
  return ngettext("{group} ({count} person)", "{group} ({count} people)", group.num_at_risk, { group: title });
}

/**
 * @param {number} from  the first row shown, from 0
 * @param {number} shown
 * @param {number} found
 * @returns {string}
 */
export function howMany(from, shown, found) {
  if (shown === found) return ngettext("{count} health problem", "{count} health problems", found);
  if (from === 0) return ngettext("{shown} of {count} health problem", "{shown} of {count} health problems", found, { shown });
  return ngettext("{first} to {last} of {count} health problem", "{first} to {last} of {count} health problems", found, { first: number(from + 1), last: number(from + shown) });
}
