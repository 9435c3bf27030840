// @ts-check
/**
 * Whether the browser keeps something for a site: asked before the modules are loaded that would read it.
 */

/**
 * @param {() => Storage} storage
 * @param {RegExp} name  of what is kept
 * @returns {boolean} false where the browser does not let the page look
 */
export function keeps(storage, name) {
  try {
    return Object.keys(storage()).some((key) => name.test(key));
  } catch {
    return false;
  }
}
