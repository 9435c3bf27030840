"""The parts of `docs/hosting.md` that are made from the code: tables of headers and limits, and configurations.

A part stands between `<!-- made: NAME -->` and `<!-- end -->`; all else in the document is written by people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from trialpages.pages.headers import CACHE, EVERYWHERE, OPEN_TO_ALL, RULES
from trialpages.pages.headers_cloudfront import cloudfront_policy
from trialpages.pages.headers_nginx import Server, nginx_configuration
from trialpages.pages.host_files import CLOUDFLARE, host_files
from trialpages.pages.media_types import MEDIA_TYPES
from trialpages.pages.target_limits import LIMITS, Limits, megabytes
from trialpages.read.config import Config

PART = re.compile(r"(<!-- made: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
FOLDER = "/srv/trials/output"


def hosting_document(text: str) -> str:
    """Return the document with its made parts as they are now. Raises `KeyError` for a part that nobody makes."""
    return PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]().rstrip()}\n\n{found[3]}", text)


def _rules() -> str:
    rows = (
        (
            rule.name,
            ", ".join(f"`{path}`" for path in rule.examples),
            f"`{rule.headers[CACHE]}`",
            "yes" if OPEN_TO_ALL.keys() <= rule.headers.keys() else "",
        )
        for rule in RULES
    )
    return _table(("files", "for example", CACHE, "open to other sites"), rows)


def _everywhere() -> str:
    return _fenced("".join(f"{name}: {value}\n" for name, value in EVERYWHERE.items()))


def _types() -> str:
    kinds: dict[str, list[str]] = {}
    for ending, kind in MEDIA_TYPES.items():
        kinds.setdefault(kind, []).append(f"`.{ending}`")
    return _table(
        ("type", "names that end in"), ((f"`{kind}`", ", ".join(kinds[kind])) for kind in sorted(kinds))
    )


def _limits() -> str:
    return _table(
        ("target", "host", "what it takes"),
        ((f"`{name}`", each.name, _taken(each)) for name, each in LIMITS.items()),
    )


def _taken(limits: Limits) -> str:
    said: list[str] = []
    if limits.site_bytes is not None:
        said.append(f"{megabytes(limits.site_bytes)} for the site")
    if limits.files is not None:
        said.append(f"{limits.files:,} files")
    if limits.file_bytes is not None:
        said.append(f"{megabytes(limits.file_bytes)} for a file")
    if limits.folder_files is not None:
        said.append(f"{limits.folder_files:,} files in one folder")
    if limits.path_bytes is not None:
        said.append(f"{limits.path_bytes:,} bytes for the path of a file")
    return ", ".join(said) + (f" ({limits.remark})" if limits.remark else "")


def _headers_file() -> str:
    paths = (path for rule in RULES for path in rule.examples)
    (file,) = host_files(CLOUDFLARE, Config(), paths)
    return _fenced(file.content.decode())


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(titles)
    lines = [head, tuple("---" for _title in head), *map(tuple, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _fenced(text: str, language: str = "text") -> str:
    return f"~~~{language}\n{text.rstrip()}\n~~~\n"


PARTS: Mapping[str, Callable[[], str]] = {
    "rules": _rules,
    "everywhere": _everywhere,
    "types": _types,
    "limits": _limits,
    "_headers": _headers_file,
    "CloudFront": lambda: _fenced(cloudfront_policy(), "json"),
    "nginx": lambda: _fenced(nginx_configuration(Server(folder=FOLDER))),
}
