// @ts-check
/**
 * Before the page is painted: where a search stands in the address or is kept in this tab, leave room for its list.
 *
 * This file is no module, so that the browser waits for it; it may neither import nor be large.
 */

try {
  if (location.search || /:(age|place)\b/.test(Object.keys(sessionStorage).join())) document.documentElement.classList.add("is-asked");
} catch {
  // A browser that keeps nothing, and no search in the address: there is nothing to wait for.
}
