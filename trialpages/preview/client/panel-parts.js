// @ts-check
/** The parts of the editor's panel, drawn from what the server knows of the page. */

import { counted, errorsElsewhere, gradeText } from "./facts.js";
import { faultView, placeView } from "./fault-view.js";
import { button, fold, make } from "./parts.js";
import { addressOf } from "./talk.js";

/** @typedef {import("./facts.js").PageFacts} PageFacts */
/** @typedef {import("./facts.js").Block} Block */
/** @typedef {import("./talk.js").State} State */

/**
 * @param {PageFacts} facts
 * @param {string} chosen  id of the block that is outlined
 * @param {(block: Block) => void} choose
 * @returns {HTMLElement}
 */
export function blocksView({ blocks, faults }, chosen, choose) {
  const list = make("ol", "blocks");
  for (const block of blocks) {
    const name = button(block.name, () => choose(block), "block-name");
    name.setAttribute("aria-pressed", `${block.id === chosen}`);
    name.title = "Show on the page";
    const item = make("li", `block level-${block.level}`, name, gradesView(block), placesView(block));
    item.append(...faults.filter(({ id }) => block.faults.includes(id)).map(faultView));
    list.append(item);
  }
  return part("Blocks of this page", blocks.length ? list : make("p", "quiet", "This page has no blocks to edit."));
}

/** @param {Block} block */
function gradesView({ grades }) {
  const view = make("div", "grades");
  for (const grade of grades) {
    const tone = { "too-hard": "error", hard: "warning", fine: "fine", "too-short": "quiet" }[grade.verdict];
    const said = make("span", `grade ${tone}`, gradeText(grade));
    view.append(grades.length > 1 ? make("p", "", make("span", "quiet", `${grade.name}: `), said) : make("p", "", said));
    if (grade.longest.length && (tone === "error" || tone === "warning")) {
      view.append(fold("Longest sentences", make("ul", "", ...grade.longest.map((sentence) => make("li", "", sentence)))));
    }
  }
  return view;
}

/** @param {Block} block */
function placesView({ sources, template }) {
  const view = make("div", "places");
  for (const source of sources) view.append(placeView(source, source.what, true));
  if (!sources.length && template) view.append(placeView(template, "", true));
  return view;
}

/**
 * Faults of the page that belong to no block, those too that the tab counts and the panel's facts do not name.
 * @param {PageFacts} facts
 * @param {State["faults"]["here"]} here
 */
export function otherFaultsView({ blocks, faults }, here) {
  const inBlocks = new Set(blocks.flatMap((block) => block.faults));
  const named = new Set(faults.map(({ id }) => id));
  const others = [...faults, ...here.filter(({ id }) => !named.has(id))].filter(({ id }) => !inBlocks.has(id));
  return others.length ? part("Also on this page", ...others.map(faultView)) : "";
}

/** @param {PageFacts} facts */
export function driftView({ drift }) {
  if (!drift) return "";
  const notes = drift.notes.map(({ text, path, line }) => make("li", "", text, ...(path ? [placeView({ path, line })] : [])));
  const view = part("The registry has moved on", make("p", "", drift.what), make("ul", "", ...notes));
  if (drift.help) view.append(make("p", "", drift.help));
  view.append(placeView(drift));
  return view;
}

/**
 * @param {PageFacts} facts
 * @param {string} when
 */
export function reasonView({ reason, made }, when) {
  const said = reason.said ? `${reason.said[0].toUpperCase()}${reason.said.slice(1)}.` : "Not made again since the preview began.";
  const view = part("Why it was made", make("p", "", said));
  if (reason.files.length) view.append(make("ul", "", ...reason.files.map((path) => make("li", "", placeView({ path })))));
  const state = made.is_provisional ? "What it shows of other trials may be a moment old." : "";
  view.append(make("p", "quiet", [`Shown since ${when}.`, `${counted(Math.ceil(made.bytes / 1000), "kB", "kB")} of HTML.`, state].filter(Boolean).join(" ")));
  return view;
}

/** @param {PageFacts} facts */
export function dependsView({ depends }) {
  const { files, shared, templates, trials, trials_hidden: hidden, settings } = depends;
  const view = part("What it depends on");
  const places = (/** @type {readonly { path: string, what?: string, line?: number | null }[]} */ list) =>
    make("ul", "", ...list.map((each) => make("li", "", ...(each.what ? [each.what] : []), placeView(each))));
  if (files.length) view.append(fold(counted(files.length, "file of its own", "files of its own"), places(files)));
  if (shared.length) view.append(fold(counted(shared.length, "shared file"), places(shared)));
  if (templates.length) view.append(fold(counted(templates.length, "template"), places(templates)));
  if (settings.length) view.append(fold(counted(settings.length, "setting"), places(settings)));
  if (trials.length) {
    const links = trials.map(({ id, title, url, why }) => {
      const link = make("a", "", title || id);
      link.href = addressOf(url);
      return make("li", "", link, ` (${why})`);
    });
    if (hidden) links.push(make("li", "quiet", `and ${counted(hidden, "more trial")}`));
    view.append(fold(counted(trials.length + hidden, "other trial"), make("ul", "", ...links)));
  }
  return view;
}

/**
 * Faults of other pages; while the site is still being read or made, there may be more.
 * @param {State} state
 */
export function elsewhereView({ faults, progress }) {
  const errors = errorsElsewhere(faults);
  const { elsewhere, hidden } = faults;
  if (!elsewhere.length) return part("Elsewhere", make("p", "quiet", progress ? "No errors found so far." : "No errors in other pages."));
  const list = make("ul", "elsewhere", ...elsewhere.map((fault) => make("li", "", make("strong", `severity ${fault.severity}`, fault.severity), ` ${fault.what}`, placeView(fault, fault.code))));
  if (hidden) list.append(make("li", "quiet", `and ${counted(hidden, "more", "more")}`));
  return part("Elsewhere", fold(errors ? `${counted(errors, "error")} elsewhere` : `${counted(elsewhere.length + hidden, "remark")} elsewhere`, list));
}

/**
 * @param {string} title
 * @param {...(Node | string)} content
 */
function part(title, ...content) {
  return make("section", "part", make("h3", "", title), ...content);
}
