"""The preview: the site as production serves it, and a save that reaches the open page."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from sites import trial, write

PATIENCE_SECONDS = 20.0


class Preview:
    """A running preview of a small site."""

    def __init__(self, site: Path, *words: str) -> None:
        command = [sys.executable, "-m", "trialpages", "serve", "-C", str(site), "--port", "8750", *words]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            found = re.search(r"serving (http://\S+)", line)
            if found:
                self.address = found[1]
                return
        raise AssertionError(f"the preview did not start:\n{self.said}")

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait_for(self, path: str, text: str) -> None:
        """Wait until a page shows a text; fail when it never does."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if text in self.get(path)[1]:
                return
            time.sleep(0.05)
        raise AssertionError(f"{path} never showed {text!r}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {"content/site.yaml": "name: A made-up site\n", "content/trials/NCT00000001/trial.yaml": trial()},
    )
    return tmp_path


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    running = Preview(site)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


def test_a_save_reaches_the_page_and_so_does_the_next_one(site: Path, preview: Preview) -> None:
    path = "trials/NCT00000001/"
    assert "A made-up study of aspirin" in preview.get(path)[1]
    for number in range(4):
        (site / "content/trials/NCT00000001/trial.yaml").write_text(trial(f"Made-up title {number}"))
        preview.wait_for(path, f"Made-up title {number}")


def test_a_fault_is_shown_on_the_page_and_disappears_when_it_is_mended(site: Path, preview: Preview) -> None:
    file = site / "content/trials/NCT00000001/trial.yaml"
    good = file.read_text()
    file.write_text(good + "titel: x\n")
    preview.wait_for("trials/NCT00000001/", "trialpages-faults")
    assert "unknown-field" in preview.get("")[1]
    file.write_text(good)
    end = time.monotonic() + PATIENCE_SECONDS
    while "trialpages-faults" in preview.get("")[1]:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_file_saved_by_renaming_is_seen(site: Path, preview: Preview) -> None:
    file = site / "content/trials/NCT00000001/trial.yaml"
    beside = file.with_name("trial.yaml~new")
    beside.write_text(trial("Renamed into place"))
    beside.replace(file)
    preview.wait_for("trials/NCT00000001/", "Renamed into place")


def test_a_new_and_a_deleted_trial_are_seen(site: Path, preview: Preview) -> None:
    folder = site / "content/trials/NCT00000002"
    folder.mkdir()
    (folder / "trial.yaml").write_text(trial("A second made-up study"))
    preview.wait_for("trials/NCT00000002/", "A second made-up study")
    (folder / "trial.yaml").unlink()
    folder.rmdir()
    end = time.monotonic() + PATIENCE_SECONDS
    while preview.get("trials/NCT00000002/")[0] != 404:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_addresses_answer_as_in_production(preview: Preview) -> None:
    status, page = preview.get("no/such/page/")
    assert status == 404
    assert "Page not found" in page
    assert preview.get("trials/NCT00000001")[0] == 200
    assert preview.get("../content/site.yaml")[0] == 404
    assert preview.get("%2e%2e/content/site.yaml")[0] == 404
    assert json.loads(preview.get("search/trials.json")[1])


def test_a_taken_port_leads_to_the_next_one(site: Path, preview: Preview, tmp_path: Path) -> None:
    second = Preview(site, "--cache", str(tmp_path / "second-cache"), "--output", str(tmp_path / "second"))
    try:
        assert second.address != preview.address
        assert "port 8750 is taken" in second.said
    finally:
        second.stop()


def test_an_interruption_ends_it_cleanly(site: Path, preview: Preview) -> None:
    assert preview.stop() == 0
