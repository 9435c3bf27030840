// @ts-check
/**
 * What an answer says in the controls: how many trials each value would leave, and how much of the form is in use.
 */

import { _, isEnglish, ngettext, number } from "./language.js";
import { choices } from "./search-form.js";
import { part } from "./search-page.js";

/**
 * @param {ParentNode} page
 * @param {import("./search-types.js").Manifest} manifest
 * @param {import("./search-types.js").Answer} answer
 * @param {import("./search-types.js").Query} query
 */
export function writeAnswer(page, { facets }, { counts, total }, query) {
  for (const { name, values } of facets) {
    const found = new Map(counts[name]?.map(([value, count]) => [values[value]?.[0], count]));
    for (const control of choices(page)) if (control.name === name && control.value) writeCount(control, found.get(control.value) ?? 0);
  }
  const inUse = Object.values(query.filters).flat().length + Number(query.age !== null) + Number(query.near !== null);
  const narrow = part("[data-search-narrow]", HTMLElement);
  narrow.textContent = inUse ? ngettext("Narrow the list ({count} in use)", "Narrow the list ({count} in use)", inUse) : _("Narrow the list");
  part("[data-search-see]", HTMLElement).textContent = ngettext("See {count} trial", "See {count} trials", total);
  const sort = part("#search-sort", HTMLSelectElement);
  const nearest = sort.querySelector("[value=distance]");
  if (nearest instanceof HTMLOptionElement) nearest.hidden = nearest.disabled = !query.near;
  sort.value = query.order;
  judgeAge(query.age);
}

/**
 * @param {HTMLInputElement} control
 * @param {number} count
 */
export function writeCount(control, count) {
  const label = control.labels?.[0];
  const place = label?.querySelector("[data-count]");
  if (place) place.textContent = number(count);
  label?.classList.toggle("none", !count && !control.checked);
}

/**
 * Say beside the field that what is written there is no age.
 * @param {number | null} age  as it was read
 */
function judgeAge(age) {
  const field = part("#search-age", HTMLInputElement);
  const fault = part("#search-age-fault", HTMLElement);
  const isWrong = age === null && field.value.trim() !== "";
  const said = isWrong ? _("Write an age in whole years, such as 47.") : "";
  if (fault.textContent !== said) fault.textContent = said;
  field.setAttribute("aria-invalid", String(isWrong));
}

/**
 * The language of the values of a facet: what the registry wrote is English.
 * @param {string} facet
 * @returns {string} empty where it is that of the page
 */
export function languageOf(facet) {
  return isEnglish() || !["condition", "treatment", "sponsor"].includes(facet) ? "" : "en";
}

/**
 * What a value is called on the page.
 * @param {ParentNode} page
 * @param {string} facet
 * @param {string} value
 * @returns {string} the value itself where the page does not have it
 */
export function labelOf(page, facet, value) {
  const control = choices(page).find((each) => each.name === facet && each.value === value);
  return control?.labels?.[0]?.querySelector("span")?.textContent ?? value;
}
