"""What every page shows of the site itself: its name, its notice, and the links around the page.

Nothing here depends on how many trials there are: such facts would make every page depend on every
trial, and stand in `site.json` instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from trialpages.pages.markup import prose_html
from trialpages.pages.prose_pages import ProsePage
from trialpages.pages.security_policy import POLICY
from trialpages.read.config import Config
from trialpages.words.language import N_, _

BUILT_IN_LINKS = (
    (N_("Search"), "search/"),
    (N_("Browse"), "browse/"),
    (N_("Saved trials"), "compare/"),
    (N_("Glossary"), "glossary/"),
)


def site_words(config: Config, prose: Iterable[ProsePage], *, is_preview: bool = False) -> dict[str, object]:
    """Return what templates see as `site`. Each page of a preview says that it is one."""
    pages = sorted(prose, key=lambda page: (page.fields.order, page.slug))
    navigation = [_link(link.title, link.url) for link in config.main_navigation]
    if not navigation:
        navigation = [_link(_(title), url) for title, url in BUILT_IN_LINKS]
        navigation += _links(pages, "main")
    return {
        "name": config.name,
        "description": config.description,
        "owner": config.owner,
        "language": config.language,
        "policy": Markup(POLICY),  # noqa: S704 - our own text, without a character of HTML
        "is_preview": is_preview,
        "notice": prose_html(config.notice),
        "navigation": navigation,
        "footer": list(_links(pages, "footer")),
        "repository_url": config.repository_url or "",
        "contact_email": config.contact_email or "",
    }


def _links(pages: Iterable[ProsePage], menu: str) -> Iterator[dict[str, str]]:
    return (_link(page.title, page.url) for page in pages if page.fields.menu == menu)


def _link(title: str, url: str) -> dict[str, str]:
    """A link of the site is relative to its root; one that leads elsewhere has an `href` of its own."""
    if url.startswith(("http://", "https://", "/")):
        return {"title": title, "url": url, "href": url}
    return {"title": title, "url": url}
