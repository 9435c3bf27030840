// @ts-check
/**
 * The reader's view of a page, brought over a reload: where she reads, what she opened, where the focus is, what
 * she answered. It lies in this tab's storage between the two pages only, and is taken out when it is read.
 */

import { remembered, returnTo } from "./anchor.js";

const KEY = "trialpages:preview:view";
const SELF_CHECK = "[data-self-check]";

/** How long the page may still grow above the reader after a reload, as long as she does nothing herself. */
const SETTLING_MS = 2000;

/**
 * @typedef {object} View
 * @property {string} address
 * @property {import("./anchor.js").Piece[]} pieces
 * @property {number} scroll
 * @property {Record<string, boolean>} folds  which are open, by key
 * @property {string} focus  key of the element that has the focus
 * @property {Record<string, string>} answers  of the self-check
 */

/** @typedef {typeof import("../../../assets/js/self-check.js")} SelfCheck */

/**
 * Load the page again so that the reader finds it as it was.
 * @returns {Promise<never>} never fulfilled: nothing may happen on a page that goes
 */
export async function reload() {
  const view = {
    address: location.pathname,
    pieces: scrollY > 0 ? remembered() : [],
    scroll: scrollY,
    folds: Object.fromEntries(keyed("details").map(([key, fold]) => [key, fold.hasAttribute("open")])),
    focus: focusKey(),
    answers: await answered(),
  };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(view));
    history.scrollRestoration = "manual";
  } catch {
    // A browser that keeps nothing loads the page from its top.
  }
  location.reload();
  return new Promise(() => {});
}

/** Bring back the view that a reload has left, if there is one for this page. */
export async function restore() {
  const view = taken();
  history.scrollRestoration = "auto";
  if (view?.address !== location.pathname) return;
  for (const [key, fold] of keyed("details")) if (key in view.folds) fold.toggleAttribute("open", view.folds[key]);
  const back = () => returnTo(view.pieces) || scrollTo({ top: view.scroll, behavior: "instant" });
  back();
  if (view.scroll > 0) keepBack(back);
  await giveAnswers(view.answers);
  focusAgain(view.focus);
}

/**
 * Come back again whenever the page grows above the reader, until she moves herself.
 * @param {() => void} back
 */
function keepBack(back) {
  const observer = new ResizeObserver(back);
  const controller = new AbortController();
  const end = () => {
    observer.disconnect();
    controller.abort();
  };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, end, { signal: controller.signal, passive: true });
  observer.observe(document.body);
  setTimeout(end, SETTLING_MS);
}

/** @returns {View | null} */
function taken() {
  try {
    const text = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Elements with a key by which a new version of the page knows them: the closest identity above, and what they say.
 * @param {string} selector
 * @returns {[string, HTMLElement][]}
 */
function keyed(selector) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.body.querySelectorAll(selector))].map((element) => {
    const above = element.parentElement?.closest("[id]")?.id ?? "";
    const said = element.id || (element.querySelector("summary") ?? element).textContent?.replace(/[\d\s]+/g, " ").trim().slice(0, 80);
    const key = [element.localName, above, said, element.getAttribute("name") ?? "", element.getAttribute("value") ?? ""].join("|");
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    return [`${key}|${nth}`, element];
  });
}

const FOCUSABLE = "a[href], button, summary, input, select, textarea, [tabindex]";

/** @returns {string} empty where nothing has the focus */
function focusKey() {
  const active = document.activeElement;
  return keyed(FOCUSABLE).find(([, element]) => element === active)?.[0] ?? "";
}

/** @param {string} key */
function focusAgain(key) {
  if (!key || (document.activeElement && document.activeElement !== document.body)) return;
  keyed(FOCUSABLE).find(([other]) => other === key)?.[1].focus({ preventScroll: true });
}

/** @returns {Promise<Record<string, string>>} the answers of a self-check that has begun */
async function answered() {
  const element = document.querySelector(`${SELF_CHECK}.self-check`);
  const module = element && (await selfCheck());
  return module ? module.answers(element) : {};
}

/** @param {Record<string, string>} answers */
async function giveAnswers(answers) {
  const element = document.querySelector(SELF_CHECK);
  if (!(element instanceof HTMLElement) || !Object.keys(answers).length) return;
  const module = await selfCheck();
  module?.start(element);
  module?.restore(element, answers);
}

/**
 * The module of the page's self-check, the same that the page itself uses; it lies beside the page's entry.
 * @returns {Promise<SelfCheck | null>}
 */
async function selfCheck() {
  const entry = /** @type {HTMLScriptElement | null} */ (document.querySelector("head script[type=module][src]"));
  if (!entry) return null;
  try {
    return await import(new URL("self-check.js", entry.src).href);
  } catch {
    return null;
  }
}
