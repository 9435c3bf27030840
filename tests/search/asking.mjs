// @ts-check

/**
 * All that the page's search engine says of a query, as JSON can hold it.
 * @param {any} search  of search-engine.js
 * @param {any} index
 * @param {any} query
 */
export async function answer(search, index, query) {
  const found = await search(index, query);
  const { total, documents, distances = null, nearest = null, counts, units, relaxed, loosened, cut } = found;
  const cards = (await found.cards()).map((/** @type {{ id: string }} */ card) => card.id);
  const some = await found.some();
  /** @type {Record<string, [string, number][]>} */
  const sets = {};
  for (const { name, values } of index.manifest.sets) {
    const every = Array.from({ length: values }, (_, number) => number);
    const counted = await found.facetCounts(name, every);
    sets[name] = counted.map((/** @type {{ slug: string, count: number }} */ value) => [value.slug, value.count]);
  }
  return { total, documents, distances, nearest, counts, units, relaxed, some, loosened, cut, cards, sets };
}
