"""The client of the registry, against a server on loopback that answers as the registry does, or misbehaves."""

from __future__ import annotations

import doctest
import gzip
import json
import socket
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import registry_server as server
from registry_server import Registry, Study, serving

from trialpages.importing import retries, wanted_fields
from trialpages.importing.client import Client, ClientSettings, Fetched, Missing, RegistryFault
from trialpages.importing.clock import Clock
from trialpages.importing.query import Query, QueryError
from trialpages.model.registry import trial_from_study

RECORDS = Path(__file__).parent / "ctgov"
NOW = 1_795_000_000.0
EVERY = Query.of(words="made-up")


def made_up(number: int, **identification: Any) -> Study:
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08}",
                "briefTitle": f"Made-up {number}",
                **identification,
            },
            "statusModule": {"overallStatus": "RECRUITING" if number % 2 else "COMPLETED"},
            "contactsLocationsModule": {"locations": [{"geoPoint": {"lat": float(number), "lon": 10.0}}]},
        },
        "hasResults": False,
    }


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    studies = [made_up(number) for number in range(1, 8)]
    studies.append(made_up(8, nctIdAliases=["NCT00000088", "NCT00000089"]))
    with serving(
        {study["protocolSection"]["identificationModule"]["nctId"]: study for study in studies}
    ) as it:
        yield it


class Hours:
    """A clock that only a sleep moves, and chance that always picks the middle."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))

    def clock(self) -> Clock:
        return Clock(
            monotonic=lambda: 1000.0 + sum(self.slept),
            epoch=lambda: NOW + sum(self.slept),
            sleep=self.sleep,
            chance=lambda: 0.5,
        )


@pytest.fixture
def hours() -> Hours:
    return Hours()


def client(registry: Registry, hours: Hours | None = None, **settings: Any) -> Client:
    known: dict[str, Any] = {"address": registry.address, "requests_per_minute": 0, **settings}
    return Client(ClientSettings(**known), clock=(hours or Hours()).clock())


def number_of(record: bytes) -> str:
    return str(json.loads(record)["protocolSection"]["identificationModule"]["nctId"])


# One study


def test_a_study_comes_with_the_wanted_fields_packed_and_in_markdown(registry: Registry) -> None:
    registry.studies["NCT00000001"]["protocolSection"]["oversightModule"] = {"isFdaRegulatedDrug": True}
    with client(registry) as it:
        found = it.study("nct00000001")
    assert (found.asked, found.found_as, number_of(found.record)) == ("NCT00000001",) * 3
    assert b"oversightModule" not in found.record
    asked = registry.asked[0]
    assert asked.parameters == {
        "format": "json",
        "markupFormat": "markdown",
        "fields": wanted_fields.parameter(),
    }
    assert asked.headers["Accept-Encoding"] == "gzip"
    assert asked.headers["User-Agent"].startswith("trialpages/")


def test_an_alias_is_followed_and_told(registry: Registry) -> None:
    with client(registry) as it:
        found = it.study("NCT00000088")
    assert (found.asked, found.found_as) == ("NCT00000088", "NCT00000008")
    assert [each.path for each in registry.asked] == [
        "/api/v2/studies/NCT00000088",
        "/api/v2/studies/NCT00000008",
    ]
    assert "fields" in registry.asked[1].parameters


@pytest.mark.parametrize(
    "number", ["NCT00000099", "NCT00000000", "NCT1", "2014-002476-92", "NCT00000001/../x"]
)
def test_an_unknown_number_is_told_by_name(registry: Registry, number: str) -> None:
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        it.study(number)
    assert (told.value.code, told.value.what) == (
        "unknown-trial",
        f"The registry does not know {number.upper()}",
    )
    assert len(registry.asked) == (number == "NCT00000099")


def test_another_study_than_the_one_asked_for_is_refused(registry: Registry) -> None:
    registry.trouble = [server.body(json.dumps(made_up(2)).encode())]
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert told.value.code == "registry-answer"
    assert "asked for NCT00000001 and sent NCT00000002" in told.value.what


# Many by number


def test_many_numbers_cost_few_requests_and_come_in_the_order_asked(registry: Registry) -> None:
    asked = ["NCT00000003", "NCT00000099", "NCT00000088", "nct00000001", "2014-002476-92", "NCT00000008"]
    with client(registry, batch=4) as it:
        found = list(it.studies(asked))
    told = [each.found_as if isinstance(each, Fetched) else None for each in found]
    assert [each.asked for each in found] == [each.upper() for each in asked]
    assert told == ["NCT00000003", None, "NCT00000008", "NCT00000001", None, "NCT00000008"]
    assert found[1] == Missing(asked="NCT00000099")
    assert [each.parameters["filter.ids"] for each in registry.asked] == [
        "NCT00000003,NCT00000099,NCT00000088,NCT00000001",
        "NCT00000008",
    ]


def test_five_hundred_numbers_are_five_requests(registry: Registry) -> None:
    registry.studies = {f"NCT{number:08}": made_up(number) for number in range(1, 501)}
    with client(registry) as it:
        assert [
            number_of(each.record) for each in it.studies(registry.studies) if isinstance(each, Fetched)
        ] == [*registry.studies]
    assert len(registry.asked) == 5


def test_a_batch_that_comes_in_several_pages_is_read_to_the_end(registry: Registry) -> None:
    registry.largest_page, registry.empty_page = 3, 1
    with client(registry) as it:
        found = list(it.studies(registry.studies))
    assert [number_of(each.record) for each in found if isinstance(each, Fetched)] == [*registry.studies]
    assert len(registry.asked) == 4


def test_no_numbers_cost_no_request(registry: Registry) -> None:
    with client(registry) as it:
        assert list(it.studies([])) == []
    assert registry.asked == []


# Searches


def test_a_search_goes_on_behind_an_empty_page_to_the_end(registry: Registry) -> None:
    registry.empty_page = 1
    with client(registry, batch=3) as it:
        pages = list(it.search(EVERY))
    assert [len(page.records) for page in pages] == [3, 0, 3, 2]
    assert [page.total for page in pages] == [8, None, None, None]
    assert [page.next_page_token is None for page in pages] == [False, False, False, True]
    assert len({number_of(each) for page in pages for each in page.records}) == 8
    assert [each.parameters.get("countTotal") for each in registry.asked] == ["true", None, None, None]


def test_a_search_goes_on_where_it_was_interrupted(registry: Registry) -> None:
    with client(registry, batch=3) as it:
        first = next(iter(it.search(EVERY)))
        rest = list(it.search(EVERY, page_token=first.next_page_token))
    assert [number_of(each) for page in rest for each in page.records] == [
        f"NCT{each:08}" for each in (4, 5, 6, 7, 8)
    ]


def test_a_limit_asks_for_no_more_than_it_takes(registry: Registry) -> None:
    with client(registry, batch=3) as it:
        pages = list(it.search(Query.of(words="made-up", limit=4)))
    assert [len(page.records) for page in pages] == [3, 1]
    assert [each.parameters["pageSize"] for each in registry.asked] == ["3", "1"]
    assert pages[-1].next_page_token is not None


def test_a_search_by_status_and_place(registry: Registry) -> None:
    query = Query.of(statuses=["recruiting"], near="3.0, 10.0, 300km")
    with client(registry) as it:
        assert [number_of(each) for page in it.search(query) for each in page.records] == [
            "NCT00000001",
            "NCT00000003",
            "NCT00000005",
        ]


def test_a_token_for_another_search_is_refused_in_the_registrys_words(registry: Registry) -> None:
    with client(registry, batch=3) as it:
        token = next(iter(it.search(EVERY))).next_page_token
        with pytest.raises(RegistryFault) as told:
            list(it.search(Query.of(words="aspirin"), page_token=token))
    assert told.value.code == "bad-query"
    assert told.value.what == "The registry refused the request: `pageToken` was given for other parameters"
    assert len(registry.asked) == 2, "what is wrong stays wrong: it is not asked twice"


def test_pages_without_an_end_end(registry: Registry) -> None:
    page = server.body(b'{"studies": [], "nextPageToken": "again"}')
    registry.trouble = [page] * 5
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        list(it.search(EVERY))
    assert "no end" in told.value.what
    assert len(registry.asked) == 2


# Trouble that passes


@pytest.mark.parametrize(
    "trouble",
    [
        server.status(500),
        server.status(503),
        server.status(429),
        server.cut,
        server.closed,
        server.damaged_gzip,
        server.body(b'{"protocolSection": {"identif'),
        server.body(b""),
        server.body(b'"\xff"'),
    ],
)
def test_what_passes_is_tried_again(registry: Registry, hours: Hours, trouble: server.Trouble) -> None:
    registry.trouble = [trouble, trouble]
    with client(registry, hours) as it:
        assert it.study("NCT00000001").found_as == "NCT00000001"
    assert hours.slept == [0.75, 1.5]


def test_a_slow_answer_is_waited_for_no_longer_than_agreed(registry: Registry, hours: Hours) -> None:
    registry.trouble = [server.slow(0.4), server.slow(0.0)]
    with client(registry, hours, timeout_seconds=0.1) as it:
        assert it.study("NCT00000001").found_as == "NCT00000001"
    assert len(hours.slept) == 1


def test_an_answer_that_drips_forever_is_given_up(registry: Registry) -> None:
    times = iter(range(0, 10_000, 400))
    clock = Clock(monotonic=lambda: float(next(times)), sleep=lambda _: None)
    registry.studies["NCT00000001"]["protocolSection"]["descriptionModule"] = {"briefSummary": "x" * 300_000}
    settings = ClientSettings(address=registry.address, attempts=1)
    with Client(settings, clock=clock) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert "was too slow: after 10 minutes" in told.value.what


@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [
        ("7", 7.0),
        (formatdate(NOW + 20, usegmt=True), 20.0),
        (formatdate(NOW - 20, usegmt=True), 0.75),
        ("0", 0.75),
        ("soon", 0.75),
    ],
)
def test_the_wait_that_the_registry_asks_for(
    registry: Registry, hours: Hours, retry_after: str, slept: float
) -> None:
    registry.trouble = [server.status(429, retry_after)]
    told: list[tuple[float, str]] = []
    settings = ClientSettings(address=registry.address, requests_per_minute=0)
    with Client(
        settings, clock=hours.clock(), on_wait=lambda seconds, why: told.append((seconds, why))
    ) as it:
        it.study("NCT00000001")
    assert hours.slept == [slept]
    assert told == [(slept, "127.0.0.1 answered 429 (too many requests)")]


def test_a_wait_that_is_too_long_is_left_to_the_person(registry: Registry, hours: Hours) -> None:
    registry.trouble = [server.status(503, "3600")]
    with client(registry, hours) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert told.value.code == "registry-busy"
    assert told.value.what.endswith("and asks to wait 60 minutes")
    assert hours.slept == []


def test_what_does_not_pass_ends_after_five_attempts(registry: Registry, hours: Hours) -> None:
    registry.trouble = [server.status(500)] * 9
    with client(registry, hours) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert told.value.code == "registry-busy"
    assert hours.slept == [0.75, 1.5, 3.0, 6.0]
    assert len(registry.asked) == 5


@pytest.mark.parametrize("code", [401, 403, 410, 511])
def test_other_refusals_are_not_asked_twice(registry: Registry, code: int) -> None:
    registry.trouble = [server.status(code)]
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert (told.value.code, len(registry.asked)) == ("registry-answer", 1)
    assert f"answered {code}" in told.value.what


def test_requests_keep_their_distance(registry: Registry, hours: Hours) -> None:
    registry.trouble = [server.fine, server.status(429, "10")]
    with client(registry, hours, requests_per_minute=40) as it:
        it.study("NCT00000001")
        it.study("NCT00000088")
    assert hours.slept == [1.5, 10.0, 1.5], "after a long wait no second one is due; a redirect counts"


def test_the_examples_of_waits() -> None:
    done = doctest.testmod(retries)
    assert (done.attempted > 0, done.failed) == (True, 0)


# Answers by somebody else


def test_a_login_page_is_named_by_its_title(registry: Registry) -> None:
    registry.trouble = [server.body(server.LOGIN_PAGE, "text/html")]
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert told.value.code == "registry-answer"
    assert told.value.what == 'A page in HTML with the title "Made-up cafe: sign in" came instead of a record'
    assert "sign in there" in (told.value.help or "")


def test_a_redirect_to_another_host_is_not_followed(registry: Registry) -> None:
    registry.trouble = [server.redirect("http://login.example/?next=x")]
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert told.value.what == "127.0.0.1 sends us to login.example, which is not the registry"
    assert len(registry.asked) == 1


def test_redirects_in_circles_end(registry: Registry) -> None:
    registry.trouble = [server.redirect("/api/v2/studies/NCT00000001")] * 20
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert "in circles" in told.value.what
    assert len(registry.asked) <= 6


def test_a_body_that_unpacks_to_too_much_is_not_read(registry: Registry) -> None:
    bomb = b'{"x": "' + b" " * 5_000_000 + b'"}'
    assert len(gzip.compress(bomb)) < 10_000
    registry.trouble = [server.body(bomb)]
    with client(registry, largest_body_bytes=1_000_000) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert (told.value.code, len(registry.asked)) == ("registry-answer", 1)
    assert "more than 1 MB in one answer" in told.value.what


@pytest.mark.parametrize(
    "answer", [b"[]", b"{}", b'{"protocolSection": {"identificationModule": {}}}', b"null"]
)
def test_json_of_another_form_is_refused(registry: Registry, answer: bytes) -> None:
    registry.trouble = [server.body(answer)]
    with client(registry) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert (told.value.code, len(registry.asked)) == ("registry-answer", 1)
    assert "another form" in told.value.what


# The way to the registry


def test_offline_is_one_clear_message(monkeypatch: pytest.MonkeyPatch, hours: Hours) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings = ClientSettings(address=f"http://127.0.0.1:{port}/api/v2")
    with Client(settings, clock=hours.clock()) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert (told.value.code, told.value.what) == ("registry-offline", "127.0.0.1 cannot be reached")
    assert told.value.help == (
        "check the network and try again, or download the record in a browser and import the file: import FILE.json"
    )


def test_a_host_without_an_address_is_offline_too(monkeypatch: pytest.MonkeyPatch, hours: Hours) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    settings = ClientSettings(address="http://registry.invalid/api/v2", attempts=1)
    with Client(settings, clock=hours.clock()) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert told.value.what == "registry.invalid cannot be reached"


def test_a_proxy_of_the_environment_is_used(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", registry.address.removesuffix(server.BASE))
    settings = ClientSettings(address="http://registry.invalid/api/v2", requests_per_minute=0)
    with Client(settings) as it:
        assert it.study("NCT00000088").found_as == "NCT00000008"
    assert registry.asked[0].target.startswith("http://registry.invalid/api/v2/studies/NCT00000088?")


def test_a_proxy_that_is_not_there_is_named_without_its_password(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://somebody:secret@proxy.invalid:1")
    with client(registry, attempts=1) as it, pytest.raises(RegistryFault) as told:
        it.study("NCT00000001")
    assert told.value.code == "registry-offline"
    assert "proxy" in told.value.what
    assert "HTTPS_PROXY" in (told.value.help or "")
    assert "secret" not in f"{told.value.what}{told.value.help}"


# The words of a search


def test_the_parameters_of_a_search() -> None:
    query = Query.of(
        words="  acute  lymphoblastic leukemia ",
        statuses=["recruiting", "not-yet-recruiting, RECRUITING"],
        near="29.76, -95.37, 100 mi",
        limit=500,
    )
    assert query.parameters() == {
        "query.term": "acute lymphoblastic leukemia",
        "filter.overallStatus": "RECRUITING,NOT_YET_RECRUITING",
        "filter.geo": "distance(29.76,-95.37,100mi)",
    }


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "an empty search would bring every study"),
        ({"words": " "}, "an empty search would bring every study"),
        ({"words": "x", "limit": 0}, "the limit is a number from 1, not 0"),
        (
            {"words": "NCT00000001, nct00000002"},
            "bring them without --search: import NCT00000001, nct00000002",
        ),
        ({"statuses": ["recruting"]}, "no status 'recruting'; did you mean recruiting?"),
        ({"statuses": ["open"]}, "no status 'open'; known are recruiting, not-yet-recruiting"),
        ({"near": "29.76,-95.37"}, "latitude, longitude and distance, such as 29.76,-95.37,100mi"),
        ({"near": "29.76,-95.37,100"}, "such as 29.76,-95.37,100mi"),
        ({"near": "Houston"}, "not 'Houston'"),
        ({"near": "95.37,29.76,100mi"}, "a latitude lies between -90 and 90, not 95.37"),
        ({"near": "29.76,-195.37,100mi"}, "a longitude lies between -180 and 180, not -195.37"),
        ({"near": "29.76,-95.37,0mi"}, "the distance must be above 0"),
    ],
)
def test_a_slip_in_a_search_is_told_before_anybody_is_asked(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(QueryError) as fault:
        Query.of(**asked)
    assert told in str(fault.value)


# The wanted fields


class Watched(dict[str, Any]):
    """A group of fields that notes which of them were read."""

    def __init__(self, values: dict[str, Any], place: tuple[str, ...], seen: set[tuple[str, ...]]) -> None:
        super().__init__(values)
        self.place, self.seen = place, seen

    def get(self, key: str, default: Any = None) -> Any:
        place = (*self.place, key)
        self.seen.add(place)
        value = super().get(key, default)
        if len(place) < 2:
            return Watched(value if isinstance(value, dict) else {}, place, self.seen)
        return value


def test_wanted_is_exactly_what_the_decoder_reads() -> None:
    seen: set[tuple[str, ...]] = set()
    trial_from_study(Watched({}, (), seen))
    modules = {place for place in seen if len(place) == 2}
    assert modules == {(section, name) for section, names in wanted_fields.WANTED.items() for name in names}
    alone = {place[0] for place in seen if len(place) == 1} - {section for section, _ in modules}
    assert alone == {wanted_fields.WANTED_FLAG}


@pytest.mark.parametrize("path", sorted(RECORDS.glob("NCT????????.json")), ids=lambda path: path.stem)
def test_a_cut_record_means_the_same(path: Path, registry: Registry) -> None:
    found = json.loads(path.read_text("utf-8"))
    study = (found["studies"][0] if "studies" in found else found) if isinstance(found, dict) else found[0]
    study |= {"annotationSection": {"annotationModule": {"unpostedAnnotation": {}}}}
    cut = wanted_fields.cut(study)
    assert trial_from_study(cut) == trial_from_study(study)
    assert "annotationSection" not in cut
    number = study["protocolSection"]["identificationModule"]["nctId"]
    registry.studies = {number: study}
    with client(registry) as it:
        assert json.loads(it.study(number).record) == cut
