// @ts-check
/**
 * What this browser knows of the trials in a list: which of them the reader saved, and the way back to the list.
 *
 * What reads the saved trials is loaded when there are any.
 */

import { keeps } from "./search-page.js";

export class Marks {
  /**
   * @param {readonly HTMLElement[]} lists
   * @param {() => void} changed  hears that the saved trials have changed
   */
  constructor(lists, changed) {
    this.changed = changed;
    /** @type {Promise<typeof import("./storage.js")> | undefined} */
    this.storage = undefined;
    import("./back.js").then(({ rememberSearch }) => lists.forEach((list) => list.addEventListener("click", () => rememberSearch(location.search))), () => {});
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
