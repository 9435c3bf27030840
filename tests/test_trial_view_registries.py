"""Names and numbers on the trial page: all conditions and treatments, the right registry, and whose words they are.

All trials and numbers here are made up.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from trial_view_made_up import CONTEXT, QUIET, changed, page, text_of, view

from trialpages.model.editorial import ConditionFile
from trialpages.model.trial import Intervention, Override, ResponsibleParty, SecondaryId, Trial
from trialpages.pages.trial.registry_page import registry_page
from trialpages.site.context import Link, TrialContext

STALE = dataclasses.replace(QUIET, status_is_stale=True, status_stale_reason="Our copy is old.")
REGISTERED = {"has_registry_record": True, "summaries": (), "overrides": ()}


def facts_of(trial: Trial, context: TrialContext = CONTEXT) -> dict[str, list[str]]:
    """The facts of the first screen, as lists of what a reader sees and can open."""
    found = {}
    for row in page(view(trial, context)).xpath("//header[@class='first-screen']/dl/div"):
        found[text_of(row.xpath("./dt")[0])] = [
            text_of(item) for item in row.xpath("./dd//li | ./dd//summary")
        ]
    return found


def sources(trial: Trial) -> dict[str, str]:
    section = page(view(trial)).get_element_by_id("sources")
    return {
        text_of(row.xpath("./dt")[0]): text_of(row.xpath("./dd")[0]) for row in section.xpath(".//dl/div")
    }


def links(trial: Trial, context: TrialContext = CONTEXT) -> set[str]:
    return {target for target in page(view(trial, context)).xpath("//main//a/@href") if "://" in target}


def test_every_condition_is_named_with_the_rest_folded_away() -> None:
    names = ("One", "Two", "Three", "Four", "Five")
    assert facts_of(changed(conditions=names))["Conditions"] == [
        "One",
        "Two",
        "Three",
        "+2 more conditions",
        "Four",
        "Five",
    ]


def test_conditions_and_treatments_with_a_page_are_links_and_other_spellings_are_not_named_twice() -> None:
    context = dataclasses.replace(
        CONTEXT,
        condition_links=(Link(text="Made-up leukemia", url="conditions/made-up-leukemia/"),),
        treatment_links=tuple(
            Link(text=name, url=f"treatments/{name.lower()}/") for name in ("Aa", "Bb", "Cc", "Dd")
        ),
        conditions=(ConditionFile(slug="made-up-leukemia", name="Made-up leukemia", other_names=("MUL",)),),
    )
    trial = changed(conditions=("made-up leukemia", "MUL", "Fever"))
    found = facts_of(trial, context)
    assert (found["Conditions"], found["Treatments"]) == (
        ["Made-up leukemia", "Fever"],
        ["Aa", "Bb", "Cc", "Dd"],
    )
    targets = page(view(trial, context)).xpath("//header[@class='first-screen']/dl//li/a/@href")
    assert targets[:2] == ["../../conditions/made-up-leukemia/", "../../treatments/aa/"]


def test_a_treatment_of_which_only_the_name_is_known_is_named() -> None:
    trial = changed(arm_groups=(), interventions=(Intervention(name="Walking"),))
    names = [item["name"] for item in view(trial)["design"]["interventions"]]
    assert names == ["Walking"]


EU_CTR = "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:2014-000000-92"


@pytest.mark.parametrize(
    ("number", "text", "url"),
    [
        ("2014-000000-92", "2014-000000-92 in the EU Clinical Trials Register", EU_CTR),
        (
            "2023-500000-11-00",
            "2023-500000-11-00 in the EU Clinical Trials Information System",
            "https://euclinicaltrials.eu/ctis-public/view/2023-500000-11-00",
        ),
        (
            "ISRCTN00000001",
            "ISRCTN00000001 in the ISRCTN registry",
            "https://www.isrctn.com/ISRCTN00000001",
        ),
    ],
)
def test_a_trial_of_another_registry_links_there(number: str, text: str, url: str) -> None:
    trial = changed(trial_id=number, nct_id=None)
    assert sources(trial)["Registry record"] == text
    stale = dataclasses.replace(CONTEXT, time=STALE)
    warning = page(view(trial, stale)).xpath("//div[@data-stale]//a/@href")
    assert (warning, links(trial, stale)) == ([url], {url})


@pytest.mark.parametrize("number", ["local-1", "2023-500000-11", "ISRCTN1"])
def test_a_number_of_no_registry_links_nowhere(number: str) -> None:
    trial = changed(trial_id=number, nct_id=None)
    stale = dataclasses.replace(CONTEXT, time=STALE)
    assert links(trial, stale) == set()
    assert text_of(page(view(trial, stale)).xpath("//div[@data-stale]")[0]).endswith(
        "Our copy is old. Ask the study team."
    )
    assert sources(trial)["Trial number"] == number


def test_a_number_in_another_registry_stands_in_for_a_local_one() -> None:
    trial = changed(trial_id="local-1", nct_id=None, secondary_ids=(SecondaryId(id="ISRCTN00000001"),))
    found = registry_page(trial)
    assert found is not None
    assert found.url == "https://www.isrctn.com/ISRCTN00000001"


def test_words_of_the_editors_are_not_called_registered() -> None:
    facts: dict[str, Any] = {
        "title": "Shown",
        "brief_title": "Short",
        "official_title": "Full",
        "summaries": (),
    }
    own = sources(changed(**facts, brief_summary="A summary."))
    assert (own["Full title"], own["Short title"], own["Review"]) == (
        "Full",
        "Short",
        "Not yet reviewed by a clinician.",
    )
    assert "registered" not in text_of(
        page(view(changed(**facts, brief_summary="A summary."))).get_element_by_id("summary")
    )
    registered = sources(changed(**{**facts, **REGISTERED}))
    assert (registered["Registered title"], registered["Registered short title"]) == ("Full", "Short")
    assert registered["Review"] == "Not yet reviewed by a clinician. The facts are shown as registered."
    edited = sources(changed(**{**facts, **REGISTERED}, edited_fields=("official_title",)))
    assert (edited["Full title"], edited["Registered short title"]) == ("Full", "Short")


def test_changed_facts_are_not_said_to_be_as_registered() -> None:
    override = Override(field="minimum_age", registry_value="16 Years", reason="The protocol says so.")
    trial = changed(has_registry_record=True, summaries=(), overrides=(override,))
    assert sources(trial)["Review"].endswith(
        "The facts are shown as registered, except those that are listed below."
    )


def test_a_short_title_that_the_page_shows_is_not_said_again() -> None:
    trial = changed(**REGISTERED, title="A Made-up Study", official_title="Full")
    assert "Registered short title" not in sources(trial)


def test_who_answers_for_the_record_and_its_keywords_are_kept() -> None:
    party = ResponsibleParty(old_name_title="Made-up Director", old_organization="Made-up Hospital")
    found = sources(changed(responsible_party=party, keywords=("one", "two")))
    assert (found["Responsible for the record"], found["Words to find it by"]) == (
        "Made-up Director, Made-up Hospital",
        "one, two",
    )
