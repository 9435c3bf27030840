"""Codes for pages that are gone: what stands in their place, and the site as it was public before."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, error, fatal, note, warning

FORMER: tuple[Entry, ...] = (
    warning(
        "former-page-stands",
        "A page that is said to be gone is there",
        "The page is published as it is, and the entry does nothing.",
        "- page: trials/NCT00000001/  # and content/trials/NCT00000001/ is there",
        "no entry for a page that is there",
    ),
    error(
        "former-page-nowhere",
        "A page is said to have moved to where there is no page",
        "Readers of the old address would be led to a page that is not there.",
        "- page: trials/NCT00000001/\n  moved_to: trials/NCT00000009/  # and there is no such trial",
        "- page: trials/NCT00000001/\n  moved_to: trials/NCT00000002/",
    ),
    error(
        "former-page-circle",
        "Pages are said to have moved to each other",
        "A browser would be led around until it gives up.",
        "- page: a/\n  moved_to: b/\n- page: b/\n  moved_to: a/",
        "- page: a/\n  moved_to: c/\n- page: b/\n  moved_to: c/",
    ),
    warning(
        "former-page-gone",
        "A page is said to have moved to one that is gone itself",
        "Readers are told that the page is gone, since where it went nothing is left.",
        "- page: a/\n  moved_to: b/\n- page: b/",
        "- page: a/\n- page: b/",
    ),
    error(
        "former-page-unclear",
        "A page that is gone has both a new address and a reason",
        "Readers are led to the new address at once and never see the reason.",
        "- page: a/\n  moved_to: b/\n  reason: The study was counted twice.",
        "- page: a/\n  moved_to: b/",
    ),
    fatal(
        "previous-unreadable",
        "The file behind --previous is not a site.json",
        "It tells which pages are public now. A build that took a damaged file for an empty site would let pages "
        "vanish without a word.",
        "--previous page-of-an-error.html",
        "curl --fail --output previous.json https://trials.example.org/site.json",
    ),
    note(
        "previous-without-pages",
        "The file behind --previous lists no pages",
        "An earlier version of the program wrote it. Pages that vanish with this build are known from git alone.",
        "a site.json without addresses",
        "a site.json with addresses, as every build writes it now",
    ),
)
