// @ts-check
/**
 * The preview in the browser: keeps the open page equal to what the server would send, and shows what is wrong.
 *
 * A nudge says only that something may have changed. The client then asks how the page is, compares it with what
 * it has, and acts; so a nudge that comes late, twice or never changes nothing of the outcome.
 */

import { listen } from "./nudges.js";
import { overlay } from "./overlay.js";
import { panel } from "./panel.js";
import { patch } from "./patching.js";
import { rounds } from "./rounds.js";
import { shell } from "./shell.js";
import { askPage, askState, digestAtFirst } from "./talk.js";
import { reload, restore } from "./view.js";

/** How long the client waits before it asks again how far the site is. */
const PROGRESS_MS = 1000;

const { root, say } = shell();
const showErrors = overlay(root, say);
const showPanel = panel(root);

/** What the open page equals. @type {import("./talk.js").Sent | null} */
let sent = null;
let timer = 0;
let isLikely = false;

const ask = rounds(async () => {
  // After a nudge the page has most likely changed: it comes along with the state, not after it.
  const early = isLikely && sent ? askPage() : null;
  early?.catch(() => {});
  isLikely = false;
  const state = await askState();
  const isNew = await follow(state.page, early);
  showErrors(state, sent?.status ?? state.page.status);
  void showPanel(state, isNew);
  clearTimeout(timer);
  if (state.progress) timer = setTimeout(ask, PROGRESS_MS);
}, () => showPanel(null, false));

/**
 * Bring the page to the state that the server tells of. A page that can no longer be made stays as it was last.
 * @param {import("./talk.js").State["page"]} page
 * @param {Promise<import("./talk.js").Sent> | null} early  the page, if it was asked for before; it may be older
 * @returns {Promise<boolean>} whether the page has changed
 */
async function follow({ digest, status }, early) {
  if (sent?.digest === digest || (sent?.status === 200 && status >= 500)) return false;
  let fresh = await (early ?? askPage());
  if (early && fresh.digest !== digest) fresh = await askPage();
  if (!sent) {
    if (digestAtFirst !== fresh.digest) await reload();
    sent = fresh;
    return false;
  }
  if (sent.status === 200 && fresh.status >= 500) return false;
  if (sent.status !== fresh.status || !(await patch(sent.page, fresh.page))) await reload();
  sent = fresh;
  return true;
}

await restore();
listen(() => {
  isLikely = true;
  return ask();
}, ask);
void ask();
