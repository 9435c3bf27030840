"""The trial page as a whole: its sections, its markup, and what it says of a made-up trial."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest
from trial_view_made_up import CONFIG, CONTEXT, QUIET, TRIAL, changed, page, text_of, view

from trialpages.model.trial import Trial
from trialpages.pages.trial.section import HEADINGS

BARE = Trial(trial_id="NCT00000002", nct_id="NCT00000002")


def section_ids(root: Any) -> list[str]:
    return [section.get("id") for section in root.xpath("//main//div[@class='trial-sections']/section")]


def test_a_full_trial_has_its_sections_in_the_order_of_the_page() -> None:
    found = section_ids(page(view()))
    assert found == [name for name in HEADINGS if name in found]
    assert {"summary", "eligibility", "timeline", "objectives", "side-effects", "design"} <= set(found)
    assert {"locations", "contact", "media", "results", "words", "sources"} <= set(found)


def test_the_contents_name_exactly_the_sections_that_are_there() -> None:
    shown = view()
    links = page(shown).xpath("//nav[@aria-labelledby='contents-title']//a/@href")
    assert links == [f"#{name}" for name in section_ids(page(shown))]


def test_a_trial_of_which_nothing_is_known_has_sources_only_and_never_says_none() -> None:
    root = page(view(BARE))
    assert section_ids(root) == ["sources"]
    assert not re.search(r"\bNone\b|N/A|undefined", text_of(root))


@pytest.mark.parametrize("trial", [TRIAL, BARE], ids=["full", "bare"])
def test_the_markup_has_one_h1_ordered_headings_unique_ids_and_no_inline_style_or_script(
    trial: Trial,
) -> None:
    root = page(view(trial))
    levels = [int(node.tag[1]) for node in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not root.xpath("//@style | //style | //@*[starts-with(name(), 'on')]")
    assert all(
        script.get("src") or script.get("type") == "application/ld+json" for script in root.xpath("//script")
    )
    assert not root.xpath("//th[not(@scope)] | //table[not(caption)]")
    assert set(root.xpath("//@aria-labelledby")) <= set(ids)
    assert {target[1:] for target in root.xpath("//a/@href") if target.startswith("#")} <= set(ids)


def test_the_status_strip_says_the_status_in_words_with_dates_for_the_browser() -> None:
    strip = page(view()).xpath("//div[contains(@class, 'status-strip')]")[0]
    assert "Open: looking for people" in text_of(strip)
    assert "last confirmed this in October 2026" in text_of(strip)
    assert (strip.get("data-status"), strip.get("data-verified")) == ("RECRUITING", "2026-10")


def test_a_stale_status_is_warned_of() -> None:
    time = dataclasses.replace(QUIET, status_is_stale=True, status_stale_reason="Our copy is old.")
    stale = page(view(context=dataclasses.replace(CONTEXT, time=time))).xpath("//div[@data-stale]")
    assert [text_of(node) for node in stale] == [
        "This status may be out of date. Our copy is old. Check the registry record or ask the study team."
    ]


def test_a_stopped_trial_gives_its_reason_and_no_way_to_join() -> None:
    shown = view(changed(overall_status="TERMINATED", why_stopped="Too few people joined"))
    assert "Reason given: Too few people joined." in shown["status"]["lines"]
    assert shown["contact"] is None


def test_contacts_are_shown_only_when_the_site_and_the_status_allow_it() -> None:
    def contacts(trial: Trial, *, show: bool) -> list[str]:
        config = dataclasses.replace(CONFIG, show_contacts=show)
        places = page(view(trial, config=config)).xpath("//section[@id='locations']//li")
        return [text_of(place) for place in places if "000-0000" in text_of(place)]

    assert len(contacts(TRIAL, show=True)) == 1
    assert contacts(TRIAL, show=False) == []
    assert contacts(changed(overall_status="COMPLETED"), show=True) == []


def test_plain_statements_stand_before_the_original_rule() -> None:
    items = page(view()).xpath("//div[@data-self-check]//li[@data-kind]")
    assert [
        (item.get("data-kind"), text_of(item.xpath(".//div[@class='registry-text']")[0])) for item in items
    ] == [
        ("inclusion", "In remission, with ECOG 0 to 2"),
        ("exclusion", "Other cancer, of which: any stage"),
    ]


def test_the_self_check_says_how_many_of_the_rules_it_covers_and_never_eligible() -> None:
    shown = view()
    assert "It covers 2 of the 3 rules in the record." in shown["eligibility"]["caution"]
    check = text_of(page(shown).xpath("//div[@data-self-check]")[0])
    assert "eligible" not in check.casefold()


def test_rules_that_cannot_be_split_are_shown_whole() -> None:
    trial = changed(eligibility_criteria="Adults in good health.", plain_criteria=())
    lists = view(trial)["eligibility"]["registry"]
    assert [(part["heading"], str(part["html"])) for part in lists] == [
        ("The rules as registered", "<p>Adults in good health.</p>")
    ]


def test_three_measures_are_open_and_the_rest_is_folded_away() -> None:
    further = view()["objectives"]["parts"][1]
    assert ([item["name"] for item in further["shown"]], len(further["rest"]), further["summary"]) == (
        ["Measure 1", "Measure 2", "Measure 3"],
        3,
        "+3 more",
    )


def test_a_plain_measure_stands_before_the_registered_one() -> None:
    assert view()["objectives"]["parts"][0]["shown"][0] == {
        "name": "How long people live",
        "registered": "Survival",
        "time_frame": "up to 18 months",
        "description": "",
    }


def test_who_gets_what_is_a_table_of_treatments_by_groups() -> None:
    matrix = view()["design"]["matrix"]
    assert matrix["columns"] == ["Madeupimab", "Comparator"]
    assert [(row["name"], row["cells"]) for row in matrix["rows"]] == [
        ("Madeupimab", ["Yes", "No"]),
        ("Oldamycin", ["No", "Yes"]),
    ]


def test_another_language_is_marked_and_linked_from_the_top() -> None:
    root = page(view())
    assert root.xpath("//p[@class='languages']/a/@href") == ["#summary-es"]
    block = root.get_element_by_id("summary-es")
    assert block.get("lang") == "es"
    assert "Español: Un ensayo inventado" in text_of(block)


def test_a_text_that_nobody_reviewed_says_so() -> None:
    provenance = page(view()).xpath("//p[@class='provenance']")[0]
    assert text_of(provenance) == (
        "Written by the editors. A machine helped to draft this text. Not yet reviewed by a clinician."
    )


def test_registered_text_is_said_to_be_that() -> None:
    root = page(view(changed(summaries=(), brief_summary="A <5 mg dose is *tested*.")))
    summary = text_of(root.get_element_by_id("summary"))
    assert "A <5 mg dose is tested." in summary
    assert "nobody has put it into plain words yet" in summary


def test_an_overridden_fact_shows_both_values_and_the_reason() -> None:
    table = page(view()).xpath("//table[@class='overrides']/tbody/tr")[0]
    assert [text_of(cell) for cell in table] == [
        "Minimum age",
        "18 Years",
        "16 Years",
        "The protocol says so.",
    ]


def test_the_figures_say_in_words_what_they_show() -> None:
    labels = page(view()).xpath("//figure[@class='drawing']/svg/@aria-label")
    assert labels[0] == (
        "Timeline of taking part. Screening: about 3 weeks. Treatment: length not known. Follow-up: up to 18 months."
    )
    assert labels[1].startswith(
        "Who can take part. Age: 18 years and over. Any sex. Not for healthy volunteers."
    )
    assert labels[2] == "Study groups. 40 people planned in 2 groups: Madeupimab and Comparator."


def test_words_of_the_glossary_on_the_page_are_explained() -> None:
    assert view()["words"]["entries"] == [
        {"term": "remission", "meaning": "The illness cannot be seen any more."}
    ]


def test_an_estimate_of_places_left_names_its_method_and_its_last_day() -> None:
    time = dataclasses.replace(QUIET, spots_left=4, spots_left_until="2028-03-31", today="2026-11-23")
    spots = view(context=dataclasses.replace(CONTEXT, time=time))["spots_left"]
    assert spots["text"] == "Estimate: about 4 places of 40. Made on November 23, 2026."
    assert "40 people from January 2025 to March 2028" in spots["method"]
    assert spots["until"] == "2028-03-31"
