// @ts-check
/**
 * What the page's modules say, in the language of the site: messages, counts, dates and distances.
 *
 * A message is English in the code; placeholders stand in braces: `{count} places`.
 */

import { language, messages, plural } from "./messages.js";

export { language };

/**
 * A message in the language of the site.
 * @param {string} message
 * @param {Record<string, string | number>} [values] by the name of their placeholder
 * @returns {string}
 */
export function _(message, values) {
  return filled(messages[message]?.[0] || message, values);
}

/**
 * A message in the form that goes with a count; `{count}` is the count itself.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function ngettext(one, many, count, values) {
  const form = messages[one]?.[plural(count)] || (count === 1 ? one : many);
  return filled(form, { count, ...values });
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
function filled(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/**
 * A number as the language writes it, with its thousands parted.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 * @returns {string}
 */
export function number(value, options) {
  return options ? numbers(options).format(value) : plain.format(value);
}

/**
 * @param {Intl.NumberFormatOptions} [options]
 */
function numbers(options) {
  // Spanish would part only five digits and more, while the pages part four as well.
  const grouping = /** @type {Intl.NumberFormatOptions} */ ({ useGrouping: "always" });
  return new Intl.NumberFormat(language, { ...grouping, ...options });
}

/** Making one costs more than using it a hundred times. */
const plain = numbers();

/**
 * A list as a sentence holds it: `a`, `a and b`, `a, b and c`.
 * @param {readonly string[]} items
 * @returns {string}
 */
export function joined(items) {
  // American English would set a comma before "and", which the pages do not.
  return new Intl.ListFormat(isEnglish() ? "en-GB" : language).format(items.filter(Boolean));
}

/**
 * @returns {boolean} whether the site speaks English, which is the language of the registry too
 */
export function isEnglish() {
  return /^en\b/i.test(language);
}
