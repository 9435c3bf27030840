// @ts-check
/**
 * A query is answered from the files of the index: what is found, in which order, and how much of each value.
 *
 * Files are asked for in as few rounds as can be: those of the words and of the filters, then the sets, then the
 * cards. One name or word alone is answered by its entry, without its set.
 */

import { columnCounts } from "./search-columns.js";
import { damaged, later } from "./search-load.js";
import { match } from "./search-match.js";
import { running, sorted } from "./search-sets.js";
import { readUnits } from "./search-units.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Narrowed} Narrowed */
/** @typedef {import("./search-types.js").Query} Query */
/** @typedef {import("./search-types.js").ReadUnit} ReadUnit */
/** @typedef {import("./search-types.js").Results} Results */
/** @typedef {import("./search-types.js").Sifted} Sifted */
/** @typedef {Pick<Results, "total" | "documents" | "counts" | "relaxed" | "loosened">} Hits */

/** Where few trials of many are found, a word may be one that the records misspell too. */
const MANY_TRIALS = 100;
const FEW_HITS = 5;
/** Where the words find fewer trials than this, those that have some of the words are told as well. */
const FULL_LIST = 10;

/**
 * @param {import("./search-types.js").Index} index
 * @param {Query} query
 * @param {{ signal?: AbortSignal }} [options]  the signal ends what the answer asks for later, too
 * @returns {Promise<import("./search-types.js").Answer>} rejects with a `SearchError`
 */
export async function search(index, query, { signal } = {}) {
  let found = await index.attempt((build) => find(build, query, signal), signal);
  /** @type {<T>(work: (of: typeof found) => Promise<T>) => Promise<T>} */
  const further = (work) =>
    index.attempt(async (build) => {
      if (build !== found.build) {
        found = await find(build, query, signal);
        Object.assign(answer, found.results);
      }
      return work(found);
    }, signal);
  const answer = {
    ...found.results,
    cards: () => further(({ build }) => cardsOf(build, answer.documents, signal)),
    some: () =>
      further(async ({ build, results, sifted, narrowed }) => {
        const { relaxed, total, units } = results;
        if (relaxed || units.length < 2 || !total || total >= FULL_LIST) return null;
        const { withSome } = await later(import("./search-some.js"));
        return withSome(build, await sifted(), narrowed, FULL_LIST - total, signal);
      }),
    /** @type {import("./search-types.js").Answer["facetCounts"]} */
    facetCounts: (name, candidates) =>
      further(async ({ build, sifted }) => {
        const { valueCounts } = await later(import("./search-values.js"));
        return valueCounts(build, name, await sifted(), candidates, signal);
      }),
  };
  return answer;
}

/**
 * @param {Build} build
 * @param {Query} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ build: Build, results: Results, sifted: () => Promise<Sifted>, narrowed: Narrowed | null }>}
 */
async function find(build, query, signal) {
  const { words, exact } = query;
  const narrowing = isPlain(query) ? null : later(import("./search-narrow.js")).then(({ narrow }) => narrow(build, query, signal));
  const reading = readUnits(build, words, exact, signal).then(async ({ units, cut }) => {
    const head = narrowing ? null : headOf(build, query, units);
    if (head) return { units, cut, head, matched: null };
    const matched = await match(build, units, signal);
    const isRare = !exact && !matched.relaxed && build.manifest.trials >= MANY_TRIALS && units.length && matched.documents.length && matched.documents.length <= FEW_HITS;
    const likelier = isRare && (await later(import("./search-misses.js")).then(({ likelierOf }) => likelierOf(build, units, matched, signal)));
    return { units, matched, ...likelier, cut, head };
  });
  const [{ units, cut, head, matched }, narrowed] = await Promise.all([reading, narrowing]);
  const sifted = async () => {
    const found = matched ?? (await match(build, units, signal));
    return { ...found, units: units.length, filters: narrowed?.filters ?? [], failed: narrowed?.failed(found.documents) ?? [] };
  };
  const hits = head ?? (await ranked(build, query, await sifted(), narrowed, signal));
  const read = units.map(({ entries, ...unit }) => unit);
  const nearest = await narrowed?.nearest(hits.documents);
  return { build, sifted, narrowed, results: { ...hits, ...nearest, build: build.hash, trials: build.manifest.trials, units: read, cut } };
}

/**
 * Whether a query has words alone.
 * @param {Query} query
 */
const isPlain = ({ filters, age, near, order }) => !near && age === null && order !== "newest" && !Object.values(filters).flat().length;

/**
 * What the entry of one name or word alone says: its best trials and its counts.
 * @param {Build} build
 * @param {Query} query
 * @param {ReadUnit[]} units
 * @returns {Hits | null} null where more has to be read
 */
function headOf({ manifest }, { from, size }, [unit, ...others]) {
  const [entry, ...more] = unit?.entries ?? [];
  const best = entry?.top?.flatMap(running) ?? [];
  const counts = entry?.counts;
  if (!entry || !counts || others.length || more.length || best.length < Math.min(entry.trials, from + size)) return null;
  const columns = manifest.facets.map(({ name }, at) => [name, [...(counts[at] ?? damaged("counts")).entries()]]);
  return { total: entry.trials, documents: best.slice(from, from + size), counts: Object.fromEntries(columns), relaxed: false, loosened: [] };
}

/**
 * What passes the filters, in its order.
 * @param {Build} build
 * @param {Query} query
 * @param {Sifted} sifted
 * @param {Narrowed | null} narrowed
 * @param {AbortSignal} [signal]
 * @returns {Promise<Hits>}
 */
async function ranked(build, { from, size }, sifted, narrowed, signal) {
  const { documents, failed, relaxed, score, units } = sifted;
  const kept = narrowed ? documents.filter((_, place) => !failed[place]) : documents;
  const best = kept.reduce((most, document) => Math.max(most, score(document)), 0);
  const [counts, rank] = await Promise.all([columnCounts(build, sifted, signal), narrowed?.rank(kept)]);
  const inOrder = sorted(kept, rank ?? ((document) => best - score(document)));
  const loosened = kept.length ? [] : narrowed?.loosened(sifted) ?? [{ part: "words", total: build.manifest.trials }].slice(0, units);
  return { total: kept.length, documents: [...inOrder.subarray(from, from + size)], counts, relaxed, loosened };
}

/**
 * @param {Build} build
 * @param {readonly number[]} documents
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./search-types.js").Card[]>}
 */
export function cardsOf({ manifest: { chunk, trials }, file }, documents, signal) {
  return Promise.all(
    documents.map(async (document) => {
      const k = Math.floor(document / chunk);
      const cards = await file(`doc/${k}.json`, signal);
      return cards.length === Math.min(chunk, trials - k * chunk) ? cards[document % chunk] : damaged(`doc/${k}`);
    }),
  );
}
