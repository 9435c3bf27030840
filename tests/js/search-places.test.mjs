import assert from "node:assert/strict";
import { test } from "node:test";

import { kilometers } from "../../assets/js/distance.js";
import { search } from "../../assets/js/search-engine.js";
import { openIndex } from "../../assets/js/search-load.js";
import { toBox } from "../../assets/js/search-places.js";
import { HASH, opened, published, query, reading } from "./search-made-up.mjs";

const { index } = await opened();
const near = (latitude, longitude, radius = null) => ({ latitude, longitude, radius });
const ask = (asked) => search(index, query({ order: "distance", size: 12, ...asked }));
const BRUSSELS = near(50.85, 4.35);

test("the nearest come first, each with its nearest place; without a place on the map they come last", async () => {
  const found = await ask({ near: BRUSSELS });
  assert.deepEqual(found.documents, [0, 3, 6, 1, 2, 4, 5, 10, 9, 8, 7, 11]);
  assert.deepEqual(found.nearest.slice(0, 4), [{ name: "Paris, France", km: 263.6 }, { name: "Paris, France", km: 263.6 }, { name: "Paris, France", km: 263.6 }, { name: "Berlin, Germany", km: 651.1 }]);
  assert.deepEqual(found.distances.slice(4), [5582.6, 9032.5, 9032.5, 9032.5, 15883.8, 16340.5, null, null]);
  assert.deepEqual(found.nearest.slice(10), [null, null]);
});

test("a radius keeps trials with a place within it, to the tenth of a kilometer", async () => {
  assert.deepEqual((await ask({ near: near(50.85, 4.35, 263.6) })).documents, [0, 3, 6]);
  const none = await ask({ near: near(50.85, 4.35, 263.5), words: "asthma", age: 20 });
  assert.deepEqual([none.total, none.loosened], [0, [{ part: "words", total: 0 }, { part: "age", total: 0 }, { part: "near", total: 3 }]]);
  const far = await ask({ near: near(50.85, 4.35, 1e9) });
  assert.equal(far.total, 10);
  const relevant = await ask({ near: near(50.85, 4.35, 700), words: "heart", order: "relevance" });
  assert.deepEqual([relevant.documents, relevant.distances], [[1, 3], [651.1, 263.6]]);
  assert.deepEqual(relevant.counts.status, [[0, 2], [1, 0]]);
});

test("a place without a radius keeps every trial, and tells how far those shown are", async () => {
  const found = await ask({ near: BRUSSELS, words: "cancer", order: "relevance", size: 3 });
  assert.deepEqual([found.total, found.documents, found.distances], [6, [2, 6, 0], [5582.6, 263.6, 263.6]]);
});

test("the antimeridian and the poles part nothing", async () => {
  const fiji = await ask({ near: near(-17, -179.9) });
  assert.deepEqual(fiji.documents.slice(0, 2), [8, 9]);
  assert.deepEqual(fiji.distances.slice(0, 2), [216.9, 939.9]);
  const pole = await ask({ near: near(90, 137), words: "asthma heart" });
  assert.deepEqual(pole.documents, [1, 3, 0, 2, 4, 5, 9, 7]);
});

/** A map of forty places along the equator, one a tile; place k is one of document k mod 12. */
async function line() {
  const places = Array.from({ length: 40 }, (_, k) => [`Place ${k}`, 0, k, [k % 12]]);
  const map = { "geo/tiles.json": places.map(([, latitude, longitude]) => [latitude, longitude, latitude, longitude]), ...Object.fromEntries(places.map((place, k) => [`geo/${k}.json`, [place]])) };
  const { index: wide, asked } = await opened(published(map));
  return { index: wide, tiles: () => asked.splice(0).filter((path) => /geo\/\d/.test(path)).length };
}

test("no more of the map is read than is needed", async () => {
  const { index: wide, tiles } = await line();
  const first = await search(wide, query({ near: near(0, 0), order: "distance", size: 3 }));
  assert.deepEqual([first.documents, tiles()], [[0, 1, 2], 4]);
  await search(wide, query({ near: near(0, 0, 600), order: "distance", size: 3 }));
  assert.equal(tiles(), 2);
  await search(wide, query({ near: near(0, 39), order: "distance", size: 8 }));
  assert.equal(tiles(), 12);
});

test("where few trials are found, the map is read until they are certain", async () => {
  const { index: wide, tiles } = await line();
  assert.deepEqual((await search(wide, query({ words: "heart", near: near(0, 0), order: "distance" }))).documents, [1, 3, 4, 9]);
  assert.equal(tiles(), 12);
});

test("few trials are looked for where their cards say that they have places", async () => {
  const cells = { 0: [18 * 72 + 36], 1: [18 * 72 + 36, 18 * 72 + 43], 3: [18 * 72 + 43] };
  const places = Array.from({ length: 40 }, (_, k) => [`Place ${k}`, 1, k, [k < 5 ? 1 : k === 37 ? 3 : k === 38 ? 1 : 9]]);
  places[2][3] = [0, 1];
  const cards = [0, 1, 2, 3].map((number) => ({ id: `NCT0000000${number + 1}`, title: "Made-up", ...(cells[number] && { cells: cells[number] }) }));
  const manifest = { ...JSON.parse(published()[`${HASH}/manifest.json`]), cell: 5 };
  const map = { "manifest.json": manifest, "doc/0.json": cards, "geo/tiles.json": places.map(([, latitude, longitude]) => [latitude, longitude, latitude, longitude]), ...Object.fromEntries(places.map((place, k) => [`geo/${k}.json`, [place]])) };
  const look = async (asking) => {
    const { index: wide, asked } = await opened(published({ ...map, "lex/1.json": { heart: [[0, 1, 1, 1]] } }));
    const found = await search(wide, query({ words: "heart", order: "distance", ...asking }));
    return { found, tiles: asked.filter((path) => /geo\/\d/.test(path)).sort() };
  };
  const { found, tiles } = await look({ near: near(1, -10) });
  assert.deepEqual(found.documents, [1, 0, 3, 2]);
  assert.deepEqual(found.nearest.map((place) => place?.name), ["Place 0", "Place 2", "Place 37", undefined]);
  assert.deepEqual(tiles, [0, 1, 2, 35, 36, 37].map((k) => `geo/${k}.json`));
  const first = await look({ near: near(1, 34), size: 1 });
  assert.deepEqual([first.found.documents, first.tiles], [[3], [35, 36, 37].map((k) => `geo/${k}.json`)]);
});

test("a place that is as near as another goes by its name", async () => {
  const twins = { "geo/tiles.json": [[1, 0, 1, 0], [-1, 0, -1, 0]], "geo/0.json": [["Zwei", 1, 0, [4]]], "geo/1.json": [["Eins", -1, 0, [4]]] };
  const { index: twin } = await opened(published(twins));
  assert.deepEqual((await search(twin, query({ near: near(0, 0), order: "distance", size: 1 }))).nearest, [{ name: "Eins", km: 111.2 }]);
});

test("a site without places has none near", async () => {
  const files = published();
  const manifest = { ...JSON.parse(files[`${HASH}/manifest.json`]), places: 0 };
  const { get, asked } = reading(published({ "manifest.json": manifest }));
  const none = await openIndex({ get });
  assert.equal((await search(none, query({ near: near(50, 5, 100) }))).total, 0);
  assert.deepEqual((await search(none, query({ near: near(50, 5), order: "distance", size: 2 }))).documents, [0, 1]);
  assert.ok(asked.every((path) => !path.startsWith("geo")));
});

test("a box is never farther than a place in it, and touches the nearest of its edge", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let turn = 0; turn < 400; turn += 1) {
    const point = near(random() * 180 - 90, random() * 360 - 180);
    const [south, west] = [random() * 180 - 90, random() * 360 - 180];
    const box = [south, west, Math.min(90, south + random() ** 3 * 120), Math.min(180, west + random() ** 3 * 300)];
    const least = toBox(point, box);
    let nearest = Infinity;
    for (let up = 0; up <= 40; up += 1) {
      for (let across = 0; across <= 40; across += 1) {
        const at = near(box[0] + ((box[2] - box[0]) * up) / 40, box[1] + ((box[3] - box[1]) * across) / 40);
        nearest = Math.min(nearest, kilometers(point, at));
      }
    }
    assert.ok(least <= nearest + 1e-6, `${JSON.stringify([point, box])}: ${least} is above ${nearest}`);
    const cell = kilometers(near(0, 0), near((box[2] - box[0]) / 40, (box[3] - box[1]) / 40));
    assert.ok(nearest - least <= cell + 1e-6, `${JSON.stringify([point, box])}: ${least} is far below ${nearest}`);
  }
});
