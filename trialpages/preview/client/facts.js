// @ts-check
/** What is known of a page for its editors, and the short sentences that say it. Nothing here touches a page. */

/** @typedef {import("./talk.js").Fault} Fault */

/** @typedef {{ path: string, line: number | null, end_line?: number | null, opens: boolean, what: string, kind: string }} Source */

/**
 * @typedef {object} Grade
 * @property {string} name
 * @property {number} grade
 * @property {number} words
 * @property {number} sentences
 * @property {"fine" | "hard" | "too-hard" | "too-short"} verdict
 * @property {number} target
 * @property {number} limit
 * @property {string} said
 * @property {readonly string[]} longest
 */

/**
 * @typedef {object} Block
 * @property {string} id
 * @property {string} at  a CSS selector of its first element
 * @property {string} name
 * @property {0 | 1} level
 * @property {readonly Source[]} sources
 * @property {{ path: string, line: number, opens: boolean } | null} template
 * @property {readonly Grade[]} grades
 * @property {readonly string[]} faults  ids
 */

/**
 * @typedef {object} PageFacts
 * @property {{ path: string, url: string, kind: string, title: string, trial: string | null }} page
 * @property {readonly Block[]} blocks
 * @property {readonly (Fault & { block: string | null })[]} faults
 * @property {{ code: string, severity: string, what: string, help: string | null, path: string, line: number,
 *   notes: readonly { text: string, path: string | null, line: number | null }[] } | null} drift
 * @property {Depends} depends
 * @property {{ said: string, files: readonly string[], parts: readonly { name: string, what: string }[] }} reason
 * @property {{ version: number, digest: string, is_provisional: boolean, bytes: number }} made
 */

/**
 * @typedef {object} Depends
 * @property {readonly { path: string, what: string, opens: boolean }[]} files
 * @property {readonly { path: string, what: string, opens: boolean }[]} shared
 * @property {readonly { path: string, opens: boolean }[]} templates
 * @property {readonly { id: string, title: string, url: string, why: string }[]} trials
 * @property {number} trials_hidden
 * @property {readonly { path: string, what: string, line: number | null, opens: boolean }[]} settings
 * @property {readonly { name: string, what: string, digest: string }[]} parts
 */

/** How much of a long line is shown before and after the place of a fault. */
const AROUND = 60;

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/**
 * The mean reading grade of a page, each text by its words; short texts have none.
 * @param {readonly Block[]} blocks
 * @returns {number | null}
 */
export function meanGrade(blocks) {
  const graded = blocks.flatMap(({ grades }) => grades).filter(({ verdict }) => verdict !== "too-short");
  const words = graded.reduce((sum, text) => sum + text.words, 0);
  return words ? graded.reduce((sum, { grade, words }) => sum + grade * words, 0) / words : null;
}

/**
 * @param {Grade} grade
 * @returns {string}
 */
export function gradeText({ grade, limit, target, verdict, words }) {
  if (verdict === "too-short") return `too short to grade (${counted(words, "word")})`;
  const bounds = `aim ${target}, limit ${limit}`;
  if (verdict === "too-hard") return `grade ${grade.toFixed(1)}, above the limit of ${limit}`;
  if (verdict === "hard") return `grade ${grade.toFixed(1)}, above the aim (${bounds})`;
  return `grade ${grade.toFixed(1)} (${bounds})`;
}

/**
 * What the closed panel says, in short pieces.
 * @param {import("./talk.js").State["faults"]} faults
 * @param {number | null} grade
 * @returns {{ text: string, tone: "error" | "warning" | "plain" }[]}
 */
export function marks(faults, grade) {
  const here = (/** @type {string} */ wanted) => faults.here.filter(({ severity }) => severity === wanted).length;
  const elsewhere = errorsElsewhere(faults);
  /** @type {{ text: string, tone: "error" | "warning" | "plain" }[]} */
  const found = [];
  if (here("error")) found.push({ text: counted(here("error"), "error"), tone: "error" });
  if (here("warning")) found.push({ text: counted(here("warning"), "warning"), tone: "warning" });
  if (grade !== null) found.push({ text: `grade ${grade.toFixed(1)}`, tone: "plain" });
  if (elsewhere) found.push({ text: `${counted(elsewhere, "error")} elsewhere`, tone: "error" });
  return found;
}

/**
 * @param {import("./talk.js").State["faults"]} faults
 * @returns {number}
 */
export function errorsElsewhere({ here, counts }) {
  return Math.max(0, counts.error - here.filter(({ severity }) => severity === "error").length);
}

/**
 * A place as editors and terminals write it.
 * @param {{ path: string, line?: number | null, column?: number | null }} place
 */
export function placeText({ path, line, column }) {
  return [path, line, column].filter(Boolean).join(":");
}

/**
 * A line of a file with a marker below the place of a fault; of a long line the part around it.
 * @param {string} line
 * @param {number} column  from 1
 * @returns {[string, string]}
 */
export function marked(line, column) {
  const at = Math.min(Math.max(column - 1, 0), line.length);
  const from = at > AROUND * 1.5 ? at - AROUND : 0;
  const to = line.length - at > AROUND * 1.5 ? at + AROUND : line.length;
  const before = `${from ? "…" : ""}${line.slice(from, at)}`;
  return [`${before}${line.slice(at, to)}${to < line.length ? "…" : ""}`, `${before.replace(/[^\t]/g, " ")}^`];
}

/**
 * What the overlay says of the page that lies under it.
 * @param {number} status  of the page as the server would send it now
 * @param {number} shown  status of the page as it was sent
 */
export function pageBelow(status, shown) {
  if (status < 500) return "Until it is mended, the page below may be an older one.";
  return shown < 500 ? "The page cannot be made. Below is the last one that could." : "The page cannot be made yet.";
}

/**
 * Whether an overlay that the reader has closed must be shown again: when there is an error that it did not hold.
 * @param {readonly Fault[]} errors
 * @param {ReadonlySet<string>} closed  ids
 */
export function hasNews(errors, closed) {
  return errors.some(({ id }) => !closed.has(id));
}
