// @ts-check
/**
 * The chart of health problems as a Plotly figure: the site's template and rows in, `data` and `layout` out.
 *
 * The template comes with the trial's data, made and checked where the site is built; this module fills
 * in arrays, names, sizes, and the colors of the page, and decides nothing else about the look. Every
 * bar stands in a full track from 0 to 100, its name above it, its count at the end of the track. The
 * vertical axis counts pixels from the top, so that a long name may take two lines and the rows still do
 * not touch. What is not reported has words and neither bar nor track. Pure functions: no page, no Plotly.
 */

import { capital, wrap } from "./event-rows.js";

/** @typedef {import("./event-rows.js").ShownRow} ShownRow */

/**
 * A part of a Plotly figure.
 * @typedef {{ [name: string]: any }} Part
 */

/**
 * What the site publishes to be filled: traces by role, the layout, and sizes in pixels.
 * @typedef {object} Template
 * @property {{ track: Part, first: Part, second: Part, counts: Part, names: Part }} traces
 * @property {Part} layout
 * @property {{ font: number, line: number, bar: number, bar_gap: number, row_gap: number, axis: number, edge: number, count_gap: number }} sizes
 */

/**
 * The colors and the font of the page.
 * @typedef {object} Theme
 * @property {string} ink
 * @property {string} soft
 * @property {string} line
 * @property {string} track
 * @property {readonly [string, string]} bars  first group, second group
 * @property {string} paper
 * @property {string} font
 */

/**
 * What Plotly draws.
 * @typedef {object} Figure
 * @property {Part[]} data
 * @property {Part} layout
 */

/** Plotly leaves its own bar out of the page: it holds links to other places and covers the first rows. */
export const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  showLink: false,
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
  responsive: false,
};

/**
 * Fill the template for one group or two.
 * @param {Template} template  stays as it is
 * @param {readonly ShownRow[]} rows
 * @param {readonly string[]} titles  of the groups
 * @param {number} width  pixels of the whole chart
 * @param {(text: string) => number} measure  the width of a text in pixels in the chart's font
 * @returns {Figure}
 */
export function figure(template, rows, titles, width, measure) {
  const { traces, sizes } = template;
  const places = place(rows, template, width - 2 * sizes.edge, measure);
  const whole = rows.flatMap((row) => row.bars.map((bar) => (bar.share === null ? null : 100)));
  /** @type {Part[]} */
  /** @type {Part[]} */
  const data = [{ ...traces.track, x: whole, y: places.bars.flat() }];
  titles.forEach((title, index) => {
    const bars = rows.map((row) => row.bars[index]);
    const y = places.bars.map((row) => row[index]);
    const own = index ? traces.second : traces.first;
    const customdata = rows.map((row) => hover(row, index, title));
    data.push({ ...own, name: escape(capital(title)), x: bars.map((bar) => bar.share), y, customdata });
    data.push({ ...traces.counts, x: y.map(() => 100), y, text: bars.map((bar) => `  ${bar.count}`) });
  });
  const text = places.lines.map((line) => escape(line.text));
  data.push({ ...traces.names, x: text.map(() => 0), y: places.lines.map((line) => line.y), text });
  return { data, layout: layout(template, rows, places, width, measure) };
}

/**
 * Where each row stands, in pixels from the top.
 * @typedef {object} Places
 * @property {{ text: string, y: number }[]} lines  of the names
 * @property {number[][]} bars  the middle of each bar, by row
 * @property {number} height
 */

/**
 * @param {readonly ShownRow[]} rows
 * @param {Template} template
 * @param {number} room  pixels for a name
 * @param {(text: string) => number} measure
 * @returns {Places}
 */
function place(rows, { sizes }, room, measure) {
  /** @type {Places} */
  const places = { lines: [], bars: [], height: 0 };
  const step = sizes.bar + sizes.bar_gap;
  let y = 0;
  for (const row of rows) {
    for (const text of wrap(label(row), room, measure)) {
      places.lines.push({ text, y: y + sizes.line / 2 });
      y += sizes.line;
    }
    const top = y + sizes.bar / 2;
    places.bars.push(row.bars.map((_, index) => top + index * step));
    y += row.bars.length * step - sizes.bar_gap + sizes.row_gap;
  }
  places.height = y;
  return places;
}

/**
 * @param {Template} template
 * @param {readonly ShownRow[]} rows
 * @param {Places} places
 * @param {number} width
 * @param {(text: string) => number} measure
 * @returns {Part}
 */
function layout(template, rows, places, width, measure) {
  const { layout, sizes } = template;
  const widest = Math.max(0, ...rows.flatMap((row) => row.bars.map((bar) => measure(bar.count))));
  const right = Math.min(Math.ceil(widest) + sizes.count_gap + sizes.edge, Math.floor(width * 0.55));
  return {
    ...structuredClone(layout),
    width,
    height: places.height + sizes.axis + sizes.edge,
    margin: { ...layout.margin, r: right },
    yaxis: { ...layout.yaxis, range: [places.height, 0] },
  };
}

/**
 * Put the page's colors and font in the place of the template's.
 * @param {Figure} figure  stays as it is
 * @param {Theme} theme
 * @returns {Figure}
 */
export function paint(figure, theme) {
  const { layout } = figure;
  const hoverlabel = { ...layout.hoverlabel, bgcolor: theme.paper, bordercolor: theme.line };
  return {
    data: figure.data.map((trace) => paintTrace(trace, theme)),
    layout: {
      ...layout,
      font: { ...layout.font, family: theme.font, color: theme.ink },
      hoverlabel: { ...hoverlabel, font: { ...hoverlabel.font, color: theme.ink } },
      xaxis: { ...layout.xaxis, gridcolor: theme.line, tickfont: { ...layout.xaxis.tickfont, color: theme.soft } },
    },
  };
}

/**
 * @param {Part} trace
 * @param {Theme} theme
 * @returns {Part}
 */
function paintTrace(trace, theme) {
  if (trace.textfont) return { ...trace, textfont: { ...trace.textfont, color: theme.ink } };
  const color = { track: theme.track, first: theme.bars[0], second: theme.bars[1] }[/** @type {string} */ (trace.meta.role)];
  const marker = { ...trace.marker, color };
  if (marker.pattern) marker.pattern = { ...marker.pattern, fgcolor: theme.track, bgcolor: color };
  return { ...trace, marker };
}

/**
 * @param {ShownRow} row
 * @returns {string} the name with what stands in brackets behind it
 */
function label(row) {
  return row.detail ? `${row.name} (${row.detail})` : row.name;
}

/**
 * @param {ShownRow} row
 * @param {number} index  of the group among those shown
 * @param {string} title  of that group
 * @returns {string} what a bar says when it is pointed at, in Plotly's markup
 */
function hover(row, index, title) {
  const bar = row.bars[index];
  const parts = [label(row), capital(title), bar.count, ...bar.inWords, row.organSystem];
  return parts.filter(Boolean).map(escape).join("<br>");
}

/**
 * Write a text so that Plotly, which reads a few tags, shows it as it is.
 * @param {string} text
 * @returns {string}
 */
export function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
