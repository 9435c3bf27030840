// @ts-check
/**
 * The geometry of the map of places: boxes of the world, and where a position lies in the drawing. Pure functions.
 *
 * A unit of the outlines is a hundredth of a degree: x = (longitude + 180) * 100, y = (90 - latitude) * 100.
 * trialpages/pages/trial/place_map.py draws the same map in the page.
 */

/** @typedef {import("./distance.js").Position} Position */

/**
 * A part of the world in degrees.
 * @typedef {object} Box
 * @property {number} west
 * @property {number} south
 * @property {number} east
 * @property {number} north
 */

/** @typedef {{ path: string, box: [number, number, number, number] }} Outline  its address from the site's root, and its box */

const LEAST_SPAN = 3;
const MARGIN = 0.15;

/**
 * The box of a part of an outline, as its address names it: `#svgView(viewBox(x,y,width,height))`.
 * @param {string} address
 * @returns {Box | null}
 */
export function boxOf(address) {
  const [x, y, width, height] = /viewBox\(([^)]*)\)/.exec(address)?.[1]?.split(",").map(Number) ?? [];
  if (x === undefined || y === undefined || !width || !height) return null;
  return { west: x / 100 - 180, north: 90 - y / 100, east: (x + width) / 100 - 180, south: 90 - (y + height) / 100 };
}

/**
 * @param {Box} box
 * @returns {string} the end of the address of an outline of which this part is shown
 */
export function partOf({ west, south, east, north }) {
  const numbers = [(west + 180) * 100, (90 - north) * 100, (east - west) * 100, (north - south) * 100];
  return `#svgView(viewBox(${numbers.map(Math.round).join(",")}))`;
}

/**
 * The smallest box around positions that fills a drawing.
 * @param {readonly Position[]} positions  at least one
 * @param {number} aspect  width by height of the drawing
 * @param {Box} whole  the box of the whole world's outline
 * @returns {Box}
 */
export function boxAround(positions, aspect, whole) {
  const latitudes = positions.map(({ latitude }) => latitude);
  const longitudes = positions.map(({ longitude }) => longitude);
  const [south, north, west, east] = [Math.min(...latitudes), Math.max(...latitudes), Math.min(...longitudes), Math.max(...longitudes)];
  const narrowing = Math.max(Math.cos((((south + north) / 2) * Math.PI) / 180), 0.35);
  const spread = 1 + 2 * MARGIN;
  const tall = Math.max((north - south) * spread, LEAST_SPAN, ((east - west) * narrowing * spread) / aspect);
  const wide = Math.min((tall * aspect) / narrowing, whole.east - whole.west);
  const [bottom, top] = inside((south + north) / 2, Math.min(tall, whole.north - whole.south), whole.south, whole.north);
  const [left, right] = inside((west + east) / 2, wide, whole.west, whole.east);
  return { west: left, south: bottom, east: right, north: top };
}

/**
 * @param {number} middle
 * @param {number} span
 * @param {number} least
 * @param {number} most
 * @returns {[number, number]}
 */
function inside(middle, span, least, most) {
  const low = Math.min(Math.max(middle - span / 2, least), most - span);
  return [low, low + span];
}

/**
 * The finest outline that holds a box; the last one is the world's.
 * @param {readonly Outline[]} outlines
 * @param {Box} box
 * @returns {Outline | undefined}
 */
export function outlineFor(outlines, box) {
  return outlines.find(({ box: [west, south, east, north] }) => west <= box.west && south <= box.south && box.east <= east && box.north <= north) ?? outlines.at(-1);
}

/**
 * @param {Position} position
 * @param {Box} box
 * @param {{ width: number, height: number }} drawing
 * @returns {{ x: number, y: number }} where it lies in the drawing; outside of it when it lies outside of the box
 */
export function pointOf({ latitude, longitude }, box, { width, height }) {
  return { x: ((longitude - box.west) / (box.east - box.west)) * width, y: ((box.north - latitude) / (box.north - box.south)) * height };
}

/**
 * Dots as the data of a path: a line of no length for each.
 * @param {readonly { x: number, y: number }[]} points
 * @returns {string}
 */
export function dotsPath(points) {
  return [...new Set(points.map(({ x, y }) => `M${Math.round(x)} ${Math.round(y)}h0`))].join("");
}
