"""A made-up registry on loopback: it answers as the description of the registry's interface says, or misbehaves as told.

Pages by token, with an empty one in the middle where that is wanted; the total on the first page only; sizes coerced;
301 for an alias; 400 and 404 as plain text; gzip. Each entry of `trouble` spoils one request to come, in order. As a
proxy it answers for any host. By hand: `python tests/registry_server.py --port 0 --records FOLDER`.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import math
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Study = dict[str, Any]
BASE = "/api/v2"
ID = re.compile(r"[Nn][Cc][Tt]0*[1-9]\d{0,7}")
GEO = re.compile(r"distance\((-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(\d+(?:\.\d+)?)(km|mi)?\)")
EARTH_KM = 6371.0
KM_PER_MILE = 1.609344

PARAMETERS = {
    "format",
    "markupFormat",
    "query.cond",
    "query.term",
    "filter.overallStatus",
    "filter.geo",
    "filter.ids",
    "fields",
    "countTotal",
    "pageSize",
    "pageToken",
}
FREE_PARAMETERS = {"countTotal", "pageSize", "pageToken"}
"""That may differ from page to page."""

STATUSES = {
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "ENROLLING_BY_INVITATION",
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "SUSPENDED",
    "TERMINATED",
    "WITHDRAWN",
    "AVAILABLE",
    "NO_LONGER_AVAILABLE",
    "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING",
    "WITHHELD",
    "UNKNOWN",
}
PIECES = {
    "ProtocolSection",
    "ResultsSection",
    "AnnotationSection",
    "DocumentSection",
    "DerivedSection",
    "HasResults",
    "IdentificationModule",
    "StatusModule",
    "SponsorCollaboratorsModule",
    "OversightModule",
    "DescriptionModule",
    "ConditionsModule",
    "DesignModule",
    "ArmsInterventionsModule",
    "OutcomesModule",
    "EligibilityModule",
    "ContactsLocationsModule",
    "ReferencesModule",
    "IPDSharingStatementModule",
    "ParticipantFlowModule",
    "BaselineCharacteristicsModule",
    "OutcomeMeasuresModule",
    "AdverseEventsModule",
    "MoreInfoModule",
    "AnnotationModule",
    "LargeDocumentModule",
    "MiscInfoModule",
    "ConditionBrowseModule",
    "InterventionBrowseModule",
}
"""Names that `fields` may hold here; the registry knows those of single fields too."""


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    target: str
    """As it stood in the request; with a host where we were asked as a proxy."""
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]


@dataclass
class Registry:
    """What the server answers from; a test changes it at will."""

    studies: dict[str, Study]
    trouble: list[Trouble] = field(default_factory=list)
    """What happens to the requests to come, one each; when it is used up, answers are good."""
    empty_page: int | None = None
    """Number of a page, from 0, that comes without studies."""
    largest_page: int = 1000
    asked: list[Asked] = field(default_factory=list)
    address: str = ""


class BadRequestError(Exception):
    """What the registry says with 400."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    registry: Registry

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.registry.asked.append(Asked(self.path, parts.path, parameters, dict(self.headers)))
        if self.registry.trouble:
            self.registry.trouble.pop(0)(self)
        else:
            self.answer()

    def answer(self) -> None:
        """Answer as the registry does."""
        asked = self.registry.asked[-1]
        path = asked.path.removeprefix(BASE).rstrip("/")
        try:
            if path == "/studies":
                self.send_bytes(_lines(_page(self.registry, asked.parameters)))
            elif path.startswith("/studies/"):
                self._study(path.removeprefix("/studies/"), asked.parameters)
            else:
                self.send_text(404, "Not found")
        except BadRequestError as fault:
            self.send_text(400, str(fault))

    def _study(self, nct_id: str, parameters: dict[str, str]) -> None:
        if not ID.fullmatch(nct_id):
            raise BadRequestError(f"NCT number '{nct_id}' has incorrect format")
        own = _by_number(self.registry).get(nct_id.upper())
        if own is None:
            self.send_text(404, f"NCT number {nct_id.upper()} not found")
        elif own != nct_id.upper():
            self.send_redirect(f"{BASE}/studies/{own}")
        else:
            self.send_json(_with_fields(self.registry.studies[own], parameters))

    def send_redirect(self, target: str) -> None:
        self.send_response(301)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_json(self, value: object) -> None:
        self.send_bytes(json.dumps(value, ensure_ascii=False).encode())

    def send_text(self, status: int, text: str, **headers: str) -> None:
        self.send_bytes(text.encode(), status, "text/plain;charset=UTF-8", **headers)

    def send_bytes(
        self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str
    ) -> None:
        self.send_response(status)
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


Trouble = Callable[[_Handler], None]


def fine(handler: _Handler) -> None:
    """No trouble at all."""
    handler.answer()


def status(code: int, retry_after: str | None = None) -> Trouble:
    """Answer with a status, and say when to ask again."""
    headers = {} if retry_after is None else {"Retry_After": retry_after}
    return lambda handler: handler.send_text(code, f"made-up trouble {code}", **headers)


def slow(seconds: float) -> Trouble:
    """Wait before a good answer."""

    def trouble(handler: _Handler) -> None:
        time.sleep(seconds)
        handler.answer()

    return trouble


def body(content: bytes, kind: str = "application/json") -> Trouble:
    """Answer with other bytes, as if they were right."""
    return lambda handler: handler.send_bytes(content, kind=kind)


def redirect(target: str) -> Trouble:
    """Send the client elsewhere."""
    return lambda handler: handler.send_redirect(target)


def cut(handler: _Handler) -> None:
    """Break off in the middle of a body."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"studies": [')
    handler.close_connection = True


def closed(handler: _Handler) -> None:
    """Close the connection without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()
    handler.wfile = open("/dev/null", "wb")  # noqa: SIM115, PTH123 - the server flushes it once more


def damaged_gzip(handler: _Handler) -> None:
    """Say that a body is packed, and send one that is not."""
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", "11")
    handler.end_headers()
    handler.wfile.write(b"not a gzip!")


LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Made-up cafe: sign in</title></head><body></body></html>"
TROUBLES: dict[str, Trouble] = {
    "fine": fine,
    "busy": status(429, "1"),
    "broken": status(500),
    "slow": slow(2),
    "cut": cut,
    "closed": closed,
    "malformed": body(b'{"studies": [}'),
    "html": body(LOGIN_PAGE, "text/html"),
    "damaged-gzip": damaged_gzip,
}
"""Troubles by name, for the command line."""


def _lines(page: dict[str, Any]) -> bytes:
    """Return a page as the registry writes it: each study on a line of its own."""
    studies = ",\n".join(json.dumps(study, ensure_ascii=False) for study in page["studies"])
    rest = {name: value for name, value in page.items() if name != "studies"}
    return f'{{"studies":[\n{studies}\n]{"".join(f", {json.dumps(k)}:{json.dumps(v)}" for k, v in rest.items())}}}'.encode()


def _page(registry: Registry, parameters: dict[str, str]) -> dict[str, Any]:
    unknown = set(parameters) - PARAMETERS
    if unknown:
        raise BadRequestError(f"unknown parameter '{min(unknown)}'")
    if parameters.get("format", "json") != "json" or parameters.get("markupFormat", "markdown") != "markdown":
        raise BadRequestError("only JSON with markdown is made up here")
    size = parameters.get("pageSize", "0")
    if not size.isdecimal():
        raise BadRequestError("`pageSize` must be a number from 0")
    found = [study for study in registry.studies.values() if _fits(study, parameters)]
    mark = _mark(parameters)
    offset, number = _read_token(parameters["pageToken"], mark) if "pageToken" in parameters else (0, 0)
    taken = min(int(size) or 10, registry.largest_page, 1000) if number != registry.empty_page else 0
    page: dict[str, Any] = {
        "studies": [_with_fields(study, parameters) for study in found[offset : offset + taken]]
    }
    if parameters.get("countTotal") == "true" and number == 0:
        page = {"totalCount": len(found), **page}
    if offset + taken < len(found):
        page["nextPageToken"] = _token(offset + taken, number + 1, mark)
    return page


def _mark(parameters: dict[str, str]) -> str:
    kept = sorted((name, value) for name, value in parameters.items() if name not in FREE_PARAMETERS)
    return hashlib.sha256(repr(kept).encode()).hexdigest()[:12]


def _token(offset: int, number: int, mark: str) -> str:
    return base64.urlsafe_b64encode(f"{offset}:{number}:{mark}".encode()).decode().rstrip("=")


def _read_token(token: str, mark: str) -> tuple[int, int]:
    try:
        offset, number, made_for = (
            base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().split(":")
        )
    except ValueError:
        raise BadRequestError("`pageToken` is none that was given") from None
    if made_for != mark:
        raise BadRequestError("`pageToken` was given for other parameters")
    return int(offset), int(number)


def _fits(study: Study, parameters: dict[str, str]) -> bool:
    words = " ".join(parameters.get(name, "") for name in ("query.term", "query.cond"))
    if words.count("(") != words.count(")"):
        raise BadRequestError("Error in `query.term`: brackets do not fit together")
    text = json.dumps(study).casefold()
    if not all(word in text for word in re.findall(r"\w+", words.casefold())):
        return False
    statuses = _list(parameters, "filter.overallStatus")
    if unknown := set(statuses) - STATUSES:
        raise BadRequestError(f"`filter.overallStatus` has an unknown value '{min(unknown)}'")
    if statuses and study["protocolSection"]["statusModule"]["overallStatus"] not in statuses:
        return False
    numbers = _list(parameters, "filter.ids")
    if not all(map(ID.fullmatch, numbers)):
        raise BadRequestError("`filter.ids` has an incorrect number")
    if numbers and not {number.upper() for number in numbers} & set(_numbers(study)):
        return False
    return _is_near(study, parameters["filter.geo"]) if "filter.geo" in parameters else True


def _list(parameters: dict[str, str], name: str) -> list[str]:
    return [each for each in re.split(r"[,|]", parameters.get(name, "")) if each]


def _numbers(study: Study) -> list[str]:
    found = study["protocolSection"]["identificationModule"]
    return [found["nctId"], *found.get("nctIdAliases", [])]


def _by_number(registry: Registry) -> dict[str, str]:
    """Return own numbers by every number that leads to them."""
    return {number: own for own, study in registry.studies.items() for number in _numbers(study)}


def _is_near(study: Study, geo: str) -> bool:
    wanted = GEO.fullmatch(geo)
    if wanted is None:
        raise BadRequestError("`filter.geo` has an incorrect format")
    latitude, longitude, distance = (float(wanted[index]) for index in (1, 2, 3))
    distance *= 1 if wanted[4] == "km" else KM_PER_MILE
    module = study["protocolSection"].get("contactsLocationsModule", {})
    points = [place["geoPoint"] for place in module.get("locations", []) if "geoPoint" in place]
    return any(_km(latitude, longitude, point["lat"], point["lon"]) <= distance for point in points)


def _km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    a, b, c, d = map(math.radians, (latitude, longitude, other_latitude, other_longitude))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def _with_fields(study: Study, parameters: dict[str, str]) -> Study:
    if "fields" not in parameters:
        return study
    wanted = set(_list(parameters, "fields"))
    if not wanted or (unknown := wanted - PIECES):
        raise BadRequestError(f"`fields` has an unknown name '{min(unknown) if wanted else ''}'")
    return _kept(study, wanted)


def _kept(group: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in group.items():
        if key[0].upper() + key[1:] in wanted:
            kept[key] = value
        elif isinstance(value, dict) and (inside := _kept(value, wanted)):
            kept[key] = inside
    return kept


@contextmanager
def serving(studies: dict[str, Study], port: int = 0) -> Iterator[Registry]:
    """Serve made-up studies on loopback; `registry.address` is what a client is told."""
    registry = Registry(studies)
    handler = type("Handler", (_Handler,), {"registry": registry})
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        registry.address = f"http://127.0.0.1:{server.server_address[1]}{BASE}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield registry
        finally:
            server.shutdown()
            thread.join()


def read_folder(folder: Path) -> dict[str, Study]:
    """Return the bare studies among a folder's JSON files, by number, in the order of names."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("*.json"))]
    studies = [each for each in found if isinstance(each, dict) and "protocolSection" in each]
    return {_numbers(study)[0]: study for study in studies}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--records", type=Path, required=True, help="a folder of studies, one JSON file each")
    parser.add_argument("--trouble", action="append", default=[], choices=sorted(TROUBLES))
    found = parser.parse_args()
    with serving(read_folder(found.records), found.port) as registry:
        registry.trouble += [TROUBLES[name] for name in found.trouble]
        sys.stdout.write(f"{registry.address}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
