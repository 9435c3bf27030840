// @ts-check
/**
 * Where nobody has put the rules into plain words: a tick box at each rule of the record, for a list to take along.
 *
 * A tick says "ask about this" and nothing else. A heading has no box: the rules under it have.
 */

import { digest } from "./self-check-memory.js";
import { make, makeInput, textOf } from "./self-check-parts.js";

/**
 * @typedef {object} Rule
 * @property {string} key
 * @property {HTMLElement} first  takes the focus
 * @property {() => string} answer  `ask`, or empty
 * @property {(answer: string) => void} set
 * @property {string} list  the heading of its list
 * @property {readonly string[]} headings  over it within the list, the outermost first
 * @property {Element} item
 */

/**
 * Put a tick box before each rule, in the order of the page.
 * @param {HTMLElement} element
 * @returns {Rule[]}
 */
export function rules(element) {
  /** @type {Rule[]} */
  const found = [];
  let list = "";
  for (const node of element.querySelectorAll(":scope > h3, :scope > ul:is(.criteria-inclusion, .criteria-exclusion)")) {
    if (node.matches("h3")) list = textOf(node.firstChild);
    else addRules(node, list, [], found);
  }
  return found;
}

/**
 * @param {Element} ul
 * @param {string} list
 * @param {readonly string[]} headings
 * @param {Rule[]} found
 */
function addRules(ul, list, headings, found) {
  for (const item of ul.children) {
    const children = item.querySelector(":scope > ul");
    if (children && item.hasAttribute("data-heading")) {
      addRules(children, list, [...headings, ownText(item)], found);
    } else {
      const input = makeInput("checkbox");
      found.push({
        key: digest([...headings, textOf(item)].join(" ")),
        first: input,
        answer: () => (input.checked ? "ask" : ""),
        set: (answer) => void (input.checked = answer === "ask"),
        list,
        headings,
        // What is printed is the rule without its box.
        item: /** @type {Element} */ (item.cloneNode(true)),
      });
      const label = make("label", "self-check-rule", input);
      const words = make("span");
      while (item.firstChild && item.firstChild !== children) words.append(item.firstChild);
      label.append(words);
      item.prepend(label);
    }
  }
}

/**
 * The text of a rule without that of the rules under it.
 * @param {Element} item
 * @returns {string}
 */
function ownText(item) {
  const copy = /** @type {Element} */ (item.cloneNode(true));
  copy.querySelector("ul")?.remove();
  return textOf(copy);
}
