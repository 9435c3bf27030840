/**
 * A made-up index of twelve trials, written by hand, and ways to read it. No such trial exists.
 *
 * Documents and what stands in them (level 4: about, 1: mentioned):
 *   asthma 0:4 2:4 5:3 7:1 · heart 1:4 3:4 4:2 9:1 · failure 1:4 3:2 8:1 · "heart failure" 1:4 3:2
 *   cancer 2:4 6:4 0:3 4:1 5:1 10:1 (with its own set) · breast 6:4 10:1 · "breast cancer" 6:4 10:1
 *   blinatumomab = blincyto 6:4 · ALL = a leukemia 4:4 · pd1 7:4 · metformin 3:4 11:4 · metastasis 6:2 · child 5:2
 */

import { openIndex } from "../../assets/js/search-load.js";

export const HASH = "0123456789abcdef";

/** Numbers as the difference to the one before. */
export const deltas = (...values) => values.map((value, at) => value - (values[at - 1] ?? 0));

const column = (name, codes, starts, of) => ({ [name]: { codes, starts: deltas(...starts), of } });
const card = (number) => ({ id: `NCT${String(number + 1).padStart(8, "0")}`, title: `Made-up trial ${number}`, status: number < 5 ? "RECRUITING" : "COMPLETED" });

const MANIFEST = {
  format: 2,
  tokens: 1,
  trials: 12,
  level_values: [0, 1, 2, 4, 7],
  chunk: 4,
  language: "en",
  bundles: [],
  facets: [
    { name: "status", values: [["RECRUITING", "Recruiting", 5], ["COMPLETED", "Completed", 6]] },
    { name: "phase", values: [["PHASE1", "Phase 1", 5], ["PHASE2", "Phase 2", 4], ["NA", "No phase", 4]] },
    { name: "sex", values: [["FEMALE", "Women", 11], ["MALE", "Men", 10]] },
  ],
  sets: [{ name: "country", values: 4, top: [[3, "United States", 6], [0, "France", 3], [1, "Germany", 2]] }, { name: "sponsor", values: 0, top: [] }],
  lexicon: { terms: 17, firsts: ["", "c", "m"] },
  suggest: { a: "l", b: "lr", h: "e" },
  fuzzy: [5, 6, 7, 8, 9, 12],
  places: 6,
  days: { block: 8 },
};

const FILES = {
  "manifest.json": MANIFEST,
  "facets.json": {
    ...column("status", [[0], [1], []], [0, 5, 11], [0, 1, 2]),
    ...column("phase", [[0], [0, 1], [1], [2]], [0, 3, 4, 8], [2, 1, 0, 3]),
    ...column("sex", [[0, 1], [0], [1]], [0, 2, 4, 9, 10], [0, 1, 0, 2, 0]),
  },
  "ages.json": { bounds: [[18, null], [null, 17], [0.5, 65], [null, null]], starts: deltas(0, 4, 6, 10), of: [0, 1, 2, 3] },
  "days/0.json": deltas(20000, 20010, 19990, 0, 20010, 19000, 20005, 19000),
  "days/1.json": deltas(20001, 0, 20100, 15000),
  "lex/0.json": {
    all: { found: [[4]], name: "Acute lymphoblastic leukemia" },
    anti: [[], [], [], [7]],
    asthma: { found: [deltas(0, 2), [5], [], [7]], name: "Asthma" },
    blinatumomab: { found: [[6]], name: "Blinatumomab" },
    blincyto: { found: [[6]], name: "Blinatumomab" },
    breast: [[6], [], [], [10]],
    "breast cancer": { found: [[6], [], [], [10]], name: "Breast cancer" },
  },
  "lex/1.json": {
    cancer: { trials: 6, top: [deltas(2, 6), [0], [], [4]], counts: [[3, 3], [3, 2, 1], [6, 5]], set: 0 },
    child: [[], [], [5]],
    failur: [[1], [], [3], [8]],
    heart: [deltas(1, 3), [], [4], [9]],
    "heart failur": { found: [[1], [], [3]], name: "Heart failure" },
  },
  "lex/2.json": {
    metastas: [[], [], [6]],
    metformin: { found: [deltas(3, 11)], name: "Metformin" },
    pd1: [[7]],
    елка: [[], [], [], [9]],
    日本: [[], [], [], [8]],
  },
  "set/0.json": [deltas(2, 6), [0], [], deltas(4, 5, 10)],
  "doc/0.json": [0, 1, 2, 3].map(card),
  "doc/1.json": [4, 5, 6, 7].map(card),
  "doc/2.json": [8, 9, 10, 11].map(card),
  "facet/country/index.json": { starts: [0, 2], firsts: ["", "j"] },
  "facet/country/0.json": [["france", "France", deltas(0, 3, 6)], ["germany", "Germany", deltas(1, 3)]],
  "facet/country/1.json": [["japan", "Japan", [8]], ["united-states", "United States", deltas(0, 1, 2, 4, 5, 10)]],
  "suggest/al.json": [["Acute lymphoblastic leukemia", "all", 1]],
  "suggest/bl.json": [["Blinatumomab", "blinatumomab", 1], ["Blinatumomab", "blincyto", 1]],
  "suggest/br.json": [["Breast cancer", "breast cancer", 2]],
  "suggest/he.json": [["Heart failure", "heart failur", 2]],
  "fuzzy/5.json": [["heart", 4]],
  "fuzzy/6.json": [["cancer", 6], ["asthma", 4], ["breast", 2]],
  "fuzzy/7.json": [["failure", 3]],
  "fuzzy/8.json": [["blincyto", 1]],
  "fuzzy/9.json": [["metformin", 2]],
  "fuzzy/12.json": [["blinatumomab", 1]],
  "geo/tiles.json": [[48.86, 2.35, 52.52, 13.41], [34.05, -118.24, 42.36, -71.06], [-18.14, 178.44, -18.14, 178.44], [-13.83, -171.77, -13.83, -171.77]],
  "geo/0.json": [["Berlin, Germany", 52.52, 13.41, deltas(1, 3)], ["Paris, France", 48.86, 2.35, deltas(0, 3, 6)]],
  "geo/1.json": [["Boston, United States", 42.36, -71.06, deltas(0, 1, 2)], ["Los Angeles, United States", 34.05, -118.24, deltas(4, 5, 10)]],
  "geo/2.json": [["Suva, Fiji", -18.14, 178.44, [8]]],
  "geo/3.json": [["Apia, Samoa", -13.83, -171.77, [9]]],
};

/**
 * The files of the site: texts by path below `search/`.
 * @param {Record<string, unknown>} [changed]  other contents by path below the build's folder
 * @param {string} [hash]
 */
export function published(changed = {}, hash = HASH) {
  const files = { ...FILES, ...changed };
  const latest = { index: hash, trials: 12, format: 2, bundles: files["manifest.json"].bundles };
  return Object.fromEntries([["latest.json", JSON.stringify(latest)], ...Object.entries(files).map(([path, content]) => [`${hash}/${path}`, JSON.stringify(content)])]);
}

/** The same index as a small site has it: in two bundles. */
export function bundled() {
  const entries = Object.entries(FILES).filter(([path]) => path !== "manifest.json");
  const part = (isCard) => Object.fromEntries(entries.filter(([path]) => path.startsWith("doc/") === isCard));
  const bundles = ["index.json", "cards.json"];
  const files = published({ "manifest.json": { ...MANIFEST, bundles }, "index.json": part(false), "cards.json": part(true) });
  return Object.fromEntries(Object.entries(files).filter(([path]) => /(latest|manifest|index|cards)\.json$/.test(path) && !path.includes("facet/")));
}

/**
 * Read from texts by path; `asked` lists the paths in their order.
 * @param {Record<string, string>} files  may change while the index is open
 */
export function reading(files) {
  const asked = [];
  const get = async (path) => {
    asked.push(path.replace(`${HASH}/`, ""));
    await null;
    return Object.hasOwn(files, path) ? files[path] : null;
  };
  return { get, asked };
}

/** @param {Record<string, string>} [files] */
export async function opened(files = published()) {
  const { get, asked } = reading(files);
  return { index: await openIndex({ get }), asked };
}

/** A query that asks for nothing but what is given. */
export const query = (asked) => ({ words: "", filters: {}, age: null, near: null, order: "relevance", exact: false, from: 0, size: 10, ...asked });
