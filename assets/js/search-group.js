// @ts-check
/**
 * A facet of many values, such as the countries: listed when it is opened, the best candidates first.
 */

import { _ } from "./language.js";
import { languageOf, writeCount } from "./search-counts.js";
import { made } from "./search-results.js";

/** @typedef {import("./search-types.js").Answer} Answer */
/** @typedef {import("./search-types.js").Card} Card */
/** @typedef {import("./search-types.js").Manifest} Manifest */
/** @typedef {import("./search-types.js").ValueCount} ValueCount */

const FIRST = 8;
const MORE = 20;

export class Group {
  /** @param {HTMLDetailsElement} fold */
  constructor(fold) {
    this.fold = fold;
    this.name = fold.dataset["group"] ?? "";
    this.list = made("ul", "search-values", "");
    this.more = made("button", "quiet", _("Show more"));
    this.more.type = "button";
    this.more.addEventListener("click", () => this.showMore());
    this.most = FIRST;
    /** @type {ValueCount[]} */
    this.values = [];
    /** @type {Map<string, HTMLLIElement>} */
    this.entries = new Map();
    /** @type {readonly string[]} */
    this.chosen = [];
    fold.append(this.list, this.more);
  }

  /**
   * @param {Manifest} manifest
   * @param {Answer} answer
   * @param {readonly string[]} chosen  values of this facet that the search has
   * @param {AbortSignal} signal
   */
  async show(manifest, answer, chosen, signal) {
    if (!this.fold.open) return;
    const values = await answer.facetCounts(this.name, [...candidates(manifest, this.name, await answer.cards())]);
    const missing = chosen.filter((slug) => !values.some((each) => each.slug === slug));
    const others = missing.length ? await answer.facetCounts(this.name, missing) : [];
    if (signal.aborted) return;
    this.fold.querySelector(".search-fault")?.remove();
    this.values = [...values, ...others];
    this.chosen = chosen;
    this.draw();
  }

  /** The reader's focus stays where it is, so that what has it is not moved. */
  draw() {
    const isChosen = (/** @type {ValueCount} */ { slug }) => this.chosen.includes(slug);
    const ranked = [...this.values].sort((one, other) => Number(isChosen(other)) - Number(isChosen(one)) || other.count - one.count || one.label.localeCompare(other.label));
    const shown = ranked.filter((value, at) => isChosen(value) || (at < this.most && value.count > 0));
    for (const entry of this.entries.values()) writeEntry(entry, 0, false);
    const entries = shown.map((value) => this.entry(value, isChosen(value)));
    if (this.list.contains(document.activeElement)) for (const entry of entries) this.list.contains(entry) || this.list.append(entry);
    else this.list.replaceChildren(...entries);
    this.more.hidden = !ranked.some((value, at) => at >= this.most && value.count > 0 && !isChosen(value));
  }

  /**
   * @param {ValueCount} value
   * @param {boolean} isChosen
   * @returns {HTMLLIElement}
   */
  entry({ slug, label, count }, isChosen) {
    const known = this.entries.get(slug) ?? newEntry(this.name, slug, label);
    this.entries.set(slug, known);
    writeEntry(known, count, isChosen);
    return known;
  }

  showMore() {
    const before = new Set(this.list.children);
    this.most += MORE;
    this.draw();
    const first = [...this.list.children].find((entry) => !before.has(entry));
    first?.querySelector("input")?.focus();
  }
}

/**
 * The values that may have most trials: all where they cost no request of their own or are few, else those
 * that most trials of the site have and those of the trials that were found first.
 * @param {Manifest} manifest
 * @param {string} name
 * @param {readonly Card[]} cards
 * @returns {Set<number>}
 */
function candidates({ bundles, sets }, name, cards) {
  const set = sets.find((each) => each.name === name);
  if (bundles.length || name === "country") return new Set(Array(set?.values ?? 0).keys());
  const found = cards.flatMap(({ conditions = [], treatments = [], sponsors = [] }) => (name === "condition" ? conditions : name === "treatment" ? treatments : sponsors));
  return new Set([...found, ...(set?.top ?? []).map(([value]) => value)]);
}

/**
 * @param {HTMLLIElement} entry
 * @param {number} count
 * @param {boolean} isChosen
 */
function writeEntry(entry, count, isChosen) {
  const box = entry.querySelector("input");
  if (!box) return;
  box.checked = isChosen;
  writeCount(box, count);
}

/**
 * @param {string} name
 * @param {string} slug
 * @param {string} text
 * @returns {HTMLLIElement} as in templates/macros/search.html
 */
function newEntry(name, slug, text) {
  const label = made("label", "choice", "");
  const box = made("input", "", "");
  Object.assign(box, { type: "checkbox", name, value: slug });
  box.setAttribute("form", "search-form");
  const words = made("span", "", text);
  const lang = languageOf(name);
  if (lang) words.lang = lang;
  const count = made("span", "count", "");
  count.dataset["count"] = "";
  label.append(box, " ", words, " ", count);
  const entry = made("li", "", "");
  entry.append(label);
  return entry;
}
