// @ts-check
/**
 * The rest of a long table: rows that the page left out, made from the data file when the reader asks.
 *
 * They go on in the order of the table and look like its own rows. A hundred come at a time.
 */

import { element, drawn } from "./event-dom.js";
import { foundRows } from "./event-filter.js";
import { loadEvents } from "./event-library.js";
import { share } from "./event-numbers.js";
import { initial } from "./event-state.js";
import { capital, nameOf, percentText } from "./event-words.js";
import { _, isEnglish, ngettext, number } from "./language.js";

/** @typedef {import("./event-data.js").Count} Count */
/** @typedef {import("./event-data.js").Events} Events */
/** @typedef {import("./event-filter.js").FoundRow} FoundRow */

const CHUNK = 100;

/**
 * Put the next rows into the table.
 * @param {HTMLElement} table  the element that holds it
 * @param {HTMLButtonElement} button  hidden when nothing is left
 * @param {string} address  of the data
 * @returns {Promise<string>} what to say about it
 */
export async function moreRows(table, button, address) {
  const events = await loadEvents(address);
  const body = table.querySelector("tbody");
  if (!body) return "";
  const shown = body.rows.length;
  const groups = groupsOfTable(table, events);
  const titles = groups.map((place) => capital(events.groups[place].title));
  const found = foundRows(events, initial(groups));
  const next = found.slice(shown, shown + CHUNK);
  const rows = next.map((row) => tableRow(row, titles));
  body.append(...rows);
  const left = found.length - shown - next.length;
  button.hidden = left <= 0;
  button.textContent = ngettext("Show more: {count} problem is left", "Show more: {count} problems are left", left);
  const first = rows[0]?.querySelector("th");
  if (first) {
    first.tabIndex = -1;
    first.focus();
  }
  return _("{shown} of {all} problems are in the table.", { shown: shown + next.length, all: found.length });
}

/**
 * The groups that the table shows, or else the one that the data name first.
 * @param {ParentNode} table
 * @param {Events} events
 * @returns {number[]} places in `events.groups`, one or two
 */
export function groupsOfTable(table, events) {
  const cells = table.querySelectorAll("tbody tr:first-child td[data-group]");
  const titles = new Set([...cells].map((cell) => cell.getAttribute("data-group")?.toLowerCase()));
  const places = [...titles].map((title) => events.groups.findIndex((group) => group.title.toLowerCase() === title));
  return places.length === 2 && !places.includes(-1) ? places : [events.defaultGroups[0] ?? 0];
}

/**
 * @param {FoundRow} found
 * @param {readonly string[]} titles
 * @returns {HTMLTableRowElement}
 */
function tableRow({ row, counts }, titles) {
  const head = element("th", { scope: "row" }, ...(row.layTerm || isEnglish() ? [nameOf(row).name] : [element("span", { lang: "en" }, nameOf(row).name)]));
  if (row.kind === "serious") head.append(" ", element("span", { className: "mark" }, _("Serious")));
  const detail = [row.layTerm ? capital(row.term) : "", row.organSystem].filter(Boolean).join(" · ");
  if (detail) head.append(element("small", isEnglish() ? {} : { lang: "en" }, detail));
  if (row.note) head.append(element("small", {}, row.note));
  return element("tr", {}, head, ...counts.map((count, index) => cell(count, titles[index], index)));
}

/**
 * @param {Count} count
 * @param {string} title  of the group
 * @param {number} index
 * @returns {HTMLTableCellElement}
 */
function cell(count, title, index) {
  const of = count?.[1] && count[0] !== null ? _("{affected} of {at_risk}", { affected: number(count[0]), at_risk: number(count[1]) }) : "";
  const made = element("td", {}, bar(share(count), index), element("span", { className: "count" }, of), " ");
  const text = percentText(count);
  made.append(element("strong", {}, share(count) === null ? capital(text) : text));
  made.dataset.group = title;
  return made;
}

/**
 * @param {number | null} of  a share
 * @param {number} index  of the group
 * @returns {SVGElement}
 */
function bar(of, index) {
  const track = drawn("rect", { class: "bar-track", width: "100%", height: 10 });
  const filled = of ? [drawn("rect", { class: index ? "bar-second" : "bar-first", width: `${(100 * of).toFixed(1)}%`, height: 10 })] : [];
  return drawn("svg", { class: "bar", width: "100%", height: 10, "aria-hidden": "true", focusable: "false" }, track, ...filled);
}
