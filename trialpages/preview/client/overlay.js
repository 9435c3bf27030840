// @ts-check
/**
 * The errors of the page that is being looked at, over the page. It comes by itself, never takes the focus, goes
 * with Escape or its button, and comes back only for an error that it has not shown.
 */

import { counted, hasNews, pageBelow } from "./facts.js";
import { faultView } from "./fault-view.js";
import { button, make, redraw } from "./parts.js";

/** @typedef {import("./talk.js").Fault} Fault */

/**
 * @param {ShadowRoot} root
 * @param {(text: string) => void} say
 * @returns {(state: import("./talk.js").State, shownStatus: number) => void} shows what the server says, over a page that came with a status
 */
export function overlay(root, say) {
  const heading = make("h2");
  heading.id = "overlay-title";
  const note = make("p", "overlay-note");
  const list = make("div", "overlay-list");
  const section = make("section", "overlay", make("header", "", heading, button("Close", () => close(), "close")), note, list);
  section.setAttribute("aria-labelledby", heading.id);
  section.hidden = true;
  root.append(section);

  /** @type {readonly Fault[]} */
  let shown = [];
  /** @type {Set<string>} */
  const closed = new Set();
  const close = () => {
    section.hidden = true;
    for (const { id } of shown) closed.add(id);
    say("");
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || section.hidden) return;
    event.preventDefault();
    close();
  });

  return ({ faults, page }, shownStatus) => {
    const errors = faults.here.filter(({ severity }) => severity === "error");
    const isSame = JSON.stringify(errors) === JSON.stringify(shown);
    const had = shown.length;
    shown = errors;
    for (const id of closed) if (!errors.some((error) => error.id === id)) closed.delete(id);
    if (!errors.length) {
      section.hidden = true;
      if (had) say("The errors on this page are mended.");
      return;
    }
    note.textContent = pageBelow(page.status, shownStatus);
    if (!isSame) {
      heading.textContent = `${counted(errors.length, "error")} on this page`;
      redraw(list, ...errors.map(faultView));
    }
    if (!hasNews(errors, closed) || (isSame && !section.hidden)) return;
    section.hidden = false;
    say(`${counted(errors.length, "error")} on this page. ${errors[0].what}`);
  };
}
