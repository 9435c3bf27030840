"""The site in memory, after every edit: each page has the bytes of a clean build, and what is gone is gone.

The edits are those of the step scripts in `incremental/`, a random walk, and some that only a preview meets.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sites import options, published, run, trial, write
from test_incremental import SCRIPTS, clean_build, commit_content, steps
from test_random_walk import SEEDS, Walk

from trialpages.machine.output import OWNED
from trialpages.preview.batch import Batch
from trialpages.preview.memory import page_answers
from trialpages.preview.memory.live_site import LiveSite
from trialpages.words.catalogue import CATALOGUE
from trialpages.words.diagnostics import ERROR, Diagnostic
from trialpages.words.report import render

BUILT_ONLY = "search/"
"""Below it lies the search index, which the preview takes from the build behind it."""
RECORDS = "search/trials.json"
TRIAL = "content/trials/NCT00000001/trial.yaml"
PATIENCE_SECONDS = 60.0


class Compared:
    """A live site that is held against clean builds."""

    def __init__(self, site: Path, scratch: Path) -> None:
        self.site = site
        self.live = LiveSite(options(site))
        self._scratch = scratch
        self._known: set[str] = set()

    def saved(self, *paths: str) -> None:
        self.live.apply(Batch(paths=frozenset(str(self.site / path) for path in paths)))

    def check(self, where: str) -> None:
        """Assert that every file, and what is said, is that of a clean build."""
        self.live.settle()
        report, clean = clean_build(self.site, self._scratch, keep_going=True)
        files = {
            path: content
            for path, content in clean.items()
            if path != OWNED and (not path.startswith(BUILT_ONLY) or path == RECORDS)
        }
        answers = {path: self.live.answer(path) for path in files}
        said = render(list(self.live.diagnostics()), format="text")
        assert said == render(report.diagnostics, format="text"), where
        if any(each.severity == ERROR and "/trials/" not in each.span.path for each in report.diagnostics):
            return
        for path, content in files.items():
            answer = answers[path]
            assert answer is not None, f"{where}: no {path}"
            assert answer.content == content, f"{where}: {path} differs"
            assert not answer.is_provisional, f"{where}: {path} is provisional"
            assert not answer.faults
        faulty = {each.span.path for each in report.diagnostics if each.severity == ERROR}
        for path in self._known - files.keys():
            held = any(f"/{path.split('/')[1]}/" in fault for fault in faulty if "/" in path)
            gone = self.live.answer(path)
            assert gone is None or path.startswith("assets/") or held, f"{where}: {path} is still there"
        self._known |= files.keys()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_page_is_that_of_a_clean_build_after_every_step(script: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    compared = Compared(site, tmp_path / "clean")
    for tick, step in enumerate(steps(script.read_text("utf-8"))):
        write(site, step.files, tick=tick)
        for name in step.removed:
            (site / name).unlink()
            if not any((site / name).parent.iterdir()):
                (site / name).parent.rmdir()
        if step.commit:
            commit_content(site, step.commit)
        if step.name != "site":
            compared.saved(*step.files, *step.removed)
        compared.check(f"{script.name}, {step.name}")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_walk_ends_at_the_pages_of_a_clean_build(seed: int, tmp_path: Path) -> None:
    walk = RecordedWalk(tmp_path / "site", seed)
    compared = Compared(walk.site, tmp_path / "clean")
    done: list[str] = []
    for _ in range(6):
        compared.check(f"seed {seed}, after {done}")
        walk.touched.clear()
        done.append(walk.step())
        compared.saved(*walk.touched)
    compared.check(f"seed {seed}, after {done}")


class RecordedWalk(Walk):
    """A walk that remembers which paths it has touched, as a watcher tells them."""

    def __init__(self, site: Path, seed: int) -> None:
        self.touched: set[str] = set()
        super().__init__(site, seed)

    def put(self, name: str, text: str) -> None:
        self.touched.add(name)
        super().put(name, text)

    def delete(self) -> None:
        before = set(self.trials)
        super().delete()
        self.touched |= {self.path(each) for each in before - self.trials}

    def rename(self) -> None:
        before = set(self.trials)
        super().rename()
        self.touched |= {f"content/trials/{each}" for each in before ^ self.trials}


def test_no_page_waits_for_another_whose_template_does_not_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"content/site.yaml": "name: A made-up site\n", TRIAL: trial()})
    live = LiveSite(options(tmp_path))
    live.open()
    began, goes_on = threading.Event(), threading.Event()

    def held(make: Callable[[], bytes | Diagnostic], url: str) -> bytes | Diagnostic:
        if url == "browse/":
            began.set()
            goes_on.wait(PATIENCE_SECONDS)
        return make()

    monkeypatch.setattr(page_answers, "guarded", held)
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(live.answer, "browse/")
        try:
            assert began.wait(PATIENCE_SECONDS)
            home = pool.submit(live.answer, "").result(PATIENCE_SECONDS / 2)
            assert home is not None
            assert home.content
            assert not slow.done()
        finally:
            goes_on.set()
        listed = slow.result(PATIENCE_SECONDS)
    assert listed is not None
    assert listed.content


def test_a_page_that_was_being_made_as_its_template_was_saved_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = "templates/404.html"
    write(tmp_path, {"content/site.yaml": "name: A made-up site\n", TRIAL: trial(), template: "before"})
    live = LiveSite(options(tmp_path))
    live.open()
    made: list[bytes | Diagnostic] = []

    def saved_meanwhile(make: Callable[[], bytes | Diagnostic], url: str) -> bytes | Diagnostic:
        content = make()
        if url == "404.html" and not made:
            made.append(content)
            write(tmp_path, {template: "after"}, tick=1)
            live.apply(Batch(paths=frozenset({str(tmp_path / template)})))
            assert live.answer("") is not None
        return content

    monkeypatch.setattr(page_answers, "guarded", saved_meanwhile)
    answer = live.answer("404.html")
    assert made == [b"before"]
    assert answer is not None
    assert answer.content == b"after"


def test_files_of_a_build_behind_are_read_where_it_is_made(tmp_path: Path) -> None:
    write(tmp_path, {"content/site.yaml": "name: A made-up site\n", TRIAL: trial()})
    chosen = options(tmp_path)
    second = replace(chosen, cache=tmp_path / ".cache/preview-2", output=tmp_path / ".cache/preview-2/site")
    run(tmp_path, cache=second.cache, output=second.output)
    live = LiveSite(chosen, second)
    live.open()
    path = next(
        each for each in sorted(published(second.output)) if each.startswith("search/") and each != RECORDS
    )
    answer = live.answer(path)
    assert answer is not None
    assert answer.content == (second.output / path).read_bytes()


def test_a_fault_of_ours_is_in_the_catalogue() -> None:
    assert page_answers.OWN_FAULT in CATALOGUE
