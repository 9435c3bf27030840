// @ts-check
/**
 * When nothing fits: which part of the search to leave out, and how many trials that would give.
 */

import { _, ngettext } from "./language.js";
import { trialNumber } from "./search-number.js";
import { made, quiet } from "./search-results.js";

/** What the button says that leaves out one part. */
const OFFERS = () => ({
  words: _("Search without the words"),
  status: _("Show any status"),
  phase: _("Show any phase"),
  study_type: _("Show any kind of study"),
  sex: _("Show any sex"),
  age: _("Leave out the age"),
  near: _("Show any distance"),
  results: _("Show trials without results too"),
  healthy_volunteers: _("Show trials without healthy volunteers too"),
  no_placebo_only_group: _("Show trials with a placebo group too"),
  country: _("Show any country"),
  condition: _("Show any condition"),
  treatment: _("Show any treatment"),
  sponsor: _("Show any sponsor"),
});

/**
 * @param {readonly { part: string, total: number }[]} loosened
 * @param {string} words
 * @param {(part: string) => void} leaveOut
 * @returns {HTMLElement[]} what stands in place of the results
 */
export function offers(loosened, words, leaveOut) {
  const found = [];
  const number = trialNumber(words);
  if (number) found.push(made("p", "", _("This site has no trial with the number {number}.", { number })));
  // Without its only part a search is empty, and an empty search lists nothing.
  const helpful = loosened.filter(({ total }) => total > 0 && loosened.length > 1).sort((one, other) => other.total - one.total);
  if (!helpful.length) found.push(made("p", "", _("Try fewer or other words, or use the lists below.")));
  else found.push(made("p", "", _("You could leave out one part:")), list(helpful, leaveOut));
  return found;
}

/**
 * @param {readonly { part: string, total: number }[]} loosened
 * @param {(part: string) => void} leaveOut
 * @returns {HTMLElement}
 */
function list(loosened, leaveOut) {
  /** @type {Record<string, string>} */
  const texts = OFFERS();
  const all = made("ul", "search-offers", "");
  for (const { part, total } of loosened) {
    const item = made("li", "", "");
    item.append(quiet(`${texts[part] ?? part}: ${ngettext("{count} trial", "{count} trials", total)}`, () => leaveOut(part)));
    all.append(item);
  }
  return all;
}
