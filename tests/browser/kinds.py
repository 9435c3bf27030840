"""One page of each kind of the sample site; the trial pages are those that show the most."""

from __future__ import annotations

from pathlib import Path

TRIALS = ("NCT02458014", "NCT02130557", "NCT05326516", "NCT05567406")
"""Trials with borrowed side effects, with two groups of its own, with open places, and one that was withdrawn."""

KINDS = {
    "home": "index.html",
    "search": "search/index.html",
    "compare": "compare/index.html",
    "browse": "browse/index.html",
    "facet": "browse/status/*/index.html",
    "conditions": "conditions/index.html",
    "condition": "conditions/*/index.html",
    "treatments": "treatments/index.html",
    "treatment": "treatments/*/index.html",
    "sponsors": "sponsors/index.html",
    "sponsor": "sponsors/*/index.html",
    "glossary": "glossary/index.html",
    "text": "about/index.html",
    "not found": "404.html",
    "all health problems": "trials/*/adverse-events/index.html",
    "all places": "trials/*/places/index.html",
    **{f"trial {trial}": f"trials/{trial}/index.html" for trial in TRIALS},
}
"""The file of each kind; where a kind has many pages the first one is taken."""

LONG_RECORDS = {"2,029 health problems": "NCT02513394", "1,154 places": "NCT07064473"}
"""The longest real records, by what they have so many of."""


def page_kinds(site: Path) -> dict[str, str]:
    """Addresses below the site's root by kind. A kind that the site does not have is an error, not a gap."""
    return {kind: page_of(site, kind) for kind in KINDS}


def page_of(site: Path, kind: str) -> str:
    """Return the address below the site's root of the page of a kind."""
    found = sorted(path.relative_to(site).as_posix() for path in site.glob(KINDS[kind]))
    assert found, f"the sample site has no page of kind {kind}: {KINDS[kind]}"
    return found[0].removesuffix("index.html")
