// @ts-check
/**
 * The page that is open, kept equal to what the server would send: changed in place where that is certain, loaded
 * again where it is not.
 */

import { holding } from "./anchor.js";
import { merge } from "./merging.js";
import { swap } from "./styles.js";

/**
 * Bring the open page from one version to the next.
 * @param {Document} old  as the server sent it
 * @param {Document} fresh
 * @returns {Promise<boolean>} false, with nothing changed, where the page has to be loaded again
 */
export async function patch(old, fresh) {
  /** @type {Promise<void>[]} */
  const swaps = [];
  const changes = hidden(old) === hidden(fresh) && merge(old.documentElement, fresh.documentElement, document.documentElement, (link, address) => swaps.push(swap(link, address)));
  if (!changes) return false;
  if (changes.length) holding(() => changes.forEach((change) => change()));
  await Promise.all(swaps);
  return true;
}

/**
 * What a comparison of nodes does not see: the contents of templates.
 * @param {Document} page
 */
function hidden(page) {
  return [...page.querySelectorAll("template")].map(({ innerHTML }) => innerHTML).join("\n");
}
