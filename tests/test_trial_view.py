"""The trial page as a whole: its sections, its markup, and what it says of a made-up trial."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import Any

import pytest
from trial_view_made_up import CONFIG, CONTEXT, QUIET, TRIAL, changed, page, text_of, view

from trialpages.model.editorial import (
    Stage,
    Timeline,
    Visit,
)
from trialpages.model.freshness import REASONS
from trialpages.model.summary import Block, Summary
from trialpages.model.trial import Trial
from trialpages.pages.trial.section import HEADINGS
from trialpages.pages.trial.timeline import visits_sum

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
    names = ("status", "verified", "retrieved", "stale-after", "primary-completion")
    assert [strip.get(f"data-{name}") for name in names] == [
        "RECRUITING",
        "2026-10",
        "2026-11-20",
        "30",
        "2028-03",
    ]
    assert strip.xpath(".//time/@datetime") == ["2026-10", "2026-11-20"]


@pytest.mark.parametrize(
    ("status", "dates"),
    [
        ("NOT_YET_RECRUITING", {"data-retrieved": "2026-11-20", "data-stale-after": "30"}),
        ("COMPLETED", {}),
    ],
)
def test_the_strip_carries_only_dates_by_which_the_status_can_grow_old(
    status: str, dates: dict[str, str]
) -> None:
    root = page(view(changed(overall_status=status)))
    strip = root.xpath("//div[contains(@class, 'status-strip')]")[0]
    assert {name: value for name, value in strip.items() if name not in ("class", "data-status")} == dates
    assert len(root.xpath("//div[@data-stale]")) == bool(dates)


def test_a_stale_status_is_warned_of() -> None:
    time = dataclasses.replace(QUIET, status_is_stale=True, status_stale_reason=REASONS["copy_old"])
    root = page(view(context=dataclasses.replace(CONTEXT, time=time)))
    (warning,) = root.xpath("//div[@data-stale]")
    assert (warning.get("data-stale"), warning.get("hidden")) == ("copy_old", None)
    assert text_of(warning) == (
        "This page may be out of date. Our facts about this trial are more than a month old. "
        "Check the registry record or ask the study team."
    )
    assert root.xpath("//span[@data-doubt]/@hidden") == []
    assert root.xpath("//div[@data-status]//*[contains(@class, 'tone-open')]") == []


def test_a_fresh_status_has_its_warning_ready_and_hidden() -> None:
    root = page(view())
    assert len(root.xpath("//div[@data-stale='' and @hidden] | //span[@data-doubt and @hidden]")) == 2
    assert root.xpath("//div[@data-status]//*[contains(@class, 'tone-open')]")


def test_facts_that_are_too_old_name_nobody_to_call() -> None:
    config = dataclasses.replace(CONFIG, show_contacts=True)

    def text(*, too_old: bool) -> str:
        reason = REASONS["end_passed"] if too_old else None
        time = dataclasses.replace(
            QUIET, status_is_stale=too_old, status_stale_reason=reason, facts_are_too_old=too_old
        )
        return text_of(page(view(context=dataclasses.replace(CONTEXT, time=time), config=config)))

    assert "000-0000" in text(too_old=False)
    assert "How to ask about joining" in text(too_old=False)
    assert "Open: looking for people" in text(too_old=False)
    assert "Open: looking for people" not in text(too_old=True)
    assert "Was open when last checked" in text(too_old=True)
    assert "000-0000" not in text(too_old=True)
    assert "How to ask whether it is still open" in text(too_old=True)
    assert text(too_old=True).count("the day when it was to end has passed. Check the registry record") == 2


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
    shown = view(changed(has_registry_record=True))
    assert "It covers 2 of the 3 rules in the record." in shown["eligibility"]["caution"]
    found = view()["eligibility"]["caution"]
    assert found.endswith("It covers 2 of the 3 rules that we found; there may be more.")
    check = text_of(page(shown).xpath("//div[@data-self-check]")[0])
    assert "eligible" not in check.casefold()


def test_rules_that_cannot_be_split_are_shown_whole() -> None:
    trial = changed(
        eligibility_criteria="Adults in good health.", plain_criteria=(), has_registry_record=True
    )
    lists = view(trial)["eligibility"]["registry"]
    assert [(part["heading"], str(part["html"])) for part in lists] == [
        ("The rules as registered", "<p>Adults in good health.</p>")
    ]


def test_three_measures_are_open_and_the_rest_is_folded_away() -> None:
    further = view()["objectives"]["parts"][1]
    assert ([item["measure"] for item in further["shown"]], len(further["rest"]), further["summary"]) == (
        ["Measure 1", "Measure 2", "Measure 3"],
        3,
        "+3 more measures",
    )


def test_a_plain_measure_stands_before_the_registered_one() -> None:
    assert view()["objectives"]["parts"][0]["shown"][0] == {
        "plain": "How long people live",
        "measure": "Survival",
        "time_frame": "up to 18 months",
        "description": "",
    }


def test_who_gets_what_is_a_table_of_treatments_by_groups() -> None:
    matrix = view()["design"]["matrix"]
    assert matrix["columns"] == ["Madeupimab", "Comparator"]
    assert [(row["name"], [cell["text"] for cell in row["cells"]]) for row in matrix["rows"]] == [
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
    trial = changed(summaries=(), brief_summary="A <5 mg dose is *tested*.", has_registry_record=True)
    summary = text_of(page(view(trial)).get_element_by_id("summary"))
    assert "A <5 mg dose is tested." in summary
    assert "nobody has put it into plain words yet" in summary


def test_the_editors_own_short_text_is_never_called_registered() -> None:
    for trial in (
        changed(summaries=(), brief_summary="A dose is tested."),
        changed(
            summaries=(),
            brief_summary="A dose is tested.",
            has_registry_record=True,
            edited_fields=("brief_summary",),
        ),
    ):
        assert text_of(page(view(trial)).get_element_by_id("summary")) == (
            "In short A dose is tested. Short summary in our words. Not yet reviewed by a clinician."
        )


def test_texts_below_the_summary_are_named_for_whose_they_are_and_none_is_said_twice() -> None:
    def more(**facts: Any) -> list[str]:
        trial = changed(brief_summary="A dose.", detailed_description="All of it.", **facts)
        return [item["summary"] for item in view(trial)["summary"]["more"]]

    assert more(has_registry_record=True) == ["Read the registered summary, in medical language"]
    assert more(has_registry_record=True, edited_fields=("brief_summary",)) == [
        "Read the registered description, in medical language",
        "Short summary in our words",
    ]
    assert more() == ["Short summary in our words", "Description in our words"]
    repeated = changed(brief_summary="It tests a  drug in remission.")
    assert view(repeated)["summary"]["more"] == []


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
        "Timeline of taking part. Screening: about 3 weeks (typical). Treatment: length not known. "
        "Follow-up: up to 18 months. Not to scale."
    )
    assert labels[1].startswith("Who can take part. Age: 18 years and over. Any sex. Not for healthy people.")
    assert labels[2] == (
        "Study groups. 40 people planned in 2 groups. Chance decides who joins which group. Madeupimab. "
        "Comparator: Oldamycin."
    )


def test_a_timeline_of_free_text_is_labelled_lines_and_one_of_lengths_a_sentence() -> None:
    def said(timeline: Timeline) -> str:
        shown = page(view(changed(timeline=timeline))).get_element_by_id("timeline-figure")
        caption = shown.xpath("./figcaption")[0]
        for line_break in caption.xpath(".//br"):
            line_break.tail = f" / {line_break.tail}"
        return text_of(caption)

    assert said(Timeline(treatment=Stage(text="one infusion every 21 days"))) == (
        "Screening: length not known. / Treatment: one infusion every 21 days. / Follow-up: up to 18 months. "
        "Not to scale."
    )
    lengths = Timeline(
        screening=Stage(text="3 weeks", days_max=21), treatment=Stage(text="2 years", days_max=730)
    )
    assert said(lengths) == (
        "This trial's timeline: 3 weeks for screening, 2 years for treatment, and up to 18 months for follow-up. "
        "Not to scale."
    )


def test_the_words_of_the_timeline_are_seen_only_where_the_drawing_cannot_hold_them() -> None:
    def classes(words: str) -> list[str]:
        shown = page(view(changed(timeline=Timeline(treatment=Stage(text=words)))))
        (said,) = shown.xpath("//figure[@id='timeline-figure']//*[@data-compare='visits']")
        assert f"Treatment: {words}." in text_of(said)
        return str(said.get("class", "")).split()

    assert classes("one infusion every 21 days") == ["drawn"]
    assert classes("one infusion every 21 days, " * 6 + "then rest") == []


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        (
            (Visit(when="A", count=10, duration_minutes=90), Visit(when="B", count=2, duration_minutes=150)),
            "12 visits that we know of, about 20 hours in all.",
        ),
        ((Visit(when="A", duration_minutes=100),), "1 visit that we know of, about 100 minutes in all."),
        ((Visit(when="A", count=3, duration_minutes=60), Visit(when="B")), "4 visits that we know of."),
        (
            (Visit(when="A"), Visit(when="B", count=2, overnight=True)),
            "3 visits that we know of. 2 are overnight.",
        ),
        ((), ""),
    ],
)
def test_hours_are_added_up_only_when_every_visit_states_its_own(
    visits: tuple[Visit, ...], said: str
) -> None:
    assert visits_sum(visits) == said


def test_a_total_is_said_only_when_every_stage_is_known() -> None:
    known = Timeline(
        screening=Stage(text="1 week", days_min=7, days_max=7),
        treatment=Stage(text="6 months", days_min=183, days_max=183),
        follow_up=Stage(text="1 to 2 years", days_min=365, days_max=730),
    )

    def total(timeline: Timeline) -> Any:
        return view(changed(timeline=timeline))["timeline"]["total"]

    assert total(known) == "In all: about 18 to 30 months."
    assert total(dataclasses.replace(known, follow_up=None)) == "In all: up to about 24 months."
    assert total(dataclasses.replace(known, treatment=None)) == ""


def test_visits_are_listed_without_a_total() -> None:
    visits = (Visit(when="Day 1", what=("blood test",), count=16, duration_minutes=30), Visit(when="Later"))
    table = page(view(changed(timeline=Timeline(visits=visits)))).xpath("//table[@class='visits']")[0]
    assert text_of(table.xpath("./caption")[0]) == "Visits that we know of"
    assert [text_of(row) for row in table.xpath("./tbody/tr")] == [
        "Day 1 (16 times)Blood test30 minutes",
        "LaterNot stated",
    ]


PAST = "This trial takes no new people. These were its rules."


@pytest.mark.parametrize(
    ("status", "heading", "note", "side"),
    [
        ("RECRUITING", "Who can take part?", "", "These should be true for you"),
        (None, "Who can take part?", "", "These should be true for you"),
        ("ACTIVE_NOT_RECRUITING", "Who could take part?", PAST, "These had to be true"),
        ("COMPLETED", "Who could take part?", PAST, "These had to be true"),
        (
            "WITHDRAWN",
            "Who could take part?",
            "This trial never started. These were its rules.",
            "These had to be true",
        ),
    ],
)
def test_rules_of_a_trial_that_nobody_can_join_are_past(
    status: Any, heading: str, note: str, side: str
) -> None:
    shown = view(changed(overall_status=status))
    rules = shown["eligibility"]
    assert (rules["heading"], rules["over"], rules["plain"][0]["heading"]) == (heading, note, side)
    assert {"id": "eligibility", "title": heading} in shown["contents"]
    text = text_of(page(shown).get_element_by_id("eligibility"))
    assert ("can take part" in text.casefold()) is not bool(note)


def test_a_rule_in_full_is_named_by_its_number() -> None:
    hidden = page(view()).xpath("//div[@data-self-check]//summary/span[@class='visually-hidden']")
    assert [text_of(node) for node in hidden] == ["(rule 1)", "(rule 2)"]


def test_the_line_below_a_text_is_in_the_language_of_the_text() -> None:
    def line(language: str) -> Any:
        text = Summary(
            language=language,
            source="Un registro",
            ai_assisted=True,
            blocks=(Block(kind="purpose", heading="-", markdown="Texto.", line=1),),
        )
        root = page(view(changed(summaries=(text,))))
        return root.get_element_by_id(f"summary-{language}").xpath(".//p[@class='provenance']")[0]

    spanish, german = line("es"), line("de")
    assert (spanish.get("lang"), text_of(spanish)) == (
        "es",
        "Fuente: Un registro. Una máquina ayudó a redactar este texto. "
        "Ningún profesional clínico ha revisado todavía este texto.",
    )
    assert german.get("lang") == "en"
    assert [(node.get("lang"), text_of(node)) for node in german.xpath("./span")] == [("de", "Un registro")]


def test_words_of_the_glossary_on_the_page_are_explained() -> None:
    assert view()["words"]["entries"] == [
        {"term": "remission", "meaning": "The illness cannot be seen any more."}
    ]


def test_an_estimate_of_places_left_names_its_method_and_its_last_day() -> None:
    time = dataclasses.replace(QUIET, spots_left=4, spots_left_until="2028-03-31", today="2026-11-23")
    spots = view(context=dataclasses.replace(CONTEXT, time=time))["spots_left"]
    assert spots["text"] == (
        'Estimate: about 4 spots of 40. Made on <time datetime="2026-11-23">November 23, 2026</time>.'
    )
    assert "40 people from January 2025 to March 2028" in spots["method"]
    assert spots["until"] == "2028-03-31"
