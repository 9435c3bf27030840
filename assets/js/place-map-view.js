// @ts-check
/**
 * The map of places in the page, with what a script adds: the place in focus, the reader's own, and a closer look.
 */

import { inOrder } from "./distance.js";
import { _ } from "./language.js";
import { boxAround, boxOf, dotsPath, outlineFor, partOf, pointOf } from "./place-map.js";

/** @typedef {import("./distance.js").Position} Position */
/** @typedef {import("./place-map.js").Box} Box */
/** @typedef {import("./place-map.js").Outline} Outline */
/** @typedef {import("./places-list.js").Entry} Entry */

const SVG = "http://www.w3.org/2000/svg";
const RING = 9;
const CROSS = 8;
/** How far from a dot a pointer still means it, in pixels. */
const REACH = 16;

export class PlaceMap {
  /** @param {HTMLElement} figure  `.place-map` */
  constructor(figure) {
    this.figure = figure;
    this.image = /** @type {HTMLImageElement} */ (figure.querySelector("img"));
    this.svg = /** @type {SVGSVGElement} */ (figure.querySelector("svg[role=img]"));
    const { width, height } = this.svg.viewBox.baseVal;
    this.drawing = { width, height };
    this.address = this.image.src;
    this.box = /** @type {Box} */ (boxOf(this.address));
    /** @type {Map<SVGPathElement, string>} */
    this.dots = new Map([...this.svg.querySelectorAll("path")].map((path) => [path, path.getAttribute("d") ?? ""]));
    this.ring = this.#mark("place-ring");
    this.cross = this.#mark("place-own");
    this.note = document.createElement("span");
    figure.querySelector("figcaption")?.append(" ", this.note);
    /** @type {Position | null} */
    this.own = null;
    /** @type {Position | null} */
    this.marked = null;
  }

  /**
   * Ring the dot of a place.
   * @param {Position | null} position
   */
  mark(position) {
    this.marked = position;
    this.#draw();
  }

  /**
   * Show where the reader is.
   * @param {Position | null} position
   */
  setOwn(position) {
    this.own = position;
    this.note.textContent = position ? _("The cross is your place.") : "";
    this.#draw();
  }

  /**
   * Show the surroundings of some positions.
   * @param {readonly Position[]} positions
   * @param {readonly Entry[]} entries
   * @param {readonly Outline[]} outlines
   * @param {URL} root  of the site
   */
  closer(positions, entries, outlines, root) {
    const last = outlines.at(-1)?.box;
    if (!last) return;
    const [west, south, east, north] = last;
    this.box = boxAround(positions, this.drawing.width / this.drawing.height, { west, south, east, north });
    const outline = outlineFor(outlines, this.box);
    if (outline) this.image.src = new URL(outline.path, root).href + partOf(this.box);
    for (const path of this.dots.keys()) {
      const tone = path.classList.contains("dot-hole") ? "waiting" : /tone-(\w+)/.exec(path.getAttribute("class") ?? "")?.[1];
      path.setAttribute("d", dotsPath(entries.flatMap((entry) => (entry.tone === tone ? this.#visible(entry) : []))));
    }
    this.#draw();
  }

  /** Show all places, as the page came. */
  whole() {
    this.image.src = this.address;
    this.box = /** @type {Box} */ (boxOf(this.address));
    for (const [path, data] of this.dots) path.setAttribute("d", data);
    this.#draw();
  }

  /**
   * Places in the order in which they are named: the nearest to the reader first where that is known.
   * @param {readonly Entry[]} entries
   * @returns {readonly Entry[]}
   */
  inOrder(entries) {
    return this.own ? inOrder(entries, this.own).map(({ site }) => site) : entries;
  }

  /**
   * The place under a pointer.
   * @param {{ clientX: number, clientY: number }} pointer
   * @param {readonly Entry[]} entries
   * @returns {Entry | null}
   */
  at({ clientX, clientY }, entries) {
    const { left, top, width } = this.svg.getBoundingClientRect();
    const scale = width / this.drawing.width;
    let nearest = null;
    let least = REACH;
    for (const entry of entries) {
      const [point] = this.#visible(entry);
      const away = point ? Math.hypot(point.x * scale + left - clientX, point.y * scale + top - clientY) : Infinity;
      if (away < least || (away === least && entry.open && !nearest?.open)) [nearest, least] = [entry, away];
    }
    return nearest;
  }

  /** @param {{ latitude: number | null, longitude: number | null }} entry */
  #visible({ latitude, longitude }) {
    if (latitude === null || longitude === null) return [];
    const point = pointOf({ latitude, longitude }, this.box, this.drawing);
    const { width, height } = this.drawing;
    return point.x >= 0 && point.y >= 0 && point.x <= width && point.y <= height ? [point] : [];
  }

  /** @param {string} name */
  #mark(name) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    this.svg.append(path);
    return path;
  }

  #draw() {
    const scale = this.drawing.width / (this.svg.getBoundingClientRect().width || this.drawing.width);
    const [ring] = this.marked ? this.#visible(this.marked) : [];
    const r = RING * scale;
    this.ring.setAttribute("d", ring ? `M${ring.x - r} ${ring.y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0` : "");
    const [own] = this.own ? this.#visible(this.own) : [];
    const c = CROSS * scale;
    this.cross.setAttribute("d", own ? `M${own.x - c} ${own.y}h${2 * c}M${own.x} ${own.y - c}v${2 * c}` : "");
  }
}
