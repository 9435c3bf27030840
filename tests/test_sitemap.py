from __future__ import annotations

import pytest
from lxml import etree

from trialpages.pages.sitemap import NOTE, Entry, robots, sitemap
from trialpages.read.config import Config

SITE = Config(name="Made-up site", base_url="https://example.org/trials/")


def test_days_and_addresses() -> None:
    made = sitemap([Entry(url="", lastmod="2026-11-01"), Entry(url="a&b/")], SITE)
    assert made.note is None
    assert [file.path for file in made.files] == ["sitemap.xml", "robots.txt"]
    assert made.files[0].content.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://example.org/trials/</loc><lastmod>2026-11-01</lastmod></url>\n"
        "<url><loc>https://example.org/trials/a&amp;b/</loc></url>\n"
        "</urlset>\n"
    )


def test_a_long_sitemap_is_split_under_an_index() -> None:
    found = [Entry(url=f"trials/{number}/", lastmod=f"2026-01-0{number}") for number in range(1, 6)]
    made = {file.path: file.content for file in sitemap(iter(found), SITE, per_file=2).files}
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "robots.txt"]
    index = etree.fromstring(made["sitemap.xml"])
    assert [child[0].text for child in index] == [
        f"https://example.org/trials/sitemap-{n}.xml" for n in (1, 2, 3)
    ]
    assert [child[1].text for child in index] == ["2026-01-02", "2026-01-04", "2026-01-05"]
    assert sum(len(etree.fromstring(made[f"sitemap-{number}.xml"])) for number in (1, 2, 3)) == 5


def test_exactly_one_full_file_needs_no_index() -> None:
    made = sitemap([Entry(url="a/"), Entry(url="b/")], SITE, per_file=2)
    assert [file.path for file in made.files] == ["sitemap.xml", "robots.txt"]


@pytest.mark.parametrize("base_url", ["", "/trials/"])
def test_without_a_full_address_there_is_no_sitemap(base_url: str) -> None:
    made = sitemap([Entry(url="a/")], Config(name="Made-up site", base_url=base_url))
    assert [file.path for file in made.files] == ["robots.txt"]
    assert made.note == NOTE
    assert b"Sitemap" not in made.files[0].content


def test_robots_names_the_sitemap() -> None:
    assert robots(SITE).content.decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "Sitemap: https://example.org/trials/sitemap.xml",
    ]
