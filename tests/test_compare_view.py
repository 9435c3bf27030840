"""The page of saved trials: listed in the navigation, the same whatever trials the site has, and honest without script."""

from __future__ import annotations

from trialpages.pages.compare_view import COMPARE, compare_view
from trialpages.pages.site_words import site_words
from trialpages.read.config import Config

CONFIG = Config(name="Made-up site", base_url="https://trials.example/")


def test_the_page_knows_no_trial() -> None:
    view = compare_view(CONFIG)
    assert (view["url"], view["title"], view["section"]) == (COMPARE, "Saved trials", COMPARE)
    assert view["canonical"] == "https://trials.example/compare/"
    assert view["print_title"] == "Trials to talk about"


def test_the_navigation_leads_there() -> None:
    navigation = site_words(CONFIG, ())["navigation"]
    assert {"title": "Saved trials", "url": COMPARE} in navigation  # type: ignore[operator]
