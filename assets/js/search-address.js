// @ts-check
/**
 * What of a search stands in the address of its page: words, filters and an order that was chosen.
 *
 * Age and place say something about the reader, so they have no name here. Whatever an address holds,
 * what is read from it has only names and orders of this module.
 */

/** In the order in which an address names them and the page repeats them. */
export const FACETS = ["status", "sex", "condition", "treatment", "country", "phase", "study_type", "results", "healthy_volunteers", "no_placebo_only_group", "sponsor"];
const ORDERS = ["relevance", "distance", "newest"];
/** A search reads less; whoever pastes a book into the field gets an address that servers still take. */
const LONGEST_WORDS = 1000;
const MOST_VALUES = 50;

/**
 * @typedef {object} Asked
 * @property {string} words
 * @property {Record<string, string[]>} filters  by facet, none of them empty
 * @property {string} order  empty where the reader chose none
 */

/**
 * @param {Asked} asked
 * @returns {string} with its `?`, or empty
 */
export function toAddress({ words, filters, order }) {
  const found = new URLSearchParams();
  const typed = words.trim().slice(0, LONGEST_WORDS);
  if (typed) found.set("q", typed);
  for (const facet of FACETS) for (const value of filters[facet] ?? []) found.append(facet, value);
  if (order) found.set("sort", order);
  const text = found.toString();
  return text && `?${text}`;
}

/**
 * @param {string} address  with or without its `?`
 * @returns {Asked}
 */
export function fromAddress(address) {
  const found = new URLSearchParams(address);
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const facet of FACETS) {
    const values = [...new Set(found.getAll(facet).filter(Boolean))].slice(0, MOST_VALUES);
    if (values.length) filters[facet] = values;
  }
  const order = found.get("sort") ?? "";
  return { words: (found.get("q") ?? "").slice(0, LONGEST_WORDS), filters, order: ORDERS.includes(order) ? order : "" };
}

/**
 * A search with one value of a facet added or taken out.
 * @param {Asked} asked
 * @param {string} facet
 * @param {string} value  empty to take out all
 * @param {boolean} wanted
 * @returns {Asked}
 */
export function withValue(asked, facet, value, wanted) {
  const { [facet]: before = [], ...filters } = asked.filters;
  const values = value ? before.filter((each) => each !== value) : [];
  if (value && wanted) values.push(value);
  if (values.length) filters[facet] = values;
  return { ...asked, filters };
}
