"""`check` makes the pages and reads them: every fault at the line that it comes from, and nothing is published."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sites import options, published, run, trial, write

from trialpages.cli import main
from trialpages.stages.build import check
from trialpages.stages.options import Report
from trialpages.words.diagnostics import Span, place

SUMMARY = "content/trials/NCT00000001/summary.md"
ABOUT = "---\ntitle: About\n---\nThis site is made up.\n"
SITE = {
    "content/site.yaml": "name: A made-up site\n",
    "content/trials/NCT00000001/trial.yaml": trial(),
    "content/pages/about.md": ABOUT,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site without a fault."""
    write(tmp_path, SITE)
    return tmp_path


def checked(site: Path, **changes: object) -> Report:
    return check(options(site, **changes))


def said(report: Report) -> list[str]:
    """Return `code path:line:column-end: what (note; help)` of the faults of the output."""
    return [
        f"{each.code} {each.span.path}:{each.span.line}:{each.span.column}: {each.what}"
        f" ({'; '.join([*each.notes, *([each.help] if each.help else [])])})"
        for each in sorted(report.diagnostics, key=place)
        if each.code in ("broken-link", "broken-anchor", "duplicate-id", "missing-alternative-text")
    ]


def pages_of_the_memo(site: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(site / ".cache/memo.sqlite")) as memo:
        return [*memo.execute("select * from pages"), *memo.execute("select * from files")]


def test_a_sound_site_has_no_fault_and_every_page_is_checked(site: Path) -> None:
    report = checked(site)
    assert said(report) == []
    assert report.errors == 0
    assert report.pages == run(site).pages
    assert checked(site, base_url="https://trials.example/below/").errors == 0


def test_nothing_is_published_and_nothing_left_behind(site: Path) -> None:
    checked(site)
    assert not (site / "output").exists()
    assert pages_of_the_memo(site) == []
    assert not (site / ".cache/checked").exists()
    run(site)
    before, known = published(site / "output"), pages_of_the_memo(site)
    write(site, {"content/trials/NCT00000001/trial.yaml": trial("Another title")}, tick=1)
    checked(site)
    assert published(site / "output") == before
    assert pages_of_the_memo(site) == known


def test_a_build_after_a_check_is_the_clean_build(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("clean")
    run(site)
    changed = {
        "content/trials/NCT00000001/trial.yaml": trial("Another title"),
        "content/trials/NCT00000002/trial.yaml": trial("A second one"),
        "content/pages/about.md": ABOUT.replace("About", "About us"),
    }
    write(site, changed, tick=1)
    checked(site)
    checked(site)
    report = run(site)
    assert "trials/NCT00000001/" in report.rendered and "about/" in report.rendered
    write(other, {**SITE, **changed})
    run(other)
    assert published(site / "output") == published(other / "output")


def test_editors_links_are_found_where_they_are_written(site: Path) -> None:
    write(
        site,
        {
            SUMMARY: "## In short\n\nSee [us](../../abuot/), [a word](../../glossary/#nothing), [a place](#sumary)\n"
            "and [again](../../conditions/headache).\n",
            "content/pages/about.md": ABOUT
            + "[Up](../../x) [file](made-up.pdf) [fine](../conditions/headache/)\n",
            "content/site.yaml": "name: A made-up site\nmain_navigation: [{title: Us, url: abuot/}]\n",
        },
    )
    assert said(checked(site)) == [
        "broken-link content/pages/about.md:5:6: The address '../../x' leads to nothing on this site"
        " (on the page about/)",
        "broken-link content/pages/about.md:5:22: The address 'made-up.pdf' leads to nothing on this site"
        " (on the page about/)",
        "broken-link content/site.yaml:2:36: The address 'abuot/' leads to nothing on this site"
        " (on 20 pages; the first: 404.html; did you mean 'about/'?)",
        f"broken-link {SUMMARY}:3:10: The address '../../abuot/' leads to nothing on this site"
        " (on the page trials/NCT00000001/; did you mean '../../about/'?)",
        f"broken-anchor {SUMMARY}:3:34: The address '../../glossary/#nothing' leads to a place 'nothing' that the page"
        " glossary/ does not have (on the page trials/NCT00000001/)",
        f"broken-anchor {SUMMARY}:3:70: The address '#sumary' leads to a place 'sumary' that this page does not have"
        " (on the page trials/NCT00000001/; did you mean '#summary'?)",
        f"broken-link {SUMMARY}:4:13: The address '../../conditions/headache' leads to nothing on this site"
        " (on the page trials/NCT00000001/; did you mean '../../conditions/headache/'?)",
    ]


def test_faults_of_templates_are_found_there_and_said_once(site: Path) -> None:
    own = (
        '<!DOCTYPE html><html lang="en"><title>x</title><h1 id="a">Made up</h1><p id="a">'
        '<img src="{{ root }}nowhere.png"><a href="{{ root }}glossary/#{{ page.title }}">x</a>'
        '<link rel="manifest" href="{{ root }}{{ page.title }}.webmanifest"></html>'
    )
    write(site, {"templates/prose.html": own})
    assert said(checked(site)) == [
        "broken-anchor output/about/index.html:1:1: The address '../glossary/#About' leads to a place 'About' that the"
        " page glossary/ does not have (on the page about/)",
        "broken-link output/about/index.html:1:1: The address '../About.webmanifest' leads to nothing on this site"
        " (on the page about/)",
        "duplicate-id templates/prose.html:1:52: Two parts of the page have the id 'a' (on the page about/)",
        "broken-link templates/prose.html:1:101: The address 'nowhere.png' leads to nothing on this site"
        " (on the page about/)",
        "missing-alternative-text templates/prose.html:1:101: The image 'nowhere.png' has no words for those who do not"
        ' see it (on the page about/; add alt="what the image shows", or alt="" where it only decorates)',
    ]


def test_an_address_that_forgets_the_sites_path_is_found(site: Path) -> None:
    write(site, {"content/pages/about.md": ABOUT + "[Words](/glossary/) [the hospital](/contact/)\n"})
    assert said(checked(site)) == said(checked(site, base_url="/"))
    (fault,) = said(checked(site, base_url="https://trials.example/below/"))
    assert fault == (
        "broken-link content/pages/about.md:5:9: The address '/glossary/' leads to the top of the server, and the site"
        " stands below it (on the page about/; did you mean '../glossary/'?)"
    )


def test_a_trial_with_errors_is_left_out_and_links_to_it_are_no_faults(site: Path) -> None:
    link = "[a trial](../trials/NCT00000002/) [its places](../trials/NCT00000002/#places)\n"
    write(
        site,
        {"content/pages/about.md": ABOUT + link, "content/trials/NCT00000002/trial.yaml": "titel: broken\n"},
    )
    report = checked(site)
    assert report.errors > 0 and report.pages > 0
    assert said(report) == []
    write(site, {"content/trials/NCT00000002/trial.yaml": trial("Mended", draft="true")}, tick=1)
    assert [each.split(":")[0] for each in said(checked(site))] == ["broken-link content/pages/about.md"] * 2


def test_pages_are_not_made_of_a_site_with_other_errors(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(site, {"content/pages/about.md": "no title\n"})
    assert main(["check", "-C", str(site), "--today", "2026-11-23", "--jobs", "1"]) == 1
    assert (
        "1 trial checked, but no pages (mend the errors outside of the trials' folders first), 1 error"
        in capsys.readouterr().out
    )


def test_sources_only_makes_no_page(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(site, {"content/pages/about.md": ABOUT + "[Gone](../gone/)\n"})
    words = ["check", "-C", str(site), "--today", "2026-11-23", "--jobs", "1"]
    assert main([*words, "--sources-only"]) == 0
    assert "1 trial checked, but no pages (--sources-only), 0 errors" in capsys.readouterr().out
    assert main(words) == 1
    assert "pages checked, 1 error" in capsys.readouterr().out


def test_any_number_of_jobs_finds_the_same(site: Path) -> None:
    trials = {f"content/trials/NCT{n:08}/trial.yaml": trial(f"Made-up trial {n}") for n in range(1, 40)}
    links = {
        f"content/trials/NCT{n:08}/summary.md": f"## In short\n\n[x](../../gone-{n}/) [y](../NCT{41 - n if n > 1 else 39:08}/#z{n})\n"
        for n in range(1, 40)
    }
    write(site, {**trials, **links})
    one, three = checked(site, jobs=1), checked(site, jobs=3)
    assert said(one) == said(three)
    assert len(said(one)) == 78


def test_a_fault_of_the_output_is_as_grave_as_the_site_says(site: Path) -> None:
    about = {"content/pages/about.md": ABOUT + "[Gone](../gone/)\n"}
    settings = "name: A made-up site\nseverities: {broken-link: "
    write(site, {**about, "content/site.yaml": f"{settings}note}}\n"})
    assert [each.severity for each in checked(site).diagnostics if each.code == "broken-link"] == ["note"]
    write(site, {"content/site.yaml": f"{settings}'off'}}\n"}, tick=1)
    assert said(checked(site)) == []


def test_the_target_is_that_of_the_settings_or_of_the_command_line(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from trialpages.pages import target_limits

    small = target_limits.Limits(name="A small host", files=10)
    monkeypatch.setattr(target_limits, "LIMITS", {"s3": small, "netlify": target_limits.Limits(name="Any")})
    write(site, {"content/site.yaml": "name: A made-up site\ntarget: s3\n"})
    (fault,) = [each for each in checked(site).diagnostics if each.code == "too-many-files"]
    assert (fault.span, fault.source_line) == (Span("content/site.yaml", 2, 1, 7), "target: s3")
    assert "A small host takes 10 files" in fault.what
    assert checked(site, target="netlify").errors == 0
    with pytest.raises(AssertionError):
        assert main(["check", "-C", str(site), "--target", "elsewhere"]) == 0
    assert "choose from" in capsys.readouterr().err


def test_a_check_in_a_workflow_annotates_and_adds_to_the_summary(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(site, {"content/pages/about.md": ABOUT + "[Gone](../gone/)\n"})
    words = ["check", "-C", str(site), "--today", "2026-11-23", "--jobs", "1", "--format", "github"]
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert main(words) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first == (
        "::error file=content/pages/about.md,line=5,col=8,endColumn=16,title=broken-link"
        "::The address '../gone/' leads to nothing on this site%0Aon the page about/"
    )
    assert last.startswith("1 trial and ")
    page = tmp_path / "summary.md"
    page.write_text("# Before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    assert main(words) == 1
    text = page.read_text("utf-8")
    assert text.startswith("# Before\n### 1 error\n\n1 trial and ")
    assert "| content/pages/about.md:5 | The address '../gone/' leads to nothing on this site<br>" in text


def test_a_check_says_what_tools_can_read(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["check", "-C", str(site), "--today", "2026-11-23", "--jobs", "1"]
    assert main([*words, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["pages"] > 5 and report["notes"] >= 0 and report["elsewhere"] == 0
    assert main([*words, "--format", "sarif"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["invocations"] == [{"executionSuccessful": True}]
    assert main([*words, "--format=sarif", "--target", "elsewhere"]) == 2
    assert not json.loads(capsys.readouterr().out)["runs"][0]["invocations"][0]["executionSuccessful"]
