"""What the preview says in the terminal: a line a batch, and only faults that are new or gone."""

from __future__ import annotations

import re

from trialpages.preview.web.terminal import Terminal
from trialpages.words.diagnostics import NOTE, Diagnostic, Span


def fault(what: str, line: int = 1, severity: str = "error") -> Diagnostic:
    return Diagnostic("unknown-field", what, Span("content/a.yaml", line), severity=severity)


def test_a_fault_is_said_once_and_then_that_it_is_mended() -> None:
    said: list[str] = []
    terminal = Terminal(said.append, form="short")
    for faults in ([fault("A")], [fault("A")], [fault("A"), fault("B", 2)], [fault("B", 2)], []):
        terminal.faults(faults)
        said.append("|")
    assert "".join(said) == (
        "content/a.yaml:1:1: error[unknown-field]: A\n||"
        "content/a.yaml:2:1: error[unknown-field]: B\n|"
        "mended: unknown-field in content/a.yaml:1\n|"
        "mended: unknown-field in content/a.yaml:2\n|"
    )


def test_a_fault_that_moves_to_another_line_is_the_same() -> None:
    said: list[str] = []
    terminal = Terminal(said.append, form="short")
    terminal.faults([fault("A", 1)])
    terminal.faults([fault("A", 3)])
    assert len(said) == 1
    terminal.faults([fault("A", 3), fault("A", 9)])
    assert said[1:] == ["content/a.yaml:9:1: error[unknown-field]: A\n"]


def test_quiet_says_faults_only() -> None:
    said: list[str] = []
    terminal = Terminal(said.append, quiet=True, form="short")
    terminal.batch(["content/a.yaml"], [], 0.01)
    terminal.faults([fault("A"), fault("N", severity=NOTE)])
    terminal.faults([])
    assert said == ["content/a.yaml:1:1: error[unknown-field]: A\n"]


def test_a_batch_is_one_line() -> None:
    said: list[str] = []
    terminal = Terminal(said.append)
    terminal.batch(["content/a.yaml"], ["/a/"], 0.0312)
    terminal.batch(["content/a.yaml", "content/b.yaml", "content/c.yaml"], ["/a/", "/b/"], 0.1)
    terminal.batch(["content/a.yaml"], [], 0.002)
    lines = [re.sub(r"^\d\d:\d\d:\d\d ", "", line) for line in said]
    assert lines == [
        "content/a.yaml -> /a/ in 31 ms\n",
        "content/a.yaml and 2 more -> /a/ and 1 more in 100 ms\n",
        "content/a.yaml in 2 ms\n",
    ]


def test_a_fault_of_ours_is_said_once() -> None:
    said: list[str] = []
    terminal = Terminal(said.append, quiet=True)
    terminal.ours("it failed", "Traceback: x")
    terminal.ours("it failed", "Traceback: x")
    assert len(said) == 1
    assert "This is a fault in the generator, not in your content: it failed." in said[0]
