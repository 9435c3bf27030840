"""What an address of the preview means; no address leaves the site."""

from __future__ import annotations

import pytest

from trialpages.preview.web.wanted import Elsewhere, Wanted, folder_address, page_of, wanted


@pytest.mark.parametrize(
    ("raw", "base", "path"),
    [
        ("/", "/", ""),
        ("/repo/", "/repo/", ""),
        ("/repo/trials/NCT00000001/", "/repo/", "trials/NCT00000001/"),
        ("/trials/NCT00000001/index.html", "/", "trials/NCT00000001/index.html"),
        ("/a%20b/", "/", "a b/"),
        ("/%C3%A9/", "/", "é/"),
    ],
)
def test_an_address_of_the_site(raw: str, base: str, path: str) -> None:
    assert wanted(raw, base) == Wanted(path=path)


@pytest.mark.parametrize("raw", ["/", "/repo"])
def test_an_address_beside_the_base_leads_to_it(raw: str) -> None:
    assert wanted(raw, "/repo/") == Elsewhere(address="/repo/")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "x",
        "/../x",
        "/a/../x",
        "/./x",
        "/%2e%2e/x",
        "/%2E%2e%2fx",
        "/a%2Fb",
        "/a%5Cb",
        "/a\\b",
        "/a%00b",
        "/a%0Ab",
        "/%ff",
        "//evil.example/",
        "/a//b",
        "/C%3A%5Cx",
        "/" + "a" * 2000,
    ],
)
def test_what_is_no_plain_name_means_nothing(raw: str) -> None:
    assert wanted(raw, "/") is None


def test_an_address_outside_of_the_base_means_nothing() -> None:
    assert wanted("/other/", "/repo/") is None
    assert wanted("/repository/", "/repo/") is None


def test_a_page_of_a_browser() -> None:
    assert page_of("/repo/a/index.html", "/repo/") == "a/"
    assert page_of("/other/", "/repo/") is None


def test_the_address_of_a_folder_is_quoted() -> None:
    assert folder_address("a b?", "/repo/") == "/repo/a%20b%3F/"
