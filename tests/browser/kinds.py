"""One page of each kind of the sample site; the trial pages are those that show the most."""

from __future__ import annotations

from pathlib import Path

TRIALS = ("NCT02458014", "NCT02130557", "NCT05567406")
"""A trial with borrowed side effects, one with two groups of its own, and one that was withdrawn."""


def page_kinds(site: Path) -> dict[str, str]:
    """Addresses below the site's root by kind. A kind that the site does not have is an error, not a gap."""
    kinds = {
        "home": "",
        "search": "search/",
        "browse": "browse/",
        "facet": _first(site, "browse/status/*/"),
        "conditions": "conditions/",
        "condition": _first(site, "conditions/*/"),
        "treatments": "treatments/",
        "treatment": _first(site, "treatments/*/"),
        "sponsors": "sponsors/",
        "sponsor": _first(site, "sponsors/*/"),
        "glossary": "glossary/",
        "text": "about/",
        "not found": "404.html",
        **{f"trial {trial}": f"trials/{trial}/" for trial in TRIALS},
    }
    for kind, url in kinds.items():
        path = site / url
        assert path.is_file() or (path / "index.html").is_file(), (
            f"the sample site has no page of kind {kind}: {url}"
        )
    return kinds


def _first(site: Path, pattern: str) -> str:
    found = sorted(path for path in site.glob(pattern) if (path / "index.html").is_file())
    assert found, f"the sample site has no page {pattern}"
    return f"{found[0].relative_to(site).as_posix()}/"
