"""What changed between two versions of a made-up trial: as data, for readers, and in a few words for editors."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from made_up_registry import FULL, Study

from trialpages.model.changes import Change, changes
from trialpages.model.changes_dates import months_between
from trialpages.model.changes_texts import difference, is_slip
from trialpages.model.editorial import PlainCriterion, SideEffects
from trialpages.model.registry import trial_from_study
from trialpages.model.summary import Block, Summary
from trialpages.model.trial import Enrollment, Location, Override, Trial, TrialDate
from trialpages.pages.change_notes import change_note
from trialpages.pages.change_words import change_words

RULES = """Inclusion Criteria:

* At least 18 years old
* Fever above 38 degrees for three days

Exclusion Criteria:

* Allergy to fictivine
"""


def record() -> Study:
    """Return the made-up study with every fact."""
    study: Study = json.loads(FULL.read_text("utf-8"))
    study["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = RULES
    return study


def after(edit: Callable[[dict[str, Any]], object]) -> tuple[Change, ...]:
    """Return the changes that an edit of the record's protocol makes."""
    study = record()
    edited = copy.deepcopy(study)
    edit(edited["protocolSection"])
    return changes(trial_from_study(study), trial_from_study(edited))


def told(found: tuple[Change, ...]) -> list[tuple[str, str, bool]]:
    return [(change_words(each), change_note(each), each.matters_to_readers) for each in found]


def between(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return told(changes(Trial(**before), Trial(**now)))


def place(city: str, status: str | None = "RECRUITING", facility: str = "A made-up clinic") -> Location:
    return Location(city=city, country="Nowhere", facility=facility, status=status)


def test_a_record_that_says_the_same_has_no_change() -> None:
    def noise(protocol: dict[str, Any]) -> None:
        protocol["eligibilityModule"]["eligibilityCriteria"] = RULES.replace("* ", "1. ").replace(
            "old", "old."
        )
        protocol["contactsLocationsModule"]["centralContacts"][0]["email"] = "MADE.UP@EXAMPLE.ORG"
        protocol["contactsLocationsModule"]["locations"].reverse()
        protocol["conditionsModule"]["conditions"].reverse()
        protocol["statusModule"]["lastUpdatePostDateStruct"]["date"] = "2026-11-01"
        protocol["statusModule"]["primaryCompletionDateStruct"]["date"] = "2027-06-14"
        protocol["statusModule"]["completionDateStruct"]["date"] = "2028-06"

    study = record()
    contacts = study["protocolSection"]["contactsLocationsModule"]["centralContacts"]
    contacts[0]["email"] = "made.up@example.org"
    edited = copy.deepcopy(study)
    noise(edited["protocolSection"])
    edited["derivedSection"] = {"miscInfoModule": {"versionHolder": "2026-11-20"}}
    assert changes(trial_from_study(study), trial_from_study(edited)) == ()


def test_the_status_is_told_in_the_words_of_the_page() -> None:
    def edit(protocol: dict[str, Any]) -> None:
        protocol["statusModule"] |= {"overallStatus": "TERMINATED", "whyStopped": "Too few people came."}

    assert told(after(edit)) == [
        ("The status changed from “Paused” to “Stopped early”.", "suspended -> terminated", True),
        (
            "The study team gave another reason for stopping or pausing.",
            "why stopped: The made-up drug was late. -> Too few people came.",
            True,
        ),
    ]


def test_a_date_that_moved_is_told_with_its_months() -> None:
    def edit(protocol: dict[str, Any]) -> None:
        protocol["statusModule"]["primaryCompletionDateStruct"]["date"] = "2028-01"
        protocol["statusModule"]["completionDateStruct"] = {"date": "2028-06-12", "type": "ACTUAL"}

    assert told(after(edit)) == [
        (
            "The day by which the main results are measured moved from June 2027 to January 2028. That is 7 months later.",
            "primary completion moved by 7 months: 2027-06 -> 2028-01",
            True,
        ),
        (
            "The last visit of the last person moved from June 30, 2028 to June 12, 2028.",
            "completion moved: 2028-06-30 -> 2028-06-12",
            False,
        ),
    ]


@pytest.mark.parametrize(
    ("before", "now", "months"),
    [
        ("2026-05-31", "2026-06-30", 1),
        ("2026-05-15", "2026-06-14", 0),
        ("2026-01-31", "2026-02-28", 1),
        ("2027-06", "2026-11-15", -7),
        ("2026", "2027-03", None),
        (None, "2027-03", None),
    ],
)
def test_months_are_whole_and_a_year_has_none(before: str | None, now: str, months: int | None) -> None:
    assert months_between(before, now) == months


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ("2026-05", "2026-05-14", None),
        ("2026-05-14", "2026-05", None),
        ("2026", "2026-05", None),
        (None, "2026-05", "date-stated"),
        ("2026-05", None, "date-removed"),
        ("2026", "2027-03", "date-moved"),
    ],
)
def test_more_or_less_precision_is_no_change(before: str | None, now: str | None, kind: str | None) -> None:
    dates = [TrialDate(date=date, type="ESTIMATED") if date else None for date in (before, now)]
    found = changes(Trial(start_date=dates[0]), Trial(start_date=dates[1]))
    assert [change.kind for change in found] == ([kind] if kind else [])


def test_a_plan_that_came_true_is_for_editors() -> None:
    plan, fact = (TrialDate(date="2026-05-14", type=kind) for kind in ("ESTIMATED", "ACTUAL"))
    assert between({"start_date": plan}, {"start_date": fact}) == [
        ("The trial has started. The date: May 14, 2026.", "start is now actual: 2026-05-14", False)
    ]


def test_places_that_open_and_close_are_counted_together() -> None:
    towns = [place(f"Town {number}") for number in range(12)]
    before = (place("Houston"), place("Dallas", facility="A hospital"), *towns)
    now = (place("Houston", "COMPLETED"), *towns, place("Austin"), place("Waco", "NOT_YET_RECRUITING"))
    facts = {"overall_status": "RECRUITING"}
    assert between({**facts, "locations": before}, {**facts, "locations": now}) == [
        (
            "1 place opened: Austin. After that, 13 places were open.",
            "1 site opened: Austin",
            True,
        ),
        (
            "2 of 14 open places closed: Houston and Dallas.",
            "2 of 14 sites closed: Houston, Dallas",
            True,
        ),
        ("1 place was added: Waco.", "1 site added: Waco", False),
    ]


def test_many_places_are_named_by_their_first_towns() -> None:
    facts = {"overall_status": "RECRUITING"}
    towns = tuple(place(f"Town {letter}") for letter in "ABCDEFGH")
    assert between({**facts, "locations": towns}, {**facts, "locations": ()}) == [
        (
            "All 8 open places closed.",
            "8 of 8 sites closed: Town A, Town B, Town C, Town D, Town E, Town F and 2 more",
            True,
        )
    ]
    assert between({**facts, "locations": ()}, {**facts, "locations": towns})[0][0] == (
        "8 places opened: Town A, Town B, Town C, Town D and 4 more towns."
    )


def test_a_place_with_another_name_in_the_same_town_is_the_same_place() -> None:
    facts = {"overall_status": "RECRUITING"}
    renamed = (place("Houston", facility="The same clinic by a new name"), place("Dallas"))
    assert (
        between({**facts, "locations": (place("Houston"), place("Dallas"))}, {**facts, "locations": renamed})
        == []
    )


def test_two_equal_places_are_two_places() -> None:
    same = place("Houston")
    facts = {"overall_status": "RECRUITING"}
    found = between({**facts, "locations": (same, same)}, {**facts, "locations": (same,)})
    assert [words for words, _note, _matters in found] == ["1 of 2 open places closed: Houston."]


def test_places_follow_a_trial_that_closes() -> None:
    before = {"overall_status": "RECRUITING", "locations": (place("Houston"),)}
    now = {"overall_status": "COMPLETED", "locations": (place("Houston", None),)}
    assert [note for _words, note, _matters in between(before, now)] == ["recruiting -> completed"]


def test_rules_are_told_by_their_list_and_kept_as_data() -> None:
    def edit(protocol: dict[str, Any]) -> None:
        protocol["eligibilityModule"]["eligibilityCriteria"] = (
            "Inclusion Criteria:\n\n* Fever above 39 degrees for three days\n* Able to swallow\n\n"
            "Exclusion Criteria:\n\n* Allergy to fictivine\n* At least 18 years old\n"
        )

    inclusion, exclusion = after(edit)
    assert inclusion == Change(
        kind="rules",
        field="inclusion_criteria",
        count=3,
        removed=("At least 18 years old",),
        added=("Able to swallow",),
        reworded=(("Fever above 38 degrees for three days", "Fever above 39 degrees for three days"),),
        matters_to_readers=True,
    )
    assert exclusion.added == ("At least 18 years old",)
    assert told((inclusion, exclusion)) == [
        (
            "The rules on what you need to join changed: 1 added, 1 removed and 1 reworded.",
            "inclusion rules changed: 1 added, 1 removed, 1 reworded",
            True,
        ),
        (
            "The rules on what keeps you from joining changed: 1 added.",
            "exclusion rules changed: 1 added",
            True,
        ),
    ]


def test_rules_that_cannot_be_split_are_compared_line_by_line() -> None:
    before: dict[str, Any] = {"eligibility_criteria": "Anybody with a fever.\n\n- No cough"}
    now: dict[str, Any] = {"eligibility_criteria": "Anybody with a fever\n\n- No cough\n- No cold"}
    found = changes(Trial(**before), Trial(**now))
    assert [(each.field, each.added, each.removed) for each in found] == [
        ("eligibility_criteria", ("No cold",), ())
    ]


def test_for_whom_it_is_is_told_with_both_values() -> None:
    before = {"minimum_age": "18 Years", "maximum_age": "65 Years", "sex": "ALL", "healthy_volunteers": False}
    now = {"minimum_age": "216 Months", "sex": "FEMALE", "healthy_volunteers": True}
    assert between(before, now) == [
        (
            "The ages of people who can join changed from “18 to 65 years” to “216 months and over”.",
            "ages: 18 Years to 65 Years -> 216 Months and over",
            True,
        ),
        ("Who can join changed from “Any sex” to “Women and girls only”.", "sex: all -> female", True),
        ("The record now says that healthy people can take part.", "healthy volunteers: no -> yes", True),
    ]
    assert between({"minimum_age": "18 Years"}, {"minimum_age": "216 Months"}) == []


@pytest.mark.parametrize(
    ("now", "words", "matters"),
    [
        (
            Enrollment(count=109, type="ESTIMATED"),
            "The planned number of people changed from 100 to 109.",
            False,
        ),
        (
            Enrollment(count=90, type="ESTIMATED"),
            "The planned number of people changed from 100 to 90.",
            True,
        ),
        (
            Enrollment(count=1087, type="ACTUAL"),
            "In the end, the number of people who took part was 1,087. The plan was 100.",
            True,
        ),
    ],
)
def test_the_number_of_people_matters_from_a_tenth(now: Enrollment, words: str, matters: bool) -> None:
    (found,) = between({"enrollment": Enrollment(count=100, type="ESTIMATED")}, {"enrollment": now})
    assert (found[0], found[2]) == (words, matters)


def test_groups_treatments_and_outcomes_keep_their_names() -> None:
    def edit(protocol: dict[str, Any]) -> None:
        module = protocol["armsInterventionsModule"]
        module["armGroups"][0]["description"] = "Gets twice as much fictivine."
        del module["interventions"][-1]
        protocol["outcomesModule"]["primaryOutcomes"].append({"measure": "Days without cough"})

    found = after(edit)
    assert [(each.kind, each.field, each.matters_to_readers) for each in found] == [
        ("groups", "arm_groups", True),
        ("treatments", "interventions", True),
        ("outcomes", "primary_outcomes", False),
    ]
    assert told(found)[0][:2] == (
        "The groups in the trial changed: 1 reworded.",
        "arm groups changed: 1 reworded",
    )


def test_results_are_told_with_their_day() -> None:
    study = record()
    before = trial_from_study({**study, "hasResults": False})
    found = changes(before, trial_from_study({**study, "hasResults": True}))
    assert told(found)[0] == ("The study team posted results.", "results posted on 2026-09-01", True)


def test_what_only_editors_want_to_know_is_for_editors() -> None:
    def edit(protocol: dict[str, Any]) -> None:
        protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = "Another made-up university"
        protocol["designModule"]["designInfo"]["maskingInfo"]["masking"] = "NONE"
        protocol["descriptionModule"]["briefSummary"] = "Another made-up summary."
        protocol["statusModule"]["statusVerifiedDate"] = "2026-11"
        protocol["contactsLocationsModule"]["centralContacts"][0]["phone"] = "555"

    found = after(edit)
    assert [change_note(each) for each in found] == [
        "status confirmed: 2026-10 -> 2026-11",
        "masking: double -> none",
        "lead sponsor: Made-up University -> Another made-up university",
        "brief summary changed",
        "contacts changed",
    ]
    assert not any(each.matters_to_readers for each in found)


def test_a_record_that_comes_to_a_trial_is_one_change() -> None:
    study = trial_from_study(record())
    before = replace(study, has_registry_record=False, locations=(), sex=None, overall_status="RECRUITING")
    assert told(changes(before, study)) == [
        ("We added the registry’s record of this trial.", "registry record added", False),
        ("The status changed from “Open: looking for people” to “Paused”.", "recruiting -> suspended", True),
    ]


def test_a_fact_that_editors_state_is_theirs() -> None:
    before, now = Trial(sex="ALL", minimum_age="18 Years"), Trial(sex="MALE", minimum_age="21 Years")
    found = changes(before, replace(now, edited_fields=("maximum_age",)))
    assert [(each.kind, each.is_editorial) for each in found] == [("ages", True), ("sex", False)]


def summary(language: str = "en", **blocks: str) -> Summary:
    made = tuple(
        Block(kind=kind, heading=kind.capitalize(), markdown=text, line=1) for kind, text in blocks.items()
    )
    return Summary(language=language, blocks=made)


LONG = (
    "This made-up study looks at what fictivine does in people who have had a made-up fever for some days. "
)


def test_words_are_told_by_their_headings() -> None:
    before = summary(purpose=LONG, who="For adults.", what=LONG * 2)
    now = summary(
        purpose=LONG.replace("looks", "look"), taking_part="Three visits.", what="One tablet a day."
    )
    assert between({"summaries": (before,)}, {"summaries": (now, summary("es", purpose="Algo."))}) == [
        ("We added to the summary: “Taking_part”.", "summary added: Taking_part", True),
        ("We rewrote parts of the summary: “What”.", "summary rewritten: What", True),
        ("We took parts out of the summary: “Who”.", "summary removed: Who", True),
        ("We fixed small mistakes in the summary: “Purpose”.", "summary corrected: Purpose", False),
        ("We wrote a summary in plain words (Español).", "summary (es) added: Purpose", True),
    ]


@pytest.mark.parametrize(
    ("before", "now", "is_small"),
    [
        (LONG, LONG.replace("made-up", "madeup", 1), True),
        (LONG, LONG.replace(" ", "\n"), True),
        (LONG, LONG.replace("some days", "3 days"), False),
        (LONG, LONG.replace("have had", "have not had"), False),
        (LONG, LONG.replace("looks at what", "asks which"), False),
        ("Take one tablet.", "Take two tablets.", False),
    ],
)
def test_a_slip_is_small_and_turns_no_meaning(before: str, now: str, is_small: bool) -> None:
    assert is_slip(before, now) is is_small


def test_choices_reviews_and_corrected_facts_are_the_editors() -> None:
    rule = PlainCriterion(plain="I am 18 or older.", kind="inclusion", original="At least 18 years old")
    reviewed = replace(summary(purpose=LONG), reviewed_by="A made-up doctor", reviewed_on="2026-11-02")
    before: dict[str, Any] = {"summaries": (summary(purpose=LONG),), "plain_criteria": (rule,)}
    now: dict[str, Any] = {
        "title": "A made-up title",
        "summaries": (reviewed,),
        "plain_criteria": (replace(rule, plain="I am 21 or older."),),
        "side_effects": SideEffects(source="NCT00000002"),
        "overrides": (Override(field="enrollment", registry_value="40", reason="Made up."),),
    }
    found = changes(Trial(**before), Trial(**now))
    assert all(each.is_editorial for each in found)
    assert told(found) == [
        ("We gave this page a new title.", "title added", True),
        ("We changed the rules in plain words: 1 reworded.", "plain criteria changed: 1 reworded", True),
        (
            "We now show the health problems that trial NCT00000002 counted.",
            "side effects: not stated -> NCT00000002",
            True,
        ),
        (
            "A made-up doctor reviewed our words on November 2, 2026.",
            "summary reviewed by A made-up doctor on 2026-11-02",
            True,
        ),
        ("We corrected a fact of the record and say why.", "override of enrollment added", False),
    ]


def test_a_fact_that_moves_below_an_override_is_told_to_editors() -> None:
    overrides = [
        (Override(field="enrollment", registry_value=value, reason="Made up."),) for value in ("40", "45")
    ]
    assert between({"overrides": overrides[0]}, {"overrides": overrides[1]}) == [
        (
            "The record changed a fact that we correct.",
            "the registry's enrollment, which the editors override: 40 -> 45",
            False,
        )
    ]


def test_lists_too_long_to_compare_are_told_as_gone_and_new() -> None:
    before = [f"The made-up rule of number {number}" for number in range(60)]
    now = [f"{text} and more" for text in before]
    found = difference(before, now)
    assert (len(found.removed), len(found.added), found.reworded) == (60, 60, ())
