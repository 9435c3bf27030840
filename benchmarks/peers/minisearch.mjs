// Answers queries with MiniSearch, once for each of several settings, its whole index in memory.
//
// Reads {"fields", "documents", "queries", "settings"} as JSON on standard input and writes {"answers", "bytes"}:
// for each setting the ids of the first ten answers to each query, and the bytes of the serialized index. A setting
// has `boost`, `combineWith` ("AND", "OR", or "AND, then OR" where nothing has all words), `fuzzy` (a share of a
// word's letters, or "long" for 0.2 from six letters on) and `prefix` (true, false or "last" word).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const LONG = 6;
const require = createRequire(join(process.argv[2], "package.json"));
const MiniSearch = require("minisearch");

const { fields, documents, queries, settings } = JSON.parse(readFileSync(0, "utf-8"));
const index = new MiniSearch({ fields, storeFields: [] });
index.addAll(documents);

const ask = (query, { boost, combineWith, fuzzy, prefix }) => {
  const options = {
    boost,
    fuzzy: fuzzy === "long" ? (term) => (term.length >= LONG ? 0.2 : false) : fuzzy,
    prefix: prefix === "last" ? (_term, place, terms) => place === terms.length - 1 : prefix,
  };
  for (const how of combineWith.split(", then ")) {
    const found = index.search(query, { ...options, combineWith: how });
    if (found.length) return found.slice(0, 10).map(({ id }) => id);
  }
  return [];
};
const answers = settings.map((setting) => queries.map((query) => ask(query, setting)));
process.stdout.write(JSON.stringify({ answers, bytes: JSON.stringify(index).length }));
