// @ts-check
/** Elements that the parts of the self-check are built of. */

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
 * An input that leaves no trace in the browser's history of forms.
 * @param {string} type
 * @param {string} [name]
 * @param {string} [value]
 * @returns {HTMLInputElement}
 */
export function makeInput(type, name = "", value = "") {
  const input = make("input");
  Object.assign(input, { type, name, autocomplete: "off" });
  if (value) input.value = value;
  return input;
}

/**
 * A text as a heading or a question holds it: with single spaces.
 * @param {Node | null} node
 * @returns {string}
 */
export function textOf(node) {
  return (node?.textContent ?? "").replace(/\s+/g, " ").trim();
}
