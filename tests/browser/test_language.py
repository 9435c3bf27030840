"""A Spanish site in a browser: what its scripts say is Spanish, and what the record says is marked. The trials are made up."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from language_leaks import leaks
from made_up_registry import files, proper_names, words_of_record
from playwright.sync_api import Browser, Page, expect
from sites import run, write

from browser import care
from browser.server import serving
from browser.tools import PROJECT
from browser.watched import watched
from trialpages.words import language

SUMMARY = """---
title: Fictivina para la fiebre inventada
---

## En pocas palabras

Este ensayo inventado prueba la fictivina.
"""
NOTHING = b"<html lang='en'><body></body></html>"
BUILT = "2026-11-24"


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("spanish")
    write(folder, {**files("es"), "content/trials/NCT00000001/summary.es.md": SUMMARY})
    try:
        report = run(folder, templates=PROJECT / "templates", assets=PROJECT / "assets")
    finally:
        language.use(language.Language())
    assert (folder / "output/index.html").exists(), report
    with serving(folder / "output") as address:
        yield address


@pytest.fixture
def page(browser: Browser, spanish: str) -> Iterator[Page]:
    with watched(browser, spanish) as watch:
        watch.page.clock.set_fixed_time(f"{BUILT}T12:00:00")
        yield watch.page
        assert watch.all_troubles() == []


def english_left(page: Page) -> list[str]:
    """What the interface says on the page, as the reader has it now, in English. Scripts show the record's words as text."""
    record = words_of_record()
    return [
        f"{said.where}: {said.text[:160]}"
        for said in leaks(page.content().encode(), NOTHING, "es", proper_names() | record, record)
    ]


@pytest.mark.parametrize("path", ["", "search/", "browse/", "trials/NCT00000001/", "trials/NCT00000004/"])
def test_the_page_says_its_language(page: Page, spanish: str, path: str) -> None:
    page.goto(f"{spanish}{path}")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    found = [fault for fault in care.faults(page, {"light": care.LOOKS["light"]}) if "lang" in fault]
    assert found == []
    assert not english_left(page), english_left(page)


def test_the_search_answers_in_spanish(page: Page, spanish: str) -> None:
    page.goto(f"{spanish}search/")
    page.get_by_label("Enfermedad, tratamiento").fill("Alemania")
    page.get_by_role("button", name="Buscar ensayos").click()
    expect(page.get_by_role("status")).to_have_text("3 ensayos de 4 coinciden con su búsqueda.")
    own = page.get_by_role("link", name="Fictivina para la fiebre inventada")
    expect(own).to_be_visible()
    assert own.get_attribute("lang") is None
    results = page.locator("[data-search-results]")
    expect(results.locator("a[lang=en]").first).to_be_visible()
    expect(results).to_contain_text(re.compile("72 lugares en 3 países"))
    expect(results).to_contain_text(re.compile("Estado confirmado: octubre de 2026"))
    page.get_by_label("Ensayo que pone algo a prueba").check()
    page.get_by_label("Enfermedad, tratamiento").fill("nada de nada")
    expect(page.get_by_role("status")).to_contain_text("Ningún ensayo de este sitio")
    page.get_by_role("button", name=re.compile(r"^Buscar sin las palabras: \d ensayos$")).click()
    expect(page.get_by_label("Ordenar por")).to_be_visible()
    assert not english_left(page), english_left(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_everything_on_a_trials_page_is_spanish_once_its_scripts_have_run(page: Page, spanish: str) -> None:
    page.goto(f"{spanish}trials/NCT00000001/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fictivina para la fiebre inventada")
    expect(page.get_by_role("button", name="Guardar este ensayo")).to_be_visible()
    page.locator("#side-effects").scroll_into_view_if_needed()
    expect(page.get_by_label("Mostrar los problemas de salud de")).to_be_visible()
    page.locator("#eligibility").scroll_into_view_if_needed()
    expect(page.get_by_text("0 reglas marcadas.")).to_be_visible()
    page.locator("#locations").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Usar mi ubicación")).to_be_visible()
    assert not english_left(page), english_left(page)


def test_saved_trials_are_compared_in_spanish(page: Page, spanish: str) -> None:
    for trial in ("NCT00000001", "NCT00000002"):
        page.goto(f"{spanish}trials/{trial}/")
        page.get_by_role("button", name="Guardar este ensayo").click()
        expect(page.get_by_role("button", name="Quitar este ensayo")).to_be_visible()
        page.wait_for_load_state("networkidle")
    page.goto(f"{spanish}compare/")
    expect(page.get_by_role("table")).to_be_visible()
    assert not english_left(page), english_left(page)
