// @ts-check
/**
 * What the answers of the self-check come to: each answer against its rule, then all of them together.
 *
 * No answer lets anybody in or keeps anybody out. The words are cautious on purpose: only the study team decides.
 */

import { _, ngettext } from "./language.js";

/**
 * What an answer says of one rule: it `fits`, it stands in the way (`conflict`), it leaves the rule
 * `open`, or there is no answer.
 * @typedef {"fits" | "conflict" | "open" | "none"} Finding
 */

/**
 * @typedef {object} Judged
 * @property {string} statement  the rule as the page says it
 * @property {string} said  the answer as words; empty without one
 * @property {Finding} finding
 */

/**
 * @typedef {object} Verdict
 * @property {"none" | "conflict" | "open" | "fits"} kind
 * @property {number} answered
 * @property {number} total
 * @property {Judged[]} conflicts  what may stand in the way
 * @property {Judged[]} unsure  what was answered and stays open
 */

/** @type {Readonly<Record<string, number>>} */
const DAYS = { year: 365.25, month: 365.25 / 12, day: 1 };
/** Fractions of a day that calculating with numbers may add or take. */
const SLACK = 1e-6;

/**
 * An answer to a statement.
 * @param {string} answer  `yes`, `no`, `unsure`, or empty
 * @param {string} kind  `inclusion`: the statement should be true; `exclusion`: it should not
 * @returns {Finding}
 */
export function judgeAnswer(answer, kind) {
  if (answer === "unsure") return "open";
  if (answer !== "yes" && answer !== "no") return "none";
  return (answer === "yes") === (kind === "inclusion") ? "fits" : "conflict";
}

/**
 * The number that a reader wrote, with a point or a comma; null when it is no age.
 * @param {string} text
 * @returns {number | null}
 */
export function ageOf(text) {
  const written = text.trim().replace(",", ".");
  return /^\d{1,5}(\.\d{1,4})?$/.test(written) ? Number(written) : null;
}

/**
 * An age against its bounds in days, both of which may be missing. A whole number counts completed
 * units, so 17 years may be almost 18: where that matters the answer leaves the rule open.
 * @param {string} text  as the reader wrote it
 * @param {string} unit  `year`, `month` or `day`
 * @param {number} from  the first age that fits
 * @param {number} before  the first age above it that does not
 * @returns {Finding}
 */
export function judgeAge(text, unit, from, before) {
  const age = ageOf(text);
  const days = DAYS[unit];
  if (age === null || days === undefined) return "none";
  const youngest = age * days;
  const oldest = Number.isInteger(age) ? (age + 1) * days : youngest + 2 * SLACK;
  if (youngest >= from - SLACK && oldest <= before + SLACK) return "fits";
  return oldest <= from + SLACK || youngest >= before - SLACK ? "conflict" : "open";
}

/**
 * A sex against the only one that a trial takes.
 * @param {string} answer  `FEMALE`, `MALE`, `unsure`, or empty
 * @param {string} wanted  `FEMALE` or `MALE`
 * @returns {Finding}
 */
export function judgeSex(answer, wanted) {
  if (!answer) return "none";
  return answer === "unsure" ? "open" : answer === wanted ? "fits" : "conflict";
}

/**
 * All answers together: one that stands in the way outweighs everything, then what is open.
 * @param {readonly Judged[]} judged
 * @returns {Verdict}
 */
export function verdict(judged) {
  const by = (/** @type {Finding} */ finding) => judged.filter((one) => one.finding === finding);
  const conflicts = by("conflict");
  const unsure = by("open");
  const answered = judged.length - by("none").length;
  const kind = !answered ? "none" : conflicts.length ? "conflict" : answered < judged.length || unsure.length ? "open" : "fits";
  return { kind, answered, total: judged.length, conflicts, unsure };
}

/**
 * How far the reader is.
 * @param {Verdict} found
 * @returns {string}
 */
export function progressText({ answered, total }) {
  return ngettext("{answered} of {count} answered.", "{answered} of {count} answered.", total, { answered });
}

/**
 * The verdict in words.
 * @param {Verdict} found
 * @param {boolean} more  whether the record has rules that are not asked
 * @returns {string}
 */
export function verdictText({ kind, conflicts, unsure }, more) {
  const first = conflicts[0];
  if (first) {
    const may = conflicts.length === 1
      ? _("Your answer to “{statement}” may mean that you cannot join.", { statement: first.statement })
      : ngettext("{count} answer may mean that you cannot join.", "{count} answers may mean that you cannot join.", conflicts.length);
    return `${may} ${_("Rules can have exceptions: ask.")}`;
  }
  if (kind === "open") {
    const ask = unsure.length ? ` ${_("Ask about what you are not sure of.")}` : "";
    return _("Nothing rules you out so far.") + ask;
  }
  if (kind === "none") return "";
  const text = _("You may be able to join. Only the study team can tell.");
  return more ? `${text} ${_("There are more rules than these.")}` : text;
}

/**
 * What to ask, from the answers that stand in the way and those that leave a rule open.
 * @param {Verdict} found
 * @returns {string[]}
 */
export function ownQuestions({ conflicts, unsure }) {
  return [
    ...conflicts.map(({ statement, said }) => _("“{statement}” My answer: {said}. Can there be an exception?", { statement, said })),
    ...unsure.map(({ statement, said }) => _("“{statement}” My answer: {said}. How can we find out?", { statement, said })),
  ];
}

/**
 * Good questions whatever the answers are.
 * @returns {string[]}
 */
export function goodQuestions() {
  return [
    _("Could this trial fit me?"),
    _("Which tests do I need before I can know?"),
    _("What is the next step, if I want to join?"),
  ];
}
