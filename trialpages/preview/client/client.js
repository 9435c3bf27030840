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
import { restyle } from "./styles.js";
import { reload, restore } from "./view.js";

/** How long the client waits before it asks again how far the site is. */
const PROGRESS_MS = 1000;

/** What a nudge names where it names no style sheet. */
const EVERYTHING = "*";

const { root, say } = shell();
const showErrors = overlay(root, say);
const showPanel = panel(root);

/** What the open page equals. @type {import("./talk.js").Sent | null} */
let sent = null;
let timer = 0;
let isLikely = false;
/** The style sheets of which the last nudge told. @type {string[]} */
let told = [];

const ask = rounds(async () => {
  // After a nudge the page has most likely changed: it is taken as it comes, and the state says whether it was the last.
  const early = isLikely && sent ? askPage() : null;
  const restyled = isLikely && sent ? restyle(sent.page, document, told) : null;
  isLikely = false;
  const asked = askState();
  asked.catch(() => {});
  early?.catch(() => {});
  await restyled;
  const isNewEarly = early ? await take(await early) : false;
  const state = await asked;
  const isNew = (await follow(state.page)) || isNewEarly;
  showErrors(state, sent?.status ?? state.page.status);
  void showPanel(state, isNew);
  clearTimeout(timer);
  if (state.progress) timer = setTimeout(ask, PROGRESS_MS);
}, () => showPanel(null, false));

/**
 * Bring the page to the state that the server tells of.
 * @param {import("./talk.js").State["page"]} page
 * @returns {Promise<boolean>} whether the page has changed
 */
async function follow({ digest, status }) {
  if (sent?.digest === digest || (sent?.status === 200 && status >= 500)) return false;
  return take(await askPage());
}

/**
 * Bring the page to what the server has sent. A page that can no longer be made stays as it was last.
 * @param {import("./talk.js").Sent} fresh
 * @returns {Promise<boolean>} whether the page has changed
 */
async function take(fresh) {
  if (!sent) {
    if (digestAtFirst !== fresh.digest) await reload();
    sent = fresh;
    return false;
  }
  if (sent.digest === fresh.digest || (sent.status === 200 && fresh.status >= 500)) return false;
  if (sent.status !== fresh.status || !(await patch(sent.page, fresh.page))) await reload();
  sent = fresh;
  return true;
}

await restore();
listen((path) => {
  isLikely = true;
  told = path === EVERYTHING ? [] : path.split(" ");
  return ask();
}, ask);
void ask();
