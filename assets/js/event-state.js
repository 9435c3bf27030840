// @ts-check
/**
 * What the reader chose in the explorer, and the part of the address that says it.
 *
 * The address holds choices about the chart and nothing about the reader. What cannot be, such as a
 * group that does not exist, becomes the nearest thing that can. Pure functions.
 */

/** @typedef {import("./event-data.js").Events} Events */

export const MOST_GROUPS = 3;
export const ANCHOR = "#side-effects";

/** @typedef {"frequency" | "difference" | "name" | "system"} Sort */
/** @typedef {"" | "serious" | "other" | "unsorted"} ShownKind */

/**
 * @typedef {object} State
 * @property {readonly number[]} groups  places in the data's groups: one, two or three
 * @property {"shares" | "difference"} mode  `difference` needs two groups
 * @property {ShownKind} kind  empty for all
 * @property {number} min  percent that some shown group must reach
 * @property {string} system  empty for all
 * @property {string} query
 * @property {Sort} sort
 * @property {boolean} zoom  whether the scale ends where the figures do
 */

/**
 * What there is to choose from in a trial's data.
 * @typedef {object} Choices
 * @property {readonly ShownKind[]} kinds  none when all rows are of one kind
 * @property {readonly string[]} systems  in alphabetical order; none when there is only one
 */

/**
 * @param {Events} events
 * @returns {Choices}
 */
export function choicesOf({ rows }) {
  const kinds = new Set(rows.map((row) => row.kind || "unsorted"));
  const systems = [...new Set(rows.map((row) => row.organSystem).filter(Boolean))].sort((a, b) => a.localeCompare(b));
  const order = /** @type {ShownKind[]} */ (["serious", "other", "unsorted"]);
  return { kinds: kinds.size > 1 ? order.filter((kind) => kinds.has(/** @type {any} */ (kind))) : [], systems: systems.length > 1 ? systems : [] };
}

/**
 * The orders that mean something for a choice.
 * @param {Pick<State, "groups">} state
 * @param {Choices} choices
 * @returns {Sort[]}
 */
export function sortsOf(state, choices) {
  /** @type {Sort[]} */
  const sorts = ["frequency"];
  if (state.groups.length > 1) sorts.push("difference");
  sorts.push("name");
  if (choices.systems.length) sorts.push("system");
  return sorts;
}

/**
 * The state before the reader has chosen anything.
 * @param {readonly number[]} groups
 * @returns {State}
 */
export function initial(groups) {
  return { groups, mode: "shares", kind: "", min: 0, system: "", query: "", sort: "frequency", zoom: false };
}

/**
 * A state with some of it changed, and what follows from that.
 * @param {State} state
 * @param {Partial<State>} change
 * @param {Events} events
 * @param {Choices} choices
 * @returns {State}
 */
export function changed(state, change, events, choices) {
  const next = { ...state, ...change };
  if (!change.sort && next.mode !== state.mode) next.sort = next.mode === "difference" ? "difference" : "frequency";
  return possible(next, events, choices);
}

/**
 * @param {State} state
 * @param {Events} events
 * @param {Choices} choices
 * @returns {State} the nearest state that can be
 */
function possible(state, events, choices) {
  const known = [...new Set(state.groups)].filter((place) => Number.isInteger(place) && place >= 0 && place < events.groups.length);
  let groups = known.length ? known.slice(0, MOST_GROUPS) : [events.defaultGroups[0] ?? 0];
  const mode = state.mode === "difference" && events.groups.length > 1 ? "difference" : "shares";
  if (mode === "difference") groups = [...groups, ...others(groups, events)].slice(0, 2);
  const min = Number.isFinite(state.min) ? Math.min(100, Math.max(0, Math.round(state.min))) : 0;
  const found = { ...state, groups, mode: /** @type {State["mode"]} */ (mode), min };
  if (!choices.kinds.includes(found.kind)) found.kind = "";
  if (!choices.systems.includes(found.system)) found.system = "";
  if (!sortsOf(found, choices).includes(found.sort)) found.sort = "frequency";
  return found;
}

/**
 * @param {readonly number[]} groups
 * @param {Events} events
 * @returns {number[]} the groups that are not shown, in the order in which they are offered
 */
function others(groups, events) {
  return events.defaultGroups.filter((place) => !groups.includes(place));
}

/**
 * The part of the address that says a state; the section's anchor alone when it is the first state.
 * @param {State} state
 * @param {State} first
 * @returns {string}
 */
export function toHash(state, first) {
  /** @type {[string, string][]} */
  const parts = [];
  if (String(state.groups) !== String(first.groups)) parts.push(["g", state.groups.join(",")]);
  if (state.mode !== first.mode) parts.push(["mode", state.mode]);
  if (state.kind) parts.push(["kind", state.kind]);
  if (state.min) parts.push(["min", String(state.min)]);
  if (state.system) parts.push(["system", state.system]);
  if (state.query.trim()) parts.push(["q", state.query.trim()]);
  if (state.sort !== (state.mode === "difference" ? "difference" : "frequency")) parts.push(["sort", state.sort]);
  if (state.zoom) parts.push(["zoom", "1"]);
  const text = parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C/g, ",")}`).join("&");
  return text ? `${ANCHOR}?${text}` : ANCHOR;
}

/**
 * The state that an address says, or null when it says none.
 * @param {string} hash  with its `#`
 * @param {State} first
 * @param {Events} events
 * @param {Choices} choices
 * @returns {State | null}
 */
export function fromHash(hash, first, events, choices) {
  if (!hash.startsWith(`${ANCHOR}?`)) return null;
  const said = new URLSearchParams(hash.slice(ANCHOR.length + 1));
  const mode = said.get("mode") === "difference" ? "difference" : "shares";
  const groups = said.get("g")?.split(",").map((place) => Number.parseInt(place, 10));
  return possible(
    {
      groups: groups ?? first.groups,
      mode,
      kind: /** @type {ShownKind} */ (said.get("kind") ?? ""),
      min: Number(said.get("min") ?? 0),
      system: said.get("system") ?? "",
      query: said.get("q") ?? "",
      sort: /** @type {Sort} */ (said.get("sort") ?? (mode === "difference" ? "difference" : "frequency")),
      zoom: said.get("zoom") === "1",
    },
    events,
    choices,
  );
}
