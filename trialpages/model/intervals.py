"""How sure a counted share is: Wilson's interval, Newcombe's interval of a difference, and their words.

Shares go in as counts and come out as fractions of 1, unrounded; only the functions that return
words round, once and half up. Nothing here tests a hypothesis: there are no p-values on our pages.
"""

from __future__ import annotations

import math

from trialpages.words.fields import record
from trialpages.words.language import _, amount, number

Z_95 = 1.959964
"""The normal deviate that leaves 2.5 percent on either side."""


@record
class Interval:
    """A range that holds the true share in 95 of 100 such studies, as fractions of 1."""

    low: float
    high: float


@record
class Difference:
    """The first group's share minus the second's, with its 95 % interval, as fractions of 1."""

    value: float
    low: float
    high: float

    @property
    def could_be_chance(self) -> bool:
        """Whether the interval holds zero."""
        return self.low <= 0 <= self.high


def is_share(num_affected: int | None, num_at_risk: int | None) -> bool:
    """Say whether two counts make a share: both given, people at risk, and not more affected than at risk."""
    return num_affected is not None and num_at_risk is not None and 0 <= num_affected <= num_at_risk > 0


def wilson(num_affected: int, num_at_risk: int) -> Interval:
    """Return Wilson's 95 % interval of a share; the counts must make a share."""
    share = num_affected / num_at_risk
    spread = Z_95 * Z_95 / num_at_risk
    center = (share + spread / 2) / (1 + spread)
    half = Z_95 * math.sqrt(share * (1 - share) / num_at_risk + spread / num_at_risk / 4) / (1 + spread)
    low = 0.0 if num_affected == 0 else max(0.0, center - half)
    high = 1.0 if num_affected == num_at_risk else min(1.0, center + half)
    return Interval(low=low, high=high)


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Difference:
    """Return the difference of two shares with Newcombe's hybrid score interval.

    Each share is a pair of people affected and people at risk; both must make a share.
    """
    first_share, second_share = first[0] / first[1], second[0] / second[1]
    first_interval, second_interval = wilson(*first), wilson(*second)
    value = first_share - second_share
    below = math.hypot(first_share - first_interval.low, second_interval.high - second_share)
    above = math.hypot(first_interval.high - first_share, second_share - second_interval.low)
    return Difference(value=value, low=value - below, high=value + above)


def half_up(value: float) -> int:
    """Round to the nearest whole number, halves up, as browsers do."""
    return math.floor(value + 0.5)


def in_100(num_affected: int, num_at_risk: int) -> int:
    """Return a share as whole people in 100, half up, by exact arithmetic."""
    return (200 * num_affected + num_at_risk) // (2 * num_at_risk)


def about_in_100(num_affected: int, num_at_risk: int) -> str:
    """Say a share as a natural frequency with the constant denominator 100.

    >>> about_in_100(43, 54)
    'about 80 in 100'
    """
    if num_affected == 0:
        return _("none of {people}").format(people=number(num_at_risk))
    if num_affected == num_at_risk:
        return _("all {people}").format(people=number(num_at_risk))
    people = in_100(num_affected, num_at_risk)
    if people == 0:
        return _("fewer than 1 in 100")
    if people == 100:
        return _("more than 99 in 100")
    return _("about {people} in 100").format(people=people)


def likely_range(num_affected: int, num_at_risk: int) -> str:
    """Say the interval of a share in words.

    >>> likely_range(43, 54)
    'likely between 67 and 88 in 100'
    """
    interval = wilson(num_affected, num_at_risk)
    low, high = half_up(100 * interval.low), half_up(100 * interval.high)
    if high == 0:
        return _("likely fewer than 1 in 100")
    if low == 100:
        return _("likely more than 99 in 100")
    if num_affected == 0:
        return _("0 of {people} still leaves room for up to about {high} in 100").format(
            people=number(num_at_risk), high=high
        )
    if num_affected == num_at_risk:
        return _("likely more than {low} in 100").format(low=low)
    if low == high:
        return _("likely about {low} in 100").format(low=low)
    return _("likely between {low} and {high} in 100").format(low=low, high=high)


def difference_in_words(difference: Difference) -> str:
    """Say how many more or fewer people in 100 the first group has, with its range and the role of chance.

    >>> difference_in_words(newcombe((232, 405), (103, 202)))
    '6 more in 100; likely between 2 fewer and 15 more; this could be chance'
    """
    value, low, high = map(_more_or_fewer, (difference.value, difference.low, difference.high))
    if low == high:
        return _("{value} in 100").format(value=value)
    sentence = (
        _("{value} in 100; likely between {low} and {high}; this could be chance")
        if difference.could_be_chance
        else _("{value} in 100; likely between {low} and {high}")
    )
    return sentence.format(value=value, low=low, high=high)


def _more_or_fewer(difference: float) -> str:
    """Say a difference of shares; more and fewer are rounded alike, so that groups can change places."""
    people = half_up(100 * abs(difference))
    if people == 0:
        if difference == 0:
            return _("none more")
        return _("under 1 more") if difference > 0 else _("under 1 fewer")
    if difference > 0:
        return amount(people, "{count} more", "{count} more")
    return amount(people, "{count} fewer", "{count} fewer")
