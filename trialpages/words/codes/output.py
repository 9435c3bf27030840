"""Codes for the pages as readers get them: links, places, images, and what a host can take."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, error, warning

OUTPUT: tuple[Entry, ...] = (
    error(
        "broken-link",
        "A link or an address leads to nothing on this site",
        "A reader who follows it gets the page for addresses that do not exist; an image or a file stays away.",
        'See <a href="../../abuot/">about us</a>.',
        'See <a href="../../about/">about us</a>.',
    ),
    warning(
        "broken-anchor",
        "A link leads to a place that its page does not have",
        "The page opens at its top, and the reader must search for what the link promised.",
        'See <a href="../../glossary/#placbo">the glossary</a>.',
        'See <a href="../../glossary/#placebo">the glossary</a>.',
    ),
    warning(
        "duplicate-id",
        "Two parts of a page have the same id",
        "A link to the second one leads to the first, and a screen reader may read out the wrong label.",
        '<h2 id="places">Places</h2> <table id="places">',
        '<h2 id="places">Places</h2> <table id="places-table">',
    ),
    error(
        "site-too-large",
        "The site is larger than its host takes",
        "The host refuses to publish it, or stops half way.",
        "target: github-pages (and 1,200 MB of pages)",
        "target: s3",
    ),
    error(
        "too-many-files",
        "The site has more files than its host takes",
        "The host refuses to publish it.",
        "target: cloudflare (and 25,000 files)",
        "target: github-pages",
    ),
    error(
        "file-too-large-for-host",
        "A file is larger than its host takes",
        "The host refuses to publish it.",
        "target: cloudflare (and a file of 30 MiB)",
        "a file of less than 25 MiB",
    ),
    error(
        "too-many-files-in-folder",
        "A folder has more files than its host takes",
        "The host refuses to publish the site.",
        "target: netlify (and 60,000 files in one folder)",
        "target: github-pages",
    ),
    error(
        "output-not-repeatable",
        "A file is another one when the site is built again",
        "What differs without a change of the content is noise in every review and every deploy, and nobody can check "
        "that the published site is made from the published content. Only `build --verify` looks for it.",
        "{{ range(1000) | random }} (in a template)",
        "{{ page.updated }}",
    ),
    error(
        "name-too-long-for-host",
        "A file's path is longer than its host takes",
        "The host cannot keep the file under its name.",
        "target: s3 (and a path of 1,100 bytes)",
        "a path of at most 1,024 bytes",
    ),
    warning(
        "near-host-limit",
        "The site comes near a limit of its host",
        "A few more trials, and the host refuses the site. There is time to choose another host.",
        "target: github-pages (and 950 MB of pages)",
        "target: s3",
    ),
    warning(
        "address-unfit-for-host",
        "The site's address is none that its host gives it",
        "The page for addresses that do not exist loses its looks, and full addresses lead elsewhere.",
        "base_url: https://trials.example.org/pages/ (and target: cloudflare)",
        "base_url: https://trials.example.org/",
    ),
    warning(
        "redirects-beyond-host",
        "There are more redirects than the host reads",
        "The others are made by their pages: the reader arrives a little later, and a program may not.",
        "target: cloudflare (and 2,300 pages that have moved)",
        "target: netlify",
    ),
)
