// @ts-check
/**
 * The counts of one trial as the browser works with them: `adverse-events.json` in, rows out.
 *
 * The file holds columns, because 2,000 rows of named fields would be slow to send. What it leaves out
 * is unknown, never zero. Pure functions: nothing here knows the page.
 */

/** The format that this module reads; `docs/adverse-events-data.md` tells what it holds. */
export const FORMAT = 2;

/**
 * People affected and people at risk; either may be unknown. `null` when the row says nothing of the group.
 * @typedef {readonly [affected: number | null, atRisk: number | null] | null} Count
 */

/**
 * A group of people whose problems were counted together.
 * @typedef {object} Group
 * @property {string} id
 * @property {string} title
 * @property {string | null} [description]
 * @property {number | null} num_at_risk
 * @property {number | null} [serious_num_affected]
 */

/** @typedef {"serious" | "other" | ""} Kind */

/**
 * One row of the record, with one count per group in the order of the groups.
 * @typedef {object} Row
 * @property {number} position  its place in the record, from 0
 * @property {Kind} kind
 * @property {string} term
 * @property {string | null} layTerm
 * @property {string} organSystem  empty when the record names none
 * @property {string} note  what else the record says of this row alone
 * @property {readonly Count[]} counts
 * @property {string} folded  its plain and medical words as `fold` makes them
 */

/**
 * All rows and groups of one trial.
 * @typedef {object} Events
 * @property {string} sourceTrial  in which trial the problems were counted
 * @property {string | null} source  where the counts come from, when not from the registry's record
 * @property {number | null} threshold  percent; other problems are listed only above it
 * @property {readonly Group[]} groups
 * @property {readonly number[]} defaultGroups  places in `groups`, the one shown first at the front
 * @property {readonly Row[]} rows
 * @property {import("./event-figure.js").Template} template  the figure to fill
 */

/**
 * A column of texts: the different ones, and the place of each row's among them.
 * @typedef {{ values: readonly string[], at: readonly (number | null)[] }} Dictionary
 */

/**
 * @typedef {object} Columns
 * @property {readonly (readonly [Kind, number])[]} kinds  how many rows of each kind stand one after the other
 * @property {readonly string[]} term
 * @property {readonly (readonly (number | null)[])[]} num_affected  by group, then by row
 * @property {readonly (number | null | readonly (number | null)[])[]} num_at_risk  one number for all rows, or one each
 * @property {Dictionary} [lay_term]
 * @property {Dictionary} [organ_system]
 * @property {Dictionary} [assessment]
 * @property {Dictionary} [source_vocabulary]
 * @property {Dictionary} [notes]
 */

/**
 * The content of `adverse-events.json`.
 * @typedef {object} File
 * @property {number} format
 * @property {string} [source_trial]
 * @property {string | null} [source]
 * @property {number | null} [frequency_threshold]
 * @property {readonly Group[]} groups
 * @property {readonly number[]} default_groups
 * @property {Columns} rows
 * @property {import("./event-figure.js").Template} template
 */

/**
 * Read the file of a trial. Throws when it is of another format.
 * @param {File} file
 * @param {(dictionary: string) => string} termOf  names the dictionary of a term, where rows differ in it
 * @returns {Events}
 */
export function readEvents(file, termOf = (dictionary) => dictionary) {
  if (file.format !== FORMAT) throw new Error(`the data have the format ${file.format}, not ${FORMAT}`);
  return {
    sourceTrial: file.source_trial ?? "",
    source: file.source ?? null,
    threshold: file.frequency_threshold ?? null,
    groups: file.groups,
    defaultGroups: file.default_groups,
    rows: readRows(file.rows, termOf),
    template: file.template,
  };
}

/**
 * @param {Columns} columns
 * @param {(dictionary: string) => string} termOf
 * @returns {Row[]}
 */
function readRows(columns, termOf) {
  const kinds = columns.kinds.flatMap(([kind, count]) => /** @type {Kind[]} */ (Array(count).fill(kind)));
  return columns.term.map((term, position) => {
    const layTerm = entry(columns.lay_term, position);
    const asked = varies(columns.assessment) ? entry(columns.assessment, position) : null;
    const dictionary = varies(columns.source_vocabulary) ? entry(columns.source_vocabulary, position) : null;
    return {
      position,
      kind: kinds[position] ?? "",
      term,
      layTerm,
      organSystem: entry(columns.organ_system, position) ?? "",
      note: [entry(columns.notes, position), asked, dictionary && termOf(dictionary)].filter(Boolean).join(" · "),
      counts: columns.num_affected.map((affected, group) => countOf(affected[position], columns.num_at_risk[group], position)),
      folded: fold(`${layTerm ?? ""} ${term}`),
    };
  });
}

/**
 * @param {number | null} affected
 * @param {number | null | readonly (number | null)[]} atRisk
 * @param {number} position
 * @returns {Count}
 */
function countOf(affected, atRisk, position) {
  const people = typeof atRisk === "number" || atRisk === null ? atRisk : atRisk[position];
  return affected === null && people === null ? null : [affected, people];
}

/**
 * @param {Dictionary | undefined} column
 * @param {number} position
 * @returns {string | null}
 */
function entry(column, position) {
  const place = column?.at[position] ?? null;
  return column && place !== null ? column.values[place] : null;
}

/**
 * @param {Dictionary | undefined} column
 * @returns {boolean} whether rows differ in it
 */
function varies(column) {
  return Boolean(column && (column.values.length > 1 || column.at.includes(null)));
}

/**
 * A text as it is compared: small letters without accents, British and American spellings alike,
 * single spaces between the words.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_+]+/gu, " ")
    .replace(/[ao]e/g, "e")
    .replace(/our/g, "or")
    .replace(/ph/g, "f")
    .replace(/z/g, "s")
    .replace(/(\p{L})\1/gu, "$1")
    .trim();
}
