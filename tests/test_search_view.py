"""The search page as it is built: its form without a script, its values, and what never has a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made_up_cards import made_up_card, made_up_site, place

from trialpages.model.trial import Location
from trialpages.pages.search_view import search_view
from trialpages.pages.site_words import site_words
from trialpages.pages.templates import environment
from trialpages.read.config import Config
from trialpages.site.site import Site

TEMPLATES = Path(__file__).parent.parent / "templates"
CONFIG = Config(name="Made-up site")


def made_up() -> Site:
    return made_up_site(
        made_up_card(
            1,
            overall_status="COMPLETED",
            phases=("PHASE1", "PHASE2"),
            study_type="INTERVENTIONAL",
            conditions=("Made-up fever",),
            locations=(place("Springfield", "Freedonia"),),
        ),
        made_up_card(2, overall_status="RECRUITING", study_type="OBSERVATIONAL"),
        made_up_card(3, overall_status="SOME_NEW_VALUE", phases=("NA",)),
        made_up_card(4),
    )


def html(site: Site) -> str:
    sources = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in TEMPLATES.rglob("*.*ml")
    }
    return (
        environment(sources)
        .get_template("search.html")
        .render(
            page=search_view(site, CONFIG),
            site=site_words(CONFIG, ()),
            root="../",
            asset=lambda name: f"../assets/{name}",
            imports=lambda _name: ("js/other.js",),
            integrity=lambda _name: "sha384-none",
            record_lang="",
        )
    )


def values(facet: str, page: str) -> list[str]:
    return re.findall(rf'<input type="\w+" name="{facet}" value="(\w*)" form="search-form"', page)


def test_values_are_those_that_trials_have_from_open_to_closed_and_from_early_to_late() -> None:
    page = html(made_up())
    assert values("status", page) == ["RECRUITING", "COMPLETED", "SOME_NEW_VALUE"]
    assert values("phase", page) == ["PHASE1", "PHASE2", "NA"]
    assert values("study_type", page) == ["INTERVENTIONAL", "OBSERVATIONAL"]
    assert values("sex", page) == ["", "FEMALE", "MALE"]
    assert values("results", page) == values("healthy_volunteers", page) == ["yes"]
    assert re.findall(r'data-group="(\w+)"', page) == ["condition", "country"]


def test_one_kind_of_study_is_no_choice() -> None:
    page = html(made_up_site(made_up_card(1, study_type="INTERVENTIONAL")))
    assert values("study_type", page) == []


def test_a_site_without_trials_has_a_form_all_the_same() -> None:
    page = html(made_up_site())
    assert values("status", page) == values("phase", page) == []
    assert "Lists of all 0 trials" in page


@pytest.mark.parametrize(("latitude", "is_asked"), [(47.5, True), (None, False)])
def test_the_place_is_asked_where_a_trial_is_on_the_map(latitude: float | None, is_asked: bool) -> None:
    city = Location(city="Springfield", country="Freedonia", latitude=latitude, longitude=latitude)
    page = html(made_up_site(made_up_card(1, locations=(city,))))
    assert ("data-search-place" in page) == is_asked


def test_without_a_script_the_form_leads_to_the_lists() -> None:
    page = html(made_up())
    form = re.search(r'<form id="search-form"[^>]*>', page)
    assert form is not None and 'action="../browse/"' in form[0]
    assert "<noscript>" in page
    home = (TEMPLATES / "home.html").read_text("utf-8")
    assert 'action="{{ root }}browse/"' in home


def test_what_says_something_about_the_reader_has_no_name() -> None:
    page = html(made_up())
    own = [
        field
        for field in re.findall(r"<input[^>]*>", page)
        if "search-age" in field or "search-keep" in field
    ]
    assert len(own) == 2
    assert not [field for field in own if " name=" in field]


def test_each_status_of_the_site_has_its_mark() -> None:
    page = html(made_up())
    assert re.findall(r'<i data-status="(\w+)"><span class="status tone-(\w+)">', page) == [
        ("RECRUITING", "open"),
        ("COMPLETED", "closed"),
        ("SOME_NEW_VALUE", "closed"),
    ]


def test_the_script_can_ask_for_all_its_modules_at_once() -> None:
    page = html(made_up())
    assert 'data-modules="../assets/js/search-controls.js ../assets/js/other.js"' in page
