"""The preview's threads: no save is lost, no page waits for another, and nothing ends it but an interruption."""

from __future__ import annotations

import datetime
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from made_up_preview import PATIENCE_SECONDS, Behind, MadeUpSite, Page, Running, running, until
from tornado.httpclient import HTTPClientError

from trialpages.preview.batch import Batch
from trialpages.preview.web.terminal import Terminal
from trialpages.preview.web.work import Work
from trialpages.words.diagnostics import Diagnostic, Span


@pytest.fixture
def site() -> MadeUpSite:
    return MadeUpSite(
        {"index.html": "<body>Home</body>", "a/index.html": "<body>A</body>", "404.html": "<body>"}
    )


@pytest.fixture
def preview(site: MadeUpSite, tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path, site) as made:
        made.get("/")
        until(
            lambda: site.applied == [Batch(is_everything=True)],
            "what was saved before the watching is never seen",
        )
        site.applied.clear()
        yield made


def test_a_save_nudges_the_page_that_shows_it(site: MadeUpSite, preview: Running, tmp_path: Path) -> None:
    page = Page(preview, "a/")
    until(lambda: preview.preview and "a/" in preview.preview._sights, "the page was never looked at")
    site.files["a/index.html"] = "<body>B</body>"
    preview.save(f"{tmp_path}/content/a.yaml")
    assert json.loads(page.next()) == {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}
    until(lambda: "content/a.yaml -> /a/ in " in preview.said, preview.said)
    assert "B" in preview.get("/a/").text
    page.close()


def test_a_page_that_stays_the_same_is_nudged_no_more_than_once(site: MadeUpSite, preview: Running) -> None:
    page, other = Page(preview, "a/"), Page(preview, "")
    for number in range(5):
        site.files["index.html"] = f"<body>{number}</body>"
        preview.save("x")
        other.next()
    assert page.messages.qsize() <= 1
    page.close()
    other.close()


def test_a_new_fault_elsewhere_nudges_every_page(site: MadeUpSite, preview: Running) -> None:
    pages = [Page(preview, "a/"), Page(preview, "")]
    preview.save("x")
    for page in pages:
        page.next()
    site.faults = [Diagnostic("unknown-field", "A fault", Span("content/b.yaml"))]
    preview.save("x")
    for page in pages:
        page.next()
        page.close()
    assert preview.state("a/")["faults"]["counts"]["error"] == 1
    until(lambda: "content/b.yaml" in preview.said, preview.said)


def test_what_was_made_behind_says_nothing_of_files_that_were_saved_since(
    tmp_path: Path, site: MadeUpSite, preview: Running
) -> None:
    assert preview.preview is not None
    preview.behind.began = time.monotonic()
    preview.save(str(tmp_path / "content/mended.yaml"))
    until(lambda: "content/mended.yaml" in preview.said, preview.said)
    found = [
        Diagnostic("broken-link", "A fault", Span(f"content/{name}.yaml")) for name in ("mended", "other")
    ]
    preview.preview.behind_done(found)
    assert [each.span.path for each in preview.preview.made_behind] == ["content/other.yaml"]
    preview.behind.began = time.monotonic()
    preview.preview.behind_done(found)
    assert [each.span.path for each in preview.preview.made_behind] == [
        "content/mended.yaml",
        "content/other.yaml",
    ]


def test_saves_during_a_slow_change_become_one_more_change(site: MadeUpSite, preview: Running) -> None:
    is_slow, goes_on = threading.Event(), threading.Event()

    def slow(_batch: Batch) -> None:
        is_slow.set()
        goes_on.wait(PATIENCE_SECONDS)

    site.on_apply = slow
    preview.save("first")
    assert is_slow.wait(PATIENCE_SECONDS)
    for name in ("second", "third", "second"):
        preview.save(name)
    assert preview.get("/a/").status == 200
    until(preview.saved.empty, "the watching waits for the change")
    goes_on.set()
    until(
        lambda: {"first", "second", "third"} == {*chain(*(each.paths for each in site.applied))},
        "one is lost",
    )
    assert site.applied[0].paths == {"first"}
    assert len(site.applied) <= 3


def test_a_change_that_fails_is_tried_again_among_everything(site: MadeUpSite, preview: Running) -> None:
    failures = iter([ValueError("made up"), ValueError("made up")])

    def fail(_batch: Batch) -> None:
        for error in failures:
            raise error

    site.on_apply = fail
    preview.save("first")
    preview.save("second")
    until(lambda: site.applied, "it was never tried again")
    assert site.applied[0].is_everything
    assert preview.said.count("ValueError: made up") <= 2
    assert "The preview goes on" in preview.said


def test_it_settles_when_it_is_quiet_and_then_the_rest_is_wanted(site: MadeUpSite, preview: Running) -> None:
    until(lambda: site.settled == 1 and preview.behind.wanted == 1, "it never settled")
    for number in range(5):
        preview.save(f"{number}")
    until(lambda: site.settled >= 2 and preview.behind.wanted >= 2, "it never settled again")


def test_the_watching_begins_again_when_it_fails(tmp_path: Path, site: MadeUpSite) -> None:
    begun: list[int] = []

    def watch(stop: threading.Event) -> Iterator[Batch]:
        begun.append(1)
        yield Batch()
        if len(begun) == 1:
            raise OSError("the folder is gone")
        yield Batch(paths=frozenset({"after"}))
        stop.wait(PATIENCE_SECONDS)

    said: list[str] = []
    work = Work(
        site=site,
        watch=watch,
        behind=Behind(),
        terminal=Terminal(said.append),
        changed=lambda change: None,
    )
    work.start()
    until(lambda: any("after" in each.paths for each in site.applied), "it never began again")
    assert any(each.is_everything for each in site.applied)
    assert "the folder is gone" in "".join(said)
    work.stop(PATIENCE_SECONDS)
    assert not [each.name for each in threading.enumerate() if each.name in ("watch", "apply", "settle")]


def test_midnight_moves_the_site_to_the_new_day(site: MadeUpSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialpages.preview.web.work.DAY_SECONDS", 0.01)
    days = iter([datetime.date(2026, 11, 23)] * 3)

    def watch(stop: threading.Event) -> Iterator[Batch]:
        yield Batch()
        stop.wait(PATIENCE_SECONDS)

    work = Work(
        site=site,
        watch=watch,
        behind=Behind(),
        terminal=Terminal(lambda text: None),
        changed=lambda change: None,
        today=lambda: next(days, datetime.date(2026, 11, 24)),
    )
    work.start()
    until(lambda: site.days, "it is still yesterday")
    work.stop(PATIENCE_SECONDS)
    assert site.days == [datetime.date(2026, 11, 24)]


def test_until_the_site_is_read_a_page_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.preview.web.site_handler.READY_SECONDS", 0.05)
    goes_on = threading.Event()
    site = MadeUpSite({"index.html": "<body>Home</body>"})
    site.on_open = lambda: goes_on.wait(PATIENCE_SECONDS)
    site.said = "reading 3,200 of 10,000 trials"
    with running(tmp_path, site) as preview:
        early = preview.get("/")
        assert (early.status, early.header("Retry-After")) == (503, "1")
        assert "reading 3,200 of 10,000 trials" in early.text
        assert '<meta http-equiv="refresh"' in early.text
        assert preview.get("/__preview/state").status == 503
        goes_on.set()
        until(lambda: preview.get("/").status == 200, "it never was ready")


def test_a_request_that_comes_early_waits_for_the_site(tmp_path: Path) -> None:
    goes_on = threading.Event()
    site = MadeUpSite({"index.html": "<body>Home</body>"})
    site.on_open = lambda: goes_on.wait(PATIENCE_SECONDS)
    with running(tmp_path, site) as preview:
        threading.Timer(0.1, goes_on.set).start()
        assert preview.get("/").status == 200


def test_a_site_that_cannot_be_read_is_read_when_something_changes(tmp_path: Path, site: MadeUpSite) -> None:
    failures = iter([OSError("no such folder")])

    def fail() -> None:
        for error in failures:
            raise error

    site.on_open = fail
    with running(tmp_path, site) as preview:
        preview.save("x")
        assert preview.get("/").status == 200
    assert "no such folder" in preview.said


def test_no_page_waits_for_another(site: MadeUpSite, preview: Running) -> None:
    goes_on = threading.Event()
    site.on_answer = lambda path: path == "a/" and goes_on.wait(PATIENCE_SECONDS)
    slow = [threading.Thread(target=preview.get, args=("/a/",)) for _ in range(40)]
    for each in slow:
        each.start()
    until(lambda: "a/" in site.asked, "it was never asked")
    assert preview.get("/").status == 200
    assert site.asked.count("a/") == 1
    goes_on.set()
    for each in slow:
        each.join(PATIENCE_SECONDS)


def test_a_page_asked_for_after_a_change_is_not_the_one_of_before(site: MadeUpSite, preview: Running) -> None:
    goes_on = threading.Event()
    began = threading.Event()

    def hold(path: str) -> None:
        if path == "a/" and not began.is_set():
            began.set()
            goes_on.wait(PATIENCE_SECONDS)

    site.on_answer = hold
    first = threading.Thread(target=preview.get, args=("/a/",))
    first.start()
    assert began.wait(PATIENCE_SECONDS)
    site.files["a/index.html"] = "<body>B</body>"
    site.version += 1
    assert "B" in preview.get("/a/").text
    goes_on.set()
    first.join(PATIENCE_SECONDS)


def test_a_template_that_does_not_end_is_ended_and_named(tmp_path: Path, site: MadeUpSite) -> None:
    from jinja2 import DictLoader, Environment

    jinja = Environment(
        loader=DictLoader({"a.html": "<p>\n{% for x in forever() %}\n{% endfor %}"}), autoescape=True
    )

    def forever() -> Iterator[int]:
        while True:
            yield 1

    def loop(path: str) -> None:
        if path == "a/":
            jinja.get_template("a.html").render(forever=forever)

    site.on_answer = loop
    with running(tmp_path, site) as preview:
        until(lambda: preview.preview, "it never began")
        assert preview.preview is not None
        preview.preview.asking._limit = 0.2
        answer = preview.get("/a/")
        assert answer.status == 500
        assert "templates/a.html:2" in answer.text or "templates/a.html:3" in answer.text
        assert preview.get("/").status == 200


def test_two_hundred_sockets_and_none_of_them_read(preview: Running) -> None:
    held = []
    for number in range(200):
        connection = socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE_SECONDS)
        if number % 2:
            connection.sendall(b"GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        held.append(connection)
    assert preview.get("/").status == 200
    for each in held:
        each.close()


def test_a_client_that_reads_nothing_is_let_go(
    site: MadeUpSite, preview: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.preview.web.site_handler.SEND_SECONDS", 0.05)
    site.files["big.txt"] = "x" * 30_000_000
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/big.txt")
    until(lambda: "big.txt" in site.asked, "it was never asked")
    assert preview.get("/").status == 200
    with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
        # The kernel holds what was sent before; the rest never comes.
        time.sleep(0.3)
        connection.getresponse().read()
    connection.close()


def test_the_channel_takes_pages_of_this_preview_only(preview: Running) -> None:
    for named in (
        {"origin": "http://evil.example"},
        {"host": "evil.example", "origin": "http://evil.example"},
    ):
        with pytest.raises(HTTPClientError) as found:
            Page(preview, "a/", **named)
        assert found.value.code == 403


def test_nonsense_on_the_channel_ends_that_connection_only(preview: Running) -> None:
    for nonsense in ("{", "[]", "1", '{"command": []}', "x" * 20_000):
        page = Page(preview, "a/")
        page.say(nonsense)
        if nonsense != '{"command": []}':
            assert page.next() == ""
        page.close()
    assert preview.get("/").status == 200
    assert "Traceback" not in preview.said


def test_a_socket_to_a_page_that_is_gone_hears_of_it(site: MadeUpSite, preview: Running) -> None:
    page = Page(preview, "a/")
    del site.files["a/index.html"]
    preview.save("x")
    page.next()
    assert preview.state("a/")["page"]["status"] == 404
    page.close()


def test_the_end_leaves_no_thread_and_frees_the_port(tmp_path: Path, site: MadeUpSite) -> None:
    before = set(threading.enumerate())
    with running(tmp_path, site) as preview:
        page = Page(preview, "a/")
        idle = socket.create_connection(("127.0.0.1", preview.port))
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", preview.port))
    assert page.next() == ""
    page.close()
    idle.close()
    assert preview.behind.is_stopped
    assert set(threading.enumerate()) <= before
