"""The preview as a process: the site as production serves it, a save that reaches its page, and a clean end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sites import published, trial, write

PROJECT = Path(__file__).parent.parent
PATIENCE_SECONDS = 30.0
TRIAL = "trials/NCT00000001/"
TODAY = "2026-11-23"


def command(site: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "trialpages", "serve", "-C", str(site), "--today", TODAY, *words]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"}


class Preview:
    """A running preview of a small site."""

    def __init__(self, site: Path, *words: str, port: int = 0) -> None:
        self.said = ""
        self.process = subprocess.Popen(
            command(site, "--port", str(port), *words),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(),
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            found = re.search(r"serving (http://\S+)", line)
            if found:
                self.address = found[1]
                break
        else:
            raise AssertionError(f"the preview did not start:\n{self.said}")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].split("/")[0])

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def state(self, page: str) -> Any:
        root = re.sub(r"(://[^/]+/).*", r"\1", self.address)
        with urllib.request.urlopen(f"{root}__preview/state?page={page}", timeout=60) as answer:
            return json.loads(answer.read())

    def wait_for(self, path: str, text: str) -> None:
        """Wait until a page shows a text; fail when it never does."""
        self.until(lambda: text in self.get(path)[1], f"{path} never showed {text!r}")

    def until(self, is_so: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < end, f"{what}\n{self.said}"
            time.sleep(0.02)

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        self._reader.join(timeout=60)
        return code


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "a-made-up-folder"
    write(
        folder,
        {
            "content/site.yaml": "name: A made-up site\nbase_url: https://made-up.example/repo/\n",
            "content/trials/NCT00000001/trial.yaml": trial(),
        },
    )
    return folder


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    running = Preview(site)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


def test_every_save_reaches_the_page(site: Path, preview: Preview) -> None:
    assert "A made-up study of aspirin" in preview.get(TRIAL)[1]
    file = site / "content/trials/NCT00000001/trial.yaml"
    for number in range(4):
        file.write_text(trial(f"Made-up title {number}"))
        preview.wait_for(TRIAL, f"Made-up title {number}")
    beside = file.with_name("trial.yaml~new")
    beside.write_text(trial("Renamed into place"))
    beside.replace(file)
    preview.wait_for(TRIAL, "Renamed into place")
    preview.wait_for("conditions/headache/", "Renamed into place")


def test_a_fault_is_told_here_and_elsewhere_and_is_gone_when_it_is_mended(
    site: Path, preview: Preview
) -> None:
    file = site / "content/trials/NCT00000001/trial.yaml"
    good = file.read_text()
    assert preview.state(TRIAL)["faults"]["counts"]["error"] == 0
    file.write_text(good + "titel: x\n")
    preview.until(lambda: preview.state(TRIAL)["faults"]["here"], "the fault was never told")
    (here,) = (each for each in preview.state(TRIAL)["faults"]["here"] if each["severity"] == "error")
    assert (here["code"], here["path"]) == ("unknown-field", "content/trials/NCT00000001/trial.yaml")
    assert [each["code"] for each in preview.state("")["faults"]["elsewhere"]] == ["unknown-field"]
    preview.until(lambda: "error[unknown-field]" in preview.said, "the terminal never told it")
    file.write_text(good)
    preview.until(lambda: not preview.state(TRIAL)["faults"]["counts"]["error"], "it is still there")
    preview.until(
        lambda: "mended: unknown-field" in preview.said, "the terminal never told that it is mended"
    )


def test_a_new_and_a_deleted_trial_are_seen(site: Path, preview: Preview) -> None:
    folder = site / "content/trials/NCT00000002"
    folder.mkdir()
    (folder / "trial.yaml").write_text(trial("A second made-up study"))
    preview.wait_for("trials/NCT00000002/", "A second made-up study")
    preview.wait_for("conditions/headache/", "A second made-up study")
    (folder / "trial.yaml").unlink()
    folder.rmdir()
    preview.until(
        lambda: "A second made-up study" not in preview.get("conditions/headache/")[1], "it is still listed"
    )
    preview.until(lambda: preview.get("trials/NCT00000002/")[0] == 404, "it is still there")


def test_the_site_stands_below_its_path_and_nothing_of_the_machine_is_sent(
    site: Path, preview: Preview
) -> None:
    assert preview.address.endswith("/repo/")
    status, page = preview.get("no/such/page/")
    assert status == 404
    assert 'href="/repo/' in page
    (site / "content/trials/NCT00000001/trial.yaml").write_bytes(b"title: [\xff\n")
    (site / "templates").mkdir()
    (site / "templates" / "home.html").write_text("{{ nothing.at.all }}{% include 'none.html' %}")
    preview.until(lambda: preview.state("")["faults"]["here"], "the faults were never told")
    root = re.sub(r"(://[^/]+/).*", r"\1", preview.address)
    own = [f"{root}__preview/{name}" for name in ("state", "panel", "client.js", "open", "x")]
    pages = [f"{preview.address}{name}" for name in ("", TRIAL, "browse/", "none/", "site.json", "404.html")]
    for address in (*own, *(f"{each}?page={TRIAL}" for each in own[:2]), *pages, f"{root}livereload.js"):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                sent = str(answer.headers) + answer.read().decode()
        except urllib.error.HTTPError as error:
            sent = str(error.headers) + error.read().decode()
        for secret in (site.name, str(Path.home()) + "/", str(PROJECT), socket.gethostname()):
            assert secret not in sent, address


def test_it_writes_neither_content_nor_output(site: Path, preview: Preview) -> None:
    before = published(site / "content")
    preview.wait_for(TRIAL, "A made-up study of aspirin")
    assert preview.stop() == 0
    assert published(site / "content") == before
    assert not (site / "output").exists()


def test_a_taken_port_leads_to_the_next_one(site: Path, preview: Preview) -> None:
    second = Preview(site, port=preview.port)
    try:
        assert preview.port < second.port < preview.port + 10
        assert f"port {preview.port} is taken" in second.said
        assert "A made-up study of aspirin" in second.get(TRIAL)[1]
    finally:
        second.stop()


def test_ten_taken_ports_are_wrong_use(site: Path) -> None:
    with ExitStack() as held:
        for start in range(21_000, 60_000, 53):
            try:
                for port in range(start, start + 10):
                    held.enter_context(socket.create_server(("127.0.0.1", port)))
            except OSError:
                held.close()
                continue
            break
        done = subprocess.run(
            command(site, "--port", str(start)), capture_output=True, text=True, env=environment(), timeout=60
        )
    assert done.returncode == 2
    assert f"no port from {start} to {start + 9} on 127.0.0.1 is free" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_interruption_ends_it_cleanly(site: Path, preview: Preview, number: int) -> None:
    preview.wait_for(TRIAL, "A made-up study of aspirin")
    children = children_of(preview.process.pid)
    with socket.create_connection(("127.0.0.1", preview.port)):
        assert preview.stop(number) == 0
    assert "Traceback" not in preview.said
    assert preview.said.endswith("stopped\n")
    preview.until(lambda: not any(map(is_running, children)), "a child is left")
    with socket.create_server(("127.0.0.1", preview.port)):
        pass


def test_an_interruption_at_once_ends_it_too(site: Path) -> None:
    running = Preview(site)
    assert running.stop() == 0
    assert "Traceback" not in running.said


def children_of(process: int) -> list[Path]:
    """Return where the system tells of the children of a process; nowhere where it does not tell."""
    return [
        place
        for place in Path("/proc").glob("[0-9]*")
        if re.search(rf"^PPid:\s+{process}$", status_of(place), re.MULTILINE)
    ]


def is_running(process: Path) -> bool:
    return bool(re.search(r"^State:\s+[^ZX]", status_of(process), re.MULTILINE))


def status_of(process: Path) -> str:
    try:
        return (process / "status").read_text()
    except OSError:
        return ""
