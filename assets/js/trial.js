// @ts-check
/**
 * The entry of a trial page: it starts each part of the page that can do more with script.
 *
 * A part is a module that exports `start(element)`. What changes the first screen comes with this
 * file; everything else comes when the reader is near it, so that a page opens as if there were no script.
 * A part that fails leaves the HTML as it was.
 */

import { start as leadBack } from "./back.js";
import { start as watchDates } from "./freshness.js";
import { start as offerSaving } from "./saved.js";

/**
 * @typedef {object} Part
 * @property {string} selector  of the element that the part works on
 * @property {() => Promise<{ start: (element: HTMLElement) => unknown }>} load
 */

/** @type {readonly Part[]} */
const PARTS = [
  { selector: "nav.contents:not(.contents-folded *)", load: () => import("./contents.js") },
  { selector: "[data-self-check]", load: () => import("./self-check.js") },
  { selector: "[data-chart]", load: () => import("./side-effects.js") },
  { selector: "[data-places]", load: () => import("./places.js") },
];

// An address like #side-effects?sort=name says where and how; a browser by itself looks for the whole of it.
const [anchor, choice] = location.hash.slice(1).split("?");
if (choice !== undefined) document.getElementById(anchor)?.scrollIntoView();
begin("[data-status]", watchDates);
begin("[data-save]", offerSaving);
begin("[data-back]", leadBack);
for (const part of PARTS) {
  const element = document.querySelector(part.selector);
  if (!(element instanceof HTMLElement)) continue;
  // The contents at the side are on the first screen, and have nothing to say before somebody scrolls.
  if (element.matches(".contents") && scrollY === 0) addEventListener("scroll", () => whenNear(element, part), { once: true });
  else whenNear(element, part);
}

/**
 * @param {string} selector
 * @param {(element: HTMLElement) => unknown} start
 */
function begin(selector, start) {
  const element = document.querySelector(selector);
  if (element instanceof HTMLElement) start(element);
}

/**
 * Start a part when its place is near the screen. A hidden element is near where its parent is.
 * @param {HTMLElement} element
 * @param {Part} part
 */
function whenNear(element, part) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      part.load().then(({ start }) => start(element), () => {});
    },
    { rootMargin: "100% 0px" },
  );
  observer.observe(element.hidden && element.parentElement ? element.parentElement : element);
}
