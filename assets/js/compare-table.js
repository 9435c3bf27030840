// @ts-check
/**
 * Trials side by side as a table: a column for each trial, a row for each fact, and room for notes on paper.
 *
 * On a narrow page the rows stack, so each cell names its trial, and the roles of the table are written out.
 */

import { comparedGroup, countWords, headline, problems } from "./compare-events.js";
import { share } from "./event-numbers.js";
import { groupLabel } from "./event-words.js";
import { _, language } from "./language.js";

/** @typedef {import("./compare-events.js").Cell} Cell */
/** @typedef {import("./compare-read.js").Fact} Fact */
/** @typedef {import("./compare-read.js").ReadTrial} ReadTrial */

/** How many problems stand in the table: fewer beside many trials, so that all fit one sheet of paper. */
const ROWS = { serious: 3, other: 7 };
const ROWS_OF_MANY = { serious: 2, other: 5 };

/**
 * @param {readonly ReadTrial[]} trials
 * @param {ReadonlyMap<string, Node>} nearest  what is said of the place nearest to the reader, by trial
 * @returns {HTMLTableElement}
 */
export function compareTable(trials, nearest) {
  const table = made("table", "comparison-table", "");
  table.classList.add(`trials-${trials.length}`);
  table.append(made("caption", "visually-hidden", _("Saved trials side by side")), head(trials), ...bodies(trials, nearest));
  for (const [selector, role] of ROLES) for (const element of table.querySelectorAll(selector)) element.setAttribute("role", role);
  table.setAttribute("role", "table");
  return table;
}

const ROLES = /** @type {const} */ ([
  ["thead, tbody", "rowgroup"],
  ["tr", "row"],
  ["th[scope=col]", "columnheader"],
  ["th[scope=row], th[scope=rowgroup]", "rowheader"],
  ["td", "cell"],
]);

/**
 * @param {readonly ReadTrial[]} trials
 * @returns {HTMLElement}
 */
function head(trials) {
  const row = made("tr", "", "");
  row.append(made("td", "", ""));
  for (const { id, title, address } of trials) {
    const cell = headerCell("col", "");
    const link = made("a", "", title);
    link.href = address;
    cell.append(link, made("small", "", id), made("small", "paper-only", address));
    row.append(cell);
  }
  return wrap("thead", [row]);
}

/**
 * @param {readonly ReadTrial[]} trials
 * @param {ReadonlyMap<string, Node>} nearest
 * @returns {HTMLElement[]}
 */
function bodies(trials, nearest) {
  /**
   * @param {string} label
   * @param {(trial: ReadTrial) => Node[]} content
   */
  const row = (label, content) => line(label, "", trials.map((trial) => ({ trial, nodes: content(trial) })));
  /** @param {Fact[]} facts */
  const facts = (...facts) => (/** @type {ReadTrial} */ trial) => facts.flatMap((fact) => trial.facts[fact]);
  const about = [
    row(_("Status"), facts("status", "checked")),
    row(_("Who it is for"), facts("who")),
    row(_("What is tested"), facts("purpose")),
    row(_("Phase"), facts("phase")),
    row(_("Time and visits"), facts("visits")),
    row(_("Key facts"), facts("facts")),
    row(_("Where"), (trial) => [...(nearest.has(trial.id) ? [/** @type {Node} */ (nearest.get(trial.id))] : []), ...trial.facts.places]),
    row(_("How to ask"), ({ tooOld, facts: { contact } }) => (tooOld ? [made("div", "", _("First check whether the trial is still open."))] : contact)),
    row(_("Who runs it"), facts("sponsor")),
    row(_("Results"), facts("results")),
  ];
  const notes = line(_("My notes"), "", trials.map((trial) => ({ trial, nodes: [made("span", "", "")] })));
  notes.className = "paper-only comparison-notes";
  const groups = [wrap("tbody", about)];
  if (trials.some(({ events }) => events)) groups.push(eventBody(trials));
  groups.push(wrap("tbody", [notes]));
  return groups;
}

/**
 * @param {readonly ReadTrial[]} trials
 * @returns {HTMLElement}
 */
function eventBody(trials) {
  const all = trials.map(({ events }) => events);
  const rowCounts = trials.length > 2 ? ROWS_OF_MANY : ROWS;
  /**
   * @param {string} name
   * @param {string} detail
   * @param {readonly Cell[]} cells
   */
  const row = (name, detail, cells) => line(name, detail, trials.map((trial, place) => ({ trial, nodes: cellNodes(cells[place]) })));
  /** @param {import("./compare-events.js").Problem} problem */
  const problemRow = ({ name, detail, cells }) => {
    const made = row(name, detail, cells);
    if (made.firstElementChild instanceof HTMLElement) inEnglish(made.firstElementChild);
    return made;
  };
  const rows = [
    heading(_("Health problems that people had"), _("The treatment may not have caused them. Trials differ in who takes part and for how long. Ask before you compare two numbers."), trials.length),
    line(_("Whose figures"), "", trials.map((trial) => ({ trial, nodes: whose(trial) }))),
    row(_("Any serious problem"), "", all.map((events) => headline(events, "serious"))),
    row(_("Deaths from any cause"), "", all.map((events) => headline(events, "deaths"))),
  ];
  const isUnsorted = all.some((events) => events?.rows.some((row) => !row.kind));
  const unsorted = isUnsorted ? _("If a source does not say which problems were serious, all of them stand here.") : "";
  const lists = /** @type {const} */ ([
    [_("Serious problems, the most frequent"), "", problems(all, "serious", rowCounts.serious)],
    [_("Other problems, the most frequent"), unsorted, problems(all, "other", rowCounts.other)],
  ]);
  for (const [title, note, found] of lists) {
    if (found.length) rows.push(heading(title, note, trials.length), ...found.map(problemRow));
  }
  return wrap("tbody", rows);
}

/**
 * Which group of which trial the figures are of.
 * @param {ReadTrial} trial
 * @returns {Node[]}
 */
function whose({ id, events, facts }) {
  const group = events?.groups[comparedGroup(events)];
  if (!events || !group) return [made("div", "unknown", _("no counts on the page"))];
  /** @type {Node[]} */
  const nodes = [inEnglish(made("div", "", groupLabel(group)))];
  if (events.groups.length > 1) nodes.push(made("small", "", _("One of {count} groups. The others are on the trial’s page.", { count: events.groups.length })));
  if (events.rows.length && events.rows.every((row) => !row.kind)) nodes.push(made("small", "", _("The source does not say which problems were serious.")));
  if (events.sourceTrial && events.sourceTrial !== id) nodes.unshift(made("strong", "", _("From another trial, {trial}.", { trial: events.sourceTrial })), ...facts.borrowed);
  return nodes;
}

/**
 * Names of groups and problems come from records in English.
 * @template {HTMLElement} Kind
 * @param {Kind} element
 * @returns {Kind}
 */
function inEnglish(element) {
  if (!language.startsWith("en")) element.lang = "en";
  return element;
}

/**
 * @param {Cell} [cell]
 * @returns {Node[]}
 */
function cellNodes({ counts, words } = { counts: [], words: "" }) {
  const nodes = counts.flatMap((count) => [bar(100 * (share(count) ?? 0)), made("div", "", countWords(count))]);
  return words ? [...nodes, made(counts.length ? "small" : "div", "unknown", words)] : nodes;
}

/**
 * @param {number} percent
 * @returns {SVGElement} a full track with the share in it
 */
function bar(percent) {
  const drawing = shape("svg", { class: "bar", width: "100%", height: "8", "aria-hidden": "true", focusable: "false" });
  drawing.append(shape("rect", { class: "bar-track", width: "100%", height: "8" }));
  if (percent > 0) drawing.append(shape("rect", { class: "bar-first", width: `${percent.toFixed(2)}%`, height: "8" }));
  return drawing;
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @returns {SVGElement}
 */
function shape(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

/**
 * @param {string} label
 * @param {string} detail
 * @param {readonly {trial: ReadTrial, nodes: readonly Node[]}[]} cells
 * @returns {HTMLTableRowElement}
 */
function line(label, detail, cells) {
  const row = made("tr", "", "");
  const header = headerCell("row", label);
  if (detail) header.append(made("small", "", detail));
  row.append(header);
  for (const { trial, nodes } of cells) {
    const cell = made("td", "", nodes.length ? "" : _("The page does not say."));
    if (!nodes.length) cell.className = "unknown";
    cell.setAttribute("data-group", trial.title);
    cell.append(...nodes);
    row.append(cell);
  }
  return row;
}

/**
 * @param {string} title
 * @param {string} detail
 * @param {number} columns
 * @returns {HTMLTableRowElement}
 */
function heading(title, detail, columns) {
  const row = made("tr", "comparison-heading", "");
  const cell = headerCell("rowgroup", title);
  cell.colSpan = columns + 1;
  if (detail) cell.append(made("small", "", detail));
  row.append(cell);
  return row;
}

/**
 * @param {string} scope
 * @param {string} text
 * @returns {HTMLTableCellElement}
 */
function headerCell(scope, text) {
  const cell = made("th", "", text);
  cell.scope = scope;
  return cell;
}

/**
 * @param {string} name
 * @param {readonly Node[]} children
 * @returns {HTMLElement}
 */
function wrap(name, children) {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function made(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
