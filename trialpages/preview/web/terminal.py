"""What the preview says in the terminal: where it is, each batch in one line, faults that are new, and faults mended.

The same diagnostics as a build's, by the same report. What was said is not said again until it is gone and comes back.
"""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from trialpages.words.diagnostics import NOTE, Diagnostic
from trialpages.words.report import in_order, render

MENDED_SHOWN = 10
"""Mended faults named one by one; of more only the number is said."""


class Terminal:
    """The words of one preview; usable in any thread."""

    def __init__(
        self, write: Callable[[str], None], *, quiet: bool = False, color: bool = False, form: str = "text"
    ) -> None:
        self._write = write
        self._quiet = quiet
        self._color = color
        self._form = form
        self._lock = threading.Lock()
        self._known: list[Diagnostic] = []
        self._last_trace = ""

    def say(self, text: str) -> None:
        """Say a line, unless quiet is wanted."""
        if not self._quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Say a line in any case."""
        with self._lock:
            self._write(f"{text}\n")

    def batch(self, files: Sequence[str], pages: Sequence[str], seconds: float) -> None:
        """Say what was saved, which open pages show it, and how long that took."""
        what = f"{_first(files)} -> {_first(pages)}" if pages else _first(files)
        self.say(f"{_now()} {what} in {seconds * 1000:.0f} ms")

    def faults(self, found: Iterable[Diagnostic]) -> None:
        """Say which faults are new since the last time, and which are mended. Quiet leaves out what is mended, and notes."""
        now = in_order(found)
        with self._lock:
            new, gone = _more(now, self._known), _more(self._known, now)
            self._known = now
            shown = [each for each in new if not (self._quiet and each.severity == NOTE)]
            text = render(shown, format="short" if self._form == "short" else "text", color=self._color)
            if not self._quiet:
                text += _mended(gone)
            if text:
                self._write(text)

    def ours(self, doing: str, trace: str) -> None:
        """Say that a fault of the generator was caught, once for the same; the preview goes on."""
        if trace == self._last_trace:
            return
        self._last_trace = trace
        self.warn(
            f"{trace.rstrip()}\n\nThis is a fault in the generator, not in your content: {doing}. The preview goes on.\n"
            "Please report it with the lines above and the output of the command 'info'."
        )


def _more(these: Sequence[Diagnostic], than: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the faults of which there are more in `these`; one that has only moved to another line is the same."""
    count = Counter(map(_same, these))
    count.subtract(map(_same, than))
    left = frozenset(than)
    found = []
    # Those at places where none was before come first, for they are the likeliest to be new.
    for each in sorted(these, key=left.__contains__):
        if count[_same(each)] > 0:
            count[_same(each)] -= 1
            found.append(each)
    return found


def _same(fault: Diagnostic) -> tuple[str, str, str, str]:
    return fault.code, fault.severity, fault.span.path, fault.what


def _mended(gone: Sequence[Diagnostic]) -> str:
    if len(gone) > MENDED_SHOWN:
        return f"mended: {len(gone):,} faults\n"
    return "".join(f"mended: {each.code} in {each.span.path}:{each.span.line}\n" for each in in_order(gone))


def _first(names: Sequence[str]) -> str:
    if not names:
        return "everything"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more"


def _now() -> str:
    return datetime.datetime.now().astimezone().strftime("%H:%M:%S")
