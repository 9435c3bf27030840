// @ts-check
/**
 * One page of paper to take along: the trial, the answers, what they may mean, what to ask, room for notes.
 *
 * It is made for the printer and taken away afterwards; the rest of the page stays off the paper.
 */

import { _ } from "./language.js";
import { make, textOf } from "./self-check-parts.js";

/** On the root while only the summary is to be printed. */
const PRINTS = "prints-self-check";

/**
 * @typedef {object} Part
 * @property {string} heading
 * @property {readonly (string | Node)[]} [paragraphs]
 * @property {readonly (readonly [string, string])[]} [rows]  statement and answer
 * @property {readonly (string | Node)[]} [items]
 */

/**
 * Print the summary alone.
 * @param {readonly Part[]} parts
 */
export function printSummary(parts) {
  remove();
  const root = document.documentElement;
  document.body.append(summary(parts));
  root.classList.add(PRINTS);
  addEventListener("afterprint", remove, { once: true });
  print();
}

/** The page as it was. */
function remove() {
  document.documentElement.classList.remove(PRINTS);
  document.querySelector(".self-check-summary")?.remove();
}

/**
 * @param {readonly Part[]} parts
 * @returns {HTMLElement}
 */
function summary(parts) {
  const number = document.querySelector("[data-trial]")?.getAttribute("data-trial") ?? "";
  const made = make(
    "section",
    "self-check-summary",
    make("h1", "", textOf(document.querySelector("h1"))),
    make("p", "", `${number} · ${location.origin}${location.pathname}`),
    make("p", "", _("Date:"), " ", make("span")),
  );
  for (const { heading, paragraphs = [], rows = [], items = [] } of parts) {
    made.append(make("h2", "", heading), ...paragraphs.map((text) => make("p", "", text)));
    if (rows.length) made.append(table(rows));
    if (items.length) made.append(make("ul", "", ...items.map((item) => make("li", "", item))));
  }
  made.append(make("h2", "", _("Notes")), make("div"));
  return made;
}

/**
 * @param {readonly (readonly [string, string])[]} rows
 * @returns {HTMLElement}
 */
function table(rows) {
  const body = make("tbody");
  for (const [statement, said] of rows) {
    const head = make("th", "", statement);
    head.scope = "row";
    body.append(make("tr", "", head, make("td", "", said)));
  }
  return make("table", "", body);
}
