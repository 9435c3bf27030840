// @ts-check
/**
 * Asks the page's own search engine: reads one question a line, prints one answer a line.
 *
 * A question is `{"folder": ..., "query": ...}` or `{"folder": ..., "beginning": ...}`; the folder holds the
 * files below `search/`.
 */

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { search } from "../../assets/js/search-engine.js";
import { openIndex } from "../../assets/js/search-load.js";
import { suggest } from "../../assets/js/search-suggest.js";
import { answer } from "./asking.mjs";

/** @type {Map<string, Promise<any>>} */
const indexes = new Map();

/** @param {string} folder */
function indexOf(folder) {
  const get = async (/** @type {string} */ path) => {
    try {
      return readFileSync(`${folder}/${path}`, "utf-8");
    } catch {
      return null;
    }
  };
  const known = indexes.get(folder) ?? openIndex({ get });
  indexes.set(folder, known);
  return known;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { folder, query, beginning } = JSON.parse(line);
  const index = await indexOf(folder);
  const said = query ? answer(search, index, query) : suggest(index, beginning, { limit: 1000 });
  console.log(JSON.stringify(await said));
}
