// @ts-check
/**
 * What the page shows of a search: how many trials, how the words were read, what was asked, the list, the counts.
 *
 * It says one thing aloud for each answer. Everything here may come after the index has been asked.
 */

import "./more-messages.js";
import { FACETS, withValue } from "./search-address.js";
import { showChips } from "./search-chips.js";
import { labelOf, languageOf, writeAnswer } from "./search-counts.js";
import { search } from "./search-engine.js";
import { later } from "./search-load.js";
import { part } from "./search-page.js";
import { Marks } from "./search-marks.js";
import { item, made, quiet } from "./search-results.js";
import { counted, trouble, understood } from "./search-sentences.js";
import { SIZE } from "./search-session.js";
import { note } from "./search-steps.js";
import { _, ngettext } from "./language.js";

/** @typedef {import("./search-session.js").Session} Session */
/** @typedef {import("./search-types.js").Answer} Answer */
/** @typedef {import("./search-types.js").Manifest} Manifest */
/** @typedef {import("./search-types.js").Query} Query */

/** After which the page says that it is searching. */
const SLOW_MS = 700;

export class View {
  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    this.page = session.page;
    this.status = part("[data-search-status]", HTMLElement);
    this.list = part("[data-search-results]", HTMLElement);
    this.offers = part("[data-search-offers]", HTMLElement);
    this.some = part("[data-search-some]", HTMLElement);
    this.chips = part("[data-search-chips]", HTMLElement);
    this.sort = part("[data-search-sort]", HTMLElement);
    this.more = part("[data-search-more]", HTMLButtonElement);
    this.more.addEventListener("click", () => void this.showNext());
    this.marks = new Marks([this.list, this.some], () => void session.update("again"));
    /** @type {import("./search-group.js").Group[]} */
    this.groups = [];
    this.total = 0;
  }

  /** A list stands, or there is none: what stands behind it is shown again. */
  settle() {
    clearTimeout(this.slow);
    document.documentElement.classList.remove("is-asked");
  }

  /**
   * The page while the answer is on its way.
   * @param {AbortSignal} signal  of the search
   */
  wait(signal) {
    if (this.session.isEmpty()) {
      this.list.replaceChildren();
      this.offers.replaceChildren();
      this.some.replaceChildren();
      this.list.hidden = this.more.hidden = this.sort.hidden = true;
      this.showChips([]);
      this.say();
      return;
    }
    clearTimeout(this.slow);
    this.slow = window.setTimeout(() => signal.aborted || this.say(_("Searching…")), SLOW_MS);
  }

  /**
   * @param {Manifest} manifest
   * @param {Answer} answer
   * @param {Query} query
   * @param {AbortSignal} signal
   */
  async show(manifest, answer, query, signal) {
    const labels = await this.labels(answer, query);
    if (signal.aborted) return;
    writeAnswer(this.page, manifest, answer, query);
    for (const group of this.groups) void group.show(manifest, answer, query.filters[group.name] ?? [], signal).catch(() => signal.aborted || this.failIn(group.fold));
    if (this.session.isEmpty()) return this.settle();
    const offers = await this.ways(answer, query);
    const [items, some] = await Promise.all([this.items(manifest, answer), this.withSome(manifest, answer)]);
    if (signal.aborted) return;
    this.settle();
    this.total = answer.total;
    this.sort.hidden = answer.total < 2;
    this.showChips(this.parts(query, labels));
    this.say(counted(answer), ...understood(answer, query.words), ...some.map(() => _("Trials with some of your words are listed below.")));
    this.offers.replaceChildren(...offers);
    this.list.replaceChildren(...items);
    this.some.replaceChildren(...some);
    this.list.hidden = !items.length;
    this.offerMore();
  }

  /**
   * @param {Manifest} manifest
   * @param {Answer} answer
   * @returns {Promise<HTMLLIElement[]>}
   */
  async items(manifest, answer) {
    return this.listed(manifest, await answer.cards(), answer.nearest);
  }

  /**
   * Where few trials have all of the words, those that have some.
   * @param {Manifest} manifest
   * @param {Answer} answer
   * @returns {Promise<HTMLElement[]>} a part of the page, or nothing
   */
  async withSome(manifest, answer) {
    const some = await answer.some();
    if (!some) return [];
    const [{ someList }, items] = await Promise.all([later(import("./search-some-list.js")), this.listed(manifest, some.cards, some.nearest)]);
    return [someList(some.total, items)];
  }

  /**
   * @param {Manifest} manifest
   * @param {readonly import("./search-types.js").Card[]} cards
   * @param {Answer["nearest"]} nearest
   * @returns {Promise<HTMLLIElement[]>}
   */
  async listed({ facets }, cards, nearest) {
    const saved = await this.marks.saved();
    const statuses = facets.find(({ name }) => name === "status")?.values ?? [];
    const { root = "", staleAfter } = this.page.dataset;
    return cards.map((card, position) =>
      item(card, {
        root,
        staleAfter,
        status: statuses.find(([code]) => code === card.status)?.[1] ?? "",
        where: this.session.around?.where(nearest?.[position]) ?? "",
        isSaved: saved.has(card.id),
      }),
    );
  }

  /** List the next trials behind those that stand, and bring the reader to the first of them. */
  async showNext() {
    const { session, list } = this;
    const { signal } = session.asking;
    try {
      const index = await session.index();
      const answer = await search(index, session.query(list.childElementCount, SIZE), { signal });
      const items = await this.items(index.manifest, answer);
      if (signal.aborted) return;
      list.append(...items);
      note({ shown: list.childElementCount });
      this.offerMore();
      items[0]?.querySelector("a")?.focus();
    } catch (error) {
      if (!signal.aborted) this.say(trouble(error));
    }
  }

  offerMore() {
    const left = this.total - this.list.childElementCount;
    this.more.hidden = left <= 0;
    this.more.textContent = ngettext("Show {count} more trial", "Show {count} more trials", Math.min(SIZE, left));
  }

  /**
   * The names of chosen values that do not stand in the page.
   * @param {Answer} answer
   * @param {Query} query
   * @returns {Promise<Map<string, string>>} by facet and value
   */
  async labels(answer, { filters }) {
    const asked = Object.entries(filters).filter(([facet]) => this.page.querySelector(`[data-group="${facet}"]`));
    const found = await Promise.all(asked.map(async ([facet, slugs]) => (await answer.facetCounts(facet, slugs)).map(({ slug, label }) => /** @type {const} */ ([`${facet} ${slug}`, label]))));
    return new Map(found.flat());
  }

  /** @param {import("./search-chips.js").Chip[]} chips */
  showChips(chips) {
    const clear = () => void this.session.clear().then(() => this.say(_("Your search is cleared.")));
    // Without its only part the search is cleared, and the page says so.
    showChips(this.chips, chips.length === 1 ? chips.map((chip) => ({ ...chip, remove: clear })) : chips, clear, this.status);
  }

  /**
   * What was asked, each part with the way to take it out.
   * @param {Query} query
   * @param {ReadonlyMap<string, string>} labels
   * @returns {import("./search-chips.js").Chip[]}
   */
  parts({ words, filters, age }, labels) {
    const { session } = this;
    const chips = [];
    if (words.trim()) chips.push({ text: _("“{text}”", { text: words.trim() }), remove: () => session.leaveOut("words") });
    for (const facet of FACETS) {
      for (const value of filters[facet] ?? []) {
        const text = labels.get(`${facet} ${value}`) ?? labelOf(this.page, facet, value);
        chips.push({ text, lang: languageOf(facet), remove: () => session.choose(withValue(session.asked, facet, value, false)) });
      }
    }
    if (age !== null) chips.push({ text: _("Age {years}", { years: age }), remove: () => session.leaveOut("age") });
    if (session.around) chips.push({ text: session.around.text, remove: () => session.forgetPlace() });
    return chips;
  }

  /**
   * What the reader may do next where the answer is not for what was typed, or is empty.
   * @param {Answer} answer
   * @param {Query} query
   * @returns {Promise<HTMLElement[]>}
   */
  async ways({ units, total, loosened }, { words }) {
    const { session } = this;
    const ways = [];
    if (units.some(({ kind }) => kind === "typo")) ways.push(quiet(_("Search instead for “{text}”", { text: words.trim() }), () => this.press(session.readExactly())));
    if (!total) ways.push(...(await import("./search-empty.js")).offers(loosened, words, (what) => this.press(session.leaveOut(what))));
    return ways;
  }

  /**
   * After a button that its own answer takes away.
   * @param {unknown} work
   */
  press(work) {
    void work;
    this.status.focus();
  }

  /** @param {unknown} error */
  fail(error) {
    this.settle();
    this.list.hidden = this.more.hidden = this.sort.hidden = true;
    this.some.replaceChildren();
    this.say(trouble(error));
    const isOld = Object(error).kind === "reload";
    this.offers.replaceChildren(isOld ? quiet(_("Load the page again"), () => location.reload()) : quiet(_("Try again"), () => this.press(this.session.update("again"))));
  }

  /**
   * Say in a part of the form that it could not be loaded.
   * @param {HTMLElement} fold
   */
  failIn(fold) {
    fold.querySelector(".search-fault")?.remove();
    fold.append(made("p", "search-fault", _("This part could not be loaded. Load the page again.")));
  }

  /** @param {...string} sentences  said once, together */
  say(...sentences) {
    this.status.replaceChildren(...sentences.map((text) => made("p", "", text)));
  }
}
