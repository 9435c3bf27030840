// @ts-check
/**
 * The steps of a search in the history of the tab, so that Back and reload lead to the same list at the same place.
 *
 * A search that is still being typed is one step; one that was submitted or narrowed becomes a step of its
 * own. An entry of the history holds its address and `Step`, which says nothing about the reader.
 */

/**
 * @typedef {object} Step
 * @property {number} shown  how many trials were listed
 * @property {number} top  how far the page was scrolled
 * @property {boolean} exact  whether the words are to be read as they were typed
 * @property {boolean} settled  whether the reader has finished this search
 */

const REST_MS = 150;

/** @returns {Step} that of the present entry; what another page or hand wrote reads as a first step */
export function step() {
  const { shown, top, exact, settled } = Object(history.state);
  return {
    shown: Number.isInteger(shown) && shown > 0 ? shown : 0,
    top: Number.isFinite(top) ? top : 0,
    exact: exact === true,
    settled: settled === true,
  };
}

/**
 * Change what the present entry holds.
 * @param {Partial<Step>} changes
 */
export function note(changes) {
  history.replaceState({ ...step(), ...changes }, "");
}

/**
 * Enter a search. What is typed takes the place of what was being typed; a finished search stays a step behind it.
 * @param {string} address  with its `?`, or empty
 * @param {"typed" | "submitted" | "chosen"} how
 * @param {boolean} exact
 * @returns {boolean} whether it is another search than before
 */
export function enter(address, how, exact) {
  const before = step();
  const settled = how !== "typed";
  if (address === location.search && exact === before.exact) {
    if (settled) note({ settled });
    return false;
  }
  const next = { shown: 0, top: 0, exact, settled };
  const stays = how === "chosen" || (before.settled && location.search !== "");
  if (stays) history.pushState(next, "", address || location.pathname);
  else history.replaceState(next, "", address || location.pathname);
  return true;
}

/** Keep how far the page is scrolled, and leave it to the page to scroll back once its list stands. */
export function keepTop() {
  history.scrollRestoration = "manual";
  let rest = 0;
  const save = () => note({ top: Math.round(scrollY) });
  addEventListener("scroll", () => {
    clearTimeout(rest);
    rest = window.setTimeout(save, REST_MS);
  });
  addEventListener("popstate", () => clearTimeout(rest));
  addEventListener("pagehide", save);
}
