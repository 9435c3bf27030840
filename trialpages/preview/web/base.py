"""Below which path the site lies, known before the site is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from trialpages.read.config import read_config
from trialpages.stages.options import Options


def base_path(options: Options) -> str:
    """Return the path of the public address, with slashes at both ends; `/` when it cannot be known."""
    address = options.base_url
    if address is None:
        address = ""
        for folder in (options.content, options.directory):
            try:
                address = read_config((folder / "site.yaml").read_bytes(), "site.yaml", []).base_url
                break
            except OSError:
                continue
    return f"{urlsplit(address).path.rstrip('/')}/"


def may_move(options: Options, paths: frozenset[str] | tuple[str, ...]) -> bool:
    """Say whether a change of these files may move the site to another path."""
    return any(path.endswith("site.yaml") for path in paths) or not paths
