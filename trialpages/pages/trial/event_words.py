"""The words around counted health problems: whose figures they are, how to read them, what they leave out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import (
    OTHER,
    SERIOUS,
    Tally,
    group_at_risk,
    rows,
    serious_people,
)
from trialpages.model.ages import age_range_text
from trialpages.model.card import Card
from trialpages.model.editorial import SideEffects
from trialpages.model.labels import phase_label
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text, registry_html
from trialpages.pages.trial.section import View
from trialpages.pages.wording import capital, counted, joined, lower_first, people, sentence
from trialpages.site.context import TrialContext
from trialpages.words.fields import record

SMALL_GROUP = 50
"""People; in a smaller group chance has a large part in every share."""
NAMED_CONDITIONS = 2
OPEN_GROUP_TEXT = 400
"""Characters about the shown groups that stand open; more is folded away."""


@record
class Origin:
    """In whom the problems were counted."""

    number: str
    url: str
    """The trial's page on this site, when the figures are another trial's."""
    phase: str
    year: str
    ages: str
    conditions: str
    chosen_by: str
    mismatches: tuple[str, ...]
    has_own_record: bool = True
    """Whether a record of the registry stands behind the trial of the page."""


def origin_of(trial: Trial, context: TrialContext, events: AdverseEvents) -> Origin:
    """Return whose figures the page shows: the trial's own, or those of the trial that they come from."""
    source = context.source_trial
    shown: Trial | Card = source.card if source else trial
    end = shown.completion_date or shown.primary_completion_date
    has_ages = shown.minimum_age or shown.maximum_age
    return Origin(
        number=(trial.nct_id or trial.trial_id) if source is None else source.card.trial_id,
        url=f"trials/{source.card.trial_id}/" if source else "",
        phase=phase_label(shown.phases) if any(phase != "NA" for phase in shown.phases) else "",
        year=end.date[:4] if end and end.type != "ESTIMATED" else "",
        ages=age_range_text(shown.minimum_age, shown.maximum_age) if has_ages else "",
        conditions=joined(map(plain_text, shown.conditions[:NAMED_CONDITIONS])),
        chosen_by=source.chosen_by if source else "",
        mismatches=source.mismatches if source else (),
        has_own_record=trial.has_registry_record,
    )


def listed_people(group: EventGroup) -> Tally:
    """Return how many people of a group had at least one of the other problems that the record lists."""
    return Tally(num_affected=group.other_num_affected, num_at_risk=group.other_num_at_risk)


def borrowed(origin: Origin, chosen: SideEffects | None, *, has_own: bool) -> View | None:
    """Return the notice that the figures are another trial's, with what differs; nothing for own figures."""
    if not origin.url:
        return None
    note, why = (chosen.mismatch_note, chosen.why) if chosen else (None, None)
    reason = f" {sentence(why)}" if why else ""
    if not why and origin.chosen_by == "rule":
        reason = " We chose it by a fixed rule: the same treatment, then people as alike as possible."
    own = (
        "The editors of this site show them in place of the trial's own."
        if has_own
        else "This trial has posted no figures of its own."
        if origin.has_own_record
        else "We found no counts of this trial."
    )
    text = f"{own} The figures are from {origin.number}.{reason}"
    differs = {
        "age": "The people there were of a different age group than the people in this trial.",
        "condition": "The people there had a different condition than the people in this trial.",
    }
    mismatches = [note] if note else [differs[kind] for kind in origin.mismatches if kind in differs]
    return {
        "title": "These figures come from another trial.",
        "text": text,
        "mismatches": mismatches,
        "link": {"text": f"The page of {origin.number}", "url": origin.url},
    }


def meaning(events: AdverseEvents) -> str:
    """Say what is counted and that counting is not blaming."""
    if not any(True for _ in rows(events)):
        return "The study team counts health problems that people have during a study, whatever the cause."
    text = "These are health problems that people had during a study. A problem here was not necessarily caused by the treatment."
    if events.serious_events:
        text += " “Serious” means, for example, that it put life at risk or led to a hospital stay."
    return text


def table_title(origin: Origin, shown: Sequence[EventGroup], kinds: Collection[str]) -> str:
    """Return the table's caption: what it lists, in whom, in which order."""
    group = joined(f"“{group.title}”" for group in shown)
    order = "most frequent first" if len(shown) == 1 else f"most frequent in “{shown[0].title}” first"
    what = "Health problems"
    if kinds == {SERIOUS}:
        what = "Serious health problems"
    elif kinds == {OTHER}:
        what = "Health problems that were not serious"
    return f"{what} in {group}, {order}"


def rest_summary(rest: Sequence[Tally], shown: Sequence[EventGroup]) -> str:
    """Say how many rows are folded away and how frequent the most frequent of them is."""
    if not rest:
        return ""
    text = f"Show {counted(len(rest), 'more problem')}"
    shares = [tally.percent for tally in rest if tally.percent is not None]
    if not shares:
        return text
    highest = max(shares)
    limit = "fewer than 1 of 100 people" if highest == 0 else f"{highest} of 100 people or fewer"
    where = f" in “{shown[0].title}”" if len(shown) > 1 else ""
    return f"{text}, each in {limit}{where}"


def caption(
    origin: Origin,
    shown: Sequence[EventGroup],
    tallies: Sequence[Sequence[Tally]],
    events: AdverseEvents,
    *,
    twice: bool,
    alike: bool = False,
) -> list[str]:
    """Return the sentences below the table: who was measured, for how long, what is left out."""
    # Where nothing is listed there is nothing to say of in whom it was counted, unless it was elsewhere.
    has_rows = any(tallies)
    lines = [_who(origin) if has_rows or origin.url else "", _groups(shown, tallies)]
    if events.time_frame:
        lines.append(f"Time over which problems were counted: {sentence(plain_text(events.time_frame))}")
    lines += [_threshold(events), _asked(events), _vocabulary(events)]
    if twice:
        lines.append(
            "One problem can stand in the list twice: once for people in whom it was serious, once for people in whom "
            "it was not. We never add the two, because one person can be in both."
        )
    if alike:
        lines.append("Rows that read alike are counted apart and cannot be added up.")
    if len(shown) > 1 and has_rows:
        lines.append("We never add groups together.")
    sizes = [group_at_risk(group) or _row_size(column) for group, column in zip(shown, tallies, strict=True)]
    if any(size is not None and size < SMALL_GROUP for size in sizes):
        lines.append("With so few people, chance has a large part in these numbers.")
    if events.source:
        lines.append(f"Source of the counts: {sentence(plain_text(events.source))}")
    return [line for line in lines if line]


def _who(origin: Origin) -> str:
    what = f"a {lower_first(origin.phase)} trial" if origin.phase else "a study"
    if what.startswith("a early"):
        what = f"an{what[1:]}"
    year = f" that ended in {origin.year}" if origin.year else ""
    ages = f" aged {origin.ages}" if origin.ages else ""
    conditions = f" ({origin.conditions})" if origin.conditions else ""
    return f"Counted in {origin.number}, {what}{year}, in people{ages}{conditions}."


def _groups(shown: Sequence[EventGroup], tallies: Sequence[Sequence[Tally]]) -> str:
    sizes = (_size(group, column) for group, column in zip(shown, tallies, strict=True))
    return " ".join(f"“{group.title}”: {size}." for group, size in zip(shown, sizes, strict=True) if size)


def _row_size(tallies: Sequence[Tally]) -> int | None:
    """Return the number of people at risk that all rows of a group agree on."""
    sizes = {tally.num_at_risk for tally in tallies if tally.num_at_risk}
    return sizes.pop() if len(sizes) == 1 else None


def _size(group: EventGroup, tallies: Sequence[Tally]) -> str:
    """Say how many people a group had, list by list where the lists differ."""
    sizes = {
        "serious problems": group.serious_num_at_risk,
        "other problems": group.other_num_at_risk,
        "deaths": group.deaths_num_at_risk,
    }
    known = {name: size for name, size in sizes.items() if size}
    if not known:
        size = _row_size(tallies)
        unknown = "the number of people differs from row to row" if tallies else ""
        return people(size) if size else unknown
    first, *rest = dict.fromkeys(known.values())
    if not rest:
        return people(first)
    return joined(f"{people(size)} for {name}" for name, size in known.items())


def _threshold(events: AdverseEvents) -> str:
    if not (events.other_events or events.serious_events or events.unsorted_events):
        return _limit(events.frequency_threshold) if events.frequency_threshold else ""
    if not events.other_events:
        return "No problems other than serious ones are listed." if events.serious_events else ""
    if events.frequency_threshold is None:
        return "The source does not say from which frequency on problems are listed."
    if events.frequency_threshold == 0:
        return "Problems are listed however rare they were."
    return _limit(events.frequency_threshold)


def _limit(percent: float) -> str:
    return (
        f"Problems that were not serious are listed only if more than {percent:g} % of people in some group had them. "
        "A problem that is missing here may still have happened."
    )


def _asked(events: AdverseEvents) -> str:
    """Say how people were asked, when the record says the same of every row."""
    kinds = {row.event.assessment_type for row in rows(events)}
    if kinds == {"SYSTEMATIC_ASSESSMENT"}:
        return "People were asked about problems in a systematic way."
    if kinds == {"NON_SYSTEMATIC_ASSESSMENT"}:
        return "Problems were noted as they came up. People were not asked about them in a systematic way."
    return ""


def _vocabulary(events: AdverseEvents) -> str:
    """Name the dictionary of the medical terms, when every row has the same."""
    names = {row.event.source_vocabulary for row in rows(events)}
    name = names.pop() if len(names) == 1 else None
    return f"The medical terms are those of {sentence(name)}" if name else ""


def nothing_listed(events: AdverseEvents, shown: Sequence[EventGroup]) -> str:
    """Say that the table would be empty, and how much that means."""
    whose = "this group" if len(shown) == 1 else "these groups"
    if any(True for _ in rows(events)):
        return f"Nobody in {whose} had any of the problems that the record lists."
    totals = [tally for group in shown for tally in (serious_people(group), listed_people(group))]
    if all(tally.is_reported and tally.num_affected == 0 for tally in totals):
        return f"The study team listed no health problem of anyone in {whose}."
    return f"The record lists no single health problem for {whose}. That does not mean that there was none."


def group_texts(shown: Sequence[EventGroup]) -> View | None:
    """Return what each shown group got, in the study team's words; a long text is folded away."""
    described = [group for group in shown if group.description]
    if not described:
        return None
    return {
        "open": sum(len(group.description or "") for group in described) <= OPEN_GROUP_TEXT,
        "summary": "What the group got" if len(shown) == 1 else "What each group got",
        "groups": [
            {"title": capital(group.title), "html": registry_html(group.description)} for group in described
        ],
    }
