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

/**
 * Put the style sheets of which the server tells in the place of those that the page has, before the page itself has
 * come: where there are as many, in the same order, and the page still has them as they were sent.
 * @param {Document} sent  as the server sent it last; it is kept equal
 * @param {Document} live
 * @param {readonly string[]} addresses
 * @returns {Promise<unknown>} fulfilled when they stand
 */
export function restyle(sent, live, addresses) {
  const [links, there] = [sheets(sent), sheets(live)];
  if (links.length !== addresses.length || links.length !== there.length) return Promise.resolve();
  if (links.some((link, at) => link.getAttribute("href") !== there[at].getAttribute("href"))) return Promise.resolve();
  return Promise.all(
    links.map((link, at) => {
      if (link.getAttribute("href") === addresses[at]) return null;
      link.setAttribute("href", addresses[at]);
      return swap(there[at], addresses[at]);
    }),
  );
}

/** @param {Document} page */
function sheets(page) {
  return [...page.querySelectorAll("link[rel=stylesheet][href]")];
}
