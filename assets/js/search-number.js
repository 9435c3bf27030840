// @ts-check
/**
 * The number of a trial, typed in any of the ways in which people write it, and the page of that trial.
 */

/**
 * @param {string} text
 * @returns {string} as the registry writes it; empty where the text is anything else
 */
export function trialNumber(text) {
  const [, digits] = /^\s*(?:nct)?[\s:#.\u2010-\u2015-]*(\d{8})\s*$/iu.exec(text) ?? [];
  return digits ? `NCT${digits}` : "";
}

/**
 * The page of the trial whose number was typed, if this site has it.
 * @param {string} text
 * @param {string | undefined} root  the way to the site's root
 * @returns {Promise<string>} its address; empty where there is none, or no connection
 */
export async function pageOfNumber(text, root) {
  const number = trialNumber(text);
  if (!number) return "";
  const page = new URL(`${root ?? ""}trials/${number}/`, location.href);
  try {
    return (await fetch(page, { method: "HEAD" })).ok ? page.href : "";
  } catch {
    return "";
  }
}
