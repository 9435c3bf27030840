// @ts-check
/**
 * The interactive chart of health problems, beside the table that every page already has.
 *
 * On a wide screen the chart comes by itself when its section is near and the browser is idle; on a
 * phone, or where the reader saves data, it comes on a tap. It stands after the table and never moves
 * or hides it, so that a script that fails, or a file that does not come, costs the reader nothing.
 *
 * Nothing is loaded from anywhere but this site, and nothing about the reader leaves the page.
 */

import { CONFIG, figure, paint } from "./event-figure.js";
import { capital, shownRows, summary } from "./event-rows.js";

/** @typedef {import("./event-rows.js").Events} Events */
/** @typedef {import("./event-rows.js").ShownRow} ShownRow */
/** @typedef {import("./event-figure.js").Theme} Theme */

/**
 * The one function of Plotly that is used.
 * @typedef {object} Plotly
 * @property {(element: HTMLElement, data: object[], layout: object, config: object) => Promise<unknown>} react
 */

const FIRST_ROWS = 25;
const MORE_ROWS = 100;
const STYLE_ID = "plotly.js-style-global";
const STYLE_CLASS = "no-inline-styles";

const hook = document.querySelector("[data-chart]");
if (hook instanceof HTMLElement) begin(hook);

/** @param {HTMLElement} hook */
function begin(hook) {
  const table = document.getElementById("side-effects-table");
  if (table && hook.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING) table.after(hook);
  if (comesByItself()) whenNear(hook, () => start(hook).catch(() => lost(hook)));
  else offer(hook);
}

const LOST = "The chart could not be loaded. The table has all the numbers.";

/**
 * Say in the place of the chart that it did not come.
 * @param {HTMLElement} hook
 */
function lost(hook) {
  const note = element("p", { className: "event-chart-status" });
  note.setAttribute("role", "status");
  hook.classList.add("event-chart");
  hook.replaceChildren(note);
  hook.hidden = false;
  note.textContent = LOST;
}

/** @returns {boolean} whether the screen is wide and the reader has not asked to save data */
function comesByItself() {
  const connection = /** @type {{ saveData?: boolean } | undefined} */ (Reflect.get(navigator, "connection"));
  return matchMedia("(min-width: 48rem)").matches && !connection?.saveData && !matchMedia("(prefers-reduced-data: reduce)").matches;
}

/**
 * @param {HTMLElement} hook
 * @param {() => void} act
 */
function whenNear(hook, act) {
  const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 200));
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      idle();
    },
    { rootMargin: "50% 0px" },
  );
  observer.observe(hook.parentElement ?? hook);
}

/**
 * Put a button in the place of the chart.
 * @param {HTMLElement} hook
 */
function offer(hook) {
  const button = element("button", { type: "button", className: "button quiet event-chart-offer" }, "Show the interactive chart");
  const note = element("p", { className: "event-chart-status" });
  note.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    button.setAttribute("aria-disabled", "true");
    note.textContent = "Loading the chart.";
    try {
      await start(hook);
      /** @type {HTMLElement | null} */ (hook.querySelector("input:checked, .event-chart-status"))?.focus();
    } catch {
      button.removeAttribute("aria-disabled");
      note.textContent = LOST;
    }
  });
  hook.classList.add("event-chart");
  hook.replaceChildren(button, note);
  hook.hidden = false;
}

/**
 * Load what the chart needs, and show it.
 * @param {HTMLElement} hook
 */
async function start(hook) {
  const [events, plotly] = await Promise.all([loadEvents(hook.dataset.chart ?? ""), loadPlotly(hook)]);
  await show(hook, events, plotly);
}

/**
 * @param {string} address
 * @returns {Promise<Events>}
 */
async function loadEvents(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/**
 * Load the chart library with its style sheet.
 * @param {HTMLElement} hook
 * @returns {Promise<Plotly>}
 */
async function loadPlotly(hook) {
  const { plotly, plotlyCss } = hook.dataset;
  if (!plotly) throw new Error("the page names no chart library");
  if (plotlyCss && !document.getElementById(STYLE_ID)) {
    // Plotly finds this link by its id and class, and then adds no inline rule, which the page forbids.
    const link = element("link", { rel: "stylesheet", id: STYLE_ID, className: STYLE_CLASS });
    await loaded(link, () => (link.href = plotlyCss));
  }
  if (!Reflect.get(window, "Plotly")) {
    const script = element("script", { async: true });
    await loaded(script, () => (script.src = plotly));
  }
  return Reflect.get(window, "Plotly");
}

/**
 * @param {HTMLElement} node
 * @param {() => void} begin
 * @returns {Promise<void>}
 */
function loaded(node, begin) {
  return new Promise((resolve, reject) => {
    node.addEventListener("load", () => resolve());
    node.addEventListener("error", () => {
      node.remove();
      reject(new Error("a file of the chart did not load"));
    });
    begin();
    document.head.append(node);
  });
}

/**
 * Build the controls and the chart, draw once out of sight, and only then show them.
 * @param {HTMLElement} hook
 * @param {Events} events
 * @param {Plotly} plotly
 */
async function show(hook, events, plotly) {
  const state = { chosen: groupsOfTable(events), limit: Number(hook.dataset.rowLimit) || FIRST_ROWS };
  const canvas = element("div", { className: "event-chart-figure" });
  const title = element("p", { className: "event-chart-title" });
  const key = element("ul", { className: "event-chart-key" });
  const status = element("p", { className: "event-chart-status", id: "side-effects-chart-status" });
  const more = element("button", { type: "button", className: "button quiet event-chart-more" });
  status.setAttribute("role", "status");
  canvas.setAttribute("role", "img");
  describe(canvas);

  let drawn = Promise.resolve();
  const draw = () => (drawn = drawn.then(() => redraw()).catch(() => void (status.textContent = LOST)));
  const redraw = async () => {
    const rows = shownRows(events, state.chosen);
    const shown = rows.slice(0, state.limit);
    const groups = state.chosen.map((place) => events.groups[place]);
    const titles = groups.map((group) => capital(group.title));
    const theme = readTheme(hook);
    const width = Math.floor(hook.clientWidth || hook.parentElement?.clientWidth || 320);
    const { template } = events;
    const made = paint(figure(template, shown, titles, width, measureIn(theme.font, template.sizes.font)), theme);
    await plotly.react(canvas, made.data, made.layout, CONFIG);
    // Plotly also keeps a drawing for measuring at the end of the page; neither has anything to read out.
    for (const drawing of canvas.querySelectorAll("svg")) drawing.setAttribute("aria-hidden", "true");
    document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true");
    const words = summary(rows, shown.length, groups);
    canvas.setAttribute("aria-label", `Bar chart from 0 to 100 percent. ${words}`);
    status.textContent = words;
    title.textContent = `Of every 100 people, how many had each health problem: ${titles.join(" and ")}`;
    key.replaceChildren(...(titles.length > 1 ? titles.map(keyItem) : []));
    const step = Math.min(MORE_ROWS, rows.length - shown.length);
    more.hidden = step <= 0;
    more.textContent = `Show ${step} more health ${step === 1 ? "problem" : "problems"} in the chart`;
  };

  more.addEventListener("click", () => {
    state.limit += MORE_ROWS;
    draw().then(() => more.hidden && status.focus());
  });
  status.tabIndex = -1;
  const controls = groupControls(events, state, draw);
  await redraw();
  hook.classList.add("event-chart");
  hook.replaceChildren(...controls, title, key, canvas, more, status);
  hook.hidden = false;
  await redraw();
  follow(hook, draw);
}

/**
 * The groups to begin with: those that the table shows, or else the one that the data name first.
 * @param {Events} events
 * @returns {number[]} places in `events.groups`, one or two
 */
function groupsOfTable(events) {
  const cells = document.querySelectorAll("#side-effects-table tbody tr:first-child td[data-group]");
  const titles = new Set([...cells].map((cell) => cell.getAttribute("data-group")?.toLowerCase()));
  const places = [...titles].map((title) => events.groups.findIndex((group) => group.title.toLowerCase() === title));
  return places.length === 2 && !places.includes(-1) ? places : [events.default_groups[0] ?? 0];
}

/**
 * Say in which table the chart's figures stand.
 * @param {HTMLElement} canvas
 */
function describe(canvas) {
  const table = document.getElementById("side-effects-table");
  const caption = table?.querySelector("caption");
  if (!table || !caption) return;
  caption.id ||= "side-effects-table-caption";
  canvas.setAttribute("aria-describedby", caption.id);
  canvas.setAttribute("aria-details", table.id);
}

/**
 * Draw again when the width, or light and dark, change.
 * @param {HTMLElement} hook
 * @param {() => void} draw
 */
function follow(hook, draw) {
  let width = hook.clientWidth;
  new ResizeObserver(() => {
    if (hook.clientWidth === width || !hook.clientWidth) return;
    width = hook.clientWidth;
    requestAnimationFrame(draw);
  }).observe(hook);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

/**
 * The choice of the group, or of the two groups, to show.
 * @param {Events} events
 * @param {{ chosen: number[] }} state
 * @param {() => void} draw
 * @returns {HTMLElement[]}
 */
function groupControls(events, state, draw) {
  if (events.groups.length < 2) return [];
  const labels = events.groups.map((group) => (group.num_at_risk ? `${capital(group.title)} (${group.num_at_risk} people)` : capital(group.title)));
  const first = radios("Show health problems of", "event-chart-first", labels, state.chosen[0], (place) => choose(place, state.chosen[1]));
  const others = ["No other group", ...labels];
  const second = radios("Compare with", "event-chart-second", others, (state.chosen[1] ?? -1) + 1, (place) => choose(state.chosen[0], place ? place - 1 : undefined));

  /**
   * @param {number} one
   * @param {number | undefined} two
   */
  function choose(one, two) {
    const kept = two === one ? undefined : two;
    state.chosen = kept === undefined ? [one] : [one, kept];
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (second.querySelectorAll("input"));
    inputs.forEach((input, place) => {
      close(input, place === one + 1);
      input.checked = kept === undefined ? place === 0 : place === kept + 1;
    });
    draw();
  }
  close(/** @type {HTMLInputElement} */ (second.querySelectorAll("input")[state.chosen[0] + 1]), true);
  return [first, second];
}

/**
 * Take a choice away, or give it back: a group is not compared with itself.
 * @param {HTMLInputElement} input
 * @param {boolean} closed
 */
function close(input, closed) {
  input.disabled = closed;
  if (input.parentElement) input.parentElement.hidden = closed;
}

/**
 * @param {string} legend
 * @param {string} name
 * @param {readonly string[]} labels
 * @param {number} checked
 * @param {(place: number) => void} act
 * @returns {HTMLElement}
 */
function radios(legend, name, labels, checked, act) {
  const items = labels.map((text, place) => {
    const input = element("input", { type: "radio", name, value: String(place), checked: place === checked });
    input.addEventListener("change", () => act(place));
    const label = element("label", {}, ` ${text}`);
    label.prepend(input);
    return label;
  });
  const set = element("fieldset", { className: "event-chart-controls" });
  set.append(element("legend", {}, legend), ...items);
  return set;
}

/**
 * @param {string} title
 * @param {number} index
 * @returns {HTMLElement} the group's name beside a piece of its bar
 */
function keyItem(title, index) {
  const item = element("li", {}, ` ${title}`);
  const swatch = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width: "24", height: "12", "aria-hidden": "true", focusable: "false" })) swatch.setAttribute(name, value);
  const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: "24", height: "12", class: index ? "bar-second" : "bar-first" })) bar.setAttribute(name, value);
  swatch.append(bar);
  item.prepend(swatch);
  return item;
}

/**
 * @param {HTMLElement} hook
 * @returns {Theme}
 */
function readTheme(hook) {
  const style = getComputedStyle(hook);
  /** @param {string} token @param {string} otherwise */
  const token = (token, otherwise) => style.getPropertyValue(token).trim() || otherwise;
  const ink = token("--ink", style.color || "#111");
  return {
    ink,
    soft: token("--ink-soft", ink),
    line: token("--line", "#bbb"),
    track: token("--bar-track", "#ddd"),
    bars: [token("--bar-first", "#0e7385"), token("--bar-second", "#a85b16")],
    paper: token("--paper", "#fff"),
    font: token("--sans", "sans-serif"),
  };
}

/**
 * @param {string} font  the family
 * @param {number} size  pixels
 * @returns {(text: string) => number}
 */
function measureIn(font, size) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 8;
  context.font = `${size}px ${font}`;
  return (text) => context.measureText(text).width;
}

/**
 * Make an element with properties, and text that is never read as markup.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} properties
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Name]}
 */
function element(name, properties, text) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  if (text) made.append(text);
  return made;
}
