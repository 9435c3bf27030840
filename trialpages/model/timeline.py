"""How long taking part lasts: the stages, their widths in the figure, and how far the trial is.

The editors' lengths win. Follow-up, when they say nothing, is the longest length that the primary
outcomes' time frames name. Screening and treatment have no default: an unknown stage is shown as
unknown, and no total is given unless every stage is known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date

from trialpages.model.editorial import Stage, Timeline
from trialpages.model.trial import Outcome
from trialpages.words.fields import record
from trialpages.words.language import _, ngettext

DAYS_PER_UNIT = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.4375,
    "year": 365.25,
}
MINIMUM_WIDTH = 16
"""Percent of the figure: a short stage stays wide enough for its name."""

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=1,
    )
}
_UNITS = {
    "min": "minute",
    "mins": "minute",
    "hr": "hour",
    "hrs": "hour",
    "h": "hour",
    "wk": "week",
    "wks": "week",
    "mo": "month",
    "mos": "month",
    "yr": "year",
    "yrs": "year",
} | {form: unit for unit in DAYS_PER_UNIT for form in (unit, unit + "s")}
_NUMBER = r"(?:\d+(?:\.\d+)?|" + "|".join(_NUMBER_WORDS) + ")"
_BETWEEN = r"\s*(?:(?:-|–|to|through|and|or|,|&)\s*)+"
"""What stands between the numbers of a list or a range: `1, 2, and 6`."""
_UNIT = "(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\b"
_LENGTH = re.compile(
    rf"(?<![\w.])({_NUMBER})(?:{_BETWEEN}({_NUMBER}))*\s*[- ]?\s*(?:±\s*\d+\s*)?{_UNIT}",
    re.IGNORECASE,
)
_ONLY_A_LENGTH = re.compile(
    rf"(?:(?:about|around|up to|at least|at most|usually|planned for)\s+)*{_NUMBER}"
    rf"(?:\s*(?:-|–|to|or)\s*{_NUMBER})?[ -]{_UNIT}",
    re.IGNORECASE,
)
_NUMBER_ONLY = re.compile(rf"(?<![\w.]){_NUMBER}(?![\w.])", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SPACE_LOST = re.compile(r"(?<=\bto)(?=\d)")
_POINT = re.compile(
    rf"\b(days?|weeks?|months?|years?|hours?)\s+({_NUMBER})(?:{_BETWEEN}({_NUMBER}))*",
    re.IGNORECASE,
)


@record
class Length:
    """A length of time: a number, its unit in the singular, and the same in days."""

    number: float
    unit: str

    @property
    def days(self) -> float:
        """The length in days; a month is 30.4375 days and a year 365.25."""
        return self.number * DAYS_PER_UNIT[self.unit]

    @property
    def text(self) -> str:
        """The length in words, for example `18 months`."""
        return _length_words(self.unit, self.number).format(count=f"{self.number:g}")


def _length_words(unit: str, number: float) -> str:
    count = 1 if number == 1 else 2
    words = {
        "minute": ngettext("{count} minute", "{count} minutes", count),
        "hour": ngettext("{count} hour", "{count} hours", count),
        "day": ngettext("{count} day", "{count} days", count),
        "week": ngettext("{count} week", "{count} weeks", count),
        "month": ngettext("{count} month", "{count} months", count),
        "year": ngettext("{count} year", "{count} years", count),
    }
    return words[unit]


@record
class StageView:
    """One stage as the page shows it. `text` is nothing when the length is unknown."""

    name: str
    text: str | None
    days_min: int | None
    days_max: int | None
    typical: bool
    source: str
    """`editors`, `registry`, or `unknown`."""
    width: int
    """Percent of the figure's width."""


def longest_length(time_frame: str | None) -> Length | None:
    """Return the longest length or point in time that a time frame names; nothing when it names none.

    >>> longest_length("up to 20 weeks; assessed every 4 weeks").text
    '20 weeks'
    """
    if not time_frame:
        return None
    time_frame = _SPACE_LOST.sub(" ", _THOUSANDS.sub("", time_frame))
    found: list[Length] = []
    for match in _LENGTH.finditer(time_frame):
        found += [
            _length(number, match[3])
            for number in _NUMBER_ONLY.findall(match[0][: match.start(3) - match.start()])
        ]
        found.append(_length(match[2] or match[1], match[3]))
    for match in _POINT.finditer(time_frame):
        numbers = _NUMBER_ONLY.findall(match[0])
        found += [_length(number, match[1]) for number in numbers]
    return max(found, key=lambda length: length.days, default=None)


def _length(number: str, unit: str) -> Length:
    spoken = _NUMBER_WORDS.get(number.casefold())
    return Length(number=float(number) if spoken is None else float(spoken), unit=_UNITS[unit.casefold()])


def stages(timeline: Timeline | None, primary_outcomes: Sequence[Outcome]) -> tuple[StageView, ...]:
    """Return screening, treatment and follow-up; an empty result when nothing is known of any."""
    given = timeline or Timeline()
    stated = [
        _edited("screening", given.screening),
        _edited("treatment", given.treatment),
        _edited("follow_up", given.follow_up) if given.follow_up else follow_up(primary_outcomes),
    ]
    if all(stage.text is None for stage in stated):
        return ()
    shares = widths([_figure_days(stage) for stage in stated])
    return tuple(_with_width(stage, width) for stage, width in zip(stated, shares, strict=True))


def follow_up(primary_outcomes: Sequence[Outcome]) -> StageView:
    """Return the follow-up that the primary outcomes name: their longest length, or the first text without one."""
    frames = [outcome.time_frame for outcome in primary_outcomes if outcome.time_frame]
    lengths = [length for length in map(longest_length, frames) if length is not None and length.number > 0]
    if lengths:
        longest = max(lengths, key=lambda length: length.days)
        days = max(1, math.floor(longest.days + 0.5))
        return _stage(
            "follow_up", _("up to {length}").format(length=longest.text), None, days, source="registry"
        )
    if frames:
        return _stage("follow_up", " ".join(frames[0].split()), None, None, source="registry")
    return _edited("follow_up", None)


def _edited(name: str, stage: Stage | None) -> StageView:
    if stage is None:
        return _stage(name, None, None, None, source="unknown")
    return _stage(name, stage.text, stage.days_min, stage.days_max, source="editors", typical=stage.typical)


def _stage(
    name: str,
    text: str | None,
    days_min: int | None,
    days_max: int | None,
    *,
    source: str,
    typical: bool = False,
) -> StageView:
    return StageView(
        name=name, text=text, days_min=days_min, days_max=days_max, typical=typical, source=source, width=0
    )


def _with_width(stage: StageView, width: int) -> StageView:
    return StageView(
        name=stage.name,
        text=stage.text,
        days_min=stage.days_min,
        days_max=stage.days_max,
        typical=stage.typical,
        source=stage.source,
        width=width,
    )


def _figure_days(stage: StageView) -> float | None:
    return stage.days_max if stage.days_max is not None else stage.days_min


def widths(days: Sequence[float | None], minimum: int = MINIMUM_WIDTH) -> tuple[int, ...]:
    """Return whole percents that add up to 100: proportional to the square root of the length, none below `minimum`.

    An unknown length is as wide as the known ones are on average.
    """
    if not days:
        return ()
    roots = [math.sqrt(length) for length in days if length is not None]
    average = sum(roots) / len(roots) if roots else 1.0
    weights = [average if length is None else math.sqrt(length) for length in days]
    if not any(weights):
        weights = [1.0] * len(days)
    exact = _shares(weights, minimum if minimum * len(days) <= 100 else 0)
    shares = [math.floor(share) for share in exact]
    by_remainder = sorted(range(len(days)), key=lambda index: (shares[index] - exact[index], index))
    for index in by_remainder[: 100 - sum(shares)]:
        shares[index] += 1
    return tuple(shares)


def _shares(weights: Sequence[float], minimum: float) -> list[float]:
    """Part 100 by weight; who would get less than the minimum gets the minimum, and the others share the rest."""
    small: set[int] = set()
    while True:
        room = 100 - minimum * len(small)
        total = sum(weight for index, weight in enumerate(weights) if index not in small)
        exact = [minimum if index in small else room * weight / total for index, weight in enumerate(weights)]
        below = {index for index, share in enumerate(exact) if share < minimum}
        if not below:
            return exact
        small |= below


def total_days(shown: Iterable[StageView]) -> tuple[int | None, int] | None:
    """Return the shortest and longest time that all stages take together; nothing unless all are known.

    Where one stage states its longest time only, the shortest time of all is unknown.
    """
    low: int | None = 0
    high = 0
    for stage in shown:
        if stage.days_max is None:
            return None
        low = None if low is None or stage.days_min is None else low + stage.days_min
        high += stage.days_max
    return low, high


def sentence(shown: Iterable[StageView]) -> str | None:
    """Say the timeline in a sentence; nothing unless every stage's text is a length of time and no more."""
    lengths = {}
    for stage in shown:
        # A length of the registry's main results is made here; only what the editors wrote may be any text.
        if stage.text is None:
            return None
        if not (is_length(stage.text) or (stage.source == "registry" and stage.days_max)):
            return None
        length = _lower_first(stage.text)
        lengths[stage.name] = _("usually {length}").format(length=length) if stage.typical else length
    if not lengths:
        return None
    return _(
        "This trial's timeline: {screening} for screening, {treatment} for treatment, and {follow_up} for follow-up."
    ).format(**lengths)


def is_length(text: str) -> bool:
    """Say whether a text is a length of time that a sentence can take up as it stands.

    >>> is_length("About 3 weeks"), is_length("one infusion every 21 days")
    (True, False)
    """
    return _ONLY_A_LENGTH.fullmatch(" ".join(text.split()).rstrip(".")) is not None


def is_to_scale(shown: Sequence[StageView]) -> bool:
    """Say whether the widths of the figure stand for the lengths: all known, and within a percent of their shares."""
    days = [_figure_days(stage) for stage in shown]
    known = [length for length in days if length]
    if not known or len(known) < len(days):
        return False
    return all(
        abs(stage.width - 100 * length / sum(known)) <= 1 for stage, length in zip(shown, known, strict=True)
    )


def _lower_first(text: str) -> str:
    """Lower a sentence's first letter, unless the word is written in capitals."""
    first, *_ = text.split(maxsplit=1) or [""]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]


def progress_percent(start: date, primary_completion: date, today: date) -> int | None:
    """Return how much of the time from start to primary completion has passed, in whole percent from 0 to 100."""
    length = (primary_completion - start).days
    if length <= 0:
        return None
    return min(100, max(0, (today - start).days * 100 // length))
