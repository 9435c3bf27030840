// @ts-check
/**
 * The search form of the home page: it leads to the search, and with the number of a trial to its page.
 *
 * Without this script the form leads to the lists.
 */

import { pageOfNumber, trialNumber } from "./search-number.js";

for (const form of document.querySelectorAll("form[data-search-page]")) if (form instanceof HTMLFormElement) start(form);

/** @param {HTMLFormElement} form */
function start(form) {
  const { searchPage = "", root } = form.dataset;
  form.action = searchPage;
  form.addEventListener("submit", (event) => {
    const words = String(new FormData(form).get("q") ?? "");
    if (!trialNumber(words)) return;
    event.preventDefault();
    void pageOfNumber(words, root).then((page) => (page ? location.assign(page) : form.submit()));
  });
}
