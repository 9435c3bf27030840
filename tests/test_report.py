"""The looks of a report: for people, for editors, for tools."""

from __future__ import annotations

import json

from trialpages.words.catalogue import CATALOGUE, GROUPS, make
from trialpages.words.diagnostics import SEVERITIES, Diagnostic, Span
from trialpages.words.report import columns, render, totals

PATH = "content/trials/NCT00000001/trial.yaml"
UNKNOWN = make(
    "unknown-field",
    "Trial has no field 'briefTitle'",
    Span(PATH, 2, 1, 11),
    "did you mean 'brief_title'?",
    "briefTitle: A made-up study of aspirin",
)
GRADE = make("reading-grade", "This text is hard to read", Span("content/trials/NCT00000001/summary.md", 12))


def check(diagnostics: list[Diagnostic], text: str, **options: object) -> None:
    assert render(diagnostics, **options) == text  # type: ignore[arg-type]


def test_full_report_shows_the_line_with_carets_and_the_cure() -> None:
    check(
        [UNKNOWN],
        "error[unknown-field]: Trial has no field 'briefTitle'\n"
        " --> content/trials/NCT00000001/trial.yaml:2:1\n"
        "2 | briefTitle: A made-up study of aspirin\n"
        "  | ^^^^^^^^^^\n"
        "  = help: did you mean 'brief_title'?\n",
    )


def test_full_report_lines_up_with_the_line_number_and_shows_notes_and_long_cures() -> None:
    check(
        [
            make(
                "duplicate-key",
                "'a' is given twice here",
                Span("a.yaml", 120, 3, 4),
                "keep\none",
                "  a: 1",
                ("first",),
            )
        ],
        "error[duplicate-key]: 'a' is given twice here\n"
        "   --> a.yaml:120:3\n"
        "120 |   a: 1\n"
        "    |   ^\n"
        "    = note: first\n"
        "    = help: keep\n"
        "            one\n",
    )


def test_short_report_has_a_line_for_each() -> None:
    check(
        [UNKNOWN, GRADE],
        "content/trials/NCT00000001/summary.md:12:1: warning[reading-grade]: This text is hard to read\n"
        "content/trials/NCT00000001/trial.yaml:2:1: error[unknown-field]: Trial has no field 'briefTitle'"
        " (did you mean 'brief_title'?)\n",
        format="short",
    )


def test_json_report_is_a_list_of_plain_objects() -> None:
    assert json.loads(render([UNKNOWN, UNKNOWN], format="json")) == [
        {
            "code": "unknown-field",
            "severity": "error",
            "path": PATH,
            "line": 2,
            "column": 1,
            "end_column": 11,
            "what": "Trial has no field 'briefTitle'",
            "help": "did you mean 'brief_title'?",
            "notes": [],
            "source_line": "briefTitle: A made-up study of aspirin",
        }
    ]


def test_nothing_to_report_is_empty() -> None:
    check([], "")
    check([], "[]\n", format="json")


def test_diagnostics_stand_by_place_and_once() -> None:
    first, second = make("no-title", "A", Span("a.yaml", 2)), make("no-title", "B", Span("a.yaml", 10))
    other = make("no-title", "C", Span("b.yaml", 1))
    lines = render([other, second, first, second], format="short").splitlines()
    assert [line[-1] for line in lines] == ["A", "B", "C"]


def test_beyond_the_limit_only_totals_by_code_follow() -> None:
    many = [make("unknown-field", str(n), Span("a.yaml", n + 1)) for n in range(4)]
    many.append(make("empty-value", "x", Span("a.yaml", 9)))
    report = render(many, format="short", limit=2)
    assert report.splitlines()[2:] == [
        "... and 3 more; in all:",
        "       4  error[unknown-field]",
        "       1  error[empty-value]",
    ]


def test_a_long_line_is_cut_around_the_fault() -> None:
    line = f"{'x' * 300}: wrong{'y' * 300}"
    shown = render([make("wrong-form", "w", Span("a.yaml", 1, 303, 308), source_line=line)]).splitlines()
    quoted, carets = shown[2], shown[3]
    assert len(quoted) < 120
    assert quoted[carets.index("^") : carets.rindex("^") + 1] == "wrong"


def test_carets_stand_under_wide_and_combining_letters() -> None:
    assert columns("e\N{COMBINING ACUTE ACCENT}") == 1
    shown = render([make("wrong-form", "w", Span("a.yaml", 1, 4, 6), source_line="治験:ab")]).splitlines()
    assert shown[3].index("^") == 4 + 2 + 2 + 1


def test_content_cannot_steer_the_terminal() -> None:
    report = render([make("wrong-form", "a\x1b[2Jb", Span("a\x07.yaml"), "c\rd", "e\u202ef\x9b")])
    assert not set(report) & {"\x1b", "\x07", "\r", "\u202e", "\x9b"}


def test_color_only_when_asked() -> None:
    assert "\x1b" not in render([UNKNOWN])
    assert "\x1b[1;31merror[unknown-field]\x1b[0m" in render([UNKNOWN], color=True)


def test_totals_name_what_there_is() -> None:
    assert totals([]) == "no errors"
    assert totals([UNKNOWN], "nothing was written") == "1 error in 1 file; nothing was written"
    more = [UNKNOWN, GRADE, *(make("no-title", str(n), Span(PATH, n)) for n in (1, 2))]
    assert totals(more, "nothing was written") == "3 errors, 1 warning in 2 files; nothing was written"


def test_every_code_has_a_whole_entry_and_stands_once() -> None:
    entries = [entry for table in GROUPS.values() for entry in table]
    assert len(entries) == len(CATALOGUE)
    for entry in entries:
        assert entry.severity in SEVERITIES
        for text in (entry.title, entry.why, entry.bad, entry.good):
            assert text.strip(), entry.code
        assert not entry.title.endswith(".") and entry.why.endswith("."), entry.code
