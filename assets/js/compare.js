// @ts-check
/**
 * The page of saved trials: up to four of them side by side, read from their own pages.
 *
 * Which trials the reader looks at stays in this browser. The address names trials only when somebody
 * made a link of them by a button, and the page never writes its own address.
 */

import "./more-messages.js";
import { button, linkedNote, savedList } from "./compare-list.js";
import { loadTrial } from "./compare-read.js";
import { compareTable, made } from "./compare-table.js";
import { _, language, ngettext } from "./language.js";
import { added, hasRoom, isTrial, keep, MOST_CHOSEN, onChange, read, root, without } from "./storage.js";

/** @typedef {import("./compare-read.js").ReadTrial} ReadTrial */
/** @typedef {import("./storage.js").Saved} Saved */

const place = document.querySelector("[data-comparison]");
if (place instanceof HTMLElement) start(place);

/** @param {HTMLElement} place */
function start(place) {
  const linked = linkedTrials(location.search);
  const list = made("div", "saved", "");
  const actions = made("div", "comparison-actions", "");
  const troubles = made("div", "comparison-troubles", "");
  const where = made("div", "", "");
  const result = made("div", "", "");
  const said = made("p", "comparison-said", "");
  said.setAttribute("role", "status");
  place.append(list, actions, where, said, troubles, result);

  /** @type {Map<string, Promise<ReadTrial | null>>} */
  const pages = new Map();
  /** @type {((trials: readonly ReadTrial[]) => Promise<ReadonlyMap<string, Node>>) | null} */
  let findNearest = null;
  let turn = 0;

  /** @param {string} id */
  const page = (id) => {
    const known = pages.get(id) ?? loadTrial(id);
    pages.set(id, known);
    known.catch(() => pages.delete(id));
    return known;
  };
  const chosen = () => (linked.length ? linked.map((id) => ({ id, title: id })) : read().filter((saved) => saved.chosen));

  /** @param {readonly Node[]} extra  beside the buttons that are always there */
  const drawActions = (extra = []) => {
    const own = result.childElementCount ? [button(_("Print for my doctor"), () => print()), button(_("Copy a link to this comparison"), () => void copyLink())] : [];
    actions.replaceChildren(...extra, ...own);
  };

  /** @param {string} [words]  what to say instead of what is shown */
  const drawTable = async (words) => {
    turn += 1;
    const mine = turn;
    const wanted = chosen();
    result.setAttribute("aria-busy", "true");
    const answers = await Promise.allSettled(wanted.map(({ id }) => page(id)));
    if (mine !== turn) return;
    /** @type {ReadTrial[]} */
    const trials = [];
    /** @type {HTMLElement[]} */
    const notes = [];
    answers.forEach((answer, index) => {
      const title = wanted[index]?.title ?? "";
      if (answer.status === "rejected") notes.push(made("p", "", _("{title} could not be loaded.", { title })));
      else if (!answer.value) notes.push(made("p", "", _("{title} is no longer on this site.", { title })));
      else trials.push(answer.value);
    });
    const nearest = (await findNearest?.(trials)) ?? new Map();
    await offerPlace(trials).catch(() => undefined);
    if (mine !== turn) return;
    if (answers.some(({ status }) => status === "rejected")) notes.push(button(_("Try again"), () => void drawTable()));
    troubles.replaceChildren(...notes);
    result.replaceChildren(...(trials.length ? [paperNote(), compareTable(trials, nearest)] : []));
    result.removeAttribute("aria-busy");
    if (!actions.querySelector("[data-undo]")) drawActions();
    said.textContent = words ?? shownWords(trials.length, linked.length || read().length);
  };

  /**
   * Ask for the reader's place where a trial says where it is, once.
   * @param {readonly ReadTrial[]} trials
   */
  const offerPlace = async (trials) => {
    where.hidden = !trials.length;
    const known = trials.find(({ page }) => page.querySelector("[data-gazetteer]"));
    if (!known || where.childElementCount) return;
    const folder = new URL(known.page.querySelector("[data-gazetteer]")?.getAttribute("data-gazetteer") ?? "", known.address);
    const places = await import("./compare-places.js");
    if (where.childElementCount) return;
    where.append(places.nearestForm(folder, (from) => {
      findNearest = from && ((shown) => places.nearestPlaces(shown, from));
      return drawTable("");
    }));
  };

  /** @param {string} [words] */
  const drawAll = (words) => {
    list.replaceChildren(...(linked.length ? linkedNote(() => void saveLinked()) : savedList(read(), wishes)));
    drawActions();
    return drawTable(words);
  };

  const refused = () => {
    said.textContent = _("This browser does not let the site change the list.");
  };

  /**
   * @param {readonly Saved[]} next
   * @param {string} words
   */
  const remove = async (next, words) => {
    const before = read();
    if (!keep(next)) return refused();
    await drawAll(words);
    const undo = button(_("Undo"), () => {
      keep(before);
      void drawAll().then(() => list.querySelector("input")?.focus());
    });
    undo.setAttribute("data-undo", "");
    drawActions([undo]);
    undo.focus();
  };

  const wishes = {
    /**
     * @param {string} id
     * @param {boolean} on
     */
    choose: (id, on) => {
      const saved = read();
      if (on && !hasRoom(saved)) {
        said.textContent = _("{count} trials are chosen, which is all that fit. Leave one out first.", { count: MOST_CHOSEN });
        return false;
      }
      if (!keep(saved.map((each) => (each.id === id ? { ...each, chosen: on } : each)))) {
        refused();
        return false;
      }
      drawActions();
      void drawTable();
      return true;
    },
    /** @param {string} id */
    remove: (id) => {
      const title = read().find((saved) => saved.id === id)?.title ?? id;
      void remove(without(read(), id), _("{title} is no longer saved.", { title }));
    },
    removeAll: () => void remove([], _("No trial is saved now.")),
  };

  const saveLinked = async () => {
    /** @type {Saved[] | null} */
    let next = read().map((saved) => ({ ...saved, chosen: false }));
    for (const id of linked) {
      const trial = await page(id).catch(() => null);
      if (trial && next) next = added(next, id, trial.title);
    }
    if (next && keep(next)) location.assign(`${root.href}compare/`);
    else said.textContent = _("These trials could not be saved: the list is full, or this browser does not let the site keep anything.");
  };

  const copyLink = async () => {
    const ids = chosen().map(({ id }) => id);
    const address = `${root.href}compare/?trials=${ids.join(",")}`;
    const warning = _("Whoever has the link sees which trials are in it.");
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = `${_("The link is copied.")} ${warning}`;
    } catch {
      const field = made("input", "", "");
      field.readOnly = true;
      field.value = address;
      field.setAttribute("aria-label", _("Link to this comparison"));
      drawActions([field]);
      field.select();
      said.textContent = `${_("Copy the link from the field.")} ${warning}`;
    }
  };

  onChange(() => void drawAll());
  void drawAll("");
}

/** @returns {HTMLElement} what a printed sheet says of itself */
function paperNote() {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date());
  return made("p", "paper-only", _("Printed on {date}. Each trial’s own page says more.", { date }));
}

/**
 * @param {number} shown  trials in the table
 * @param {number} known  trials to choose from
 * @returns {string}
 */
function shownWords(shown, known) {
  if (shown > 1) return ngettext("{count} trial is side by side below.", "{count} trials are side by side below.", shown);
  if (shown === 1) return known > 1 ? _("One trial is shown below. Choose another to compare.") : _("One trial is shown below. Save another to compare.");
  return known ? _("Choose a trial to see it here.") : "";
}

/**
 * The trials that an address names: `?trials=NCT00000001,NCT00000002`.
 * @param {string} search
 * @returns {string[]} as many as can be compared
 */
function linkedTrials(search) {
  const named = (new URLSearchParams(search).get("trials") ?? "").split(",").filter(isTrial);
  return [...new Set(named)].slice(0, MOST_CHOSEN);
}
