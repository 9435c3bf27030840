"""The files in a zip archive, one after another: its directory is read as it goes and never held.

The library's own reader keeps an entry of some 600 bytes for each file; the registry's whole download has
560,000. Here the directory passes by in one handle while files are unpacked through another. Sizes, checksums
and methods are the library's business.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

END = struct.Struct("<4s4H2LH")
END_SIGN = b"PK\x05\x06"
LOCATOR = struct.Struct("<4sLQL")
LOCATOR_SIGN = b"PK\x06\x07"
END_64 = struct.Struct("<4sQ2H2L4Q")
END_64_SIGN = b"PK\x06\x06"
ENTRY = struct.Struct("<4s6H3L5H2L")
ENTRY_SIGN = b"PK\x01\x02"
LOCAL = struct.Struct("<4s5H3L2H")
LOCAL_SIGN = b"PK\x03\x04"
LONGEST_COMMENT = 65_535
LARGE = 0xFFFFFFFF
UTF_8_NAME = 0x800
ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Inside:
    """One file in an archive, as its directory describes it. Sizes are bytes."""

    name: str
    size: int
    packed: int
    checksum: int
    method: int
    flags: int
    offset: int


class Archive:
    """An open archive: `with Archive(path) as archive`. Raises `zipfile.BadZipFile` where it is none, or damaged."""

    def __init__(self, path: Path) -> None:
        self._directory: BinaryIO = path.open("rb")
        self._data: BinaryIO = path.open("rb")
        try:
            self.count, self._start, self._shift = self._find_directory()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._directory.close()
        self._data.close()

    def __iter__(self) -> Iterator[Inside]:
        self._directory.seek(self._start)
        for _ in range(self.count):
            yield self._next()

    def open(self, inside: Inside) -> zipfile.ZipExtFile:
        """Return a file's content as a stream, to be read before the next one is opened."""
        if inside.flags & ENCRYPTED:
            raise zipfile.BadZipFile(f"{inside.name} is encrypted")
        self._data.seek(inside.offset + self._shift)
        head = self._unpacked(LOCAL, self._data, LOCAL_SIGN)
        self._data.seek(head[-2] + head[-1], 1)
        info = zipfile.ZipInfo(inside.name)
        info.compress_type, info.flag_bits, info.CRC = inside.method, inside.flags, inside.checksum
        info.compress_size, info.file_size = inside.packed, inside.size
        return zipfile.ZipExtFile(self._data, "r", info)

    def _next(self) -> Inside:
        (_, _, _, flags, method, _, _, checksum, packed, size, *lengths, _, _, _, offset) = self._unpacked(
            ENTRY, self._directory, ENTRY_SIGN
        )
        name = self._directory.read(lengths[0])
        extra = self._directory.read(lengths[1])
        self._directory.seek(lengths[2], 1)
        if LARGE in (size, packed, offset):
            size, packed, offset = _large(extra, size, packed, offset)
        text = name.decode("utf-8" if flags & UTF_8_NAME else "cp437", "replace")
        return Inside(text, size, packed, checksum, method, flags, offset)

    def _find_directory(self) -> tuple[int, int, int]:
        """Return how many files there are, where their directory begins, and what was put before the archive."""
        opened = self._directory
        length = opened.seek(0, 2)
        opened.seek(max(0, length - END.size - LONGEST_COMMENT))
        base = opened.tell()
        tail = opened.read()
        at = tail.rfind(END_SIGN)
        if at < 0 or len(tail) - at < END.size:
            raise zipfile.BadZipFile("there is no directory at its end")
        (_, _, _, _, count, size, offset, _) = END.unpack_from(tail, at)
        end = base + at
        before = tail[max(0, at - LOCATOR.size) : at]
        if before.startswith(LOCATOR_SIGN):
            # The large form's own end lies before its locator, whatever was put before the archive.
            end -= LOCATOR.size + END_64.size
            opened.seek(end)
            found = self._unpacked(END_64, opened, END_64_SIGN)
            count, size, offset = found[-3], found[-2], found[-1]
        start = end - size
        if start < 0 or start < offset:
            raise zipfile.BadZipFile("its directory is cut off")
        return count, start, start - offset

    def _unpacked(self, form: struct.Struct, opened: BinaryIO, sign: bytes) -> tuple[int, ...]:
        data = opened.read(form.size)
        if len(data) < form.size or not data.startswith(sign):
            raise zipfile.BadZipFile("an entry is damaged")
        return form.unpack(data)


def _large(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Return sizes and place of a file beyond four gigabytes, which stand in the entry's extra field."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            try:
                found = [next(wide) if each == LARGE else each for each in (size, packed, offset)]
            except StopIteration:
                break
            return found[0], found[1], found[2]
        at += 4 + length
    raise zipfile.BadZipFile("an entry is damaged")
