// @ts-check
/**
 * Dates as the records have them, a day, a month or a year, beside the reader's own day.
 *
 * The rules are those of trialpages/model/dates.py; both answer to tests/vectors/dates.json.
 */

import { language } from "./language.js";

/** The reader's day, as `2026-11-23`: Swedish writes it so. */
export const today = () => new Date().toLocaleDateString("sv");

/** @param {string} text */
const parts = (text) => text.split("-").map(Number);

/** @param {string} text  the first day that it can mean, as a number of days */
export const earliest = (text) => monthsLater(text, 0);

/** @param {string} text  the last day that it can mean, as a number of days */
export const latest = (text) => (text.length > 7 ? earliest(text) : monthsLater(text, text.length > 4 ? 1 : 12) - 1);

/**
 * Completed calendar months; where a day is unknown only the months are compared.
 * @param {string} start
 * @param {string} end
 * @returns {number}  NaN when a month is unknown
 */
export function monthsBetween(start, end) {
  const [year = NaN, month = NaN, day] = parts(start);
  const [lastYear = NaN, lastMonth = NaN, lastDay] = parts(end);
  const months = (lastYear - year) * 12 + lastMonth - month;
  if (!day || !lastDay) return months;
  if (months > 0 && monthsLater(start, months) > earliest(end)) return months - 1;
  return months < 0 && lastDay > day ? months + 1 : months;
}

/**
 * The same day of a later month, or the last of a shorter one, as a number of days.
 * @param {string} text  a month counts from its first day
 * @param {number} months
 */
export function monthsLater(text, months) {
  const [year = NaN, month = 1, day = 1] = parts(text);
  const length = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(day, length)) / 864e5;
}

/**
 * How long ago a date was, in the words of the language: `5 months ago`.
 * @param {string} past
 * @param {string} now
 */
export function ago(past, now) {
  const months = monthsBetween(past, now);
  if (Number.isNaN(months)) return inWords(Number(now.slice(0, 4)) - Number(past.slice(0, 4)), "year");
  if (months >= 36) return inWords(Math.floor(months / 12), "year");
  if (!months && past.length > 7) return inWords(earliest(now) - earliest(past), "day");
  return inWords(months, "month");
}

/**
 * @param {number} count
 * @param {Intl.RelativeTimeFormatUnit} unit
 */
function inWords(count, unit) {
  return new Intl.RelativeTimeFormat(language, { numeric: count ? "always" : "auto" }).format(-count, unit);
}
