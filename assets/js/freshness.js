// @ts-check
/**
 * What of a page is no longer true on the reader's own day: said, hidden or counted anew.
 *
 * The rules are those of trialpages/model/freshness.py; both answer to tests/vectors/freshness.json. A
 * clock that runs before the page's own dates proves nothing and changes nothing.
 */

import { ago, earliest, latest, monthsLater, today } from "./dates.js";
import { _ } from "./language.js";

/**
 * Why the facts may be old, worst first.
 * @param {DOMStringMap} dates  of the status strip, which has each only where it matters
 * @param {string} now
 */
export function reasons({ retrieved, staleAfter, verified, primaryCompletion }, now) {
  const day = earliest(now);
  const age = retrieved ? day - latest(retrieved) : 0;
  const found = [];
  if (primaryCompletion && latest(primaryCompletion) < day) found.push("end_passed");
  if (age > 180) found.push("copy_very_old");
  if (verified && monthsLater(verified, 6) < day) found.push("not_confirmed");
  if (age > Number(staleAfter) && age <= 180) found.push("copy_old");
  return found;
}

/**
 * Whether facts are too old to act on.
 * @param {readonly string[]} found
 */
export const tooOld = (found) => found.includes("end_passed") || found.includes("copy_very_old");

/** @param {HTMLElement} strip */
export function start(strip) {
  const now = today();
  const day = earliest(now);
  /** @type {NodeListOf<HTMLTimeElement>} */
  const times = document.querySelectorAll("main time");
  if ([...times].some((time) => strip.contains(time) && earliest(time.dateTime) > day)) return;
  for (const time of times) if (earliest(time.dateTime) <= day) showAge(time, ago(time.dateTime, now));
  warn(strip, now);
  const spots = document.getElementById("spots-left");
  if (spots && latest(spots.dataset["until"] ?? "") < day) takeOut(spots);
  const line = document.querySelector("[data-progress]");
  if (line instanceof HTMLElement) showProgress(line, day);
}

/**
 * The first screen keeps room for it, so that nothing moves.
 * @param {HTMLTimeElement} time
 * @param {string} when
 */
function showAge(time, when) {
  const room = time.nextElementSibling;
  if (room?.classList.contains("ago")) room.textContent = _("That was {when}.", { when });
  else time.after(` (${when})`);
}

/**
 * Say on a page, the reader's or one that was fetched, what the day makes of its status.
 * @param {HTMLElement} strip
 * @param {string} now
 * @returns {boolean} whether the facts are too old to act on
 */
export function warn(strip, now) {
  const found = reasons(strip.dataset, now);
  const page = strip.ownerDocument;
  const warning = page.querySelector("[data-stale]");
  const reason = warning?.querySelector("span");
  if (!found.length || !warning || !reason) return tooOld(found);
  const wasOpen = strip.querySelector(".status.tone-open > span");
  for (const open of [strip, ...strip.querySelectorAll("*")]) open.classList.replace("tone-open", "tone-waiting");
  strip.querySelector("[data-doubt]")?.removeAttribute("hidden");
  if (warning.getAttribute("data-stale") !== found[0]) {
    const unsure = found.some((why) => !why.startsWith("copy"));
    const when = strip.dataset["retrieved"];
    reason.textContent = when ? _("These facts are from {when}.", { when: ago(when, now) }) : "";
    if (unsure) reason.append(" ", _("We do not know whether this trial still looks for people."));
  }
  warning.removeAttribute("hidden");
  const article = strip.closest("article");
  if (!tooOld(found) || !article || "tooOld" in article.dataset) return tooOld(found);
  article.dataset["tooOld"] = "";
  if (wasOpen) wasOpen.textContent = _("Was open when last checked");
  const step = strip.querySelector('[href="#contact"]');
  if (step) step.textContent = _("How to ask whether it is still open");
  if (reason.parentElement) page.querySelector("#contact [data-compare]")?.replaceChildren(reason.parentElement.cloneNode(true));
  return true;
}

/** @param {HTMLElement} section  goes off the page and out of the contents */
function takeOut(section) {
  section.hidden = true;
  for (const link of document.querySelectorAll(`.contents [href="#${section.id}"]`)) link.parentElement?.remove();
  const summary = document.querySelector(".contents-folded summary");
  const left = document.querySelectorAll(".contents-folded li").length;
  if (summary) summary.textContent = `${summary.textContent}`.replace(/\d+/, `${left}`);
}

/**
 * @param {HTMLElement} line  with a sentence that takes up the percent of this day
 * @param {number} day
 */
function showProgress(line, day) {
  const { progress = "", start: first = "", end = "" } = line.dataset;
  const percent = Math.floor(((day - earliest(first)) * 100) / (earliest(end) - earliest(first)));
  line.textContent = progress.replace("{percent}", `${percent}`);
  line.hidden = percent < 1 || percent > 99;
}
