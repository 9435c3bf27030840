"""What is made behind the preview: the whole site, beside the user's own builds, and nothing is left of it at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sites import options, run, trial, write

from trialpages.machine.lock import lock
from trialpages.machine.memo import open_memo_read_only
from trialpages.machine.seeding import seed
from trialpages.preview.behind.behind import Behind, progress_words
from trialpages.preview.behind.behind_process import options_of, order_of
from trialpages.stages.build import LOCK_NAME, MEMO_NAME, clean
from trialpages.words.diagnostics import Diagnostic

PATIENCE_SECONDS = 60.0


class Heard:
    """What was told of what is made behind."""

    def __init__(self) -> None:
        self.done: list[Sequence[Diagnostic]] = []
        self.faults: list[str] = []
        self.progress: list[str | None] = []

    def behind(self, site: Path) -> Behind:
        return Behind(options(site), self.progress.append, self.done.append, self.faults.append)


def wait(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {"content/site.yaml": "name: A made-up site\n", "content/trials/NCT00000001/trial.yaml": trial()}
    write(tmp_path, files)
    return tmp_path


def test_the_site_is_made_beside_that_of_the_user(site: Path) -> None:
    heard = Heard()
    behind = heard.behind(site)
    try:
        with lock(_made(site / ".cache") / LOCK_NAME):
            # Somebody's own build runs meanwhile; neither holds up the other.
            behind.want()
            wait(lambda: bool(heard.done or heard.faults))
        assert heard.faults == []
        assert (site / ".cache/preview/site/trials/NCT00000001/index.html").is_file()
        assert not (site / "output").exists()
        write(site, {"content/trials/NCT00000002/trial.yaml": trial() + "titel: x\n"}, tick=1)
        behind.want()
        wait(lambda: len(heard.done) > 1)
        assert "unknown-field" in [each.code for each in heard.done[-1]]
        assert heard.progress[-1] is None
    finally:
        behind.stop()
    assert clean(options(site)) == 0
    assert not (site / ".cache/preview").exists()


def test_a_memo_begins_with_what_the_users_knows_of_the_trials(site: Path) -> None:
    run(site)
    own, new = site / ".cache" / MEMO_NAME, site / ".cache/preview" / MEMO_NAME
    assert seed(own, new)
    memo, known = open_memo_read_only(new), open_memo_read_only(own)
    assert memo.unit_keys() == known.unit_keys() != {}
    assert memo.stamps() == known.stamps() != {}
    assert (memo.pages(), memo.files()) == ({}, {})
    assert known.pages() != {}
    memo.close()
    known.close()
    assert not seed(own, new)
    report = run(site, cache=new.parent, output=new.parent / "site")
    assert (report.read, report.published) == ([], True)


@pytest.mark.parametrize("content", [b"", b"made up" * 1000])
def test_what_is_no_memo_seeds_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "memo").write_bytes(content)
    assert not seed(tmp_path / "memo", tmp_path / "new/memo")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_second_preview_has_a_folder_of_its_own(site: Path) -> None:
    first, second = Heard(), Heard()
    one = first.behind(site)
    try:
        one.want()
        wait(lambda: bool(first.done))
        two = second.behind(site)
        try:
            two.want()
            wait(lambda: bool(second.done))
        finally:
            two.stop()
    finally:
        one.stop()
    assert [f"process {os.getpid()}" in said for said in second.faults] == [True]
    assert two.own.output == site / ".cache/preview-2/site"
    assert (site / ".cache/preview-2/site/index.html").is_file()


def test_a_folder_that_is_gone_is_not_made_anew(site: Path) -> None:
    heard = Heard()
    behind = heard.behind(site)
    try:
        site.rename(site.with_name("away"))
        behind.want()
        wait(lambda: bool(heard.faults))
        assert not site.exists()
        site.with_name("away").rename(site)
        behind.want()
        wait(lambda: bool(heard.done))
    finally:
        behind.stop()


def test_stopping_in_the_middle_leaves_no_process_and_a_site_that_can_be_made(site: Path) -> None:
    write(site, {f"content/trials/NCT0000{number:04}/trial.yaml": trial() for number in range(60)})
    heard = Heard()
    before = threading.active_count()
    behind = heard.behind(site)
    behind.want()
    wait(lambda: behind._process is not None)
    process = behind._process
    assert process is not None
    behind.stop()
    assert process.poll() is not None
    assert threading.active_count() == before
    again = heard.behind(site)
    again.want()
    wait(lambda: bool(heard.done))
    again.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux shows them")
def test_a_killed_server_leaves_no_process(site: Path) -> None:
    write(site, {f"content/trials/NCT0000{number:04}/trial.yaml": trial() for number in range(300)})
    code = (
        "import sys, time; sys.path.insert(0, 'tests'); from pathlib import Path; from sites import options\n"
        "from trialpages.preview.behind.behind import Behind\n"
        "from dataclasses import replace\n"
        "behind = Behind(replace(options(Path(sys.argv[1])), jobs=2), lambda said: None, lambda found: None)\n"
        "behind.want()\n"
        "while behind._process is None: time.sleep(0.01)\n"
        "print(behind._process.pid, flush=True); time.sleep(60)\n"
    )
    root = Path(__file__).parent.parent
    server = subprocess.Popen(
        [sys.executable, "-c", code, str(site)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert server.stdout is not None
    group = int(server.stdout.readline())
    wait(lambda: (site / ".cache/preview" / MEMO_NAME).exists())
    server.send_signal(signal.SIGKILL)
    server.wait()
    server.stdout.close()
    wait(lambda: not _alive(group))


def test_an_order_brings_all_options(site: Path) -> None:
    import json

    given = options(site, drafts=True, base_url="/x/", jobs=3, keep_going=True, previous=site / "site.json")
    assert options_of(json.loads(order_of(given, site / "memo"))["options"]) == given


def test_progress_is_told_in_words() -> None:
    assert progress_words("decode", 3200, 10000) == "reading 3,200 of 10,000 trials"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _alive(group: int) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if words and int(words[2]) == group and words[0] != "Z":
            found.append(entry.name)
    return found
