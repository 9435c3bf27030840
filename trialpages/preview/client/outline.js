// @ts-check
/** A rectangle around a part of the page, drawn beside the page: the page itself stays as it is. */

import { make } from "./parts.js";

const HEADING = /^H[2-6]$/;

/** Pixels between a part and its outline. */
const MARGIN = 4;

/**
 * @param {ShadowRoot} root
 * @returns {(selector: string | null) => boolean} outlines what a selector finds, or nothing; tells whether it found it
 */
export function outline(root) {
  const box = make("div", "outline");
  box.hidden = true;
  box.setAttribute("aria-hidden", "true");
  root.querySelector("section, button")?.before(box);
  let selector = "";

  const draw = () => {
    const area = selector ? areaOf(selector) : null;
    box.hidden = !area;
    if (!area) return;
    for (const [name, size] of Object.entries({ left: area.left + scrollX, top: area.top + scrollY, width: area.width, height: area.height })) {
      box.style.setProperty(name, `${size}px`);
    }
  };
  new ResizeObserver(draw).observe(document.body);
  return (wanted) => {
    selector = wanted ?? "";
    draw();
    return !box.hidden;
  };
}

/**
 * Bring a part of the page to the top of the screen.
 * @param {string} selector
 */
export function goTo(selector) {
  const element = first(selector);
  for (let fold = element?.closest("details:not([open])"); fold; fold = fold.parentElement?.closest("details:not([open])")) fold.setAttribute("open", "");
  element?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
}

/** @param {string} selector */
function first(selector) {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

/**
 * The area of an element; that of a heading goes down to the next one of its rank.
 * @param {string} selector
 * @returns {DOMRect | null}
 */
function areaOf(selector) {
  const element = first(selector);
  if (!element?.getClientRects().length) return null;
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (let next = HEADING.test(element.nodeName) ? element.nextElementSibling : null; next; next = next.nextElementSibling) {
    if (HEADING.test(next.nodeName) && next.nodeName <= element.nodeName) break;
    const box = next.getBoundingClientRect();
    if (!box.height) continue;
    [left, right, bottom] = [Math.min(left, box.left), Math.max(right, box.right), Math.max(bottom, box.bottom)];
  }
  return new DOMRect(left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN);
}
