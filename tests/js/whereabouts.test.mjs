import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { digitsOf, fold, postcodeArea, shardOf } from "../../assets/js/gazetteer.js";
import { createResolver } from "../../assets/js/whereabouts.js";

const vectors = JSON.parse(readFileSync(new URL("gazetteer.json", import.meta.url), "utf8"));

// A made-up gazetteer: some names are real, the rest is not.
const FILES = {
  "index.json": { towns: ["", "pa"], zip: ["7"] },
  "towns-0.json": {
    areas: [["Bavaria", "DE"], ["Texas", "US", "TX"], ["Missouri", "US", "MO"]],
    places: [["Houston", 1, 29.76, -95.37, 2300], ["Houston", 2, 37.33, -91.96, 2], ["Munich", 0, 48.14, 11.58, 1500], ["Munich", 0, 48.14, 11.58, 1500, "munchen"]],
  },
  "towns-1.json": {
    areas: [["Île-de-France", "FR"], ["Texas", "US", "TX"], ["Missouri", "US", "MO"]],
    places: [["Paris", 1, 33.66, -95.56, 25], ["Paris", 0, 48.85, 2.35, 2100], ["Paris", 0, 48.86, 2.34, 1], ["Potsdam", 0, 52.4, 13.07, 145], ["St. Louis", 2, 38.63, -90.2, 315]],
  },
  "zip-7.json": { 77030: [29.7, -95.4], 77002: [29.76, -95.37], 78701: [30.27, -97.74] },
  "areas.json": {
    France: { digits: [5], areas: { 7703: [48.9, 2.9, "Meaux"] } },
    Germany: { digits: [5], areas: { 1011: [52.52, 13.38, "Berlin"], 1012: [52.53, 13.4, "Berlin"] } },
    Latvia: { digits: [4], areas: { 1011: [56.95, 24.11, "Riga"] } },
    "United Kingdom": { digits: [0], miles: true, areas: { SW3: [51.49, -0.17, "London"] } },
  },
};

/** @param {string[]} [read] @param {Record<string, unknown>} [files] */
function resolver(read = [], files = FILES) {
  return createResolver({
    folder: new URL("https://trials.example/gazetteer/abc/"),
    json: async (address) => {
      const name = address.pathname.split("/").pop();
      read.push(name);
      if (!(name in files)) throw new Error(`no ${name}`);
      return files[name];
    },
  });
}

const names = async (text) => (await resolver().suggest(text)).map(({ name }) => name);

test("names and codes are folded as the generator folds them", () => {
  for (const [text, folded] of vectors.fold) assert.equal(fold(text), folded);
  for (const [code, area] of vectors.postcode_area) assert.equal(postcodeArea(code), area);
  for (const [code, digits] of vectors.digits) assert.equal(digitsOf(code), digits);
  assert.deepEqual(["", "oz", "pa", "zz"].map((name) => shardOf(["", "pa"], name)), [0, 0, 1, 1]);
});

test("a town is found whatever its case and accents, by another name, and with a region", async () => {
  for (const text of ["MÜNCHEN", "munich", "Munich, Germany", "Munich Bavaria"]) assert.equal((await resolver().resolve(text))?.name, "Munich, Bavaria, Germany", text);
  for (const text of ["Paris, TX", "paris texas", "Paris, Texas, USA", "Paris, T.X., U.S.A."]) assert.equal((await resolver().resolve(text))?.latitude, 33.66, text);
  assert.equal((await resolver().resolve("Saint Louis"))?.name, "St. Louis, Missouri, United States");
});

test("several towns of a name are a choice, the largest first, and near doubles are one", async () => {
  assert.equal(await resolver().resolve("Paris"), null);
  assert.equal((await resolver().find("paris")).kind, "choices");
  assert.deepEqual(await names("paris"), ["Paris, Île-de-France, France", "Paris, Texas, United States"]);
});

test("a misspelled town brings similar names, and an unknown one brings none", async () => {
  assert.equal((await resolver().find("Hosuton")).kind, "similar");
  assert.deepEqual(await names("Hosuton"), ["Houston, Texas, United States", "Houston, Missouri, United States"]);
  assert.deepEqual(await names("Potsd"), ["Potsdam, Île-de-France, France"]);
  assert.deepEqual(await names("Xyzzyville"), []);
  assert.equal((await resolver().find("東京")).kind, "other letters");
  for (const text of ["  ", "-", "'"]) assert.equal((await resolver().find(text)).kind, "empty");
});

test("a ZIP code is found whole, else by its beginning, and says so", async () => {
  assert.deepEqual(await resolver().resolve("77002-1234"), { name: "ZIP code 77002, United States", latitude: 29.76, longitude: -95.37, how: "postcode", country: "US" });
  const area = await resolver().resolve("78799");
  assert.deepEqual([area?.how, area?.area, area?.latitude], ["area", "787", 30.27]);
  assert.equal((await resolver().find("99999")).kind, "unknown code");
});

test("a code of another country is the area of places that trials name", async () => {
  const whole = await resolver().resolve("10117");
  assert.deepEqual([whole?.how, whole?.area, whole?.latitude, whole?.name], ["area", "1011", 52.52, "Berlin area, Germany"]);
  assert.equal((await resolver().resolve("D-10199"))?.area, "101");
  assert.deepEqual([whole?.country, (await resolver().resolve("SW3"))?.country], ["ZZ", "GB"]);
  assert.equal((await resolver().resolve("LV-1011"))?.name, "Riga area, Latvia");
  assert.equal((await resolver().resolve("SW3 6JJ"))?.name, "London area, United Kingdom");
  assert.deepEqual(await names("77030"), ["ZIP code 77030, United States", "Meaux area, France"]);
});

test("a code beside a town does not hide the town, and says which town of that name is meant", async () => {
  for (const text of ["99999 Munich", "Munich 99999", "D-99999 Munich"]) assert.equal((await resolver().resolve(text))?.name, "Munich, Bavaria, Germany", text);
  for (const text of ["Houston, TX 77030", "Houston 77030-1234", "77030 Houston"]) assert.equal((await resolver().resolve(text))?.name, "Houston, Texas, United States", text);
  assert.equal((await resolver().resolve("Paris 77030"))?.name, "Paris, Île-de-France, France");
  assert.deepEqual(await names("Paris 99999"), ["Paris, Île-de-France, France", "Paris, Texas, United States"]);
  assert.equal((await resolver().resolve("Xyzzyville 77030 USA")), null);
  assert.equal((await resolver().resolve("Xyzzyville SW3 6JJ"))?.name, "London area, United Kingdom");
});

test("only files of many towns are read, each once, and a site without areas still knows ZIP codes", async () => {
  const read = [];
  const one = resolver(read);
  await one.find("Potsdam");
  await one.find("Paris");
  assert.deepEqual(read, ["index.json", "towns-1.json"]);
  const { "areas.json": _areas, ...rest } = FILES;
  assert.equal((await resolver([], rest).resolve("77030"))?.how, "postcode");
});

test("a file that does not come is asked for again, and the fault is not hidden", async () => {
  await assert.rejects(resolver([], {}).find("Paris"));
});
