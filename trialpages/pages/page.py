"""The page record: what is to be made of a page, before anything is made.

A page knows its address, its template and how to make its view. The view is made when it is asked
for and not kept, so that a site of many pages holds only their addresses in memory; it is plain
data, made from the site alone, and the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field

from markupsafe import Markup

from trialpages.pages.structured_data import for_script
from trialpages.read.config import Config
from trialpages.words.fields import record
from trialpages.words.language import _

View = dict[str, object]
Crumb = tuple[str, str | None]
"""Title and address from the site's root; the page itself has no address."""


@record
class Page:
    """One HTML page that is no trial's."""

    url: str
    """From the site's root: `browse/status/recruiting/`; the home page is empty."""
    kind: str
    template: str
    make_view: Callable[[], View]
    """A function of a module with its arguments (a `functools.partial`), so that it reaches workers."""
    lastmod: str | None = None
    """The day of the newest dated fact on the page, for the sitemap."""
    indexed: bool = True
    """Whether search engines may list the page."""

    @property
    def view(self) -> View:
        """The page's view, made anew."""
        return self.make_view()

    @property
    def path(self) -> str:
        """The file in the output."""
        return output_path(self.url)


@record
class RawFile:
    """A file that is no HTML page: its path in the output, its kind and its content."""

    path: str
    kind: str
    content: bytes = field(repr=False)


def output_path(url: str) -> str:
    """Return the file in the output that serves an address.

    >>> output_path("browse/")
    'browse/index.html'
    """
    return f"{url}index.html" if url == "" or url.endswith("/") else url


def is_absolute(config: Config) -> bool:
    """Say whether the site's own full address is known; a path alone (`/trials/`) is not one."""
    return config.base_url.startswith(("http://", "https://"))


def absolute(config: Config, url: str) -> str:
    """Return the full address of a page; empty when the site's own address is not known."""
    return f"{config.base_url.rstrip('/')}/{url}" if is_absolute(config) else ""


def frame(
    config: Config,
    url: str,
    *,
    title: str,
    description: str,
    crumbs: Iterable[Crumb] = (),
    section: str = "",
    page_lang: str = "",
) -> View:
    """Return what the base template shows on every page; `crumbs` lead from the home page to this one.

    `page_lang` is the language of the last crumb, where it is another than the site's.
    """
    trail: Sequence[Crumb] = ((_("Home"), ""), *crumbs)
    return {
        "url": url,
        "title": title,
        "description": description,
        "canonical": absolute(config, url),
        "robots": "",
        "section": section,
        "json_ld": _breadcrumb_data(config, [*trail[:-1], (trail[-1][0], url)]),
        "breadcrumb": _breadcrumb(trail, page_lang),
    }


def _breadcrumb(trail: Sequence[Crumb], page_lang: str) -> list[View]:
    if len(trail) == 1:
        return []
    steps: list[View] = [{"title": text, "url": target} for text, target in trail]
    if page_lang:
        steps[-1]["lang"] = page_lang
    return steps


def _breadcrumb_data(config: Config, trail: Sequence[tuple[str, str | None]]) -> Markup:
    """Return the way from the home page as JSON-LD; nothing on the home page or without full addresses."""
    if len(trail) == 1 or not is_absolute(config):
        return Markup("")
    items = [
        {"@type": "ListItem", "position": position, "name": text, "item": absolute(config, target or "")}
        for position, (text, target) in enumerate(trail, 1)
    ]
    data = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
    return Markup(for_script(data))  # noqa: S704 - `for_script` leaves nothing that could end the element
