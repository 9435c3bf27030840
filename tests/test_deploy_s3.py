"""Deploying to a real S3-compatible server: what goes out, in which order, and what a cut leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deploy_sites import FILES, INDEX, deploy, write_output
from s3_server import BUCKET, Request, Server, s3_server

from trialpages.deploying.store import LIST
from trialpages.pages.headers import stored_headers

ROOT = Path(__file__).parent.parent
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "made-up",
    "AWS_SECRET_ACCESS_KEY": "made-up-secret",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
BY_PUT = [path for path in FILES if path.startswith(("assets/", INDEX))]


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with s3_server() as server:
        yield server


@pytest.fixture
def server(running: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server with one empty bucket, and credentials for it."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("trialpages.progress.PLAIN_SECONDS", 1e6)
    running.answer = None
    if BUCKET in [each["Name"] for each in running.client.list_buckets()["Buckets"]]:
        for key in running.listed():
            running.client.delete_object(Bucket=BUCKET, Key=key)
    else:
        running.client.create_bucket(Bucket=BUCKET)
    running.requests.clear()
    return running


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    write_output(tmp_path / "site")
    return tmp_path / "site"


def to_store(site: Path, server: Server, *words: str) -> int:
    return deploy(site, f"s3://{BUCKET}", "--endpoint", server.endpoint, *words)


def report(site: Path, server: Server, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    to_store(site, server, "--format", "json", *words)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def site_keys(server: Server) -> set[str]:
    return set(server.listed()) - {LIST}


def test_everything_arrives_with_its_type_and_its_time_to_be_kept(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert to_store(site, server) == 0
    assert (
        capsys.readouterr().out.splitlines()[-1].startswith("14 uploaded, 0 unchanged, 0 deleted, 0.1 kB, ")
    )
    assert {path: server.get(path).decode() for path in site_keys(server)} == FILES
    page = server.client.head_object(Bucket=BUCKET, Key="trials/NCT00000001/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "public, max-age=0, must-revalidate"
    style = server.client.head_object(Bucket=BUCKET, Key="assets/site.0123456789.css")
    assert style["ContentType"] == "text/css; charset=utf-8"
    assert style["CacheControl"] == "public, max-age=31536000, immutable"


def test_assets_go_first_and_the_pointer_last(site: Path, server: Server) -> None:
    to_store(site, server)
    first, *put, last = server.asked("PUT")
    assert first == last == LIST
    step = {
        **dict.fromkeys(BY_PUT, 0),
        "trials/NCT00000001/trial.json": 1,
        "trials/NCT00000002/trial.json": 1,
        "trials/NCT00000001/index.html": 2,
        "trials/NCT00000002/index.html": 2,
        "conditions/headache/index.html": 3,
    }
    steps = [step.get(path, 4) for path in put]
    assert steps == sorted(steps)
    assert {path for path in put if path not in step} == {
        "index.html",
        "404.html",
        "sitemap.xml",
        "site.json",
        "search/latest.json",
        "trials/NCT00000001/feed.xml",
    }


def test_only_what_changed_goes_out(site: Path, server: Server) -> None:
    to_store(site, server)
    server.requests.clear()
    assert to_store(site, server) == 0
    assert server.asked("PUT", "DELETE", "POST") == []
    write_output(site, {**FILES, "index.html": "home, new"})
    to_store(site, server)
    assert server.asked("PUT", "DELETE", "POST") == [LIST, "index.html", LIST]
    assert server.get("index.html") == b"home, new"


def test_a_new_time_alone_uploads_nothing(site: Path, server: Server) -> None:
    to_store(site, server)
    server.requests.clear()
    for path in FILES:
        os.utime(site / "output" / path, ns=(10**18, 10**18))
    to_store(site, server)
    assert server.asked("PUT") == []


def test_new_headers_alone_are_brought(site: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    to_store(site, server)
    server.requests.clear()

    def shorter(path: str) -> dict[str, str]:
        return {"Content-Type": "text/html", "Cache-Control": "max-age=5"}

    old = stored_headers
    monkeypatch.setattr(
        "trialpages.deploying.built.stored_headers",
        lambda path: shorter(path) if path == "index.html" else old(path),
    )
    to_store(site, server)
    assert server.asked("PUT") == [LIST, "index.html", LIST]
    assert server.client.head_object(Bucket=BUCKET, Key="index.html")["CacheControl"] == "max-age=5"


def test_new_headers_are_brought_although_the_deploy_was_cut(
    site: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_store(site, server)
    old = stored_headers
    new = {"Content-Type": "text/html", "Cache-Control": "max-age=5"}
    monkeypatch.setattr(
        "trialpages.deploying.built.stored_headers", lambda path: new if path == "index.html" else old(path)
    )
    server.answer = lambda request: (403, "AccessDenied") if request.key == "index.html" else None
    assert to_store(site, server) == 1
    server.answer = None
    assert to_store(site, server) == 0
    assert server.client.head_object(Bucket=BUCKET, Key="index.html")["CacheControl"] == "max-age=5"


def test_a_page_that_is_gone_is_deleted_last_and_files_of_others_stay(site: Path, server: Server) -> None:
    server.client.put_object(Bucket=BUCKET, Key="google-made-up.html", Body=b"theirs")
    to_store(site, server)
    gone = "trials/NCT00000002/"
    write_output(
        site, {path: text for path, text in FILES.items() if not path.startswith(gone)} | {"index.html": "1"}
    )
    server.requests.clear()
    assert to_store(site, server) == 0
    asked = [(each.method, each.key) for each in server.requests if each.method in ("PUT", "DELETE")]
    assert asked == [
        ("PUT", LIST),
        ("PUT", "index.html"),
        ("DELETE", f"{gone}index.html"),
        ("DELETE", f"{gone}trial.json"),
        ("PUT", LIST),
    ]
    assert "google-made-up.html" in server.listed()


def test_an_old_search_index_stays_for_one_edition_more(site: Path, server: Server) -> None:
    to_store(site, server)
    new = "search/fedcba9876543210/manifest.json"
    second = {path: text for path, text in FILES.items() if not path.startswith(INDEX)} | {new: "{}"}
    write_output(site, second)
    to_store(site, server)
    assert {f"{INDEX}/manifest.json", new} <= site_keys(server)
    to_store(site, server)
    assert f"{INDEX}/manifest.json" in site_keys(server), "the same edition again is no new one"
    write_output(site, {**second, "index.html": "a third edition"})
    to_store(site, server)
    assert site_keys(server) == set(second)


def test_a_prefix_is_a_folder_of_its_own(site: Path, server: Server) -> None:
    server.client.put_object(Bucket=BUCKET, Key="index.html", Body=b"another site")
    assert deploy(site, f"s3://{BUCKET}/trials/", "--endpoint", server.endpoint) == 0
    assert set(server.listed()) == {"index.html", f"trials/{LIST}", *(f"trials/{path}" for path in FILES)}
    assert server.get("index.html") == b"another site"


def test_a_dry_run_says_all_and_changes_nothing(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    to_store(site, server)
    write_output(site, {**FILES, "index.html": "new", "trials/NCT00000002/trial.json": None})
    server.requests.clear()
    capsys.readouterr()
    assert to_store(site, server, "--dry-run") == 0
    said = capsys.readouterr().out.splitlines()[1:]
    assert said[:2] == ["upload  index.html", "delete  trials/NCT00000002/trial.json"]
    assert said[2].startswith("would be: 1 uploaded, 12 unchanged, 1 deleted")
    assert server.asked("PUT", "DELETE", "POST") == []


def test_a_strange_file_in_the_way_is_not_replaced_unasked(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.client.put_object(Bucket=BUCKET, Key="index.html", Body=b"another site")
    assert to_store(site, server) == 1
    assert "not deployed from here: 1 (index.html)" in capsys.readouterr().err
    assert server.listed() == ["index.html"]
    assert to_store(site, server, "--overwrite") == 0
    assert server.get("index.html") == b"home"


@pytest.mark.parametrize("content", [None, b"no json", b'{"version": 99}', b'{"version": 1, "files": 3}'])
def test_a_list_that_is_lost_costs_uploads_and_nothing_else(
    site: Path, server: Server, content: bytes | None
) -> None:
    to_store(site, server)
    server.client.delete_object(Bucket=BUCKET, Key=LIST)
    if content is not None:
        server.client.put_object(Bucket=BUCKET, Key=LIST, Body=content)
    server.requests.clear()
    assert to_store(site, server) == 0
    assert set(server.asked("PUT")) == {LIST, *FILES}
    assert to_store(site, server) == 0
    assert server.asked("PUT") == []


def test_an_object_that_somebody_changed_is_mended(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    to_store(site, server)
    server.client.put_object(Bucket=BUCKET, Key="index.html", Body=b"by hand")
    server.client.delete_object(Bucket=BUCKET, Key="site.json")
    found = report(site, server, capsys)
    assert found["uploads"] == ["index.html", "site.json"]
    assert found["notes"][1].startswith("changed there by somebody else")
    assert server.get("index.html") == b"home"


def test_an_object_that_somebody_changed_is_not_deleted(site: Path, server: Server) -> None:
    to_store(site, server)
    server.client.put_object(Bucket=BUCKET, Key="trials/NCT00000002/trial.json", Body=b"theirs now")
    write_output(site, {**FILES, "trials/NCT00000002/trial.json": None})
    assert to_store(site, server) == 0
    assert server.get("trials/NCT00000002/trial.json") == b"theirs now"


# What goes wrong


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "InvalidAccessKeyId", "the store does not know this access key"),
        (403, "SignatureDoesNotMatch", "the secret key does not fit the access key"),
        (400, "ExpiredToken", "the credentials have run out"),
        (403, "AccessDenied", f"these credentials may not do this in the bucket '{BUCKET}'"),
        (403, "RequestTimeTooSkewed", "this machine's clock differs too much from the store's"),
        (400, "AuthorizationHeaderMalformed", "is in another region"),
        (400, "ACodeOfTomorrow", "ACodeOfTomorrow"),
    ],
)
def test_a_refusal_of_the_store_is_said_in_words(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str], status: int, code: str, said: str
) -> None:
    server.answer = lambda request: (status, code)
    found = report(site, server, capsys)
    assert said in found["failure"] and found["help"]
    assert "made-up-secret" not in json.dumps(found)
    server.answer = None
    assert server.listed() == []


def test_a_bucket_that_is_not_there(site: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy(site, "s3://no-such-bucket", "--endpoint", server.endpoint) == 1
    assert f"there is no bucket 'no-such-bucket' at {server.endpoint}" in capsys.readouterr().err


def test_no_credentials(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert to_store(site, server) == 1
    assert "there are no credentials for the store; set AWS_ACCESS_KEY_ID" in capsys.readouterr().err
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    assert to_store(site, server) == 1
    assert "half of the credentials is missing" in capsys.readouterr().err
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert to_store(site, server) == 1
    assert "there is no profile of the name in AWS_PROFILE" in capsys.readouterr().err


def test_a_store_that_cannot_be_reached(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.deploying.s3.ATTEMPTS", 1)
    import socket

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert deploy(site, f"s3://{BUCKET}", "--endpoint", f"http://127.0.0.1:{port}") == 1
    assert f"nothing answers at http://127.0.0.1:{port}" in capsys.readouterr().err
    safe = server.endpoint.replace("http:", "https:")
    assert deploy(site, f"s3://{BUCKET}", "--endpoint", safe) == 1
    assert f"no safe connection to {safe}" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("s3://",), ("s3://a b",), ("s3://bucket//x",), ("ftp://x",)])
def test_addresses_that_are_none(site: Path, server: Server, words: tuple[str, ...]) -> None:
    assert deploy(site, *words, "--endpoint", server.endpoint) in (1, 2)
    assert server.requests == []


def test_a_busy_store_is_asked_again(site: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import time
    from types import SimpleNamespace

    pauses: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=pauses.append, time=time.time))
    refused: list[str] = []

    def busy(request: Request) -> tuple[int, str] | None:
        if request.method == "PUT" and refused.count(request.key) < 2:
            refused.append(request.key)
            return 503, "SlowDown"
        return None

    write_output(site, {"index.html": "home", "assets/a.0123456789.css": "a"})
    server.answer = busy
    assert to_store(site, server) == 0
    assert site_keys(server) == {"index.html", "assets/a.0123456789.css"}
    assert len(pauses) >= 4


# A deploy that is cut, and two at once


def test_a_deploy_that_the_network_cuts_goes_on(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    to_store(site, server)
    second = {
        **FILES,
        **{f"trials/NCT0000010{n}/index.html": f"made up {n}" for n in range(9)},
        "index.html": "2",
    }
    write_output(site, {**second, "trials/NCT00000002/trial.json": None})
    cut = "trials/NCT00000105/index.html"
    server.answer = lambda request: (400, "IncompleteBody") if request.key == cut else None
    found = report(site, server, capsys)
    assert found["failure"] and 0 < found["uploaded"] < found["planned"] == 10
    assert server.get("index.html") == b"home", "the home page never links to what is not there"
    assert server.get("trials/NCT00000002/trial.json"), "deletes come last"
    server.answer = None
    arrived = {path for path in second if path in server.listed()}
    server.requests.clear()
    assert to_store(site, server) == 0
    put = set(server.asked("PUT"))
    assert put == {LIST, "index.html", *(set(second) - arrived)}, "what went out is not sent again"
    assert site_keys(server) == set(second) - {"trials/NCT00000002/trial.json"}


def test_what_a_cut_deploy_brought_is_known_as_ours(site: Path, server: Server) -> None:
    to_store(site, server)
    write_output(site, {**FILES, "trials/NCT00000009/index.html": "made up", "index.html": "2"})
    server.answer = lambda request: (403, "AccessDenied") if request.key == "index.html" else None
    assert to_store(site, server) == 1
    server.answer = None
    assert "trials/NCT00000009/index.html" in server.listed()
    write_output(site, FILES)
    assert to_store(site, server) == 0
    assert site_keys(server) == set(FILES)


def test_a_killed_deploy_goes_on(site: Path, server: Server) -> None:
    """The server holds its answers back half way, so the kill always meets a deploy with uploads under way."""
    many = {**FILES, **{f"trials/NCT{n:08}/index.html": f"<p>made up {n}" for n in range(1, 60)}}
    write_output(site, many)
    half_way, go_on = threading.Event(), threading.Event()

    def hold(request: Request) -> None:
        if request.method == "PUT" and sum(each.method == "PUT" for each in server.requests) > 30:
            half_way.set()
            go_on.wait(60)

    server.answer = hold
    command = [sys.executable, "-m", "trialpages", "deploy", f"s3://{BUCKET}", "-C", str(site)]
    child = subprocess.Popen(
        [*command, "--endpoint", server.endpoint], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert half_way.wait(60)
    child.send_signal(signal.SIGKILL)
    assert child.wait(60) == -signal.SIGKILL
    go_on.set()
    server.answer = None
    assert 10 < len(site_keys(server)) < len(many)
    assert "index.html" not in server.listed()
    assert to_store(site, server) == 0
    assert {path: server.get(path).decode() for path in site_keys(server)} == many
    assert not json.loads(server.get(LIST))["unfinished"]


def test_of_two_deploys_that_begin_at_once_one_stops_before_it_changes_anything(
    site: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    def claimed_by_another(request: Request) -> None:
        if request.method == "PUT" and request.key == LIST:
            server.answer = None
            server.client.put_object(Bucket=BUCKET, Key=LIST, Body=b"another deploy's")

    server.answer = claimed_by_another
    assert to_store(site, server) == 1
    assert "another deploy to the same place has begun meanwhile" in capsys.readouterr().err
    assert server.listed() == [LIST] and server.get(LIST) == b"another deploy's"


def test_a_deploy_that_is_overtaken_stops_before_its_next_step(site: Path, server: Server) -> None:
    def overtaken(request: Request) -> None:
        if request.method == "PUT" and request.key.startswith("trials/") and request.key.endswith(".html"):
            server.answer = None
            server.client.put_object(Bucket=BUCKET, Key=LIST, Body=b"another deploy's")

    server.answer = overtaken
    assert to_store(site, server) == 1
    assert "index.html" not in server.listed() and "search/latest.json" not in server.listed()
    assert server.get(LIST) == b"another deploy's"


def test_what_an_overtaken_deploy_still_brings_is_mended(site: Path, server: Server) -> None:
    to_store(site, server)
    write_output(site, {**FILES, "index.html": "2"})
    server.answer = lambda request: (403, "AccessDenied") if request.key == "index.html" else None
    assert to_store(site, server) == 1

    def late(request: Request) -> None:
        if request.method == "PUT" and request.key == "index.html":
            server.answer = None
            server.client.put_object(Bucket=BUCKET, Key="site.json", Body=b"of the deploy that was overtaken")

    server.answer = late
    assert to_store(site, server) == 0
    assert server.get("site.json") == b"{}"


def test_a_store_without_conditions_is_written_all_the_same(site: Path, server: Server) -> None:
    def unknown(request: Request) -> tuple[int, str] | None:
        has_condition = "if-match" in request.headers or "if-none-match" in request.headers
        return (501, "NotImplemented") if request.method == "PUT" and has_condition else None

    server.answer = unknown
    assert to_store(site, server) == 0
    assert site_keys(server) == set(FILES)


def test_an_answer_that_was_lost_is_no_other_deploy(site: Path, server: Server) -> None:
    """The client repeats a conditional write whose answer it never had, and is refused because of its own list."""
    from trialpages.deploying.s3 import s3_store

    store = s3_store(f"s3://{BUCKET}", endpoint=server.endpoint, region=None)
    first = store.write_list(b"ours", None)
    assert store.write_list(b"ours", None) == first
