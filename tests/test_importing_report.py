"""The report of an import: one line first, what matters first, no more letters than a pull request takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialpages.importing import outcome
from trialpages.importing.outcome import Outcome, ToldChange
from trialpages.importing.report import LONGEST_MARKDOWN, markdown, plain_values, text
from trialpages.importing.resume import Journal, Mark
from trialpages.importing.tally import Tally
from trialpages.importing.told import _diff
from trialpages.model.change import Change
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Span
from trialpages.words.markdown import quoted


def told(*outcomes: Outcome) -> Tally:
    tally = Tally()
    for each in outcomes:
        tally.add(each)
    return tally


def changed(number: int, *changes: ToldChange, title: str = "A made-up study") -> Outcome:
    return Outcome(trial_id=f"NCT{number:08d}", kind=outcome.CHANGED, title=title, changes=changes)


def note(words: str, *, matters: bool = False, diff: tuple[str, ...] = ()) -> ToldChange:
    return ToldChange(kind="made-up", words=words, matters_to_readers=matters, diff=diff)


CONFIRMED = Outcome(trial_id="NCT00000009", kind=outcome.CONFIRMED)


def test_what_readers_would_care_about_stands_first() -> None:
    found = markdown(
        told(
            changed(1, note("contacts changed")),
            changed(2, note("recruiting -> completed", matters=True)),
            CONFIRMED,
        )
    )
    assert found == (
        "2 trials changed, 1 record confirmed unchanged.\n"
        "\n## What readers would care about\n"
        "\n### NCT00000002 A made-up study\n\n* recruiting -> completed\n"
        "\n## Other changes\n"
        "\n### NCT00000001 A made-up study\n\n* contacts changed\n"
        "\n1 record confirmed unchanged.\n"
    )


def test_text_of_the_registry_formats_nothing_and_calls_nobody() -> None:
    found = markdown(told(changed(1, note("x", diff=("- ```", "+ @nobody")), title="> <b>*A* @nobody #1")))
    assert "### NCT00000001 \\> &lt;b>\\*A\\* @&#8203;nobody \\#&#8203;1\n" in found
    assert "\n````diff\n- ```\n+ @nobody\n````\n" in found
    assert quoted("a\nb") == "a b"
    assert quoted("gh-26, $5") == "gh-&#8203;26, \\$5"
    assert "\x1b" not in text(told(changed(1, title="\x1b[2J")))


def test_a_difference_stands_below_its_change_and_has_an_end() -> None:
    many = tuple(f"+ rule {number}" for number in range(50))
    found = changed(1, note("rules changed", diff=many), note("contacts changed"))
    lines = text(told(found)).splitlines()
    assert lines[1:3] == ["  rules changed", "    + rule 0"]
    assert lines[41:44] == [
        "    + rule 39",
        "    … and 10 more lines; the JSON report has them",
        "  contacts changed",
    ]
    assert "+ rule 39\n… and 10 more lines; the JSON report has them\n```\n" in markdown(told(found))


def test_one_trial_with_long_differences_leaves_room_for_the_others() -> None:
    long = tuple(f"+ {'made-up ' * 50}" for _ in range(40))
    found = markdown(told(changed(1, *[note("rules changed", diff=long)] * 11), changed(2, note("y"))))
    assert "### NCT00000001" in found and "### NCT00000002" in found
    assert "… and 31 more lines" in found


def test_a_name_with_backticks_stays_code() -> None:
    tally = told()
    tally.blame([make("registry-json", "x", Span("a`b.json"))])
    assert "* ``a`b.json`` x (`registry-json`)\n" in markdown(tally)


def test_of_a_long_rule_the_part_that_differs_is_shown() -> None:
    start, end = "made-up " * 70, " word" * 100
    change = Change(kind="rules", reworded=((f"{start}18 years{end}", f"{start}21 years{end}"),))
    old, new = _diff(change)
    assert old.startswith("- … made-up ") and "made-up 18 years word" in old
    assert new.startswith("+ … made-up ") and "made-up 21 years word" in new
    assert len(old) < 410


def test_a_long_report_counts_what_it_leaves_out() -> None:
    found = markdown(told(*(changed(number, note("word " * 50)) for number in range(1, 1001)), CONFIRMED))
    assert len(found) <= LONGEST_MARKDOWN
    named = found.count("\n### ")
    assert f"\n{1000 - named} more entries are left out here; the JSON report has them.\n" in found
    assert found.endswith("\n1 record confirmed unchanged.\n")


def test_counts_outlast_details(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialpages.importing.tally.MOST_DETAILS", 2)
    tally = told(*(changed(number) for number in range(1, 6)))
    values = plain_values(tally)
    assert (values["left_out"], len(tally.details)) == (3, 2)
    assert values["summary"] == "5 trials changed"


def test_a_site_sets_how_grave_a_fault_is() -> None:
    fault = make("record-older", "older", Span("registry.json"))
    kept = Outcome(trial_id="NCT00000001", kind=outcome.KEPT, diagnostics=(fault,))
    strict, mild = Tally(), Tally({"record-older": "warning"})
    for tally in (strict, mild):
        tally.add(kept)
    assert (strict.error_count, mild.error_count) == (1, 0)


def test_a_journal_survives_a_line_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "a.import.jsonl"
    first = Journal(path)
    assert list(first.earlier()) == []
    first.note(changed(1))
    first.reach(Mark(source="search", count=1, token="made-up"))
    first.note(changed(2))
    first.note(Outcome(trial_id="NCT00000003", kind=outcome.FAILED))
    first.close(finished=False)
    path.write_bytes(path.read_bytes() + b'{"outcome": {"trial')
    second = Journal(path)
    assert [each.trial_id for each in second.earlier()] == ["NCT00000001", "NCT00000002"]
    assert second.mark == Mark(source="search", count=1, token="made-up")
    assert second.done == {"NCT00000002"}
    second.note(changed(4))
    second.close(finished=False)
    third = Journal(path)
    assert [each.trial_id for each in third.earlier()] == ["NCT00000001", "NCT00000002", "NCT00000004"]
    third.close(finished=True)
    assert not path.exists()


def test_a_journal_on_a_full_disk_ends_and_stops_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "made-up.import.jsonl")
    list(journal.earlier())
    with Path("/dev/full").open("ab", buffering=0) as full:
        journal._opened = full
        journal.note(CONFIRMED)
        journal.reach(Mark(source="made-up", count=1))
        journal.close(finished=False)
    assert journal._opened is None
    (tmp_path / "file").write_text("a made-up file where a folder should be\n")
    nowhere = Journal(tmp_path / "file" / "made-up.import.jsonl")
    assert list(nowhere.earlier()) == []
    nowhere.note(CONFIRMED)


def test_a_journal_of_yesterday_is_not_taken_up(tmp_path: Path) -> None:
    import os

    path = tmp_path / "a.import.jsonl"
    first = Journal(path)
    list(first.earlier())
    first.note(changed(1))
    first.close(finished=False)
    old = path.stat().st_mtime - 25 * 3600
    os.utime(path, (old, old))
    assert list(Journal(path).earlier()) == []
