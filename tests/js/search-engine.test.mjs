import assert from "node:assert/strict";
import { test } from "node:test";

import { fitsAge } from "../../assets/js/search-narrow.js";
import { search } from "../../assets/js/search-engine.js";
import { bundled, deltas, HASH, opened, published, query } from "./search-made-up.mjs";

const { index } = await opened();
const ask = (asked) => search(index, query(asked));
/** What is found, and how the words were read. */
const found = async (asked) => (await ask(asked)).documents;
const kinds = async (words, more) => (await ask({ words, ...more })).units.map(({ kind, typed, read, name }) => [kind, typed, read, name]);
const EVERY = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

test("nothing asked is every trial in document order, page by page", async () => {
  const all = await ask({});
  assert.equal(all.total, 12);
  assert.deepEqual(all.documents, EVERY.slice(0, 10));
  assert.deepEqual(await found({ from: 10 }), [10, 11]);
  assert.deepEqual(await found({ from: 12 }), []);
  assert.deepEqual(all.counts, { status: [[0, 5], [1, 6]], phase: [[0, 5], [1, 4], [2, 4]], sex: [[0, 11], [1, 10]] });
  assert.deepEqual([all.trials, all.build, all.cut, all.relaxed, all.units, all.loosened], [12, "0123456789abcdef", false, false, [], []]);
});

test("a word finds its trials, those about it first", async () => {
  assert.deepEqual(await found({ words: "asthma" }), [0, 2, 5, 7]);
  assert.deepEqual(await found({ words: "Asthmas" }), [0, 2, 5, 7]);
  assert.deepEqual(await found({ words: "heart" }), [1, 3, 4, 9]);
  assert.deepEqual(await found({ words: "asthma", from: 1, size: 2 }), [2, 5]);
});

test("all words must be there; the rarer word and the higher level weigh more", async () => {
  assert.deepEqual(await found({ words: "failure of the heart" }), [1, 3]);
  // asthma: 10 log2(1 + 12/4) = 20; cancer, 6 trials: 10 log2 3 = 15.85, so 16. 2: 20·7 + 16·7, 0: 20·7 + 16·4, 5: 20·4 + 16·1.
  const both = await ask({ words: "cancer asthma" });
  assert.deepEqual([both.total, both.documents, both.relaxed], [3, [2, 0, 5], false]);
  assert.equal((await ask({ words: "cancer asthma", size: 3 })).total, 3);
});

test("all trials of a frequent word are read from layers as from lists", async () => {
  const layered = await opened(published({ "set/0.json": { layers: ["riA", "yA", "4A", "YA"] } }));
  const both = await search(layered.index, query({ words: "cancer asthma" }));
  assert.deepEqual([both.total, both.documents, both.relaxed], [3, [2, 0, 5], false]);
  assert.deepEqual((await search(layered.index, query({ words: "cancer", from: 1 }))).documents, [6, 0, 4, 5, 10]);
});

test("where no trial has all words, those that have some are found, and the answer says so", async () => {
  // heart and asthma weigh 20 each: level 4 is 140, level 3 is 80, level 2 is 40, level 1 is 20.
  const some = await ask({ words: "heart asthma" });
  assert.deepEqual([some.total, some.documents, some.relaxed], [8, [0, 1, 2, 3, 5, 4, 7, 9], true]);
  const known = await ask({ words: "heart xylophone", exact: true });
  assert.deepEqual([known.total, known.relaxed], [4, true]);
  const none = await ask({ words: "xylophone zebra" });
  assert.deepEqual([none.total, none.relaxed, none.loosened], [0, false, [{ part: "words", total: 12 }]]);
});

test("behind few trials that have all words stand those that have some, counted for themselves", async () => {
  const few = await ask({ words: "cancer asthma", order: "newest" });
  // cancer weighs 16 and asthma 20: 6 has 16·7, 7 has 20·1, 4 and 10 have 16·1.
  const some = await few.some();
  assert.deepEqual([few.total, some?.total, some?.documents], [3, 4, [6, 7, 4, 10]]);
  assert.deepEqual(some?.cards.map(({ id }) => id), ["NCT00000007", "NCT00000008", "NCT00000005", "NCT00000011"]);
  assert.deepEqual(await Promise.all([{ words: "cancer" }, { words: "heart asthma" }, { words: "xylophone zebra" }, {}].map(async (asked) => (await ask(asked)).some())), [null, null, null, null]);
});

test("those that have some of the words pass the filters, too", async () => {
  const some = await (await ask({ words: "cancer asthma", filters: { status: ["RECRUITING"] }, near: { latitude: 52, longitude: 13, radius: null }, order: "distance" })).some();
  assert.deepEqual([some?.total, some?.documents, some?.nearest?.length], [1, [4], 1]);
});

test("a weight is rounded, and equal scores stay in document order", async () => {
  // zeta, 2 trials: 10 log2 7 = 28.07, so 28·4 for 9; cancer, 6 trials: 15.85, so 16·7 for 2 and 6, which is the same.
  const shard = JSON.parse(published()[`${HASH}/lex/2.json`]);
  const { index: other } = await opened(published({ "lex/2.json": { ...shard, zeta: [[], [9], [], [11]] } }));
  assert.deepEqual((await search(other, query({ words: "zeta cancer" }))).documents, [2, 6, 9, 0, 11, 4, 5, 10]);
});

test("words that are given twice count twice", async () => {
  assert.deepEqual(await found({ words: "heart heart asthma asthma" }), await found({ words: "heart asthma" }));
  // failure, 3 trials, weighs 23 and cancer 16: 1 has 2·23·7, 2 and 6 have 16·7, 3 has 2·23·2, 0 has 16·4, 8 has 2·23·1.
  assert.deepEqual(await found({ words: "failure failure cancer" }), [1, 2, 6, 3, 0, 8, 4, 5, 10]);
});

test("the longest name is read, two words may be one, and another name leads to the name", async () => {
  assert.deepEqual(await kinds("heart failure"), [["name", "heart failure", "heart failur", "Heart failure"]]);
  assert.deepEqual(await kinds("meta stas", { exact: true }), [["beginning", "meta", "meta", null], ["unknown", "stas", "", null]]);
  assert.deepEqual(await found({ words: "heart failures" }), [1, 3]);
  assert.deepEqual(await kinds("PD 1 heart"), [["word", "pd 1", "pd1", null], ["word", "heart", "heart", null]]);
  assert.deepEqual(await kinds("Blincyto"), [["name", "blincyto", "blincyto", "Blinatumomab"]]);
  assert.deepEqual(await kinds("ALL in children"), [["name", "all", "all", "Acute lymphoblastic leukemia"], ["word", "children", "child", null]]);
});

test("a word that nobody wrote is read as the beginning of words", async () => {
  assert.deepEqual(await kinds("met"), [["beginning", "met", "met", null]]);
  assert.deepEqual(await found({ words: "met" }), [3, 11, 6]);
  assert.deepEqual(await found({ words: "met", exact: true }), [3, 11, 6]);
  assert.deepEqual(await kinds("me"), [["unknown", "me", "", null]]);
  assert.deepEqual(await found({ words: "breas canc", exact: true }), [6, 10]);
});

test("of many words that begin so those of most trials are read, and a trial has them at its highest level", async () => {
  const lexicon = (words) => opened(published({ "lex/0.json": words })).then(({ index: other }) => (asked) => search(other, query(asked)));
  const few = await lexicon({ betaa: [[5]], betab: [[], [], [], [5]], betac: [[], [], [2]], "betad e": [[11]] });
  assert.deepEqual((await few({ words: "beta" })).documents, [5, 2]);
  const words = Object.fromEntries([..."abcdefghi"].map((letter, at) => [`beta${letter}`, [deltas(...Array.from({ length: at === 2 ? 1 : 2 }, (_, more) => at + more))]]));
  const many = await lexicon({ ...words, betaz: [[], [], [], [11]] });
  assert.deepEqual((await many({ words: "beta" })).documents, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const ties = await lexicon(Object.fromEntries([..."ihgfedcba"].map((letter, at) => [`beta${letter}`, [[at]]])));
  assert.deepEqual((await ties({ words: "beta" })).documents, [1, 2, 3, 4, 5, 6, 7, 8]);
  const shard = JSON.parse(published()[`${HASH}/lex/1.json`]);
  const { index: alike } = await opened(published({ "lex/1.json": { ...shard, cancerou: [[7]] } }));
  assert.equal((await search(alike, query({ words: "canc", size: 3 }))).total, 7);
});

test("a typo is read as the nearest word, and what stands beside it is read anew", async () => {
  assert.deepEqual(await kinds("metfromin"), [["typo", "metfromin", "metformin", "Metformin"]]);
  assert.deepEqual(await kinds("brest cancer"), [["typo", "brest cancer", "breast cancer", "Breast cancer"]]);
  assert.deepEqual(await kinds("metfromin", { exact: true }), [["unknown", "metfromin", "", null]]);
  assert.deepEqual(await found({ words: "metfromin" }), [3, 11]);
  assert.deepEqual(await kinds("metfromin hea"), [["typo", "metfromin", "metformin", "Metformin"], ["beginning", "hea", "hea", null]]);
  assert.deepEqual(await kinds("asthmaa1"), [["unknown", "asthmaa1", "", null]]);
});

test("a word that says nothing is no beginning and no slip", async () => {
  const { index: many } = await opened(published({ "lex/2.json": { metformin: [[3]], therapy: [[1]] }, "fuzzy/5.json": [["heart", 4], ["where", 9]] }));
  for (const [words, total, kind] of [["ther", 1, "beginning"], ["the", 0, "unknown"], ["the of", 0, "unknown"], ["there", 0, "unknown"]]) {
    const found = await search(many, query({ words }));
    assert.deepEqual([found.total, found.units[0].kind], [total, kind], words);
  }
});

test("a rare word that is a letter away from a frequent one gives way where that finds much more", async () => {
  const manifest = { ...JSON.parse(published()[`${HASH}/manifest.json`]), trials: 120 };
  const shard = JSON.parse(published()[`${HASH}/lex/0.json`]);
  const rare = async (asked, { trials = 120, listed = 5, found = [1, 2, 3, 4, 5] } = {}) => {
    const files = { "manifest.json": { ...manifest, trials }, "lex/0.json": { ...shard, brest: [[6]], "breast cancer": { found: [deltas(...found)], name: "Breast cancer" } }, "fuzzy/6.json": [["breast", listed]] };
    const { index: many } = await opened(published(files));
    const { units, documents } = await search(many, query({ words: "brest cancer", ...asked }));
    return [units.map(({ kind, typed, read }) => [kind, typed, read].join(":")), documents];
  };
  const stays = [["word:brest:brest", "word:cancer:cancer"], [6]];
  assert.deepEqual(await rare({}), [["typo:brest cancer:breast cancer"], [1, 2, 3, 4, 5]]);
  assert.deepEqual(await rare({ exact: true }), stays);
  assert.deepEqual(await rare({}, { listed: 2 }), [["typo:brest cancer:breast cancer"], [1, 2, 3, 4, 5]]);
  assert.deepEqual(await rare({}, { listed: 1 }), stays);
  assert.deepEqual(await rare({ words: "brest asthma cancer" }, { listed: 4 }), [["word:brest:brest", "name:asthma:asthma", "word:cancer:cancer"], [6, 2, 0, 5, 7, 4, 10]]);
  assert.deepEqual(await rare({}, { found: [1, 2, 3, 4] }), stays);
  assert.deepEqual(await rare({}, { trials: 99 }), stays);
});

test("values of one facet are joined by or, facets by and; a count is that of choosing the value", async () => {
  const women = await ask({ filters: { sex: ["FEMALE"], phase: ["PHASE1"] } });
  assert.deepEqual(women.documents, [3, 4, 5, 6, 7]);
  assert.deepEqual(women.counts, { status: [[0, 2], [1, 3]], phase: [[0, 5], [1, 4], [2, 3]], sex: [[0, 5], [1, 4]] });
  assert.deepEqual(await found({ filters: { phase: ["PHASE1", "NA"] } }), [3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(await found({ words: "cancer", filters: { status: ["RECRUITING"] } }), [2, 0, 4]);
  assert.deepEqual(await found({ filters: { status: [] , elsewhere: ["x"], __proto__: ["y"] }, size: 20 }), EVERY);
  assert.equal((await ask({ filters: { status: ["UNHEARD_OF"] } })).total, 0);
});

test("a country is a filter too, and countries are counted on demand", async () => {
  assert.deepEqual(await found({ filters: { country: ["france", "japan"] } }), [0, 3, 6, 8]);
  assert.equal((await ask({ filters: { country: ["atlantis"] } })).total, 0);
  assert.equal((await ask({ filters: { sponsor: ["nobody"] } })).total, 0);
  const count = async (asked, ...more) => (await (await ask(asked)).facetCounts("country", ...more)).map(({ value, slug, label, count }) => [value, slug, label, count]);
  assert.deepEqual(await count({ words: "asthma" }), [[3, "united-states", "United States", 3], [0, "france", "France", 1], [1, "germany", "Germany", 0]]);
  assert.deepEqual(await count({ words: "cancer" }, [0, "japan", 99, "atlantis"]), [[0, "france", "France", 2], [2, "japan", "Japan", 0]]);
  assert.deepEqual(await count({ filters: { country: ["germany"], sex: ["MALE"] } }, ["france", "germany"]), [[0, "france", "France", 2], [1, "germany", "Germany", 1]]);
  assert.deepEqual(await (await ask({})).facetCounts("sponsor"), []);
  assert.deepEqual(await (await ask({})).facetCounts("nothing"), []);
});

test("age bounds are both included, and a bound that is not stated is open", async () => {
  assert.ok(fitsAge(18, 65, 18) && fitsAge(18, 65, 65) && !fitsAge(18, 65, 17) && !fitsAge(18, 65, 66));
  assert.ok(fitsAge(undefined, undefined, 90) && fitsAge(null, 0.5, 0) && fitsAge(0.5, null, 0));
  assert.deepEqual(await found({ age: 17 }), [4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(await found({ age: 18 }), [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(await found({ age: 66 }), [0, 1, 2, 3, 10, 11]);
  assert.deepEqual(await found({ age: 0 }), [4, 5, 6, 7, 8, 9, 10, 11]);
});

test("the newest come first, those without a day last", async () => {
  assert.deepEqual(await found({ order: "newest", size: 12 }), [10, 1, 4, 6, 8, 0, 2, 5, 7, 11, 3, 9]);
  assert.deepEqual(await found({ words: "heart", order: "newest" }), [1, 4, 3, 9]);
});

test("an empty answer says what leaving out each part alone would give", async () => {
  const none = await ask({ words: "metformin", filters: { status: ["COMPLETED"], country: ["germany"] }, age: 40 });
  assert.equal(none.total, 0);
  assert.deepEqual(none.loosened, [{ part: "words", total: 0 }, { part: "status", total: 1 }, { part: "country", total: 0 }, { part: "age", total: 0 }]);
  const young = await ask({ words: "metformin", filters: { phase: ["PHASE1"] }, age: 5 });
  assert.deepEqual(young.loosened, [{ part: "words", total: 4 }, { part: "phase", total: 1 }, { part: "age", total: 1 }]);
});

test("cards come in the order of the documents", async () => {
  const cards = await (await ask({ words: "cancer asthma" })).cards();
  assert.deepEqual(cards.map(({ id }) => id), ["NCT00000003", "NCT00000001", "NCT00000006"]);
});

test("a small site's two bundles answer the same", async () => {
  const small = await opened(bundled());
  for (const asked of [{ words: "cancer" }, { words: "brest cancer" }, { filters: { country: ["france"] }, age: 30, order: "newest" }, { near: { latitude: 52, longitude: 13, radius: 900 }, order: "distance" }]) {
    const [one, other] = [await search(small.index, query(asked)), await ask(asked)];
    const whole = async (answer) => ({ ...answer, cards: await answer.cards(), some: await answer.some(), facetCounts: 0 });
    assert.deepEqual(await whole(one), await whole(other));
  }
  assert.deepEqual(small.asked, ["latest.json", "index.json", "manifest.json", "cards.json"]);
});
