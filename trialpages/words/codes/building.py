"""Codes for settings, templates, assets and the output folder."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, fatal, note, warning

BUILDING: tuple[Entry, ...] = (
    fatal(
        "config-missing",
        "There is no site.yaml",
        "site.yaml tells that a folder is a site and what the site is called.",
        "a folder without site.yaml",
        "name: Trials at the made-up hospital",
    ),
    fatal(
        "config-missing-name",
        "site.yaml does not name the site",
        "The name stands at the top of every page and in every page's title. It is the one setting that a site needs.",
        "language: en",
        "name: Trials at the made-up hospital\nlanguage: en",
    ),
    fatal(
        "unknown-code",
        "The settings name a code that does not exist",
        "The severity of some other fault was meant, and stays as it is.",
        "severities:\n  promissing-word: error",
        "severities:\n  promising-word: error",
    ),
    fatal(
        "severity-fixed",
        "The settings change a severity that no site can change",
        "After such a fault there is nothing that could be published, so it stays an error.",
        "severities:\n  yaml-syntax: warning",
        "severities:\n  promising-word: error",
    ),
    fatal(
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
    fatal(
        "catalogue-fault",
        "A catalogue of the interface cannot be used",
        "A translation without its placeholder would lose a number or a name on the page.",
        'msgid "{count} place"\nmsgstr "{cuenta} lugar"',
        'msgid "{count} place"\nmsgstr "{count} lugar"',
    ),
    fatal(
        "template-fault",
        "A template cannot be rendered",
        "The page would be cut off or would lack a part.",
        "{{ page.titel }}",
        "{{ page.title }}",
    ),
    fatal(
        "template-too-slow",
        "A template takes too long",
        "A loop that never ends would hold up the build for ever, or fill the memory. A page is made in a few hundredths "
        "of a second; after 30 seconds, or 50 million characters, the builder stops its template. The preview does "
        "after 5 seconds.",
        "{% for number in range(1000000000000) %}...{% endfor %}",
        "{% for entry in page.entries %}...{% endfor %}",
    ),
    fatal(
        "template-missing",
        "A template is not there",
        "Each kind of page has one template, and templates may use others by name.",
        '{% include "partials/foot.html" %} (and no such file)',
        '{% include "partials/footer.html" %}',
    ),
    fatal(
        "asset-missing",
        "A file that a page needs is not among the assets",
        "A page that links to a missing style sheet, script or image looks broken.",
        "asset('css/main.css') (and no such file)",
        "assets/css/main.css",
    ),
    fatal(
        "generator-fault",
        "The generator has a fault of its own",
        "Nothing in the content can mend it. The preview goes on with what it last had; a build ends with exit code 3. "
        "Please report it with the lines that are shown.",
        "(nothing in the content)",
        "(a newer version of the generator)",
    ),
    fatal(
        "output-foreign-files",
        "The output folder holds files that we did not write",
        "The builder deletes only what it wrote. To be safe it does not start in a folder that belongs to something else.",
        "--output ~/Documents",
        "--output output",
    ),
    note(
        "history-shallow",
        "The history of the content is cut off",
        "Each page tells what has changed on it, from version control. A copy without the whole history knows less: "
        "its pages say from when on they tell, or say nothing. The pages are whole otherwise.",
        "git clone --depth 1 ...",
        "git clone ..., or once git fetch --unshallow; in a workflow, actions/checkout with fetch-depth: 0",
    ),
    note(
        "history-unknown",
        "Git does not tell the history of the content",
        "Each page tells what has changed on it, from version control. The content lies in a git repository, but the "
        "command git is not there, or it refuses to read the repository, as one that belongs to another user. Pages then "
        "list no changes. They are whole otherwise.",
        "a build in a container, in a repository that another user has checked out",
        "git config --global --add safe.directory /path/to/the/repository",
    ),
    fatal(
        "output-inside-content",
        "The output folder lies inside the content or holds it",
        "What is written there would be read as content by the next build, or content could be overwritten.",
        "--output content/output",
        "--output output",
    ),
    fatal(
        "output-not-writable",
        "The output folder cannot be written",
        "The system does not allow it. The last good site stays as it is.",
        "an output folder that belongs to another user",
        "chmod u+w output",
    ),
    fatal(
        "disk-full",
        "The disk is full",
        "Pages that were written are whole; the others are as before. Make room and build again.",
        "0 bytes free",
        "some hundred megabytes free",
    ),
    fatal(
        "no-trials",
        "The content holds no trial any more",
        "The build would take every trial off the site. That is far more often a wrong folder than a wish.",
        "--content contnet",
        "--content content",
    ),
    fatal(
        "address-taken",
        "Two pages want the same address",
        "One would hide the other.",
        "pages/search.md",
        "pages/how-to-search.md",
    ),
)
