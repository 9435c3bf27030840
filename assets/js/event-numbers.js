// @ts-check
/**
 * Shares of people, Wilson's interval of a share and Newcombe's interval of a difference.
 *
 * Counts go in, fractions of 1 come out, unrounded; only what says so rounds, once and half up. A count
 * that is not reported has no share. Nothing here tests a hypothesis. Pure functions.
 */

/** @typedef {import("./event-data.js").Count} Count */

const Z_95 = 1.959964;

/**
 * The share of a count, or null when it is not reported or contradicts itself.
 * @param {Count | undefined} count
 * @returns {number | null} 0 to 1
 */
export function share(count) {
  if (!count) return null;
  const [affected, atRisk] = count;
  if (affected === null || !atRisk || affected < 0 || affected > atRisk) return null;
  return affected / atRisk;
}

/**
 * @param {Count | undefined} count
 * @returns {boolean} whether it says that nobody had the problem
 */
export function isNobody(count) {
  return Boolean(count && count[0] === 0 && count[1]);
}

/**
 * @param {number} value
 * @returns {number} the nearest whole number, halves up
 */
export function halfUp(value) {
  return Math.floor(value + 0.5);
}

/**
 * People in 100, half up, by exact arithmetic.
 * @param {number} affected
 * @param {number} atRisk
 * @returns {number}
 */
export function inHundred(affected, atRisk) {
  return Math.floor((200 * affected + atRisk) / (2 * atRisk));
}

/**
 * Whole percent as the words say it, or null when there is no share.
 * @param {Count | undefined} count
 * @returns {number | null}
 */
export function wholePercent(count) {
  return count && share(count) !== null ? inHundred(Number(count[0]), Number(count[1])) : null;
}

/**
 * The 95 % interval of a share after Wilson.
 * @param {number} affected
 * @param {number} atRisk
 * @returns {[low: number, high: number]}
 */
export function wilson(affected, atRisk) {
  const p = affected / atRisk;
  const spread = (Z_95 * Z_95) / atRisk;
  const center = (p + spread / 2) / (1 + spread);
  const half = (Z_95 * Math.sqrt((p * (1 - p)) / atRisk + spread / atRisk / 4)) / (1 + spread);
  const low = affected === 0 ? 0 : Math.max(0, center - half);
  const high = affected === atRisk ? 1 : Math.min(1, center + half);
  return [low, high];
}

/**
 * The first group's share less the second's.
 * @typedef {object} Difference
 * @property {number} value
 * @property {number} low
 * @property {number} high
 */

/**
 * The difference of two shares with Newcombe's hybrid score interval, or null when either is not reported.
 * @param {Count | undefined} first
 * @param {Count | undefined} second
 * @returns {Difference | null}
 */
export function newcombe(first, second) {
  const [one, two] = [share(first), share(second)];
  if (one === null || two === null || !first || !second) return null;
  const [oneLow, oneHigh] = wilson(Number(first[0]), Number(first[1]));
  const [twoLow, twoHigh] = wilson(Number(second[0]), Number(second[1]));
  const value = one - two;
  return {
    value,
    low: value - Math.hypot(one - oneLow, twoHigh - two),
    high: value + Math.hypot(oneHigh - one, two - twoLow),
  };
}
