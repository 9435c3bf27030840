from __future__ import annotations

import pytest

from trialpages.model import labels
from trialpages.model.labels import (
    OPEN_WITHOUT_OPEN_SITE,
    label,
    phase_label,
    phase_rank,
    readable,
    shown_and_more,
    site_is_open,
    status_label,
    status_look,
    trial_status,
)
from trialpages.model.vocabulary import OVERALL_STATUSES


@pytest.mark.parametrize(
    ("phases", "text"),
    [
        ((), "Not a phase study"),
        (("NA",), "Not a phase study"),
        (("EARLY_PHASE1",), "Early phase 1"),
        (("PHASE1", "PHASE2"), "Phase 1/2"),
        (("PHASE2", "PHASE3"), "Phase 2/3"),
        (("PHASE4",), "Phase 4"),
    ],
)
def test_phase_in_words(phases: tuple[str, ...], text: str) -> None:
    assert phase_label(phases) == text


def test_further_phases_rank_higher_and_combined_ones_between() -> None:
    ordered = [
        (),
        ("EARLY_PHASE1",),
        ("PHASE1",),
        ("PHASE1", "PHASE2"),
        ("PHASE2",),
        ("PHASE2", "PHASE3"),
        ("PHASE3",),
    ]
    assert sorted(ordered, key=phase_rank) == ordered


@pytest.mark.parametrize(
    ("code", "text", "contact", "schema_org"),
    [
        ("RECRUITING", "Open: looking for people", "yes", "Recruiting"),
        ("NOT_YET_RECRUITING", "Not open yet", "ask", "NotYetRecruiting"),
        ("ENROLLING_BY_INVITATION", "By invitation only", "no", "EnrollingByInvitation"),
        ("ACTIVE_NOT_RECRUITING", "Running, no longer taking new people", "no", "ActiveNotRecruiting"),
        ("SUSPENDED", "Paused", "no", "Suspended"),
        ("TERMINATED", "Stopped early", "no", "Terminated"),
        ("COMPLETED", "Finished", "no", "Completed"),
        ("WITHDRAWN", "Never started", "no", "Withdrawn"),
        ("UNKNOWN", "Status not confirmed", "no", None),
        ("SOME_NEW_STATUS", "Some new status", "no", None),
        (None, "Status not stated", "no", None),
    ],
)
def test_status_in_words(code: str | None, text: str, contact: str, schema_org: str | None) -> None:
    look = status_look(code)
    assert (look.label, look.contact, look.schema_org) == (text, contact, schema_org)
    assert status_label(code) == text


def test_every_status_has_a_look_that_the_style_sheet_knows() -> None:
    looks = [status_look(code) for code in OVERALL_STATUSES]
    assert {look.tone for look in looks} <= {"open", "waiting", "closed"}
    assert {look.shape for look in looks} <= {"disc", "ring", "half", "square"}
    assert all(code in labels.STATUSES for code in OVERALL_STATUSES)


def test_open_trial_whose_sites_are_all_closed_says_so() -> None:
    assert trial_status("RECRUITING", ["COMPLETED", "WITHDRAWN"]).label == OPEN_WITHOUT_OPEN_SITE
    assert trial_status("RECRUITING", ["COMPLETED", "RECRUITING"]).label == "Open: looking for people"
    assert trial_status("RECRUITING", [None, "COMPLETED"]).label == "Open: looking for people"
    assert trial_status("RECRUITING", []).label == "Open: looking for people"
    assert trial_status("COMPLETED", ["WITHDRAWN"]).label == "Finished"


def test_closed_trial_overrides_its_sites() -> None:
    assert site_is_open("RECRUITING", "RECRUITING")
    assert not site_is_open("COMPLETED", "RECRUITING")
    assert not site_is_open("RECRUITING", None)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("ArmType", labels.ARM_TYPE_LABELS),
        ("InterventionType", labels.INTERVENTION_TYPE_LABELS),
        ("Allocation", labels.ALLOCATION_LABELS),
        ("Masking", labels.MASKING_LABELS),
        ("WhoMasked", labels.WHO_MASKED_LABELS),
        ("PrimaryPurpose", labels.PRIMARY_PURPOSE_LABELS),
        ("InterventionModel", labels.INTERVENTION_MODEL_LABELS),
        ("ObservationalModel", labels.OBSERVATIONAL_MODEL_LABELS),
        ("TimePerspective", labels.TIME_PERSPECTIVE_LABELS),
        ("AgencyClass", labels.AGENCY_CLASS_LABELS),
        ("OfficialRole", labels.ROLE_LABELS),
        ("Sex", labels.SEX_LABELS),
        ("SamplingMethod", labels.SAMPLING_LABELS),
        ("StudyType", labels.STUDY_TYPE_LABELS),
    ],
)
def test_every_code_of_the_registry_has_words(name: str, table: dict[str, str]) -> None:
    from trialpages.model import vocabulary

    (codes,) = vars(vocabulary)[name].__metadata__
    assert set(codes.values) <= set(table)


def test_unknown_codes_are_readable() -> None:
    assert readable("SOME_NEW_VALUE") == "Some new value"
    assert readable("already words") == "Already words"
    assert label(labels.SEX_LABELS, "NEW_ONE") == "New one"
    assert label(labels.SEX_LABELS, None) is None


@pytest.mark.parametrize(
    ("count", "shown", "more"),
    [(0, 0, None), (3, 3, None), (4, 4, None), (5, 3, "+2 more"), (66, 3, "+63 more")],
)
def test_more_is_folded_only_when_it_hides_at_least_two(count: int, shown: int, more: str | None) -> None:
    assert shown_and_more(count) == (shown, more)
