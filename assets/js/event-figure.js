// @ts-check
/**
 * The chart of health problems as a Plotly figure: rows in, `data` and `layout` out.
 *
 * Every bar stands in a full track from 0 to 100, its name above it, its count at the end of the
 * track. The vertical axis counts pixels from the top, so that a long name may take two lines and the
 * rows still do not touch. Two groups differ by color and by stripes. No legend, no mode bar, no
 * zoom: nothing here catches the reader's scrolling. Pure functions: no page, no Plotly.
 */

import { wrap } from "./event-rows.js";

/** @typedef {import("./event-rows.js").ShownRow} ShownRow */

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
 * @property {Record<string, unknown>[]} data
 * @property {Record<string, unknown>} layout
 * @property {number} height  pixels
 */

/** Sizes in pixels. */
const FONT = 14;
const LINE = 20;
const BAR = 12;
const BAR_GAP = 6;
const ROW_GAP = 14;
const AXIS = 30;
const EDGE = 8;
const COUNT_GAP = 8;

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
 * Draw rows for one group or two.
 * @param {readonly ShownRow[]} rows
 * @param {readonly string[]} titles  of the groups
 * @param {Theme} theme
 * @param {number} width  pixels of the whole chart
 * @param {(text: string) => number} measure  the width of a text in pixels in the chart's font
 * @returns {Figure}
 */
export function figure(rows, titles, theme, width, measure) {
  const counts = rows.flatMap((row) => row.bars.map((bar) => measure(bar.count)));
  const right = Math.min(Math.ceil(Math.max(0, ...counts)) + COUNT_GAP + EDGE, Math.floor(width * 0.55));
  const plot = Math.max(40, width - EDGE - right);
  const places = place(rows, plot + right - EDGE, measure);
  const height = places.height + AXIS + EDGE;
  return {
    data: [...tracks(places, theme), ...titles.flatMap((title, index) => bars(rows, places, title, index, theme)), names(places, theme)],
    layout: layout(width, height, right, places.height, theme),
    height,
  };
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
 * @param {number} room  pixels for a name
 * @param {(text: string) => number} measure
 * @returns {Places}
 */
function place(rows, room, measure) {
  /** @type {Places} */
  const places = { lines: [], bars: [], height: 0 };
  let y = 0;
  for (const row of rows) {
    const named = row.detail ? `${row.name} (${row.detail})` : row.name;
    for (const text of wrap(named, room, measure)) {
      places.lines.push({ text, y: y + LINE / 2 });
      y += LINE;
    }
    places.bars.push(row.bars.map((_, index) => y + BAR / 2 + index * (BAR + BAR_GAP)));
    y += row.bars.length * (BAR + BAR_GAP) - BAR_GAP + ROW_GAP;
  }
  places.height = y;
  return places;
}

/**
 * @param {Places} places
 * @param {Theme} theme
 * @returns {Record<string, unknown>[]}
 */
function tracks(places, theme) {
  const y = places.bars.flat();
  const marker = { color: theme.track, line: { width: 0 } };
  return [{ type: "bar", orientation: "h", x: y.map(() => 100), y, width: BAR, hoverinfo: "skip", marker }];
}

/**
 * @param {readonly ShownRow[]} rows
 * @param {Places} places
 * @param {string} title
 * @param {number} index  0 for the first group, 1 for the second
 * @param {Theme} theme
 * @returns {Record<string, unknown>[]} the bars, and the counts at the end of their tracks
 */
function bars(rows, places, title, index, theme) {
  const own = rows.map((row) => row.bars[index]);
  const y = places.bars.map((row) => row[index]);
  const color = theme.bars[index];
  const stripes = { shape: "/", fillmode: "overlay", fgcolor: theme.track, bgcolor: color, size: 6, solidity: 0.3 };
  return [
    {
      type: "bar",
      orientation: "h",
      name: escape(title),
      x: own.map((bar) => bar.share),
      y,
      width: BAR,
      marker: { color, line: { width: 0 }, ...(index ? { pattern: stripes } : {}) },
      customdata: own.map((bar, at) => [escape(rows[at].name), escape(bar.count), escape(bar.inWords)]),
      // No <b> here: Plotly would set it as a style attribute, which the page's security policy forbids.
      hovertemplate: `%{customdata[0]}<br>${escape(title)}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>`,
    },
    {
      type: "scatter",
      mode: "text",
      x: own.map(() => 100),
      y,
      text: own.map((bar) => `  ${escape(bar.count)}`),
      textposition: "middle right",
      textfont: { color: theme.ink, size: FONT },
      cliponaxis: false,
      hoverinfo: "skip",
    },
  ];
}

/**
 * @param {Places} places
 * @param {Theme} theme
 * @returns {Record<string, unknown>}
 */
function names(places, theme) {
  return {
    type: "scatter",
    mode: "text",
    x: places.lines.map(() => 0),
    y: places.lines.map((line) => line.y),
    text: places.lines.map((line) => escape(line.text)),
    textposition: "middle right",
    textfont: { color: theme.ink, size: FONT },
    cliponaxis: false,
    hoverinfo: "skip",
  };
}

/**
 * @param {number} width
 * @param {number} height
 * @param {number} right
 * @param {number} inner  pixels between the first row and the axis
 * @param {Theme} theme
 * @returns {Record<string, unknown>}
 */
function layout(width, height, right, inner, theme) {
  return {
    width,
    height,
    margin: { l: EDGE, r: right, t: EDGE, b: AXIS, pad: 0 },
    barmode: "overlay",
    showlegend: false,
    dragmode: false,
    hovermode: "closest",
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: FONT, color: theme.ink },
    hoverlabel: { bgcolor: theme.paper, bordercolor: theme.line, font: { color: theme.ink, size: FONT }, align: "left" },
    xaxis: {
      range: [0, 100],
      tickvals: [0, 50, 100],
      ticktext: ["0", "50", "100 %"],
      tickfont: { color: theme.soft, size: FONT },
      gridcolor: theme.line,
      zeroline: false,
      fixedrange: true,
    },
    yaxis: { range: [inner, 0], visible: false, fixedrange: true },
  };
}

/**
 * Write a text so that Plotly, which reads a few tags, shows it as it is.
 * @param {string} text
 * @returns {string}
 */
export function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/%\{/g, "%&#123;");
}
