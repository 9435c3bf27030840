"""The map of a trial's places: which outline lies under it, which part of it is shown, where the dots are.

The outline is a file that every page of the site shares; the page names the part that it shows. The
dots are one path for each tone of status, rounded to what can be told apart, so that a thousand
places cost a page little. A unit is a hundredth of a degree, as in the outlines; a degree of
longitude is drawn as much narrower as it is in the middle of the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import cos, radians

from trialpages.words.fields import record

WORLD = "world"
OUTLINES: Mapping[str, tuple[float, float, float, float]] = {
    "north-america": (-172, 5, -50, 73),
    "europe": (-27, 33, 47, 72),
    "south-america": (-92, -57, -30, 16),
    "africa": (-22, -37, 58, 39),
    "west-asia": (24, 3, 100, 56),
    "east-asia": (88, -13, 152, 56),
    "oceania": (108, -50, 180, 2),
    WORLD: (-180, -60, 180, 84),
}
"""The box of each file in `assets/map/`: west, south, east, north, in degrees."""

WIDTH = 640
LEAST_TALL = 20.0
LEAST_WIDE = 30.0
"""Degrees of latitude that a map shows at least, high and wide: a dot without a coast near it says nothing."""
MARGIN = 0.12
"""Share of the span that stays free around the outermost places."""
WIDEST, TALLEST = 2.4, 0.8
"""Width by height of the flattest map, and of the tallest."""
PLAIN = "plain"
"""The tone of a place whose status nobody states."""
TONES = (PLAIN, "closed", "waiting", "open")
"""From the lowest layer to the highest: an open place is never hidden by another."""
DOT = 2.5
"""Units of the drawing (640 wide) within which two dots are one."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@record
class PlaceMap:
    """What the page needs for its map."""

    outline: str
    """The name of the asset."""
    view: str
    """The part of the outline that is shown: x, y, width and height, with commas."""
    width: int
    height: int
    dots: tuple[tuple[str, str], ...]
    """A tone and the data of its path, from the lowest layer to the highest."""


def place_map(points: Iterable[tuple[float, float, str]]) -> PlaceMap | None:
    """Return the map of places, given as latitude, longitude and tone; nothing when no place is known."""
    known = list(points)
    if not known:
        return None
    places = [(latitude, longitude) for latitude, longitude, _tone in known]
    outline, box = _outline(places, _box(places))
    west, south, east, north = box
    width, height = WIDTH, round(WIDTH * (north - south) / ((east - west) * _narrowing(box)))
    dots = []
    for tone in TONES:
        found = {
            (
                round((longitude - west) / (east - west) * width / DOT),
                round((north - latitude) / (north - south) * height / DOT),
            )
            for latitude, longitude, its_tone in known
            if its_tone == tone
        }
        if found:
            dots.append((tone, _path(sorted(found))))
    numbers = ((west + 180) * 100, (90 - north) * 100, (east - west) * 100, (north - south) * 100)
    return PlaceMap(
        outline=f"map/{outline}.svg",
        view=",".join(f"{number:.0f}" for number in numbers),
        width=width,
        height=height,
        dots=tuple(dots),
    )


def _box(points: Sequence[Point]) -> Box:
    """Return the part of the world to show."""
    south, north = min(each[0] for each in points), max(each[0] for each in points)
    west, east = min(each[1] for each in points), max(each[1] for each in points)
    narrowing = _narrowing((west, south, east, north))
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    tall = max((north - south) * (1 + 2 * MARGIN), LEAST_TALL)
    wide = max((east - west) * narrowing * (1 + 2 * MARGIN), LEAST_WIDE)
    wide = min(max(wide, tall * TALLEST), 360 * narrowing)
    tall = max(tall, wide / WIDEST)
    half_x, half_y = wide / narrowing / 2, tall / 2
    bounds = OUTLINES[WORLD]
    west, east = _inside(middle_x - half_x, middle_x + half_x, bounds[0], bounds[2])
    south, north = _inside(middle_y - half_y, middle_y + half_y, bounds[1], bounds[3])
    return (round(west, 2), round(south, 2), round(east, 2), round(north, 2))


def _inside(low: float, high: float, least: float, most: float) -> tuple[float, float]:
    """Move a stretch into its bounds; one that is too long becomes the bounds."""
    if high - low >= most - least:
        return least, most
    shift = max(least - low, 0) - max(high - most, 0)
    return low + shift, high + shift


def _narrowing(box: Box) -> float:
    return max(cos(radians((box[1] + box[3]) / 2)), 0.35)


def _outline(points: Sequence[Point], box: Box) -> tuple[str, Box]:
    """Return the first outline that holds the box, or else the first that holds it, and every place, after a move.

    The outlines of regions are finer than the world's.
    """
    moved = {name: _moved(box, bounds) for name, bounds in OUTLINES.items() if _fits(box, bounds)}
    for name, found in moved.items():
        if found == box and name != WORLD:
            return name, box
    for name, (west, south, east, north) in moved.items():
        if all(south < latitude < north and west < longitude < east for latitude, longitude in points):
            return name, moved[name]
    return WORLD, box


def _fits(box: Box, bounds: Box) -> bool:
    return box[2] - box[0] <= bounds[2] - bounds[0] and box[3] - box[1] <= bounds[3] - bounds[1]


def _moved(box: Box, bounds: Box) -> Box:
    west, east = _inside(box[0], box[2], bounds[0], bounds[2])
    south, north = _inside(box[1], box[3], bounds[1], bounds[3])
    return (round(west, 2), round(south, 2), round(east, 2), round(north, 2))


def _path(cells: Sequence[tuple[int, int]]) -> str:
    """Return dots as a path: a line of no length, drawn with round or square ends, for each."""
    x = y = 0
    steps: list[str] = []
    for column, row in cells:
        step_x, step_y = round(column * DOT), round(row * DOT)
        steps.append(f"m{step_x - x} {step_y - y}h0".replace(" -", "-"))
        x, y = step_x, step_y
    return "".join(steps)
