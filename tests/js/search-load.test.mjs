import assert from "node:assert/strict";
import { test } from "node:test";

import { search } from "../../assets/js/search-engine.js";
import { openIndex } from "../../assets/js/search-load.js";
import { suggest } from "../../assets/js/search-suggest.js";
import { HASH, opened, published, query, reading } from "./search-made-up.mjs";

// Modules that are asked for on use; here it is files that count.
await Promise.all(["misses", "narrow", "places", "values"].map((name) => import(`../../assets/js/search-${name}.js`)));

const OTHER = "fedcba9876543210";
const kind = (wanted) => (error) => error.kind === wanted || assert.fail(`${error.kind}: ${error.stack}`);
const turn = () => new Promise((done) => setTimeout(done));

/** A network that answers all that is asked for at once, round after round. */
function slow(files) {
  const rounds = [];
  let waiting = [];
  const get = (path, { signal }) =>
    new Promise((resolve, reject) => {
      waiting.push({ path, answer: () => resolve(files[path] ?? null) });
      // Not at once: what comes in between must not get this answer.
      signal?.addEventListener("abort", () => setTimeout(() => reject(signal.reason), 5));
    });
  const run = async (work) => {
    const done = work.finally(() => (waiting = null));
    done.catch(() => {});
    // Two turns: a module that is asked for on use takes one.
    for (await turn(); waiting; await turn(), await turn()) {
      const round = waiting;
      waiting = [];
      if (round.length) rounds.push(round.map(({ path }) => path.replace(`${HASH}/`, "")).sort());
      for (const { answer } of round) answer();
      await turn();
    }
    waiting = [];
    return done;
  };
  return { get, rounds, run };
}

test("files are asked for in few rounds", async () => {
  const { get, rounds, run } = slow(published());
  const index = await run(openIndex({ get }));
  const cost = async (asked) => {
    await run(search(index, query(asked)).then((answer) => answer.cards()));
    return rounds.splice(0);
  };
  assert.deepEqual(rounds.splice(0), [["latest.json"], ["facets.json", "manifest.json"]]);
  assert.deepEqual(await cost({ words: "cancer", size: 3 }), [["lex/1.json"], ["doc/0.json", "doc/1.json"]]);
  const filters = { country: ["france", "japan"], status: ["COMPLETED"] };
  const near = { latitude: 50, longitude: 5, radius: 400 };
  const rest = await cost({ words: "breast cancers canc pd1", filters, near, age: 40, order: "newest" });
  // The card of the one trial is here since the first search.
  assert.deepEqual(rest, [
    ["ages.json", "facet/country/index.json", "geo/tiles.json", "lex/0.json", "lex/2.json"],
    ["facet/country/0.json", "facet/country/1.json", "geo/0.json", "set/0.json"],
    ["days/0.json"],
  ]);
});

test("a name alone is answered without its set; its second page loads it", async () => {
  const { index, asked } = await opened();
  await (await search(index, query({ words: "cancer", size: 3 }))).cards();
  assert.deepEqual(asked.splice(0), ["latest.json", "facets.json", "manifest.json", "lex/1.json", "doc/0.json", "doc/1.json"]);
  const second = await search(index, query({ words: "cancer", from: 3, size: 3 }));
  assert.deepEqual([second.documents, asked.splice(0)], [[4, 5, 10], ["set/0.json"]]);
});

test("two keystrokes share a request, and one that ends does not take it from the other", async () => {
  const { get, rounds, run } = slow(published());
  const index = await run(openIndex({ get }));
  rounds.length = 0;
  const first = new AbortController();
  const stale = search(index, query({ words: "heart" }), { signal: first.signal });
  const next = search(index, query({ words: "heart failure" }));
  first.abort();
  await assert.rejects(stale, { name: "AbortError" });
  assert.deepEqual((await run(next)).documents, [1, 3]);
  assert.deepEqual(rounds, [["lex/1.json"]]);
  await assert.rejects(search(index, query({ words: "heart" }), { signal: first.signal }), { name: "AbortError" });
});

test("a request that nobody waits for ends, and the next one asks anew", async () => {
  const { get, rounds, run } = slow(published());
  const index = await run(openIndex({ get }));
  rounds.length = 0;
  const first = new AbortController();
  const stale = search(index, query({ words: "heart" }), { signal: first.signal });
  first.abort(new Error("another keystroke"));
  await assert.rejects(stale, { message: "another keystroke" });
  await turn();
  assert.deepEqual((await run(search(index, query({ words: "heart" })))).documents, [1, 3, 4, 9]);
  assert.deepEqual(rounds, [["lex/1.json", "lex/1.json"]]);
});

test("a file that is kept stays when the one who asked for it moves on", async () => {
  const { index, asked } = await opened();
  const first = new AbortController();
  await search(index, query({ words: "heart" }), { signal: first.signal });
  first.abort();
  await turn();
  await search(index, query({ words: "heart" }));
  assert.equal(asked.filter((path) => path === "lex/1.json").length, 1);
});

test("after a new build the pointer is read once more, and the search done on that build", async () => {
  const files = published();
  const { index, asked } = await opened(files);
  const before = await search(index, query({ words: "asthma", size: 2 }));
  const renew = () => {
    for (const path of Object.keys(files)) delete files[path];
    const lexicon = { ...JSON.parse(published()[`${HASH}/lex/0.json`]), asthma: [[9]] };
    Object.assign(files, published({ "lex/0.json": lexicon }, OTHER));
  };
  renew();
  asked.length = 0;
  const [after, suggested] = await Promise.all([search(index, query({ words: "heart" })), suggest(index, "hea")]);
  assert.deepEqual([after.documents, after.build, suggested.length], [[1, 3, 4, 9], OTHER, 1]);
  assert.equal(asked.filter((path) => path === "latest.json").length, 1);
  assert.equal(index.manifest.trials, 12);
  // The cards of the older answer are those of the new build's answer.
  assert.deepEqual([before.build, before.documents], [HASH, [0, 2]]);
  assert.deepEqual((await before.cards()).map(({ id }) => id), ["NCT00000010"]);
  assert.deepEqual([before.build, before.total, before.documents], [OTHER, 1, [9]]);
  assert.deepEqual(await before.facetCounts("country", ["france"]), [{ value: 0, slug: "france", label: "France", count: 0 }]);
});

test("who fails late, when the index is renewed already, renews it no more", async () => {
  const { index, asked } = await opened();
  let fail = () => {};
  const gate = new Promise((open) => (fail = open));
  const builds = [];
  const failing = (wait) => index.attempt(async (build) => {
    builds.push(build);
    await wait;
    if (build === builds[0]) throw new Error("a damaged file");
    return build.hash;
  });
  const late = failing(gate);
  await failing(null);
  fail();
  assert.equal(await late, HASH);
  assert.equal(asked.filter((path) => path === "latest.json").length, 2);
});

const FAULTS = {
  missing: [null, "gone"],
  empty: ["", "damaged"],
  truncated: ['{"heart":[[1,2],[],', "damaged"],
  HTML: ["<!doctype html><title>Not found</title>", "damaged"],
  nothing: ["null", "damaged"],
  "a list": ['[["heart"]]', "damaged"],
  "of another build": ['{"asthma":[[1]],"heart":[[1]]}', "damaged"],
  "with other entries": ['{"heart":{"trials":4,"top":7}}', "damaged"],
  "with too high numbers": ['{"heart":[[1,11]]}', "damaged"],
};
for (const [fault, [content, wanted]] of Object.entries(FAULTS)) {
  test(`a shard that is ${fault}: read again, then said`, async () => {
    const files = published();
    const { index, asked } = await opened(files);
    const path = `${HASH}/lex/1.json`;
    const sound = files[path];
    files[path] = content;
    await assert.rejects(search(index, query({ words: "heart" })), kind(wanted));
    assert.deepEqual(asked.filter((each) => /latest|lex/.test(each)), ["latest.json", "lex/1.json", "latest.json", "lex/1.json"]);
    files[path] = sound;
    assert.equal((await search(index, query({ words: "heart" }))).total, 4);
  });
}

for (const [path, content] of [["set/0.json", "[[2,4],[0]]"], ["set/0.json", '{"layers":["riA"]}x'], ["set/0.json", '{"layers":["ri"]}'], ["set/0.json", '{"layers":7}'], ["facets.json", '{"status":{"codes":[[0]],"starts":[0,40],"of":[0,1]}}'], ["facets.json", "[]"], ["doc/0.json", "[]"], ["doc/0.json", '{"error":404}'], ["days/0.json", "[1,2]"], ["ages.json", "{}"], ["facet/country/0.json", '{"a":1}'], ["facet/country/index.json", "7"], ["facet/country/0.json", '[["france","France",[40]]]'], ["geo/tiles.json", "{}"], ["geo/0.json", '"no"'], ["manifest.json", "{}"]]) {
  test(`${path} that is damaged as ${content.slice(0, 12)} is said to be`, async () => {
    const files = { ...published(), [`${HASH}/${path}`]: content };
    const work = async () => {
      const { index } = await opened(files);
      const filters = path.startsWith("facet/") ? { country: ["france"] } : {};
      const found = await search(index, query({ words: "cancer breast asthma", filters, age: path === "ages.json" ? 40 : null, near: path.startsWith("geo") ? { latitude: 50, longitude: 5, radius: 900 } : null, order: path.startsWith("days") ? "newest" : "relevance" }));
      return found.cards();
    };
    await assert.rejects(work(), kind(path === "manifest.json" ? "reload" : "damaged"));
  });
}

test("what cannot be asked for is offline, without another try", async () => {
  const files = published();
  let isOff = false;
  const { get, asked } = reading(files);
  const index = await openIndex({ get: (path, options) => (isOff ? Promise.reject(new TypeError("Failed to fetch")) : get(path, options)) });
  isOff = true;
  asked.length = 0;
  await assert.rejects(search(index, query({ words: "heart" })), kind("offline"));
  await assert.rejects(openIndex({ get: () => Promise.reject(new Error("503")) }), kind("offline"));
  isOff = false;
  assert.equal((await search(index, query({ words: "heart" }))).total, 4);
  assert.deepEqual(asked, ["lex/1.json"]);
});

test("an index of another time than the script asks for a new page", async () => {
  const manifest = JSON.parse(published()[`${HASH}/manifest.json`]);
  for (const changed of [{ ...manifest, tokens: 2 }, { ...manifest, format: 3 }]) await assert.rejects(opened(published({ "manifest.json": changed })), kind("reload"));
  await assert.rejects(opened({ "latest.json": '{"index":"0123456789abcdef","format":3}' }), kind("reload"));
  const files = published();
  const { index } = await opened(files);
  for (const path of Object.keys(files)) delete files[path];
  Object.assign(files, published({ "manifest.json": { ...manifest, format: 3 } }, OTHER));
  await assert.rejects(search(index, query({ words: "heart" })), kind("reload"));
});

test("a pointer that is no pointer", async () => {
  for (const content of ["<html>", "{}", "null", "7", '{"format":2}', '{"format":2,"index":"../../etc"}', '{"format":2,"index":{}}']) await assert.rejects(opened({ "latest.json": content }), kind("damaged"));
  await assert.rejects(opened({}), kind("gone"));
  await assert.rejects(opened({ "latest.json": published()["latest.json"] }), kind("gone"));
});

test("what the browser kept is passed by on the second try only", async () => {
  const asked = [];
  const files = published({ "lex/1.json": "no shard" });
  const { get } = reading(files);
  const index = await openIndex({ get: (path, { fresh }) => (asked.push([path.replace(`${HASH}/`, ""), fresh]), get(path)) });
  await assert.rejects(search(index, query({ words: "heart" })), kind("damaged"));
  assert.deepEqual(asked.filter(([path]) => /latest|lex/.test(path)), [["latest.json", true], ["lex/1.json", false], ["latest.json", true], ["lex/1.json", true]]);
});

test("files come from the folder by fetch, without credentials", async (context) => {
  const asked = [];
  const files = published();
  context.mock.method(globalThis, "fetch", async (url, { cache, credentials }) => {
    const path = new URL(url).pathname.replace("/site/search/", "");
    asked.push([path.replace(`${HASH}/`, ""), cache, credentials]);
    if (path.includes("lex/2")) return new Response("busy", { status: 503 });
    return files[path] ? new Response(files[path]) : new Response("gone", { status: 404 });
  });
  const index = await openIndex({ folder: "https://example.org/site/search/" });
  delete files[`${HASH}/lex/1.json`];
  await assert.rejects(search(index, query({ words: "heart" })), kind("gone"));
  await assert.rejects(search(index, query({ words: "metformin" })), kind("offline"));
  assert.deepEqual(asked.slice(0, 5), [["latest.json", "reload", "omit"], ["facets.json", "force-cache", "omit"], ["manifest.json", "force-cache", "omit"], ["lex/1.json", "force-cache", "omit"], ["latest.json", "reload", "omit"]]);
});
