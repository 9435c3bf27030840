"""The words around counted health problems: whose figures they are, how to read them, what they leave out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import OTHER, SERIOUS, Tally, group_at_risk
from trialpages.model.ages import age_range_text
from trialpages.model.card import Card
from trialpages.model.intervals import in_100
from trialpages.model.labels import phase_label
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.section import View
from trialpages.pages.wording import counted, joined, lower_first, number, people, sentence
from trialpages.site.context import TrialContext
from trialpages.words.fields import record

SMALL_GROUP = 50
"""People; in a smaller group chance has a large part in every share."""
NAMED_CONDITIONS = 2


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
    )


def borrowed(origin: Origin, note: str | None, why: str | None) -> View | None:
    """Return the notice that the figures are another trial's, with what differs; nothing for own figures."""
    if not origin.url:
        return None
    chosen = f" {sentence(why)}" if why else ""
    if not why and origin.chosen_by == "rule":
        chosen = " We chose it by a fixed rule: the same treatment, then people as alike as possible."
    text = f"This trial has posted no figures of its own. The figures are from {origin.number}.{chosen}"
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
    text = "These are health problems that people had during a study. A problem here was not necessarily caused by the treatment."
    if events.serious_events:
        text += " “Serious” means, for example, that it put life at risk or led to a hospital stay."
    return text


def finding(name: str, tally: Tally, group: EventGroup, *, serious: bool) -> str:
    """Say the most frequent problem with both framings.

    The two shares are of the same 100, so the second is 100 less the first.
    """
    affected, at_risk = tally.num_affected or 0, tally.num_at_risk or 1
    with_it = in_100(affected, at_risk)
    kind = ", counted as serious" if serious else ""
    first = f"Of {people(at_risk)} in the group “{group.title}”, {number(affected)} ({_in_100(with_it)}) had {lower_first(name)}{kind}."
    if affected == at_risk:
        return first
    return f"{first} {number(at_risk - affected)} ({_in_100(100 - with_it)}) did not."


def _in_100(share: int) -> str:
    if share == 0:
        return "fewer than 1 in 100"
    return "more than 99 in 100" if share == 100 else f"{share} in 100"


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
) -> list[str]:
    """Return the sentences below the table: who was measured, for how long, what is left out."""
    lines = [_who(origin), _groups(shown, tallies)]
    if events.time_frame:
        lines.append(f"Time over which problems were counted: {sentence(plain_text(events.time_frame))}")
    lines.append(_threshold(events))
    if twice:
        lines.append(
            "One problem can stand in the list twice: once for people in whom it was serious, once for people in whom "
            "it was not. We never add the two, because one person can be in both."
        )
    if len(shown) > 1:
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
    return " ".join(f"“{group.title}”: {size}." for group, size in zip(shown, sizes, strict=True))


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
        return people(size) if size else "the number of people differs from row to row"
    first, *rest = dict.fromkeys(known.values())
    if not rest:
        return people(first)
    return joined(f"{people(size)} for {name}" for name, size in known.items())


def _threshold(events: AdverseEvents) -> str:
    if not events.other_events:
        return "No problems other than serious ones are listed." if events.serious_events else ""
    if events.frequency_threshold is None:
        return "The source does not say from which frequency on problems are listed."
    if events.frequency_threshold == 0:
        return "Problems are listed however rare they were."
    limit = f"{events.frequency_threshold:g}"
    return (
        f"Problems that were not serious are listed only if more than {limit} % of people in some group had them. "
        "A problem that is missing here may still have happened."
    )
