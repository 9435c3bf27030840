"""The headers of every published file: how long it may be kept, who may read it, and what a page may do.

The one place of it. The preview sends these headers; `_headers`, the metadata of a store, the policy of CloudFront
and the configuration of nginx are written from them. Every file falls under exactly one rule of `RULES`. A rule that
lets a file be kept for ever holds only for names that carry the digest of the content. Nothing here is secret, and
nothing depends on who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import quote

from trialpages.pages.media_types import media_type
from trialpages.pages.security_policy import HEADER_POLICY
from trialpages.words.fields import record

FOLDER = "{folder}"
DIGESTED = "{digested}"
MOST_DIGESTED = 60
"""Of the 100 rules that Cloudflare takes; a site with more assets of its own gets one rule for all."""
CACHE = "Cache-Control"
TYPE = "Content-Type"
ROBOTS = "X-Robots-Tag"

FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "public, max-age=0, must-revalidate"
"""A page may be kept, but is asked for again: a reader never sees a status that was corrected. The answer to an
unchanged page is some 200 bytes."""
A_FEW_MINUTES = "public, max-age=600"
NEVER_KEPT = "no-cache"
NAMED_BY_CONTENT = r"\.[0-9a-f]{10}$"

COMPRESSED = (".gz", ".br")
"""Ends of files that are another file, made smaller; they have its headers, but a type of their own."""

UNUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What no page uses. Asking for the reader's place (the sort by distance) and copying an address (the comparison)
are used, by our own scripts only."""

EVERYWHERE: Mapping[str, str] = {
    "Content-Security-Policy": HEADER_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": ", ".join(
        ("geolocation=(self)", "clipboard-write=(self)", *(f"{name}=()" for name in UNUSED_FEATURES))
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""On every answer, errors included. Whether a host is reached by https only is its own setting, so there is no
Strict-Transport-Security here."""

OPEN_TO_ALL: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Published data, feeds and pictures are meant for other sites too; there is no log-in that they could borrow."""

PREVIEW: Mapping[str, str] = {ROBOTS: "noindex"}
"""On every answer of a preview."""


@record
class Rule:
    """How long files of one kind may be kept, and who may read them."""

    name: str
    pattern: str
    """A regular expression that fits the whole path in the output."""
    headers: Mapping[str, str]
    at_hosts: tuple[str, ...] = ()
    """The same as patterns of `_headers`; none where a host's own way is the same. `{folder}` stands for a folder that
    is named by its content, `{digested}` for what lies below and has the digest of its content in its name."""
    examples: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    Rule(
        # Both hosts that read `_headers` say the same of every file that no rule names, so no pattern stands for pages.
        name="pages",
        pattern=r"(?:.+/)?[^/]+\.html",
        headers={CACHE: ASK_EACH_TIME},
        examples=("index.html", "404.html"),
    ),
    Rule(
        name="assets",
        pattern=r"assets/.+(?<!\.html)",
        headers={CACHE: FOR_EVER},
        at_hosts=("/assets/{digested}",),
        examples=("assets/site.0123456789.css", "assets/js.0123456789/trial.js"),
    ),
    Rule(
        name="the search index",
        pattern=r"search/[0-9a-f]{16}/.+(?<!\.html)",
        headers={CACHE: FOR_EVER},
        at_hosts=("/{folder}/*",),
        examples=("search/0123456789abcdef/manifest.json",),
    ),
    Rule(
        name="towns and postcodes",
        pattern=r"gazetteer/[0-9a-f]{10}/.+(?<!\.html)",
        headers={CACHE: FOR_EVER},
        at_hosts=("/{folder}/*",),
        examples=("gazetteer/0123456789/names.json",),
    ),
    Rule(
        name="pictures for sharing",
        pattern=r"trials/[^/]+/[^/]+\.[0-9a-f]{10,}\.png",
        headers={CACHE: FOR_EVER, **OPEN_TO_ALL},
        at_hosts=("/trials/*.png",),
        examples=("trials/NCT00000001/NCT00000001.0123456789ab.png",),
    ),
    Rule(
        name="the pointer to the newest search index",
        pattern=r"search/latest\.json",
        headers={CACHE: NEVER_KEPT},
        at_hosts=("/search/latest.json",),
        examples=("search/latest.json",),
    ),
    Rule(
        # Our scripts read it beside a page, and its form may change with them: it must never be older than they are.
        name="data of trials and of the site",
        pattern=r"trials/[^/]+/[^/]+\.json|search/trials\.json|site\.json",
        headers={CACHE: ASK_EACH_TIME, **OPEN_TO_ALL},
        at_hosts=("/trials/*.json", "/search/trials.json", "/site.json"),
        examples=("trials/NCT00000001/trial.json", "site.json"),
    ),
    Rule(
        name="what is made of the places of all trials",
        pattern=r"gazetteer/[^/]+\.json",
        headers={CACHE: ASK_EACH_TIME},
        examples=("gazetteer/areas.json",),
    ),
    Rule(
        name="tables, feeds and lists for programs",
        pattern=r"trials/[^/]+/[^/]+\.csv|(?:.+/)?feed\.xml|sitemap[^/]*\.xml|robots\.txt",
        headers={CACHE: A_FEW_MINUTES, **OPEN_TO_ALL},
        at_hosts=("/trials/*.csv", "/*feed.xml", "/sitemap*.xml", "/robots.txt"),
        examples=("trials/NCT00000001/adverse-events.csv", "feed.xml"),
    ),
)
"""In the order of the documentation; no file falls under two."""

OTHERWISE = Rule(name="anything else", pattern=r".*", headers={CACHE: ASK_EACH_TIME})
"""For a file that we did not make, and for an address that does not exist."""


def headers_for(path: str, *, is_preview: bool = False) -> dict[str, str]:
    """Return every header of a file by its path in the output, its type among them.

    >>> headers_for("assets/site.0123456789.css")["Cache-Control"]
    'public, max-age=31536000, immutable'
    """
    found = {TYPE: media_type(path), **rule_of(path).headers, **EVERYWHERE}
    return {**found, **PREVIEW} if is_preview else found


def stored_headers(path: str) -> dict[str, str]:
    """Return the headers that an object of a store can carry itself; the others are the business of what stands before it."""
    return {TYPE: media_type(path), CACHE: rule_of(path).headers[CACHE]}


def rule_of(path: str) -> Rule:
    """Return the rule under which a file falls."""
    for end in COMPRESSED:
        path = path.removesuffix(end)
    return next((rule for rule in RULES if _fits(rule.pattern).fullmatch(path)), OTHERWISE)


def rules_of(path: str) -> list[Rule]:
    """Return every rule that a path fits; more than one would be a fault of ours."""
    return [rule for rule in RULES if _fits(rule.pattern).fullmatch(path)]


def at_hosts(rule: Rule, paths: Iterable[str]) -> Iterator[str]:
    """Yield a rule's patterns for `_headers`. `paths` are files of the site.

    A folder that is named by its content stands there by its name: a pattern for any name would, at Netlify, fit the
    pointer beside it as well. So do assets: both hosts go by the address, so a pattern for any name would let a
    browser keep the answer that an asset is missing for a year, and a site that is put back to it would have no looks.
    """
    fits = _fits(rule.pattern)
    for pattern in rule.at_hosts:
        fitting = (path for path in paths if fits.fullmatch(path))
        if FOLDER in pattern:
            folders = {"/".join(path.split("/")[:2]) for path in fitting}
            yield from (pattern.replace(FOLDER, folder) for folder in sorted(folders))
        elif DIGESTED in pattern:
            top = pattern.removeprefix("/").removesuffix(DIGESTED)
            names = sorted({_digested(path.removeprefix(top)) for path in fitting})
            few = len(names) <= MOST_DIGESTED
            yield from (pattern.replace(DIGESTED, name) for name in (names if few else ["*"]))
        else:
            yield pattern


def _digested(path: str) -> str:
    """Return a path as far as its digest is in it: a folder with all that lies in it, or the file itself.

    >>> _digested("js.0123456789/trial.js")
    'js.0123456789/*'
    """
    *folders, _name = path.split("/")
    number = next((at for at, folder in enumerate(folders) if _fits(NAMED_BY_CONTENT).search(folder)), None)
    return quote(path) if number is None else f"{quote('/'.join(folders[: number + 1]))}/*"


@cache
def _fits(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
