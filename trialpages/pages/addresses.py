"""Where an address on a page of the site leads: to a file of the site, to another site, or nowhere.

Addresses are read as a browser reads them when the site stands where `base_url` says: relative ones from the page,
`/...` from the top of the server, full ones as they are. An address outside of the site is nobody's concern here.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from trialpages.pages.page import output_path
from trialpages.words.fields import record

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
EVERYWHERE = frozenset({"", "top"})
"""Places that every page has."""


@record
class Target:
    """A place in the site: the file in the output, and the name of a place in it (empty for its top)."""

    path: str
    fragment: str = ""


@record
class Grounds:
    """Where the site stands: its full address (empty if not known) and its path, both with a slash at the end."""

    address: str
    path: str = "/"


def grounds(base_url: str) -> Grounds:
    """Return where a site stands, from its `base_url`."""
    path = f"{urlsplit(base_url).path.rstrip('/')}/"
    return Grounds(address=f"{base_url.rstrip('/')}/" if SCHEME.match(base_url) else "", path=path)


def target(address: str, own_path: str, site: Grounds) -> Target | None:
    """Return where an address leads that stands in the file `own_path`; None when it leaves the site.

    A way that climbs out of the site keeps its `../`, since no file of the site has such a path.
    """
    if site.address and f"{address}/".startswith(site.address):
        address = f"/{address[len(site.address) :]}"
        rest = address
    elif SCHEME.match(address) or address.startswith("//"):
        return None
    elif address.startswith("/"):
        if not address.startswith(site.path):
            return None
        rest = address[len(site.path) - 1 :]
    else:
        rest = address
    path, _hash, fragment = rest.partition("#")
    path = path.partition("?")[0]
    place = unquote(fragment.partition(":~:")[0])
    place = "" if place.lower() in EVERYWHERE else place
    if not path:
        return Target(path=own_path, fragment=place)
    return Target(path=output_path(_joined(own_path, unquote(path))), fragment=place)


def _joined(own_path: str, path: str) -> str:
    """Return the address from the site's root; a folder keeps its slash."""
    parts = [] if path.startswith("/") else own_path.split("/")[:-1]
    *steps, last = path.split("/")
    for step in [*steps, *([last] if last in (".", "..") else [])]:
        if step == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif step == "..":
            parts.append("..")
        elif step not in ("", "."):
            parts.append(step)
    folder = "".join(f"{part}/" for part in parts)
    return folder if last in (".", "..") else folder + last


def relative(own_path: str, path: str) -> str:
    """Return the address of one file of the site as another one would write it.

    >>> relative("trials/NCT00000001/index.html", "glossary/index.html")
    '../../glossary/'
    """
    own, other = own_path.split("/")[:-1], path.removesuffix("index.html").split("/")
    shared = 0
    while shared < min(len(own), len(other) - 1) and own[shared] == other[shared]:
        shared += 1
    return "../" * (len(own) - shared) + "/".join(other[shared:]) or "./"
