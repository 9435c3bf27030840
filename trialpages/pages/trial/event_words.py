"""The words around counted health problems: whose figures they are, how to read them, what they leave out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup, escape

from trialpages.model.adverse_event_records import AdverseEvents, EventGroup
from trialpages.model.adverse_events import (
    OTHER,
    SERIOUS,
    Tally,
    group_at_risk,
    percent,
    rows,
    serious_people,
)
from trialpages.model.ages import age_range_text
from trialpages.model.card import Card
from trialpages.model.editorial import SideEffects
from trialpages.model.labels import phase_in_sentence
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text, registry_html
from trialpages.pages.trial.marks import quoted, registered
from trialpages.pages.trial.section import View
from trialpages.pages.wording import capital, joined, people, sentence
from trialpages.site.context import TrialContext
from trialpages.words.fields import record
from trialpages.words.language import N_, _, amount

SMALL_GROUP = 50
"""People; in a smaller group chance has a large part in every share."""
NAMED_CONDITIONS = 2
NAMED_GROUPS = 8
"""Groups whose sizes a sentence names; those of more stand in the table of totals alone."""
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
        phase=phase_in_sentence(shown.phases) or "",
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


_DIFFERS = {
    "age": N_("The people there were of a different age group than the people in this trial."),
    "condition": N_("The people there had a different condition than the people in this trial."),
}


def borrowed(origin: Origin, chosen: SideEffects | None, *, has_own: bool) -> View | None:
    """Return the notice that the figures are another trial's, with what differs; nothing for own figures."""
    if not origin.url:
        return None
    note, why = (chosen.mismatch_note, chosen.why) if chosen else (None, None)
    reason = sentence(why) if why else ""
    if not why and origin.chosen_by == "rule":
        reason = _("We chose it by a fixed rule: the same treatment, then people as alike as possible.")
    if has_own:
        own = _("The editors of this site show them in place of the trial's own.")
    elif origin.has_own_record:
        own = _("This trial has posted no figures of its own.")
    else:
        own = _("We found no counts of this trial.")
    figures = _("The figures are from {number}.").format(number=origin.number)
    return {
        "title": _("These figures come from another trial."),
        "text": " ".join(part for part in (own, figures, reason) if part),
        "mismatches": [note]
        if note
        else [_(_DIFFERS[kind]) for kind in origin.mismatches if kind in _DIFFERS],
        "link": {"text": _("The page of {number}").format(number=origin.number), "url": origin.url},
    }


def meaning(events: AdverseEvents) -> str:
    """Say what is counted and that counting is not blaming."""
    if not any(True for _row in rows(events)):
        return _("The study team counts health problems that people have during a study, whatever the cause.")
    texts = [
        _(
            "These are health problems that people had during a study. "
            "A problem here was not necessarily caused by the treatment."
        )
    ]
    if events.serious_events:
        texts.append(_("“Serious” means, for example, that it put life at risk or led to a hospital stay."))
    return " ".join(texts)


def table_title(shown: Sequence[EventGroup], kinds: Collection[str]) -> str:
    """Return the table's caption: what it lists, in whom, in which order."""
    if len(shown) == 1:
        text = _("Health problems in {groups}, most frequent first")
        if kinds == {SERIOUS}:
            text = _("Serious health problems in {groups}, most frequent first")
        elif kinds == {OTHER}:
            text = _("Health problems that were not serious in {groups}, most frequent first")
    else:
        text = _("Health problems in {groups}, most frequent in “{first}” first")
        if kinds == {SERIOUS}:
            text = _("Serious health problems in {groups}, most frequent in “{first}” first")
        elif kinds == {OTHER}:
            text = _("Health problems that were not serious in {groups}, most frequent in “{first}” first")
    groups = joined(quoted(group.title) for group in shown)
    return escape(text).format(groups=groups, first=registered(shown[0].title))


def rest_summary(rest: Sequence[Tally], shown: Sequence[EventGroup]) -> str:
    """Say how many rows are folded away and how frequent the most frequent of them is."""
    if not rest:
        return ""
    shares = [tally.percent for tally in rest if tally.percent is not None]
    if not shares:
        return amount(len(rest), "Show {count} more problem", "Show {count} more problems")
    group, highest = shown[0].title, str(max(shares))
    if highest == "0":
        if len(shown) == 1:
            return amount(
                len(rest),
                "Show {count} more problem, each in fewer than 1 of 100 people",
                "Show {count} more problems, each in fewer than 1 of 100 people",
            )
        return amount(
            len(rest),
            "Show {count} more problem, each in fewer than 1 of 100 people in “{group}”",
            "Show {count} more problems, each in fewer than 1 of 100 people in “{group}”",
            group=group,
        )
    if len(shown) == 1:
        return amount(
            len(rest),
            "Show {count} more problem, each in {highest} of 100 people or fewer",
            "Show {count} more problems, each in {highest} of 100 people or fewer",
            highest=highest,
        )
    return amount(
        len(rest),
        "Show {count} more problem, each in {highest} of 100 people or fewer in “{group}”",
        "Show {count} more problems, each in {highest} of 100 people or fewer in “{group}”",
        highest=highest,
        group=group,
    )


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
    lines = [_who(origin) if has_rows or origin.url else ""]
    if len(shown) <= NAMED_GROUPS:
        lines.append(_groups(shown, tallies))
    if events.time_frame:
        time_frame = registered(sentence(plain_text(events.time_frame)))
        text = escape(_("Time over which problems were counted: {time_frame}"))
        lines.append(text.format(time_frame=time_frame))
    lines += [_threshold(events), _asked(events), _vocabulary(events)]
    if twice:
        lines.append(
            _(
                "One problem can be in the list twice: once for people in whom it was serious, once for people in "
                "whom it was not. We never add the two, because one person can be in both."
            )
        )
    if alike:
        lines.append(_("Rows that read alike are counted apart and cannot be added up."))
    if len(shown) > 1 and has_rows:
        lines.append(_("We never add groups together."))
    sizes = [group_at_risk(group) or _row_size(column) for group, column in zip(shown, tallies, strict=True)]
    if any(size is not None and size < SMALL_GROUP for size in sizes):
        lines.append(_("With so few people, chance plays a large part in these numbers."))
    if events.source:
        # Only the editors name a source: it is in the language of the site.
        lines.append(
            escape(_("Source of the counts: {source}")).format(source=sentence(plain_text(events.source)))
        )
    return [line for line in lines if line]


def _who(origin: Origin) -> str:
    if origin.phase and origin.year:
        text = _("Counted in {number} ({phase}), which ended in {year}.")
    elif origin.phase:
        text = _("Counted in {number} ({phase}).")
    elif origin.year:
        text = _("Counted in {number}, which ended in {year}.")
    else:
        text = _("Counted in {number}.")
    sentences = [text.format(number=origin.number, phase=origin.phase, year=origin.year)]
    if origin.ages:
        sentences.append(_("Ages of the people: {ages}.").format(ages=origin.ages))
    if origin.conditions:
        conditions = registered(origin.conditions)
        sentences.append(escape(_("Condition: {conditions}.")).format(conditions=conditions))
    return Markup(" ").join(sentences)


def _groups(shown: Sequence[EventGroup], tallies: Sequence[Sequence[Tally]]) -> str:
    sizes = (_size(group, column) for group, column in zip(shown, tallies, strict=True))
    return Markup(" ").join(
        escape(_("{group}: {words}.")).format(group=quoted(group.title), words=size)
        for group, size in zip(shown, sizes, strict=True)
        if size
    )


def _row_size(tallies: Sequence[Tally]) -> int | None:
    """Return the number of people at risk that all rows of a group agree on."""
    sizes = {tally.num_at_risk for tally in tallies if tally.num_at_risk}
    return sizes.pop() if len(sizes) == 1 else None


def _size(group: EventGroup, tallies: Sequence[Tally]) -> str:
    """Say how many people a group had, list by list where the lists differ."""
    serious, other = group.serious_num_at_risk, group.other_num_at_risk
    died = group.deaths_num_at_risk
    stated = {size for size in (serious, other, died) if size}
    if not stated:
        size = _row_size(tallies)
        if size:
            return people(size)
        return _("the number of people differs from row to row") if tallies else ""
    if len(stated) == 1:
        return people(stated.pop())
    lists = (
        amount(serious, "{count} person for serious problems", "{count} people for serious problems")
        if serious
        else "",
        amount(other, "{count} person for other problems", "{count} people for other problems")
        if other
        else "",
        amount(died, "{count} person for deaths", "{count} people for deaths") if died else "",
    )
    return joined(lists)


def _threshold(events: AdverseEvents) -> str:
    if not (events.other_events or events.serious_events or events.unsorted_events):
        return limit_text(events.frequency_threshold) if events.frequency_threshold else ""
    if not events.other_events:
        return _("No problems other than serious ones are listed.") if events.serious_events else ""
    if events.frequency_threshold is None:
        return _("The source does not say from which frequency on problems are listed.")
    if events.frequency_threshold == 0:
        return _("Problems are listed however rare they were.")
    return limit_text(events.frequency_threshold)


def limit_text(threshold: float) -> str:
    """Say from which frequency on the problems that were not serious are listed."""
    return _(
        "Problems that were not serious are listed only if more than {percent} of people in some group had them. "
        "A problem that is missing here may still have happened."
    ).format(percent=percent(threshold))


def _asked(events: AdverseEvents) -> str:
    """Say how people were asked, when the record says the same of every row."""
    kinds = {row.event.assessment_type for row in rows(events)}
    if kinds == {"SYSTEMATIC_ASSESSMENT"}:
        return _("People were asked about problems in a systematic way.")
    if kinds == {"NON_SYSTEMATIC_ASSESSMENT"}:
        return _("Problems were noted as they came up. People were not asked about them in a systematic way.")
    return ""


def _vocabulary(events: AdverseEvents) -> str:
    """Name the dictionary of the medical terms, when every row has the same."""
    names = {row.event.source_vocabulary for row in rows(events)}
    name = names.pop() if len(names) == 1 else None
    return _("The medical terms are those of {dictionary}").format(dictionary=sentence(name)) if name else ""


def nothing_listed(events: AdverseEvents, shown: Sequence[EventGroup]) -> str:
    """Say that the table would be empty, and how much that means."""
    one = len(shown) == 1
    if any(True for _row in rows(events)):
        return (
            _("Nobody in this group had any of the problems that the record lists.")
            if one
            else _("Nobody in these groups had any of the problems that the record lists.")
        )
    totals = [tally for group in shown for tally in (serious_people(group), listed_people(group))]
    if all(tally.is_reported and tally.num_affected == 0 for tally in totals):
        return (
            _("The study team listed no health problem of anyone in this group.")
            if one
            else _("The study team listed no health problem of anyone in these groups.")
        )
    return (
        _("The record lists no single health problem for this group. That does not mean that there was none.")
        if one
        else _(
            "The record lists no single health problem for these groups. That does not mean that there was none."
        )
    )


def group_texts(shown: Sequence[EventGroup]) -> View | None:
    """Return what each shown group got, in the study team's words; a long text is folded away."""
    described = [group for group in shown if group.description]
    if not described:
        return None
    return {
        "open": sum(len(group.description or "") for group in described) <= OPEN_GROUP_TEXT,
        "summary": _("What the group got") if len(shown) == 1 else _("What each group got"),
        "groups": [
            {"title": capital(group.title), "html": registry_html(group.description)} for group in described
        ],
    }
