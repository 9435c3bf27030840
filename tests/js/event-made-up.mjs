// A made-up trial for the tests of the explorer. No such trial exists.
import { readEvents } from "../../assets/js/event-data.js";

/** [kind, term, lay term, body system, counts of each group] */
export const ROWS = [
  ["serious", "Pyrexia", "fever", "General", [[3, 54], [0, 50], [1, 10]]],
  ["other", "Pyrexia", "fever", "General", [[43, 54], [5, 50], [1, 10]]],
  ["other", "Diarrhoea", "diarrhea", "Gut", [[9, 54], [10, 50], [0, 10]]],
  ["other", "Céphalée", null, "Nerves", [[0, 54], [0, 50], [4, 10]]],
  ["other", "Rash", null, "", [[null, null], [1, 50], [0, 10]]],
];

export function madeUp(rows = ROWS, titles = ["Drug A", "Drug B", "Drug C"], more = {}) {
  const dictionary = (place) => {
    const values = [...new Set(rows.map((row) => row[place]).filter(Boolean))];
    return { values, at: rows.map((row) => (row[place] ? values.indexOf(row[place]) : null)) };
  };
  const groups = titles.map((title, index) => ({ id: `EG00${index}`, title, num_at_risk: rows[0]?.[4][index]?.[1] ?? null }));
  return readEvents({
    format: 2,
    source_trial: "NCT00000001",
    frequency_threshold: 5,
    groups,
    default_groups: groups.map((_group, index) => index),
    rows: {
      kinds: rows.map(([kind]) => [kind, 1]),
      term: rows.map(([, term]) => term),
      lay_term: dictionary(2),
      organ_system: dictionary(3),
      num_affected: titles.map((_title, index) => rows.map((row) => row[4][index]?.[0] ?? null)),
      num_at_risk: titles.map((_title, index) => rows.map((row) => row[4][index]?.[1] ?? null)),
    },
    template: {},
    ...more,
  });
}
