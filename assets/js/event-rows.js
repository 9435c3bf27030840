// @ts-check
/**
 * What the chart of health problems says: which rows, in which order, with which words.
 *
 * The rules are those of the static table. A share is people affected of people at risk of that row
 * in that group. What is not reported is never zero, groups are never pooled, and the serious and the
 * other row of one term stay two rows. Pure functions: nothing here knows the page or Plotly.
 */

/**
 * People affected and people at risk; either may be unknown. `null` when the row says nothing of the group.
 * @typedef {readonly [affected: number | null, atRisk: number | null] | null} Count
 */

/**
 * A group of people whose problems were counted together.
 * @typedef {object} Group
 * @property {string} id
 * @property {string} title
 * @property {number | null} num_at_risk
 */

/**
 * One row of the record, with one count per group in the order of the groups.
 * @typedef {object} Row
 * @property {string} term
 * @property {string | null} lay_term
 * @property {"serious" | "other" | ""} kind
 * @property {string | null} organ_system
 * @property {readonly Count[]} counts
 */

/**
 * All rows and groups of one trial: the content of `adverse-events.json`.
 * @typedef {object} Events
 * @property {readonly Group[]} groups
 * @property {readonly Row[]} rows
 * @property {import("./event-figure.js").Template} template  the figure to fill
 * @property {readonly number[]} default_groups  places in `groups`, the one shown first at the front
 */

/**
 * A bar: one count of one row in words and as a share.
 * @typedef {object} Bar
 * @property {number | null} share  of 100, to two decimals; null when not reported
 * @property {string} count  "43 of 54 (80 %)"
 * @property {readonly string[]} inWords  "About 80 in 100", "Likely between 67 and 88 in 100"
 */

/**
 * A row as drawn.
 * @typedef {object} ShownRow
 * @property {string} name  in plain words where there are some
 * @property {string} detail  the medical term where the name is another, and "serious"
 * @property {string} organSystem
 * @property {readonly Bar[]} bars  one per chosen group
 */

const Z_95 = 1.959964;

/**
 * The share of a count, or null when it is not reported or contradicts itself.
 * @param {Count} count
 * @returns {number | null} 0 to 1
 */
export function share(count) {
  if (!count) return null;
  const [affected, atRisk] = count;
  if (affected === null || !atRisk || affected < 0 || affected > atRisk) return null;
  return affected / atRisk;
}

/**
 * People in 100, half up.
 * @param {number} affected
 * @param {number} atRisk
 * @returns {number}
 */
export function inHundred(affected, atRisk) {
  return Math.floor((200 * affected + atRisk) / (2 * atRisk));
}

/**
 * A count as readers see it, like "43 of 54 (80 %)".
 * @param {Count} count
 * @returns {string}
 */
export function countText(count) {
  if (!count || count[0] === null || !count[1]) return "not reported";
  const [affected, atRisk] = count;
  if (share(count) === null) return `${affected} of ${atRisk} (counts do not agree)`;
  const percent = inHundred(affected, atRisk);
  return `${affected} of ${atRisk} (${percent === 0 && affected > 0 ? "<1" : percent} %)`;
}

/**
 * The 95 % interval of a share after Wilson.
 * @param {number} affected
 * @param {number} atRisk
 * @returns {[low: number, high: number]} in whole percent, half up
 */
export function wilson(affected, atRisk) {
  const p = affected / atRisk;
  const spread = (Z_95 * Z_95) / atRisk;
  const center = (p + spread / 2) / (1 + spread);
  const half = (Z_95 * Math.sqrt((p * (1 - p)) / atRisk + spread / atRisk / 4)) / (1 + spread);
  const low = affected === 0 ? 0 : Math.max(0, center - half);
  const high = affected === atRisk ? 1 : Math.min(1, center + half);
  return [Math.floor(100 * low + 0.5), Math.floor(100 * high + 0.5)];
}

/**
 * A count as people in 100, and how sure that is.
 * @param {Count} count
 * @returns {string[]} none when there is no share
 */
export function inWords(count) {
  if (!count || share(count) === null) return [];
  const affected = /** @type {number} */ (count[0]);
  const atRisk = /** @type {number} */ (count[1]);
  const [low, high] = wilson(affected, atRisk);
  if (affected === 0) return [`None of ${atRisk}`, `0 of ${atRisk} still leaves room for up to about ${high} in 100`];
  if (affected === atRisk) return [`All ${atRisk}`, `Likely more than ${low} in 100`];
  const people = inHundred(affected, atRisk);
  const about = people === 0 ? "Fewer than 1" : people === 100 ? "More than 99" : `About ${people}`;
  return [`${about} in 100`, low === high ? `Likely about ${low} in 100` : `Likely between ${low} and ${high} in 100`];
}

/**
 * The rows to draw for one group or two, most frequent in the first group first.
 *
 * Rows in which nobody of the chosen groups had the problem are left out. Ties go serious first, then
 * from A to Z, then in the record's order.
 * @param {Events} events
 * @param {readonly number[]} chosen  places of the groups, one or two
 * @returns {ShownRow[]}
 */
export function shownRows(events, chosen) {
  const kept = events.rows
    .map((row, position) => ({ row, position, counts: chosen.map((place) => row.counts[place] ?? null) }))
    .filter(({ counts }) => counts.some((count) => !isNobody(count)));
  kept.sort((a, b) => {
    for (let index = 0; index < chosen.length; index += 1) {
      const order = falling(a.counts[index]) - falling(b.counts[index]);
      if (order) return order;
    }
    return kindOrder(a.row) - kindOrder(b.row) || alphabetic(a.row.term, b.row.term) || a.position - b.position;
  });
  return kept.map(({ row, counts }) => ({
    name: capital(row.lay_term ?? row.term),
    detail: [row.lay_term && !holds(row.lay_term, row.term) ? row.term : "", row.kind === "serious" ? "serious" : ""].filter(Boolean).join(", "),
    organSystem: row.organ_system ?? "",
    bars: counts.map((count) => ({ share: percent(count), count: countText(count), inWords: inWords(count) })),
  }));
}

/**
 * Whether a text has all of another in it as whole words.
 * @param {string} text
 * @param {string} part
 * @returns {boolean}
 */
function holds(text, part) {
  return ` ${plainWords(text)} `.includes(` ${plainWords(part)} `);
}

/**
 * @param {string} text
 * @returns {string} small letters, British and American spellings alike, the words parted by single spaces
 */
function plainWords(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_+]+/gu, " ")
    .replace(/[ao]e/g, "e")
    .trim();
}

/**
 * @param {Count} count
 * @returns {number | null} of 100, to two decimals
 */
function percent(count) {
  const of = share(count);
  return of === null ? null : Math.floor(10_000 * of + 0.5) / 100;
}

/**
 * A text with its first letter large and the rest as it is.
 * @param {string} text
 * @returns {string}
 */
export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/**
 * @param {Count} count
 * @returns {boolean} whether the row says that nobody had the problem
 */
function isNobody(count) {
  return count !== null && count[0] === 0 && Boolean(count[1]);
}

/**
 * @param {Count | undefined} count
 * @returns {number}
 */
function falling(count) {
  const of = share(count ?? null);
  return of === null ? 1 : -of;
}

/**
 * @param {Row} row
 * @returns {number}
 */
function kindOrder(row) {
  return row.kind === "serious" ? 0 : row.kind === "other" ? 1 : 2;
}

/**
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function alphabetic(a, b) {
  const [first, second] = [a.toLowerCase(), b.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * What the chart shows, for its label and for the live region.
 * @param {readonly ShownRow[]} rows
 * @param {number} shown  how many of them are drawn
 * @param {readonly Group[]} groups  the chosen ones
 * @returns {string}
 */
export function summary(rows, shown, groups) {
  const names = groups.map((group) => capital(group.title)).join(" and ");
  if (!rows.length) return `${names}: no health problem with a figure to show.`;
  const first = rows[0];
  const how = shown < rows.length ? `${shown} of ${rows.length} health problems` : `${rows.length} health ${rows.length === 1 ? "problem" : "problems"}`;
  const most = groups.map((group, index) => (groups.length > 1 ? `${capital(group.title)} ${first.bars[index].count}` : first.bars[index].count)).join(", ");
  return `${names}: ${how} shown, most frequent first. At the top: ${first.name}, ${most}.`;
}

/**
 * Break a text into lines that fit.
 * @param {string} text
 * @param {number} width  pixels
 * @param {(text: string) => number} measure  the width of a text in pixels
 * @returns {string[]} a single word that is too long stays whole
 */
export function wrap(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
