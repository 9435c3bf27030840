"""The settings of a site: `site.yaml` becomes one frozen Config.

Only `name` is needed. Paths are relative to the site directory. A fault in one setting leaves that
setting at its default and the others as written, so that one slip is reported as one fault.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import Annotated, Any

from annotated_types import Ge, Le, MinLen

from trialpages.read.decode import decode
from trialpages.read.document import Document, read_yaml
from trialpages.words.catalogue import CATALOGUE, make
from trialpages.words.diagnostics import Diagnostic, Sink, Span
from trialpages.words.fields import Doc, OneOf, Shape, record
from trialpages.words.severities import SETTINGS
from trialpages.words.shapes import shape_of
from trialpages.words.suggest import nearest

WebAddress = Annotated[str, Shape(r"^https?://[^\s<>\"]+$", "https://www.example.org/page")]
PageAddress = Annotated[str, Shape(r"^(https?://|/|[A-Za-z0-9])[^\s<>\"]*$", "about/")]
BaseAddress = Annotated[
    str, Shape(r"^(https?://[^\s<>\"?#/]+)?(/[^\s<>\"?#]*)?$", "https://www.example.org/trials/")
]
Language = Annotated[str, Shape(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "en")]
Day = Annotated[str, Shape(r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "2026-11-23")]
Email = Annotated[str, Shape(r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+$", "team@example.org")]
FilePath = Annotated[str, Shape(r"^[^\x00-\x1f]+$", "data/ctg-studies.json.zip")]


@record
class NavigationLink:
    """One link of the main navigation."""

    title: Annotated[str, MinLen(1), Doc("The words of the link.")]
    url: Annotated[PageAddress, Doc("A page of this site, from its root (`about/`), or a full address.")]


@record
class Config:
    """The settings of a site."""

    name: Annotated[
        str, MinLen(1), Doc("What the site is called: on every page, and in every page's title.")
    ] = ""
    description: Annotated[str, Doc("The site in one or two sentences.")] = ""
    owner: Annotated[str, Doc("Who answers for the site.")] = ""
    contact_email: Annotated[Email | None, Doc("Where readers can report a mistake.")] = None
    base_url: Annotated[
        BaseAddress, Doc("Where the site will stand, with its path. Without it all links are relative.")
    ] = ""
    language: Annotated[Language, Doc("The language of the pages.")] = "en"
    registry: Annotated[
        FilePath | None,
        Doc(
            "A file of registry records, zip or JSON, relative to the site directory; every study in it becomes a trial."
        ),
    ] = None
    registry_retrieved: Annotated[Day | None, Doc("The day on which that file was downloaded.")] = None
    registry_address: Annotated[WebAddress, Doc("The registry's interface that `import` asks.")] = (
        "https://clinicaltrials.gov/api/v2"
    )
    requests_per_minute: Annotated[
        int, Ge(1), Le(600), Doc("How often a minute `import` may ask the registry.")
    ] = 40
    corpus: Annotated[
        str, Doc("What totals are counted over, in words; made from the number of trials if absent.")
    ] = ""
    repository_url: Annotated[WebAddress | None, Doc("The public repository that holds the content.")] = None
    edit_url: Annotated[
        WebAddress | None,
        Doc("Where a file of the content can be edited; the file's path is added at its end."),
    ] = None
    page_size: Annotated[int, Ge(1), Le(1000), Doc("Trials on one page of a listing.")] = 50
    similar_count: Annotated[int, Ge(0), Le(20), Doc("How many similar trials a page names.")] = 4
    spots_left: Annotated[bool, Doc("Whether pages may estimate how many places are open.")] = True
    gazetteer: Annotated[
        bool,
        Doc(
            "Whether readers can sort places by distance from a town or a postcode; the site then serves files of them."
        ),
    ] = True
    search_in_few_files_below: Annotated[
        int,
        Ge(0),
        Le(5000),
        Doc(
            "A site of fewer trials keeps its search index in three files; more files are smaller and quicker for readers."
        ),
    ] = 100
    show_contacts: Annotated[
        bool, Doc("Whether pages show names, telephone numbers and e-mail addresses from registry records.")
    ] = False
    stale_after_days: Annotated[
        int,
        Ge(1),
        Le(3650),
        Doc("A page warns when its facts were taken from the registry longer ago than this."),
    ] = 30
    social_images: Annotated[
        bool,
        Doc(
            "Whether each trial has a picture that networks show beside a shared link; needs `base_url` as a full address."
        ),
    ] = True
    target: Annotated[
        str | None,
        OneOf("github-pages", "cloudflare", "netlify", "s3"),
        Doc(
            "Where the site will stand: `build` writes what that host needs, and the site is held to the host's limits."
        ),
    ] = None
    precompress: Annotated[
        bool, Doc("Whether each text file is written as .gz and .br too, for servers that send these.")
    ] = False
    notice: Annotated[str, Doc("A notice on every page (Markdown).")] = ""
    main_navigation: Annotated[
        tuple[NavigationLink, ...], Doc("Links of the main navigation; the built-in ones if absent.")
    ] = ()
    severities: Annotated[
        dict[str, str],
        OneOf(*SETTINGS),
        Doc("How grave faults are on this site: the code of a message to its severity."),
    ] = field(default_factory=dict)


SHAPES_NO_PAGE = ("registry_address", "requests_per_minute", "severities", "target", "precompress")
"""Settings of the import, of the checks, and of where and how files are written."""


def as_pages_see_it(config: Config) -> Config:
    """Return the settings with those at their defaults that no page depends on."""
    plain = Config()
    return replace(config, **{name: getattr(plain, name) for name in SHAPES_NO_PAGE})


def read_config(data: bytes | None, path: str, sink: Sink) -> Config:
    """Return the site's settings; what is wrong goes to the sink, and the default stands in for it."""
    if data is None:
        what = "There is no site.yaml here, so this is not the folder of a site"
        sink.append(
            make(
                "config-missing",
                what,
                Span(path),
                "write a file site.yaml with one line\nname: The name of your site",
            )
        )
        return Config()
    document = read_yaml(data, path, sink)
    if document is None:
        if sink[-1].code == "empty-file":
            sink[-1] = _without_name(Span(path), None)
        return Config()
    config = decode(document, Config, sink, noun="site")
    if config is None:
        config = _sound_part(document)
    config = replace(config, severities=_severities(document, config.severities, sink))
    if isinstance(document.value, dict) and not config.name and not _is_reported(document.value):
        sink.append(_without_name(Span(path), document.source_line(1)))
    return config


def _without_name(span: Span, line: str | None) -> Diagnostic:
    return make(
        "config-missing-name",
        "site.yaml does not name the site",
        span,
        "add a line\nname: The name of your site",
        line,
    )


def _severities(document: Document, wanted: dict[str, str], sink: Sink) -> dict[str, str]:
    """Return the severities that a site may set; the others are faults."""
    allowed: dict[str, str] = {}
    for code, severity in wanted.items():
        entry = CATALOGUE.get(code)
        place = ("severities", code)
        if entry is None:
            guess = nearest(code, CATALOGUE)
            help_text = f"did you mean '{guess}'?" if guess else "docs/errors.md lists the codes"
            what = f"There is no code '{code}'"
            sink.append(document.fault("unknown-code", what, place, key=True, help=help_text))
        elif entry.is_fixed and severity != entry.severity:
            what = f"'{code}' is always an {entry.severity}, because it leaves nothing to publish"
            sink.append(document.fault("severity-fixed", what, place, help="take this line away"))
        else:
            allowed[code] = severity
    return allowed


def _is_reported(settings: dict[str, Any]) -> bool:
    """Tell whether the missing name is explained by another fault: it is misspelled, or does not fit."""
    fields = shape_of(Config).fields
    others = [name for name in settings if name not in fields]
    return settings.get("name") is not None or any(nearest(name, fields) == "name" for name in others)


def _sound_part(document: Document) -> Config:
    """Return the settings that are right, each decoded alone."""
    found: dict[str, Any] = {}
    settings = document.value if isinstance(document.value, dict) else {}
    for name, value in settings.items():
        alone = Document(document.path, document.data, {name: value}, document.first_line)
        config = decode(alone, Config, [], noun="site")
        if config is not None and value is not None:
            found[name] = getattr(config, name)
    return Config(**found)
