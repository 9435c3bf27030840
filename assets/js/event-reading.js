// @ts-check
/**
 * Reading one row: by pointer or by keyboard, in words and as a hundred small figures.
 *
 * The rows lie as a list of options over the chart: one tab stop, arrows between them. The row that is
 * read stands in a panel below the chart, which stays in view while the list has the focus. What the panel says
 * is the name of the row's option, so that a screen reader says it once and no sooner than the reader gets there.
 */

import { drawn, element } from "./event-dom.js";
import { nameOf } from "./event-words.js";
import { _ } from "./language.js";

/** @typedef {import("./event-filter.js").FoundRow} FoundRow */
/** @typedef {import("./event-sentences.js").Reading} Reading */

const PAGE = 10;
const FIGURES = 100;
const IN_LINE = 10;
/** One small figure in a field of 10 by 10: a head and a body. */
const FIGURE = "m5 .8a1.6 1.6 0 1 1 0 3.2a1.6 1.6 0 1 1 0-3.2m-2.6 8.6v-2.6a2.6 2.6 0 0 1 5.2 0v2.6z";

/**
 * @typedef {object} Reader
 * @property {HTMLElement} list  lies over the chart
 * @property {HTMLElement} panel
 * @property {(rows: readonly FoundRow[], places: readonly { top: number, height: number }[], label: string) => void} show
 */

/**
 * @param {HTMLElement} canvas  where the pointer moves
 * @param {(found: FoundRow) => Reading} read
 * @param {(found: FoundRow) => string} figuresOf  in one line
 * @returns {Reader}
 */
export function reader(canvas, read, figuresOf) {
  const list = element("div", { className: "event-options", tabIndex: 0 });
  list.setAttribute("role", "listbox");
  const words = element("div", { className: "event-reading-words" });
  const arrays = element("div", { className: "event-arrays" });
  const panel = element("div", { className: "event-reading" }, words, arrays);
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", _("The health problem that you chose"));
  /** @type {{ rows: readonly FoundRow[], places: readonly { top: number, height: number }[], at: number }} */
  const now = { rows: [], places: [], at: -1 };

  /** @param {FoundRow} found */
  const inBrief = (found) => `${nameOf(found.row).full}, ${figuresOf(found)}`;
  /** @param {number} at @param {boolean} isInView  whether the row must be clear of the panel */
  const go = (at, isInView) => {
    const place = Math.min(now.rows.length - 1, Math.max(0, at));
    const [before, option] = [list.children[now.at], list.children[place]];
    if (before) describe(before, inBrief(now.rows[now.at]), false);
    now.at = place;
    if (!option) return;
    const reading = read(now.rows[place]);
    describe(option, `${reading.name}: ${reading.sentences.join(" ")}`, true);
    list.setAttribute("aria-activedescendant", option.id);
    fill(words, arrays, reading);
    if (!isInView) return;
    list.style.setProperty("--reading", `${panel.offsetHeight}px`);
    // Where the screen is too small for all of the panel, the keyboard must be able to scroll it.
    if (panel.scrollHeight > panel.clientHeight) panel.tabIndex = 0;
    else panel.removeAttribute("tabindex");
    option.scrollIntoView({ block: "nearest" });
  };

  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: now.at + 1, ArrowUp: now.at - 1, Home: 0, End: now.rows.length - 1, PageDown: now.at + PAGE, PageUp: now.at - PAGE };
    const at = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (at === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(at, true);
  });
  list.addEventListener("focus", () => go(Math.max(0, now.at), true));
  const placeOf = (/** @type {MouseEvent} */ event) => {
    const y = event.clientY - canvas.getBoundingClientRect().top;
    return now.places.findIndex(({ top, height }) => y >= top && y <= top + height);
  };
  canvas.addEventListener("pointermove", (event) => {
    const at = placeOf(event);
    if (at >= 0 && at !== now.at) go(at, false);
  });
  // A row that is clicked or tapped is read where it stands: the panel comes into view with the focus.
  canvas.addEventListener("click", (event) => {
    const at = placeOf(event);
    if (at < 0) return;
    list.focus({ preventScroll: true });
    go(at, true);
  });

  return {
    list,
    panel,
    show: (rows, places, label) => {
      const kept = now.rows[now.at]?.row;
      const at = rows.findIndex(({ row }) => row === kept);
      Object.assign(now, { rows, places, at: -1 });
      list.setAttribute("aria-label", label);
      list.removeAttribute("aria-activedescendant");
      list.replaceChildren(...rows.map((found, index) => optionOf(inBrief(found), places[index], index)));
      list.hidden = panel.hidden = !rows.length;
      if (rows.length) go(Math.max(0, at), false);
    },
  };
}

/**
 * @param {Element} option
 * @param {string} label
 * @param {boolean} isSelected
 */
function describe(option, label, isSelected) {
  option.setAttribute("aria-label", label);
  option.setAttribute("aria-selected", String(isSelected));
}

/**
 * @param {string} label
 * @param {{ top: number, height: number }} place
 * @param {number} index
 * @returns {HTMLElement}
 */
function optionOf(label, { top, height }, index) {
  const option = element("div", { id: `event-option-${index}` });
  option.setAttribute("role", "option");
  describe(option, label, false);
  option.style.top = `${top - 4}px`;
  option.style.height = `${height + 8}px`;
  return option;
}

/**
 * @param {HTMLElement} words
 * @param {HTMLElement} arrays
 * @param {Reading} reading
 */
function fill(words, arrays, reading) {
  const [first, ...others] = reading.sentences;
  const lead = element("strong", {}, reading.name);
  words.replaceChildren(element("p", {}, lead, `: ${first}`), ...others.map((text) => element("p", {}, text)));
  arrays.replaceChildren(...reading.arrays.map((array, index) => iconArray(array, index)));
  if (reading.arrays.length) arrays.append(element("p", { className: "event-array-note" }, _("Each figure is 1 of 100 people.")));
}

/**
 * @param {Reading["arrays"][number]} array
 * @param {number} index  of the group
 * @returns {HTMLElement}
 */
function iconArray({ title, filled, words }, index) {
  const paths = [figures(0, filled, `figure-filled figure-${index}`), figures(filled, FIGURES, "figure-empty")];
  const drawing = drawn("svg", { viewBox: "0 0 100 100", class: "event-array", role: "img", "aria-label": words, focusable: "false" }, ...paths);
  return element("figure", {}, drawing, ...(title ? [element("figcaption", {}, title)] : []));
}

/**
 * @param {number} from
 * @param {number} to
 * @param {string} className
 * @returns {SVGElement}
 */
function figures(from, to, className) {
  let path = "";
  for (let place = from; place < to; place += 1) path += `M${(place % IN_LINE) * 10} ${Math.floor(place / IN_LINE) * 10}${FIGURE}`;
  return drawn("path", { class: className, d: path });
}
