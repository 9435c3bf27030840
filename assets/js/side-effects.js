// @ts-check
/**
 * The way to the explorer of health problems, beside the table that every page already has.
 *
 * On a wide screen the explorer comes by itself when its section is near and the browser is idle; on a
 * phone, or where the reader saves data, it comes on a tap. It stands after the table and never moves
 * or hides it, so that a script that fails, or a file that does not come, costs the reader nothing.
 * Nothing is loaded from anywhere but this site, and nothing about the reader leaves the page.
 */

import "./more-messages.js";
import { element, statusLine } from "./event-dom.js";
import { _ } from "./language.js";

/**
 * Offer the explorer, or begin to load it.
 * @param {HTMLElement} hook  the empty place of the chart
 */
export function start(hook) {
  const table = document.getElementById("side-effects-table");
  if (table && hook.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING) table.after(hook);
  if (table) offerRows(table, hook.dataset.chart ?? "");
  if (comesByItself()) whenNear(hook, () => show(hook).catch(() => lost(hook)));
  else offer(hook);
}

/** @param {HTMLElement} hook */
async function show(hook) {
  const { explore } = await import("./event-explorer.js");
  await explore(hook);
}

/** @returns {string} */
const lostText = () => _("The chart could not be loaded. The table has all the numbers.");

/**
 * Say in the place of the chart that it did not come.
 * @param {HTMLElement} hook
 */
function lost(hook) {
  const note = statusLine("event-chart-status");
  hook.classList.add("event-chart");
  hook.replaceChildren(note);
  hook.hidden = false;
  note.textContent = lostText();
}

/** @returns {boolean} whether the screen is wide and the reader has not asked to save data */
function comesByItself() {
  const connection = /** @type {{ saveData?: boolean } | undefined} */ (Reflect.get(navigator, "connection"));
  return matchMedia("(min-width: 48rem)").matches && !connection?.saveData && !matchMedia("(prefers-reduced-data: reduce)").matches;
}

/**
 * @param {HTMLElement} hook
 * @param {() => void} act
 */
function whenNear(hook, act) {
  const idle = () => ("requestIdleCallback" in window ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 200));
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      idle();
    },
    { rootMargin: "50% 0px" },
  );
  observer.observe(hook.parentElement ?? hook);
}

/**
 * Put a button in the place of the chart.
 * @param {HTMLElement} hook
 */
function offer(hook) {
  const button = element("button", { type: "button", className: "button quiet event-chart-offer" }, _("Show the interactive chart"));
  const note = statusLine("event-chart-status");
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    note.textContent = _("Loading the chart.");
    try {
      await show(hook);
      /** @type {HTMLElement | null} */ (hook.querySelector("select, summary, [role=listbox]"))?.focus();
    } catch {
      button.removeAttribute("aria-disabled");
      note.textContent = lostText();
    }
  });
  hook.classList.add("event-chart");
  hook.replaceChildren(button, note);
  hook.hidden = false;
}

/**
 * Let the button below a long table bring the rows that the page left out.
 * @param {HTMLElement} table
 * @param {string} address
 */
function offerRows(table, address) {
  const button = table.querySelector("[data-more-rows]");
  if (!(button instanceof HTMLButtonElement) || !button.hidden) return;
  button.hidden = false;
  const note = statusLine("event-chart-status");
  button.after(note);
  button.addEventListener("click", async () => {
    try {
      const { moreRows } = await import("./event-table.js");
      note.textContent = await moreRows(table, button, address);
    } catch {
      note.textContent = _("The rows could not be loaded. The full table has them all.");
    }
  });
}
