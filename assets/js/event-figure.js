// @ts-check
/**
 * The chart of health problems as a Plotly figure: the site's template and rows in, `data` and `layout` out.
 *
 * The template comes with the trial's data, made and checked where the site is built; this module fills
 * in arrays, names, sizes and ranges, and decides nothing else about the look. Every bar stands in a full
 * track, its name above it, its count at the end of the track. The vertical axis counts pixels from the
 * top, so that a long name may take two lines and the rows still do not touch. What is not reported has
 * words and neither bar nor track. Pure functions: no page, no Plotly.
 */

import { share } from "./event-numbers.js";
import { capital, countText, differenceInWords, moreOrFewer, nameOf, percent, shareInWords } from "./event-words.js";
import { _ } from "./language.js";

/** @typedef {import("./event-data.js").Count} Count */
/** @typedef {import("./event-filter.js").FoundRow} FoundRow */

/**
 * A part of a Plotly figure.
 * @typedef {{ [name: string]: any }} Part
 */

/** @typedef {"track" | "first" | "second" | "third" | "difference" | "counts" | "headings" | "names"} Role */
/** @typedef {"font" | "line" | "bar" | "bar_gap" | "row_gap" | "axis" | "axis_title" | "edge" | "count_gap"} Size */

/**
 * What the site publishes to be filled: traces by role, the layout, and sizes in pixels.
 * @typedef {{ traces: Record<Role, Part>, layout: Part, sizes: Record<Size, number> }} Template
 */

/**
 * What to draw.
 * @typedef {object} Drawing
 * @property {readonly FoundRow[]} rows
 * @property {readonly string[]} titles  of the shown groups
 * @property {boolean} isDifference
 * @property {boolean} zoom
 * @property {boolean} systems  whether each body system has a heading
 */

/**
 * What Plotly draws, and where each row stands in it.
 * @typedef {object} Figure
 * @property {Part[]} data
 * @property {Part} layout
 * @property {{ top: number, height: number }[]} rows  pixels from the top of the chart
 */

/** @typedef {{ width: number, measure: (text: string) => number }} Room  pixels of the chart, and of a text */
/** @typedef {{ low: number, high: number, title: string }} Scale */

const GROUP_ROLES = /** @type {const} */ (["first", "second", "third"]);

/**
 * Fill the template.
 * @param {Template} template  stays as it is
 * @param {Drawing} drawing
 * @param {Room} room
 * @returns {Figure}
 */
export function figure(template, drawing, room) {
  const { traces, sizes } = template;
  const scale = scaleOf(drawing);
  const margin = margins(template, drawing, scale, room);
  const places = place(drawing, sizes, room.width - margin.l - margin.r - 2, room);
  const data = drawing.isDifference ? differenceTraces(traces, drawing, places) : barTraces(traces, drawing, places, scale);
  const counts = drawing.rows.flatMap((found) => countsOf(found, drawing));
  data.push({ ...traces.counts, x: counts.map(() => scale.high), y: places.bars.flat(), text: counts.map((text) => `  ${escape(text)}`) });
  for (const role of /** @type {const} */ (["headings", "names"])) {
    const lines = places.lines.filter((line) => line.role === role);
    if (lines.length) data.push({ ...traces[role], x: lines.map(() => scale.low), y: lines.map((line) => line.y), text: lines.map((line) => escape(line.text)) });
  }
  return {
    data,
    layout: layout(template, drawing, scale, { width: room.width, height: places.height, margin }),
    rows: places.rows.map(({ top, height }) => ({ top: top + margin.t, height })),
  };
}

/**
 * @param {Record<Role, Part>} traces
 * @param {Drawing} drawing
 * @param {Places} places
 * @param {Scale} scale
 * @returns {Part[]}
 */
function barTraces(traces, { rows, titles }, places, scale) {
  const whole = rows.flatMap((found) => found.counts.map((count) => (share(count) === null ? null : scale.high)));
  /** @type {Part[]} */
  const data = [{ ...traces.track, x: whole, y: places.bars.flat() }];
  titles.forEach((title, index) => {
    data.push({
      ...traces[GROUP_ROLES[index]],
      name: escape(capital(title)),
      x: rows.map((found) => hundredths(share(found.counts[index]))),
      y: places.bars.map((row) => row[index]),
      customdata: rows.map((found) => hover(found, [capital(title), ...shareLines(found.counts[index])])),
    });
  });
  return data;
}

/**
 * @param {Record<Role, Part>} traces
 * @param {Drawing} drawing
 * @param {Places} places
 * @returns {Part[]}
 */
function differenceTraces(traces, { rows, titles }, places) {
  const error = traces.difference.error_x;
  return [
    {
      ...traces.difference,
      x: rows.map(({ difference }) => hundredths(difference?.value ?? null)),
      y: places.bars.map((row) => row[0]),
      error_x: {
        ...error,
        array: rows.map(({ difference }) => (difference ? 100 * (difference.high - difference.value) : 0)),
        arrayminus: rows.map(({ difference }) => (difference ? 100 * (difference.value - difference.low) : 0)),
      },
      customdata: rows.map((found) => hover(found, [...titles.map((title, index) => `${capital(title)}: ${countText(found.counts[index])}`), ...(found.difference ? differenceInWords(found.difference).split("; ").map(capital) : [])])),
    },
  ];
}

/**
 * What stands at the end of a row, one text for each of its bars.
 * @param {FoundRow} found
 * @param {Drawing} drawing
 * @returns {string[]}
 */
function countsOf(found, { isDifference }) {
  if (!isDifference) return found.counts.map(countText);
  return [found.difference ? moreOrFewer(found.difference.value) : _("not reported")];
}

/**
 * The scale, from 0 to 100 or from -100 to 100; when zoomed it ends at the next ten beyond the figures.
 * @param {Drawing} drawing
 * @returns {Scale}
 */
function scaleOf({ rows, isDifference, zoom }) {
  if (!zoom) return { low: isDifference ? -100 : 0, high: 100, title: "" };
  const parts = isDifference
    ? rows.flatMap(({ difference }) => (difference ? [difference.low, difference.high] : []))
    : rows.flatMap(({ counts }) => counts.map((count) => share(count) ?? 0));
  const low = isDifference ? Math.max(-100, 10 * Math.floor(10 * Math.min(0, ...parts))) : 0;
  const high = Math.min(100, Math.max(10, 10 * Math.ceil(10 * Math.max(0, ...parts) - 1e-9)));
  if (isDifference) return { low, high, title: _("The scale goes from {low} to {high}, not from 100 fewer to 100 more", { low: moreOrFewer(low / 100), high: moreOrFewer(high / 100) }) };
  return { low, high, title: _("The scale ends at {high}, not at {whole}", { high: percent(high), whole: percent(100) }) };
}

/**
 * Where everything stands, in pixels from the top of the plot.
 * @typedef {object} Places
 * @property {{ role: "names" | "headings", text: string, y: number }[]} lines
 * @property {number[][]} bars  the middle of each bar, by row
 * @property {{ top: number, height: number }[]} rows
 * @property {number} height
 */

/**
 * @param {Drawing} drawing
 * @param {Record<Size, number>} sizes
 * @param {number} width  pixels for a name
 * @param {Room} room
 * @returns {Places}
 */
function place({ rows, titles, isDifference, systems }, sizes, width, { measure }) {
  /** @type {Places} */
  const places = { lines: [], bars: [], rows: [], height: 0 };
  const [bars, step] = [isDifference ? 1 : titles.length, sizes.bar + sizes.bar_gap];
  let y = sizes.bar_gap;
  /** @param {"names" | "headings"} role @param {string} words */
  const write = (role, words) => {
    for (const text of wrap(words, width, measure)) {
      places.lines.push({ role, text, y: y + sizes.line / 2 });
      y += sizes.line;
    }
  };
  rows.forEach(({ row }, index) => {
    const system = row.organSystem || _("No body system named");
    if (systems && (index === 0 || rows[index - 1].row.organSystem !== row.organSystem)) write("headings", system);
    const top = y;
    write("names", nameOf(row).full);
    places.bars.push(Array.from({ length: bars }, (_unused, bar) => y + sizes.bar / 2 + bar * step));
    y += bars * step - sizes.bar_gap;
    places.rows.push({ top, height: y - top });
    y += sizes.row_gap;
  });
  places.height = y;
  return places;
}

/**
 * Room for the counts at the right, for half of the words at the left end, and for the title of a zoomed scale.
 * @param {Template} template
 * @param {Drawing} drawing
 * @param {Scale} scale
 * @param {Room} room
 * @returns {{ l: number, r: number, t: number, b: number, pad: number }}
 */
function margins({ layout, sizes }, drawing, scale, { width, measure }) {
  const widest = Math.max(0, ...drawing.rows.flatMap((found) => countsOf(found, drawing).map(measure)));
  const ends = drawing.isDifference ? [scale.low, scale.high].map((end) => Math.ceil(measure(tickText(end, true)) / 2)) : [0, 0];
  const right = Math.max(Math.ceil(widest) + sizes.count_gap, ends[1]) + sizes.edge;
  return {
    ...layout.margin,
    l: Math.max(sizes.edge, scale.low < 0 ? ends[0] : 0),
    r: Math.min(right, Math.floor(width * 0.55)),
    t: layout.margin.t + (scale.title ? sizes.axis_title : 0),
  };
}

/**
 * @param {Template} template
 * @param {Drawing} drawing
 * @param {Scale} scale
 * @param {{ width: number, height: number, margin: Part }} box
 * @returns {Part}
 */
function layout({ layout }, { isDifference }, scale, { width, height, margin }) {
  const ticks = isDifference ? [scale.low, 0, scale.high] : [0, scale.high / 2, scale.high];
  const tickvals = [...new Set(ticks)];
  return {
    ...structuredClone(layout),
    width,
    height: height + margin.t + margin.b,
    margin,
    xaxis: {
      ...layout.xaxis,
      range: [scale.low, scale.high],
      tickvals,
      ticktext: tickvals.map((value) => tickText(value, isDifference)),
      title: { ...layout.xaxis.title, text: scale.title },
      zeroline: isDifference,
    },
    yaxis: { ...layout.yaxis, range: [height, 0] },
  };
}

/**
 * @param {number} value
 * @param {boolean} isDifference
 * @returns {string}
 */
function tickText(value, isDifference) {
  if (value === 0) return "0";
  if (isDifference) return moreOrFewer(value / 100);
  return value === 50 ? "50" : percent(value);
}

/**
 * @param {Count} count
 * @returns {string[]} the lines that a bar says when it is pointed at
 */
function shareLines(count) {
  if (share(count) === null) return [countText(count)];
  const [affected, atRisk] = [Number(count?.[0]), Number(count?.[1])];
  return [countText(count), ...shareInWords(affected, atRisk).map(capital)];
}

/**
 * @param {FoundRow} found
 * @param {readonly string[]} lines
 * @returns {string} what is said where it is pointed at, in Plotly's markup
 */
function hover({ row }, lines) {
  return [nameOf(row).full, ...lines, row.organSystem].filter(Boolean).map(escape).join("<br>");
}

/**
 * @param {number | null} value
 * @returns {number | null} of 100, to two decimals
 */
function hundredths(value) {
  return value === null ? null : Math.floor(10_000 * value + 0.5) / 100;
}

/**
 * Break a text into lines that fit.
 * @param {string} text
 * @param {number} width  pixels
 * @param {(text: string) => number} measure  the width of a text in pixels
 * @returns {string[]} a single word that is too long stays whole
 */
export function wrap(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * Write a text so that Plotly, which reads a few tags, shows it as it is.
 * @param {string} text
 * @returns {string}
 */
export function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
