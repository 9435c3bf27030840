// @ts-check
/** Elements that the overlay and the panel are built of. */

/**
 * An element with a class, and text or children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {...(string | Node)} content
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className = "", ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {string} [className]
 * @returns {HTMLButtonElement}
 */
export function button(text, act, className = "") {
  const made = make("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/**
 * A fold that says what is inside. It stays as the reader left it when its place is drawn again.
 * @param {string} summary
 * @param {...Node} content
 */
export function fold(summary, ...content) {
  const made = make("details", "", make("summary", "", summary), ...content);
  made.dataset.key = summary.replace(/[\d,]+ /, "");
  return made;
}

/**
 * Draw the contents of an element anew; folds that were open stay open, and what had the focus has it again.
 * @param {HTMLElement} element
 * @param {...Node} content
 */
export function redraw(element, ...content) {
  const root = /** @type {ShadowRoot} */ (element.getRootNode());
  const isOpen = new Map([...element.querySelectorAll("details")].map(({ dataset, open }) => [dataset.key, open]));
  const focused = element.contains(root.activeElement ?? null) ? keyOf(root.activeElement) : "";
  element.replaceChildren(...content);
  for (const fold of element.querySelectorAll("details")) fold.open = isOpen.get(fold.dataset.key) ?? fold.open;
  if (!focused) return;
  const again = [.../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("button, summary"))].find((node) => keyOf(node) === focused);
  again?.focus({ preventScroll: true });
}

/** @param {Element | null} node */
function keyOf(node) {
  return node ? `${node.localName} ${node.textContent}` : "";
}
