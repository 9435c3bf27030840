"""Single values: what a text means for a field, and what to say when it does not fit."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass

from trialpages.read.document import Value
from trialpages.words.shapes import Number, Text, ValueShape, YesNo, pattern
from trialpages.words.suggest import nearest

FAULT = object()
"""Stands for a value that could not be made."""

YES = frozenset(("yes", "true"))
NO = frozenset(("no", "false"))
WHOLE = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LOOSE_DATE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
LONGEST_SHOWN = 60
MOST_DIGITS = 15
"""Larger whole numbers are slips; JavaScript could not hold them exactly either."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a text does not fit: the code, the end of the sentence that begins with the field, the cure."""

    code: str
    what: str
    help: str | None


def scalar(shape: Text | Number | YesNo, text: str) -> str | int | float | bool | Misfit:
    """Return what the text means for the field, or why it does not fit."""
    text = text.strip()
    if type(shape) is Text:
        return _text(shape, text)
    if not text:
        return Misfit("empty-value", "is empty", "write a value, or take the field away")
    if type(shape) is Number:
        return _number(shape, text)
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    return Misfit("wrong-type", f"is {shown(text)}; it needs yes or no", "write yes or no")


def _text(shape: Text, text: str) -> str | Misfit:
    if shape.values:
        return text if text in shape.values else _not_allowed(shape.values, text)
    if len(text) < shape.shortest:
        if not text:
            return Misfit("empty-value", "is empty", "write a text, or take the field away")
        what = f"is {shown(text)}, which is too short"
        return Misfit("wrong-form", what, f"write at least {shape.shortest} letters")
    if shape.pattern is None:
        return text
    if not pattern(shape.pattern).fullmatch(text):
        guess = _in_form(shape.pattern, text)
        cure = f"did you mean '{guess}'?" if guess else f"write it like {shape.example}"
        return Misfit("wrong-form", f"is {shown(text)}", cure)
    if DAY.fullmatch(text) and shape.pattern.startswith("^[0-9]{4}"):
        try:
            datetime.date.fromisoformat(text)
        except ValueError:
            return Misfit(
                "no-such-day", f"is {shown(text)}, a day that is not in the calendar", "correct the day"
            )
    return text


def _number(shape: Number, text: str) -> int | float | Misfit:
    plain = text.replace(",", "").replace("_", "").replace(" ", "")
    wanted_form = WHOLE if shape.whole else DECIMAL
    kind = wanted(shape)
    if not wanted_form.fullmatch(text):
        cure = f"write {plain}" if wanted_form.fullmatch(plain) else f"write {example(shape)}"
        return Misfit("wrong-type", f"is {shown(text)}; it needs {kind}", cure)
    if shape.whole and len(text.lstrip("+-0")) > MOST_DIGITS:
        return Misfit("out-of-range", f"is {shown(text)}, which is too large", f"write {bounds(shape)}")
    number = int(text) if shape.whole else float(text)
    too_small = shape.least is not None and number < shape.least
    too_large = shape.most is not None and number > shape.most
    if too_small or too_large or not math.isfinite(number):
        return Misfit("out-of-range", f"is {shown(text)}; it must be {bounds(shape)}", None)
    return number


def bounds(shape: Number) -> str:
    """Return the numbers that fit: `0 or more`, `between -90 and 90`."""
    if shape.least is not None and shape.most is not None:
        return f"between {shape.least:g} and {shape.most:g}"
    if shape.least is not None:
        return f"{shape.least:g} or more"
    return wanted(shape) if shape.most is None else f"{shape.most:g} or less"


def wanted(shape: ValueShape) -> str:
    """Return what a field needs, with its article."""
    if isinstance(shape, Number):
        return "a whole number" if shape.whole else "a number"
    return "yes or no" if isinstance(shape, YesNo) else "one text"


def example(shape: ValueShape) -> str:
    """Return something that fits, in words that can follow `write`."""
    if isinstance(shape, Number):
        return "digits only, such as 40" if shape.whole else "digits with a point, such as 29.7"
    if isinstance(shape, YesNo):
        return "yes or no"
    if isinstance(shape, Text) and shape.values:
        return " or ".join(shape.values)
    return f"it like {shape.example}" if isinstance(shape, Text) and shape.example else "one text"


def described(value: Value) -> str:
    """Return what stands there, in words."""
    if value is None:
        return "empty"
    if isinstance(value, list):
        return "a list"
    return f"the text {shown(value)}" if isinstance(value, str) else "a group of fields"


def shown(text: str) -> str:
    """Return a text in single quotes, on one line, cut when it is long."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= LONGEST_SHOWN else f"'{line[: LONGEST_SHOWN - 3]}...'"


def _not_allowed(allowed: tuple[str, ...], text: str) -> Misfit:
    guess = nearest(text, allowed)
    cure = f"did you mean '{guess}'?" if guess else f"write one of {', '.join(allowed)}"
    return Misfit("value-not-allowed", f"is {shown(text)}" if text else "is empty", cure)


def _in_form(form: str, text: str) -> str | None:
    """Return the text in the field's form when only case, separators or leading zeros are wrong."""
    candidates = [text.upper(), text.title(), re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")]
    candidates.append(f"https://{text}")
    candidates.append(text.lstrip("0").title())
    date = LOOSE_DATE.fullmatch(text)
    if date:
        parts = [date[1], f"{int(date[2]):02}", f"{int(date[3]):02}" if date[3] else None]
        candidates.append("-".join(part for part in parts if part))
    # A bare word with https:// before it is no address that anyone meant.
    fitting = (each for each in candidates if "://" not in each or "." in each)
    return next((each for each in fitting if pattern(form).fullmatch(each)), None)
