// @ts-check
/**
 * Names to choose from while the reader types: a combobox with a list, after the pattern of the ARIA
 * Authoring Practices. The field keeps the focus; arrows walk through the list, Enter takes a name, Escape
 * closes.
 */

import { _, isEnglish, ngettext } from "./language.js";
import { made } from "./search-results.js";

/** @typedef {import("./search-types.js").Suggestion} Suggestion */

const LIST_ID = "search-suggestions";

/**
 * @param {HTMLInputElement} field
 * @param {(text: string) => Promise<readonly Suggestion[]>} suggest
 * @param {(text: string) => void} choose
 * @returns {{ open: () => Promise<void>, close: () => void }} `open` when the text has changed
 */
export function suggestions(field, suggest, choose) {
  const list = made("ul", "search-suggestions", "");
  list.id = LIST_ID;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", _("Suggestions"));
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", LIST_ID], ["aria-expanded", "false"]]) field.setAttribute(name ?? "", value ?? "");
  field.after(list);
  /** @type {readonly Suggestion[]} */
  let shown = [];
  let active = -1;
  let turn = 0;

  /** @param {number} index  of the name that Enter would take; -1 for none */
  const activate = (index) => {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = list.children[index];
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    turn += 1;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(-1);
  };
  const open = async () => {
    const mine = ++turn;
    const found = await suggest(field.value).catch(() => []);
    if (mine !== turn || document.activeElement !== field) return;
    shown = found;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    activate(-1);
  };
  /** @param {number} index */
  const take = (index) => {
    const taken = shown[index];
    if (!taken) return;
    close();
    choose(textOf(taken));
  };

  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const chosen = target instanceof Element ? target.closest("[role=option]") : null;
    if (chosen) take([...list.children].indexOf(chosen));
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const last = list.childElementCount - 1;
    if (event.key === "ArrowDown" && list.hidden) void open();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") activate(active < last ? active + 1 : -1);
    else if (event.key === "ArrowUp") activate(active < 0 ? last : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) take(active);
    else {
      // These keys move in the text, so the reader has left the list.
      if (/^(Home|End|ArrowLeft|ArrowRight)$/.test(event.key)) activate(-1);
      return;
    }
    event.preventDefault();
  });
  return { open, close };
}

/**
 * @param {Suggestion} suggestion
 * @param {number} index
 * @returns {HTMLLIElement}
 */
function option(suggestion, index) {
  const entry = made("li", "", "");
  entry.id = `${LIST_ID}-${index}`;
  entry.setAttribute("role", "option");
  const name = made("span", "", textOf(suggestion));
  // Names are those of the records.
  if (!isEnglish()) name.lang = "en";
  entry.append(name, " ", made("span", "count", ngettext("{count} trial", "{count} trials", suggestion.trials)));
  return entry;
}

/**
 * @param {Suggestion} suggestion
 * @returns {string}
 */
function textOf({ before, name }) {
  return [before.trim(), name].filter(Boolean).join(" ");
}
