"""The history of a trial from version control: every way in which content comes, goes and breaks. All of it is made up."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from made_up_history import MadeUpHistory
from made_up_versions import (
    FACTS,
    FOLDER,
    ID,
    OTHER_WORDS,
    RECORD,
    SITE,
    SPANISH,
    SUMMARY,
    WORDS,
    grown,
    record,
    summary,
)
from sites import SETTLED_NS, options, published, run, trial
from test_incremental import commit_content

from trialpages.machine import git
from trialpages.machine.memo import open_memo, open_memo_read_only
from trialpages.site.history import NO_HISTORY, History
from trialpages.stages import history as stage
from trialpages.stages import history_log
from trialpages.stages.content import read_content
from trialpages.stages.decoding import DecodeState
from trialpages.stages.history import read_histories
from trialpages.stages.options import Report, silent
from trialpages.words.language import Language

PAGE = f"trials/{ID}/index.html"
FEED = f"trials/{ID}/feed.xml"


def known(site: Path, trial_id: str = ID) -> History:
    """Ask for the histories of a site without building it, and return what is remembered of a trial's changes."""
    asked = options(site)
    asked.cache.mkdir(exist_ok=True)
    content = read_content(asked, [])
    snapshot, config = content.snapshot, content.config
    decoding = DecodeState(
        directory=site,
        snapshot=snapshot,
        snapshot_path=config.registry or "",
        retrieved=None,
        code="made up",
        remembered_keys={},
        language=Language(),
        severities={},
        short_forms=frozenset(),
    )
    memo = open_memo(asked.cache / "memo.sqlite")
    try:
        read_histories(asked, memo, content, decoding, [], silent)
    finally:
        memo.close()
    return remembered(site, trial_id)


def remembered(site: Path, trial_id: str = ID) -> History:
    memo = open_memo_read_only(site / ".cache" / "memo.sqlite")
    try:
        encoded = memo.history(trial_id)
    finally:
        memo.close()
    return msgspec.msgpack.decode(encoded, type=History) if encoded else NO_HISTORY


def kinds(history: History) -> list[str]:
    """Return each day, who changed something, and what kinds of change."""
    return [
        f"{news.day} {news.source}: {' '.join(change.kind for change in news.changes)}"
        for news in history.news
    ]


def settle(site: Path) -> None:
    """Let all content seem to have been at rest, so that a build may trust its stamps."""
    for path in (site / "content").rglob("*"):
        os.utime(path, ns=(SETTLED_NS, SETTLED_NS))


def test_days_are_those_of_the_record_and_of_the_editors_commits(tmp_path: Path) -> None:
    grown(tmp_path)
    found = known(tmp_path)
    assert kinds(found) == [
        "2026-10-20 registry: status",
        "2026-07-02 editors: reviewed",
        "2026-06-10 registry: rules",
        "2026-02-03 editors: words-rewritten",
        "2025-11-06 registry: places-closed date-moved",
        "2025-05-28 registry: enrollment-planned",
        "2025-03-10 editors: summary-added",
    ]
    assert (found.added, found.since) == ("2025-03-01", None)


def test_without_version_control_a_page_has_no_history(tmp_path: Path) -> None:
    history = grown(tmp_path)
    shutil.rmtree(history.folder / ".git")
    report = run(tmp_path)
    assert report.diagnostics == []
    output = published(tmp_path / "output")
    assert FEED not in output
    assert b"what-changed" not in output[PAGE]


def test_a_site_that_leaves_version_control_forgets_its_history(tmp_path: Path) -> None:
    grown(tmp_path)
    run(tmp_path)
    assert FEED in published(tmp_path / "output")
    shutil.rmtree(tmp_path / ".git")
    run(tmp_path)
    assert FEED not in published(tmp_path / "output")
    assert remembered(tmp_path) == NO_HISTORY


def test_what_is_not_committed_is_no_change_yet(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    (tmp_path / RECORD).write_text(record("2026-02-01", status="COMPLETED"))
    assert known(tmp_path) == NO_HISTORY
    commit_content(tmp_path, "2026-02-03")
    assert kinds(known(tmp_path)) == ["2026-02-01 registry: status"]


def test_what_changes_on_the_day_of_its_adding_or_back_in_a_day_is_no_news(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    history.commit("2026-01-02", {SUMMARY: summary(WORDS)})
    assert known(tmp_path) == NO_HISTORY
    history.commit("2026-01-05", {SUMMARY: summary(OTHER_WORDS)})
    history.commit("2026-01-05", {SUMMARY: summary(WORDS)})
    assert known(tmp_path) == NO_HISTORY


def test_a_renewed_day_of_the_copy_is_not_even_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    for day in ("2026-01-17", "2026-02-02", "2026-02-18"):
        history.commit(day, {RECORD: record("2026-01-01", day)})
    decoded = []
    sound = stage._sound

    def count(*arguments: object) -> object:
        decoded.append(arguments)
        return sound(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(stage, "_sound", count)
    assert known(tmp_path) == NO_HISTORY
    assert len(decoded) == 1


def test_a_version_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, FACTS: "title: [broken", RECORD: record("2026-01-01")})
    history.commit("2026-01-05", {FACTS: None})
    history.commit("2026-02-02", {RECORD: '{"protocolSection": '})
    history.commit("2026-02-03", {RECORD: record("2026-02-01", status="COMPLETED")})
    found = known(tmp_path)
    assert kinds(found) == ["2026-02-01 registry: status"]
    assert found.added == "2026-01-02"


def test_a_folder_that_was_removed_and_came_back_goes_on(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    history.commit("2026-01-05", {RECORD: None})
    history.commit("2026-01-06", {RECORD: record("2026-01-01")})
    assert known(tmp_path) == NO_HISTORY
    history.commit("2026-01-08", {RECORD: None})
    history.commit("2026-02-03", {RECORD: record("2026-02-01", status="COMPLETED")})
    found = known(tmp_path)
    assert kinds(found) == ["2026-02-01 registry: status"]
    assert found.added == "2026-01-02"


def test_a_trial_that_is_not_committed_any_more_has_no_history(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    first = {**SITE, RECORD: record("2026-01-01"), "content/trials/NCT00000002/trial.yaml": trial()}
    history.commit("2026-01-02", first)
    history.commit("2026-02-03", {RECORD: record("2026-02-01", status="COMPLETED")})
    assert known(tmp_path) != NO_HISTORY
    history.run("rm", "-q", "--cached", RECORD)
    history.run("commit", "-q", "-m", "A change", day="2026-02-04")
    assert (tmp_path / RECORD).exists()
    assert known(tmp_path) == NO_HISTORY


def test_a_renamed_folder_begins_anew(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    facts = trial(brief_title="A made-up study")
    history.commit("2026-01-02", {**SITE, "content/trials/MADE-UP-1/trial.yaml": facts})
    history.run("mv", "content/trials/MADE-UP-1", "content/trials/MADE-UP-2")
    history.run("commit", "-q", "-m", "A change", day="2026-02-02")
    assert known(tmp_path, "MADE-UP-2") == NO_HISTORY
    changed = trial(brief_title="A made-up study", overall_status="COMPLETED")
    history.commit("2026-03-03", {"content/trials/MADE-UP-2/trial.yaml": changed})
    found = known(tmp_path, "MADE-UP-2")
    assert kinds(found) == ["2026-03-03 editors: status"]
    assert found.added == "2026-02-02"


def test_what_a_merge_brought_has_the_day_of_the_merge(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01"), SUMMARY: summary(WORDS)})
    history.run("checkout", "-q", "-b", "side")
    history.commit("2026-01-03", {SUMMARY: summary("Something else. It was never published.")})
    history.commit("2026-01-04", {SUMMARY: summary(OTHER_WORDS)})
    history.run("checkout", "-q", "main")
    history.run("merge", "-q", "--no-ff", "-m", "merge", "side", day="2026-02-01")
    assert kinds(known(tmp_path)) == ["2026-02-01 editors: words-rewritten"]


def test_an_older_record_that_was_put_back_is_no_change_of_the_registry(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01"), SUMMARY: summary(WORDS)})
    history.commit("2026-02-03", {RECORD: record("2026-02-01", status="COMPLETED")})
    history.run("revert", "--no-edit", "HEAD", day="2026-02-10")
    told = ["2026-02-01 registry: status"]
    assert kinds(known(tmp_path)) == told
    history.commit("2026-02-12", {SUMMARY: summary(OTHER_WORDS)})
    told.insert(0, "2026-02-12 editors: words-rewritten")
    assert kinds(known(tmp_path)) == told
    history.commit("2026-03-03", {RECORD: record("2026-03-01", status="COMPLETED", enrollment=400)})
    assert kinds(known(tmp_path)) == ["2026-03-01 registry: enrollment-planned", *told]


def test_a_draft_is_no_page_yet(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    first = {**SITE, RECORD: record("2026-01-01"), FACTS: "draft: true\n"}
    history.commit("2026-01-02", {**first, "content/trials/NCT00000002/trial.yaml": trial()})
    history.commit("2026-01-05", {SUMMARY: summary(WORDS)})
    history.commit("2026-02-02", {FACTS: None})
    assert known(tmp_path) == NO_HISTORY
    history.commit("2026-03-03", {RECORD: record("2026-03-01", status="COMPLETED")})
    found = known(tmp_path)
    assert kinds(found) == ["2026-03-01 registry: status"]
    assert found.added == "2026-02-02"


def test_words_in_other_languages_have_their_history(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    spanish = "---\nsource: el registro\n---\n\n## En pocas palabras\n\n{}\n"
    history.commit("2026-01-05", {SPANISH: spanish.format("Un estudio inventado.")})
    history.commit("2026-01-08", {SPANISH: spanish.format("No existe: lo hemos inventado para probar.")})
    found = known(tmp_path)
    assert kinds(found) == ["2026-01-08 editors: words-rewritten", "2026-01-05 editors: summary-added"]
    assert {change.language for news in found.news for change in news.changes} == {"es"}


def test_a_trial_without_a_record_is_changed_by_editors_alone(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, FACTS: trial()})
    dated = {"overall_status": "COMPLETED", "last_update_post_date": "2026-01-10"}
    history.commit("2026-02-03", {FACTS: trial(**dated)})
    assert kinds(known(tmp_path)) == ["2026-02-03 editors: status"]


def test_words_over_a_record_of_a_snapshot_have_their_history(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    settings = "name: Made-up site\nregistry: studies.json\n"
    site = {"content/site.yaml": settings, "studies.json": record("2026-01-01")}
    history.commit("2026-01-02", {**site, SUMMARY: summary(WORDS)})
    history.commit("2026-01-05", {"studies.json": record("2026-01-04", status="COMPLETED")})
    history.commit("2026-01-08", {SUMMARY: summary(OTHER_WORDS)})
    assert kinds(known(tmp_path)) == ["2026-01-08 editors: words-rewritten"]


def cut(history: MadeUpHistory, depth: int, folder: Path) -> Path:
    words = ["git", "clone", "-q", "--depth", str(depth), history.folder.as_uri(), str(folder)]
    subprocess.run(words, check=True)
    return folder


def test_a_cut_history_tells_what_it_knows_and_says_so(tmp_path: Path) -> None:
    history = grown(tmp_path / "whole")
    site = cut(history, 4, tmp_path / "cut")
    report = run(site)
    assert [(each.code, each.severity) for each in report.diagnostics] == [("history-shallow", "note")]
    assert "fetch --unshallow" in str(report.diagnostics[0].help)
    found = remembered(site)
    assert kinds(found) == [
        "2026-10-20 registry: status",
        "2026-07-02 editors: reviewed",
        "2026-06-10 registry: rules",
    ]
    assert (found.added, found.since) == (None, "2026-02-03")
    assert known(tmp_path / "whole").news[:3] == found.news
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=site, check=True)
    settle(site)
    assert run(site).diagnostics == []
    assert remembered(site) == remembered(tmp_path / "whole")


def test_the_last_commit_alone_tells_nothing(tmp_path: Path) -> None:
    site = cut(grown(tmp_path / "whole"), 1, tmp_path / "cut")
    report = run(site, strict=True)
    assert report.published
    assert [each.code for each in report.diagnostics] == ["history-shallow"]
    assert FEED not in published(site / "output")


def test_a_trial_that_was_added_after_the_cut_knows_its_day(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path / "whole")
    history.commit("2026-01-01", SITE)
    history.commit("2026-01-02", {"content/trials/NCT00000002/trial.yaml": trial()})
    history.commit("2026-01-03", {RECORD: record("2026-01-01")})
    history.commit("2026-02-03", {RECORD: record("2026-02-01", status="COMPLETED")})
    site = cut(history, 3, tmp_path / "cut")
    found = known(site)
    assert (found.added, found.since) == ("2026-01-03", None)


def test_of_a_long_history_the_latest_days_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_log, "MOST_STEPS", 2)
    grown(tmp_path)
    found = known(tmp_path)
    assert kinds(found) == ["2026-10-20 registry: status", "2026-07-02 editors: reviewed"]
    assert (found.added, found.since) == (None, "2026-06-15")


def test_a_later_commit_asks_only_for_the_trials_that_it_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(tmp_path)
    commit_content(tmp_path, "2026-10-22")
    whole = known(tmp_path)
    asked: list[tuple[str, ...]] = []
    tell = git.commits

    def listen(repo: git.Repository, *folders: str, after: str = "") -> Iterator[git.Commit]:
        asked.append((*folders, "after" if after else "from the beginning"))
        return tell(repo, *folders, after=after)

    monkeypatch.setattr(stage, "commits", listen)
    commit_content(tmp_path, "2026-10-23")
    assert known(tmp_path) == whole
    assert asked == [("trials", "after")]
    asked.clear()
    (tmp_path / SUMMARY).write_text(summary("Something new: a third made-up text about the made-up drug."))
    commit_content(tmp_path, "2026-10-24")
    assert kinds(known(tmp_path)) == ["2026-10-24 editors: words-rewritten", *kinds(whole)]
    assert asked == [("trials", "after"), (f"trials/{ID}", "from the beginning")]
    asked.clear()
    known(tmp_path)
    assert asked == []


def test_another_branch_is_another_history(tmp_path: Path) -> None:
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    history.commit("2026-02-03", {RECORD: record("2026-02-01", status="COMPLETED")})
    assert kinds(known(tmp_path)) == ["2026-02-01 registry: status"]
    history.run("checkout", "-q", "-b", "other", "HEAD~1")
    history.commit("2026-02-04", {RECORD: record("2026-02-02", enrollment=400)})
    assert kinds(known(tmp_path)) == ["2026-02-02 registry: enrollment-planned"]
    history.run("checkout", "-q", "main")
    assert kinds(known(tmp_path)) == ["2026-02-01 registry: status"]


def same_from_nothing(site: Path, scratch: Path, report: Report) -> None:
    """Assert that the built site and what was said equal those of a copy built from nothing, with two jobs."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(site, scratch, ignore=shutil.ignore_patterns("output", ".cache"))
    cold = run(scratch, jobs=2)
    assert published(site / "output") == published(scratch / "output")
    assert report.diagnostics == cold.diagnostics


def test_a_commit_ends_the_rest_of_a_site_that_had_nothing_to_do(tmp_path: Path) -> None:
    site = tmp_path / "site"
    history = MadeUpHistory(site)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01")})
    settle(site)
    run(site)
    assert run(site).nothing_changed
    (site / RECORD).write_text(record("2026-02-01", status="COMPLETED"))
    settle(site)
    run(site)
    assert run(site).nothing_changed
    commit_content(site, "2026-02-03")
    report = run(site)
    assert report.rendered == [f"trials/{ID}/"]
    assert FEED in published(site / "output")
    assert run(site).nothing_changed
    same_from_nothing(site, tmp_path / "cold", report)
    history.run("reset", "-q", "--soft", "HEAD~1")
    report = run(site)
    assert report.rendered == [f"trials/{ID}/"]
    assert FEED not in published(site / "output")
    same_from_nothing(site, tmp_path / "cold", report)


def test_a_cut_history_is_said_warm_and_cold(tmp_path: Path) -> None:
    site = cut(grown(tmp_path / "whole"), 3, tmp_path / "cut")
    settle(site)
    report = run(site)
    again = run(site)
    assert again.nothing_changed
    assert again.diagnostics == report.diagnostics != []
    same_from_nothing(site, tmp_path / "cold", report)


def test_a_content_folder_may_be_the_top_or_lie_deep(tmp_path: Path) -> None:
    for prefix in ("", "a/b/"):
        folder = tmp_path / (prefix.replace("/", "-") or "top")
        history = MadeUpHistory(folder)
        path = f"{prefix}trials/{ID}/registry.json"
        history.commit("2026-01-02", {f"{prefix}site.yaml": "name: x\n", path: record("2026-01-01")})
        history.commit("2026-02-03", {path: record("2026-02-01", status="COMPLETED")})
        run(folder, content=folder / prefix)
        assert kinds(remembered(folder)) == ["2026-02-01 registry: status"]


def test_settings_and_hooks_of_git_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = grown(tmp_path)
    for name, value in {
        "log.showRoot": "false",
        "log.showSignature": "true",
        "log.follow": "true",
        "diff.renames": "copies",
        "diff.relative": "true",
        "log.date": "relative",
        "core.abbrev": "4",
        "color.ui": "always",
    }.items():
        history.run("config", name, value)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    found = known(tmp_path)
    assert len(found.news) == 7
    assert found.added == "2025-03-01"


def test_the_folder_of_a_trial_is_taken_by_its_name(tmp_path: Path) -> None:
    """A name with the signs of a pattern must not match its neighbors, nor end the build."""
    history = MadeUpHistory(tmp_path)
    history.commit("2026-01-02", {**SITE, RECORD: record("2026-01-01"), f"{FOLDER}/notes.txt": "x"})
    history.commit(
        "2026-01-03", {"content/trials/NCT0000000[1]/trial.yaml": trial(), f"{FOLDER}/notes.txt": None}
    )
    assert known(tmp_path) == NO_HISTORY
    assert known(tmp_path, "NCT0000000[1]") == NO_HISTORY
