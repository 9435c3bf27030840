"""Whom the preview answers: requests to this machine by its own names, and pages that it has sent itself.

A page of another site can make a browser send requests here, and can let a name of its own lead to this machine (DNS
rebinding). So the `Host` of every request must be one that only somebody at this machine, or on the network that was
asked for, can mean; whatever acts or listens needs the same origin besides. Pure: no name is ever looked up.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?")
PORT = re.compile(r"[0-9]{1,5}")


def is_own(host: str, given: str, local_address: str) -> bool:
    """Say whether a `Host` header means this preview.

    `given` is what `--host` says; `local_address` is the address of this machine at which the request came in.
    """
    name = name_of(host)
    if name is None:
        return False
    if name == "localhost" or name.endswith(".localhost") or name == given.strip("[]").lower():
        return True
    address = _address(name)
    if address is None:
        return False
    return address.is_loopback or (not _is_loopback(given) and address == _address(local_address))


def is_same_origin(origin: str | None, host: str) -> bool:
    """Say whether an `Origin` header is that of a page which this preview has sent under this `Host`."""
    if origin is None:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower() and parts.netloc != ""


def name_of(host: str) -> str | None:
    """Return the name or address of a `Host` header in small letters, without port or brackets; None when it is none."""
    text = host.strip().lower()
    if text.startswith("["):
        name, closed, rest = text[1:].partition("]")
        if not closed or not isinstance(_address(name), ipaddress.IPv6Address):
            return None
        return name if rest == "" or (rest[0] == ":" and PORT.fullmatch(rest[1:])) else None
    name, colon, port = text.partition(":")
    if (colon and not PORT.fullmatch(port)) or not NAME.fullmatch(name):
        return None
    return name


def is_wildcard(given: str) -> bool:
    """Say whether a `--host` means every address of this machine."""
    address = _address(given.strip("[]"))
    return given == "" or (address is not None and address.is_unspecified)


def _is_loopback(given: str) -> bool:
    address = _address(given.strip("[]"))
    return given.lower() == "localhost" or (address is not None and address.is_loopback)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped
    return found


def is_visible_to_others(given: str) -> bool:
    """Say whether a preview at this `--host` can be reached from other machines."""
    return not _is_loopback(given)
