// @ts-check
/**
 * The explorer of health problems: controls, chart, reading panel, and the address, in step with one state.
 *
 * It draws once out of sight and only then shows itself, so that a fault leaves the page as it was. At
 * most a hundred rows are drawn at once. After every change one line says what is shown.
 */

import { controls } from "./event-controls.js";
import { drawn, element, statusLine } from "./event-dom.js";
import { figure } from "./event-figure.js";
import { foundRows } from "./event-filter.js";
import { loadEvents, loadPlotly, loadStyles } from "./event-library.js";
import { reader } from "./event-reading.js";
import { figuresOf, readingOf, summary, titleOf } from "./event-sentences.js";
import { ANCHOR, changed, choicesOf, fromHash, initial, toHash } from "./event-state.js";
import { groupsOfTable } from "./event-table.js";
import { CONFIG, measureIn, paint, readTheme } from "./event-theme.js";
import { capital } from "./event-words.js";
import { _, ngettext } from "./language.js";

/** @typedef {import("./event-data.js").Events} Events */
/** @typedef {import("./event-library.js").Plotly} Plotly */
/** @typedef {import("./event-state.js").State} State */

const FIRST_ROWS = 25;
const MOST_ROWS = 100;

/**
 * Load what the explorer needs, and show it.
 * @param {HTMLElement} hook  the empty place of the chart
 */
export async function explore(hook) {
  const [events, plotly] = await Promise.all([loadEvents(hook.dataset.chart ?? ""), loadPlotly(hook), loadStyles(hook)]);
  // Between reading the library and drawing with it, the page can answer the reader.
  await new Promise((resume) => setTimeout(resume));
  await new Explorer(hook, events, plotly).begin();
}

class Explorer {
  /**
   * @param {HTMLElement} hook
   * @param {Events} events
   * @param {Plotly} plotly
   */
  constructor(hook, events, plotly) {
    this.hook = hook;
    this.events = events;
    this.plotly = plotly;
    this.choices = choicesOf(events);
    this.first = initial(groupsOfTable(document.getElementById("side-effects-table") ?? document, events));
    this.state = fromHash(location.hash, this.first, events, this.choices) ?? this.first;
    this.page = { from: 0, most: FIRST_ROWS };
    this.drawing = Promise.resolve();
    this.controls = controls(this.events, this.choices, (change) => this.change(change), () => this.reset());
    this.status = statusLine("event-chart-status");
    this.status.tabIndex = -1;
    this.title = element("p", { className: "event-chart-title" });
    this.key = element("ul", { className: "event-chart-key" });
    this.plot = element("div", { className: "event-chart-plot" });
    this.plot.setAttribute("role", "img");
    describe(this.plot);
    this.reader = reader(this.plot, (found) => readingOf(found, this.state.groups, this.events), (found) => figuresOf(found, this.state, this.events));
    this.width = 0;
    this.canvas = element("div", { className: "event-chart-figure" }, this.plot, this.reader.list);
    this.zoom = this.button(() => this.change({ zoom: !this.state.zoom }));
    this.more = this.button(() => this.turn({ from: this.page.from, most: MOST_ROWS }));
    this.back = this.button(() => this.turn({ from: Math.max(0, this.page.from - MOST_ROWS), most: MOST_ROWS }));
    this.next = this.button(() => this.turn({ from: this.page.from + MOST_ROWS, most: MOST_ROWS }));
    this.pager = element("p", { className: "event-pager" }, this.back, this.more, this.next);
  }

  /**
   * @param {() => void} act
   * @returns {HTMLButtonElement}
   */
  button(act) {
    const button = element("button", { type: "button", className: "quiet" });
    button.addEventListener("click", act);
    return button;
  }

  /** Draw out of sight, show, and follow what changes. */
  async begin() {
    await this.draw();
    this.hook.classList.add("event-chart");
    this.hook.replaceChildren(...this.controls.elements, this.status, this.title, this.key, this.zoom, this.canvas, this.reader.panel, this.pager);
    this.hook.hidden = false;
    if (this.room() !== this.width) await this.draw();
    this.follow();
  }

  /** @param {Partial<State>} change */
  change(change) {
    this.state = changed(this.state, change, this.events, this.choices);
    this.page = { from: 0, most: FIRST_ROWS };
    this.tell();
    this.redraw();
  }

  reset() {
    this.change(this.first);
    this.status.focus();
  }

  /** @param {{ from: number, most: number }} page */
  turn(page) {
    this.page = page;
    this.redraw().then(() => {
      this.status.focus({ preventScroll: true });
      this.status.scrollIntoView({ block: "nearest" });
    });
  }

  /** Write the choice into the address. The history keeps one entry for the page. */
  tell() {
    try {
      history.replaceState(history.state, "", toHash(this.state, this.first));
    } catch {
      // A browser may refuse when an address changes very often; the chart is right all the same.
    }
  }

  /** @returns {Promise<void>} when this and all earlier drawings are done */
  redraw() {
    this.drawing = this.drawing.then(() => this.draw()).catch(() => void (this.status.textContent = _("The chart could not be drawn. The table has all the numbers.")));
    return this.drawing;
  }

  /** @returns {number} pixels for the chart; those of the element around it as long as it is not shown */
  room() {
    return Math.floor(this.hook.clientWidth || this.hook.parentElement?.clientWidth || 320);
  }

  async draw() {
    const { events, state } = this;
    const found = foundRows(events, state);
    const rows = found.slice(this.page.from, this.page.from + this.page.most);
    const titles = state.groups.map((place) => events.groups[place].title);
    const theme = readTheme(this.hook.isConnected ? this.hook : document.body);
    const width = (this.width = this.room());
    const drawing = { rows, titles, isDifference: state.mode === "difference", zoom: state.zoom, systems: state.sort === "system" };
    const made = figure(events.template, drawing, { width, measure: measureIn(theme.font, events.template.sizes.font) });
    const painted = paint(made, theme);
    await this.plotly.react(this.plot, painted.data, painted.layout, CONFIG);
    // Plotly also keeps a drawing for measuring at the end of the page; neither has anything to read out.
    for (const svg of this.plot.querySelectorAll("svg")) svg.setAttribute("aria-hidden", "true");
    document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true");
    this.canvas.hidden = !rows.length;
    this.reader.show(rows, made.rows, _("Health problems in the chart. The arrow keys go from one to the next."));
    this.say(found, rows.length, titles);
  }

  /**
   * Say what is drawn, and offer what can follow.
   * @param {import("./event-filter.js").FoundRow[]} found
   * @param {number} shown
   * @param {readonly string[]} titles
   */
  say(found, shown, titles) {
    const { state, page } = this;
    const words = summary(this.events, state, found, { from: page.from, shown });
    if (this.status.textContent !== words) this.status.textContent = words;
    this.plot.setAttribute("aria-label", scaleWords(state, words));
    this.title.textContent = titleOf(this.events, state);
    this.key.hidden = titles.length < 2 || state.mode !== "shares";
    this.key.replaceChildren(...(titles.length > 1 && state.mode === "shares" ? titles.map(keyItem) : []));
    this.zoom.textContent = zoomWords(state);
    this.zoom.hidden = !shown;
    this.controls.show(state);
    const left = found.length - page.from - shown;
    const step = page.from ? 0 : Math.min(MOST_ROWS - shown, left);
    offer(this.more, page.most < MOST_ROWS ? step : 0, (count) => ngettext("Show {count} more health problem in the chart", "Show {count} more health problems in the chart", count));
    offer(this.next, page.most < MOST_ROWS ? 0 : Math.min(MOST_ROWS, left), (count) => ngettext("Next {count} health problem", "Next {count} health problems", count));
    offer(this.back, page.from, () => ngettext("Previous {count} health problem", "Previous {count} health problems", MOST_ROWS));
  }

  /** Draw again when the width, the colors or the address change. */
  follow() {
    new ResizeObserver(() => {
      if (!this.hook.clientWidth || this.room() === this.width) return;
      this.width = this.room();
      requestAnimationFrame(() => this.redraw());
    }).observe(this.hook);
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", () => this.redraw());
    window.addEventListener("hashchange", () => {
      const said = fromHash(location.hash, this.first, this.events, this.choices);
      // A link to the section says nothing of the choice: that stays, and the address says it again.
      if (!said && location.hash === ANCHOR) this.tell();
      if (!said) return;
      this.state = said;
      this.page = { from: 0, most: FIRST_ROWS };
      document.getElementById("side-effects")?.scrollIntoView();
      this.redraw();
    });
  }
}

/**
 * @param {HTMLButtonElement} button  hidden when there is nothing to offer
 * @param {number} count
 * @param {(count: number) => string} words
 */
function offer(button, count, words) {
  button.hidden = count <= 0;
  if (count > 0) button.textContent = words(count);
}

/**
 * @param {State} state
 * @param {string} words
 * @returns {string} the name of the chart as a picture
 */
function scaleWords({ mode, zoom }, words) {
  if (zoom) return _("Chart with a cut scale. {words}", { words });
  return mode === "difference" ? _("Chart of differences from 100 fewer to 100 more in 100 people. {words}", { words }) : _("Bar chart from 0 to 100 percent. {words}", { words });
}

/**
 * @param {State} state
 * @returns {string}
 */
function zoomWords({ mode, zoom }) {
  if (!zoom) return _("Zoom in: cut the scale where the figures end");
  return mode === "difference" ? _("Show the full scale, from 100 fewer to 100 more") : _("Show the full scale, from 0 to 100");
}

/**
 * Say in which table the chart's figures stand.
 * @param {HTMLElement} plot
 */
function describe(plot) {
  const table = document.getElementById("side-effects-table");
  const caption = table?.querySelector("caption");
  if (!table || !caption) return;
  caption.id ||= "side-effects-table-caption";
  plot.setAttribute("aria-describedby", caption.id);
  plot.setAttribute("aria-details", table.id);
}

/**
 * @param {string} title
 * @param {number} index
 * @returns {HTMLElement} the group's name beside a piece of its bar
 */
function keyItem(title, index) {
  const bar = drawn("rect", { width: 24, height: 12, class: ["bar-first", "bar-second", "bar-third"][index] });
  return element("li", {}, drawn("svg", { width: 24, height: 12, "aria-hidden": "true", focusable: "false" }, bar), ` ${capital(title)}`);
}
