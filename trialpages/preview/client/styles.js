// @ts-check
/**
 * Style sheets that change while the page stays: the new one is loaded beside the old, which goes when the new one
 * is there, so that the page is never without.
 */

const LONGEST_MS = 5000;

/**
 * Put a style sheet of a new address in the place of an old one.
 * @param {Element} link
 * @param {string} address
 * @returns {Promise<void>} fulfilled when the old one has gone, also where the new one does not come
 */
export function swap(link, address) {
  const next = /** @type {HTMLLinkElement} */ (link.cloneNode());
  next.setAttribute("href", address);
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      link.remove();
      done();
    };
    const timer = setTimeout(end, LONGEST_MS);
    next.addEventListener("load", end, { once: true });
    next.addEventListener("error", end, { once: true });
    link.after(next);
  });
}
