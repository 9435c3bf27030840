"""Headers: every file under one rule, the same at every host, and nothing kept for ever that can change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from sites import published, run, trial, write

from trialpages.pages.headers import (
    ASK_EACH_TIME,
    CACHE,
    COMPRESSED,
    EVERYWHERE,
    FOR_EVER,
    OTHERWISE,
    RULES,
    TYPE,
    headers_for,
    rule_of,
    rules_of,
    stored_headers,
)
from trialpages.pages.headers_cloudfront import cloudfront_policy
from trialpages.pages.headers_nginx import Server, nginx_configuration
from trialpages.pages.host_files import host_files
from trialpages.pages.media_types import MEDIA_TYPES, is_text, media_type
from trialpages.pages.security_policy import HEADER_POLICY, POLICY
from trialpages.read.config import Config

OUR_OWN = {".trialpages-files"}
PLACE = '[{facility: A made-up hospital, city: Austin, country: United States, zip: "78701", latitude: 30.27, longitude: -97.74}]'
SITE = {
    "site.yaml": "name: A made-up site\nbase_url: https://trials.example/\n",
    "content/trials/NCT00000001/trial.yaml": trial(locations=PLACE),
    "content/trials/NCT00000002/trial.yaml": trial("Another made-up study"),
    "assets/css/90-own.css": "p { color: navy }\n",
    "assets/js/own.js": "export const one = 1;\n",
}


def of(path: str) -> str:
    return headers_for(path)[CACHE]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_examples_of_a_rule_fall_under_it_and_no_other(rule: object) -> None:
    for path in rule.examples:  # type: ignore[attr-defined]
        assert rules_of(path) == [rule]


def test_what_is_kept_for_ever_and_what_never() -> None:
    assert of("assets/site.0123456789.css") == FOR_EVER
    assert of("search/0123456789abcdef/lexicon/1.json") == FOR_EVER
    assert of("search/latest.json") == "no-cache"
    assert of("index.html") == of("trials/NCT00000001/trial.json") == ASK_EACH_TIME
    assert of("gazetteer/outlines.json") == of("search/trials.json") == ASK_EACH_TIME
    assert of("feed.xml") == of("trials/NCT00000001/adverse-events.csv") == "public, max-age=600"
    assert rule_of("_headers") == OTHERWISE


def test_a_compressed_file_is_kept_as_long_as_what_it_is_made_from() -> None:
    for end in COMPRESSED:
        assert of(f"assets/site.0123456789.css{end}") == FOR_EVER
        assert of(f"index.html{end}") == ASK_EACH_TIME


def test_every_answer_protects_and_only_published_data_is_open_to_other_sites() -> None:
    page, data = headers_for("index.html"), headers_for("trials/NCT00000001/trial.json")
    assert page == {TYPE: "text/html; charset=utf-8", CACHE: ASK_EACH_TIME, **EVERYWHERE}
    assert data["Access-Control-Allow-Origin"] == "*"
    assert EVERYWHERE.items() <= data.items()
    assert "geolocation=(self)" in page["Permissions-Policy"]
    assert headers_for("index.html", is_preview=True) == {**page, "X-Robots-Tag": "noindex"}


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert f"{POLICY}; frame-ancestors 'none'" == HEADER_POLICY
    assert re.findall(r"unsafe|https?:|\*|data:|blob:", HEADER_POLICY) == []
    assert POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert not set('<>&"') & set(POLICY)


def test_types_by_the_end_of_a_name() -> None:
    assert media_type("a.b/feed.xml") == "application/xml; charset=utf-8"
    assert media_type("assets/js.0123456789/trial.js") == "text/javascript; charset=utf-8"
    assert (
        media_type("CNAME") == media_type(".nojekyll") == media_type("a.css/x") == "application/octet-stream"
    )
    assert [end for end in MEDIA_TYPES if is_text(f"x.{end}")] == [
        *("css", "csv", "html", "js", "json", "md", "mjs", "svg", "txt", "webmanifest", "xml")
    ]


def test_a_store_keeps_the_type_and_the_time() -> None:
    assert stored_headers("assets/site.0123456789.css") == {
        TYPE: "text/css; charset=utf-8",
        CACHE: FOR_EVER,
    }


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A made-up site before and after edits of a trial, a style sheet and a script."""
    folder = tmp_path_factory.mktemp("headers")
    write(folder, SITE)
    assert run(folder).published
    before = published(folder / "output")
    write(
        folder,
        {
            "content/trials/NCT00000001/trial.yaml": trial("A study of paracetamol", locations=PLACE),
            "assets/css/90-own.css": "p { color: teal }\n",
            "assets/js/own.js": "export const one = 2;\n",
        },
        tick=1,
    )
    assert run(folder).published
    return before, published(folder / "output")


def test_every_file_of_a_site_falls_under_exactly_one_rule(
    builds: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    for files in builds:
        found = {path: [rule.name for rule in rules_of(path)] for path in files if path not in OUR_OWN}
        assert {path: names for path, names in found.items() if len(names) != 1} == {}
        assert {name for names in found.values() for name in names} == {rule.name for rule in RULES}


def test_no_file_that_is_kept_for_ever_has_other_content_under_its_name(
    builds: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    before, after = builds
    for_ever = [path for path in before if of(path) == FOR_EVER]
    assert [path for path in for_ever if path in after and after[path] != before[path]] == []
    gone = {rule_of(path).name for path in for_ever if path not in after}
    assert gone == {"assets", "the search index", "pictures for sharing"}


def cloudflare(pattern: str) -> str:
    """The regular expression of a pattern as Cloudflare documents it: one splat, and placeholders up to a slash."""
    assert pattern.count("*") <= 1
    return re.sub(r":[a-z]\w*", "[^/]+", re.escape(pattern).replace(r"\*", ".*"))


def netlify(pattern: str) -> str:
    """The same as Netlify's own parser makes it: a star that is a whole part takes the slash before it along."""
    parts = []
    for part in filter(None, pattern.split("/")):
        if part.startswith(":"):
            parts.append("([^/]+)")
        elif part == "*":
            parts.append("?(.*)")
        elif "*" in part:
            parts.append(part.replace("*", "(.*)"))
        else:
            parts.append(re.escape(part))
    return f"/{'/'.join(parts)}/?"


def as_host_says(text: str, expression: Callable[[str], str], path: str) -> dict[str, str]:
    """What a host answers for a file: its default, and the headers of all patterns that fit, joined by commas."""
    address = f"/{path.removesuffix('index.html')}"
    found: dict[str, str] = {}
    fits = False
    for line in text.splitlines():
        if line.startswith("/"):
            fits = re.fullmatch(expression(line), address) is not None
        elif fits and line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            found[name] = f"{found[name]}, {value}" if name in found else value
    return {CACHE: ASK_EACH_TIME, **found}


def paths_of(files: Iterable[str]) -> list[str]:
    return sorted(set(files) - OUR_OWN)


@pytest.mark.parametrize("is_preview", [False, True])
@pytest.mark.parametrize(("host", "expression"), [("cloudflare", cloudflare), ("netlify", netlify)])
def test_a_host_that_reads_the_file_answers_with_the_same_headers(
    builds: tuple[dict[str, bytes], dict[str, bytes]],
    host: str,
    expression: Callable[[str], str],
    is_preview: bool,
) -> None:
    paths = paths_of(builds[0])
    (file,) = host_files(host, Config(), paths, is_preview=is_preview)
    text = file.content.decode()
    for path in paths:
        wanted = headers_for(path, is_preview=is_preview)
        del wanted[TYPE]
        assert as_host_says(text, expression, path) == wanted, path
    lines = text.splitlines()
    assert sum(line.startswith("/") for line in lines) <= 100
    assert max(map(len, lines)) <= 2_000


@pytest.mark.parametrize(("host", "expression"), [("cloudflare", cloudflare), ("netlify", netlify)])
def test_nobody_keeps_for_a_year_that_an_asset_is_missing(
    builds: tuple[dict[str, bytes], dict[str, bytes]], host: str, expression: Callable[[str], str]
) -> None:
    before, after = (paths_of(files) for files in builds)
    (file,) = host_files(host, Config(), after)
    gone = [path for path in before if path.startswith("assets/") and path not in after]
    assert gone
    found = {path: as_host_says(file.content.decode(), expression, path)[CACHE] for path in gone}
    assert set(found.values()) == {ASK_EACH_TIME}


def test_a_site_with_many_assets_of_its_own_stays_within_the_rules_that_a_host_takes() -> None:
    paths = [f"assets/{number}.0123456789.css" for number in range(200)]
    (file,) = host_files("cloudflare", Config(), paths)
    rules = [line for line in file.content.decode().splitlines() if line.startswith("/")]
    assert "/assets/*" in rules and len(rules) < 20


def test_the_maps_of_nginx_choose_the_same_headers(
    builds: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    text = nginx_configuration(Server(folder="/srv/site", base="/re.po/"))
    maps = {
        name: (default, re.findall(r'"~(\S+)" "([^"]+)";', body))
        for name, default, body in re.findall(
            r'map \$uri (\S+) \{\n    default "([^"]*)";\n(.*?)^\}', text, re.S | re.M
        )
    }
    names = dict(re.findall(r"add_header (\S+) (\$\S+) always;", text))
    fixed = dict(re.findall(r'add_header (\S+) "([^"]+)" always;', text))
    for path in paths_of(builds[0]):
        found = dict(fixed)
        for name, variable in names.items():
            default, choices = maps[variable]
            value = next((value for choice, value in choices if re.search(choice, f"/re.po/{path}")), default)
            found |= {name: value} if value else {}
        wanted = headers_for(path)
        del wanted[TYPE]
        assert found == wanted, path
    assert "brotli" not in text
    assert "    brotli_static on;" in nginx_configuration(Server(folder="/srv/site", has_brotli=True))
    assert "server_tokens off;" in text


def test_the_policy_of_cloudfront_has_every_header_that_an_object_lacks() -> None:
    made = json.loads(cloudfront_policy(is_preview=True))
    secured = made["SecurityHeadersConfig"]
    own = {each["Header"]: each["Value"] for each in made["CustomHeadersConfig"]["Items"]}
    assert made["CustomHeadersConfig"]["Quantity"] == len(own)
    assert secured["ContentTypeOptions"] == {"Override": True}
    assert {
        "Content-Security-Policy": secured["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Referrer-Policy": secured["ReferrerPolicy"]["ReferrerPolicy"],
        "X-Content-Type-Options": "nosniff",
        **own,
    } == {**EVERYWHERE, "X-Robots-Tag": "noindex"}
    assert "X-Robots-Tag" not in cloudfront_policy()


def test_the_headers_of_a_build_are_those_of_this_module(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": "name: A made-up site\ntarget: netlify\n"})
    run(tmp_path)
    files = published(tmp_path / "output")
    assert [file.content for file in host_files("netlify", Config(), files)] == [files["_headers"]]
