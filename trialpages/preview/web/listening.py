"""Where the preview listens: a free port, and the addresses under which others on the network find it.

Needs nothing but sockets, so that the server listens before anything else is loaded. No name server and no other
machine is asked for this machine's own addresses.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator

from trialpages.preview.web.hosts import is_visible_to_others, is_wildcard

PORTS_TO_TRY = 10
WAITING = 512
"""Connections that may wait until the server takes them; two hundred browsers at once are fine."""

SOMEWHERE_IPV4 = ("10.255.255.254", "172.31.255.254", "192.168.255.254", "192.0.2.1")
SOMEWHERE_IPV6 = ("fd00::1", "2001:db8::1")
"""Addresses of other networks: to choose a way to them sends nothing, and tells our own address on that way."""


class CannotListenError(Exception):
    """There is no port at which the preview may listen; the text says why."""


def listen(host: str, first: int) -> tuple[list[socket.socket], int]:
    """Return listening sockets and their port: the first free one of ten. Raises `CannotListenError`.

    Port 0 is any free one. A name with several addresses, such as `localhost`, gets a socket for each.
    """
    if not 0 <= first <= 65535:
        raise CannotListenError(f"--port wants a number from 0 to 65535, not {first}")
    try:
        places = _places(host)
    except OSError as error:
        raise CannotListenError(f"--host {host} is no address: {error.strerror or error}") from error
    last = min(first + PORTS_TO_TRY, 65536) - 1 if first else 0
    for port in range(first, last + 1):
        try:
            return _bound(places, port)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM) and port < 1024:
                why = f"port {port} needs the rights of the system; choose one from 1024 up"
                raise CannotListenError(why) from error
            if error.errno == errno.EADDRNOTAVAIL:
                why = f"--host {host} is no address of this machine"
                raise CannotListenError(why) from error
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                why = f"port {port} on {host} cannot be used: {error.strerror or error}"
                raise CannotListenError(why) from error
    raise CannotListenError(
        f"no port from {first} to {last} on {host} is free; choose another with --port, or stop what uses them"
    )


def address(host: str, port: int, base: str) -> str:
    """Return the address to open in a browser of this machine."""
    name = "127.0.0.1" if is_wildcard(host) else host.strip("[]")
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{base}"


def addresses_for_others(host: str, port: int, base: str) -> list[str]:
    """Return the addresses under which other machines find a preview at this `--host`; none for a loopback one."""
    if not is_visible_to_others(host):
        return []
    if not is_wildcard(host):
        return [address(host, port, base)]
    return [address(name, port, base) for name in _own_addresses(with_ipv6=":" in host or host == "")]


def _places(host: str) -> list[tuple[socket.AddressFamily, tuple[object, ...]]]:
    name = None if host == "" else host.strip("[]")
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((family, place) for family, _type, _number, _name, place in found))


def _bound(
    places: list[tuple[socket.AddressFamily, tuple[object, ...]]], port: int
) -> tuple[list[socket.socket], int]:
    sockets: list[socket.socket] = []
    try:
        for family, place in places:
            try:
                made = socket.socket(family, socket.SOCK_STREAM)
            except OSError:
                # A machine without IPv6 still has names that lead to such an address.
                continue
            sockets.append(made)
            if os.name == "posix":
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(len(places) > 1))
            try:
                made.bind((place[0], port, *place[2:]))
            except OSError as error:
                if error.errno != errno.EADDRNOTAVAIL or len(places) == 1:
                    raise
                sockets.pop().close()
                continue
            made.setblocking(False)
            made.listen(WAITING)
            port = made.getsockname()[1]
        if not sockets:
            raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    except OSError:
        for each in sockets:
            each.close()
        raise
    return sockets, port


def _own_addresses(*, with_ipv6: bool) -> list[str]:
    found = dict.fromkeys(_on_the_way(socket.AF_INET, SOMEWHERE_IPV4))
    if with_ipv6:
        found |= dict.fromkeys(_on_the_way(socket.AF_INET6, SOMEWHERE_IPV6))
    return list(found)


def _on_the_way(family: socket.AddressFamily, places: tuple[str, ...]) -> Iterator[str]:
    for place in places:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as way:
                # A datagram socket that is connected has chosen its way; nothing is sent.
                way.connect((place, 9))
                own = str(way.getsockname()[0])
        except OSError:
            continue
        if own not in ("0.0.0.0", "::", "::1") and not own.startswith(("127.", "fe80:")):  # noqa: S104
            yield own
