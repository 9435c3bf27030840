// @ts-check
/**
 * Questions out of the page's plain statements: three radio buttons each, and age and sex where the trial limits them.
 *
 * A statement that is not to be asked stays as it is, readable.
 */

import { _, ngettext } from "./language.js";
import { digest } from "./self-check-memory.js";
import { make, makeInput, textOf } from "./self-check-parts.js";
import { ageOf, judgeAge, judgeAnswer, judgeSex } from "./self-check-verdict.js";

/**
 * @typedef {object} Question
 * @property {string} key  under which its answer is kept
 * @property {HTMLElement} first  takes the focus
 * @property {() => import("./self-check-verdict.js").Judged} judged
 * @property {() => string} answer  empty without one
 * @property {(answer: string) => void} set
 */

/**
 * Make the questions of a self-check, in the order of the page.
 * @param {HTMLElement} element
 * @returns {Question[]}
 */
export function questions(element) {
  const first = element.querySelector("h4");
  const basics = [ageQuestion(element.dataset), sexQuestion(element.dataset.sex)].filter((made) => made !== null);
  for (const { card } of basics) element.insertBefore(card, first);
  const items = element.querySelectorAll("li[data-kind]:not([data-not-asked])");
  return [...basics, ...[...items].map((item, index) => statementQuestion(item, index))];
}

/**
 * @param {Element} item  of the list of statements
 * @param {number} index
 * @returns {Question}
 */
function statementQuestion(item, index) {
  const kind = item.getAttribute("data-kind") ?? "";
  const original = item.querySelector("details");
  const legend = make("legend");
  while (item.firstChild && item.firstChild !== original) legend.append(item.firstChild);
  const statement = textOf(legend);
  const choice = choices(`self-check-${index}`, [["yes", _("Yes")], ["no", _("No")], ["unsure", _("Not sure")]]);
  const group = make("fieldset", "", legend, choice.row);
  if (original) group.append(original);
  item.classList.add("self-check-card");
  item.append(group);
  return {
    ...choice,
    key: digest(`${kind} ${statement}`),
    judged: () => ({ statement, said: choice.said(), finding: judgeAnswer(choice.answer(), kind) }),
  };
}

/**
 * @param {string | undefined} wanted  `FEMALE` or `MALE`, the only sex that a trial takes
 * @returns {Question & { card: HTMLElement } | null}
 */
function sexQuestion(wanted) {
  if (!wanted) return null;
  const statement = wanted === "FEMALE" ? _("This trial is for women and girls.") : _("This trial is for men and boys.");
  const choice = choices("self-check-sex", [["FEMALE", _("Female")], ["MALE", _("Male")], ["unsure", _("Other or not sure")]]);
  return {
    ...choice,
    key: "sex",
    card: make("div", "self-check-card", make("fieldset", "", make("legend", "", _("Sex")), choice.row)),
    judged: () => ({ statement, said: choice.said(), finding: judgeSex(choice.answer(), wanted) }),
  };
}

/**
 * @param {DOMStringMap} bounds  the ages in words, the bounds in days, the units in which to ask
 * @returns {Question & { card: HTMLElement } | null}
 */
function ageQuestion({ age: ages, ageFrom = "0", ageBefore = "Infinity", ageUnits = "year" }) {
  if (!ages) return null;
  const units = ageUnits.split(" ");
  const input = makeInput("text", "self-check-age");
  Object.assign(input, { inputMode: "decimal", size: 4, maxLength: 7 });
  const unit = make("select");
  unit.autocomplete = "off";
  unit.setAttribute("aria-label", _("Unit of the age"));
  for (const name of units) unit.append(new Option(unitName(name), name));
  const hint = make("p", "hint", _("Write the age as a number, such as 42."));
  hint.id = "self-check-age-hint";
  input.setAttribute("aria-describedby", hint.id);
  const only = units.length === 1;
  const label = make("label", "", only ? _("Age in years") : _("Age"), " ", input);
  const statement = _("Age: {ages}.", { ages });
  const tell = () => {
    // The hint stands there from the start: words that appear would move what is being clicked.
    input.setAttribute("aria-invalid", String(input.value.trim() !== "" && ageOf(input.value) === null));
  };
  input.addEventListener("change", tell);
  return {
    key: "age",
    first: input,
    card: make("div", "self-check-card", make("div", "self-check-choices", label, ...(only ? [] : [unit])), hint),
    answer: () => (ageOf(input.value) === null ? "" : `${input.value.trim()} ${unit.value}`),
    set: (answer) => {
      const [written = "", name = ""] = answer.split(" ");
      input.value = written;
      unit.value = units.includes(name) ? name : (units[0] ?? "");
      tell();
    },
    judged: () => ({
      statement,
      said: ageText(ageOf(input.value), unit.value),
      finding: judgeAge(input.value, unit.value, Number(ageFrom), Number(ageBefore)),
    }),
  };
}

/**
 * @param {string} unit
 * @returns {string}
 */
function unitName(unit) {
  return unit === "year" ? _("years") : unit === "month" ? _("months") : _("days");
}

/**
 * @param {number | null} age
 * @param {string} unit
 * @returns {string}
 */
function ageText(age, unit) {
  if (age === null) return "";
  if (unit === "year") return ngettext("{count} year", "{count} years", age);
  return unit === "month" ? ngettext("{count} month", "{count} months", age) : ngettext("{count} day", "{count} days", age);
}

/**
 * Radio buttons in a row.
 * @param {string} name
 * @param {readonly (readonly [string, string])[]} options  value and label
 */
function choices(name, options) {
  const inputs = options.map(([value]) => makeInput("radio", name, value));
  const row = make("div", "self-check-choices", ...inputs.map((input, index) => make("label", "", input, options[index]?.[1] ?? "")));
  const chosen = () => inputs.findIndex((input) => input.checked);
  return {
    row,
    first: /** @type {HTMLElement} */ (inputs[0]),
    answer: () => inputs[chosen()]?.value ?? "",
    said: () => options[chosen()]?.[1] ?? "",
    set: (/** @type {string} */ answer) => {
      for (const input of inputs) input.checked = input.value === answer;
    },
  };
}
