// @ts-check
/**
 * How names of towns and postcodes are looked up in the files of the gazetteer: pure functions.
 *
 * The files are described in docs/places.md. `fold` and `postcodeArea` do what the generator of the files and
 * trialpages/model/postcodes.py do; tests/js/gazetteer.json holds the vectors of both sides.
 */

/**
 * A town as a file holds it: its name, the number of its area, latitude, longitude, thousands of people,
 * and the folded other name where it is listed under one.
 * @typedef {[string, number, number, number, number, string?]} Row
 */

/**
 * @typedef {object} Shard
 * @property {[string, string, string?][]} areas  region, country, and the short name of the region
 * @property {Row[]} places
 */

/**
 * @typedef {object} Town
 * @property {string} name
 * @property {string} region
 * @property {string} country  two letters
 * @property {string} code  the short name of the region, `TX`; empty where it has none
 * @property {number} latitude
 * @property {number} longitude
 * @property {number} population  in thousands
 */

/** @type {Readonly<Record<string, string>>} */
const SPECIAL = { ß: "ss", æ: "ae", ø: "o", œ: "oe", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ħ: "h", ŋ: "n", ə: "a" };
/** What people call a country besides its name. */
const CALLED = /** @type {Readonly<Record<string, string>>} */ ({ usa: "us", america: "us", uk: "gb", britain: "gb", "great britain": "gb", holland: "nl" });
const SHORT_NAMES = /** @type {Readonly<Record<string, string>>} */ ({ nyc: "new york city" });
/** Two entries of one name that are no further apart are one town. */
const SAME_TOWN_DEGREES = 0.3;

/**
 * A name as it is looked up: small letters without accents, words parted by one space.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const plain = text.toLowerCase().replace(/['’‘ʻʼ`´]/g, "").replace(/[ßæøœđðþłıħŋə]/g, (letter) => SPECIAL[letter] ?? letter);
  return (plain.normalize("NFD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}

/**
 * Whether a folded name is in plain letters, as the files are.
 * @param {string} name
 * @returns {boolean}
 */
export function isPlain(name) {
  return /^[a-z0-9 ]+$/.test(name);
}

/**
 * The part of a postcode that names its area.
 * @param {string} code
 * @returns {string}
 */
export function postcodeArea(code) {
  const plain = plainCode(code);
  return /^[A-Z][A-Z0-9]{1,3}\d[A-Z]{2}$/.test(plain) ? plain.slice(0, -3) : plain.slice(0, 4);
}

/**
 * How many digits a postcode has, 0 where it has letters: the codes of a country are alike in this.
 * @param {string} code
 * @returns {number}
 */
export function digitsOf(code) {
  const plain = plainCode(code);
  return /^\d+$/.test(plain) ? plain.length : 0;
}

/** @param {string} code */
function plainCode(code) {
  return code.trim().toUpperCase().replace(/^[A-Z]{1,2}-(?=\d)/, "").replace(/[^A-Z0-9]/g, "");
}

/**
 * The number of the file in which a name stands.
 * @param {readonly string[]} starts  the first two letters of each file
 * @param {string} name  folded
 * @returns {number}
 */
export function shardOf(starts, name) {
  const letters = name.slice(0, 2);
  let found = 0;
  for (const [index, start] of starts.entries()) if (start <= letters) found = index;
  return found;
}

/**
 * The names to look for, with what was said of the region: `Paris, TX`, `paris texas`, `St. Louis`.
 * @param {string} text
 * @returns {{ name: string, within: string[] }[]} the likeliest first
 */
export function readings(text) {
  const [head = "", ...rest] = text.split(",");
  const name = SHORT_NAMES[fold(head)] ?? fold(head);
  const within = rest.map(fold).filter(Boolean);
  /** @type {{ name: string, within: string[] }[]} */
  const found = [{ name, within }];
  const words = name.split(" ");
  if (!within.length) for (let last = words.length - 1; last > 0 && last > words.length - 4; last -= 1) found.push({ name: words.slice(0, last).join(" "), within: [words.slice(last).join(" ")] });
  return found.flatMap((each) => {
    const other = each.name.startsWith("st ") ? `saint ${each.name.slice(3)}` : each.name.startsWith("saint ") ? `st ${each.name.slice(6)}` : "";
    return other ? [each, { ...each, name: other }] : [each];
  });
}

/**
 * The towns of a name, those with the most people first, each once.
 * @param {Shard} shard
 * @param {string} name  folded
 * @param {readonly string[]} within  folded; what was said of the region or the country
 * @param {(country: string) => string[]} namesOf  what a country is called
 * @returns {Town[]}
 */
export function townsNamed(shard, name, within, namesOf) {
  const towns = shard.places.filter((row) => folded(row) === name).map((row) => town(row, shard));
  return distinct(towns.filter((each) => within.every((said) => lies(each, said, namesOf))));
}

/**
 * Towns whose name is nearly the one that was written, the nearest first.
 * @param {Shard} shard
 * @param {string} name  folded
 * @param {number} most
 * @returns {Town[]}
 */
export function townsLike(shard, name, most) {
  const room = name.length < 5 ? 1 : 2;
  const near = shard.places
    .map((row) => ({ row, steps: name.length > 2 && folded(row).startsWith(name) ? 0.5 : steps(folded(row), name, room) }))
    .filter((each) => each.steps <= room)
    .sort((a, b) => a.steps - b.steps || b.row[4] - a.row[4]);
  return distinct(near.slice(0, most * 4).map(({ row }) => town(row, shard)), false).slice(0, most);
}

/**
 * @param {Row} row
 * @returns {string}
 */
function folded(row) {
  return row[5] ?? fold(row[0]);
}

/**
 * @param {Row} row
 * @param {Shard} shard
 * @returns {Town}
 */
function town([name, area, latitude, longitude, population], shard) {
  const [region = "", country = "", code = ""] = shard.areas[area] ?? [];
  return { name, region, country, code, latitude, longitude, population };
}

/**
 * @param {Town} town
 * @param {string} within
 * @param {(country: string) => string[]} namesOf
 * @returns {boolean}
 */
function lies({ region, country, code }, within, namesOf) {
  const written = within.replace(/\b(\w) (?=\w\b)/g, "$1");
  const called = CALLED[written] ?? written;
  const names = [region, code, country, ...namesOf(country)].filter(Boolean).map(fold);
  return names.some((name) => name === called || (called.length > 3 && name.startsWith(called)));
}

/**
 * @param {readonly Town[]} towns
 * @param {boolean} [sorted]  whether those with the most people come first
 * @returns {Town[]}
 */
function distinct(towns, sorted = true) {
  const order = sorted ? [...towns].sort((a, b) => b.population - a.population) : towns;
  /** @type {Town[]} */
  const found = [];
  for (const each of order) {
    const known = found.some((other) => fold(other.name) === fold(each.name) && Math.abs(other.latitude - each.latitude) < SAME_TOWN_DEGREES && Math.abs(other.longitude - each.longitude) < SAME_TOWN_DEGREES);
    if (!known) found.push(each);
  }
  return found;
}

/**
 * How many letters must be changed, added, taken away or swapped to make one word of another.
 * @param {string} one
 * @param {string} other
 * @param {number} most  beyond which the answer does not matter
 * @returns {number}
 */
function steps(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_each, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
