"""The state of a page, as the client compares it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sites import options

from trialpages.preview.answer import Answer
from trialpages.preview.web.state import look_of, page_state, sight, style_sheets
from trialpages.preview.web.veil import Veil
from trialpages.words.diagnostics import WARNING, Diagnostic, Span


def fault(
    path: str, what: str = "A fault", severity: str = "error", code: str = "unknown-field"
) -> Diagnostic:
    return Diagnostic(code, what, Span(path, 3, 5), severity=severity)


def answer(content: str = "<p>", *faults: Diagnostic) -> Answer:
    return Answer(path="a/index.html", url="a/", content=content.encode(), digest=content, faults=faults)


def state(page: str, found: Answer | None, *diagnostics: Diagnostic, progress: str | None = None) -> Any:
    return page_state(
        version=7,
        page=page,
        look=look_of(found, None),
        diagnostics=diagnostics,
        progress=progress,
        base="/repo/",
        content="content",
        veil=lambda text: text,
    )


def test_faults_are_of_this_page_or_elsewhere() -> None:
    own = fault("content/trials/NCT00000001/trial.yaml")
    other = fault("content/trials/NCT00000011/trial.yaml", severity=WARNING)
    every = fault("content/site.yaml")
    template = fault("templates/trial.html", code="template-fault")
    found = state("trials/NCT00000001/locations/", answer(), own, other, every, template)["faults"]
    assert [each["path"] for each in found["here"]] == [
        "content/site.yaml",
        "content/trials/NCT00000001/trial.yaml",
        "templates/trial.html",
    ]
    assert [each["path"] for each in found["elsewhere"]] == ["content/trials/NCT00000011/trial.yaml"]
    assert found["counts"] == {"error": 3, "warning": 1, "note": 0}
    assert found["hidden"] == 0


def test_faults_elsewhere_come_gravest_first_and_the_rest_is_counted() -> None:
    warnings = [fault(f"content/trials/NCT{n:08}/trial.yaml", severity=WARNING) for n in range(1, 31)]
    grave = fault("content/trials/NCT00000099/trial.yaml")
    found = state("", answer(), *warnings, grave)["faults"]
    assert found["elsewhere"][0]["path"] == grave.span.path
    assert (len(found["elsewhere"]), found["hidden"]) == (20, 11)


def test_a_page_of_a_shared_file_or_of_prose_has_its_faults_here() -> None:
    for page, path in (
        ("treatments/aspirin/", "content/treatments/aspirin.yaml"),
        ("about/", "content/pages/about.md"),
        ("glossary/", "content/glossary.yaml"),
    ):
        assert len(state(page, answer(), fault(path))["faults"]["here"]) == 1


def test_a_fault_has_its_place_and_a_name_that_stays() -> None:
    (found,) = state("", answer(), fault("content/x.yaml"))["faults"]["elsewhere"]
    (again,) = state("a/", answer(), fault("content/x.yaml"))["faults"]["elsewhere"]
    assert found == again
    assert {name: found[name] for name in ("code", "severity", "what", "path", "line", "column")} == {
        "code": "unknown-field",
        "severity": "error",
        "what": "A fault",
        "path": "content/x.yaml",
        "line": 3,
        "column": 5,
    }


def test_what_the_client_shows_is_in_the_sight_and_the_version_is_not() -> None:
    seen = sight(state("a/", answer("x")))
    assert sight({**state("a/", answer("x")), "version": 99}) == seen
    assert sight(state("a/", answer("x"), progress="reading 1 of 2 trials")) != seen
    assert sight(state("a/", answer("y"))) != seen
    assert sight(state("a/", None)) != seen
    assert sight(state("a/", answer("x"), fault("content/x.yaml"))) != seen


def test_a_page_that_cannot_be_made_says_so() -> None:
    found = state("a/", answer("", fault("templates/a.html")))
    assert found["page"]["status"] == 500
    assert len(found["faults"]["here"]) == 1
    assert state("b/", None)["page"]["status"] == 404


def test_style_sheets_are_addresses_as_they_stand_in_the_page() -> None:
    page = (
        b'<link rel="stylesheet" href="../../assets/site.1.css" integrity="x"><link rel="icon" href="i.svg">'
    )
    assert style_sheets(page) == ["../../assets/site.1.css"]
    assert style_sheets(b'<link rel="icon" href="./assets/a.svg">') == []


def test_a_veil_leaves_no_folder_of_this_machine(tmp_path: Path) -> None:
    over = Veil(options(tmp_path)).over
    assert over(f"cannot read {tmp_path}/content/a.yaml in {tmp_path}") == "cannot read content/a.yaml in ."
    assert str(Path.home()) not in over(f"see {Path.home()}/notes")
