// @ts-check
/**
 * The search page of a small site: the form filters `search/trials.json` in the reader's browser.
 *
 * The words, status, phase, sex and results that are asked for stand in the address, so that a search
 * can be shared and Back works. The age does not: it says something about the reader. Everything that
 * comes from the file is put into the page as text. Without this script the page's lists stand.
 */

import "./more-messages.js";
import { rememberSearch } from "./back.js";
import { today } from "./dates.js";
import { _, isEnglish, language, ngettext } from "./language.js";
import { answers, byNumber, EVERYTHING, haystack, isStale, loosenings, synonymsOf, terms, tone, understood } from "./search-filter.js";

/** @typedef {import("./search-filter.js").SearchRecord} SearchRecord */
/** @typedef {import("./search-filter.js").Query} Query */
/** @typedef {import("./search-filter.js").Synonym} Synonym */
/** @typedef {import("./search-filter.js").Synonyms} Synonyms */

/**
 * What is searched: the records, each with its text, and the other names of things.
 * @typedef {object} Index
 * @property {{record: SearchRecord, hay: string}[]} entries
 * @property {Synonyms} synonyms
 */

const PAGE_SIZE = 50;
const PAUSE_MS = 150;

/** How each part of a search is called when the page offers to leave it out. */
const PART_NAMES = {
  words: _("Search without the words"),
  status: _("Show any status"),
  phase: _("Show any phase"),
  sex: _("Show any sex"),
  age: _("Leave out the age"),
  withResults: _("Show trials without results too"),
};

const form = document.querySelector("form[data-trial-search]");
const list = document.querySelector("[data-search-results]");
const status = document.querySelector("[data-search-status]");

if (form instanceof HTMLFormElement && list instanceof HTMLElement && status instanceof HTMLElement) {
  start(form, list, status);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} list
 * @param {HTMLElement} status
 */
function start(form, list, status) {
  /** @type {Promise<Index> | undefined} */
  let index;
  let shown = PAGE_SIZE;
  let pause = 0;

  const load = () => {
    index ??= loadIndex(form);
    return index;
  };

  /** @param {boolean} remember whether the search becomes a step that Back returns to */
  const search = async (remember) => {
    const query = read(form);
    if (remember && !isHere(query)) history.pushState(null, "", address(query));
    else history.replaceState(null, "", address(query));
    if (isEmpty(query)) {
      list.hidden = true;
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const { entries, synonyms } = await load();
      /** @param {Query} asked */
      const fitting = (asked) => {
        const words = terms(asked.words, synonyms);
        return entries.filter(({ record, hay }) => answers(record, hay, asked, words)).map(({ record }) => record);
      };
      const found = fitting(query);
      const named = byNumber(entries.map(({ record }) => record), query.words);
      if (named && !found.includes(named)) found.unshift(named);
      show(found, entries.length);
      if (found.length === 0) offer((other) => fitting(other).length, query);
      const read = understood(query.words, synonyms);
      if (read) status.textContent = `${status.textContent} ${read}`;
    } catch {
      index = undefined;
      list.hidden = true;
      status.textContent = _("The list of trials could not be loaded. The lists below work all the same.");
    }
  };

  /**
   * @param {SearchRecord[]} found
   * @param {number} total
   */
  const show = (found, total) => {
    status.textContent = ngettext("{count} trial of {all} fits your search.", "{count} trials of {all} fit your search.", found.length, { all: total });
    list.hidden = found.length === 0;
    list.replaceChildren(...found.slice(0, shown).map((record) => item(record, form.dataset.root ?? "")));
    if (found.length > shown) {
      const more = document.createElement("button");
      more.type = "button";
      more.className = "quiet";
      more.textContent = ngettext("Show {count} more trial", "Show {count} more trials", Math.min(PAGE_SIZE, found.length - shown));
      more.addEventListener("click", () => {
        const first = shown;
        shown += PAGE_SIZE;
        show(found, total);
        list.children[first]?.querySelector("a")?.focus();
      });
      const last = element("li", "listing-offer", "");
      last.append(more);
      list.append(last);
    }
  };

  /**
   * @param {(query: Query) => number} counted
   * @param {Query} query
   */
  const offer = (counted, query) => {
    status.textContent = _("No trial on this site fits your search.");
    const offers = loosenings(counted, query);
    if (offers.length === 0) {
      status.textContent += ` ${_("Try fewer or other words, or use the lists below.")}`;
      return;
    }
    list.hidden = false;
    for (const { part, count: trials } of offers) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = `${PART_NAMES[part]}: ${ngettext("{count} trial", "{count} trials", trials)}`;
      button.addEventListener("click", () => {
        write(form, { ...query, [part]: EVERYTHING[part] });
        void search(true);
        status.focus();
      });
      const entry = element("li", "listing-offer", "");
      entry.append(button);
      list.append(entry);
    }
  };

  status.tabIndex = -1;
  list.addEventListener("click", () => rememberSearch(location.search));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    shown = PAGE_SIZE;
    void search(true);
  });
  form.addEventListener("input", () => {
    clearTimeout(pause);
    shown = PAGE_SIZE;
    pause = window.setTimeout(() => void search(false), PAUSE_MS);
  });
  form.addEventListener("focusin", () => void load().catch(() => undefined), { once: true });
  addEventListener("popstate", () => {
    write(form, fromAddress(read(form).age));
    void search(false);
  });
  write(form, fromAddress(null));
  void search(false);
}

/**
 * Load the records, and the other names; without the names a search finds what it finds.
 * @param {HTMLFormElement} form
 * @returns {Promise<Index>}
 */
async function loadIndex(form) {
  const { index = "", synonyms = "" } = form.dataset;
  const names = /** @type {Promise<Synonym[]>} */ (loadJson(synonyms)).catch(() => []);
  const records = /** @type {SearchRecord[]} */ (await loadJson(index));
  return { entries: records.map((record) => ({ record, hay: haystack(record) })), synonyms: synonymsOf(await names) };
}

/**
 * @param {string} address
 * @returns {Promise<unknown>}
 */
async function loadJson(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/**
 * @param {HTMLFormElement} form
 * @returns {Query}
 */
function read(form) {
  const data = new FormData(form);
  const age = field(form, "#search-age").value.trim();
  return {
    words: String(data.get("q") ?? "").slice(0, 500),
    status: String(data.get("status") ?? ""),
    phase: String(data.get("phase") ?? ""),
    sex: String(data.get("sex") ?? ""),
    age: /^\d{1,3}$/.test(age) ? Number(age) : null,
    withResults: data.get("results") !== null,
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {Query} query
 */
function write(form, query) {
  field(form, "#search-words").value = query.words;
  field(form, "#search-status").value = query.status;
  field(form, "#search-phase").value = query.phase;
  field(form, "#search-sex").value = query.sex;
  field(form, "#search-age").value = query.age === null ? "" : String(query.age);
  const results = field(form, "#search-results");
  if (results instanceof HTMLInputElement) results.checked = query.withResults;
}

/**
 * A control of the form; one that this site does not have reads as empty.
 * @param {HTMLFormElement} form
 * @param {string} selector
 * @returns {HTMLInputElement | HTMLSelectElement}
 */
function field(form, selector) {
  const found = form.querySelector(selector);
  return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : document.createElement("input");
}

/**
 * @param {Query} query
 * @returns {string} the address of this search, without the age
 */
function address(query) {
  const text = asParameters(query).toString();
  return text ? `?${text}` : location.pathname;
}

/**
 * @param {Query} query
 * @returns {boolean} whether the address is that of this search
 */
function isHere(query) {
  return new URLSearchParams(location.search).toString() === asParameters(query).toString();
}

/**
 * @param {Query} query
 * @returns {URLSearchParams}
 */
function asParameters(query) {
  const asked = new URLSearchParams();
  if (query.words.trim()) asked.set("q", query.words.trim());
  if (query.status) asked.set("status", query.status);
  if (query.phase) asked.set("phase", query.phase);
  if (query.sex) asked.set("sex", query.sex);
  if (query.withResults) asked.set("results", "yes");
  return asked;
}

/**
 * @param {number | null} age  what the form holds; the address never has it
 * @returns {Query}
 */
function fromAddress(age) {
  const asked = new URLSearchParams(location.search);
  return {
    words: asked.get("q") ?? "",
    status: asked.get("status") ?? "",
    phase: asked.get("phase") ?? "",
    sex: asked.get("sex") ?? "",
    age,
    withResults: asked.get("results") !== null,
  };
}

/**
 * @param {Query} query
 * @returns {boolean}
 */
function isEmpty(query) {
  return Object.entries(query).every(([part, value]) => value === EVERYTHING[/** @type {keyof Query} */ (part)]);
}

/**
 * @param {SearchRecord} record
 * @param {string} root
 * @returns {HTMLLIElement}
 */
function item(record, root) {
  const entry = document.createElement("li");
  const title = element("h2", "listing-title", "");
  const link = document.createElement("a");
  link.href = root + record.url;
  link.textContent = record.title;
  if (record.title_language) link.lang = record.title_language;
  title.append(link);
  const state = line([record.status_label, record.phase_label, record.who_for], `status tone-${tone(record, reader())}`);
  state.querySelector(".status")?.prepend(...shapeOf(record.status ?? ""));
  entry.append(title, state);
  if (record.purpose) {
    const purpose = element("p", "listing-purpose", record.purpose);
    if (record.purpose_language) purpose.lang = record.purpose_language;
    entry.append(purpose);
  }
  const where = line([placesText(record)], "");
  const checked = checkedText(record);
  if (checked) where.append(element("span", isStale(record, reader()) ? "stale" : "", checked));
  if (where.childElementCount) entry.append(where);
  return entry;
}

/**
 * The shape of a status, as the page holds it for the statuses of this site.
 * @param {string} status
 * @returns {Node[]}
 */
function shapeOf(status) {
  const shapes = document.querySelector("template[data-status-shapes]");
  const kept = shapes instanceof HTMLTemplateElement ? [...shapes.content.querySelectorAll("i")] : [];
  const shape = kept.find((one) => one.dataset["status"] === status)?.firstElementChild;
  return shape ? [document.importNode(shape, true)] : [];
}

/**
 * @param {(string | null | undefined)[]} texts
 * @param {string} firstClass
 * @returns {HTMLElement}
 */
function line(texts, firstClass) {
  const made = element("p", "listing-line", "");
  texts.forEach((text, position) => {
    if (text) made.append(element("span", position === 0 ? firstClass : "", text));
  });
  return made;
}

/**
 * @param {string} name
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElement}
 */
function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/**
 * @param {SearchRecord} record
 * @returns {string}
 */
function placesText(record) {
  const countries = record.countries ?? [];
  if (record.cities?.length === 1) return [record.cities[0], ...countries].join(", ");
  if (!record.places) return "";
  const where = countries.length === 1 ? inCountry(countries[0]) : ngettext("{count} country", "{count} countries", countries.length);
  return ngettext("{count} place in {where}", "{count} places in {where}", record.places, { where });
}

/**
 * @param {string} country
 * @returns {string} its name as it stands behind "in"
 */
function inCountry(country) {
  if (!isEnglish()) return country;
  return /^(United (States|Kingdom|Arab Emirates)|Netherlands|Philippines|.* (Republic|Federation)|Gambia|Bahamas|Seychelles)$/.test(country) ? `the ${country}` : country;
}

/** @returns {import("./search-filter.js").Reader} */
function reader() {
  return { now: today(), staleAfter: form instanceof HTMLElement ? form.dataset["staleAfter"] : undefined };
}

/**
 * @param {SearchRecord} record
 * @returns {string}
 */
function checkedText(record) {
  const [year, month] = (record.status_verified ?? "").split("-").map(Number);
  if (!year || !month) return isStale(record, reader()) ? _("Status may have changed") : "";
  const form = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone: "UTC" });
  const day = form.format(Date.UTC(year, month - 1));
  return isStale(record, reader()) ? _("Status from {day}; it may have changed", { day }) : _("Status checked {day}", { day });
}
