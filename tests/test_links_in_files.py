"""What published files link to, as a browser reads them, and where their addresses lead."""

from __future__ import annotations

import time

import pytest

from trialpages.pages.addresses import Target, grounds, relative, target
from trialpages.pages.links_in_files import is_read, line_of, read_file, read_page

PAGE = """<!DOCTYPE html>
<!-- <a href="commented-out"> -->
<link rel="stylesheet" href='../a.css'><meta property="og:image" content="https://trials.example/x.png">
<meta name="description" content="https://trials.example/no-link">
<script type="application/ld+json">{"a": [{"url": "https://trials.example/y/#z"}], "b": "words"}</script>
<script>const text = '<a href="in-a-script">';</script>
<h1 id="top-part" class="a > b">Words</h1>
<A HREF=unquoted>one</A> <a href="a?b=1&amp;c=2#d">two</a> <a href="a?b=1&amp;c=2#d">again</a>
<img src="one.png" srcset="two.png 2x, three.png 3x" alt="">
<div data-folder="../search/" data-group="../ and words" data-modules="./a.js ./b.js"></div>
<textarea><a href="typed"></textarea>
"""


def test_a_page_is_read_as_a_browser_reads_it() -> None:
    found = read_page(PAGE)
    assert [(link.address, link.is_folder, link.is_data) for link in found.links] == [
        ("../a.css", False, False),
        ("https://trials.example/x.png", False, False),
        ("https://trials.example/y/#z", False, True),
        ("unquoted", False, False),
        ("a?b=1&c=2#d", False, False),
        ("one.png", False, False),
        ("two.png", False, False),
        ("three.png", False, False),
        ("../search/", True, False),
        ("../", True, False),
        ("./a.js", True, False),
        ("./b.js", True, False),
    ]
    assert found.ids == {"top-part"}
    assert found.repeated_ids == ()
    assert found.silent_images == ()
    assert [line_of(PAGE, link.at) for link in found.links][:5] == [3, 3, 5, 8, 8]


def test_ids_that_stand_twice_and_images_without_words_are_found() -> None:
    text = (
        '<p id="a"><p id="b">\n<p id="a">\n<img src="one.png"><img src="two.png" alt="Two">'
        '<input type="image" src="go.png"><svg role="img"></svg><svg role="img" aria-label="Up"></svg>'
        '<img src="three.png" aria-hidden="true">'
    )
    found = read_page(text)
    assert [(name, line_of(text, at)) for name, at in found.repeated_ids] == [("a", 2)]
    assert [image.address for image in found.silent_images] == ["one.png", "go.png", ""]


@pytest.mark.parametrize(
    ("path", "text", "addresses"),
    [
        ("assets/site.css", "a { b: url( 'x.svg' ); c: url(#part) } @import \"y.css\";", ["x.svg", "y.css"]),
        ("feed.xml", '<feed><link rel="self" href="a/feed.xml"/><id>urn:x</id></feed>', ["a/feed.xml"]),
        ("sitemap-1.xml", "<url><loc>https://trials.example/a/</loc></url>", ["https://trials.example/a/"]),
        (
            "site.webmanifest",
            '{"start_url": "./", "icons": [{"src": "i.png"}, 3], "name": "x"}',
            ["./", "i.png"],
        ),
        ("site.webmanifest", "[broken", []),
        ("trial.json", '{"url": "nobody-reads-this"}', []),
    ],
)
def test_other_files_are_read_by_their_kind(path: str, text: str, addresses: list[str]) -> None:
    assert [link.address for link in read_file(path, text).links] == addresses
    assert is_read(path) is (path != "trial.json")


def test_a_text_without_an_end_is_read_at_once() -> None:
    began = time.perf_counter()
    for text in ("<a " * 20_000, '<a href="' * 20_000, "<!--" * 20_000, "<script>" * 5_000):
        read_page(text)
    assert time.perf_counter() - began < 10, "seconds; a search that begins anew at each sign takes minutes"


ROOT, BELOW = grounds(""), grounds("https://trials.example/below/")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("", Target(path="trials/NCT00000001/index.html")),
        ("#a%20b", Target(path="trials/NCT00000001/index.html", fragment="a b")),
        ("#top", Target(path="trials/NCT00000001/index.html")),
        ("a#b:~:text=words", Target(path="trials/NCT00000001/a", fragment="b")),
        ("?query#x", Target(path="trials/NCT00000001/index.html", fragment="x")),
        ("..", Target(path="trials/index.html")),
        ("../../glossary/#x", Target(path="glossary/index.html", fragment="x")),
        ("../../../x", Target(path="../x")),
        ("./caf%C3%A9.png", Target(path="trials/NCT00000001/café.png")),
        ("https://trials.example/below", Target(path="index.html")),
        ("https://trials.example/below/a.png?v=1", Target(path="a.png")),
        ("/below/a/", Target(path="a/index.html")),
        ("/elsewhere/", None),
        ("https://trials.example/belows/", None),
        ("//trials.example/x", None),
        ("mailto:made.up@example.org", None),
    ],
)
def test_an_address_leads_where_a_browser_would_go(address: str, place: Target | None) -> None:
    assert target(address, "trials/NCT00000001/index.html", BELOW) == place


def test_without_a_path_the_top_of_the_server_is_the_site() -> None:
    assert target("/a/", "x/index.html", ROOT) == Target(path="a/index.html")
    assert target("https://trials.example/a/", "index.html", ROOT) is None


@pytest.mark.parametrize(
    ("own", "other", "address"),
    [
        ("trials/NCT00000001/index.html", "glossary/index.html", "../../glossary/"),
        ("trials/NCT00000001/index.html", "trials/NCT00000002/index.html", "../NCT00000002/"),
        ("about/index.html", "index.html", "../"),
        ("index.html", "index.html", "./"),
        ("404.html", "a.png", "a.png"),
    ],
)
def test_an_address_is_written_from_page_to_page(own: str, other: str, address: str) -> None:
    assert relative(own, other) == address
    assert target(address, own, ROOT) == Target(path=other)
