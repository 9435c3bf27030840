"""What makes a feed a valid Atom document: the grammar of RFC 4287, and the rules that no grammar can say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a feed; one that is no XML at all raises."""
    feed = etree.fromstring(content)
    if not GRAMMAR.validate(feed):
        return [str(error) for error in GRAMMAR.error_log]
    found = []
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    # RFC 4287, 4.1.1: of one id there may be two entries with different days; of ours there never are.
    found += [f"two entries have the id {name}" for name, count in Counter(ids).items() if count > 1]
    found += [f"{name} is not of the form urn:uuid:" for name in ids if not str(name).startswith("urn:uuid:")]
    for each in (feed, *entries):
        alternates = Counter(
            (link.get("type"), link.get("hreflang"))
            for link in each.findall(f"{ATOM}link")
            if link.get("rel", "alternate") == "alternate"
        )
        if not alternates:
            found.append("there is no alternate link, and no content that could stand in for it")
        if any(count > 1 for count in alternates.values()):
            found.append("two alternate links have one type and language")
    if not any(link.get("rel") == "self" for link in feed.findall(f"{ATOM}link")):
        found.append("the feed does not name itself")
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        found.append("the author has no name")
    days = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
    if days != sorted(days, reverse=True):
        found.append("the newest entry is not the first")
    if days and feed.findtext(f"{ATOM}updated") != days[0]:
        found.append("the feed is not as new as its newest entry")
    for entry in entries:
        published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
        if published and published > str(updated):
            found.append("an entry changed before it was published")
    return found


def addresses(content: bytes) -> list[str]:
    """Return every address in a feed, those in its summaries included."""
    feed = etree.fromstring(content)
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    return links + [link.get("href", "") for link in feed.iter(f"{XHTML}a")]
