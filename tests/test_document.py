"""YAML and Markdown as plain values with places; nothing changes silently, nothing crashes."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trialpages.read import document as reading
from trialpages.read.document import LARGEST, Document, read_yaml
from trialpages.read.markdown_document import read_markdown
from trialpages.words.diagnostics import Sink

PATH = "content/trials/NCT00000001/trial.yaml"


def read(text: str | bytes) -> Document:
    sink: Sink = []
    document = read_yaml(text.encode() if isinstance(text, str) else text, PATH, sink)
    assert document is not None, sink
    assert not sink
    return document


def is_refused(sink: Sink) -> bool:
    """Tell whether a fault leaves no document; a key given twice leaves one, so that more can be told."""
    return any(fault.code != "duplicate-key" for fault in sink)


def codes(text: str | bytes) -> list[str]:
    sink: Sink = []
    document = read_yaml(text.encode() if isinstance(text, str) else text, PATH, sink)
    assert (document is None) == is_refused(sink)
    return [diagnostic.code for diagnostic in sink]


@pytest.fixture(params=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with the parser in C and with the one in Python."""
    if request.param == "python":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)


@pytest.mark.parametrize(
    "scalar",
    ["NO", "no", "yes", "on", "02115", "09115", "0x1F", "1_000", "12:30", "190:20:30", "2025-09-01", "2025-09",
     "1e-4", "1.0e-4", ".inf", ".nan", "true", "=", "1.50", "+1", "NCT00000001"],
)  # fmt: skip
@pytest.mark.usefixtures("parser")
def test_a_scalar_is_the_text_that_stands_there(scalar: str) -> None:
    assert read(f"a: {scalar}\n{scalar}: b\n").value == {"a": scalar, scalar: "b"}


@pytest.mark.usefixtures("parser")
def test_only_plain_empty_values_mean_nothing() -> None:
    text = "a:\nb: ~\nc: null\nd: ''\ne: '~'\nf: \"null\"\ng: [~, x]\n"
    assert read(text).value == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "~",
        "f": "null",
        "g": [None, "x"],
    }


@pytest.mark.usefixtures("parser")
def test_byte_order_mark_and_line_ends_change_no_value() -> None:
    plain = b"a: 1\nb: |\n  x\n  y\nc: [d, e]\n"
    for form in (plain, b"\xef\xbb\xbf" + plain, plain.replace(b"\n", b"\r\n"), plain.replace(b"\n", b"\r")):
        assert read(form).value == {"a": "1", "b": "x\ny\n", "c": ["d", "e"]}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("# only a comment\n", "empty-file"),
        ("~\n", "empty-file"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("a: 1\n'a': 2\n", "duplicate-key"),
        ("- {b: 1, b: 2}\n", "duplicate-key"),
        ("a:\n\tb: 1\n", "tab-indent"),
        ("a:\n  - b\n\t- c\n", "tab-indent"),
        ("a: &x 1\n", "yaml-alias"),
        ("a: *x\n", "yaml-alias"),
        ("a: **bold** text\n", "yaml-alias"),
        ("&x a: 1\n", "yaml-alias"),
        ("<<: {a: 1}\n", "yaml-alias"),
        ("a: !!int 1\n", "yaml-tag"),
        ("a: !!python/object:os.system x\n", "yaml-tag"),
        ("a: !x\n  b: 1\n", "yaml-tag"),
        ("!x a: 1\n", "yaml-tag"),
        ("? [a]\n: b\n", "yaml-key"),
        ("{a: 1}: b\n", "yaml-key"),
        ("a: 1\n---\nb: 1\n", "yaml-documents"),
        ("a: 1\n...\n---\nb: 1\n", "yaml-documents"),
        ("a: b: c\n", "yaml-syntax"),
        ("a: 'b\n", "yaml-syntax"),
        ('a: "\\d"\n', "yaml-syntax"),
        ("a: [b\n", "yaml-syntax"),
        ("a: `b`\n", "yaml-syntax"),
        ('a: "\\0"\n', "control-character"),
        ('a: "\\ud800"\n', "control-character"),
        ('"\\x1b": b\n', "control-character"),
        ("a: b\x0cc\n", "control-character"),
        ("a: b\u2028c\n", "control-character"),
        ("a: b\x85c\n", "control-character"),
    ],
)
def test_what_makes_a_file_doubtful_is_refused(text: str, code: str) -> None:
    assert codes(text)[0] == code


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"a: 1\nb: \xff\n", "not-utf8", 2, 4),
        ("a: ü\n".encode("latin-1"), "not-utf8", 1, 4),
        ("a: 1\n".encode("utf-16"), "not-utf8", 1, 1),
        (b"a: 1\nb: \x00\n", "control-character", 2, 4),
        (b"ok: 1\na: b: c\n", "yaml-syntax", 2, 5),
        (b"a:\n  b: 1\n  b: 2\n", "duplicate-key", 3, 3),
        (b"a: 1\n\tb: 2\n", "tab-indent", 2, 1),
    ],
)
def test_the_place_of_a_fault_is_told(data: bytes, code: str, line: int, column: int) -> None:
    sink: Sink = []
    assert (read_yaml(data, PATH, sink) is None) == is_refused(sink)
    (fault,) = sink
    assert (fault.code, fault.span.path, fault.span.line, fault.span.column) == (code, PATH, line, column)


def test_duplicate_key_names_both_lines() -> None:
    sink: Sink = []
    read_yaml(b"x:\n  a: 1\ny:\n  a: 1\n  b: 2\n  a: 3\n", PATH, sink)
    assert sink[0].span.line == 6
    assert sink[0].notes == ("it first stands on line 4",)


def test_all_duplicate_keys_are_told_at_once() -> None:
    assert codes("a: 1\na: 2\nb: 1\nb: 2\n") == ["duplicate-key", "duplicate-key"]


BOMBS = {
    "brackets": b"[" * 10_000 + b"]" * 10_000,
    "many brackets": b"[" * 1_999_000,
    "braces": b"{a: " * 10_000,
    "dashes": b"- " * 10_000,
    "question marks": b"? " * 10_000,
    "indented fields": b"".join(b" " * level + b"a:\n" for level in range(1_900)),
    "closed fields": b"a: " * 10_000,
    "aliases": b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a, *a, *a]\n" % (n, n) for n in range(10_000)),
    "anchors": b"".join(b"b%d: &b%d x\n" % (n, n) for n in range(1_000)),
    "quotes": b"a: '" + b"x\n" * 100_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_in_a_diagnostic_with_a_place_and_fast(name: str) -> None:
    sink: Sink = []
    started = time.perf_counter()
    assert read_yaml(BOMBS[name], PATH, sink) is None
    assert time.perf_counter() - started < 5
    assert sink
    assert all(fault.span.path == PATH and fault.span.line >= 1 for fault in sink)


@pytest.mark.parametrize("name", ["brackets", "dashes"])
def test_bombs_do_not_crash_the_parser_in_python(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert codes(BOMBS[name]) == ["too-deep"]


def test_ordinary_nesting_is_read() -> None:
    assert read("- " * 50 + "x").value == eval("[" * 50 + "'x'" + "]" * 50)


def test_a_file_above_the_limit_is_not_parsed() -> None:
    assert codes(b"a: " + b"x" * LARGEST) == ["file-too-large"]
    assert read(b"a: " + b"x" * (LARGEST - 3)).value is not None


TEXT = """\
title: A made-up study
lead_sponsor:
  name: A made-up sponsor
locations:
  - city: Exampletown
    zip: '02115'
  - {city: Sampleville, zip: }
acronym:
brief_summary: |
  One.
  Two.
"""


@pytest.mark.parametrize(
    ("location", "key", "line", "column", "end"),
    [
        ((), False, 1, 1, 6),
        (("title",), False, 1, 8, 23),
        (("title",), True, 1, 1, 6),
        (("lead_sponsor",), False, 2, 1, 13),
        (("lead_sponsor", "name"), False, 3, 9, 26),
        (("locations", 0), False, 5, 5, 9),
        (("locations", 0, "zip"), False, 6, 10, 17),
        (("locations", 0, "zip"), True, 6, 5, 8),
        (("locations", 1, "city"), False, 7, 12, 23),
        (("locations", 1, "zip"), False, 7, 25, 28),
        (("locations", 1, "country"), True, 7, 6, 10),
        (("locations", 9, "city"), False, 4, 1, 10),
        (("acronym",), False, 8, 1, 8),
        (("brief_summary",), False, 9, 16, None),
        (("nowhere", "else"), False, 1, 1, 6),
    ],
)
def test_every_part_has_a_place(
    location: tuple[str | int, ...], key: bool, line: int, column: int, end: int | None
) -> None:
    span = read(TEXT).span(location, key=key)
    assert (span.line, span.column, span.end_column) == (line, column, end)


def test_a_line_is_shown_as_it_stands() -> None:
    document = read("\ufeffa: 1\r\nb: ü\r\n")
    assert document.source_line(2) == "b: ü"
    assert document.span(("b",)).column == 4
    assert document.source_line(9) is None


JSON_LIKE = st.recursive(
    st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"], codec="utf-8"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc:-? #'\"{}[]", max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON_LIKE)
def test_what_was_written_by_a_yaml_writer_is_read_back(value: object) -> None:
    text = yaml.safe_dump({"a": value}, allow_unicode=True, default_style='"')
    assert read(text).value == {"a": value}


@given(st.text(alphabet="ab:-?|>[]{}&*!%@`'\"#,\n\t \\x0~<\u2028\ud7ff", max_size=60))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    sink: Sink = []
    document = read_yaml(text.encode(), PATH, sink)
    assert (document is None) == is_refused(sink)
    for fault in sink:
        assert 1 <= fault.span.line <= text.count("\n") + 3
        assert "\n" not in fault.what


@given(st.binary(max_size=80))
def test_no_bytes_make_the_readers_raise(data: bytes) -> None:
    for reader in (read_yaml, read_markdown):
        sink: Sink = []
        assert (reader(data, PATH, sink) is None) == is_refused(sink)


def test_markdown_may_have_a_block_of_fields() -> None:
    sink: Sink = []
    document = read_markdown(b"---\r\ntitle: NO\r\n---\r\n\r\n## In short\r\n", "summary.md", sink)
    assert document is not None and document.front is not None
    assert document.front.value == {"title": "NO"}
    assert document.body == "\n## In short\n"
    assert document.body_line == 4
    assert document.source_line(5) == "## In short"
    span = document.front.span(("title",))
    assert (span.line, span.column) == (2, 8)
    assert document.front.source_line(2) == "title: NO"


@pytest.mark.parametrize("text", ["## In short\n\nx\n", "", "--- \n# c\n---\nx", "---\n---\n"])
def test_markdown_without_fields_is_read(text: str) -> None:
    sink: Sink = []
    document = read_markdown(text.encode(), "summary.md", sink)
    assert document is not None and document.front is None and not sink


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("---\ntitle: x\n\n## In short\n", "front-matter-open", 1),
        ("---\ntitle: x\ntitle: y\n---\n", "duplicate-key", 3),
        ("---\na: b: c\n---\n", "yaml-syntax", 2),
        ("---\n\ttitle: x\n---\n", "tab-indent", 2),
        ("\n\nx\x0b\n", "control-character", 3),
    ],
)
def test_faults_in_markdown_are_told_with_the_line_of_the_file(text: str, code: str, line: int) -> None:
    sink: Sink = []
    assert (read_markdown(text.encode(), "summary.md", sink) is None) == is_refused(sink)
    assert [(fault.code, fault.span.line) for fault in sink] == [(code, line)]


def test_reading_documents_imports_nothing_that_only_pages_need() -> None:
    program = (
        "import sys, trialpages.read.config, trialpages.model.trial_files; "
        "sys.exit(bool({'pydantic', 'jinja2', 'markdown', 'plotly', 'nh3', 'tornado'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_places_cost_nothing_until_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(reading, "_marks", lambda data: asked.append(data))
    read(TEXT)
    assert asked == []
