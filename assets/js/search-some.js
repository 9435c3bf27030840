// @ts-check
/**
 * Where the words find few trials, those that have some of them. They are counted for themselves, and never among
 * those that fit. Asked for on use.
 */

import { cardsOf } from "./search-engine.js";
import { sorted } from "./search-sets.js";

/**
 * The trials that have some of the words, not all, and pass the filters: the best match first, in any order of the list.
 * @param {import("./search-types.js").Build} build
 * @param {import("./search-types.js").Sifted} sifted
 * @param {import("./search-types.js").Narrowed | null} narrowed
 * @param {number} most  trials that are listed
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./search-types.js").Some | null>} null where there are none
 */
export async function withSome(build, { some, score }, narrowed, most, signal) {
  const all = some();
  const failed = narrowed?.failed(all);
  const kept = failed ? all.filter((_, place) => !failed[place]) : all;
  if (!kept.length) return null;
  const best = kept.reduce((highest, document) => Math.max(highest, score(document)), 0);
  const documents = [...sorted(kept, (document) => best - score(document)).subarray(0, most)];
  const [cards, nearest] = await Promise.all([cardsOf(build, documents, signal), narrowed?.nearest(documents)]);
  return { total: kept.length, documents, cards, ...nearest };
}
