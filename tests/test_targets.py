"""What a build writes for each host, what stops it, and how a preview differs from what is published."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sites import options, published, run, trial, write

from trialpages.arguments import TARGETS
from trialpages.pages.former_pages import Redirect
from trialpages.pages.host_files import MOST_REDIRECTS, own_domain, redirect_lines
from trialpages.pages.target_fit import fit_faults
from trialpages.pages.target_limits import LIMITS
from trialpages.read.config import Config
from trialpages.stages.build import check
from trialpages.words.diagnostics import Span

HERE = Span("site.yaml")
AT_THE_TOP = "https://trials.example/"
SITE = {
    "site.yaml": "name: A made-up site\nbase_url: https://trials.example/\n",
    "content/trials/NCT00000001/trial.yaml": trial(),
    "content/pages/about.md": "---\ntitle: About\n---\nThis site is made up.\n",
}
MOVED = Redirect(source="trials/NCT00000003/", target="trials/NCT00000001/", status=301)
AWAY = Redirect(source="conditions/a b/", target="https://example.org/x?y=1", status=301)
GONE = Redirect(source="trials/NCT00000004/", target="trials/NCT00000004/index.html", status=410)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small made-up site with an address of its own."""
    write(tmp_path, SITE)
    return tmp_path


def host_files_of(site: Path) -> dict[str, bytes]:
    """The files of the output that are for a host."""
    known = (".nojekyll", "CNAME", "_headers", "_redirects")
    return {path: content for path, content in published(site / "output").items() if path in known}


def test_without_a_target_no_file_is_for_a_host(site: Path) -> None:
    assert run(site).published
    assert host_files_of(site) == {}


def test_switching_the_target_removes_the_files_of_the_other(site: Path) -> None:
    run(site)
    plain = published(site / "output")
    assert run(site, target="github-pages").removed == 0
    assert host_files_of(site) == {".nojekyll": b"", "CNAME": b"trials.example\n"}
    report = run(site, target="cloudflare")
    assert list(host_files_of(site)) == ["_headers"]
    assert report.written == 0, "no page depends on the host"
    run(site, target="s3")
    assert published(site / "output") == plain


def test_the_flag_goes_before_the_settings_and_the_settings_before_nothing(site: Path) -> None:
    write(site, {"site.yaml": SITE["site.yaml"] + "target: netlify\n"})
    run(site)
    first = host_files_of(site)["_headers"].splitlines()[0]
    assert first == b"# Made by the build for Netlify; a change here is lost with the next one."
    run(site, target="github-pages")
    assert set(host_files_of(site)) == {".nojekyll", "CNAME"}


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://trials.example/", "trials.example"),
        ("https://trials.example", "trials.example"),
        ("https://trials.example/repo/", ""),
        ("https://somebody.github.io/", ""),
        ("https://github.io.example/", "github.io.example"),
        ("https://prüfung.example/", "xn--prfung-4ya.example"),
        ("http://localhost:8000/", ""),
        ("/repo/", ""),
        ("", ""),
    ],
)
def test_a_domain_is_named_only_where_the_site_has_one_for_itself(address: str, domain: str) -> None:
    assert own_domain(Config(base_url=address)) == domain


@pytest.mark.parametrize(
    ("base", "path"), [("https://somebody.github.io/repo/", "/repo/"), (AT_THE_TOP, "/")]
)
def test_the_page_for_unknown_addresses_has_absolute_paths(site: Path, base: str, path: str) -> None:
    run(site, target="github-pages", base_url=base)
    page = published(site / "output")["404.html"].decode()
    found = re.findall(r'(?:href|src|action)="([^"#]*)"', page)
    assert f"{path}search/" in found and any(each.startswith(f"{path}assets/site.") for each in found)
    assert [each for each in found if not each.startswith((path, "https://"))] == []


def test_redirects_in_the_words_of_each_host() -> None:
    assert list(redirect_lines("cloudflare", [MOVED, AWAY, GONE])) == [
        "/trials/NCT00000003/ /trials/NCT00000001/ 301",
        "/conditions/a%20b/ https://example.org/x?y=1 301",
    ]
    assert list(redirect_lines("netlify", [MOVED, GONE])) == [
        "/trials/NCT00000003/ /trials/NCT00000001/ 301!"
    ]


def test_redirects_beyond_what_cloudflare_reads_are_left_to_their_pages() -> None:
    many = [
        Redirect(source=f"trials/NCT{number:08}/", target="about/", status=301)
        for number in range(MOST_REDIRECTS + 2)
    ]
    long = Redirect(source=f"{'x' * 1_000}/", target="about/", status=301)
    assert len(list(redirect_lines("cloudflare", [long, *many]))) == MOST_REDIRECTS
    assert len(list(redirect_lines("netlify", [long, *many]))) == MOST_REDIRECTS + 3
    (fault,) = fit_faults("cloudflare", Config(base_url=AT_THE_TOP), [long, *many], HERE)
    assert (fault.code, fault.what) == (
        "redirects-beyond-host",
        "Cloudflare Pages reads 2,000 redirects, and 3 more do not fit",
    )
    assert list(fit_faults("netlify", Config(base_url=AT_THE_TOP), [long, *many], HERE)) == []


def test_an_address_that_the_host_does_not_give_is_warned_of() -> None:
    def said(target: str, address: str) -> list[str]:
        return [each.what for each in fit_faults(target, Config(base_url=address), [], HERE)]

    assert said("cloudflare", "https://trials.example/repo/") == [
        "The site's address has the path /repo/, and Cloudflare Pages serves a site at the top of its address"
    ]
    assert said("github-pages", "/repo/") == [
        "GitHub Pages serves most sites below the name of their repository, and base_url does not name the address"
    ]
    assert [said(target, AT_THE_TOP) for target in TARGETS] == [[], [], [], []]
    assert said("s3", "") == said("github-pages", "https://somebody.github.io/repo/") == []


def test_a_site_that_its_host_does_not_take_is_not_published(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(site)
    before = published(site / "output")
    monkeypatch.setitem(LIMITS, "cloudflare", replace(LIMITS["cloudflare"], files=10))
    write(site, {"content/trials/NCT00000001/trial.yaml": trial("Another title")}, tick=1)
    report = run(site, target="cloudflare")
    assert [(each.code, each.span.path) for each in report.diagnostics if each.severity == "error"] == [
        ("too-many-files", "site.yaml")
    ]
    assert not report.published
    assert published(site / "output") == before
    assert [each.code for each in check(options(site, target="cloudflare")).diagnostics].count(
        "too-many-files"
    ) == 1
    assert run(site, target="cloudflare", keep_going=True).published
    assert published(site / "output") != before


def pages_of(site: Path) -> dict[str, str]:
    files = published(site / "output")
    return {path: content.decode() for path, content in files.items() if path.endswith(".html")}


def test_every_page_of_a_preview_says_so_and_leads_to_the_public_one(site: Path) -> None:
    run(site)
    public = published(site / "output")
    run(site, preview=True, target="netlify")
    for path, page in pages_of(site).items():
        assert page.count('<meta name="robots" content="noindex">') == 1, path
        assert page.count('<aside class="preview-note"') == 1, path
        if path != "404.html":
            url = AT_THE_TOP + path.removesuffix("index.html")
            assert f'<link rel="canonical" href="{url}">' in page
            assert f'<a href="{url}">Go to the published page</a>' in page
    files = published(site / "output")
    assert files["robots.txt"] == b"User-agent: *\nAllow: /\n", "who may not read meets no noindex"
    assert b"  X-Robots-Tag: noindex\n" in files["_headers"]
    assert [path for path in files if path.startswith("sitemap")] == []
    assert files["site.json"] == public["site.json"]
    run(site)
    assert published(site / "output") == public


def test_a_preview_has_no_domain_of_its_own(site: Path) -> None:
    run(site, preview=True, target="github-pages")
    assert set(host_files_of(site)) == {".nojekyll"}
