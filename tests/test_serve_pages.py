"""The preview's answers: the addresses, types and headers of production, and nothing that leads out of the site."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_preview import PATIENCE_SECONDS, MadeUpSite, Running, running

from trialpages.pages.headers import headers_for
from trialpages.words.diagnostics import Diagnostic, Span
from trialpages.words.digest import digest

FILES = {
    "index.html": "<!doctype html><title>Home</title><body><p>Home</p></body></html>",
    "404.html": "<!doctype html><title>Page not found</title><body></body></html>",
    "trials/NCT00000001/index.html": "<body>A made-up trial</body>",
    "trials/NCT00000001/trial.json": "{}",
    "trials/NCT00000001/adverse-events.csv": "a,b\n",
    "trials/NCT00000001/feed.xml": "<feed/>",
    "assets/site.0123456789.css": "p{}",
    "assets/js/trial.0123456789.js": "export {};",
    "assets/icons/favicon.0123456789.svg": "<svg/>",
    "robots.txt": "User-agent: *\n",
}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "content").mkdir()
    (folder / "content" / "site.yaml").write_text("name: A made-up site\nbase_url: https://a.example/repo\n")
    with running(folder, MadeUpSite(dict(FILES))) as made:
        yield made


@pytest.mark.parametrize(("path", "to"), [("/", "/repo/"), ("/repo", "/repo/"), ("/repo?a=b", "/repo/?a=b")])
def test_the_base_path_is_found(preview: Running, path: str, to: str) -> None:
    answer = preview.get(path)
    assert (answer.status, answer.header("Location")) == (302, to)


def test_a_page_is_sent_with_two_scripts_and_nothing_else(preview: Running) -> None:
    answer = preview.get("/repo/")
    scripts = (
        f'<script src="/livereload.js?port={preview.port}&amp;mindelay=100&amp;maxdelay=1000"></script>'
        '<script type="module" src="/__preview/client.js" data-base="/repo/"'
        f' data-digest="{digest(FILES["index.html"])}"></script>'
    )
    assert answer.status == 200
    assert answer.text == FILES["index.html"].replace("</body>", f"{scripts}</body>")


def test_folders_answer_with_a_slash_and_by_the_name_of_their_page(preview: Running) -> None:
    led = preview.get("/repo/trials/NCT00000001?from=search")
    assert (led.status, led.header("Location")) == (302, "/repo/trials/NCT00000001/?from=search")
    for path in ("/repo/trials/NCT00000001/", "/repo/trials/NCT00000001/index.html"):
        assert "A made-up trial" in preview.get(path).text


@pytest.mark.parametrize("path", [path for path in FILES if not path.endswith(".html")])
def test_files_have_the_headers_of_production_and_are_never_kept(preview: Running, path: str) -> None:
    answer = preview.get(f"/repo/{path}")
    sent = {name: value for name, value in answer.headers if name not in ("Date", "Content-Length")}
    assert sent == {**headers_for(path), "Cache-Control": "no-store"}
    assert answer.text == FILES[path]


def test_head_is_get_without_the_body(preview: Running) -> None:
    got, headed = preview.get("/repo/"), preview.get("/repo/", method="HEAD")
    assert headed.text == ""
    assert headed.header("Content-Length") == got.header("Content-Length")


@pytest.mark.parametrize(
    "path",
    [
        "/repo/nothing/",
        "/other/",
        "/forcereload",
        "/repo/../content/site.yaml",
        "/repo/%2e%2e/content/site.yaml",
        "/repo/..%2fcontent/site.yaml",
        "/repo/%5c..%5ccontent/site.yaml",
        "/repo//etc/passwd",
        "//evil.example/",
        "/repo/index.html%00",
    ],
)
def test_every_other_address_is_the_page_that_says_so(preview: Running, path: str) -> None:
    answer = preview.get(path)
    assert answer.status == 404
    assert "Page not found" in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_only_reading_is_a_method(preview: Running, method: str) -> None:
    answer = preview.get("/repo/", method=method)
    assert answer.status == 405


def test_the_clients_files_are_sent_and_no_other_file_of_ours(preview: Running) -> None:
    client = preview.get("/__preview/client.js")
    assert (client.status, client.header("Content-Type")) == (200, "text/javascript; charset=utf-8")
    assert "LiveReload" in preview.get("/livereload.js").text
    for name in ("../server.py", "%2e%2e/server.py", "server.py", "", "client", ".hidden.js"):
        assert preview.get(f"/__preview/{name}").status == 404


@pytest.mark.parametrize("host", ["evil.example", "192.0.2.7", "localhost.evil.example", "a,b"])
def test_another_host_is_refused_everywhere(preview: Running, host: str) -> None:
    for path in ("/repo/", "/__preview/state", "/__preview/client.js", "/livereload.js", "/livereload"):
        answer = preview.get(path, headers={"Host": host})
        # Tornado itself refuses what cannot be a host.
        assert answer.status == (400 if "," in host else 403)
        assert "made-up" not in answer.text


def test_what_a_page_of_another_site_asks_for_is_refused_but_not_a_link_to_a_page(preview: Running) -> None:
    path = "/repo/trials/NCT00000001/trial.json"
    for site in ("cross-site", "same-site"):
        asked = preview.get(path, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors"})
        assert asked.status == 403
        assert preview.get(path, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}).status == 200
    assert (
        preview.get(path, headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}).status == 200
    )


def test_huge_headers_end_the_connection_and_nothing_else(preview: Running) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(b"GET /repo/ HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 40_000 + b"\r\n\r\n")
        try:
            said = connection.recv(1000)
        except ConnectionResetError:
            said = b""
    assert b"200" not in said.split(b"\r\n")[0]
    assert preview.get("/repo/").status == 200


def test_nonsense_ends_the_connection_and_nothing_else(preview: Running) -> None:
    for sent in (
        b"\x16\x03\x01\x02\x00\x01",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", preview.port), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            assert b" 200 " not in connection.recv(1000)
    assert preview.get("/repo/").status == 200
    assert "Traceback" not in preview.said


def asked_to_open(preview: Running, body: object, **headers: str) -> int:
    own = {
        "Origin": f"http://127.0.0.1:{preview.port}",
        "X-Trialpages-Preview": "1",
        "Content-Type": "application/json",
    }
    text = body if isinstance(body, str) else json.dumps(body)
    sent = {name: value for name, value in {**own, **headers}.items() if value}
    return preview.get("/__preview/open", method="POST", headers=sent, body=text).status


def test_a_place_is_opened_for_pages_of_this_preview_only(preview: Running) -> None:
    place = {"path": "content/site.yaml", "line": 1}
    assert asked_to_open(preview, place) == 204
    assert preview.opened == [("content/site.yaml", 1)]
    assert asked_to_open(preview, place, Origin="http://evil.example") == 403
    assert asked_to_open(preview, place, Origin="") == 403
    assert asked_to_open(preview, place, **{"X-Trialpages-Preview": ""}) == 403
    assert preview.get("/__preview/open").status == 405
    assert preview.opened == [("content/site.yaml", 1)]


@pytest.mark.parametrize(
    "body", ["", "[]", "{", {"path": 1}, {"path": "a", "line": "1"}, {"line": 1}, "[" * 20_000]
)
def test_a_place_that_is_none_is_refused(preview: Running, body: object) -> None:
    before = list(preview.opened)
    assert asked_to_open(preview, body) == 400
    assert preview.opened == before


def test_why_nothing_was_opened_is_told_without_a_folder_of_this_machine(
    preview: Running, tmp_path: Path
) -> None:
    headers = {"Origin": f"http://127.0.0.1:{preview.port}", "X-Trialpages-Preview": "1"}
    answer = preview.get("/__preview/open", method="POST", headers=headers, body='{"path": "x", "line": 1}')
    assert (answer.status, answer.text) == (409, "x is no file of the site")


def test_a_page_that_cannot_be_made_says_why_and_goes_on_listening(tmp_path: Path) -> None:
    site = MadeUpSite({})
    site.page_faults["index.html"] = (
        Diagnostic("template-fault", f"no <b> in {tmp_path}/content", Span("templates/home.html", 3)),
    )
    with running(tmp_path, site) as preview:
        answer = preview.get("/")
    assert answer.status == 500
    assert "no &lt;b&gt; in content" in answer.text
    assert "templates/home.html:3:1" in answer.text
    assert "/livereload.js" in answer.text
    assert str(tmp_path) not in answer.text


def test_a_fault_of_ours_is_told_in_the_terminal_and_not_in_the_browser(tmp_path: Path) -> None:
    site = MadeUpSite(dict(FILES))

    def fail(path: str) -> None:
        raise ValueError(f"{tmp_path}/secret")

    with running(tmp_path, site) as preview:
        site.on_answer = fail
        answer = preview.get("/")
        assert answer.status == 500
        assert str(tmp_path) not in answer.text
        site.on_answer = lambda path: None
        assert preview.get("/").status == 200
    assert "This is a fault in the generator" in preview.said
