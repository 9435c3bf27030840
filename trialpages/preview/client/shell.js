// @ts-check
/**
 * The place of everything that the preview shows: one element after the page's body, with a shadow root, so that
 * neither the page's styles reach it nor its own reach the page, and no rule or script of the page counts it.
 */

import { make } from "./parts.js";
import { HOME } from "./talk.js";

const STYLES = ["shell.css", "overlay.css", "panel.css"];

/**
 * @returns {{ root: ShadowRoot, say: (text: string) => void }} where to show, and how to tell a screen reader
 */
export function shell() {
  const host = document.createElement("trialpages-preview");
  host.lang = "en";
  host.dir = "ltr";
  host.hidden = true;
  const root = host.attachShadow({ mode: "open" });
  const status = make("p", "visually-hidden");
  status.setAttribute("role", "status");
  const links = STYLES.map((name) => {
    const link = make("link");
    link.rel = "stylesheet";
    link.href = new URL(name, HOME).href;
    return link;
  });
  root.append(...links, status);
  document.documentElement.append(host);
  const loaded = links.map((link) => new Promise((done) => link.addEventListener("load", done, { once: true })));
  void Promise.all(loaded).then(() => (host.hidden = false));
  return {
    root,
    say: (text) => {
      if (status.textContent !== text) status.textContent = text;
    },
  };
}
