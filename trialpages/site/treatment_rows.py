"""What the site's own corpus says of a treatment: first studied, furthest stage, people who got it.

People come from the groups of posted results whose title, description or arm names the treatment;
within one trial they are never more than the trial enrolled, because groups can overlap. When no
results name such a group, the row counts everyone in the treatment's trials and says that it is an
upper bound. Approval is not in the corpus; only a file of the editors can state it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialpages.model.adverse_events import gives_treatment
from trialpages.model.card import Card, CardGroup
from trialpages.model.editorial import TreatmentFile
from trialpages.model.labels import phase_in_sentence, phase_rank
from trialpages.model.names import treatment_key
from trialpages.model.spots_left import UNKNOWN_COUNT
from trialpages.site.context import TreatmentRow
from trialpages.site.topics import Topic
from trialpages.words.language import _

_NOT_RUN = frozenset({"WITHDRAWN", "WITHHELD", "NOT_YET_RECRUITING"})


def treatment_row(topic: Topic, cards: Sequence[Card]) -> TreatmentRow:
    """Return a treatment's row over the trials that name it."""
    file = topic.file if isinstance(topic.file, TreatmentFile) else None
    people, is_upper_bound, counted = people_treated(cards, topic_keys(topic))
    return TreatmentRow(
        name=topic.name,
        slug=topic.slug,
        first_studied=first_studied(cards),
        furthest_stage=furthest_stage(cards),
        people_treated=people,
        trials=len(cards),
        file=file,
        people_are_upper_bound=is_upper_bound,
        trials_counted=counted,
    )


def topic_keys(topic: Topic) -> frozenset[str]:
    """Return all names of a treatment in the form in which texts are searched for them."""
    other_names = topic.file.other_names if topic.file else ()
    return frozenset(
        key for name in (topic.name, *other_names, *topic.spellings) if (key := treatment_key(name))
    )


def first_studied(cards: Iterable[Card]) -> int | None:
    """Return the first year in which a trial of the treatment started; withdrawn and future ones did not."""
    started = (
        card.start_date.date for card in cards if card.start_date and card.overall_status not in _NOT_RUN
    )
    return min((int(day[:4]) for day in started), default=None)


def furthest_stage(cards: Sequence[Card]) -> str | None:
    """Return the highest phase among finished trials, else among the others that were not withdrawn.

    A trial without a phase says nothing about a stage.
    """
    finished = finished_stage(_highest_phases(card for card in cards if card.overall_status == "COMPLETED"))
    if finished:
        return finished
    running = _highest_phases(card for card in cards if card.overall_status not in _NOT_RUN)
    phase = phase_in_sentence(running)
    return _("In {phase}").format(phase=phase) if phase else None


def finished_stage(phases: Sequence[str]) -> str | None:
    """Say that a trial of these phases is finished; nothing where there is no phase.

    >>> finished_stage(("PHASE3",))
    'Completed phase 3'
    """
    phase = phase_in_sentence(phases)
    return _("Completed {phase}").format(phase=phase) if phase else None


def _highest_phases(cards: Iterable[Card]) -> tuple[str, ...]:
    return max((card.phases for card in cards), key=lambda phases: (phase_rank(phases), phases), default=())


def people_treated(cards: Sequence[Card], keys: Iterable[str]) -> tuple[int | None, bool, int]:
    """Return how many people got the treatment, whether that is an upper bound, and in how many trials they were."""
    names = frozenset(keys)
    counted = [people for card in cards if (people := _people_in_groups(card, names))]
    if counted:
        return rounded_down(sum(counted)), False, len(counted)
    enrolled = [people for card in cards if (people := _people_enrolled(card))]
    return (rounded_up(sum(enrolled)), True, len(enrolled)) if enrolled else (None, False, 0)


def _people_in_groups(card: Card, keys: frozenset[str]) -> int:
    people = sum(group.num_at_risk or 0 for group in card.adverse_event_groups if group_gets(group, keys))
    enrolled = _people_enrolled(card)
    return min(people, enrolled) if enrolled else people


def group_gets(group: CardGroup, keys: frozenset[str]) -> bool:
    """Say whether a group of posted results got a treatment, by its arm, its title or its description."""
    if any(treatment_key(name) in keys for name in group.treatments):
        return True
    return gives_treatment(group.title, group.description, keys) > 0


def _people_enrolled(card: Card) -> int:
    enrollment = card.enrollment
    if enrollment is None or enrollment.type != "ACTUAL" or enrollment.count == UNKNOWN_COUNT:
        return 0
    return enrollment.count


def rounded_down(people: int) -> int:
    """Round down to a whole ten; fewer than ten people stay as they are.

    >>> rounded_down(1234)
    1230
    """
    return people if people < 10 else people // 10 * 10


def rounded_up(people: int) -> int:
    """Round an upper bound up to a whole ten; fewer than ten people stay as they are.

    >>> rounded_up(111)
    120
    """
    return people if people < 10 else -(-people // 10) * 10
