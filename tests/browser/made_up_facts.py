"""Made-up faults and facts of a page, in the shapes that `trialpages.preview` gives them."""

from __future__ import annotations

from typing import Any

TRIAL = "content/trials/NCT05326516/trial.yaml"
WORDS = "content/trials/NCT05326516/summary.md"


def fault(name: str, severity: str = "error", **facts: Any) -> dict[str, Any]:
    """One fault; `name` is its id."""
    return {
        "id": name,
        "code": "unknown-field",
        "severity": severity,
        "what": "There is no field 'enrolment' in a trial",
        "path": TRIAL,
        "line": 12,
        "column": 1,
        "help": "write 'enrollment'",
        "source_line": "enrolment: 413",
        "notes": [],
        **facts,
    }


LONG_LINE = (
    "The study team gives you the drug by mouth, twice a day, and looks at your blood every week. " * 4
)
ERROR = fault("one")
OTHER_ERROR = fault(
    "two", code="wrong-type", what="'enrollment' must be a number", line=14, column=13, source_line="enrollment: about 400",
    help="write only the number", notes=["The registry's record says 413."],
)  # fmt: skip
WARNING = fault(
    "three", "warning", code="reading-grade-too-hard", what="“What is being tested?” reads at school grade 11.2, above 10",
    path=WORDS, line=9, column=120, source_line=LONG_LINE, help="split the longest sentences",
)  # fmt: skip
ELSEWHERE = [
    fault("four", path="content/trials/NCT00000001/trial.yaml", what="This made-up trial has no status"),
    fault(
        "five",
        path="content/glossary.yaml",
        line=40,
        what="The word 'dose' stands here twice",
        code="duplicate-entry",
    ),
    fault(
        "six",
        "warning",
        path="content/trials/NCT00000002/summary.md",
        what="This made-up text is too hard to read",
    ),
]


def grade(name: str, value: float, verdict: str, words: int = 96) -> dict[str, Any]:
    """How a text reads."""
    return {
        "name": name, "grade": value, "words": words, "sentences": 7, "verdict": verdict, "target": 8.0, "limit": 10.0,
        "said": f"reads at school grade {value}", "longest": ["A made-up sentence that goes on for longer than it should."],
    }  # fmt: skip


def source(path: str, line: int | None, what: str, kind: str = "words") -> dict[str, Any]:
    """A place in a file."""
    return {"path": path, "line": line, "end_line": line, "opens": True, "what": what, "kind": kind}


def block(name: str, at: str, **facts: Any) -> dict[str, Any]:
    """A block of the page."""
    return {
        "id": at,
        "at": at,
        "name": name,
        "level": 0,
        "sources": [],
        "template": None,
        "grades": [],
        "faults": [],
        **facts,
    }


FACTS: dict[str, Any] = {
    "page": {"path": "trials/NCT05326516/index.html", "url": "trials/NCT05326516/", "kind": "trial",
             "title": "Revumenib with chemotherapy for acute leukemia", "trial": "NCT05326516"},
    "blocks": [
        block("First screen", "header.first-screen", sources=[source(TRIAL, 1, "the trial's facts", "facts")]),
        block("Summary", "#summary", sources=[source(WORDS, 1, "the summary")], grades=[grade("Summary", 7.9, "fine", 210)]),
        block("What is being tested?", "#summary h3:nth-of-type(1)", level=1, sources=[source(WORDS, 9, "What is being tested?")],
              grades=[grade("What is being tested?", 11.2, "too-hard")], faults=["three"]),
        block("Can I take part?", "#eligibility", sources=[source(TRIAL, 31, "plain_criteria", "facts")],
              grades=[grade("Rules", 8.6, "hard", 140)]),
        block("What we do not know", "#people", grades=[grade("People", 4.0, "too-short", 9)],
              template={"path": "templates/trial/people.html", "line": 1, "opens": True}),
    ],
    "faults": [{**WARNING, "block": "#summary h3:nth-of-type(1)"}, {**OTHER_ERROR, "block": None}],
    "drift": {"code": "record-newer-than-words", "severity": "warning", "what": "The record is newer than the words",
              "help": "read the words again, then set 'reviewed_against'", "path": WORDS, "line": 1,
              "notes": [{"text": "changed: overall status", "path": WORDS, "line": 3}]},
    "depends": {
        "files": [{"path": TRIAL, "what": "the trial's facts", "opens": True}, {"path": WORDS, "what": "its words", "opens": True}],
        "shared": [{"path": "content/glossary.yaml", "what": "words explained", "opens": True}],
        "templates": [{"path": "templates/trial.html", "opens": True}],
        "trials": [{"id": "NCT02458014", "title": "Blinatumomab", "url": "trials/NCT02458014/", "why": "a similar trial"}],
        "trials_hidden": 3,
        "settings": [{"path": "site.yaml", "what": "stale_after_days", "line": 8, "opens": True}],
        "parts": [{"name": "trial", "what": "the trial's own facts and words", "digest": "0123456789ab"}],
    },
    "reason": {"said": "a fact or a word of the trial itself has changed", "files": [WORDS], "parts": []},
    "made": {"version": 12, "digest": "0123456789ab", "is_provisional": False, "bytes": 48210},
}  # fmt: skip
