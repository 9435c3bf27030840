// @ts-check
/**
 * The list of trials that have some of the words, behind those that have all: its own heading, its own count.
 */

import { _, ngettext } from "./language.js";
import { made } from "./search-results.js";

/**
 * @param {number} total  trials that have some of the words
 * @param {readonly HTMLLIElement[]} items  the best of them
 * @returns {HTMLElement} a part of the page
 */
export function someList(total, items) {
  const section = made("section", "search-some", "");
  const title = made("h2", "", _("With some of your words"));
  title.id = "some-title";
  section.setAttribute("aria-labelledby", title.id);
  const said = [ngettext("{count} more trial has some of your words, but not all.", "{count} more trials have some of your words, but not all.", total)];
  if (total > items.length) said.push(ngettext("The best match is listed here.", "The best {count} matches are listed here.", items.length));
  const list = made("ol", "listing", "");
  list.append(...items);
  section.append(title, made("p", "hint", said.join(" ")), list);
  return section;
}
