"""Ages as the registry writes them: `18 Years`, `6 Months`. Both bounds of a range are inclusive.

A maximum counts completed units: "65 Years" admits a person until the day of the 66th birthday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialpages.words.language import _, ngettext

DAYS_PER_YEAR = 365.25
DAYS = {
    "year": DAYS_PER_YEAR,
    "month": DAYS_PER_YEAR / 12,
    "week": 7.0,
    "day": 1.0,
    "hour": 1 / 24,
    "minute": 1 / 1440,
}
FORM = re.compile(r"([0-9]{1,4}) (Year|Month|Week|Day|Hour|Minute)s?", re.IGNORECASE | re.ASCII)
STANDARD_AGES = (("CHILD", 0.0, 18.0), ("ADULT", 18.0, 65.0), ("OLDER_ADULT", 65.0, float("inf")))
"""The registry's age groups: name, first year, first year that is too old."""


@dataclass(frozen=True, slots=True)
class Age:
    """A number of completed units of time since birth; the unit is singular and in small letters."""

    value: int
    unit: str


def parse_age(text: str | None) -> Age | None:
    """Return the age in a text such as `18 Years`; None for no limit and for anything else."""
    match = FORM.fullmatch((text or "").strip())
    return Age(int(match[1]), match[2].lower()) if match else None


def age_days(age: Age) -> float:
    """Return the age in days; a year has 365.25 days."""
    return age.value * DAYS[age.unit]


def age_years(age: Age) -> float:
    """Return the age in years."""
    return float(age.value) if age.unit == "year" else age_days(age) / DAYS_PER_YEAR


def admits(minimum: str | None, maximum: str | None, years: float) -> bool:
    """Return whether a person of that age, in years, is within the bounds; a missing bound is open."""
    first, last = bounds_years(minimum, maximum)
    return first <= years < last


def bounds_years(minimum: str | None, maximum: str | None) -> tuple[float, float]:
    """Return the first age in years that fits and the first age above it that does not fit."""
    lowest, highest = parse_age(minimum), parse_age(maximum)
    first = age_years(lowest) if lowest else 0.0
    last = age_years(Age(highest.value + 1, highest.unit)) if highest else float("inf")
    return first, last


def bounds_days(minimum: str | None, maximum: str | None) -> tuple[float, float]:
    """Return the first age in days that fits and the first age above it that does not fit."""
    lowest, highest = parse_age(minimum), parse_age(maximum)
    first = age_days(lowest) if lowest else 0.0
    last = age_days(Age(highest.value + 1, highest.unit)) if highest else float("inf")
    return first, last


def asked_units(minimum: str | None, maximum: str | None) -> tuple[str, ...]:
    """Return the units in which an age must be said to be judged by the bounds, the largest first."""
    lowest, highest = parse_age(minimum), parse_age(maximum)
    units = {age.unit for age in (lowest if lowest and lowest.value else None, highest) if age}
    if units <= {"year"}:
        return ("year",)
    return ("year", "month") if units <= {"year", "month"} else ("year", "month", "day")


def standard_ages(minimum: str | None, maximum: str | None) -> tuple[str, ...]:
    """Return the registry's age groups that the bounds reach into."""
    first, last = bounds_years(minimum, maximum)
    return tuple(name for name, start, end in STANDARD_AGES if first < end and last > start)


def are_out_of_order(minimum: str | None, maximum: str | None) -> bool:
    """Return whether the youngest age is above the oldest, so that nobody fits."""
    first, last = bounds_years(minimum, maximum)
    return first >= last


def age_range_text(minimum: str | None, maximum: str | None) -> str:
    """Return `18 to 75 years`, `18 years and over`, `65 years and younger`, `6 months to 17 years`."""
    lowest, highest = parse_age(minimum), parse_age(maximum)
    if lowest and highest:
        if lowest == highest:
            return age_text(lowest)
        first = str(lowest.value) if lowest.unit == highest.unit else age_text(lowest)
        return _("{first} to {last}").format(first=first, last=age_text(highest))
    if lowest:
        return _("{age} and over").format(age=age_text(lowest))
    return _("{age} and younger").format(age=age_text(highest)) if highest else _("Not specified")


def age_text(age: Age) -> str:
    """Return an age with its unit: `1 year`, `18 months`."""
    count = age.value
    match age.unit:
        case "year":
            text = ngettext("{count} year", "{count} years", count)
        case "month":
            text = ngettext("{count} month", "{count} months", count)
        case "week":
            text = ngettext("{count} week", "{count} weeks", count)
        case "day":
            text = ngettext("{count} day", "{count} days", count)
        case "hour":
            text = ngettext("{count} hour", "{count} hours", count)
        case _other:
            text = ngettext("{count} minute", "{count} minutes", count)
    return text.format(count=count)


def years(text: str | None) -> float | int | None:
    """Return an age in years: whole where the record counts years, else to three decimals."""
    age = parse_age(text)
    if age is None:
        return None
    return age.value if age.unit == "year" else round(age_years(age), 3)
