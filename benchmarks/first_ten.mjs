// @ts-check
// Answers queries with the search page's own engine, from the files of an index in a folder.
//
// Reads {"folder", "queries"} as JSON on standard input and writes, for each query, {"ids", "total", "units",
// "relaxed"}: the ids of the first ten trials as the page lists them (behind few that have all of the words stand others
// that have some), how many have all, and how the words were read.
import { readFileSync } from "node:fs";
import { search } from "../assets/js/search-engine.js";
import { openIndex } from "../assets/js/search-load.js";

/** @type {{ folder: string, queries: string[] }} */
const { folder, queries } = JSON.parse(readFileSync(0, "utf-8"));
const index = await openIndex({
  get: async (path) => {
    try {
      return readFileSync(`${folder}/${path}`, "utf-8");
    } catch {
      return null;
    }
  },
});
const answers = [];
for (const words of queries) {
  const found = await search(index, { words, filters: {}, age: null, near: null, order: "relevance", exact: false, from: 0, size: 10 });
  const some = await found.some();
  const cards = [...(await found.cards()), ...(some?.cards ?? [])];
  answers.push({ ids: cards.map(({ id }) => id), total: found.total, units: found.units, relaxed: found.relaxed });
}
process.stdout.write(JSON.stringify(answers));
