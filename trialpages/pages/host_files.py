"""What a host wants to find beside the pages: `.nojekyll` and `CNAME`, or `_headers` and `_redirects`.

Only for the host that was chosen, so a site without a target has none of them. A store of objects wants no file: its
headers are given with each object when it is brought there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, urlsplit

from trialpages.pages.former_pages import Redirect
from trialpages.pages.headers import EVERYWHERE, PREVIEW, RULES, at_hosts
from trialpages.pages.page import RawFile
from trialpages.read.config import Config

GITHUB, CLOUDFLARE, NETLIFY, S3 = "github-pages", "cloudflare", "netlify", "s3"
HEADERS_FILE, REDIRECTS_FILE = "_headers", "_redirects"
KIND = "host"
MADE = "# Made by the build for {host}; a change here is lost with the next one."
MOVED = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 2_000
"""What Cloudflare reads of `_redirects` without a pattern; Netlify names no number."""
LONGEST_REDIRECT = 1_000
"""Characters of one line that Cloudflare reads."""
NAMES = {CLOUDFLARE: "Cloudflare Pages", NETLIFY: "Netlify"}


def host_files(
    target: str | None,
    config: Config,
    paths: Iterable[str],
    redirects: Sequence[Redirect] = (),
    *,
    is_preview: bool = False,
) -> list[RawFile]:
    """Return the files for a host. `paths` are files of the site, those in folders named by their content among them."""
    if target == GITHUB:
        name = "" if is_preview else own_domain(config)
        domain = [_file("CNAME", [name])] if name else []
        return [RawFile(path=".nojekyll", kind=KIND, content=b""), *domain]
    if target in NAMES:
        made = MADE.format(host=NAMES[target])
        files = [_file(HEADERS_FILE, [made, *_header_lines(tuple(paths), is_preview=is_preview)])]
        if lines := list(redirect_lines(target, redirects)):
            files.append(_file(REDIRECTS_FILE, [made, *lines]))
        return files
    return []


def own_domain(config: Config) -> str:
    """Return the domain that a site on GitHub Pages has for itself; empty below a path and at `github.io`."""
    address = urlsplit(config.base_url)
    host = address.hostname or ""
    if not host.isascii():
        # GitHub compares it with names as they stand in the DNS.
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    if not host or address.port or address.path.strip("/") or f".{host}".endswith(".github.io"):
        return ""
    return host


def redirect_lines(target: str, redirects: Sequence[Redirect]) -> Iterator[str]:
    """Yield the lines of `_redirects`: as many as the host reads, without those that it would not take.

    Neither host can say that a page is gone for good. A page that is left out here still leads on, or says that it is
    gone, since its own file does.
    """
    # Netlify prefers a file to a redirect unless it is forced, and each former page has its file.
    force = "!" if target == NETLIFY else ""
    lines = (
        f"/{quote(each.source)} {destination(each.target)} {each.status}{force}"
        for each in redirects
        if each.status in MOVED
    )
    if target != CLOUDFLARE:
        yield from lines
        return
    fitting = (line for line in lines if len(line) <= LONGEST_REDIRECT)
    for number, line in enumerate(fitting):
        if number == MOST_REDIRECTS:
            return
        yield line


def destination(address: str) -> str:
    """Return where a redirect leads, as an address is written in a header: from the root, or a full one."""
    if address.startswith(("http://", "https://")):
        return quote(address, safe="/:?#[]@!$&'()*+,;=%~")
    return f"/{quote(address, safe='/#')}"


def _header_lines(paths: Sequence[str], *, is_preview: bool) -> Iterator[str]:
    everywhere = {**EVERYWHERE, **PREVIEW} if is_preview else EVERYWHERE
    yield "/*"
    yield from (f"  {name}: {value}" for name, value in everywhere.items())
    for rule in RULES:
        for pattern in at_hosts(rule, paths):
            yield pattern
            yield from (f"  {name}: {value}" for name, value in rule.headers.items())


def _file(path: str, lines: Iterable[str]) -> RawFile:
    return RawFile(path=path, kind=KIND, content=("\n".join(lines) + "\n").encode())
