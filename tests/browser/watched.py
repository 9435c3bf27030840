"""A browser page that remembers everything that went wrong on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

_COUNT_VIOLATIONS = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclasses.dataclass
class Watched:
    """A page with its troubles: console errors and warnings, failed requests, requests to other places."""

    page: Page
    troubles: list[str]

    def all_troubles(self) -> list[str]:
        """Everything that went wrong so far, violations of the security policy included."""
        return [*self.troubles, *self.page.evaluate("window.__violations")]


@contextmanager
def watched(browser: Browser, address: str, block: str = "", **options: Any) -> Iterator[Watched]:
    """Open pages below one address. A request for anything else, or for a `block`ed name, is stopped."""
    options.setdefault("viewport", {"width": 1200, "height": 900})
    context = browser.new_context(service_workers="block", **options)
    context.set_default_timeout(20_000)
    troubles: list[str] = []
    origin = "/".join(address.split("/")[:3]) + "/"

    def allow(route: Route) -> None:
        url = route.request.url
        if not url.startswith((origin, "data:")):
            troubles.append(f"a request to another place: {url}")
            route.abort()
        elif block and block in url:
            route.abort()
        else:
            route.continue_()

    def hear(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            troubles.append(f"console: {said.text}")

    context.route("**/*", allow)
    context.add_init_script(_COUNT_VIOLATIONS)
    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))

    def fail(request: Request) -> None:
        # What a page still asks for when the reader leaves it is aborted, and that is no trouble.
        if request.failure != "net::ERR_ABORTED":
            troubles.append(f"failed: {request.url}")

    page.on("requestfailed", fail)
    try:
        yield Watched(page, troubles)
    finally:
        context.close()
