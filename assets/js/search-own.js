// @ts-check
/**
 * What readers say of themselves: age and place. Both stay on the page; a box asks this tab to keep them.
 */

import { readAge, writeAge } from "./search-form.js";
import { keeps } from "./search-page.js";
import { keep, kept } from "./search-memory.js";

/**
 * Take up what was kept, keep what the box asks for, and ask for the place when its part of the form is opened.
 * @param {import("./search-session.js").Session} session
 * @param {HTMLInputElement} box
 * @param {HTMLDetailsElement | null} fold  where the place is asked for
 */
export async function start(session, box, fold) {
  const age = kept("age");
  if (age) writeAge(age);
  if (age) box.checked = true;
  session.keepAge = (years) => keep("age", box.checked ? years : null);
  session.keepAge(readAge());
  box.addEventListener("change", () => session.keepAge(readAge()));
  if (!fold) return;
  let isReady = false;
  const ask = async () => {
    const { askPlace } = await import("./search-place.js");
    session.forgetPlace = askPlace(fold, box, (around) => {
      session.around = around;
      if (isReady) void session.update("chosen");
    });
  };
  const isKept = keeps(() => sessionStorage, /:place$/);
  if (fold.open || isKept) await ask();
  else fold.addEventListener("toggle", () => void ask().catch(() => session.view?.failIn(fold)), { once: true });
  if (isKept) fold.open = true;
  isReady = true;
}
