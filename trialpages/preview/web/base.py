"""Below which path the site lies, known before the site is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from trialpages.read.config import read_config
from trialpages.stages.options import Options
from trialpages.words.diagnostics import ERROR, Sink


def base_path(options: Options, known: str = "/") -> str:
    """Return the path of the public address, with slashes at both ends; `known` when it cannot be known now.

    It cannot while the settings are half-written or away: the site stays where it was, as its pages do.
    """
    address = options.base_url
    if address is None:
        for folder in (options.content, options.directory):
            faults: Sink = []
            try:
                address = read_config((folder / "site.yaml").read_bytes(), "site.yaml", faults).base_url
            except OSError:
                continue
            if any(each.severity == ERROR for each in faults):
                return known
            break
    return known if address is None else f"{urlsplit(address).path.rstrip('/')}/"


def may_move(options: Options, paths: frozenset[str] | tuple[str, ...]) -> bool:
    """Say whether a change of these files may move the site to another path."""
    return any(path.endswith("site.yaml") for path in paths) or not paths
