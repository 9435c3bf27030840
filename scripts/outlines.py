"""Make assets/map/*.svg, the outlines under the maps of places, from two public-domain atlases.

usage: scripts/outlines.py WORLD REGIONS STATES

WORLD    countries-110m.json of the npm package world-atlas 2.0.2 (Natural Earth, public domain)
REGIONS  countries-50m.json of the same package
STATES   states-10m.json of the npm package us-atlas 3.0.1 (United States Census Bureau, public domain)

A unit of an outline is a hundredth of a degree: x = (longitude + 180) * 100, y = (90 - latitude) * 100.
The colors are a grey that lets the page shine through, so that one file serves light, dark and paper.
The boxes are those of trialpages/pages/trial/place_map.py.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from trialpages.pages.trial.place_map import OUTLINES, WORLD

TARGET = Path(__file__).resolve().parent.parent / "assets" / "map"
Point = tuple[float, float]
Box = tuple[float, float, float, float]
NEAREST = 0.04
"""Degrees by which a line of a region may be moved when it is made simpler."""


def decoded(atlas: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of a topology as longitudes and latitudes."""
    scale, translate = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)
    return arcs


def rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Yield every ring of a shape as the numbers of its arcs."""
    if geometry["type"] == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from rings(each)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def stitched(ring: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return a ring as points; an arc numbered ~n is walked backwards."""
    points: list[Point] = []
    for index in ring:
        arc = list(arcs[index]) if index >= 0 else list(reversed(arcs[~index]))
        points += arc[1:] if points else arc
    return points


def unrolled(ring: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield a ring without its jumps at the date line: as it is, and once more on the other side of the map."""
    points: list[Point] = []
    turn = 0.0
    for index, (longitude, latitude) in enumerate(ring):
        step = longitude - ring[index - 1][0] if index else 0.0
        turn += -360 if step > 180 else 360 if step < -180 else 0
        points.append((longitude + turn, latitude))
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    yield points
    if west < -180 or east > 180:
        yield [(x + (360 if west < -180 else -360), y) for x, y in points]


def inner_borders(atlas: dict[str, Any], name: str) -> set[int]:
    """Return the arcs that two shapes of a collection share: its borders without the coast."""
    seen: dict[int, int] = {}
    for shape in atlas["objects"][name]["geometries"]:
        for index in {index if index >= 0 else ~index for ring in rings(shape) for index in ring}:
            seen[index] = seen.get(index, 0) + 1
    return {index for index, count in seen.items() if count > 1}


def simpler(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Return a line with the points that matter (Douglas and Peucker)."""
    if len(points) < 3 or not tolerance:
        return list(points)
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = 0.0, -1
        for index in range(first + 1, last):
            distance = from_line(points[index], points[first], points[last])
            if distance > far:
                far, at = distance, index
        if far > tolerance:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def from_line(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a stretch of line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0
    if length:
        share = max(0.0, min(1.0, ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length))
    x, y = point[0] - start[0] - share * dx, point[1] - start[1] - share * dy
    return float((x * x + y * y) ** 0.5)


def clipped(points: list[Point], box: Box) -> list[Point]:
    """Return the part of an area that lies in a box (Sutherland and Hodgman)."""
    west, south, east, north = box
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        found: list[Point] = []
        for index, point in enumerate(points):
            before = points[index - 1]
            inside, was_inside = sign * (point[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
            if inside != was_inside:
                share = (bound - before[axis]) / (point[axis] - before[axis])
                crossing = [
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                ]
                crossing[axis] = bound
                found.append((crossing[0], crossing[1]))
            if inside:
                found.append(point)
        points = found
    return points


def pieces(points: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """Yield the stretches of a line that touch a box."""
    west, south, east, north = box
    piece: list[Point] = []
    for point in points:
        if west <= point[0] <= east and south <= point[1] <= north:
            piece.append(point)
        else:
            if len(piece) > 1:
                yield piece
            piece = []
    if len(piece) > 1:
        yield piece


def path(lines: Iterable[Sequence[Point]], *, closed: bool) -> str:
    """Return lines as the data of an SVG path: whole units, each step relative to the last."""
    written = []
    for line in lines:
        whole = [(round((x + 180) * 100), round((90 - y) * 100)) for x, y in line]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(whole) if a != b]
        if len(steps) < (2 if closed else 1):
            continue
        text = " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")
        written.append(f"M{whole[0][0]} {whole[0][1]}l{text}{'z' if closed else ''}")
    return "".join(written)


def outline(atlas: dict[str, Any], box: Box, tolerance: float, states: Iterable[Sequence[Point]] = ()) -> str:
    """Return the outline of one box: land, the borders of countries, and those of states."""
    arcs = [simpler(arc, tolerance) for arc in decoded(atlas)]
    south_pole = -60
    land = (
        clipped(part, box)
        for ring in rings(atlas["objects"]["land"])
        for part in unrolled(stitched(ring, arcs))
        if max(y for _x, y in part) > south_pole
    )
    borders = [
        piece for index in sorted(inner_borders(atlas, "countries")) for piece in pieces(arcs[index], box)
    ]
    inner = [piece for line in states for piece in pieces(simpler(line, tolerance), box)]
    west, south, east, north = box
    view = " ".join(f"{value * 100:.0f}" for value in (west + 180, 90 - north, east - west, north - south))
    drawn = [
        f'<path d="{path(land, closed=True)}" fill="#7d8f96" fill-opacity=".28"/>',
        f'<path d="{path(borders, closed=False)}" fill="none" stroke="#7d8f96" stroke-opacity=".8" vector-effect="non-scaling-stroke"/>',
    ]
    if inner:
        drawn.append(
            f'<path d="{path(inner, closed=False)}" fill="none" stroke="#7d8f96" stroke-opacity=".45" vector-effect="non-scaling-stroke"/>'
        )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" preserveAspectRatio="none">'
    return "\n".join((head, *drawn, "</svg>", ""))


def main(world: Path, regions: Path, states: Path) -> None:
    """Write every outline."""
    coarse, fine, inside = (json.loads(file.read_text("utf-8")) for file in (world, regions, states))
    arcs = decoded(inside)
    lines = [arcs[index] for index in sorted(inner_borders(inside, "states"))]
    TARGET.mkdir(exist_ok=True)
    for name, box in OUTLINES.items():
        if name == WORLD:
            text = outline(coarse, box, 0)
        else:
            text = outline(fine, box, NEAREST, lines if name == "north-america" else ())
        (TARGET / f"{name}.svg").write_text(text, "utf-8")
        print(f"{name}: {len(text.encode()):,} bytes")  # noqa: T201


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
