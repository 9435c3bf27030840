"""Opening a place of the site in an editor: which editor, with which words, and what is refused."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from trialpages.preview.panel import editor
from trialpages.preview.panel.editor import open_in_editor
from trialpages.preview.panel.editors import BY_COMMAND, EDITORS, IN_TERMINAL

PATH = "content/trials/NCT00000001/trial.yaml"
FAKE = """#!{python}
import json, os, sys, time
open({said!r} + ".pid", "w").write(str(os.getpid()))
json.dump([os.path.basename(sys.argv[0]), *sys.argv[1:]], open({said!r} + ".part", "w"))
os.replace({said!r} + ".part", {said!r})
time.sleep({seconds})
sys.exit({code})
"""


class Desk:
    """A made-up machine: a site, a folder of commands, and what the last editor was told."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "a site with spaces"
        self.commands = folder / "commands"
        self.said = folder / "said.json"
        self.file = self.site / PATH
        self.file.parent.mkdir(parents=True)
        self.file.write_text("title: made up\n")
        self.commands.mkdir()

    def install(self, name: str, *, code: int = 0, seconds: float = 0) -> None:
        """Put an editor into the folder of commands that writes down its words and ends."""
        command = self.commands / name
        command.write_text(
            FAKE.format(python=sys.executable, said=str(self.said), code=code, seconds=seconds)
        )
        command.chmod(0o755)

    def open(self, path: str = PATH, *, at: int | None = 7, **variables: str) -> str | None:
        """Open a place with only these variables."""
        return open_in_editor(self.site, path, at, {"PATH": str(self.commands), **variables})

    def told(self) -> list[str]:
        """Return the words that the editor got, its own name first, after waiting for it to write them."""
        patience = time.monotonic() + 20
        while not self.said.exists():
            assert time.monotonic() < patience, "no editor was started"
            time.sleep(0.01)
        found: list[str] = json.loads(self.said.read_text())
        return found


def opened_with(desk: Desk, variables: dict[str, str]) -> str | None:
    """Open the usual place with further variables."""
    return open_in_editor(desk.site, PATH, 7, {"PATH": str(desk.commands), **variables})


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(editor, "PROCESSES", tmp_path / "no processes")
    return Desk(tmp_path)


@pytest.mark.parametrize(
    "command, words",
    [
        ("code", ["--goto", "{file}:7"]),
        ("codium", ["--goto", "{file}:7"]),
        ("cursor", ["--goto", "{file}:7"]),
        ("zed", ["{file}:7"]),
        ("subl", ["{file}:7"]),
        ("pycharm", ["--line", "7", "{file}"]),
        ("idea", ["--line", "7", "{file}"]),
        ("kate", ["--line", "7", "{file}"]),
        ("gedit", ["+7", "{file}"]),
        ("notepad++", ["-n7", "{file}"]),
        ("mate", ["-l", "7", "{file}"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(desk: Desk, command: str, words: list[str]) -> None:
    desk.install(command)
    assert desk.open() is None
    assert desk.told() == [command, *(word.format(file=desk.file) for word in words)]


def test_the_own_variable_wins_over_the_usual_ones_and_over_what_is_installed(desk: Desk) -> None:
    for name in ("code", "kate", "gedit"):
        desk.install(name)
    assert desk.open(TRIALPAGES_EDITOR="gedit", VISUAL="kate", EDITOR="code") is None
    assert desk.told()[0] == "gedit"


@pytest.mark.parametrize("variables", [{"VISUAL": "kate --block"}, {"EDITOR": "kate", "VISUAL": "vim"}])
def test_a_usual_variable_counts_when_it_names_an_editor_with_a_window(
    desk: Desk, variables: dict[str, str]
) -> None:
    for name in ("code", "kate", "vim"):
        desk.install(name)
    assert opened_with(desk, variables) is None
    assert desk.told() == ["kate", "--line", "7", str(desk.file)]


def test_the_editor_in_whose_terminal_the_preview_runs_comes_before_others(desk: Desk) -> None:
    desk.install("code")
    desk.install("zed")
    assert desk.open(TERM_PROGRAM="zed") is None
    assert desk.told()[0] == "zed"


def test_a_running_editor_comes_before_one_that_is_only_installed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes = tmp_path / "processes"
    (processes / "17").mkdir(parents=True)
    (processes / "17" / "comm").write_text("kate\n")
    (processes / "18").mkdir()
    monkeypatch.setattr(editor, "PROCESSES", processes)
    desk.install("code")
    desk.install("kate")
    assert desk.open() is None
    assert desk.told()[0] == "kate"


def test_an_own_command_may_say_where_the_place_belongs(desk: Desk) -> None:
    desk.install("my-own")
    assert desk.open(TRIALPAGES_EDITOR="my-own --at={line} '{path}' last") is None
    assert desk.told() == ["my-own", "--at=7", str(desk.file), "last"]


def test_an_unknown_own_command_gets_the_file_alone(desk: Desk) -> None:
    desk.install("my-own")
    assert desk.open(TRIALPAGES_EDITOR="my-own --new") is None
    assert desk.told() == ["my-own", "--new", str(desk.file)]


def test_a_place_without_line_opens_at_the_top(desk: Desk) -> None:
    desk.install("gedit")
    assert desk.open(at=None) is None
    assert desk.told()[1] == "+1"


def test_an_editor_that_stays_open_is_not_waited_for(desk: Desk) -> None:
    desk.install("code", seconds=600)
    assert desk.open() is None
    desk.told()
    os.kill(int(Path(f"{desk.said}.pid").read_text()), signal.SIGTERM)


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_a_terminal_editor_is_not_started(desk: Desk, variable: str) -> None:
    desk.install("vim")
    why = opened_with(desk, {variable: "vim"})
    assert why == (
        "no editor with a window was found, and vim would take over the terminal; set TRIALPAGES_EDITOR to the command "
        "of an editor that opens a window, such as `code`, and start the preview again"
    )
    assert not desk.said.exists()


def test_a_terminal_editor_is_refused_by_its_name_in_the_own_variable(desk: Desk) -> None:
    desk.install("nano")
    assert str(desk.open(TRIALPAGES_EDITOR="nano")).startswith(
        "TRIALPAGES_EDITOR names nano, which would take over the terminal"
    )
    assert not desk.said.exists()


def test_nothing_to_open_with_is_said(desk: Desk) -> None:
    assert str(desk.open()).startswith("no editor was found; set TRIALPAGES_EDITOR")
    assert str(desk.open(TRIALPAGES_EDITOR="absent")).startswith(
        "TRIALPAGES_EDITOR names absent, and there is no such command"
    )


def test_an_editor_that_fails_at_once_is_named(desk: Desk) -> None:
    desk.install("code", code=3)
    assert desk.open() == "VS Code ended at once, with code 3"


def test_no_shell_reads_the_path_or_the_command(desk: Desk) -> None:
    desk.install("code")
    name = "content/$(touch pwned); echo `id` & 'x' \"y\".yaml"
    (desk.site / name).write_text("made up\n")
    assert desk.open(name) is None
    assert desk.told() == ["code", "--goto", f"{desk.site / name}:7"]
    assert not list(desk.site.rglob("pwned"))


def test_a_path_that_looks_like_an_option_is_still_a_path(desk: Desk) -> None:
    desk.install("subl")
    (desk.site / "--command").write_text("made up\n")
    assert desk.open("--command") is None
    assert desk.told() == ["subl", f"{desk.site / '--command'}:7"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "../secret.yaml",
        "content/../../secret.yaml",
        "content\\..\\..\\secret.yaml",
        "/etc/passwd",
        "C:/secret.yaml",
        "content/link.yaml",
        "content/linked/secret.yaml",
        "content/trials",
        "content/absent.yaml",
        ".git/config",
        "content/.hidden.yaml",
        "content/a\0b.yaml",
        "ctg-studies.json.zip!NCT00000001.json",
    ],
)
def test_only_files_of_the_site_are_opened(desk: Desk, tmp_path: Path, path: str) -> None:
    desk.install("code")
    (tmp_path / "secret.yaml").write_text("secret\n")
    (desk.site / "content" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (desk.site / "content" / "linked").symlink_to(tmp_path)
    for name in (".git/config", "content/.hidden.yaml"):
        (desk.site / name).parent.mkdir(exist_ok=True)
        (desk.site / name).write_text("made up\n")
    why = desk.open(path)
    assert why
    assert str(tmp_path) not in why
    assert not desk.said.exists()


def test_a_command_belongs_to_one_editor_and_to_no_terminal() -> None:
    commands = [command for each in EDITORS for command in each.commands]
    assert len(commands) == len(set(commands)) == len(BY_COMMAND)
    assert not IN_TERMINAL & set(commands)
