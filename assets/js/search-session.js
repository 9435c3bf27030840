// @ts-check
/**
 * The search that the reader makes on this page: what is asked, and its way through the index to the view.
 *
 * The last question counts: what comes back for an older one is dropped.
 */

import { fromAddress, toAddress, withValue } from "./search-address.js";
import { search } from "./search-engine.js";
import { readAge, write, writeAge } from "./search-form.js";
import { enter, note, step } from "./search-steps.js";

/** @typedef {import("./search-address.js").Asked} Asked */
/** @typedef {import("./search-types.js").Index} Index */
/** @typedef {import("./search-types.js").Query} Query */
/** @typedef {"typed" | "submitted" | "chosen" | "again" | "restored"} How  why the page searches; the last two are no steps */

/** Trials that are listed at first, and with each press of the button. */
export const SIZE = 10;

export class Session {
  /**
   * @param {HTMLElement} page
   * @param {() => Promise<Index>} index  asked for once, and again after it has failed
   */
  constructor(page, index) {
    this.page = page;
    this.index = index;
    this.asked = fromAddress(location.search);
    /** Words that the reader wants to be read as they are typed. */
    this.exactly = "";
    /** @type {import("./search-view.js").View | undefined} */
    this.view = undefined;
    /** @type {import("./search-place.js").Around | null} */
    this.around = null;
    this.forgetPlace = () => {};
    /** Hears of every age; keeps it where the reader asks for that. @type {(age: number | null) => void} */
    this.keepAge = () => {};
    this.asking = new AbortController();
  }

  /**
   * @param {number} from
   * @param {number} size
   * @returns {Query}
   */
  query(from, size) {
    const { around, asked } = this;
    const chosen = asked.order === "distance" && !around ? "" : asked.order;
    const order = /** @type {Query["order"]} */ (chosen || (around ? "distance" : "relevance"));
    const near = around && { latitude: around.place.latitude, longitude: around.place.longitude, radius: around.radius };
    return { words: asked.words, filters: asked.filters, age: readAge(), near, order, exact: this.isExact(), from, size };
  }

  /** @returns {boolean} whether the words are to be read as they are typed */
  isExact() {
    return this.exactly !== "" && this.exactly === this.asked.words.trim();
  }

  /** @returns {boolean} whether nothing is asked, so that no list is shown */
  isEmpty() {
    return !this.asked.words.trim() && !Object.keys(this.asked.filters).length && !this.around && readAge() === null;
  }

  /**
   * Search for what is asked now.
   * @param {How} how
   */
  async update(how) {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const isStep = how !== "again" && how !== "restored";
    if (how === "restored") this.exactly = step().exact ? this.asked.words.trim() : "";
    if (isStep && !enter(toAddress(this.asked), how, this.isExact())) note({ shown: 0 });
    write(this.page, this.asked);
    this.keepAge(readAge());
    this.view?.wait(signal);
    try {
      const index = await this.index();
      const query = this.query(0, Math.max(SIZE, step().shown));
      const answer = await search(index, query, { signal });
      await this.view?.show(index.manifest, answer, query, signal);
      if (how === "restored" && !signal.aborted) scrollTo({ top: step().top, behavior: "instant" });
    } catch (error) {
      if (!signal.aborted) this.view?.fail(error);
    }
  }

  /** @param {Asked} asked */
  choose(asked) {
    this.asked = asked;
    return this.update("chosen");
  }

  /** Read the words as they are typed. */
  readExactly() {
    this.exactly = this.asked.words.trim();
    return this.update("chosen");
  }

  /** @param {string} what  a facet, `words`, `age` or `near` */
  leaveOut(what) {
    if (what === "near") return this.forgetPlace();
    if (what === "age") writeAge("");
    return this.choose(what === "words" ? { ...this.asked, words: "" } : withValue(this.asked, what, "", false));
  }

  /** Leave out everything. */
  clear() {
    writeAge("");
    if (this.around) this.forgetPlace();
    return this.choose({ words: "", filters: {}, order: "" });
  }
}
