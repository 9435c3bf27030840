"""Requests over HTTP: one address and its parameters in, the bytes of a good answer out.

Polite, patient and suspicious: a pace is kept, what may pass is tried again, and an answer that comes from
somebody else than the registry, or that is cut off or too large, is refused. Proxies come from the
environment (HTTPS_PROXY, NO_PROXY).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests

from trialpages import __version__
from trialpages.importing.clock import Clock
from trialpages.importing.faults import OTHER_WAY, PassingFault, RegistryFault
from trialpages.importing.pace import Pace
from trialpages.importing.retries import asked_wait, back_off
from trialpages.importing.settings import ClientSettings

HEADERS = {
    "User-Agent": f"trialpages/{__version__}",
    "Accept": "application/json, text/plain;q=0.5",
    "Accept-Encoding": "gzip",
}
REDIRECTS = {301, 302, 303, 307, 308}
LOGIN_NEEDED = 511
"""The status by which a network says that somebody has to sign in to it first."""

MOST_REDIRECTS = 5
CHUNK_BYTES = 65_536
LONGEST_MESSAGE = 300
"""Letters of the registry's own words that are shown."""

STUDY = re.compile(r"/studies/(NCT\d{8})/?", re.IGNORECASE)
TITLE = re.compile(rb"<title[^>]*>\s*(.{1,80}?)\s*</title>", re.IGNORECASE | re.DOTALL)
T = TypeVar("T")
LOGIN = (
    "open any page in a browser: a network with a login page answers in the registry's place; "
    "sign in there, or use another network"
)


class Transport:
    """Connections to the registry, kept open between requests."""

    def __init__(
        self, settings: ClientSettings, clock: Clock, on_wait: Callable[[float, str], None] | None
    ) -> None:
        self._settings = settings
        self._address = settings.address.rstrip("/")
        self._host = urlsplit(self._address).hostname or self._address
        self._clock = clock
        self._on_wait = on_wait
        self._pace = Pace(settings.requests_per_minute, clock)
        self._session = requests.Session()
        self._session.headers.update(HEADERS)

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def get(self, path: str, parameters: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """Return what `read` makes of a good answer's body. Raises `RegistryFault`.

        Where `read` raises `PassingFault`, the request is made again.
        """
        attempt = 1
        while True:
            try:
                return read(self._follow(path, parameters))
            except PassingFault as passing:
                if attempt >= self._settings.attempts:
                    raise passing.fault from passing
                self._wait(passing, attempt)
            attempt += 1

    def _wait(self, passing: PassingFault, attempt: int) -> None:
        seconds = max(back_off(attempt, self._clock.chance()), passing.wait_seconds or 0.0)
        if seconds > self._settings.longest_wait_seconds:
            what = f"{passing.fault.what}, and asks to wait {_minutes(seconds)}"
            raise RegistryFault("registry-busy", what, "run the same command again after that time")
        if self._on_wait:
            self._on_wait(seconds, passing.fault.what)
        self._clock.sleep(seconds)

    def _follow(self, path: str, parameters: Mapping[str, str]) -> bytes:
        """Ask, and follow redirects within the registry; a study's alias is asked for again by its number."""
        address = f"{self._address}{path}"
        asked: Mapping[str, str] | None = parameters
        for _ in range(MOST_REDIRECTS):
            target, body = self._once(address, asked)
            if target is None:
                return body
            address = self._own_address(urljoin(address, target))
            study = STUDY.search(urlsplit(address).path)
            if study:
                address = f"{self._address}/studies/{study[1].upper()}"
            asked = parameters if study else None
        raise RegistryFault("registry-answer", f"{self._host} sends us in circles", LOGIN)

    def _own_address(self, target: str) -> str:
        own, other = urlsplit(self._address), urlsplit(target)
        if other.hostname != own.hostname or other.scheme not in (own.scheme, "https"):
            what = f"{self._host} sends us to {other.hostname or 'another place'}, which is not the registry"
            raise RegistryFault("registry-answer", what, LOGIN)
        return target

    def _once(self, address: str, parameters: Mapping[str, str] | None) -> tuple[str | None, bytes]:
        """Return where the registry sends us, or the body of its answer."""
        self._pace.wait()
        timeouts = (self._settings.connect_seconds, self._settings.timeout_seconds)
        try:
            with self._session.get(
                address, params=parameters, timeout=timeouts, stream=True, allow_redirects=False
            ) as answer:
                if answer.status_code in REDIRECTS and answer.headers.get("Location"):
                    return answer.headers["Location"], b""
                body = self._body(answer)
        except requests.RequestException as error:
            raise _network_fault(error, self._host) from error
        self._refuse(answer, body)
        return None, body

    def _body(self, answer: requests.Response) -> bytes:
        until = self._clock.monotonic() + self._settings.longest_answer_seconds
        body = bytearray()
        for chunk in answer.iter_content(CHUNK_BYTES):
            body += chunk
            if len(body) > self._settings.largest_body_bytes:
                limit = self._settings.largest_body_bytes / 1e6
                what = f"{self._host} sent more than {limit:,.6g} MB in one answer; the rest was not read"
                raise RegistryFault("registry-answer", what, "ask for fewer studies at once")
            if self._clock.monotonic() > until:
                what = f"{self._host} was too slow: after {_minutes(self._settings.longest_answer_seconds)} the answer was not whole"
                raise PassingFault(RegistryFault("registry-offline", what, f"try again later, {OTHER_WAY}"))
        return bytes(body)

    def _refuse(self, answer: requests.Response, body: bytes) -> None:
        """Raise what an answer says that is not good; a good one passes."""
        status, said = answer.status_code, f"{self._host} answered {answer.status_code}"
        if status == LOGIN_NEEDED:
            raise RegistryFault("registry-answer", f"{said}: the network wants a login first", LOGIN)
        if status == 429 or status >= 500:
            wait = asked_wait(answer.headers.get("Retry-After"), self._clock.epoch())
            what = f"{said} ({'too many requests' if status == 429 else 'it has trouble of its own'})"
            help_text = "run the same command again later" + (
                ", or with fewer requests a minute" if status == 429 else ""
            )
            raise PassingFault(RegistryFault("registry-busy", what, help_text), wait)
        if status == 400:
            help_text = "check the search words; a search that went on after an interruption begins anew with --start-over"
            raise RegistryFault("bad-query", f"The registry refused the request: {_message(body)}", help_text)
        if status == 404:
            raise RegistryFault("unknown-trial", f"{self._host} has nothing there (404)")
        if status != 200:
            what = f"{said} {answer.reason or ''}".rstrip()
            help_text = (
                f"a filter of the network or the registry's own refuses us; try another network, {OTHER_WAY}"
            )
            raise RegistryFault("registry-answer", what, help_text)
        if body.lstrip()[:1] == b"<":
            title = TITLE.search(body[:20_000])
            named = f' with the title "{title[1].decode("utf-8", "replace")}"' if title else ""
            raise RegistryFault("registry-answer", f"A page in HTML{named} came instead of a record", LOGIN)


def _message(body: bytes) -> str:
    text = " ".join(body[: LONGEST_MESSAGE * 4].decode("utf-8", "replace").split())
    if not text or text.startswith("<"):
        return "it did not say why"
    return text if len(text) <= LONGEST_MESSAGE else f"{text[: LONGEST_MESSAGE - 1]}…"


def _network_fault(error: requests.RequestException, host: str) -> PassingFault | RegistryFault:
    """Return what a network error means in words; no address of a proxy is told, since it can hold a password."""
    help_text = f"check the network and try again, {OTHER_WAY}"
    if isinstance(error, requests.exceptions.SSLError):
        what = f"The certificate of {host} is not trusted, so somebody else may be answering"
        return RegistryFault(
            "registry-offline", what, f"check the computer's clock, and the network; {OTHER_WAY}"
        )
    if isinstance(
        error, (requests.exceptions.ContentDecodingError, requests.exceptions.ChunkedEncodingError)
    ):
        what = f"The answer of {host} was cut off or damaged on its way"
        return PassingFault(RegistryFault("registry-answer", what, "run the same command again"))
    if isinstance(error, requests.exceptions.ProxyError):
        what = f"The proxy on the way to {host} does not let us through"
        proxy_help = f"check HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment, {OTHER_WAY}"
        return PassingFault(RegistryFault("registry-offline", what, proxy_help))
    if isinstance(error, requests.exceptions.Timeout) or "Read timed out" in str(error):
        return PassingFault(RegistryFault("registry-offline", f"{host} did not answer in time", help_text))
    if isinstance(error, requests.exceptions.ConnectionError):
        return PassingFault(RegistryFault("registry-offline", f"{host} cannot be reached", help_text))
    return RegistryFault("registry-offline", f"{host} cannot be asked: {type(error).__name__}", help_text)


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"
