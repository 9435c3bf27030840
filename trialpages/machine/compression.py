"""Second forms of files: `.gz` and `.br` beside each text file, for servers that send these instead.

The same content gives the same bytes: no name and no time is written into them. How hard brotli tries is measured,
on pages, data and assets of a site of 10,000 trials: for pages quality 9 saves 1 % more than 5 and takes 13 times as
long, and 11 saves 12 % and takes 55 times as long (35 ms a page instead of 0.6). So what is renewed often gets 5. An
asset is compressed once, since its name changes with its content, and gets 11, which saves 10 %. For gzip 9 costs
next to nothing more than 6.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

import brotli

from trialpages.machine.output import Written, stage

ENDINGS = (".gz", ".br")
GZIP_LEVEL = 9
LASTING_QUALITY, RENEWED_QUALITY = 11, 5


@dataclass(frozen=True, slots=True)
class CompressState:
    """Where files lie: those of `new` in the staging folder, all others in the output."""

    staging: Path
    output: Path
    new: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file to compress; a lasting one is worth more work."""

    path: str
    is_lasting: bool


def compress_file(state: CompressState, wanted: Wanted) -> tuple[Written, ...]:
    """Stage both second forms of one file."""
    folder = state.staging if wanted.path in state.new else state.output
    try:
        content = (folder / wanted.path).read_bytes()
    except FileNotFoundError:
        # The last good file of a page with errors, which somebody has taken away.
        return ()
    quality = LASTING_QUALITY if wanted.is_lasting else RENEWED_QUALITY
    forms = (
        # mtime 0 is no time, and gzip.compress writes no name.
        gzip.compress(content, GZIP_LEVEL, mtime=0),
        brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality),
    )
    return tuple(
        stage(state.staging, state.output, f"{wanted.path}{ending}", form)
        for ending, form in zip(ENDINGS, forms, strict=True)
    )
