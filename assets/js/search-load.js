// @ts-check
/**
 * The files of the index: each is asked for once, by however many callers, and given up when none waits for it.
 *
 * A new build of the site may take the files away while a page is open. Then, and where a file is not what it
 * must be, `latest.json`, the one file that changes, is read again, and the work is done once more.
 */

import { VERSION } from "./search-tokens.js";

/** @typedef {import("./search-types.js").Build} Build */
/** @typedef {import("./search-types.js").Get} Get */

const FORMAT = 2;
/** Files that are kept; the one that was longest not asked for goes first. */
const MOST_FILES = 500;

export class SearchError extends Error {
  /**
   * @param {"offline" | "gone" | "damaged" | "reload"} kind  "reload": the page is older than the index, or newer
   * @param {unknown} cause
   */
  constructor(kind, cause) {
    super(`${kind}: ${cause}`, { cause });
    this.kind = kind;
  }
}

/**
 * @param {unknown} what
 * @returns {never}
 */
export const damaged = (what) => {
  throw new SearchError("damaged", what);
};

/**
 * A module that is asked for on use; a new build of the site may have taken it away.
 * @template M
 * @param {Promise<M>} module
 * @returns {Promise<M>}
 */
export const later = (module) =>
  module.catch((error) => {
    throw new SearchError("reload", error);
  });

/**
 * @param {{ folder?: URL | string, get?: Get }} options  `get` reads a file otherwise than from the folder
 * @returns {Promise<import("./search-types.js").Index>} rejects with a `SearchError`
 */
export async function openIndex({ folder = "", get = fetchFrom(folder) }) {
  let build = await openBuild(get, false).catch((error) => (mends(error) ? openBuild(get, true) : Promise.reject(error)));
  /** @type {Promise<void> | null} */
  let renewing = null;
  return {
    get manifest() {
      return build.manifest;
    },
    async attempt(work, signal) {
      const tried = build;
      try {
        return await work(tried);
      } catch (error) {
        if (signal?.aborted || !mends(error)) throw error;
      }
      if (build === tried) {
        renewing ??= openBuild(get, true)
          .then((renewed) => void (build = renewed))
          .finally(() => (renewing = null));
      }
      await renewing;
      return work(build).catch((error) => {
        throw signal?.aborted || error instanceof SearchError ? error : new SearchError("damaged", error);
      });
    },
  };
}

/**
 * Whether a failure may come of files that are gone or damaged; what they break may be anything.
 * @param {unknown} error
 */
const mends = (error) => !(error instanceof SearchError) || /gone|damaged/.test(error.kind);

/**
 * @param {Get} get
 * @param {boolean} fresh  whether to pass by what the browser has kept
 * @returns {Promise<Build>}
 */
async function openBuild(get, fresh) {
  const latest = await read(get, "latest.json", { fresh: true });
  const { index: hash, bundles = [] } = latest;
  if (latest.format !== FORMAT) throw new SearchError(latest.format ? "reload" : "damaged", "latest.json");
  if (!/^[0-9a-f]+$/.test(hash)) damaged("latest.json");
  const shared = sharing();
  /** @type {WeakMap<object, any>} */
  const ready = new WeakMap();
  /** @type {Build["file"]} */
  const file = async (path, signal, decode) => {
    const bundle = bundles[/^doc/.test(path) ? 1 : 0];
    const alone = !bundle || path === MANIFEST;
    const whole = await shared(alone ? path : bundle, signal, (stop) => read(get, `${hash}/${alone ? path : bundle}`, { signal: stop, fresh }));
    const content = alone ? whole : whole[path] ?? damaged(path);
    if (decode && !ready.has(content)) ready.set(content, decode(content));
    return decode ? ready.get(content) : content;
  };
  file("facets.json").catch(() => {});
  const manifest = await file(MANIFEST);
  if (manifest.format !== FORMAT || manifest.tokens !== VERSION) throw new SearchError("reload", MANIFEST);
  return { hash, manifest, file };
}

const MANIFEST = "manifest.json";

/**
 * @param {Get} get
 * @param {string} path
 * @param {{ signal?: AbortSignal, fresh: boolean }} options
 */
async function read(get, path, options) {
  const text = await get(path, options).catch((error) => {
    throw options.signal?.aborted ? error : new SearchError("offline", error);
  });
  if (text === null) throw new SearchError("gone", path);
  try {
    const content = JSON.parse(text);
    if (content && typeof content === "object") return content;
  } catch {}
  return damaged(path);
}

/**
 * Requests by path. Who stops waiting leaves the others their answer; where nobody waits the request ends.
 * @returns {(path: string, signal: AbortSignal | undefined, ask: (stop: AbortSignal) => Promise<any>) => Promise<any>}
 */
function sharing() {
  /** @type {Map<string, { answer: Promise<any>, stop: AbortController, waiting: number }>} */
  const asked = new Map();
  return (path, signal, ask) => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const stop = new AbortController();
    const request = asked.get(path) ?? { answer: ask(stop.signal), stop, waiting: 0 };
    const forget = () => asked.get(path) === request && asked.delete(path);
    forget();
    asked.set(path, request);
    const [oldest = ""] = asked.keys();
    if (asked.size > MOST_FILES) asked.delete(oldest);
    request.waiting += 1;
    return new Promise((resolve, reject) => {
      request.answer.then((content) => {
        request.waiting = Infinity;
        resolve(content);
      }, (error) => {
        forget();
        reject(error);
      });
      signal?.addEventListener("abort", () => {
        reject(signal.reason);
        request.waiting -= 1;
        // The next keystroke, for which this wait ends, may want the same file.
        setTimeout(() => {
          if (request.waiting) return;
          forget();
          request.stop.abort();
        });
      });
    });
  };
}

/**
 * @param {URL | string} folder
 * @returns {Get}
 */
const fetchFrom = (folder) => async (path, { signal, fresh }) => {
  const answer = await fetch(new URL(path, folder), { signal, cache: fresh ? "reload" : "force-cache", credentials: "omit" });
  if (answer.ok) return answer.text();
  if (answer.status === 404 || answer.status === 410) return null;
  throw new Error(`${path} answers ${answer.status}`);
};
