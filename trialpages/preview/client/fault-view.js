// @ts-check
/** How one fault looks: what is wrong, where, the line itself, and how to mend it; and a place that opens in the editor. */

import { marked, placeText } from "./facts.js";
import { button, make } from "./parts.js";
import { open } from "./talk.js";

/** @typedef {import("./talk.js").Fault} Fault */

const SEVERITIES = { error: "Error", warning: "Warning", note: "Note" };

/**
 * @param {Fault} fault
 * @returns {HTMLElement}
 */
export function faultView(fault) {
  const { code, severity, what, help, source_line: line, column, notes } = fault;
  const view = make("article", `fault ${severity}`);
  view.append(make("p", "fault-what", make("strong", "severity", SEVERITIES[severity]), " ", what), placeView(fault, code));
  if (line?.trim()) {
    const [text, marker] = marked(line, column);
    const pointer = make("span", "marker", marker);
    pointer.setAttribute("aria-hidden", "true");
    const source = make("pre", "source", `${text}\n`, pointer);
    source.tabIndex = 0;
    source.setAttribute("aria-label", "The line in the file");
    source.setAttribute("role", "group");
    view.append(source);
  }
  if (help) view.append(make("p", "fault-help", make("b", "", "To mend it: "), help));
  if (notes.length) view.append(make("ul", "fault-notes", ...notes.map((note) => make("li", "", note))));
  return view;
}

/**
 * A place in a file as a button that opens it; where no editor answers, its path to copy. A place outside of the
 * site's own files has no button.
 * @param {{ path: string, line?: number | null, column?: number | null, opens?: boolean }} place
 * @param {string} [beside]  what is said beside it
 * @param {boolean} [isShort]  whether the name of the file says enough
 * @returns {HTMLElement}
 */
export function placeView(place, beside = "", isShort = false) {
  const view = make("p", "place");
  const text = placeText(place);
  const note = beside ? [" ", make("span", "beside", beside)] : [];
  if (place.opens === false) {
    view.append(make("code", "", text), ...note);
    return view;
  }
  const opening = button(isShort ? text.slice(text.lastIndexOf("/") + 1) : text, async () => {
    opening.setAttribute("aria-busy", "true");
    const isOpen = await open({ path: place.path, line: place.line ?? null });
    opening.removeAttribute("aria-busy");
    if (!isOpen && !view.querySelector(".copy")) view.append(toCopy(text));
  }, "opens");
  opening.title = `Open ${text} in the editor`;
  view.append(opening, ...note);
  return view;
}

/** @param {string} text */
function toCopy(text) {
  const field = make("input");
  field.readOnly = true;
  field.value = text;
  field.setAttribute("aria-label", "The place in the file");
  field.addEventListener("focus", () => field.select());
  const said = make("span", "", "No editor could be opened. Copy the place:");
  said.setAttribute("role", "status");
  const copying = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(text);
      copying.textContent = "Copied";
    } catch {
      field.focus();
    }
  });
  return make("span", "copy", said, field, copying);
}
