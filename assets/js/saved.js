// @ts-check
/**
 * The button that keeps a trial in this browser, with a link to the trials kept so far.
 */

import { _, ngettext } from "./language.js";
import { added, holds, keep, MOST_SAVED, onChange, read, root, without } from "./storage.js";

/**
 * @param {HTMLElement} place  where the button goes
 */
export function start(place) {
  const id = document.querySelector("[data-trial]")?.getAttribute("data-trial");
  if (!id) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  const link = document.createElement("a");
  link.href = `${root.href}compare/`;
  const note = document.createElement("p");
  note.className = "hint";
  note.setAttribute("role", "status");
  const kept = _("Saved in this browser only. Anyone who uses it can see it.");

  /** @param {string} [said] */
  const show = (said) => {
    const list = read();
    button.textContent = holds(list, id) ? _("Remove this trial") : _("Save this trial");
    link.hidden = !list.length;
    link.textContent = list.length === 1 ? _("See your saved trial") : ngettext("Compare {count} saved trial", "Compare {count} saved trials", list.length);
    note.textContent = said ?? (holds(list, id) ? kept : _("Saved in this browser only. Anyone who uses it can see it."));
  };
  button.addEventListener("click", () => {
    const list = read();
    const removes = holds(list, id);
    const title = document.querySelector("h1")?.textContent?.trim() || id;
    const next = removes ? without(list, id) : added(list, id, title);
    if (!next) show(_("You have saved {count} trials, which is all that fit. Remove one first.", { count: MOST_SAVED }));
    else if (!keep(next)) show(_("This browser does not let the site keep anything. Write down {id}, or print this page.", { id }));
    else show(removes ? _("This trial is no longer saved.") : kept);
  });
  onChange(show);
  show();
  place.append(button, link, note);
}
