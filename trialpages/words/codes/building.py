"""Codes for settings, templates, assets and the output folder."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, error, warning

BUILDING: tuple[Entry, ...] = (
    error(
        "config-missing",
        "There is no site.yaml",
        "site.yaml tells that a folder is a site and what the site is called.",
        "a folder without site.yaml",
        "name: Trials at the made-up hospital",
    ),
    error(
        "config-missing-name",
        "site.yaml does not name the site",
        "The name stands at the top of every page and in every page's title. It is the one setting that a site needs.",
        "language: en",
        "name: Trials at the made-up hospital\nlanguage: en",
    ),
    error(
        "two-configurations",
        "There are two site.yaml files",
        "One lies in the content folder, one beside it. It is not clear which of them holds.",
        "site.yaml and content/site.yaml",
        "content/site.yaml",
    ),
    warning(
        "language-without-words",
        "The interface has no words in the site's language",
        "Headings and buttons would be in another language than the site says.",
        "language: xx",
        "language: es",
    ),
    error(
        "catalogue-fault",
        "A catalogue of the interface cannot be used",
        "A translation without its placeholder would lose a number or a name on the page.",
        'msgid "{count} place"\nmsgstr "{cuenta} lugar"',
        'msgid "{count} place"\nmsgstr "{count} lugar"',
    ),
    error(
        "template-fault",
        "A template cannot be rendered",
        "The page would be cut off or would lack a part.",
        "{{ page.titel }}",
        "{{ page.title }}",
    ),
    error(
        "template-missing",
        "A template is not there",
        "Each kind of page has one template, and templates may use others by name.",
        '{% include "partials/foot.html" %} (and no such file)',
        '{% include "partials/footer.html" %}',
    ),
    error(
        "asset-missing",
        "A file that a page needs is not among the assets",
        "A page that links to a missing style sheet, script or image looks broken.",
        "asset('css/main.css') (and no such file)",
        "assets/css/main.css",
    ),
    error(
        "output-foreign-files",
        "The output folder holds files that we did not write",
        "The builder deletes only what it wrote. To be safe it does not start in a folder that belongs to something else.",
        "--output ~/Documents",
        "--output output",
    ),
    error(
        "output-inside-content",
        "The output folder lies inside the content or holds it",
        "What is written there would be read as content by the next build, or content could be overwritten.",
        "--output content/output",
        "--output output",
    ),
    error(
        "output-not-writable",
        "The output folder cannot be written",
        "The system does not allow it. The last good site stays as it is.",
        "an output folder that belongs to another user",
        "chmod u+w output",
    ),
    error(
        "disk-full",
        "The disk is full",
        "Pages that were written are whole; the others are as before. Make room and build again.",
        "0 bytes free",
        "some hundred megabytes free",
    ),
    error(
        "no-trials",
        "The content holds no trial any more",
        "The build would take every trial off the site. That is far more often a wrong folder than a wish.",
        "--content contnet",
        "--content content",
    ),
    error(
        "address-taken",
        "Two pages want the same address",
        "One would hide the other.",
        "pages/search.md",
        "pages/how-to-search.md",
    ),
)
