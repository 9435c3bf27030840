// @ts-check
/**
 * What a trial's own page says, fetched from this site and read without running it.
 *
 * The words are the page's words, so they are in the page's language. Elements are made anew from a
 * short list of harmless kinds; what the page hides or folds stays there. Links lead to where they led.
 */

import { today } from "./dates.js";
import { readEvents } from "./event-data.js";
import { warn } from "./freshness.js";
import { isTrial, root } from "./storage.js";

/** @typedef {import("./compare-events.js").TrialEvents} TrialEvents */

/**
 * @typedef {"status" | "checked" | "phase" | "who" | "purpose" | "visits" | "facts" | "borrowed" | "places" | "contact" | "sponsor" | "results"} Fact
 */

/**
 * A trial as it is compared.
 * @typedef {object} ReadTrial
 * @property {string} id
 * @property {string} title
 * @property {string} address
 * @property {Readonly<Record<Fact, Node[]>>} facts  fresh nodes, empty where the page says nothing
 * @property {TrialEvents | null} events
 * @property {boolean} tooOld  whether the facts are too old to act on
 * @property {Document} page
 */

/** Where a fact stands on a page whose template does not mark it with `data-compare`. */
const PLACES = /** @type {Readonly<Record<Fact, string>>} */ ({
  status: "[data-status] .status",
  checked: "[data-status] > p:not(:has(a, .status)), [data-stale] > *",
  phase: ".trial-line > li:not(:has(a))",
  who: "#eligibility > .facts",
  purpose: "#summary > .lede",
  visits: "#timeline figcaption",
  facts: "#key-facts ul",
  borrowed: "#side-effects > .warning > p:nth-of-type(n + 3)",
  places: "#locations > p:first-of-type",
  contact: "#contact > p:first-of-type, #contact > p:first-of-type + ul",
  sponsor: "#people > .people > li:first-child > strong",
  results: "#results > p",
});

/** What may stand in a copy. Of anything else only the content stays. */
const KEPT = new Set("P UL OL LI DL DT DD DIV SPAN STRONG EM SMALL SUB SUP A".split(" "));
const ALONE = new Set("P UL OL DL".split(" "));
const CLASS = /^(status|tone-\w+|warning-title|stale)$/;
const LEFT_OUT = "[hidden], .visually-hidden, details, script, style, template, button, input, select";

/**
 * Load a trial's page, and its counts when it has some.
 * @param {string} id
 * @returns {Promise<ReadTrial | null>} null when the site has no such trial
 */
export async function loadTrial(id) {
  if (!isTrial(id)) return null;
  const address = new URL(`trials/${id}/`, root).href;
  const answer = await fetch(address, { credentials: "omit" });
  if (answer.status === 404 || answer.status === 410) return null;
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.querySelector("[data-trial]")?.getAttribute("data-trial") !== id) return null;
  const strip = page.querySelector("[data-status]");
  const old = strip instanceof HTMLElement && warn(strip, today());
  const chart = page.querySelector("[data-chart]")?.getAttribute("data-chart");
  return {
    id,
    title: page.querySelector("h1")?.textContent?.trim() || id,
    address,
    facts: readFacts(page, address),
    events: chart ? await loadEvents(new URL(chart, address)) : null,
    tooOld: old,
    page,
  };
}

/**
 * @param {URL} address
 * @returns {Promise<TrialEvents>}
 */
async function loadEvents(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${address.href}: ${answer.status}`);
  return readEvents(await answer.json());
}

/**
 * @param {Document} page
 * @param {string} address
 * @returns {Record<Fact, Node[]>}
 */
export function readFacts(page, address) {
  const found = Object.entries(PLACES).map(([fact, place]) => {
    const marked = page.querySelectorAll(`[data-compare~="${fact}"]`);
    const elements = marked.length ? marked : page.querySelectorAll(place);
    return [fact, [...elements].flatMap((element) => copies(element, address, document.documentElement.lang, true))];
  });
  return Object.fromEntries(found);
}

/**
 * A node made anew.
 * @param {Node} node
 * @param {string} address  of the page that it stands on
 * @param {string} language  of what will be around the copy
 * @param {boolean} [alone]  whether it stands for itself, so that it needs a line of its own
 * @returns {Node[]}
 */
function copies(node, address, language, alone = false) {
  if (node instanceof Text) return [document.createTextNode(node.data)];
  if (!(node instanceof Element) || node.matches(LEFT_OUT)) return [];
  if (node instanceof SVGElement) return node.closest(".status") ? [document.importNode(node, true)] : [];
  const own = node.closest("[lang]")?.getAttribute("lang") ?? language;
  const content = [...node.childNodes].flatMap((child) => copies(child, address, own));
  if (node.tagName === "BR") return [document.createElement("br"), document.createTextNode(" ")];
  if (!alone && !KEPT.has(node.tagName)) return content;
  if (!content.some((copy) => copy.textContent?.trim())) return [];
  const made = document.createElement(alone && !ALONE.has(node.tagName) ? "div" : node.tagName);
  made.append(...content);
  made.className = [...node.classList].filter((name) => CLASS.test(name)).join(" ");
  if (!made.className) made.removeAttribute("class");
  if (own !== language) made.lang = own;
  if (made instanceof HTMLAnchorElement) follow(made, node.getAttribute("href"), address);
  return [made];
}

/**
 * Let a copied link lead to where it led on its own page.
 * @param {HTMLAnchorElement} link
 * @param {string | null} href
 * @param {string} address
 */
function follow(link, href, address) {
  const target = URL.canParse(href ?? "", address) ? new URL(href ?? "", address) : null;
  if (!target || !/^(https?|mailto|tel):$/.test(target.protocol)) return;
  link.href = target.href;
  if (target.origin !== root.origin) link.rel = "external";
}
