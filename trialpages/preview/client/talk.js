// @ts-check
/**
 * What the preview's server is asked: how a page is, what the panel says of it, and to open a place in the editor.
 */

/** @typedef {"error" | "warning" | "note"} Severity */

/**
 * @typedef {object} Fault
 * @property {string} id
 * @property {string} code
 * @property {Severity} severity
 * @property {string} what
 * @property {string} path  relative to the site
 * @property {number} line
 * @property {number} column
 * @property {string | null} help
 * @property {string | null} source_line
 * @property {readonly string[]} notes
 */

/**
 * @typedef {object} State
 * @property {number} version
 * @property {{ path: string, url: string, digest: string, status: number, is_provisional: boolean }} page
 * @property {{ here: Fault[], elsewhere: Fault[], counts: Record<Severity, number>, hidden: number }} faults
 * @property {string | null} progress
 * @property {string} base
 */

/** @typedef {{ path: string, line: number | null }} Place */

const LONGEST_MS = 30_000;

/** Where the client's own files and the server's answers are. */
export const HOME = new URL("./", import.meta.url);

/**
 * What the server says of a page in the client's own tag.
 * @param {Document} page
 * @returns {DOMStringMap}
 */
const ownTag = (page) => /** @type {HTMLElement | null} */ (page.querySelector("script[src*='/__preview/']"))?.dataset ?? {};

/** The digest of the page as it came. */
export const digestAtFirst = ownTag(document).digest;

/** The path below which the site lies; the server's first answer knows it best. */
let base = ownTag(document).base ?? "/";

/**
 * A page's path from the root of the site.
 * @param {string} pathname
 * @param {string} from
 */
export function pathOf(pathname, from) {
  return pathname.startsWith(from) ? decoded(pathname.slice(from.length)) : decoded(pathname.slice(1));
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** @returns {Promise<State>} */
export async function askState() {
  const state = /** @type {State} */ (await asked("state"));
  if (state.base === base) return state;
  ({ base } = state);
  return /** @type {Promise<State>} */ (asked("state"));
}

/** @returns {Promise<import("./facts.js").PageFacts>} */
export async function askPanel() {
  return /** @type {Promise<import("./facts.js").PageFacts>} */ (asked("panel"));
}

/**
 * The address of a page of the site.
 * @param {string} url
 */
export const addressOf = (url) => `${base}${url}`;

/** What the preview adds to a page. */
const ADDED = "script[src*='/__preview/'], script[src*='/livereload.js']";

/**
 * A page as the server sends it, without what the preview adds, and how the server knows that version of it.
 * @typedef {{ page: Document, digest: string, status: number }} Sent
 */

/** @returns {Promise<Sent>} the open page as the server would send it now */
export async function askPage() {
  const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" }, signal: AbortSignal.timeout(LONGEST_MS) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { digest } = ownTag(page);
  if (digest === undefined) throw new Error(`the page: ${answer.status}`);
  for (const script of page.querySelectorAll(ADDED)) script.remove();
  return { page, digest, status: answer.status };
}

/**
 * Open a place in the editor on the machine that serves.
 * @param {Place} place
 * @returns {Promise<boolean>} false where no editor is known, or the page is looked at from another machine
 */
export async function open({ path, line }) {
  try {
    const answer = await fetch(new URL("open", HOME), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Trialpages-Preview": "1" },
      body: JSON.stringify({ path, line }),
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/** @param {string} what */
async function asked(what) {
  const address = new URL(what, HOME);
  address.searchParams.set("page", pathOf(location.pathname, base));
  const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(LONGEST_MS) });
  if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
  return answer.json();
}
