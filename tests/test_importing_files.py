"""Records out of downloaded files: every shape, every damage, and little memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from importing_sites import study, zipped

from trialpages.importing.archive import Archive
from trialpages.importing.files import Source
from trialpages.importing.streaming import CHUNK, entries
from trialpages.words.diagnostics import Sink

SMALL = '{"a":1}'


def streamed(data: bytes) -> tuple[list[bytes], list[str]]:
    sink: Sink = []
    found = [entry.data for entry in entries(io.BytesIO(data), "made-up.json", sink)]
    return found, [f"{fault.code}: {fault.what}" for fault in sink]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"[{SMALL}, {SMALL}\n,\n{SMALL}]", [SMALL] * 3),
        (f'{{"studies": [{SMALL}], "nextPageToken": "x"}}', [SMALL]),
        (f'{{"totalCount": 2, "nextPageToken": "x", "studies":[{SMALL}]}}', [SMALL]),
        (f"\ufeff[{SMALL}]", [SMALL]),
        (SMALL, [SMALL]),
        ('{"protocolSection": {"studies": []}}', ['{"protocolSection": {"studies": []}}']),
        ("<html>", ["<html>"]),
        ("", [""]),
    ],
)
def test_each_shape_becomes_its_records(text: str, expected: list[str]) -> None:
    found, faults = streamed(text.encode())
    assert ([data.decode().removeprefix("\ufeff") for data in found], faults) == (expected, [])


@pytest.mark.parametrize(
    ("data", "count", "fault"),
    [
        (b'[{"a":1},{"b":', 1, "registry-json: The list breaks off or is no JSON after 1 record"),
        (b'[{"a":1},]', 1, "registry-json: The list breaks off or is no JSON after 1 record"),
        (b"[nul", 0, "registry-json: The list breaks off or is no JSON after 0 records"),
        (b'[{"a":"\xff"}]', 0, "not-utf8: Byte 0xff is not UTF-8"),
        (b'{"studies": []}', 0, "registry-not-a-study: The file holds an empty list of studies"),
    ],
)
def test_what_stands_before_damage_counts(data: bytes, count: int, fault: str) -> None:
    found, faults = streamed(data)
    assert (len(found), faults) == (count, [fault])


def test_a_record_may_lie_across_any_border() -> None:
    texts = [
        json.dumps({"text": "é" * length}, ensure_ascii=False) for length in (CHUNK // 2 - 9, 7, CHUNK, 0)
    ]
    listed = ",\n".join(texts)
    found, faults = streamed(f"[{listed}]".encode())
    assert ([data.decode() for data in found], faults) == (texts, [])


def source(tmp_path: Path, data: bytes) -> tuple[list[str], list[str]]:
    path = tmp_path / "studies.zip"
    path.write_bytes(data)
    sink: Sink = []
    found = [entry.shown for entry in Source(path, "studies.zip").entries(sink)]
    return found, [f"{fault.code}: {fault.span.path}" for fault in sink]


def test_a_zip_may_be_flat_in_folders_or_of_lists(tmp_path: Path) -> None:
    files: dict[str, Any] = {
        "NCT00000001.json": study(1),
        "ctg-studies.json/00/NCT00000002.json": study(2),
        "list.json": [study(3), study(4)],
        "page.json": {"studies": [study(5)]},
        "README.txt": b"no record",
        "__MACOSX/._NCT00000001.json": b"icon",
    }
    assert source(tmp_path, zipped(files)) == (
        [
            "studies.zip!NCT00000001.json",
            "studies.zip!ctg-studies.json/00/NCT00000002.json",
            "studies.zip!list.json[1]",
            "studies.zip!list.json[2]",
            "studies.zip!page.json[1]",
        ],
        [],
    )


def test_bad_archives_are_told_by_name(tmp_path: Path) -> None:
    whole = zipped({f"NCT{number:08d}.json": study(number) for number in range(1, 4)})
    assert source(tmp_path, whole[:-200]) == ([], ["zip-broken: studies.zip"])
    assert source(tmp_path, zipped({"a.txt": b"x"})) == ([], ["registry-not-a-study: studies.zip"])
    unsafe = zipped({"../NCT00000001.json": study(1), "NCT00000002.json": study(2)})
    assert source(tmp_path, unsafe) == (
        ["studies.zip!NCT00000002.json"],
        ["zip-unsafe-name: studies.zip!../NCT00000001.json"],
    )
    damaged = bytearray(whole)
    damaged[60:90] = b"\xff" * 30
    found, faults = source(tmp_path, bytes(damaged))
    assert found == ["studies.zip!NCT00000002.json", "studies.zip!NCT00000003.json"]
    assert faults == ["zip-broken: studies.zip!NCT00000001.json"]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
@pytest.mark.parametrize("before", [b"", b"a line that somebody put before the archive\n"])
def test_the_archive_reader_finds_what_the_librarys_finds(tmp_path: Path, method: int, before: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(before + zipped({"é.json": study(1), "b/": b"", "c.json": b"[]"}, method))
    with zipfile.ZipFile(path) as theirs, Archive(path) as ours:
        expected = [(info.filename, theirs.read(info)) for info in theirs.infolist()]
        assert [(inside.name, ours.open(inside).read()) for inside in ours] == expected


def test_the_archive_reader_takes_the_large_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    count = 20
    # The library writes the large form for more files than this; 65,535 would take a while.
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 10)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}.json"), b"")
        with archive.open("large.json", "w", force_zip64=True) as opened:
            opened.write(b"[]")
    with Archive(path) as ours:
        assert ours.count == count + 1
        *_, last = ours
        assert (last.name, ours.open(last).read()) == ("large.json", b"[]")


MEASURE = """
import resource, sys
from pathlib import Path
from trialpages.cli import main
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
main(["import", "-C", sys.argv[1], "--dry-run", "-q", sys.argv[2]])
before = peak()
main(["import", "-C", sys.argv[1], "--dry-run", "-q", sys.argv[3]])
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is measured in kilobytes on Linux only")
@pytest.mark.parametrize("kind", ["zip", "json"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, kind: str) -> None:
    from importing_sites import new_site

    site = new_site(tmp_path / "site")
    paths = []
    for name, count in (("few", 100), ("many", 2_000)):
        path = tmp_path / f"{name}.{kind}"
        if kind == "zip":
            path.write_bytes(zipped({f"NCT{number:08d}.json": small(number) for number in range(1, count)}))
        else:
            path.write_text(f"[{','.join(json.dumps(small(number)) for number in range(1, count))}]")
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(site), *paths], capture_output=True, text=True, check=True
    )
    assert int(done.stdout.splitlines()[-1]) < 8_000


def small(number: int) -> dict[str, Any]:
    """Return a made-up study of a few lines and a long text."""
    identification = {"nctId": f"NCT{number:08d}", "briefTitle": f"A made-up study {number}"}
    summary = {"briefSummary": "Made up. " * 1_300}
    status = {"overallStatus": "COMPLETED"}
    return {
        "protocolSection": {
            "identificationModule": identification,
            "statusModule": status,
            "descriptionModule": summary,
        }
    }
