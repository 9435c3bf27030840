"""What the security policy wants of every published page, links that stay in the site, and what integrity refuses."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha384
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree, html
from playwright.sync_api import Browser, Route, expect
from sites import run, trial, write

from browser.conftest import BASE
from browser.interactions import EXAMPLE
from browser.server import serving
from browser.watched import watched
from trialpages.pages.headers import EVERYWHERE, PREVIEW, rules_of
from trialpages.pages.security_policy import POLICY

DATA = {"application/ld+json", "application/json"}
ADDRESSES = (
    "href",
    "src",
    "action",
    "poster",
    "data",
    "formaction",
    "data-chart",
    "data-plotly",
    "data-root",
)
SITES = ("site", "changed_site", "long_site")


@pytest.fixture(params=SITES)
def output(request: pytest.FixtureRequest) -> Path:
    """The output of the sample, of a trial that changed much, and of the longest records."""
    found: Path = request.getfixturevalue(request.param)
    return found


def pages(output: Path) -> Iterator[tuple[str, Path, html.HtmlElement]]:
    """Yield every page: its path in the output, its file, and its tree."""
    for file in sorted(output.rglob("*.html")):
        tree = html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot()
        yield file.relative_to(output).as_posix(), file, tree


def unsafe(tree: html.HtmlElement) -> list[str]:
    """Say what on a page the policy would stop, or what could do harm without it."""
    found = [
        f"inline {each.get('type')}"
        for each in tree.xpath("//script[not(@src)]")
        if each.get("type") not in DATA
    ]
    found += [f"<{each.tag}>" for each in tree.xpath("//style | //base | //iframe | //object | //embed")]
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                found.append(f"{name}={value}")
    return found


def test_every_page_carries_the_policy_before_it_loads_anything(output: Path) -> None:
    for path, _file, tree in pages(output):
        policies = tree.xpath("//meta[@http-equiv='Content-Security-Policy']")
        assert [each.get("content") for each in policies] == [POLICY], path
        assert policies[0].xpath("preceding::link | preceding::script") == [], path
        assert tree.xpath("//meta[@name='referrer']/@content") == ["no-referrer"], path


def test_no_page_has_a_script_or_a_style_in_itself(output: Path) -> None:
    assert {path: found for path, _file, tree in pages(output) if (found := unsafe(tree))} == {}
    drawings = (path for path in output.rglob("*.svg"))
    assert [
        path.name for path in drawings if re.search(r"<script|<style|\s(style|on\w+)=", path.read_text())
    ] == []


def test_what_is_unsafe_is_found() -> None:
    text = """<script>1</script><style>a{}</style><p style="color:red" onclick="x()">x</p><a href=" JavaScript:x">y</a>
    <script type="application/ld+json">{}</script><script src="a.js"></script>"""
    assert unsafe(html.document_fromstring(text)) == [
        *("inline None", "<style>", "style=color:red", "onclick=x()", "href= JavaScript:x")
    ]


def integrity(file: Path) -> str:
    return f"sha384-{b64encode(sha384(file.read_bytes()).digest()).decode()}"


def test_every_script_has_the_integrity_of_its_file_and_no_style_sheet_has_any(output: Path) -> None:
    count = 0
    for path, file, tree in pages(output):
        # The page for unknown addresses is served below any path, so it has no folder of its own.
        folder = output if path == "404.html" else file.parent
        named = [(each.get("src"), each) for each in tree.xpath("//script[@src]")]
        named += [(each.get("href"), each) for each in tree.xpath("//link[@rel='modulepreload']")]
        for address, element in named:
            target = folder / (address.removeprefix(BASE) if path == "404.html" else address)
            assert element.get("integrity") == integrity(target), (path, address)
            count += 1
        for chart in tree.xpath("//*[@data-plotly]"):
            assert chart.get("data-plotly-integrity") == integrity(file.parent / chart.get("data-plotly")), (
                path
            )
        assert tree.xpath("//link[@rel='stylesheet'][@integrity]") == [], path
    assert count


def test_addresses_are_relative_but_on_the_page_for_unknown_addresses(output: Path) -> None:
    for path, _file, tree in pages(output):
        found = {str(value) for name in ADDRESSES for value in tree.xpath(f"//@{name}")}
        found |= {part.split()[0] for value in tree.xpath("//@srcset") for part in value.split(",")}
        absolute = {each for each in found if each.startswith("/")}
        if path == "404.html":
            assert absolute and all(each.startswith(BASE) for each in absolute)
        else:
            assert absolute == set(), path
    for file in output.rglob("*.css"):
        assert re.findall(r"url\(['\"]?/[^)]*\)", file.read_text("utf-8")) == [], file.name


def test_every_file_falls_under_exactly_one_rule_of_the_headers(output: Path) -> None:
    files = (file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file())
    assert [path for path in files if path != ".trialpages-files" and len(rules_of(path)) != 1] == []


@pytest.mark.parametrize("script", ["trial", "dates"])
def test_a_script_that_somebody_changed_does_not_run(browser: Browser, address: str, script: str) -> None:
    """Neither the first script of a page nor one that it imports."""

    def change(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=f"document.documentElement.dataset.changed = 1;\n{answer.text()}")

    page = browser.new_page(service_workers="block")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.route(f"**/{script}.js", change)
    page.goto(address + EXAMPLE, wait_until="networkidle")
    assert page.evaluate("document.documentElement.dataset.changed") is None
    assert any("integrity" in each for each in said), said
    page.close()


@pytest.mark.parametrize("path", ["index.html", f"{EXAMPLE}index.html"])
def test_a_page_that_is_opened_from_a_folder_has_its_looks(browser: Browser, site: Path, path: str) -> None:
    page = browser.new_page()
    page.goto((site / path).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.skip-link')).position") == "absolute"
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_preview_is_said_clearly_and_to_all(browser: Browser, tmp_path: Path, scheme: str) -> None:
    settings = "name: A made-up site\nbase_url: https://trials.example/\n"
    write(tmp_path, {"site.yaml": settings, "content/trials/NCT00000001/trial.yaml": trial()})
    assert run(tmp_path, preview=True).published
    small = {"width": 320, "height": 640}
    with (
        serving(tmp_path / "output", "/", {**EVERYWHERE, **PREVIEW}) as served,
        watched(browser, served, viewport=small, color_scheme=scheme) as watch,
    ):
        watch.page.goto(f"{served}trials/NCT00000001/")
        note = watch.page.get_by_role("complementary", name="Preview")
        expect(note).to_have_text("This is a preview. It is not the published page. Go to the published page")
        link = note.get_by_role("link")
        expect(link).to_have_attribute("href", "https://trials.example/trials/NCT00000001/")
        assert (box := link.bounding_box()) and box["height"] >= 24
        assert watch.page.evaluate("document.documentElement.scrollWidth") <= small["width"]
        assert Axe().run(watch.page, context=".preview-note").response["violations"] == []
        watch.page.emulate_media(media="print")
        expect(note).to_be_visible()
        expect(link).to_be_hidden()
        assert watch.all_troubles() == []
