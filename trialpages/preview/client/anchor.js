// @ts-check
/**
 * What the reader looks at, held in its place while the page above it changes, or found again after a reload.
 */

/** Pieces of text that are small enough to say where the reader is. */
const PIECES = "h1, h2, h3, h4, p, li, dt, dd, tr, summary, figcaption, legend";
const MOST_PIECES = 12;
const LONGEST_TEXT = 200;

/** @typedef {{ name: string, text: string, nth: number, id: string, top: number }} Piece  `top` is in pixels from that of the window */

/**
 * The first pieces of the page on the screen, from above.
 * @returns {HTMLElement[]}
 */
function inView() {
  const found = [];
  for (const piece of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`main :is(${PIECES})`))) {
    const { top, bottom, height } = piece.getBoundingClientRect();
    if (!height || bottom <= 0 || top >= innerHeight || isStuck(piece)) continue;
    if (found.push(piece) === MOST_PIECES) break;
  }
  return found;
}

/**
 * Whether a piece stays on the screen by itself, such as contents at the side, and so says nothing of the place.
 * @param {Element} piece
 */
function isStuck(piece) {
  for (let node = /** @type {Element | null} */ (piece); node && node.localName !== "main"; node = node.parentElement) {
    if (["sticky", "fixed"].includes(getComputedStyle(node).position)) return true;
  }
  return false;
}

/**
 * Do something to the page without moving what the reader looks at. The browser's own way of doing that is put
 * off meanwhile, since two of them would add up, by a style sheet that stands nowhere in the page.
 * @param {() => void} change
 */
export function holding(change) {
  const seen = scrollY > 0 ? inView().map((piece) => ({ piece, top: piece.getBoundingClientRect().top })) : [];
  const own = new CSSStyleSheet();
  own.replaceSync("html { overflow-anchor: none !important; }");
  document.adoptedStyleSheets.push(own);
  try {
    change();
  } finally {
    const kept = seen.find(({ piece }) => piece.isConnected && piece.getClientRects().length);
    if (kept) scrollBy({ top: kept.piece.getBoundingClientRect().top - kept.top, behavior: "instant" });
    const release = () => document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(own), 1);
    requestAnimationFrame(() => requestAnimationFrame(release));
  }
}

/**
 * What the reader looks at, as plain data.
 * @returns {Piece[]}
 */
export function remembered() {
  return inView().map((piece) => {
    const text = textOf(piece);
    const alike = [...document.querySelectorAll(`main ${piece.localName}`)].filter((other) => textOf(other) === text);
    return { name: piece.localName, text, nth: alike.indexOf(piece), id: piece.closest("[id]")?.id ?? "", top: piece.getBoundingClientRect().top };
  });
}

/**
 * Scroll to what was remembered: to the first piece that still is there, else to the part that held it.
 * @param {readonly Piece[]} pieces
 * @returns {boolean} whether one was found
 */
export function returnTo(pieces) {
  for (const { name, text, nth, top } of pieces) {
    const alike = [...document.querySelectorAll(`main ${name}`)].filter((other) => textOf(other) === text && other.getClientRects().length);
    const found = alike[Math.min(nth, alike.length - 1)];
    if (!found) continue;
    scrollBy({ top: found.getBoundingClientRect().top - top, behavior: "instant" });
    return true;
  }
  const part = pieces.map(({ id }) => id && document.getElementById(id)).find(Boolean);
  if (part) part.scrollIntoView({ behavior: "instant" });
  return Boolean(part);
}

/** @param {Element} piece */
function textOf(piece) {
  return (piece.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, LONGEST_TEXT);
}
