// @ts-check
/**
 * What every module of the search page knows: the page's own elements, and whether the browser keeps something.
 */

/**
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} type
 * @returns {E} the element of the page
 * @throws {TypeError} where a site's own template has left it out
 */
export function part(selector, type) {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new TypeError(`the page has no ${selector}`);
}

/**
 * Whether the browser keeps something for this site, asked before the modules are loaded that would read it.
 * @param {() => Storage} storage
 * @param {RegExp} name  of what is kept
 * @returns {boolean} false where it does not let the page look
 */
export function keeps(storage, name) {
  try {
    return Object.keys(storage()).some((key) => name.test(key));
  } catch {
    return false;
  }
}
