// @ts-check
/**
 * When to ask the server: at each of its nudges over livereload's connection, when that connection is there again,
 * when the reader comes back to the page, and each second while there is no connection.
 */

const WITHOUT_CONNECTION_MS = 1000;

/** A change between the browser's greeting and the server's taking note of it has no nudge: so it is asked again. */
const AFTER_GREETING_MS = 1000;

/** @typedef {{ addPlugin: (plugin: unknown) => void, connector?: { protocol: number } }} LiveReload */

/**
 * @param {(path: string) => unknown} hear  called when the server says that this page has changed, with what it names
 * @param {() => Promise<void>} ask  called when it may have
 */
export function listen(hear, ask) {
  const nudge = () => void ask();
  const live = /** @type {LiveReload | undefined} */ (Reflect.get(window, "LiveReload"));
  live?.addPlugin(pluginFor(hear));

  let isConnected = (live?.connector?.protocol ?? 0) >= 7;
  let timer = 0;
  // While a page is not looked at, its reader loses nothing by hearing of changes when she comes back.
  const poll = () => {
    if (isConnected) return;
    if (document.hidden) wait();
    else void ask().then(wait);
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(poll, WITHOUT_CONNECTION_MS);
  };
  document.addEventListener("LiveReloadConnect", () => {
    isConnected = true;
    nudge();
    setTimeout(nudge, AFTER_GREETING_MS);
  });
  document.addEventListener("LiveReloadDisconnect", () => {
    isConnected = false;
    wait();
  });
  document.addEventListener("visibilitychange", () => document.hidden || nudge());
  addEventListener("pageshow", ({ persisted }) => persisted && nudge());
  wait();
}

/**
 * A plugin of livereload.js that takes over its reloads.
 * @param {(path: string) => unknown} hear
 */
function pluginFor(hear) {
  return class {
    static identifier = "trialpages";
    static version = "1.0";

    /**
     * @param {string} path
     * @returns {boolean} true: nothing is left to do for livereload.js
     */
    reload(path) {
      hear(path);
      return true;
    }
  };
}
