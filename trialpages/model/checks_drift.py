"""Editors' words that the registry's record may have left behind.

`reviewed_against` is the record's day up to which somebody has read the words against it. A record that is newer
is told until it is renewed, with every place that may have to be read again. The day of the build plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from trialpages.model.change import Change
from trialpages.model.changes_texts import folded
from trialpages.model.dates import show_date_in_english
from trialpages.model.overrides import short_text
from trialpages.model.places import FACTS, Places
from trialpages.model.prose import SUMMARY, Passage, passages
from trialpages.model.summary import Summary
from trialpages.model.trial import Trial
from trialpages.read.document import Location
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.fields import record

LONGEST_SHOWN = 70
"""Characters of a plain rule that a note shows."""

RULES = frozenset(("rules", "ages", "sex", "healthy-volunteers"))
WHAT_IT_TESTS = frozenset(("groups", "treatments", "conditions", "outcomes", "design", "text"))
BY_BLOCK = {
    "purpose": frozenset(("status", "why-stopped", "results-posted", *WHAT_IT_TESTS)),
    "who": frozenset((*RULES, "conditions", "text")),
    "what": WHAT_IT_TESTS,
    "side_effects": frozenset(("groups", "treatments", "health-problems", "results-posted")),
    "taking_part": frozenset(
        ("groups", "treatments", "outcomes", "design", "text", "places-opened", "places-closed", "date-moved")
    ),
}
"""Kinds of changes of a record after which a block of the summary may be out of date."""

OPEN_STATUSES = frozenset(("RECRUITING",))
ENDED_STATUSES = frozenset(("COMPLETED", "TERMINATED", "WITHDRAWN", "NO_LONGER_AVAILABLE"))
CLOSED_STATUSES = ENDED_STATUSES | {"ACTIVE_NOT_RECRUITING", "SUSPENDED"}
_SENTENCE = r"(?:^|(?<=[.!?])|(?<=\n\n))\s*(?P<said>(?:The|This) (?:trial|study) {}\b{}[^.!?]*[.!?])"
SAYS_OPEN = re.compile(
    _SENTENCE.format(
        r"(?:is (?:now |still )?(?:looking for|taking|recruiting) (?:new )?people|takes new people)",
        r"(?! who)",
    )
)
SAYS_CLOSED = re.compile(
    _SENTENCE.format(
        r"(?:takes no (?:new|more) people|no longer takes (?:new )?people|is no longer (?:open|looking for people"
        r"|taking (?:new )?people)|has (?:ended|finished))",
        "",
    )
)
ONE_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
HEDGED = re.compile(r"\b(?:if|when|until|once|after|before|part|group|cohort|may|might)\b", re.IGNORECASE)
"""Words that make a sentence one about another time or about a part of the trial."""


@record
class OldWords:
    """A place of the editors' words that may be out of date: path and line, and what stands there."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def check_drift(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield the drift of a trial whose record is newer than its words, or that says nothing of it."""
    changed_on = record_day(trial)
    if changed_on is None or not (trial.has_registry_record and has_words(trial)):
        return
    seen = trial.reviewed_against
    if seen is None:
        yield _never_said(trial, places, changed_on)
    elif changed_on > seen:
        days = (show_date_in_english(changed_on), show_date_in_english(seen))
        what = "The record changed on {}; the words were last read against it as of {}".format(*days)
        help_text = f"read these places against the record, then write `reviewed_against: {changed_on}`"
        notes = tuple(map(str, outdated_words(trial, places)))
        yield places.fault(
            "record-newer-than-words", what, ("reviewed_against",), help=help_text, notes=notes
        )


def check_status_in_words(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield English sentences of a summary that say of the whole trial what its status contradicts."""
    for passage in passages(trial, places):
        if passage.kind != SUMMARY:
            continue
        if trial.overall_status in CLOSED_STATUSES:
            yield from _contradictions(passage, places, SAYS_OPEN, trial.overall_status)
        elif trial.overall_status in OPEN_STATUSES:
            yield from _contradictions(passage, places, SAYS_CLOSED, trial.overall_status)


def record_day(trial: Trial) -> str | None:
    """Return the day on which the record last changed, whatever the editors say of it."""
    own = (each.registry_value for each in trial.overrides if each.field == "last_update_post_date")
    return next(own, trial.last_update_post_date)


def has_words(trial: Trial) -> bool:
    """Return whether the editors wrote anything that a change of the record can make untrue."""
    written = any(summary.blocks for summary in trial.summaries)
    return bool(written or trial.plain_criteria or trial.overrides or trial.timeline)


def outdated_words(
    trial: Trial, places: Places, changed: Collection[Change] | None = None
) -> tuple[OldWords, ...]:
    """Return the places of the editors' words that may be out of date, in the order of files and lines.

    `trial` holds the record and the editors' words. Without `changed`, the changes of the record, every such place counts;
    with them only what they touch. A plain rule counts when its original rule is among those that changed.
    """
    found = [*_overrides(trial, places, changed), *_plain_rules(trial, places, changed)]
    if trial.timeline and _touches(changed, BY_BLOCK["taking_part"]):
        found.append(_in_facts(places, ("timeline",), "the timeline"))
    for summary in trial.summaries:
        found += _blocks(summary, places, changed)
    return tuple(found)


def _overrides(trial: Trial, places: Places, changed: Collection[Change] | None) -> Iterator[OldWords]:
    fields = None if changed is None else {change.field for change in changed}
    for override in trial.overrides:
        if fields is None or override.field in fields:
            ours = short_text(getattr(trial, override.field))
            what = f"`{override.field}`: the editors say {ours}, the registry says {override.registry_value}"
            yield _in_facts(places, (override.field,), what)


def _plain_rules(trial: Trial, places: Places, changed: Collection[Change] | None) -> Iterator[OldWords]:
    gone = None if changed is None else _gone_rules(changed)
    for index, rule in enumerate(trial.plain_criteria):
        wanted = folded(rule.original)
        if gone is None or any(text.startswith(wanted) or wanted in text for text in gone):
            yield _in_facts(places, ("plain_criteria", index), f"the plain rule '{_short(rule.plain)}'")


def _gone_rules(changed: Collection[Change]) -> tuple[str, ...]:
    """Return the rules of the older record that the newer one no longer has in these words."""
    rules = [change for change in changed if change.kind == "rules"]
    texts = [text for change in rules for text in (*change.removed, *(was for was, _ in change.reworded))]
    return tuple(folded(text) for text in texts)


def _blocks(summary: Summary, places: Places, changed: Collection[Change] | None) -> Iterator[OldWords]:
    name = "summary.md" if summary.language == "en" else f"summary.{summary.language}.md"
    for block in summary.blocks:
        if _touches(changed, BY_BLOCK[block.kind]):
            yield OldWords(path=places.path(name), line=block.line, what=f"the text under '{block.heading}'")


def _touches(changed: Collection[Change] | None, kinds: Collection[str]) -> bool:
    return changed is None or any(change.kind in kinds for change in changed)


def _in_facts(places: Places, location: Location, what: str) -> OldWords:
    span = places.span(location)
    return OldWords(path=span.path, line=span.line, what=what)


def _never_said(trial: Trial, places: Places, changed_on: str) -> Diagnostic:
    name = FACTS
    if not places.has(FACTS):
        written = [summary.language for summary in trial.summaries if summary.blocks]
        name = "summary.md" if not written or "en" in written else f"summary.{written[0]}.md"
    what = "Nobody has said against which version of the record these words were read"
    help_text = f"once they are read against today's record, write in {FACTS}\nreviewed_against: {changed_on}"
    return make("not-reviewed-against", what, Span(places.path(name)), help_text)


def _contradictions(
    passage: Passage, places: Places, pattern: re.Pattern[str], status: str | None
) -> Iterator[Diagnostic]:
    for match in pattern.finditer(ONE_LINE_END.sub(" ", passage.text)):
        if HEDGED.search(match["said"]):
            continue
        what = f"{passage.name} says '{_short(match['said'])}', but the status is {status}"
        help_text = "leave the status to the top of the page, or say what holds today"
        yield passage.part(places, "status-in-words", what, match.span("said"), help_text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1].rstrip()}…"
