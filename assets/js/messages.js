// @ts-check
/**
 * The words of the browser's modules in the language of the site. The modules speak English by
 * themselves; where a site is built in another language, the build writes this file anew.
 */

/** The code of the site's language. */
export const language = "en";

/**
 * Forms of each message by its English.
 * @type {Record<string, readonly string[]>}
 */
export const messages = {};

/**
 * The place of the form that goes with a count.
 * @param {number} n
 * @returns {number}
 */
export const plural = (n) => Number(n !== 1);
