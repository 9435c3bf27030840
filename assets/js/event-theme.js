// @ts-check
/**
 * The colors and the font of the page, and a figure painted with them.
 *
 * The page's own tokens decide, in the light and in the dark; where the reader's system forces its colors, those do.
 */

/** @typedef {import("./event-figure.js").Figure} Figure */
/** @typedef {import("./event-figure.js").Part} Part */

/**
 * @typedef {object} Theme
 * @property {string} ink
 * @property {string} soft
 * @property {string} line
 * @property {string} track
 * @property {readonly string[]} bars  by group
 * @property {string} paper
 * @property {string} font
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
 * @param {HTMLElement} element  some element of the chart
 * @returns {Theme}
 */
export function readTheme(element) {
  const probe = document.createElement("span");
  probe.className = "event-chart-probe";
  element.append(probe);
  const style = getComputedStyle(probe);
  const isForced = matchMedia("(forced-colors: active)").matches;
  /** @param {string} token @param {string} forced @param {string} otherwise */
  const color = (token, forced, otherwise) => {
    probe.style.color = isForced ? forced : style.getPropertyValue(token).trim() || otherwise;
    return getComputedStyle(probe).color;
  };
  const theme = {
    ink: color("--ink", "CanvasText", "#111"),
    soft: color("--ink-soft", "CanvasText", "#444"),
    line: color("--line", "GrayText", "#bbb"),
    track: color("--bar-track", "Canvas", "#ddd"),
    bars: [color("--bar-first", "Highlight", "#0e7385"), color("--bar-second", "CanvasText", "#a85b16"), color("--bar-third", "LinkText", "#7a4f9e")],
    paper: color("--paper", "Canvas", "#fff"),
    font: style.getPropertyValue("--sans").trim() || "sans-serif",
  };
  probe.remove();
  return theme;
}

/**
 * @param {string} font  the family
 * @param {number} size  pixels
 * @returns {(text: string) => number} the width of a text in pixels
 */
export function measureIn(font, size) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return (text) => text.length * 8;
  context.font = `${size}px ${font}`;
  return (text) => context.measureText(text).width;
}

/**
 * Put the page's colors and font in the place of the template's.
 * @param {Figure} figure  stays as it is
 * @param {Theme} theme
 * @returns {{ data: Part[], layout: Part }}
 */
export function paint({ data, layout }, theme) {
  const hoverlabel = { ...layout.hoverlabel, bgcolor: theme.paper, bordercolor: theme.line };
  const soft = { color: theme.soft };
  return {
    data: data.map((trace) => paintTrace(trace, theme)),
    layout: {
      ...layout,
      font: { ...layout.font, family: theme.font, color: theme.ink },
      hoverlabel: { ...hoverlabel, font: { ...hoverlabel.font, color: theme.ink } },
      xaxis: {
        ...layout.xaxis,
        gridcolor: theme.line,
        zerolinecolor: theme.soft,
        tickfont: { ...layout.xaxis.tickfont, ...soft },
        title: { ...layout.xaxis.title, font: { ...layout.xaxis.title?.font, color: theme.ink } },
      },
    },
  };
}

/**
 * @param {Part} trace
 * @param {Theme} theme
 * @returns {Part}
 */
function paintTrace(trace, theme) {
  const role = /** @type {string} */ (trace.meta.role);
  if (trace.textfont) return { ...trace, textfont: { ...trace.textfont, color: role === "headings" ? theme.soft : theme.ink } };
  const color = { track: theme.track, second: theme.bars[1], third: theme.bars[2] }[role] ?? theme.bars[0];
  const marker = { ...trace.marker, color };
  if (role === "track") marker.line = { width: 1, color: theme.line };
  if (marker.pattern) marker.pattern = { ...marker.pattern, fgcolor: theme.track, bgcolor: color };
  return trace.error_x ? { ...trace, marker, error_x: { ...trace.error_x, color } } : { ...trace, marker };
}
