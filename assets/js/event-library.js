// @ts-check
/**
 * Loading what the explorer needs: the counts of the trial, and the chart library with its style sheet.
 * Everything comes from this site, once.
 */

import { readEvents } from "./event-data.js";
import { _ } from "./language.js";

/**
 * The one function of Plotly that is used.
 * @typedef {object} Plotly
 * @property {(element: HTMLElement, data: object[], layout: object, config: object) => Promise<unknown>} react
 */

const STYLE_ID = "plotly.js-style-global";
const EXPLORER_STYLE_ID = "explorer-style";
const STYLE_CLASS = "no-inline-styles";

/** @type {Map<string, Promise<import("./event-data.js").Events>>} */
const asked = new Map();

/**
 * @param {string} address
 * @returns {Promise<import("./event-data.js").Events>}
 */
export function loadEvents(address) {
  const known = asked.get(address);
  if (known) return known;
  const events = fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return readEvents(await answer.json(), (dictionary) => _("Term of {dictionary}", { dictionary }));
  });
  asked.set(address, events);
  events.catch(() => asked.delete(address));
  return events;
}

/**
 * Load the style sheet of the explorer, which no page needs before.
 * @param {HTMLElement} hook  names the file
 * @returns {Promise<void>}
 */
export async function loadStyles({ dataset: { styles } }) {
  if (!styles || document.getElementById(EXPLORER_STYLE_ID)) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", id: EXPLORER_STYLE_ID });
  await loaded(link, () => (link.href = styles));
}

/**
 * @param {HTMLElement} hook  names the files
 * @returns {Promise<Plotly>}
 */
export async function loadPlotly(hook) {
  const { plotly, plotlyIntegrity = "", plotlyCss } = hook.dataset;
  if (!plotly) throw new Error("the page names no chart library");
  if (plotlyCss && !document.getElementById(STYLE_ID)) {
    // Plotly finds this link by its id and class, and then adds no inline rule, which the page forbids.
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", id: STYLE_ID, className: STYLE_CLASS });
    await loaded(link, () => (link.href = plotlyCss));
  }
  if (!Reflect.get(window, "Plotly")) {
    const script = Object.assign(document.createElement("script"), { async: true, integrity: plotlyIntegrity });
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
