"""What of a site does not fit the way in which its host serves it, though the host would take it: warnings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from trialpages.pages.former_pages import Redirect
from trialpages.pages.host_files import CLOUDFLARE, GITHUB, MOST_REDIRECTS, NETLIFY, redirect_lines
from trialpages.pages.page import is_absolute
from trialpages.pages.target_limits import LIMITS
from trialpages.read.config import Config
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

AT_THE_TOP = (CLOUDFLARE, NETLIFY)
"""Hosts that serve a site at the top of its address, never below a path."""


def fit_faults(
    target: str, config: Config, redirects: Sequence[Redirect], where: Span
) -> Iterator[Diagnostic]:
    """Yield what does not fit. `where` is the place that names the target."""
    host = LIMITS[target].name
    path = urlsplit(config.base_url).path.strip("/")
    if target in AT_THE_TOP and path:
        what = f"The site's address has the path /{path}/, and {host} serves a site at the top of its address"
        help_text = (
            "take the path out of base_url, unless something else brings readers from that path to the site"
        )
        yield make("address-unfit-for-host", what, where, help_text)
    if target == GITHUB and not is_absolute(config):
        what = f"{host} serves most sites below the name of their repository, and base_url does not name the address"
        help_text = "set base_url to the full address, such as https://name.github.io/repository/"
        yield make("address-unfit-for-host", what, where, help_text)
    if target == CLOUDFLARE:
        left_out = len(list(redirect_lines(NETLIFY, redirects))) - len(
            list(redirect_lines(target, redirects))
        )
        if left_out:
            what = f"{host} reads {MOST_REDIRECTS:,} redirects, and {left_out:,} more do not fit"
            help_text = "nothing is lost: the page of each leads on by itself, only a little later"
            yield make("redirects-beyond-host", what, where, help_text)
