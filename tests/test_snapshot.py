"""A registry snapshot: every shape is read, and what cannot be read is said, never dropped."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from trialpages.read import snapshot as module
from trialpages.read.snapshot import open_snapshot
from trialpages.words.diagnostics import Sink


def study(number: int) -> dict[str, object]:
    return {"protocolSection": {"identificationModule": {"nctId": f"NCT{number:08d}"}}}


def packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


ONE, TWO = json.dumps(study(1)).encode(), json.dumps(study(2)).encode()
BOTH = json.dumps([study(1), study(2)]).encode()

SHAPES = {
    "a bare study": (ONE, ["NCT00000001"]),
    "an array": (BOTH, ["NCT00000001", "NCT00000002"]),
    "a page of the interface": (json.dumps({"studies": [study(2)]}).encode(), ["NCT00000002"]),
    "an array after a byte order mark": (b"\xef\xbb\xbf" + BOTH, ["NCT00000001", "NCT00000002"]),
    "a flat zip": (
        packed({"NCT00000001.json": ONE, "NCT00000002.json": TWO}),
        ["NCT00000001", "NCT00000002"],
    ),
    "a zip of folders": (packed({"a/00/NCT00000002.json": TWO}), ["NCT00000002"]),
    "a zip of one array": (packed({"ctg-studies.json": BOTH}), ["NCT00000001", "NCT00000002"]),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_read(tmp_path: Path, name: str) -> None:
    data, ids = SHAPES[name]
    (tmp_path / "file").write_bytes(data)
    sink: Sink = []
    found = open_snapshot(tmp_path / "file", "file", sink)
    assert sink == []
    assert [member.trial_id for member in found.members] == ids
    for member in found.members:
        raw = json.loads(found.read(member))
        assert raw["protocolSection"]["identificationModule"]["nctId"] == member.trial_id


FAULTS = {
    "a name that leads outside": (packed({"../NCT00000001.json": ONE}), "zip-unsafe-name"),
    "the same study twice": (
        packed({"a/NCT00000001.json": ONE, "b/NCT00000001.json": ONE}),
        "duplicate-trial",
    ),
    "a broken archive": (
        packed({"NCT00000001.json": ONE})[:60] + b"PK\x05\x06" + b"\0" * 18,
        "registry-not-a-study",
    ),
    "an entry without a number": (b'[{"protocolSection": {}}]', "registry-not-a-study"),
    "an empty array": (b"[]", "registry-not-a-study"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    data, code = FAULTS[name]
    (tmp_path / "file").write_bytes(data)
    sink: Sink = []
    found = open_snapshot(tmp_path / "file", "file", sink)
    assert code in {each.code for each in sink} or found.unread


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_RECORD", 1000)
    (tmp_path / "file").write_bytes(packed({"NCT00000001.json": b" " * 5000}))
    sink: Sink = []
    assert open_snapshot(tmp_path / "file", "file", sink).members == ()
    assert [each.code for each in sink] == ["zip-too-large"]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    sink: Sink = []
    open_snapshot(tmp_path / "nowhere.zip", "nowhere.zip", sink)
    assert [each.code for each in sink] == ["unreadable-file"]


def test_a_member_keeps_its_digest_when_its_neighbors_change(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(packed({"NCT00000001.json": ONE}))
    (tmp_path / "two").write_bytes(packed({"NCT00000001.json": ONE, "NCT00000002.json": TWO}))
    first = open_snapshot(tmp_path / "one", "one", []).members[0]
    assert open_snapshot(tmp_path / "two", "two", []).members[0].digest == first.digest


@pytest.mark.parametrize(
    "data",
    [packed({"NCT00000001.json": ONE})[:60], b"PK", b"PK\x03\x04" + b"\0" * 90],
    ids=["cut off", "two bytes", "only zeros"],
)
def test_an_archive_that_was_cut_off_is_called_one(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    sink: Sink = []
    found = open_snapshot(tmp_path / "file", "file", sink)
    assert (found.members, found.unread) == ((), ())
    (fault,) = sink
    assert (fault.code, fault.what, fault.help) == (
        "zip-broken",
        "The archive is cut off or damaged",
        "download it again",
    )


def test_a_damaged_file_in_a_whole_archive_is_told(tmp_path: Path) -> None:
    whole = packed({"ctg-studies.json": BOTH})
    start = whole.index(b"ctg-studies.json") + len("ctg-studies.json")
    (tmp_path / "file").write_bytes(whole[:start] + b"\xff" * 10 + whole[start + 10 :])
    sink: Sink = []
    open_snapshot(tmp_path / "file", "file", sink)
    assert [each.code for each in sink] == ["zip-broken"]


def test_files_that_macos_adds_are_passed_over(tmp_path: Path) -> None:
    extra = {"__MACOSX/._NCT00000001.json": b"\0", "a/._NCT00000002.json": b"\0", "._x.json": b"\0"}
    (tmp_path / "file").write_bytes(packed({"NCT00000001.json": ONE} | extra))
    sink: Sink = []
    found = open_snapshot(tmp_path / "file", "file", sink)
    assert [member.name for member in found.members] == ["NCT00000001.json"]
    assert sink == []


def test_entries_that_are_no_study_are_told_by_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b'[%s, null, 5, "a", [1], {}]' % ONE)
    sink: Sink = []
    found = open_snapshot(tmp_path / "file", "file", sink)
    assert [member.trial_id for member in found.members] == ["NCT00000001"]
    assert [each.what.replace(" is not a study record", "") for each in sink] == [
        "Entry 2: found nothing (null)",
        "Entry 3: found a number",
        "Entry 4: found a text",
        "Entry 5: found a list",
        "Entry 6: it has no NCT number",
    ]
