// @ts-check
/**
 * The entry of the search page: it asks for the index and for what shows it when there is something to search.
 *
 * Words, filters and a chosen order stand in the address, so that a search can be shared and Back works.
 * Age and place do not: they say something about the reader. Without this script, and without the
 * index, the page's lists stand.
 */

// What answers comes with this file, what shows an answer beside the first files of the index.
import "./search-engine.js";
import { openIndex } from "./search-load.js";
import { keeps, part } from "./search-page.js";

/** Signs that a reader is about to use the form. */
const SIGNS = ["focusin", "pointerdown", "input", "change", "toggle"];

const page = document.querySelector("[data-search]");
if (page instanceof HTMLElement) start(page);

/** @param {HTMLElement} page */
function start(page) {
  const form = part("#search-form", HTMLFormElement);
  const field = part("#search-words", HTMLInputElement);
  field.value ||= new URLSearchParams(location.search).get("q") ?? "";
  /** @type {Promise<boolean> | undefined} */
  let loading;
  const begin = () => (loading ??= load(page));
  for (const sign of SIGNS) page.addEventListener(sign, begin, { once: true, capture: true });
  form.addEventListener("submit", (event) => {
    if ("ready" in form.dataset) return;
    event.preventDefault();
    void begin().then((isReady) => isReady && form.requestSubmit());
  });
  if (location.search || keeps(() => sessionStorage, /:(age|place)$/)) void begin();
  narrow();
}

/**
 * @param {HTMLElement} page
 * @returns {Promise<boolean>} false where the server has no such module, or cannot be asked
 */
async function load(page) {
  const open = () => openIndex({ folder: new URL(page.dataset["folder"] ?? "", location.href) });
  const opening = open();
  opening.catch(() => {});
  for (const href of page.dataset["modules"]?.split(" ") ?? []) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", fetchPriority: "low", href }));
  try {
    const { start } = await import("./search-controls.js");
    await start(page, opening, open);
    return true;
  } catch {
    part("[data-search-trouble]", HTMLElement).hidden = false;
    document.documentElement.classList.remove("is-asked");
    return false;
  }
}

/** On a narrow screen the filters lie behind a button, and another one leads back to the list. */
function narrow() {
  const button = part("[data-search-narrow]", HTMLElement);
  const status = part("[data-search-status]", HTMLElement);
  const open = (/** @type {boolean} */ isOpen) => button.setAttribute("aria-expanded", String(isOpen));
  button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
  part("[data-search-see]", HTMLElement).addEventListener("click", () => {
    open(false);
    status.focus();
    status.scrollIntoView();
  });
}
