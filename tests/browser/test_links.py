"""Every link, anchor and file that the sample site names exists, at a domain's root and below a path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

from browser.conftest import BASE, build_site
from browser.tools import PROJECT

ROOT = "https://trials.example"
ATTRIBUTES = (
    "href",
    "src",
    "action",
    "data-chart",
    "data-plotly",
    "data-plotly-css",
    "data-index",
    "data-root",
)
ELSEWHERE = ("mailto:", "tel:", "data:")


def broken(output: Path, base: str) -> list[str]:
    """Say which links of a site served below `base` lead nowhere, and from which page."""
    anchors: dict[Path, set[str]] = {}
    pages: dict[Path, list[str]] = {}
    for path in sorted(output.rglob("*.html")):
        tree = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
        anchors[path] = {str(found) for found in tree.xpath("//@id | //a/@name")}
        pages[path] = [str(link) for name in ATTRIBUTES for link in tree.xpath(f"//@{name}")]
    found = []
    for path, links in pages.items():
        own = ROOT + base + path.relative_to(output).as_posix().removesuffix("index.html")
        for link in dict.fromkeys(links):
            fault = "" if link.startswith(ELSEWHERE) else _fault(output, base, urljoin(own, link), anchors)
            if fault:
                found.append(f"{path.relative_to(output)}: {link}: {fault}")
    return found + [f"{name}: {link}" for name, link in _named_elsewhere(output, base)]


def _fault(output: Path, base: str, address: str, anchors: dict[Path, set[str]]) -> str:
    address, anchor = urldefrag(address)
    if not address.startswith(ROOT + "/"):
        return "" if address.startswith(("https://", "http://")) else "neither a page nor a web address"
    target = _target(output, base, address)
    if target is None:
        return "outside of the site's path"
    if not target.is_file():
        return "no such file"
    if anchor and target in anchors and unquote(anchor) not in anchors[target]:
        return f"no id '{anchor}' on that page"
    return ""


def _target(output: Path, base: str, address: str) -> Path | None:
    path = unquote(urlsplit(address).path)
    if not path.startswith(base):
        return None
    return output / (path.removeprefix(base) + ("index.html" if path.endswith("/") else ""))


def _named_elsewhere(output: Path, base: str) -> Iterator[tuple[str, str]]:
    """Yield what sitemaps and style sheets name and the site does not have."""
    for path in sorted(output.rglob("sitemap*.xml")):
        for address in re.findall(r"<loc>([^<]*)</loc>", path.read_text("utf-8")):
            target = _target(output, base, address)
            if target is None or not target.is_file():
                yield path.name, address
    for path in sorted(output.rglob("*.css")):
        own = ROOT + base + path.relative_to(output).as_posix()
        for link in re.findall(r"url\(['\"]?([^'\")]+)", path.read_text("utf-8")):
            address = urldefrag(urljoin(own, link)).url
            target = _target(output, base, address)
            if not link.startswith(("data:", "#")) and (target is None or not target.is_file()):
                yield path.name, link


def test_every_link_leads_somewhere_below_a_path(site: Path) -> None:
    assert list(site.rglob("sitemap*.xml"))
    assert broken(site, BASE) == []


def test_every_link_leads_somewhere_at_the_root_of_a_domain(tmp_path: Path) -> None:
    build_site(PROJECT, tmp_path, f"{ROOT}/")
    assert list((tmp_path / "output").rglob("sitemap*.xml"))
    assert broken(tmp_path / "output", "/") == []


def test_checker_finds_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/index.html").write_text("<h1 id='one'>There</h1>")
    good = "<a href='there/'></a><a href='there/#one'></a><a href='https://example.com/'></a>"
    bad = "<a href='gone/'></a><a href='there/#two'></a><a href='/there/'></a><img src='a.png'><a href='java:x'></a>"
    (tmp_path / "index.html").write_text(good + bad)
    assert broken(tmp_path, "/base/") == [
        "index.html: gone/: no such file",
        "index.html: there/#two: no id 'two' on that page",
        "index.html: /there/: outside of the site's path",
        "index.html: java:x: neither a page nor a web address",
        "index.html: a.png: no such file",
    ]
