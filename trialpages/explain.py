"""`explain`: why a page was made, what a file feeds, and what an error code means.

It answers from the memo of the last build and builds nothing.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from trialpages.arguments import Arguments
from trialpages.machine.memo import SECOND_FORMS, SITE_FILES, Memo, PageRow, open_memo_read_only
from trialpages.stages.build import MEMO_NAME
from trialpages.words.catalogue import CATALOGUE
from trialpages.words.suggest import nearest

FEEDS = (
    ("site.yaml", "every page, through the configuration"),
    ("glossary.yaml", "the glossary and every trial page, through the words"),
    ("adverse-event-terms.yaml", "every trial page, through the words"),
    ("search-synonyms.yaml", "the search index"),
    ("former-pages.yaml", "the pages in place of those that are gone, and site.json"),
    ("treatments/", "the treatment's page and every page that names the treatment"),
    ("conditions/", "the condition's page and every page that names the condition"),
    ("sponsors/", "the sponsor's page and every page that names the sponsor"),
    ("pages/", "its own page directly, and every page's menu when its title or place in it changes"),
    ("templates/", "the pages whose template uses it"),
    ("assets/", "every page, through the asset's fingerprint"),
    ("locale/", "every page, through the words of the interface"),
)
"""What a file feeds that is no trial's, by the beginning of its path; `explain URL` shows what a page has used."""


WRITTEN_FOR_ALL = (
    ("gazetteer/areas.json", "the postcodes of the places of all trials"),
    ("gazetteer/outlines.json", "the outlines of the maps among the assets"),
    ("gazetteer/", "the list of towns that comes with trialpages; a new list gets a new folder"),
    ("assets/", "the built-in assets and the site's own"),
    ("search/trials.json", "the cards of all trials"),
    ("search/", "the words and names of all trials, the topics, and search-synonyms.yaml"),
    ("", "all pages of the site"),
)
"""What a file of the whole site is made from, by the beginning of its path in the output."""


def explain(arguments: Arguments) -> str | None:
    """Return the explanation of an error code, a page or a file; None when nothing is known of it."""
    subject = arguments.subject.strip()
    if subject in CATALOGUE:
        return code(subject)
    path = arguments.options.cache / MEMO_NAME
    if path.exists():
        memo = open_memo_read_only(path)
        try:
            found = _page(memo, arguments, subject) or _source(memo, arguments, subject)
        finally:
            memo.close()
        if found:
            return found
    guess = nearest(subject, CATALOGUE)
    return f"There is no error code '{subject}'. Did you mean '{guess}'?\n" if guess else None


def code(name: str) -> str:
    """Return the catalogue's entry for an error code."""
    entry = CATALOGUE[name]
    parts = [f"{entry.severity}[{entry.code}]: {entry.title}", "", entry.why]
    if entry.is_fixed:
        parts += ["", "No site can change its severity: the fault leaves nothing that could be published."]
    else:
        parts += ["", f"A site sets its severity in site.yaml: `severities: {{{name}: {entry.severity}}}`."]
    if entry.bad:
        parts += ["", "Like this it is refused:", "", _indented(entry.bad)]
    if entry.good:
        parts += ["", "Like this it works:", "", _indented(entry.good)]
    return "\n".join(parts) + "\n"


def _page(memo: Memo, arguments: Arguments, subject: str) -> str | None:
    output = arguments.shown(arguments.options.output)
    path = unquote(urlsplit(subject).path).removeprefix(f"{output}/").lstrip("/")
    files = memo.files()
    # A list that is too long for its page has a page of its own, which belongs to the first.
    file = next((files[name] for name in (path, f"{path.rstrip('/')}/index.html") if name in files), None)
    owner = file.url if file else path.removesuffix("index.html")
    if owner == SECOND_FORMS:
        return _page(memo, arguments, path[:-3])
    if owner == SITE_FILES:
        source = next(text for start, text in WRITTEN_FOR_ALL if path.startswith(start))
        return f"{output}/{path}\n  kind          a file of the whole site\n  made from     {source}\n"
    row = memo.page(owner)
    if row is None and owner and not owner.endswith("/"):
        row = memo.page(f"{owner}/")
    if row is None:
        return None
    made = sorted(file.path for file in files.values() if file.url == row.url)
    lines = [
        f"/{row.url}",
        f"  kind          {row.kind}",
        f"  last made     because {row.reason}" if row.reason else "  last made     by an earlier build",
        *(f"  file          {output}/{path}" for path in made),
        *_sources(memo, row),
        "  depends on    (the page is made again when one of these moves)",
        *(f"    {name:<24} {value[:12]}" for name, value in sorted(row.parts.items())),
    ]
    return "\n".join(lines) + "\n"


def _sources(memo: Memo, row: PageRow) -> list[str]:
    if row.kind != "trial":
        return []
    trial_id = row.url.split("/")[1]
    return [f"  source        {path}" for path in sorted(memo.stamps()) if f"/{trial_id}/" in path]


def _source(memo: Memo, arguments: Arguments, subject: str) -> str | None:
    path = arguments.shown(subject) if (arguments.options.directory / subject).exists() else subject
    folder = path.rpartition("/")[0].rpartition("/")[2]
    pages = memo.pages()
    fed = f"trials/{folder}/"
    if fed in pages and "/trials/" in f"/{path}":
        lines = [
            path,
            f"  feeds         /{fed} directly",
            "  and through its card every page that lists the trial; and the search index",
        ]
        return "\n".join(lines) + "\n"
    if not (arguments.options.directory / path).is_file():
        return None
    content = arguments.shown(arguments.options.content)
    for name, text in FEEDS:
        if path.removeprefix(f"{content}/").startswith(name):
            return f"{path}\n  feeds         {text}\n"
    return None


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.rstrip().splitlines())
