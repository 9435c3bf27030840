// @ts-check
/**
 * What an edit means for a page that is open: a merge of three trees, as the server sent it, as it would send it
 * now, and as it stands in the browser.
 *
 * Only what differs between the two of the server is looked at in the third, and only where that third still is
 * what the server sent. An element keeps its identity as long as it stays the same kind of thing, so that what
 * scripts have tied to it, its scroll, its focus and its open folds stay. Whatever cannot be done so surely that
 * the page would equal one newly loaded gives null: then it has to be loaded again. Nothing is changed before the
 * whole is known.
 */

/** A part that the site's scripts start on: what they made of it once does not follow when its HTML changes. */
export const HELD = [
  "[data-self-check]",
  "[data-places]",
  "[data-save]",
  "[data-status]",
  "[data-stale]",
  "[data-until]",
  "[data-progress]",
  "figure:has([data-chart])",
  "[data-search]",
  "[data-comparison]",
  "time",
  "form",
  "template",
  "link[rel=modulepreload]",
  "meta[http-equiv]",
  "script:not([type='application/ld+json'])",
].join(", ");

/** What a script looks for when the page opens, so that it may neither come nor go without one. */
const NEEDED_AT_START = `${HELD}, .contents, .contents *, [data-back], [data-chart], section[id], input, select, textarea, button`;

/** Attributes without which a thing is another one. */
const KIND = ["rel", "name", "property", "type", "lang"];

/** What the browser or the reader sets on a page that is open, and no edit means. */
const OF_THE_READER = new Set(["open"]);

/** Above this many comparisons of children, they are paired in their order instead of by the longest common run. */
const SLOW = 400_000;

/** Up to this many comparisons the nodes are compared themselves, which is quicker than writing out large ones. */
const FEW = 64;

/** Nothing can be said for certain, so the page has to be loaded again. */
class CannotMerge extends Error {}

/** @typedef {() => void} Change */

/**
 * The changes that make a page that is open equal to a newly loaded one, in their order.
 * @param {Node} old  as the server sent it
 * @param {Node} fresh  as the server would send it now
 * @param {Node} live  as it stands in the browser
 * @param {(link: Element, address: string) => void} swapStyles  what to do with a style sheet of another address
 * @returns {Change[] | null} null where the page has to be loaded again
 */
export function merge(old, fresh, live, swapStyles) {
  /** @type {Change[]} */
  const changes = [];
  try {
    mergeNode(old, fresh, live, { changes, swapStyles });
  } catch (error) {
    if (error instanceof CannotMerge) return null;
    throw error;
  }
  return changes;
}

/**
 * @typedef {object} Work
 * @property {Change[]} changes
 * @property {(link: Element, address: string) => void} swapStyles
 */

/**
 * @param {Node} old
 * @param {Node} fresh
 * @param {Node} live
 * @param {Work} work
 */
function mergeNode(old, fresh, live, work) {
  if (old.isEqualNode(fresh)) return;
  if (!isElement(old) || !isElement(fresh) || !isElement(live)) {
    if (live.nodeValue !== old.nodeValue) throw new CannotMerge();
    work.changes.push(() => (live.nodeValue = fresh.nodeValue));
    return;
  }
  if (isStyleSheet(old) && isStyleSheet(fresh)) mergeStyleSheet(old, fresh, live, work);
  else if (live.matches(HELD) || old.matches(HELD) || fresh.matches(HELD)) throw new CannotMerge();
  else {
    mergeAttributes(old, fresh, live, work);
    mergeChildren(old, fresh, live, work);
  }
}

/**
 * @param {Element} old
 * @param {Element} fresh
 * @param {Element} live
 * @param {Work} work
 */
function mergeStyleSheet(old, fresh, live, { changes, swapStyles }) {
  const address = fresh.getAttribute("href") ?? "";
  if (live.getAttribute("href") !== old.getAttribute("href")) throw new CannotMerge();
  changes.push(() => swapStyles(live, address));
}

/**
 * @param {Element} old
 * @param {Element} fresh
 * @param {Element} live
 * @param {Work} work
 */
function mergeAttributes(old, fresh, live, { changes }) {
  for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
    const wanted = fresh.getAttribute(name);
    if (wanted === old.getAttribute(name)) continue;
    if (live.getAttribute(name) !== old.getAttribute(name)) {
      if (OF_THE_READER.has(name)) continue;
      throw new CannotMerge();
    }
    changes.push(() => (wanted === null ? live.removeAttribute(name) : live.setAttribute(name, wanted)));
  }
}

/**
 * @param {Element} old
 * @param {Element} fresh
 * @param {Element} live
 * @param {Work} work
 */
function mergeChildren(old, fresh, live, work) {
  const pairs = paired([...old.childNodes], [...fresh.childNodes]);
  if (pairs.every(([before, after]) => before && after && before.isEqualNode(after))) return;
  const places = placed([...old.childNodes], [...live.childNodes]);
  // Where a script has taken something away, nobody can say which of the others is which.
  if (places.size < old.childNodes.length) throw new CannotMerge();
  /** The live node after which the next one stands, as the fresh order says. @type {ChildNode | null} */
  let last = null;
  for (const [before, after] of pairs) {
    const there = before && places.get(before);
    if (there && after) {
      mergeNode(/** @type {Node} */ (before), after, there, work);
      last = there;
    } else if (there) {
      if (needsScript(there) || !isUntouched(/** @type {Node} */ (before), there)) throw new CannotMerge();
      work.changes.push(() => there.remove());
    } else if (after) {
      if (needsScript(after) || live.closest(".contents")) throw new CannotMerge();
      const made = /** @type {ChildNode} */ (live.ownerDocument.importNode(after, true));
      const anchor = last;
      work.changes.push(() => (anchor ? anchor.after(made) : live.prepend(made)));
      last = made;
    }
  }
}

/**
 * The children of before and after, side by side in the new order; one that went or came has no partner.
 * @param {ChildNode[]} old
 * @param {ChildNode[]} fresh
 * @returns {[ChildNode | null, ChildNode | null][]}
 */
export function paired(old, fresh) {
  let start = 0;
  while (start < old.length && start < fresh.length && old[start].isEqualNode(fresh[start])) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end].isEqualNode(fresh[fresh.length - 1 - end])) end += 1;
  /** @type {[ChildNode | null, ChildNode | null][]} */
  const pairs = [];
  for (let at = 0; at < start; at += 1) pairs.push([old[at], fresh[at]]);
  const before = old.slice(start, old.length - end);
  const after = fresh.slice(start, fresh.length - end);
  let [from, to] = [0, 0];
  for (const [one, other] of [...same(before, after), [before.length, after.length]]) {
    pairs.push(...pairedByKind(before.slice(from, one), after.slice(to, other)));
    if (one < before.length) pairs.push([before[one], after[other]]);
    [from, to] = [one + 1, other + 1];
  }
  for (let at = end; at > 0; at -= 1) pairs.push([old[old.length - at], fresh[fresh.length - at]]);
  return pairs;
}

/**
 * The longest run of equal nodes in two lists, as their places in both.
 * @param {ChildNode[]} before
 * @param {ChildNode[]} after
 * @returns {[number, number][]}
 */
function same(before, after) {
  const size = before.length * after.length;
  if (size === 1 || size > SLOW) return [];
  const isEqual = size > FEW ? byText(before, after) : (/** @type {number} */ i, /** @type {number} */ j) => before[i].isEqualNode(after[j]);
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const here = i * width + j;
      longest[here] = isEqual(i, j) ? longest[here + width + 1] + 1 : Math.max(longest[here + width], longest[here + 1]);
    }
  }
  /** @type {[number, number][]} */
  const found = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    const here = i * width + j;
    if (isEqual(i, j)) found.push([i++, j++]);
    else if (longest[here + width] >= longest[here + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/**
 * A comparison of many nodes, each written out once.
 * @param {ChildNode[]} before
 * @param {ChildNode[]} after
 */
function byText(before, after) {
  const [texts, others] = [before.map(textOf), after.map(textOf)];
  return (/** @type {number} */ i, /** @type {number} */ j) => texts[i] === others[j];
}

/**
 * Nodes that all differ, paired in their order where they are the same kind of thing.
 * @param {ChildNode[]} before
 * @param {ChildNode[]} after
 * @returns {[ChildNode | null, ChildNode | null][]}
 */
function pairedByKind(before, after) {
  /** @type {[ChildNode | null, ChildNode | null][]} */
  const pairs = [];
  let at = 0;
  for (const node of after) {
    const found = before.findIndex((one, index) => index >= at && isSameKind(one, node));
    if (found < 0) pairs.push([null, node]);
    else {
      for (; at < found; at += 1) pairs.push([before[at], null]);
      pairs.push([before[at], node]);
      at += 1;
    }
  }
  for (; at < before.length; at += 1) pairs.push([before[at], null]);
  return pairs;
}

/**
 * Where each of the server's children stands in the browser, past whatever scripts have put between them.
 * @param {ChildNode[]} sent
 * @param {ChildNode[]} live
 * @returns {Map<ChildNode, ChildNode>}
 */
function placed(sent, live) {
  /** @type {Map<ChildNode, ChildNode>} */
  const places = new Map();
  let at = 0;
  for (const node of sent) {
    const found = live.findIndex((one, index) => index >= at && isSameKind(node, one) && (isElement(node) || node.nodeValue === one.nodeValue));
    if (found < 0) continue;
    places.set(node, live[found]);
    at = found + 1;
  }
  return places;
}

/**
 * Whether two nodes are the same kind of thing: an edit may turn one into the other.
 * @param {Node} one
 * @param {Node} other
 */
function isSameKind(one, other) {
  if (one.nodeName !== other.nodeName) return false;
  if (!isElement(one) || !isElement(other)) return true;
  return one.id === other.id && KIND.every((name) => one.getAttribute(name) === other.getAttribute(name));
}

/**
 * Whether a part of the page still is what the server sent, folds that the reader has opened aside.
 * @param {Node} sent
 * @param {Node} live
 * @returns {boolean}
 */
export function isUntouched(sent, live) {
  if (sent.nodeName !== live.nodeName || sent.childNodes.length !== live.childNodes.length) return false;
  if (!isElement(sent) || !isElement(live)) return sent.nodeValue === live.nodeValue;
  const names = new Set([...sent.getAttributeNames(), ...live.getAttributeNames()]);
  if ([...names].some((name) => !OF_THE_READER.has(name) && sent.getAttribute(name) !== live.getAttribute(name))) return false;
  return [...sent.childNodes].every((child, at) => isUntouched(child, live.childNodes[at]));
}

/**
 * Whether a part can neither come nor go without the site's scripts hearing of it.
 * @param {Node} node
 */
function needsScript(node) {
  return isElement(node) && (node.matches(NEEDED_AT_START) || node.querySelector(NEEDED_AT_START) !== null);
}

/**
 * @param {Node} node
 * @returns {node is Element}
 */
function isElement(node) {
  return node.nodeType === 1;
}

/** @param {Element} node */
function isStyleSheet(node) {
  return node.matches("link[rel=stylesheet][href]");
}

/** @param {Node} node */
function textOf(node) {
  return isElement(node) ? node.outerHTML : `${node.nodeName} ${node.nodeValue}`;
}
