// @ts-check
/**
 * The editor's panel: a tab at the lower edge of every previewed page, and the drawer that it opens. It says where
 * each block of the page stands in the files, how it reads, what is wrong with it, and why the page was made.
 */

import { marks, meanGrade } from "./facts.js";
import { goTo, outline } from "./outline.js";
import { blocksView, dependsView, driftView, elsewhereView, otherFaultsView, reasonView } from "./panel-parts.js";
import { button, make, redraw } from "./parts.js";
import { askPanel } from "./talk.js";

const KEY = "trialpages:preview:panel";

/** How long a closed panel waits for the next save before it asks what is known: the page itself comes first. */
const REST_MS = 500;

const LOST = "The preview does not answer. This page goes on by itself when it is there again.";
const NO_FACTS = "What is known of this page could not be loaded. It is asked for again with the next change.";

/** @typedef {import("./talk.js").State} State */
/** @typedef {import("./facts.js").PageFacts} PageFacts */

/**
 * @param {ShadowRoot} root
 * @returns {(state: State | null, isNew: boolean) => Promise<void>} shows what the server says; null: it says nothing
 */
export function panel(root) {
  const tab = button("", () => {
    turn(true);
    closing.focus();
  }, "tab");
  const closing = button("Close", () => turn(false), "close");
  tab.setAttribute("aria-controls", "drawer");
  const heading = make("h2", "", "Editor's panel");
  heading.id = "drawer-title";
  const title = make("p", "drawer-page");
  const progress = make("p", "progress");
  const trouble = make("p", "trouble");
  progress.hidden = trouble.hidden = true;
  const body = make("div", "drawer-body");
  const drawer = make("section", "drawer", make("header", "", heading, title, closing), progress, trouble, body);
  drawer.id = "drawer";
  drawer.setAttribute("aria-labelledby", heading.id);
  drawer.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      turn(false);
    }
  });
  root.append(drawer, tab);
  const mark = outline(root);

  /** @type {State | null} */
  let state = null;
  /** @type {PageFacts | null} */
  let facts = null;
  let when = "";
  let chosen = "";
  let drawn = "";
  let isLost = false;
  let asks = 0;

  /** @param {boolean} isOpen */
  const turn = (isOpen) => {
    const hadFocus = drawer.contains(root.activeElement);
    drawer.hidden = !isOpen;
    tab.setAttribute("aria-expanded", `${isOpen}`);
    keep(isOpen);
    if (!isOpen) choose("", null);
    if (hadFocus) tab.focus();
    draw();
  };
  /**
   * @param {string} id
   * @param {string | null} selector
   */
  const choose = (id, selector) => {
    chosen = id;
    if (selector) goTo(selector);
    mark(selector);
    draw();
  };
  const drawTab = () => {
    tab.replaceChildren(make("span", "tab-name", "Editor's panel"));
    const add = (/** @type {string} */ text, /** @type {string} */ tone) => tab.append(" ", make("span", `mark ${tone}`, text));
    if (isLost) add("the preview does not answer", "warning");
    if (!state) return;
    for (const { text, tone } of marks(state.faults, facts && meanGrade(facts.blocks))) add(text, tone);
    if (state.progress) add(state.progress, "plain");
  };
  const draw = () => {
    drawTab();
    say(isLost ? LOST : "");
    if (!state || drawer.hidden) return;
    title.textContent = facts?.page.title ?? "";
    progress.textContent = state.progress ? `The rest of the site is being made: ${state.progress}.` : "";
    progress.hidden = !state.progress;
    // What has not changed stays as the reader has it, under her fingers.
    const wanted = JSON.stringify([facts, state.faults, !state.progress, chosen, when]);
    if (wanted === drawn) return;
    drawn = wanted;
    if (!facts) return redraw(body, elsewhereView(state));
    const known = facts;
    redraw(
      body,
      make("div", "column", blocksView(known, chosen, (block) => (block.id === chosen ? choose("", null) : choose(block.id, block.at))), otherFaultsView(known, state.faults.here)),
      make("div", "column", driftView(known), reasonView(known, when), dependsView(known), elsewhereView(state)),
    );
  };
  /** @param {string} text */
  const say = (text) => {
    trouble.textContent = text;
    trouble.hidden = !text;
  };
  turn(kept());

  return async (next, isNew) => {
    isLost = !next;
    if (!next) return draw();
    const isMoved = next.version !== state?.version;
    state = next;
    if (isNew || !when) when = new Date().toLocaleTimeString("en-GB");
    draw();
    if (!isNew && !isMoved && facts) return;
    const turnOf = ++asks;
    if (facts && drawer.hidden) await new Promise((rested) => setTimeout(rested, REST_MS));
    if (turnOf !== asks) return;
    const asked = await askPanel().catch(() => null);
    if (turnOf !== asks) return;
    facts = asked ?? facts;
    draw();
    if (!asked) say(NO_FACTS);
  };
}

function kept() {
  try {
    return sessionStorage.getItem(KEY) === "open";
  } catch {
    return false;
  }
}

/** @param {boolean} isOpen */
function keep(isOpen) {
  try {
    if (isOpen) sessionStorage.setItem(KEY, "open");
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing shows each page with the panel closed.
  }
}
