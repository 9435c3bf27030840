"""A site in another language says nothing in English, except what is marked as English.

The same made-up registry is built in English and in Spanish. Every text of every Spanish page, and every name that
only a screen reader says, must then be Spanish, or be marked with the language that it is in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from language_leaks import Said, leaks, texts
from made_up_registry import files, proper_names, words_of_record
from sites import published, run, write
from trial_view_made_up import changed, view
from trial_view_made_up import page as rendered

from trialpages import messages
from trialpages.words import language

SOME_KINDS = ("index.html", "trials/NCT00000001/index.html", "search/index.html", "404.html")
"""Some of the kinds of pages, so that an empty output cannot pass."""


@pytest.fixture(autouse=True)
def speak_english_again() -> Iterator[None]:
    yield
    language.use(language.Language())


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The published files of the made-up registry by language."""
    found = {}
    for code in ("en", "es"):
        folder = tmp_path_factory.mktemp(code)
        write(folder, files(code))
        report = run(folder)
        assert not report.diagnostics
        found[code] = published(folder / "output")
    return found


def pages(site: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in site.items() if path.endswith(".html")}


def test_both_sites_have_the_same_pages(sites: dict[str, dict[str, bytes]]) -> None:
    assert set(pages(sites["en"])) == set(pages(sites["es"])) >= set(SOME_KINDS)
    long = {path.split("/")[2] for path in pages(sites["es"]) if path.count("/") == 3 and "trials/" in path}
    assert long >= {"adverse-events", "places"}


def test_no_english_is_left_unmarked(sites: dict[str, dict[str, bytes]]) -> None:
    names, record = proper_names(), words_of_record()
    found: dict[Said, list[str]] = {}
    for path, page in pages(sites["es"]).items():
        for leak in leaks(page, sites["en"][path], "es", names, record):
            found.setdefault(leak, []).append(path)
    lines = [f"{leak.where} on {where[0]}: {leak.text[:200]}" for leak, where in found.items()]
    assert not lines, f"{len(lines)} texts are English:\n" + "\n".join(lines[:80])


def test_only_these_two_languages_are_spoken(sites: dict[str, dict[str, bytes]]) -> None:
    spoken = {said.language for page in pages(sites["es"]).values() for said in texts(page)}
    assert spoken == {"es", "en"}
    assert {said.language for page in pages(sites["en"]).values() for said in texts(page)} == {"en"}


def test_dates_numbers_and_lists_are_spanish(sites: dict[str, dict[str, bytes]]) -> None:
    page = sites["es"]["trials/NCT00000001/index.html"].decode()
    assert "5 de octubre de 2026" in page
    assert "Alemania" in page
    assert "October" not in page


def test_what_the_editors_wrote_is_not_marked_as_english() -> None:
    def marked(*edited: str) -> set[str]:
        trial = changed(
            has_registry_record=True,
            edited_fields=edited,
            study_population="Población",
            gender_description="Sexo",
            masking_description="Quién sabe",
            target_duration="2 años",
            allocation=None,
            eligibility_criteria="Inclusion Criteria:\n\n* Regla",
        )
        shown = rendered(view(trial))
        found = {
            "eligibility": "//section[@id='eligibility']//*[@lang='en']",
            "objectives": "//section[@id='objectives']//*[@lang='en']",
            "design": "//section[@id='design']//*[@lang='en']",
            "locations": "//section[@id='locations']//*[@lang='en']",
        }
        return {name for name, path in found.items() if shown.xpath(path)}

    language.use(language.Language(code="es", catalogue=(messages.CATALOGUES / "es.po").read_bytes()))
    assert marked() == {"eligibility", "objectives", "design", "locations"}
    edited = {
        "eligibility": (
            *("study_population", "gender_description"),
            *("eligibility_criteria", "inclusion_criteria", "exclusion_criteria"),
        ),
        "objectives": ("primary_outcomes", "secondary_outcomes", "other_outcomes"),
        "design": ("arm_groups", "interventions", "masking_description", "target_duration"),
        "locations": ("locations",),
    }
    for name, fields in edited.items():
        assert name not in marked(*fields)


def test_programs_are_told_the_language(sites: dict[str, dict[str, bytes]]) -> None:
    assert json.loads(sites["es"]["site.json"])["language"] == "es"
    assert '"inLanguage":"es"' in sites["es"]["trials/NCT00000001/index.html"].decode()
    record = json.loads(sites["es"]["search/trials.json"])[0]
    assert (record["status"], record["status_label"]) == ("RECRUITING", "Abierto: busca participantes")
    assert record["title_language"] == "en"
    assert set(record["countries"]) == {"Alemania", "Corea del Sur", "Estados Unidos"}


def test_the_browser_is_given_spanish_words(sites: dict[str, dict[str, bytes]]) -> None:
    modules = {Path(path).name: text.decode() for path, text in sites["es"].items() if path.endswith(".js")}
    assert modules["messages.js"].startswith('export const language = "es";\n')
    assert '"Save this trial":["Guardar este ensayo"]' in modules["messages.js"]
    assert '"{count} trial":["{count} ensayo","{count} ensayos"]' in modules["more-messages.js"]
