// @ts-check
/**
 * What the reader types and chooses becomes a search. Parts that only some readers need come when they need them.
 */

import { fromAddress, toAddress, withValue } from "./search-address.js";
import { choices } from "./search-form.js";
import { keeps, part } from "./search-page.js";
import { Session } from "./search-session.js";
import { enter, keepTop, note } from "./search-steps.js";
import { View } from "./search-view.js";

/** @typedef {import("./search-address.js").Asked} Asked */
/** @typedef {import("./search-types.js").Index} Index */

const PAUSE_MS = 120;

/**
 * Begin with the search of the address, and with what the reader has chosen while this was on its way.
 * @param {HTMLElement} page
 * @param {Promise<Index>} opening  the index, which is asked for before this module is there
 * @param {() => Promise<Index>} open  asks for it again
 */
export async function start(page, opening, open) {
  /** @type {Promise<Index> | undefined} */
  let index = opening;
  const session = new Session(page, () => {
    index ??= open();
    index.catch(() => (index = undefined));
    return index;
  });
  const view = new View(session);
  session.view = view;
  keepTop();
  if (location.search && !history.state) note({ settled: true });
  const before = session.asked;
  session.asked = taken(page, before);
  const names = listen(session);
  if (session.asked.words !== before.words) names("open");
  unfold(session, view);
  await own(session);
  const isSame = toAddress(session.asked) === toAddress(before);
  void session.update(isSame ? "restored" : session.asked.filters === before.filters ? "typed" : "chosen");
}

/**
 * A search with what stands in the controls.
 * @param {HTMLElement} page
 * @param {Asked} asked
 * @returns {Asked}
 */
function taken(page, asked) {
  const chosen = choices(page).filter(({ checked, name, value }) => checked && value && !asked.filters[name]?.includes(value));
  const words = part("#search-words", HTMLInputElement).value;
  return chosen.reduce((found, { name, value }) => withValue(found, name, value, true), { ...asked, words });
}

/**
 * Words, boxes and the order.
 * @param {Session} session
 * @returns {ReturnType<typeof suggestions>}
 */
function listen(session) {
  const { page } = session;
  const field = part("#search-words", HTMLInputElement);
  let pause = 0;
  const read = () => {
    clearTimeout(pause);
    session.asked = { ...session.asked, words: field.value };
  };
  /** What was typed just before stands in the address before anything else does. */
  const finish = () => {
    const { words } = fromAddress(location.search);
    read();
    if (words !== field.value.trim()) enter(toAddress(session.asked), "typed", session.isExact());
  };
  const submit = async () => {
    finish();
    const found = /\d{8}/.test(field.value) && (await import("./search-number.js").then(({ pageOfNumber }) => pageOfNumber(field.value, page.dataset["root"]), () => ""));
    if (found) location.assign(found);
    else await session.update("submitted");
  };
  const names = suggestions(session, field, () => void submit());

  page.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || (target !== field && target.id !== "search-age")) return;
    read();
    pause = window.setTimeout(() => void session.update("typed"), PAUSE_MS);
    if (target === field) names("open");
  });
  page.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement && target.id === "search-sort") void session.choose({ ...session.asked, order: target.value });
    if (!(target instanceof HTMLInputElement) || !target.name || target === field) return;
    finish();
    const others = target.type === "radio" ? withValue(session.asked, target.name, "", false) : session.asked;
    void session.choose(withValue(others, target.name, target.value, target.checked));
  });
  const form = part("#search-form", HTMLFormElement);
  form.dataset["ready"] = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    names("close");
    // On a phone the keyboard would cover what is found.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
    void submit();
  });
  addEventListener("popstate", () => {
    clearTimeout(pause);
    session.asked = fromAddress(location.search);
    void session.update("restored");
  });
  return names;
}

/**
 * Names to choose from, loaded when the field is entered.
 * @param {Session} session
 * @param {HTMLInputElement} field
 * @param {() => void} submit
 * @returns {(what: "open" | "close") => void}
 */
function suggestions(session, field, submit) {
  /** @type {Promise<ReturnType<typeof import("./search-suggestions.js").suggestions>> | undefined} */
  let loading;
  const load = () => {
    loading ??= Promise.all([import("./search-suggestions.js"), import("./search-suggest.js"), session.index()]).then(([{ suggestions }, { suggest }, index]) =>
      suggestions(
        field,
        (text) => suggest(index, text),
        (text) => {
          field.value = text;
          submit();
        },
      ),
    );
    loading.catch(() => (loading = undefined));
    return loading;
  };
  field.addEventListener("focus", () => void load().catch(() => {}), { once: true });
  return (what) => void (loading ?? load()).then((names) => names[what](), () => {});
}

/**
 * Long lists of values come when they are opened.
 * @param {Session} session
 * @param {View} view
 */
function unfold(session, view) {
  for (const fold of session.page.querySelectorAll("details[data-group]")) {
    if (!(fold instanceof HTMLDetailsElement)) continue;
    /** @type {Promise<unknown> | undefined} */
    let loading;
    const fill = () => {
      loading ??= import("./search-group.js").then(({ Group }) => view.groups.push(new Group(fold)));
      loading.then(
        () => session.update("again"),
        () => {
          loading = undefined;
          view.failIn(fold);
        },
      );
    };
    fold.addEventListener("toggle", fill);
    if (fold.open) fill();
  }
}

/**
 * Age and place, where the reader gives them or has asked this tab to keep them.
 * @param {Session} session
 */
async function own(session) {
  const box = part("[data-search-keep]", HTMLInputElement);
  const found = session.page.querySelector("details[data-search-place]");
  const fold = found instanceof HTMLDetailsElement ? found : null;
  /** @type {Promise<void> | undefined} */
  let beginning;
  const begin = () => {
    beginning ??= import("./search-own.js").then(({ start }) => start(session, box, fold));
    return beginning.catch(() => {
      beginning = undefined;
      if (fold) session.view?.failIn(fold);
    });
  };
  for (const [element, sign] of /** @type {const} */ ([[box, "change"], [fold, "toggle"]])) element?.addEventListener(sign, () => void begin());
  if (box.checked || fold?.open || keeps(() => sessionStorage, /:(age|place)$/)) await begin();
}
