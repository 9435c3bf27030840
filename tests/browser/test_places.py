"""Places by distance in a real browser: on a made-up trial, and on one with more than a thousand made-up places."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sites
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser.server import serving
from browser.watched import Watched, watched

FEW, MANY = "NCT00000001", "NCT00000002"
HEAD = "title: Made-up trial\noverall_status: RECRUITING\nlocations:\n"
PLACES = (
    ("Houston", "United States", "77030", "29.71,-95.4", "RECRUITING"),
    ("Dallas", "United States", "75201", "32.78,-96.8", "RECRUITING"),
    ("Austin", "United States", "78701", "30.27,-97.74", "COMPLETED"),
    ("Berlin", "Germany", "10117", "52.52,13.39", "RECRUITING"),
    ("Nowhere", "Germany", "", "", "RECRUITING"),
)


def line(city: str, country: str, code: str, at: str, status: str) -> str:
    where = "".join(
        f", {name}: {value}"
        for name, value in zip(("latitude", "longitude"), at.split(",") if at else (), strict=False)
    )
    zip_code = f', zip: "{code}"' if code else ""
    return f"  - {{city: {city}, country: {country}, facility: Clinic of {city}, status: {status}{zip_code}{where}}}\n"


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site with two made-up trials."""
    folder = tmp_path_factory.mktemp("places")
    many = [
        line(f"Town{number}", f"Land{number % 40}", "", f"{number % 100 - 40},{number % 170}", "RECRUITING")
        for number in range(1154)
    ]
    sites.write(
        folder,
        {
            "site.yaml": "name: Made-up site\n",
            f"content/trials/{FEW}/trial.yaml": HEAD + "".join(line(*place) for place in PLACES),
            f"content/trials/{MANY}/trial.yaml": HEAD + "".join(many),
        },
    )
    report = sites.run(folder)
    assert report.published, report.diagnostics
    with serving(folder / "output", "/some/path/") as served:
        yield served


def opened(watch: Watched, made_up: str, trial: str = FEW) -> Page:
    """Open a trial at its places."""
    watch.page.goto(f"{made_up}trials/{trial}/#locations")
    watch.page.locator("#locations").scroll_into_view_if_needed()
    expect(watch.page.get_by_label("Your town or postcode")).to_be_visible()
    return watch.page


def ask(page: Page, text: str) -> None:
    page.get_by_label("Your town or postcode").fill(text)
    page.keyboard.press("Enter")


def nearest(page: Page) -> list[str]:
    return [
        text.split(" Clinic")[0].replace("\n", " ")
        for text in page.locator(".places-near li").all_inner_texts()
    ]


def test_a_town_a_code_and_a_choice_sort_the_places(browser: Browser, made_up: str) -> None:
    with watched(browser, made_up) as watch:
        requests: list[str] = []
        watch.page.on("request", lambda request: requests.append(request.url))
        page = opened(watch, made_up)
        status = page.locator(".place-form [role=status]")
        assert not any("gazetteer/" in url for url in requests)
        ask(page, "Austin, TX")
        expect(status).to_have_text(
            "4 places are listed as open; the nearest is 145 miles (234 km) away. None is within 60 miles (100 km) of you."
        )
        assert [text.split()[-1] for text in nearest(page)] == [
            "Houston",
            "Dallas",
            "Berlin",
            "Austin",
            "Nowhere",
        ]
        assert "Distance not known" in page.locator(".places-near li").last.inner_text()
        assert page.locator(".folded-places:visible, h3:visible >> text=Germany").count() == 0
        assert Axe().run(page, context="#locations").response["violations"] == []

        ask(page, "77030")
        expect(page.get_by_role("heading", name="From ZIP code 77030, United States")).to_be_visible()
        expect(status).to_contain_text("1 is within 60 miles (100 km) of you.")
        ask(page, "10119")
        expect(status).to_contain_text("more than one place")
        page.get_by_role("button", name="Berlin area, Germany").click()
        expect(status).to_contain_text(
            "We know the area 1011…, not this exact code. 4 places are listed as open"
        )
        expect(status).to_contain_text("less than 5 km (3 miles)")
        assert nearest(page)[0].endswith("Berlin")
        ask(page, "Springfeild")
        expect(status).to_contain_text("Did you mean one of these?")
        expect(page.locator(".place-choices button").first).to_contain_text("Springfield")
        ask(page, "zz9 9zz")
        expect(status).to_have_text("We do not know the code “zz9 9zz”. Type your town instead.")

        page.get_by_role("button", name="Forget my place").click()
        expect(status).to_contain_text("Your place is forgotten.")
        expect(page.get_by_role("heading", name="Germany 2 places")).to_be_visible()
        assert page.get_by_label("Your town or postcode").input_value() == ""
        names = {url.rsplit("/", 1)[-1] for url in requests if "gazetteer/" in url}
        assert all(name.startswith(("index", "towns-", "zip-", "areas", "outlines")) for name in names)
        assert page.url.endswith(f"trials/{FEW}/#locations")
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
        assert watch.all_troubles() == []


def test_the_device_is_asked_only_on_a_click_and_a_no_is_answered(browser: Browser, made_up: str) -> None:
    with watched(browser, made_up) as watch:
        page = opened(watch, made_up)
        page.get_by_role("button", name="Use my location").click()
        expect(page.locator(".place-form [role=status]")).to_contain_text("did not share your location")
        assert page.locator(".places-near").is_hidden()
        assert watch.all_troubles() == []
    where = {"latitude": 52.5, "longitude": 13.4}
    with watched(browser, made_up, geolocation=where, permissions=["geolocation"], locale="de-DE") as watch:
        page = opened(watch, made_up)
        assert page.locator(".places-near").is_hidden()
        page.get_by_role("button", name="Use my location").click()
        expect(page.get_by_role("heading", name="From your location")).to_be_visible()
        expect(page.locator(".place-form [role=status]")).to_contain_text("less than 5 km (3 miles) away")
        assert watch.all_troubles() == []


def test_a_place_is_kept_only_for_the_tab_and_only_when_asked(browser: Browser, made_up: str) -> None:
    with watched(browser, made_up) as watch:
        page = opened(watch, made_up)
        ask(page, "Berlin, Germany")
        expect(page.locator(".places-near li").first).to_contain_text("Berlin")
        page.get_by_label("Remember my place").check()
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 1]
        page.reload()
        expect(page.get_by_role("heading", name="From Berlin, Germany")).to_be_visible()
        page.get_by_label("Remember my place").uncheck()
        assert page.evaluate("sessionStorage.length") == 0
        assert watch.all_troubles() == []


def test_list_and_map_are_in_step(browser: Browser, made_up: str) -> None:
    with watched(browser, made_up) as watch:
        page = opened(watch, made_up)
        ring = page.locator(".place-ring")
        page.locator("#locations li", has_text="Dallas").first.hover()
        expect(ring).to_have_attribute("d", re.compile(r"^M.+a"))
        before = ring.get_attribute("d")
        next_place = page.get_by_role("button", name="Name the next place")
        next_place.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".place-map [role=status]")).to_contain_text("Place 1 of 4:")
        page.keyboard.press("Enter")
        expect(page.locator(".place-map [role=status]")).to_contain_text("Place 2 of 4:")
        assert ring.get_attribute("d") != before
        page.get_by_role("button", name="Show it in the list").click()
        focused = page.evaluate("document.activeElement.textContent")
        named = page.locator(".place-map [role=status]").inner_text()
        assert focused.split()[0] in named
        assert watch.all_troubles() == []


def test_a_thousand_places_are_there_on_demand_and_without_script(browser: Browser, made_up: str) -> None:
    with watched(browser, made_up) as watch:
        page = opened(watch, made_up, MANY)
        assert page.locator("#locations li").count() <= 30
        folded = page.locator("details.folded-places").last
        folded.locator("summary").click()
        expect(folded.locator("li").first).to_be_visible()
        ask(page, "Berlin, Germany")
        expect(page.locator(".places-near li")).to_have_count(10)
        page.get_by_role("button", name="Show 40 more places").click()
        expect(page.locator(".places-near li")).to_have_count(50)
        assert watch.all_troubles() == []
    with watched(browser, made_up, java_script_enabled=False) as watch:
        watch.page.goto(f"{made_up}trials/{MANY}/")
        watch.page.get_by_role("link", name="See all 1,154 places").click()
        expect(watch.page.locator(".places li")).to_have_count(1154)
