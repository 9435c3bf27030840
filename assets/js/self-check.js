// @ts-check
/**
 * The self-check: the rules of a trial as questions that a reader answers for herself, and what the answers come to.
 *
 * Answers stay in this page. They go nowhere, stand in no address, and are kept on the device only while the
 * reader's tick says so. Where the rules are only in medical words, the reader ticks what to ask about instead,
 * and nothing is judged.
 */

import "./more-messages.js";
import { _, ngettext } from "./language.js";
import { rules } from "./self-check-list.js";
import { keep, read } from "./self-check-memory.js";
import { make, makeInput, textOf } from "./self-check-parts.js";
import { questions } from "./self-check-questions.js";
import { printSummary } from "./self-check-summary.js";
import { goodQuestions, ownQuestions, progressText, verdict, verdictText } from "./self-check-verdict.js";
import { root } from "./storage.js";

/** @typedef {import("./self-check-memory.js").Answers} Answers */

/**
 * What a self-check is about, whether it asks or lists.
 * @typedef {object} Subject
 * @property {readonly { key: string, first: HTMLElement, answer: () => string, set: (answer: string) => void }[]} asked
 * @property {string} intro
 * @property {string} printLabel
 * @property {string} clearLabel
 * @property {string} rememberLabel
 * @property {string} cleared
 * @property {string} restored
 * @property {() => readonly [string, string]} state  how far the reader is, and what that means
 * @property {() => string[]} toAsk
 * @property {() => import("./self-check-summary.js").Part[]} paper
 */

/**
 * @typedef {object} Check
 * @property {Subject} subject
 * @property {(note?: string) => void} refresh
 */

/** How long a reader pauses while typing. */
const TYPING_MS = 400;

/** @type {WeakMap<Element, Check>} */
const checks = new WeakMap();

/**
 * Turn the lists of an element into a self-check. A second call does nothing.
 * @param {HTMLElement} element
 */
export function start(element) {
  if (checks.has(element)) return;
  grow(element, () => {
    const subject = element.dataset.selfCheck === "list" ? listSubject(element) : questionSubject(element);
    if (subject.asked.length) run(element, subject);
  });
}

/**
 * The answers of a self-check so far.
 * @param {Element} element
 * @returns {Answers}
 */
export function answers(element) {
  const given = checks.get(element)?.subject.asked.map(({ key, answer }) => [key, answer()]) ?? [];
  return Object.fromEntries(given.filter(([, answer]) => answer));
}

/**
 * Give answers to a self-check that has started; those that fit none of its questions are dropped.
 * @param {Element} element
 * @param {Answers} given
 */
export function restore(element, given) {
  const check = checks.get(element);
  for (const { key, set } of check?.subject.asked ?? []) set(given[key] ?? "");
  check?.refresh();
}

/**
 * @param {HTMLElement} element
 * @param {Subject} subject
 */
function run(element, subject) {
  const { asked } = subject;
  const key = `trialpages:${root.pathname}:self-check:${document.querySelector("[data-trial]")?.getAttribute("data-trial")}`;
  const place = () => localStorage;
  const note = make("p");
  const progress = make("p", "small-heading");
  const meaning = make("p", "self-check-verdict");
  const status = make("div", "", note, progress, meaning);
  status.setAttribute("role", "status");
  const ask = make("div");
  const remember = makeInput("checkbox");
  const printing = make("button", "quiet", subject.printLabel);
  const clearing = make("button", "quiet", subject.clearLabel);
  printing.type = clearing.type = "button";

  const refresh = (said = "") => {
    const [far, means] = subject.state();
    say(note, said);
    say(progress, far);
    say(meaning, means);
    const own = subject.toAsk();
    ask.replaceChildren(...(own.length ? [make("h4", "", _("Your questions")), make("ul", "", ...own.map((text) => make("li", "", text)))] : []));
  };
  const store = () => {
    if (keep(place, key, remember.checked ? answers(element) : null)) return "";
    if (!remember.checked) return "";
    remember.checked = false;
    return _("This browser does not allow it, so nothing is kept.");
  };
  const hear = (/** @type {EventTarget | null} */ target) => refresh(remember.checked || target === remember ? store() : "");
  let waiting = 0;
  element.addEventListener("change", ({ target }) => {
    clearTimeout(waiting);
    hear(target);
  });
  // What is typed counts before the field is left: words that change under a click would move what it is meant for.
  element.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    if (target instanceof HTMLInputElement && target.type === "text") waiting = setTimeout(hear, TYPING_MS, target);
  });
  printing.addEventListener("click", () => printSummary(subject.paper()));
  clearing.addEventListener("click", () => {
    for (const { set } of asked) set("");
    remember.checked = false;
    store();
    refresh(subject.cleared);
    asked[0]?.first.focus();
  });

  element.classList.add("self-check");
  const lead = make("p", "", subject.intro);
  const caution = element.querySelector(":scope > p");
  if (caution) caution.after(lead);
  else element.prepend(lead);
  element.append(
    make(
      "div",
      "self-check-result",
      status,
      ask,
      make("p", "self-check-choices", printing, clearing),
      make("label", "self-check-rule", remember, make("span", "", subject.rememberLabel)),
      make("p", "hint", _("Leave this off if other people use this device.")),
    ),
  );
  checks.set(element, { subject, refresh });
  const kept = read(place, key, asked.map((one) => one.key));
  if (kept) {
    for (const { key, set } of asked) set(kept[key] ?? "");
    remember.checked = true;
  }
  refresh(kept ? subject.restored : "");
}

/**
 * @param {HTMLElement} element
 * @returns {Subject}
 */
function questionSubject(element) {
  const asked = questions(element);
  const more = element.dataset.moreRules !== undefined;
  const found = () => verdict(asked.map(({ judged }) => judged()));
  return {
    asked,
    intro: _("Answer what you can, for yourself or for someone you care for. Your answers stay on this device. We cannot see them."),
    printLabel: _("Print my answers"),
    clearLabel: _("Clear my answers"),
    rememberLabel: _("Remember my answers on this device"),
    cleared: _("Your answers are cleared."),
    restored: _("These are the answers that you kept on this device."),
    state: () => [progressText(found()), verdictText(found(), more)],
    toAsk: () => ownQuestions(found()),
    paper: () => [
      {
        heading: _("My answers"),
        rows: asked.map(({ judged }) => judged()).map(({ statement, said }) => [statement, said || _("Not answered")]),
      },
      {
        heading: _("What the answers may mean"),
        paragraphs: [verdictText(found(), more), textOf(element.querySelector(":scope > p"))].filter(Boolean),
      },
      { heading: _("Questions to ask"), items: [...ownQuestions(found()), ...generalQuestions()] },
    ],
  };
}

/**
 * @param {HTMLElement} element
 * @returns {Subject}
 */
function listSubject(element) {
  const asked = rules(element);
  const ticked = () => asked.filter(({ answer }) => answer());
  return {
    asked,
    intro: _("Tick the rules that you want to ask about. Then take the list to your doctor or the study team. It cannot tell you whether you can join. Your list stays on this device. We cannot see it."),
    printLabel: _("Print my list"),
    clearLabel: _("Clear my list"),
    rememberLabel: _("Remember my list on this device"),
    cleared: _("Your list is cleared."),
    restored: _("This is the list that you kept on this device."),
    state: () => [ngettext("{count} rule ticked.", "{count} rules ticked.", ticked().length), ""],
    toAsk: () => [],
    paper: () => [...lists(ticked()), { heading: _("Questions to ask"), items: generalQuestions() }],
  };
}

/**
 * The ticked rules as parts of the paper: one for each list, with the headings over a rule before it.
 * @param {readonly import("./self-check-list.js").Rule[]} ticked
 * @returns {import("./self-check-summary.js").Part[]}
 */
function lists(ticked) {
  return [...new Set(ticked.map(({ list }) => list))].map((list) => ({
    heading: list,
    items: ticked.filter((rule) => rule.list === list).map(({ headings, item }) => {
      const rule = document.createDocumentFragment();
      for (const heading of headings) rule.append(make("strong", "", heading), " ");
      rule.append(...item.cloneNode(true).childNodes);
      return rule;
    }),
  }));
}

/**
 * The good questions, and those of the page itself.
 * @returns {string[]}
 */
function generalQuestions() {
  return [...goodQuestions(), ...[...document.querySelectorAll("#contact .questions li")].map(textOf)];
}

/**
 * Put a text into a live region; the same text again is not said again.
 * @param {HTMLElement} element
 * @param {string} text
 */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Change an element that may stand above what the reader reads, without moving what she reads. The browser's
 * own way of doing that is put off meanwhile, since not every browser has one and two would add up.
 * @param {HTMLElement} element
 * @param {() => void} change
 */
function grow(element, change) {
  const page = document.documentElement;
  const box = (/** @type {Element} */ node) => node.getBoundingClientRect();
  const read = [...element.querySelectorAll("h3, h4, p, li")].find((node) => box(node).bottom > 0);
  const place = () => (read ? box(read).top : box(element).bottom);
  const before = place();
  page.classList.add("keeps-place");
  change();
  scrollBy({ top: place() - before, behavior: "instant" });
  requestAnimationFrame(() => requestAnimationFrame(() => page.classList.remove("keeps-place")));
}
