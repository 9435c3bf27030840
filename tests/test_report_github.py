"""What a GitHub workflow is told: annotations within the limits, and a summary that fits."""

from __future__ import annotations

from trialpages.words.catalogue import make
from trialpages.words.diagnostics import NOTE, Diagnostic, Span
from trialpages.words.report_github import (
    annotated,
    by_weight,
    left_over,
    notice_of_end,
    repository_path,
    summary,
    unread,
)

PATH = "content/trials/NCT00000001/trial.yaml"
UNKNOWN = make(
    "unknown-field",
    "Trial has no field 'briefTitle'",
    Span(PATH, 2, 1, 11),
    "did you mean 'brief_title'?",
    "briefTitle: A made-up study of aspirin",
)
GRADE = make("reading-grade", "This text is hard to read", Span("content/trials/NCT00000001/summary.md", 12))
REMARK = Diagnostic("reading-grade", "Only said", Span("a.md", 3), severity=NOTE)


def many(number: int, code: str = "unknown-field") -> list[Diagnostic]:
    return [make(code, f"Fault {n:03}", Span(f"content/{n:03}.yaml")) for n in range(number)]


def test_an_annotation_names_file_line_columns_code_and_cure() -> None:
    assert annotated(by_weight([REMARK, GRADE, UNKNOWN]), "site/") == (
        f"::error file=site/{PATH},line=2,col=1,endColumn=11,title=unknown-field::Trial has no field 'briefTitle'"
        "%0ADid you mean 'brief_title'?\n"
        "::warning file=site/content/trials/NCT00000001/summary.md,line=12,col=1,title=reading-grade"
        "::This text is hard to read\n"
        "::notice file=site/a.md,line=3,col=1,title=reading-grade::Only said\n"
    )


def test_nothing_in_content_can_end_a_command_or_begin_another() -> None:
    fault = make("wrong-form", "50 %\r\n::error::x", Span("a,b:c%\n.yaml"), "a: b, c")
    assert annotated([fault]) == (
        "::error file=a%2Cb%3Ac%25%0A.yaml,line=1,col=1,title=wrong-form"
        "::50 %25%0D%0A::error::x%0AHow to mend it: a: b, c\n"
    )
    assert unread("x ##[error]y") == "x ## [error]y"
    assert notice_of_end("a\nb") == "::error title=trialpages::a%0Ab\n"


def test_ten_of_each_severity_are_annotations_and_the_others_are_left_over() -> None:
    faults = by_weight([*many(12), *many(11, "reading-grade"), REMARK])
    kinds = [line.split(" ")[0] for line in annotated(faults).splitlines()]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert [each.what for each in left_over(faults)] == ["Fault 010", "Fault 011", "Fault 010"]


def test_errors_come_first_and_of_these_the_files_of_the_change() -> None:
    faults = by_weight([*many(3), *many(2, "reading-grade")], {"content/002.yaml", "content/001.yaml"})
    assert [(each.severity[0], each.what[-1]) for each in faults] == [
        ("e", "1"),
        ("e", "2"),
        ("e", "0"),
        ("w", "1"),
        ("w", "0"),
    ]


def test_paths_are_those_of_the_repository() -> None:
    assert repository_path("content/a.yaml", "") == "content/a.yaml"
    assert repository_path("../templates/a.html", "site/") == "templates/a.html"


def test_the_summary_is_a_table_for_each_severity() -> None:
    fault = make("wrong-form", "a|b <i>", Span("x_y.yaml", 3), "line one\nline two", notes=("seen `twice`",))
    assert summary(by_weight([GRADE, fault]), "site/", ending="1 trial checked") == (
        "### 1 error, 1 warning\n"
        "\n"
        "1 trial checked\n"
        "\n#### Errors\n"
        "\n| where | what | how to mend it |\n|---|---|---|\n"
        "| site/x\\_y.yaml:3 | a\\|b &lt;i><br>seen \\`twice\\` (`wrong-form`) | line one<br>line two |\n"
        "\n#### Warnings\n"
        "\n| where | what | how to mend it |\n|---|---|---|\n"
        "| site/content/trials/NCT00000001/summary.md:12 | This text is hard to read (`reading-grade`) |  |\n"
    )
    assert summary([], ending="1 trial checked") == "### No faults\n\n1 trial checked\n"


def test_the_summary_is_cut_with_a_count() -> None:
    text = summary(by_weight(many(1000)), room=5_000)
    assert len(text.encode()) <= 5_000
    shown = text.count("Fault ")
    assert 30 < shown < 100
    assert text.endswith(
        f"{1000 - shown} faults more did not fit here; run the check on your computer to see all.\n"
    )
    assert len(summary(by_weight(many(1000)), room=1).encode()) < 150
