// @ts-check
/**
 * Answers of the self-check as plain data, and their place on this device for readers who ask for it.
 *
 * An answer belongs to the words that were asked: its key is a digest of them. When the words change, the
 * old answer fits nothing and is dropped.
 */

/** @typedef {Record<string, string>} Answers  by the key of their question */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Place */

/**
 * A short digest of a text, the same on every device (FNV-1a, 32 bits).
 * @param {string} text
 * @returns {string}
 */
export function digest(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}

/**
 * The answers in a stored text, as far as they fit the questions of today.
 * @param {string | null} text
 * @param {readonly string[]} keys
 * @returns {Answers}
 */
export function parse(text, keys) {
  let found;
  try {
    found = JSON.parse(text ?? "");
  } catch {}
  /** @type {Answers} */
  const answers = {};
  for (const [key, value] of Object.entries(Object(found))) {
    if (keys.includes(key) && typeof value === "string" && value && value.length < 20) answers[key] = value;
  }
  return answers;
}

/**
 * @param {() => Place} place  may throw, as a browser's storage does when it is refused
 * @param {string} key
 * @param {readonly string[]} keys  of the questions
 * @returns {Answers | null} null when nothing is stored
 */
export function read(place, key, keys) {
  try {
    const text = place().getItem(key);
    return text === null ? null : parse(text, keys);
  } catch {
    return null;
  }
}

/**
 * Keep answers, or with none to keep leave nothing behind.
 * @param {() => Place} place
 * @param {string} key
 * @param {Answers | null} answers
 * @returns {boolean} false when the browser refuses
 */
export function keep(place, key, answers) {
  try {
    if (answers) place().setItem(key, JSON.stringify(answers));
    else place().removeItem(key);
    return true;
  } catch {
    return false;
  }
}
