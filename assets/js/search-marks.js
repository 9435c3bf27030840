// @ts-check
/**
 * What this browser knows of the trials in a list: which of them the reader saved, and the way back to the list.
 *
 * What it needs is loaded when there is something to mark, or to come back to.
 */

import { keeps } from "./search-kept.js";

export class Marks {
  /**
   * @param {HTMLElement} list
   * @param {() => void} changed  hears that the saved trials have changed
   */
  constructor(list, changed) {
    this.list = list;
    this.changed = changed;
    /** @type {Promise<typeof import("./storage.js")> | undefined} */
    this.storage = undefined;
    /** @type {Promise<void> | undefined} */
    this.leading = undefined;
  }

  /** Lead back from a trial to this list. */
  lead() {
    this.leading ??= import("./back.js").then(({ rememberSearch }) => this.list.addEventListener("click", () => rememberSearch(location.search)));
    this.leading.catch(() => (this.leading = undefined));
  }

  /** @returns {Promise<ReadonlySet<string>>} numbers of saved trials */
  async saved() {
    if (!this.storage && !keeps(() => localStorage, /:saved$/)) return new Set();
    this.storage ??= import("./storage.js").then((module) => {
      module.onChange(this.changed);
      return module;
    });
    return new Set((await this.storage).read().map(({ id }) => id));
  }
}
