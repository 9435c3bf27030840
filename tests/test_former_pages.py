"""Pages that vanish leave a redirect or a page that says so, never a silent 404. All trials are made up."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from made_up_history import MadeUpHistory
from sites import SETTLED_NS, options, published, run, trial, write

from trialpages.model.former_page import EDITORS, PREVIOUS, FormerPage, FormerPages
from trialpages.model.former_page_moves import merged, settled
from trialpages.model.reading_grade import reading
from trialpages.pages.former_pages import Redirect, redirects
from trialpages.pages.previous_site import list_of_part, read_previous
from trialpages.stages.build import build, check
from trialpages.stages.options import Report
from trialpages.words.diagnostics import Sink

SITE = {"content/site.yaml": "name: A made-up site\nbase_url: https://trials.example/repo/\n"}
ENTRIES = "content/former-pages.yaml"


def facts(number: int) -> str:
    return f"content/trials/NCT0000000{number}/trial.yaml"


def made_up(number: int, *, draft: bool = False) -> str:
    told = trial(f"Made-up trial {number}", brief_summary=f"Made-up text {number}")
    return told + ("draft: true\n" if draft else "")


def site_of(folder: Path, *numbers: int) -> None:
    write(folder, {**SITE, **{facts(number): made_up(number) for number in numbers}})


def gone(folder: Path, number: int) -> None:
    path = folder / facts(number)
    path.unlink()
    path.parent.rmdir()


def listed(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "output/site.json").read_text("utf-8"))["former_pages"]
    return found


def codes(report: Report) -> list[tuple[str, int | None]]:
    return [(each.code, each.span.line) for each in report.diagnostics if each.severity != "note"]


def text_of(folder: Path, page: str) -> str:
    tree = html.fromstring((folder / "output" / page / "index.html").read_bytes())
    return " ".join(str(tree.xpath("string(//main)")).split())


# --- From the editors.


def test_an_entry_leads_on_or_says_that_the_page_is_gone(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    entries = """
- page: trials/NCT00000002/
  reason: This made-up study was counted twice
  since: 2026-11-20
- page: old/place/
  moved_to: trials/NCT00000001/
- page: elsewhere/
  moved_to: https://www.example.org/a?b=1&c=2
"""
    write(tmp_path, {ENTRIES: entries})
    report = run(tmp_path)
    assert codes(report) == []
    assert text_of(tmp_path, "trials/NCT00000002") == (
        "This trial is no longer on this site "
        "We took down the page about NCT00000002 on November 20, 2026. "
        "Why: This made-up study was counted twice. "
        "This does not tell you whether the trial is open, has ended or was stopped. "
        "Do you take part in this trial? Then your study team can answer your questions. "
        "ClinicalTrials.gov may still have a record of it. Look for NCT00000002 there. "
        "What you can do now Search for other trials Go to the home page"
    )
    head = html.fromstring((tmp_path / "output/trials/NCT00000002/index.html").read_bytes())
    assert head.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert head.xpath("//link[@rel='canonical'] | //meta[@http-equiv='refresh']") == []
    moved = html.fromstring((tmp_path / "output/old/place/index.html").read_bytes())
    assert moved.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../trials/NCT00000001/"]
    assert moved.xpath("//link[@rel='canonical']/@href") == [
        "https://trials.example/repo/trials/NCT00000001/"
    ]
    assert moved.xpath("//main//a/@href") == ["../../trials/NCT00000001/"]
    assert moved.xpath("//script") == []
    away = html.fromstring((tmp_path / "output/elsewhere/index.html").read_bytes())
    assert away.xpath("//meta[@http-equiv='refresh']/@content") == [
        "0; url=https://www.example.org/a?b=1&c=2"
    ]
    assert "another site: www.example.org." in text_of(tmp_path, "elsewhere")
    assert codes(check(options(tmp_path))) == []


def test_a_former_page_is_in_no_list_no_search_and_no_sitemap(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    write(
        tmp_path,
        {ENTRIES: "- page: trials/NCT00000002/\n  since: 2026-11-20\n- page: a/\n  moved_to: browse/\n"},
    )
    run(tmp_path)
    naming = {
        path
        for path, data in published(tmp_path / "output").items()
        if path != ".trialpages-files" and (b"NCT00000002" in data or b'"a/"' in data or b"repo/a/" in data)
    }
    assert naming == {"trials/NCT00000002/index.html", "trials/NCT00000002/feed.xml", "site.json"}


def test_an_existing_page_wins_over_its_entry(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    write(tmp_path, {ENTRIES: "- page: trials/NCT00000001/\n- page: browse/\n  moved_to: search/\n"})
    report = run(tmp_path)
    assert codes(report) == [("former-page-stands", 2), ("former-page-stands", 1)]
    assert "Made-up trial 1" in text_of(tmp_path, "trials/NCT00000001")
    assert listed(tmp_path) == []


def test_chains_lead_to_their_end_and_circles_and_nowhere_are_refused(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    write(tmp_path, {ENTRIES: "- {page: a/, moved_to: b/}\n- {page: b/, moved_to: trials/NCT00000001/}\n"})
    assert codes(run(tmp_path)) == []
    assert [each["moved_to"] for each in listed(tmp_path)] == ["trials/NCT00000001/"] * 2
    before = published(tmp_path / "output")
    entries = "- {page: a/, moved_to: b/}\n- {page: b/, moved_to: https://trials.example/repo/a/}\n"
    entries += "- {page: c/, moved_to: trails/NCT00000001/}\n- {page: d/, moved_to: e/}\n- page: e/\n"
    write(tmp_path, {ENTRIES: entries}, tick=1)
    report = run(tmp_path)
    assert codes(report) == [
        ("former-page-circle", 1),
        ("former-page-circle", 2),
        ("former-page-nowhere", 3),
        ("former-page-gone", 4),
    ]
    nowhere = next(each for each in report.diagnostics if each.code == "former-page-nowhere")
    assert nowhere.help == "did you mean 'trials/NCT00000001/'?"
    assert not report.published and published(tmp_path / "output") == before


def test_the_first_source_decides_and_a_later_one_adds_the_day() -> None:
    mine = FormerPage(page="trials/A1/", by=EDITORS, reason="Why")
    theirs = FormerPage(
        page="trials/A1/", by=PREVIOUS, moved_to="b/", since="2026-01-02", conditions=("Flu",)
    )
    (found,) = merged([mine], [theirs]).values()
    assert found == FormerPage(
        page="trials/A1/", by=EDITORS, reason="Why", since="2026-01-02", conditions=("Flu",)
    )
    pages, faults = settled({"trials/A1/": theirs}, frozenset({"b/", "trials/A1/"}))
    assert pages == () and [fault.kind for fault in faults] == ["stands"]


# --- From version control.


def history_of(folder: Path) -> MadeUpHistory:
    made = MadeUpHistory(folder)
    made.commit("2026-01-02", {**SITE, ".gitignore": "output/\n.cache/\n"})
    return made


def test_a_trial_that_was_taken_away_leaves_a_page_that_says_so(tmp_path: Path) -> None:
    history = history_of(tmp_path)
    history.commit("2026-01-03", {facts(number): made_up(number) for number in (1, 2)})
    history.commit("2026-02-04", {facts(2): None})
    (tmp_path / facts(2)).parent.rmdir()
    assert codes(run(tmp_path)) == []
    page = {"page": "trials/NCT00000002/", "moved_to": None, "since": "2026-02-04", "by": "history"}
    assert listed(tmp_path) == [page]
    text = text_of(tmp_path, "trials/NCT00000002")
    assert "on February 4, 2026." in text and "See other trials for: Headache" in text
    assert "Made-up" not in text
    history.commit("2026-02-05", {facts(2): made_up(2)})
    run(tmp_path)
    assert listed(tmp_path) == [] and "Made-up trial 2" in text_of(tmp_path, "trials/NCT00000002")


def test_a_trial_that_was_only_ever_a_draft_leaves_nothing(tmp_path: Path) -> None:
    history = history_of(tmp_path)
    history.commit("2026-01-03", {facts(1): made_up(1), facts(2): made_up(2, draft=True)})
    history.commit("2026-01-04", {facts(2): made_up(2, draft=True) + "brief_title: Another\n"})
    history.commit("2026-02-04", {facts(2): None})
    (tmp_path / facts(2)).parent.rmdir()
    run(tmp_path)
    assert listed(tmp_path) == []


def test_a_trial_that_became_a_draft_again_was_public(tmp_path: Path) -> None:
    history = history_of(tmp_path)
    history.commit("2026-01-03", {facts(1): made_up(1), facts(2): made_up(2)})
    history.commit("2026-01-04", {facts(2): made_up(2, draft=True)})
    run(tmp_path)
    assert [each["page"] for each in listed(tmp_path)] == ["trials/NCT00000002/"]
    run(tmp_path, drafts=True)
    assert listed(tmp_path) == []


@pytest.mark.parametrize(("edited", "moved_to"), [("", "trials/NCT00000003/"), ("phases: [PHASE2]\n", None)])
def test_only_a_folder_whose_files_stayed_as_they_were_is_a_redirect(
    tmp_path: Path, edited: str, moved_to: str | None
) -> None:
    history = history_of(tmp_path)
    history.commit("2026-01-03", {facts(1): made_up(1), facts(2): made_up(2)})
    history.commit("2026-01-04", {facts(2): None, facts(3): made_up(2) + edited})
    (tmp_path / facts(2)).parent.rmdir()
    run(tmp_path)
    assert [(each["page"], each["moved_to"]) for each in listed(tmp_path)] == [
        ("trials/NCT00000002/", moved_to)
    ]


def test_what_is_remembered_of_the_history_says_the_same_as_a_clean_build(tmp_path: Path) -> None:
    history = history_of(tmp_path)
    history.commit("2026-01-03", {facts(number): made_up(number) for number in range(1, 6)})
    for day, number in (("2026-02-01", 1), ("2026-02-02", 2), ("2026-02-03", 3)):
        history.commit(day, {facts(number): None})
        (tmp_path / facts(number)).parent.rmdir()
        run(tmp_path)
    warm = published(tmp_path / "output")
    run(tmp_path, output=tmp_path / "clean", cache=tmp_path / ".clean")
    assert published(tmp_path / "clean") == warm
    assert [each["since"] for each in listed(tmp_path)] == ["2026-02-01", "2026-02-02", "2026-02-03"]


# --- From the site as it stands in public.


def previous_of(folder: Path) -> Path:
    kept = folder / "previous.json"
    kept.write_bytes((folder / "output/site.json").read_bytes())
    return kept


def test_what_the_public_site_has_does_not_vanish_silently(tmp_path: Path) -> None:
    site_of(tmp_path, 1, 2)
    other = trial("Another made-up trial", conditions="[Hay fever]")
    write(tmp_path, {facts(3): other, "content/pages/about.md": "---\ntitle: About\n---\nMade up.\n"})
    run(tmp_path)
    previous = previous_of(tmp_path)
    gone(tmp_path, 3)
    (tmp_path / "content/pages/about.md").unlink()
    run(tmp_path, previous=previous)
    pages = [(each["page"], each["since"]) for each in listed(tmp_path)]
    assert pages == [
        (page, "2026-11-23") for page in ("about/", "conditions/hay-fever/", "trials/NCT00000003/")
    ]
    assert text_of(tmp_path, "conditions/hay-fever") == (
        "This list is no longer on this site It was taken down on November 23, 2026. "
        "The list may have a new name, or it may hold no trials now. See the list of all conditions. "
        "What you can do now Search for other trials Go to the home page"
    )
    assert codes(check(options(tmp_path, previous=previous))) == []
    second = previous_of(tmp_path)
    run(tmp_path, previous=second)
    assert [(each["page"], each["since"]) for each in listed(tmp_path)] == pages, "the first day stays"
    write(tmp_path, {facts(3): other}, tick=1)
    run(tmp_path, previous=second)
    assert [each["page"] for each in listed(tmp_path)] == ["about/"], "a page that is back stands again"


def test_a_redirect_of_the_editors_holds_as_long_as_they_keep_it(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    write(tmp_path, {ENTRIES: "- {page: a/, moved_to: browse/}\n"})
    run(tmp_path)
    previous = previous_of(tmp_path)
    (tmp_path / ENTRIES).unlink()
    run(tmp_path, previous=previous)
    assert listed(tmp_path) == [{"page": "a/", "moved_to": None, "since": None, "by": "previous"}]


def test_a_later_part_of_a_list_leads_to_its_beginning(tmp_path: Path) -> None:
    assert list_of_part("browse/status/recruiting/page/2/") == "browse/status/recruiting/"
    assert [list_of_part(page) for page in ("page/2/", "a/page/", "a/page/b/")] == ["", "", ""]
    site_of(tmp_path, 1)
    run(tmp_path)
    facts_of_site = json.loads((tmp_path / "output/site.json").read_text("utf-8"))
    facts_of_site["addresses"]["conditions/headache/page/"] = ["2"]
    (tmp_path / "previous.json").write_text(json.dumps(facts_of_site))
    run(tmp_path, previous=tmp_path / "previous.json")
    assert [(each["page"], each["moved_to"]) for each in listed(tmp_path)] == [
        ("conditions/headache/page/2/", "conditions/headache/")
    ]


def test_a_page_that_cannot_be_made_now_is_not_gone(tmp_path: Path) -> None:
    site_of(tmp_path, 1, 2)
    run(tmp_path)
    previous = previous_of(tmp_path)
    write(tmp_path, {facts(2): made_up(2) + "overall_status: OPEN\n"}, tick=1)
    run(tmp_path, previous=previous, keep_going=True)
    assert listed(tmp_path) == []
    assert json.loads((tmp_path / "output/site.json").read_text())["addresses"]["trials/"] == [
        "NCT00000001",
        "NCT00000002",
    ]


SOUND = '{"version": 1, "corpus": "x", "addresses": {"trials/": ["NCT00000001"]}, "former_pages": []}'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("<!doctype html><title>404</title>", "it is not JSON"),
        ('{"version": 1, "corpus": ', "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[]", "it does not hold what every site.json holds"),
        ('{"name": "another program", "version": "1"}', "it does not hold what every site.json holds"),
        (SOUND.replace('"version": 1', '"version": 2'), "a newer trialpages wrote it"),
        (SOUND.replace('{"trials/": ["NCT00000001"]}', "[]"), "its addresses are no groups"),
        (SOUND.replace('["NCT00000001"]', "7"), "its addresses are no groups of names"),
        (SOUND.replace('"NCT00000001"', '"../../x"'), "it lists an address that no page of ours has"),
        (SOUND.replace('"NCT00000001"', '"trial.json"'), "it lists an address that no page of ours has"),
        (SOUND.replace('"former_pages": []', '"former_pages": {}'), "its former pages are no list"),
        (
            SOUND.replace('"former_pages": []', '"former_pages": [{"page": "a/", "since": "soon"}]'),
            "one of its former pages is not described as it should be",
        ),
        (
            SOUND.replace(
                '"former_pages": []', '"former_pages": [{"page": "a/", "moved_to": "javascript:x"}]'
            ),
            "it lists an address that no page of ours has",
        ),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_words(text: str, why: str) -> None:
    sink: Sink = []
    assert read_previous(SOUND.encode(), "previous.json", sink) is not None and sink == []
    assert read_previous(text.encode(), "previous.json", sink) is None
    assert [(each.code, each.what) for each in sink] == [
        ("previous-unreadable", f"This is not the site.json of a published site: {why}")
    ]


def test_a_build_with_a_damaged_file_publishes_nothing_and_an_old_one_is_said(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    previous = tmp_path / "previous.json"
    previous.write_text("<!doctype html>")
    report = run(tmp_path, previous=previous)
    assert [each.code for each in report.diagnostics] == ["previous-unreadable"] and not report.published
    previous.write_text('{"version": 1, "corpus": "x"}')
    report = run(tmp_path, previous=previous, strict=True)
    assert [each.code for each in report.diagnostics] == ["previous-without-pages"] and report.published


def test_another_previous_file_is_something_to_do(tmp_path: Path) -> None:
    site_of(tmp_path, 1, 2)
    build(options(tmp_path))
    previous = previous_of(tmp_path)
    os.utime(previous, ns=(SETTLED_NS, SETTLED_NS))
    assert not build(options(tmp_path, previous=previous)).nothing_changed
    assert build(options(tmp_path, previous=previous)).nothing_changed
    os.utime(previous, ns=(SETTLED_NS + 10**9, SETTLED_NS + 10**9))
    assert not build(options(tmp_path, previous=previous)).nothing_changed


# --- What else is made of them.


def test_servers_are_told_of_both_kinds() -> None:
    former = FormerPages(
        pages=(
            FormerPage(page="a/", by=EDITORS, moved_to="b/"),
            FormerPage(page="c/", by=EDITORS, moved_to="https://www.example.org/"),
            FormerPage(page="trials/NCT00000001/", by=EDITORS),
        )
    )
    assert redirects(former) == (
        Redirect(source="a/", target="b/", status=301),
        Redirect(source="c/", target="https://www.example.org/", status=301),
        Redirect(source="trials/NCT00000001/", target="trials/NCT00000001/index.html", status=410),
    )


def test_a_feed_ends_with_an_entry_that_says_so(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    other = trial("Another made-up trial", conditions="[Hay fever]")
    write(tmp_path, {facts(3): other})
    run(tmp_path)
    feed = "conditions/hay-fever/feed.xml"
    name = (tmp_path / "output" / feed).read_text("utf-8").partition("<id>")[2].partition("</id>")[0]
    previous = previous_of(tmp_path)
    gone(tmp_path, 3)
    run(tmp_path, previous=previous)
    text = (tmp_path / "output" / feed).read_text("utf-8")
    assert f"<id>{name}</id>" in text, "the same feed goes on"
    assert text.count("<entry>") == 1
    assert "<title>This list is no longer on this site</title>" in text
    assert "<p>This feed has ended. No news will come here.</p>" in text
    assert "Another made-up trial" not in text


def test_the_words_are_easy(tmp_path: Path) -> None:
    site_of(tmp_path, 1)
    write(
        tmp_path,
        {ENTRIES: "- page: trials/NCT00000002/\n- page: conditions/flu/\n- {page: b/, moved_to: browse/}\n"},
    )
    run(tmp_path)
    for page in ("trials/NCT00000002", "conditions/flu", "b"):
        assert reading(text_of(tmp_path, page), ("ClinicalTrials.gov", "NCT00000002")).grade <= 8
