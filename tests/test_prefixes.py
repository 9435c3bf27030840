"""One and the same output below three paths and in a folder: every link, file and place that it names is there."""

from __future__ import annotations

import html as markup
import re
from pathlib import Path

import pytest
from built_sample import ADDRESS, BASE, built_sample
from crawler import Crawl, Http, from_disk, pages

from trialpages.pages.page import output_path

PREFIXES = ("/", BASE, "/pr-preview/pr-7/")
STARTS = (
    "",
    "site.json",
    "search/latest.json",
    "search/trials.json",
    "sitemap.xml",
    "gazetteer/outlines.json",
)
"""The home page, and what programs and scripts begin with."""

NAMED_BY_NOTHING = re.compile(
    r"404\.html|robots\.txt|\.trialpages-files|\.nojekyll|gazetteer/areas\.json|trials/NCT00000001/feed\.xml|.+\.(gz|br)"
)
"""Files for servers, for robots, for scripts that know their names, and for who followed a page that is gone."""


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory)


def starts(output: Path) -> tuple[str, ...]:
    gazetteer = next(output.glob("gazetteer/*/index.json")).relative_to(output).as_posix()
    return (*STARTS, gazetteer)


def crawled(output: Path, address: str) -> Crawl:
    return Crawl(address, ADDRESS, from_disk if address.startswith("file:") else Http(address)).run(
        *starts(output)
    )


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_same_output_is_whole_below_every_path(output: Path, prefix: str) -> None:
    with pages(output, prefix) as address:
        found = crawled(output, address)
    assert found.broken == []
    assert len([path for path in found.reached if path.endswith(".html")]) > 150


def test_the_same_output_is_whole_in_a_folder_and_every_file_is_named(output: Path) -> None:
    found = crawled(output, f"{output.as_uri()}/")
    assert found.broken == []
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert found.reached <= files
    assert {path for path in files - found.reached if not NAMED_BY_NOTHING.fullmatch(path)} == set()


def test_what_must_be_absolute_is_and_names_files_that_are_there(output: Path) -> None:
    found = crawled(output, f"{output.as_uri()}/")
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert {path for path in found.absolute if output_path(path.partition("#")[0]) not in files} == set()
    listed = {path for path, sources in found.absolute.items() if "sitemap.xml" in sources}
    indexed = set()
    for path in files:
        if not path.endswith(".html"):
            continue
        text = (output / path).read_text("utf-8")
        address = path.removesuffix("index.html")
        canonical = re.findall(r'<link rel="canonical" href="([^"]*)"', text)
        shared = re.findall(r'<meta property="og:url" content="([^"]*)"', text)
        is_hidden = '<meta name="robots" content="noindex">' in text
        is_moved = 'http-equiv="refresh"' in text
        if not is_moved and not is_hidden:
            assert [markup.unescape(each) for each in canonical] == [f"{ADDRESS}{address}"] == shared, path
            indexed.add(address)
        assert is_hidden or len(canonical) == 1
    assert listed == indexed, "the sitemap lists what search engines may list"
    for path in files:
        if path.endswith("feed.xml"):
            text = (output / path).read_text("utf-8")
            assert re.findall(r'href="([^"]*)"', text)[1].startswith(ADDRESS), "a feed names itself in full"
            assert all(
                each.startswith(ADDRESS) for each in re.findall(r'rel="alternate"[^>]*href="([^"]*)"', text)
            )


@pytest.mark.parametrize("missing", ["nowhere/", "trials/NCT00000009/", "a/b/c/d.html"])
def test_the_page_for_what_is_missing_works_from_any_depth(output: Path, missing: str) -> None:
    with pages(output, BASE) as address:
        fetch = Http(address)
        status, kind, data = fetch(f"{address}{missing}")
        crawl = Crawl(address, ADDRESS, fetch)
        links = list(crawl.follow(f"{address}{missing}", missing, kind, data))
        assert (status, kind) == (404, "html")
        assert crawl.broken == [] and len(links) > 5
        others = [each for each in links if each != f"{address}{missing}"]
        assert [each for each in others if fetch(each)[0] != 200] == []


def test_the_crawler_finds_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/index.html").write_text("<h1 id='one'>There</h1>")
    good = "<a href='there/'></a><a href='there/#one'></a><a href='https://example.com/'></a>"
    bad = (
        "<a href='gone/'></a><a href='there/#two'></a><a href='/there/'></a><img srcset='a.png 1x, b.png 2x'>"
    )
    bad += "<div data-plotly='./c.js'></div><link rel='stylesheet' href='s.css'><script src='m.js'></script>"
    bad += "<meta http-equiv='refresh' content='0; url=moved/'>"
    (tmp_path / "index.html").write_text(good + bad)
    (tmp_path / "404.html").write_text("<h1>Not found</h1>")
    (tmp_path / "s.css").write_text("a { background: url(d.png) }")
    (tmp_path / "m.js").write_text(
        'import { a } from "./e.js";\nimport "./f.js";\nconst b = await import("./g.js");\n'
        'export { c } from "../h.js";\nconst d = new URL("./i.json", import.meta.url);\n'
    )
    with pages(tmp_path, "/base/") as address:
        found = Crawl(address, "https://own.example/", Http(address)).run("")
    missing = ("a.png", "b.png", "c.js", "gone/", "moved/")
    assert sorted(found.broken) == sorted(
        [
            *(f"index.html: {name}: 404" for name in missing),
            "index.html: /there/: outside of the site's path",
            "index.html: there/: no id 'two'",
            "s.css: d.png: 404",
            *(f"m.js: {name}: 404" for name in ("e.js", "f.js", "g.js", "i.json")),
            "m.js: ../h.js: outside of the site's path",
        ]
    )
