"""A limit of time: what never ends is ended with its name, and nothing is left of the limit."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import options, run, trial, write

from trialpages.machine.time_limit import TimeLimitError, time_limit
from trialpages.pages import templates
from trialpages.stages import rendering

SHORT = 0.05


def in_main(work: Callable[[], None]) -> None:
    work()


def in_thread(work: Callable[[], None]) -> None:
    raised: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:  # The main thread judges.
            raised.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    if raised:
        raise raised[0]


BOTH = pytest.mark.parametrize("run_in", [in_main, in_thread])


def for_ever() -> None:
    number = 0
    while True:
        number += 1


@BOTH
def test_what_never_ends_is_ended(run_in: Callable[[Callable[[], None]], None]) -> None:
    def work() -> None:
        with time_limit(SHORT):
            for_ever()

    with pytest.raises(TimeLimitError) as caught:
        run_in(work)
    assert "for_ever" in [entry.name for entry in caught.traceback]


@BOTH
def test_what_ends_in_time_is_left_alone(run_in: Callable[[Callable[[], None]], None]) -> None:
    made: list[int] = []

    def work() -> None:
        for number in range(200):
            with time_limit(60):
                made.append(number)
        # Nothing is raised later by a limit whose block has ended long ago.
        with time_limit(0.2):
            pass
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            pass

    run_in(work)
    assert made == list(range(200))


@BOTH
def test_an_error_that_is_swallowed_is_raised_again(run_in: Callable[[Callable[[], None]], None]) -> None:
    swallowed: list[bool] = []

    def work() -> None:
        with time_limit(SHORT):
            try:
                for_ever()
            except Exception:
                swallowed.append(True)
            for_ever()

    with pytest.raises(TimeLimitError):
        run_in(work)
    assert swallowed == [True]


@BOTH
def test_the_shorter_of_two_limits_ends_the_work(run_in: Callable[[Callable[[], None]], None]) -> None:
    went: list[str] = []

    def work() -> None:
        with time_limit(60):
            try:
                with time_limit(SHORT):
                    for_ever()
            except TimeLimitError:
                went.append("the inner one ended")
        with time_limit(SHORT):
            try:
                with time_limit(60):
                    for_ever()
            except TimeLimitError:
                went.append("the outer one ended")
            for_ever()

    with pytest.raises(TimeLimitError):
        run_in(work)
    assert went == ["the inner one ended", "the outer one ended"]


@BOTH
def test_other_errors_go_through(run_in: Callable[[Callable[[], None]], None]) -> None:
    def work() -> None:
        with time_limit(60):
            raise KeyError("made up")

    with pytest.raises(KeyError):
        run_in(work)


def test_two_threads_have_limits_of_their_own() -> None:
    ended: list[str] = []

    def slow() -> None:
        try:
            with time_limit(SHORT):
                for_ever()
        except TimeLimitError:
            ended.append("slow")

    def quick() -> None:
        with time_limit(60):
            end = time.monotonic() + 0.3
            while time.monotonic() < end:
                pass
        ended.append("quick")

    threads = [threading.Thread(target=work) for work in (slow, quick, slow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ended) == ["quick", "slow", "slow"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such alarm")
def test_an_alarm_of_somebody_else_stays_as_it_was() -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 50, 7)
        with time_limit(30), time_limit(20):
            pass
        left, interval = signal.getitimer(signal.ITIMER_REAL)
        assert (40 < left <= 50, interval) == (True, 7)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.raise_signal(signal.SIGALRM)
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such alarm")
def test_no_alarm_is_left() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeLimitError), time_limit(SHORT):
        for_ever()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


# A template that loops for ever

LOOP = """<!doctype html>
<title>Made up</title>
{% for one in range(1000000000000) %}
{% set two = one %}
{% endfor %}
"""
ENDLESS = LOOP.replace("{% set two = one %}", "{{ one }}")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(rendering, "PAGE_SECONDS", 0.3)
    trials = {f"content/trials/NCT0000{number:04}/trial.yaml": trial() for number in range(30)}
    write(tmp_path, {"content/site.yaml": "name: A made-up site\n", "templates/trial.html": LOOP, **trials})
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_template_that_loops_for_ever_ends_the_build_with_its_name(site: Path, jobs: int) -> None:
    report = run(site, jobs=jobs)
    # On a busy machine another template may take as long as this short limit.
    found = [each for each in report.diagnostics if each.code == "template-too-slow"]
    slow = [each for each in found if each.span.path == "templates/trial.html"]
    assert slow
    assert {each.span.line for each in slow} <= {3, 4}
    assert all(each.what.startswith("The template has not made a page in 0.3 seconds") for each in slow)
    assert any("while making the page /trials/NCT0000" in note for each in slow for note in each.notes)
    assert not report.published
    assert report.errors


def test_a_template_that_makes_no_end_of_text_is_ended_too(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "PAGE_SECONDS", 600)
    monkeypatch.setattr(templates, "LONGEST_PAGE", 100_000)
    write(site, {"templates/trial.html": ENDLESS})
    slow = [each for each in run(site).diagnostics if each.code == "template-too-slow"]
    assert {(each.span.path, each.span.line) for each in slow} <= {
        ("templates/trial.html", n) for n in (3, 4)
    }
    assert {each.what for each in slow} == {
        "The template has made 100,000 characters without an end, so it was stopped"
    }


def test_a_template_that_loops_for_ever_is_ended_in_a_thread_too(site: Path) -> None:
    codes: list[str] = []

    def work() -> None:
        codes.extend(each.code for each in run(site).diagnostics)

    in_thread(work)
    assert "template-too-slow" in codes


def test_after_a_few_slow_pages_no_more_of_the_kind_are_tried(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    real = rendering.page_makers

    def page_makers(state: rendering.RenderState, job: rendering.PageJob) -> rendering.PageMakers:
        tried.append(job.url)
        return real(state, job)

    monkeypatch.setattr(rendering, "page_makers", page_makers)
    report = run(site)
    slow = [url for url in tried if url.startswith("trials/NCT")]
    assert len(slow) == rendering.SLOW_PAGES
    notes = [note for each in report.diagnostics if each.code == "template-too-slow" for note in each.notes]
    assert any("pages" in note for note in notes)
    assert options(site).output.exists() is False
