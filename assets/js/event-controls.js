// @ts-check
/**
 * The controls of the explorer: groups, what to compare, which rows, in which order.
 *
 * They are native fields with labels. What does not apply to a trial or to a choice is not offered.
 */

import { element } from "./event-dom.js";
import { MOST_GROUPS, sortsOf } from "./event-state.js";
import { groupLabel } from "./event-words.js";
import { _ } from "./language.js";

/** @typedef {import("./event-data.js").Events} Events */
/** @typedef {import("./event-state.js").State} State */
/** @typedef {import("./event-state.js").Choices} Choices */

/**
 * What the explorer puts on the page, and how it follows the state.
 * @typedef {object} Controls
 * @property {HTMLElement[]} elements
 * @property {(state: State) => void} show
 */

/**
 * @param {Events} events
 * @param {Choices} choices
 * @param {(change: Partial<State>) => void} change
 * @param {() => void} reset
 * @returns {Controls}
 */
export function controls(events, choices, change, reset) {
  const groups = events.groups.length > 1 ? groupFields(events, change) : null;
  const mode = events.groups.length > 1 ? modeField(change) : null;
  const filter = filterFields(choices, change);
  const clear = element("button", { type: "button", className: "quiet" }, _("Clear all choices"));
  clear.addEventListener("click", reset);
  const fields = element("div", { className: "event-fields" }, ...filter.elements, clear);
  const details = element("details", { className: "event-filter", open: matchMedia("(min-width: 48rem)").matches }, element("summary", {}, _("Filter and sort the problems")), fields);
  const parts = [groups, mode, filter];
  return {
    elements: [...(groups?.elements ?? []), ...(mode?.elements ?? []), details],
    show: (state) => parts.forEach((part) => part?.show(state)),
  };
}

/**
 * @param {Events} events
 * @param {(change: Partial<State>) => void} change
 * @returns {Controls}
 */
function groupFields(events, change) {
  const labels = events.groups.map(groupLabel);
  const names = [_("Show health problems of"), _("Compare with"), _("And with")];
  const choose = () => change({ groups: selects.map((select) => Number(select.value)).filter((place) => place >= 0) });
  const selects = names.slice(0, Math.min(MOST_GROUPS, labels.length)).map((_text, index) => {
    const select = element("select", {}, ...(index ? [option("-1", _("No other group"))] : []), ...labels.map((label, place) => option(String(place), label)));
    select.addEventListener("change", choose);
    return select;
  });
  const fields = selects.map((select, index) => labelled(names[index], select));
  return {
    elements: [element("div", { className: "event-fields" }, ...fields)],
    show: (state) => {
      selects.forEach((select, index) => {
        select.value = String(state.groups[index] ?? -1);
        for (const item of select.options) item.disabled = state.groups.includes(Number(item.value)) && item.value !== select.value;
        fields[index].hidden = index > state.groups.length || (index === 2 && state.mode === "difference");
      });
      // A difference needs its second group.
      if (selects[1]) selects[1].options[0].disabled = state.mode === "difference";
    },
  };
}

/**
 * @param {(change: Partial<State>) => void} change
 * @returns {Controls}
 */
function modeField(change) {
  return radios(_("What to show"), "event-mode", [["shares", _("How many people had each problem")], ["difference", _("The difference between two groups")]], (state) => state.mode, (mode) => change({ mode: /** @type {State["mode"]} */ (mode) }));
}

/**
 * @param {Choices} choices
 * @param {(change: Partial<State>) => void} change
 * @returns {Controls}
 */
function filterFields(choices, change) {
  const kindNames = { "": _("All"), serious: _("Serious"), other: _("Not serious"), unsorted: _("Not sorted by the source") };
  /** @type {Controls[]} */
  const parts = [];
  if (choices.kinds.length) {
    const entries = /** @type {[string, string][]} */ (/** @type {const} */ (["", ...choices.kinds]).map((kind) => [kind, kindNames[kind]]));
    parts.push(radios(_("Which problems"), "event-kind", entries, (state) => state.kind, (kind) => change({ kind: /** @type {State["kind"]} */ (kind) })));
  }
  parts.push(queryField(change), minimumField(change));
  if (choices.systems.length) {
    const select = element("select", {}, option("", _("All body systems")), ...choices.systems.map((name) => option(name, name)));
    select.addEventListener("change", () => change({ system: select.value }));
    parts.push({ elements: [labelled(_("Body system"), select)], show: (state) => void (select.value = state.system) });
  }
  parts.push(sortField(choices, change));
  return { elements: parts.flatMap((part) => part.elements), show: (state) => parts.forEach((part) => part.show(state)) };
}

/**
 * @param {(change: Partial<State>) => void} change
 * @returns {Controls}
 */
function queryField(change) {
  const input = element("input", { type: "search", autocomplete: "off", spellcheck: false });
  input.addEventListener("input", later(() => change({ query: input.value })));
  return {
    elements: [labelled(_("Find a problem"), input, _("Plain or medical words"))],
    show: (state) => void (state.query.trim() === input.value.trim() || (input.value = state.query)),
  };
}

/**
 * A number and a slider that say the same.
 * @param {(change: Partial<State>) => void} change
 * @returns {Controls}
 */
function minimumField(change) {
  const name = _("In at least this many of 100 people");
  const [input, range] = [element("input", { type: "number", min: "0", max: "100", step: "1", inputMode: "numeric" }), element("input", { type: "range", min: "0", max: "100", step: "1" })];
  range.setAttribute("aria-label", name);
  input.addEventListener("input", later(() => change({ min: Number(input.value) })));
  const slid = later(() => change({ min: Number(range.value) }));
  range.addEventListener("input", () => {
    input.value = range.value;
    slid();
  });
  const field = labelled(name, input);
  field.append(range);
  return {
    elements: [field],
    show: ({ min }) => {
      if (Number(input.value) !== min || (input.value === "" && document.activeElement !== input)) input.value = String(min);
      range.value = String(min);
    },
  };
}

/**
 * @param {Choices} choices
 * @param {(change: Partial<State>) => void} change
 * @returns {Controls}
 */
function sortField(choices, change) {
  const names = { frequency: _("Most frequent first"), difference: _("Largest difference first"), name: _("By name"), system: _("By body system") };
  const select = element("select");
  select.addEventListener("change", () => change({ sort: /** @type {State["sort"]} */ (select.value) }));
  return {
    elements: [labelled(_("Order"), select)],
    show: (state) => {
      select.replaceChildren(...sortsOf(state, choices).map((sort) => option(sort, names[sort])));
      select.value = state.sort;
    },
  };
}

/**
 * @param {string} legend
 * @param {string} name
 * @param {readonly (readonly [value: string, label: string])[]} entries
 * @param {(state: State) => string} valueOf
 * @param {(value: string) => void} act
 * @returns {Controls}
 */
function radios(legend, name, entries, valueOf, act) {
  const inputs = entries.map(([value]) => element("input", { type: "radio", name, value }));
  const labels = inputs.map((input, index) => {
    input.addEventListener("change", () => act(input.value));
    return element("label", {}, input, ` ${entries[index][1]}`);
  });
  const set = element("fieldset", { className: "event-radios" }, element("legend", {}, legend), ...labels);
  return { elements: [set], show: (state) => inputs.forEach((input) => (input.checked = input.value === valueOf(state))) };
}

let fields = 0;

/**
 * @param {string} text
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {string} [hint]
 * @returns {HTMLElement}
 */
function labelled(text, input, hint) {
  input.id = `event-field-${(fields += 1)}`;
  const label = element("label", { htmlFor: input.id }, text);
  if (hint) label.append(" ", element("small", {}, hint));
  return element("div", { className: "event-field" }, label, input);
}

/**
 * @param {string} value
 * @param {string} text
 * @returns {HTMLOptionElement}
 */
function option(value, text) {
  return element("option", { value }, text);
}

/**
 * Wait until the reader pauses.
 * @param {() => void} act
 * @returns {() => void}
 */
function later(act) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(act, 250);
  };
}
