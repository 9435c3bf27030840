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
 * A number as the language writes it.
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 * @returns {string}
 */
export function number(value, options) {
  return new Intl.NumberFormat(language, options).format(value);
}

/**
 * A list as a sentence holds it: `a`, `a and b`, `a, b and c`.
 * @param {readonly string[]} items
 * @returns {string}
 */
export function joined(items) {
  const last = items[items.length - 1] ?? "";
  return items.length < 2 ? last : _("{items} and {last}", { items: items.slice(0, -1).join(", "), last });
}
