from __future__ import annotations

from typing import Any

from trialpages.model.adverse_event_records import AdverseEvent, AdverseEvents, EventGroup
from trialpages.model.editorial import SideEffects, TreatmentFile
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Intervention, MeshTerm, Trial, TrialDate
from trialpages.read.config import Config
from trialpages.site.cards import card
from trialpages.site.context import SourceTrial
from trialpages.site.site import assemble
from trialpages.site.source_trial import condition_likeness, source_index, source_trial

ADULTS = ("ADULT", "OLDER_ADULT")


def drugs(*names: str) -> tuple[Intervention, ...]:
    return tuple(Intervention(name=name, type="DRUG") for name in names)


def trial(number: int, **facts: Any) -> Trial:
    known: dict[str, Any] = {
        "conditions": ("Asthma",),
        "standard_ages": ADULTS,
        "interventions": drugs("Drug A"),
    }
    return Trial(trial_id=f"NCT0000000{number}", **known | facts)


def counted(number: int, *groups: tuple[str, int], **facts: Any) -> Trial:
    found = tuple(
        EventGroup(id=f"EG00{index}", title=title, other_num_at_risk=people)
        for index, (title, people) in enumerate(groups)
    )
    events = AdverseEvents(event_groups=found, other_events=(AdverseEvent(term="Pyrexia"),))
    return trial(number, adverse_events=events, **facts)


def choice(*trials: Trial, files: tuple[TreatmentFile, ...] = ()) -> SourceTrial | None:
    site = assemble([card(each) for each in trials], SharedFiles(treatments=files), Config(name="Made up"))
    return source_trial(site.by_id[trials[0].trial_id], site, source_index(site))


def chosen(*trials: Trial, files: tuple[TreatmentFile, ...] = ()) -> str | None:
    found = choice(*trials, files=files)
    return found.card.trial_id[-1] if found else None


def test_trial_with_counts_of_its_own_borrows_nothing() -> None:
    assert chosen(counted(1, ("Drug A", 10)), counted(2, ("Drug A", 99))) is None


def test_trial_that_posted_empty_lists_borrows_nothing_even_by_choice() -> None:
    empty = AdverseEvents(event_groups=(EventGroup(id="EG000", title="Drug A", other_num_at_risk=10),))
    source = counted(2, ("Drug A", 99))
    assert chosen(trial(1), source) == "2"
    assert chosen(trial(1, adverse_events=empty), source) is None
    own = SideEffects(source="NCT00000002")
    assert chosen(trial(1, adverse_events=empty, side_effects=own), source) is None
    assert chosen(trial(1), trial(2, adverse_events=empty)) is None


def test_larger_group_of_the_same_drug_wins_and_the_group_comes_first() -> None:
    found = choice(trial(1), counted(2, ("Drug A", 10)), counted(3, ("Placebo", 60), ("Drug A", 54)))
    assert found is not None
    assert (found.card.trial_id, found.chosen_by, found.mismatches) == ("NCT00000003", "rule", ())
    assert found.group_ids == ("EG001", "EG000")


def test_drug_alone_beats_size_and_phase_beats_size() -> None:
    both = counted(2, ("Drug A and Drug B", 500), interventions=drugs("Drug A", "Drug B"))
    assert chosen(trial(1), both, counted(3, ("Drug A", 10))) == "3"
    assert (
        chosen(trial(1), counted(2, ("Drug A", 500)), counted(3, ("Drug A", 10), phases=("PHASE3",))) == "3"
    )


def test_later_end_breaks_a_tie_and_then_the_smaller_id() -> None:
    later = counted(3, ("Drug A", 10), completion_date=TrialDate(date="2020-01"))
    assert chosen(trial(1), counted(2, ("Drug A", 10)), later) == "3"
    assert chosen(trial(1), counted(3, ("Drug A", 10)), counted(2, ("Drug A", 10))) == "2"


def test_other_ages_or_conditions_are_borrowed_only_when_the_file_names_the_difference() -> None:
    children = counted(2, ("Drug A", 54), standard_ages=("CHILD",))
    gout = counted(3, ("Drug A", 54), conditions=("Gout",))
    assert chosen(trial(1), children) is None
    assert chosen(trial(1), gout) is None
    note = SideEffects(mismatch_note="Those people were children.")
    found = choice(trial(1, side_effects=note), children)
    assert found is not None
    assert found.mismatches == ("age",)


def test_editors_word_wins_with_its_groups() -> None:
    own = SideEffects(source="NCT00000002", groups=("EG001", "EG007"))
    children = counted(2, ("Drug A", 54), ("Chemo", 50), standard_ages=("CHILD",), conditions=("Gout",))
    found = choice(counted(1, ("Drug A", 10), side_effects=own), children, counted(3, ("Drug A", 99)))
    assert found is not None
    assert (found.card.trial_id, found.chosen_by) == ("NCT00000002", "editor")
    assert found.mismatches == ("age", "condition")
    assert found.group_ids == ("EG001",)


def test_unknown_source_and_hidden_section_give_nothing() -> None:
    assert chosen(trial(1, side_effects=SideEffects(source="NCT00000009")), counted(2, ("Drug A", 9))) is None
    assert chosen(trial(1, side_effects=SideEffects(show=False)), counted(2, ("Drug A", 9))) is None


def test_only_a_group_that_got_every_tested_medicine_counts() -> None:
    mixed = trial(1, interventions=drugs("Drug A", "Drug B"))
    assert chosen(mixed, counted(2, ("Drug A", 9), interventions=drugs("Drug A", "Drug B"))) is None
    assert chosen(mixed, counted(2, ("Drug A + Drug B", 9), interventions=drugs("Drug A", "Drug B"))) == "2"


def test_what_is_no_medicine_borrows_nothing() -> None:
    exercise = (Intervention(name="Exercise", type="BEHAVIORAL"),)
    assert (
        chosen(trial(1, interventions=exercise), counted(2, ("Exercise", 9), interventions=exercise)) is None
    )


def test_other_names_of_a_file_are_the_same_medicine() -> None:
    file = TreatmentFile(slug="drug-a", name="Drug A", other_names=("AA-100",))
    source = counted(2, ("AA-100", 9), interventions=drugs("AA-100"))
    assert chosen(trial(1), source) is None
    assert chosen(trial(1), source, files=(file,)) == "2"


def test_age_groups_are_taken_from_the_bounds_when_the_record_has_none() -> None:
    source = counted(2, ("Drug A", 9), standard_ages=(), minimum_age="18 Years")
    assert chosen(trial(1), source) == "2"
    assert chosen(trial(1), counted(2, ("Drug A", 9), standard_ages=())) is None


def test_wider_condition_and_sibling_are_not_the_same_condition() -> None:
    leukemia, lymphoid, myeloid = (MeshTerm(id=f"D00{n}", term=f"Made-up {n}") for n in range(3))
    wide = card(Trial(conditions=("Wide",), condition_meshes=(leukemia,)))
    narrow = card(
        Trial(conditions=("Narrow",), condition_meshes=(lymphoid,), condition_ancestors=(leukemia,))
    )
    respelt = card(Trial(conditions=("Other words",), condition_meshes=(lymphoid,)))
    sibling = card(
        Trial(conditions=("Sibling",), condition_meshes=(myeloid,), condition_ancestors=(leukemia,))
    )
    assert condition_likeness(narrow, respelt) == 2
    assert condition_likeness(wide, narrow) == condition_likeness(narrow, wide) == 1
    assert condition_likeness(narrow, sibling) == 1
    assert condition_likeness(wide, card(Trial(conditions=("Gout",)))) == 0
