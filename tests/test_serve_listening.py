"""Where the preview listens: the first free port of ten, or a sentence that says why there is none."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from trialpages.preview.web import listening
from trialpages.preview.web.listening import CannotListenError, address, addresses_for_others, listen


@contextmanager
def free_run(length: int) -> Iterator[tuple[int, list[socket.socket]]]:
    """Hold ports that follow one another, and give the first of them."""
    for start in range(20_000, 60_000, 37):
        with ExitStack() as held:
            taken = []
            try:
                for port in range(start, start + length):
                    taken.append(held.enter_context(socket.socket()))
                    taken[-1].bind(("127.0.0.1", port))
                    taken[-1].listen()
            except OSError:
                continue
            yield start, taken
            return
    raise AssertionError("no run of free ports")


def closed(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


def test_a_taken_port_leads_to_the_next() -> None:
    with free_run(3) as (first, taken):
        taken[2].close()
        sockets, port = listen("127.0.0.1", first)
        closed(sockets)
    assert port == first + 2


def test_ten_taken_ports_are_a_sentence() -> None:
    with free_run(10) as (first, _taken), pytest.raises(CannotListenError) as found:
        listen("127.0.0.1", first)
    assert str(found.value) == (
        f"no port from {first} to {first + 9} on 127.0.0.1 is free; "
        "choose another with --port, or stop what uses them"
    )


def test_a_port_of_the_system_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_places: object, _port: int) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(listening, "_bound", refuse)
    with pytest.raises(CannotListenError, match="port 80 needs the rights of the system"):
        listen("127.0.0.1", 80)


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", 70_000, "--port wants a number from 0 to 65535, not 70000"),
        ("192.0.2.7", 0, "--host 192.0.2.7 is no address of this machine"),
    ],
)
def test_what_cannot_be_is_said(host: str, port: int, said: str) -> None:
    with pytest.raises(CannotListenError, match=said):
        listen(host, port)


def test_a_name_listens_at_all_its_addresses_with_one_port() -> None:
    sockets, port = listen("localhost", 0)
    try:
        assert {each.getsockname()[1] for each in sockets} == {port}
        with socket.create_connection(("127.0.0.1", port)):
            pass
    finally:
        closed(sockets)


def test_ipv6_listens() -> None:
    try:
        sockets, port = listen("::1", 0)
    except CannotListenError:
        pytest.skip("this machine has no IPv6")
    with socket.create_connection(("::1", port)):
        closed(sockets)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/repo/"),
        ("::1", "http://[::1]:8000/repo/"),
        ("0.0.0.0", "http://127.0.0.1:8000/repo/"),
        ("::", "http://127.0.0.1:8000/repo/"),
        ("workstation", "http://workstation:8000/repo/"),
    ],
)
def test_the_address_for_this_machine(host: str, shown: str) -> None:
    assert address(host, 8000, "/repo/") == shown


def test_addresses_for_others_are_none_of_loopback_and_ask_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a name server was asked")

    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getfqdn"):
        monkeypatch.setattr(socket, name, ask)
    assert addresses_for_others("127.0.0.1", 8000, "/") == []
    found = addresses_for_others("0.0.0.0", 8000, "/")
    assert all(each.startswith("http://") and "//127." not in each for each in found)
    assert addresses_for_others("192.0.2.7", 8000, "/") == ["http://192.0.2.7:8000/"]
