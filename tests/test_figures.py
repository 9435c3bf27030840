"""The page's own drawings and the table of who gets what. All trials are made up."""

from __future__ import annotations

from typing import Any

import pytest
from trial_view_made_up import changed, page, text_of, view

from trialpages.model.trial import ArmGroup, Enrollment, Trial
from trialpages.pages.trial.design import design_view
from trialpages.pages.trial.drawing import WIDTH, text_width, wrapped
from trialpages.pages.trial.figures import eligibility_figure, groups_figure


def words_of(figure: Any) -> list[str]:
    root = page_of(str(figure["svg"]))
    return [text_of(each) for each in root.iter("text")]


def page_of(markup: str) -> Any:
    from lxml import html

    return html.fragment_fromstring(markup)


def arms(count: int, *given: tuple[str, ...]) -> Trial:
    groups = tuple(
        ArmGroup(label=f"Group {n}", intervention_names=given[n % len(given)]) for n in range(count)
    )
    return changed(arm_groups=groups, interventions=())


def matrix(trial: Trial) -> Any:
    design: Any = design_view(trial)
    return design["matrix"]


@pytest.mark.parametrize("text", ["fever", "Thrombocytopenia " * 30, "x" * 400, "", "W" * 90])
def test_lines_fit_and_are_not_more_than_asked(text: str) -> None:
    lines = wrapped(text, 200, "strong", 2)
    assert len(lines) <= 2
    assert all(text_width(line, "strong") <= 200 for line in lines)
    assert (not text) or lines


@pytest.mark.parametrize(
    ("lowest", "highest", "shown"),
    [
        ("18 Years", "75 Years", ["Age: 18 to 75 years", "18 years", "75 years", "0"]),
        ("18 Years", None, ["Age: 18 years and over", "18 years", "0", "100 years"]),
        (None, "17 Years", ["Age: 17 years and younger", "17 years", "0", "100 years"]),
        ("1 Month", "3 Months", ["Age: 1 to 3 months", "1 month", "100 years"]),
        ("60 Years", "65 Years", ["Age: 60 to 65 years", "60 years", "0", "100 years"]),
        ("18 Years", "120 Years", ["Age: 18 to 120 years", "18 years", "0", "100 years"]),
    ],
)
def test_ages_stand_at_the_ends_of_their_line_where_there_is_room(
    lowest: str | None, highest: str | None, shown: list[str]
) -> None:
    trial = changed(minimum_age=lowest, maximum_age=highest, sex=None, healthy_volunteers=None)
    assert words_of(eligibility_figure(trial, 0)) == shown


def test_nothing_is_drawn_outside_of_the_drawing() -> None:
    trial = changed(minimum_age="99 Years", maximum_age=None)
    figure: Any = eligibility_figure(trial, 1)
    for bar in page_of(str(figure["svg"])).iter("rect"):
        assert 0 <= float(bar.get("x")) <= float(bar.get("x")) + float(bar.get("width")) <= WIDTH


def test_many_groups_are_counted_and_not_all_drawn() -> None:
    trial = arms(9, ("Madeupimab",), ("Oldamycin", "Rest"))
    given = [arm.intervention_names for arm in trial.arm_groups]
    figure: Any = groups_figure(trial, given)
    assert figure["text"] == "40 people planned in 9 groups."
    assert words_of(figure)[-1] == "+3 more groups"
    assert "Group 1: Oldamycin and Rest." in str(figure["svg"])
    assert "3 more groups are not drawn." in str(figure["svg"])


def test_a_size_that_nobody_knows_is_not_drawn() -> None:
    trial = changed(enrollment=Enrollment(count=99999999))
    figure: Any = groups_figure(trial, [(), ()])
    assert figure["text"] == "2 groups."
    assert words_of(figure)[0] == "The people in the study"


def test_the_media_library_shows_the_timeline_again_without_its_bytes() -> None:
    root = page(view())
    (again,) = root.xpath("//section[@id='media']//figure[@id='timeline-picture']/svg")
    (use,) = again.xpath("./use")
    drawn = root.get_element_by_id(use.get("href").removeprefix("#"))
    assert drawn.getparent().get("aria-label") == again.get("aria-label")
    sources = root.xpath("//section[@id='media']//figure/small/text()")
    assert set(sources) == {"Drawn by this site from the facts on this page."}


def test_who_gets_what_turns_when_the_groups_are_many() -> None:
    few = matrix(arms(4, ("A",), ("B",)))
    assert (few["first"], len(few["columns"]), len(few["rows"])) == ("Treatment", 4, 2)
    many = matrix(arms(20, ("A",), ("B",)))
    assert (many["first"], many["columns"], len(many["rows"])) == ("Group", ["A", "B"], 20)
    assert [cell["text"] for cell in many["rows"][1]["cells"]] == ["No", "Yes"]
    names = tuple(f"Drug {n}" for n in range(15))
    most = matrix(arms(20, names, names[:2]))
    assert (most["columns"], most["marks"]) == (["Gets"], False)
    assert most["rows"][1]["cells"][0]["text"] == "Drug 0 and Drug 1"


def test_where_all_groups_get_the_same_a_sentence_stands_for_the_table() -> None:
    design: Any = design_view(arms(3, ("A", "B")))
    assert design["matrix"] is None
    assert design["everyone"] == "Every group gets: A and B."


def test_a_group_of_which_the_record_says_nothing_does_not_get_a_no() -> None:
    rows = matrix(arms(3, ("A",), ("B",), ()))["rows"]
    assert [cell["text"] for cell in rows[0]["cells"]] == ["Yes", "No", "Not stated"]


def test_long_lists_of_groups_are_folded() -> None:
    root = page(view(arms(20, ("A",), ("B",))))
    design = root.get_element_by_id("design")
    assert len(design.xpath("./ol/li")) == 3
    assert text_of(design.xpath("./details/summary")[0]) == "+17 more groups"
    assert len(design.xpath("./details/ol/li")) == 17
    assert len(design.xpath("./ol/li/h4")) == 3
