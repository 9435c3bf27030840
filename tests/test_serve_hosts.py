"""Whom the preview answers: the rules of the Host and Origin headers."""

from __future__ import annotations

import pytest

from trialpages.preview.web.hosts import is_own, is_same_origin, is_visible_to_others, name_of


@pytest.mark.parametrize(
    ("host", "given", "local", "is_answered"),
    [
        ("127.0.0.1:8000", "127.0.0.1", "127.0.0.1", True),
        ("localhost:8000", "127.0.0.1", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", "127.0.0.1", True),
        ("trials.localhost:8000", "127.0.0.1", "127.0.0.1", True),
        ("[::1]:8000", "::1", "::1", True),
        ("127.8.8.8:8000", "127.0.0.1", "127.0.0.1", True),
        ("evil.example", "127.0.0.1", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", "127.0.0.1", False),
        ("192.168.1.7:8000", "127.0.0.1", "127.0.0.1", False),
        ("192.168.1.7:8000", "0.0.0.0", "192.168.1.7", True),
        ("192.168.1.8:8000", "0.0.0.0", "192.168.1.7", False),
        ("192.168.1.7:8000", "::", "::ffff:192.168.1.7", True),
        ("[fe80::1]:8000", "::", "fe80::1%eth0", True),
        ("evil.example:8000", "0.0.0.0", "192.168.1.7", False),
        ("workstation:8000", "workstation", "192.168.1.7", True),
        ("", "127.0.0.1", "127.0.0.1", False),
        ("localhost:8000,evil.example", "127.0.0.1", "127.0.0.1", False),
        ("user@localhost", "127.0.0.1", "127.0.0.1", False),
        ("localhost/evil", "127.0.0.1", "127.0.0.1", False),
    ],
)
def test_a_host_is_answered_when_only_somebody_here_can_mean_it(
    host: str, given: str, local: str, *, is_answered: bool
) -> None:
    assert is_own(host, given, local) is is_answered


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("a:1", "a"),
        ("a:", None),
        ("a:x", None),
        ("[::1]", "::1"),
        ("[a]", None),
        ("[::1]x", None),
        ("::1", None),
    ],
)
def test_the_name_of_a_host(host: str, name: str | None) -> None:
    assert name_of(host) == name


@pytest.mark.parametrize(
    ("origin", "is_same"),
    [
        ("http://localhost:8000", True),
        ("https://localhost:8000", True),
        ("http://localhost:8001", False),
        ("http://localhost", False),
        ("http://evil.example", False),
        ("null", False),
        ("", False),
        ("http://[", False),
        ("file://localhost:8000", False),
        (None, False),
    ],
)
def test_an_origin_is_the_same_to_its_port(origin: str | None, *, is_same: bool) -> None:
    assert is_same_origin(origin, "localhost:8000") is is_same


def test_only_loopback_is_invisible_to_others() -> None:
    seen = {
        host: is_visible_to_others(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "a")
    }
    assert seen == {
        "127.0.0.1": False,
        "::1": False,
        "localhost": False,
        "0.0.0.0": True,
        "::": True,
        "a": True,
    }
