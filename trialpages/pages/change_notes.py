"""A change in the fewest words, for those who edit the site: on the terminal, in reports, beside a drift.

These are English in every site's language, like all that the command line says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trialpages.model.change import Change
from trialpages.model.changes_facts import AGES

MOST_NAMES = 6
LONGEST_VALUE = 60
"""Characters of a value that are shown."""

NAMES = {
    "start_date": "start",
    "primary_completion_date": "primary completion",
    "completion_date": "completion",
    "inclusion_criteria": "inclusion rules",
    "exclusion_criteria": "exclusion rules",
    "other_criteria": "other rules",
    "eligibility_criteria": "eligibility text",
}
"""What editors call a field, where that is not its name with spaces."""


def change_note(change: Change) -> str:
    """Return the change in a few words: `recruiting -> completed`, `2 of 14 sites closed: Houston, Dallas`."""
    say = _NOTES.get(change.kind)
    return say(change) if say else f"{change.kind.replace('-', ' ')}: {_name(change.field)}"


def _from_to(change: Change) -> str:
    return f"{_value(change.before)} -> {_value(change.after)}"


def _codes(change: Change) -> str:
    was, now = (text and text.replace("_", " ").lower() for text in (change.before, change.after))
    return f"{_value(was)} -> {_value(now)}"


def _named_codes(change: Change) -> str:
    return f"{_name(change.field)}: {_codes(change)}"


def _named(change: Change) -> str:
    return f"{_name(change.field)}: {_from_to(change)}"


def _changed(change: Change) -> str:
    if change.before is None and change.after is not None:
        return f"{_name(change.field)} added"
    if change.before is not None and change.after is None:
        return f"{_name(change.field)} removed"
    return f"{_name(change.field)} changed"


def _name(field: str) -> str:
    return NAMES.get(field, field.replace("_", " "))


def _value(text: str | None) -> str:
    if text is None:
        return "not stated"
    shown = " ".join(text.split())
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[: LONGEST_VALUE - 1].rstrip()}…"


def _places(done: str) -> Callable[[Change], str]:
    def say(change: Change) -> str:
        of = f" of {change.total:,}" if change.kind in ("places-closed", "places-removed") else ""
        sites = "site" if change.count == 1 and not of else "sites"
        towns = f": {_some(change.names)}" if change.names else ""
        return f"{change.count:,}{of} {sites} {done}{towns}"

    return say


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    if more < 2:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMES])} and {more} more"


def _ages(change: Change) -> str:
    was, now = (_age_range(text) for text in (change.before, change.after))
    return f"ages: {was} -> {now}"


def _age_range(text: str | None) -> str:
    lowest, _dots, highest = (text or "").partition(AGES)
    if lowest and highest:
        return f"{lowest} to {highest}"
    return f"{lowest} and over" if lowest else f"{highest} and younger" if highest else "any"


def _moved(change: Change) -> str:
    name, months = _name(change.field), change.months
    span = f"{change.before} -> {change.after}"
    if not months:
        return f"{name} moved: {span}"
    count = abs(months)
    length = f"{count} month{'s' if count > 1 else ''}"
    return f"{name} moved by {length}: {span}" if months > 0 else f"{name} moved {length} earlier: {span}"


def _listed(change: Change) -> str:
    parts = [
        f"{len(found)} {done}"
        for found, done in (
            (change.added, "added"),
            (change.removed, "removed"),
            (change.reworded, "reworded"),
        )
        if found
    ]
    return f"{_name(change.field)} changed: {', '.join(parts)}"


def _enrollment(change: Change) -> str:
    kind = {"enrollment-planned": " planned", "enrollment-counted": " counted"}.get(change.kind, "")
    return f"enrollment: {_from_to(change)}{kind}"


def _results(change: Change) -> str:
    return f"results posted on {change.after}" if change.after else "results posted"


def _in_language(change: Change) -> str:
    done = change.kind.rpartition("-")[2]
    of = "" if change.language in ("", "en") else f" ({change.language})"
    names = f": {', '.join(change.names)}" if change.names else ""
    return f"summary{of} {done}{names}"


def _reviewed(change: Change) -> str:
    day = f" on {change.after}" if change.after else ""
    of = "" if change.language in ("", "en") else f" ({change.language})"
    return f"summary{of} reviewed by {', '.join(change.names)}{day}"


def _override_outdated(change: Change) -> str:
    return f"the registry's {_name(change.field)}, which the editors override: {_from_to(change)}"


def _words(text: str) -> Callable[[Change], str]:
    return lambda _change: text


_NOTES: Mapping[str, Callable[[Change], str]] = {
    "status": _codes,
    "last-known-status": _named_codes,
    "why-stopped": _named,
    "places-opened": _places("opened"),
    "places-closed": _places("closed"),
    "places-added": _places("added"),
    "places-removed": _places("no longer listed"),
    "ages": _ages,
    "sex": _named_codes,
    "healthy-volunteers": _named,
    "rules": _listed,
    "groups": _listed,
    "treatments": _listed,
    "conditions": _listed,
    "outcomes": _listed,
    "collaborators": _listed,
    "documents": _listed,
    "enrollment": _enrollment,
    "enrollment-planned": _enrollment,
    "enrollment-counted": _enrollment,
    "date-moved": _moved,
    "date-stated": _named,
    "date-removed": _named,
    "date-happened": lambda change: f"{_name(change.field)} is now actual: {change.after}",
    "status-confirmed": lambda change: f"status confirmed: {change.before or 'never'} -> {change.after}",
    "results-posted": _results,
    "results-removed": _words("results removed"),
    "health-problems": _words("counts of health problems changed"),
    "design": lambda change: _named(change) if change.field == "target_duration" else _named_codes(change),
    "sponsor": _named,
    "text": _changed,
    "contacts": _words("contacts changed"),
    "officials": _words("officials changed"),
    "retractions": _words("a publication was retracted"),
    "record-added": _words("registry record added"),
    "record-removed": _words("registry record removed"),
    "title": _changed,
    "summary-added": _in_language,
    "summary-removed": _in_language,
    "words-added": _in_language,
    "words-rewritten": _in_language,
    "words-removed": _in_language,
    "words-corrected": _in_language,
    "plain-rules": _listed,
    "plain-rules-order": _words("plain criteria in another order"),
    "side-effects": _named,
    "part-added": lambda change: f"{_name(change.field)} added",
    "part-rewritten": lambda change: f"{_name(change.field)} changed",
    "part-removed": lambda change: f"{_name(change.field)} removed",
    "reviewed": _reviewed,
    "review-removed": _words("review removed"),
    "override-added": lambda change: f"override of {_name(change.field)} added",
    "override-removed": lambda change: f"override of {_name(change.field)} removed",
    "override-outdated": _override_outdated,
}
