"""A real nginx serves a built site with the configuration that we give to people who run one."""

from __future__ import annotations

import gzip
import http.client
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.tools import lacking
from built_sample import BASE, built_sample
from sites import published, run, trial, write

from benchmarks.nginx_server import nginx_path, serving
from trialpages.pages.former_pages import redirects_listed
from trialpages.pages.headers import headers_for
from trialpages.pages.media_types import is_text


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def nginx() -> str:
    return nginx_path() or lacking("nginx", "set NGINX, or run `make test`, which installs it")


class Asking:
    """Asks one server over one connection."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.base = parts.path
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=20)

    def __call__(self, path: str, method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(
            method, f"{self.base}{path}", headers={"Accept-Encoding": "identity", **named}
        )
        answer = self.connection.getresponse()
        return Answer(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with its files compressed beforehand."""
    folder = built_sample(tmp_path_factory)
    (folder / ".nojekyll").touch()
    return folder


@pytest.fixture(scope="module")
def ask(output: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    with serving(nginx(), output, tmp_path_factory.mktemp("nginx"), BASE) as address:
        yield Asking(address)


def files_of(output: Path) -> list[str]:
    """Return one file of each kind of name, so that each rule and each type is met: `trials/*/trial.json`."""
    found: dict[str, str] = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_file() and not name.startswith(".") and not name.endswith((".gz", ".br")):
            kind = re.sub(r"NCT\d+|[0-9a-f]{8,}|[^/]+(?=/index\.html$)", "*", name)
            found.setdefault(kind, name)
    return list(found.values())


def address_of(name: str) -> str:
    return name.removesuffix("index.html") if name.endswith("index.html") else name


def test_every_kind_of_file_has_its_type_its_headers_and_its_content(output: Path, ask: Asking) -> None:
    names = files_of(output)
    assert {name.rpartition(".")[2] for name in names} >= {
        "html",
        "css",
        "js",
        "json",
        "xml",
        "csv",
        "txt",
        "svg",
        "png",
    }
    for name in names:
        answer = ask(address_of(name))
        assert (answer.status, answer.body) == (200, (output / name).read_bytes()), name
        wanted = {key.lower(): value for key, value in headers_for(name).items()}
        assert {key: answer.headers.get(key) for key in wanted} == wanted, name
        assert "nginx/" not in answer.headers.get("server", ""), "no version is told"


def test_a_compressed_answer_is_the_same_text_and_says_on_what_it_depends(output: Path, ask: Asking) -> None:
    for name in files_of(output):
        answer = ask(address_of(name), Accept_Encoding="gzip, br;q=0.5")
        whole = (output / name).read_bytes()
        assert answer.status == 200
        if answer.headers.get("content-encoding") == "gzip":
            assert gzip.decompress(answer.body) == whole, name
            if (output / f"{name}.gz").exists():
                assert answer.body == (output / f"{name}.gz").read_bytes(), "what lies ready is sent as it is"
        else:
            assert answer.body == whole, name
            assert not (output / f"{name}.gz").exists(), f"{name} has a compressed form that nobody gets"
        if is_text(name) and (output / f"{name}.gz").exists():
            for encoding in ("gzip", "identity"):
                assert ask(address_of(name), Accept_Encoding=encoding).headers["vary"] == "Accept-Encoding", (
                    name
                )


def test_an_unchanged_file_is_not_sent_again(output: Path, ask: Asking) -> None:
    for name in ("", "trials/NCT02458014/", "site.json", "feed.xml"):
        for encoding in ("identity", "gzip"):
            first = ask(name, Accept_Encoding=encoding)
            again = ask(name, Accept_Encoding=encoding, If_None_Match=first.headers["etag"])
            assert (again.status, again.body) == (304, b""), name
            assert again.headers["cache-control"] == first.headers["cache-control"]
            other = ask(name, Accept_Encoding=encoding, If_None_Match='"another"')
            assert other.status == 200


def test_a_head_tells_what_a_get_would(ask: Asking) -> None:
    for name in ("", "site.json"):
        get, head = ask(name), ask(name, "HEAD")
        assert head.body == b"" and head.status == 200
        assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


def test_what_is_not_there_gets_the_page_that_says_so(output: Path, ask: Asking) -> None:
    for name in ("nowhere/", "trials/NCT00000009/", "assets/gone.css", "index.htm"):
        answer = ask(name)
        assert answer.status == 404, name
        assert answer.body == (output / "404.html").read_bytes()
        wanted = headers_for("404.html")
        assert answer.headers["content-type"] == wanted["Content-Type"]
        assert answer.headers["content-security-policy"] == wanted["Content-Security-Policy"]
        assert "immutable" not in answer.headers["cache-control"], "a missing file is not missing for ever"


def test_a_folder_without_its_slash_leads_to_the_page(ask: Asking) -> None:
    answer = ask("trials/NCT02458014")
    assert (answer.status, answer.headers["location"]) == (301, f"{BASE}trials/NCT02458014/")


@pytest.mark.parametrize(
    "name", [".trialpages-files", ".nojekyll", "_headers", "%2etrialpages-files", "./.nojekyll"]
)
def test_files_for_hosts_are_not_served(ask: Asking, name: str) -> None:
    assert ask(name).status == 404


@pytest.mark.parametrize("name", ["assets/", "trials/", "gazetteer/", "trials/../../"])
def test_no_folder_is_listed_and_nothing_outside_is_served(ask: Asking, name: str) -> None:
    answer = ask(name)
    assert answer.status in (400, 403, 404)
    assert b"Index of" not in answer.body and b"NCT" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(ask: Asking, method: str) -> None:
    assert ask("site.json", method).status in (403, 405)


FORMER = """\
- page: trials/NCT00000003/
- page: old/made-up/
  moved_to: trials/NCT00000001/
- page: old/other/
  moved_to: https://example.org/x;y?a=$1
"""


def test_a_former_page_leads_on_or_is_gone_for_good(tmp_path: Path) -> None:
    named = "content/trials/NCT00000001/trial.yaml"
    write(tmp_path, {"content/site.yaml": "name: A\n", named: trial(), "content/former-pages.yaml": FORMER})
    assert run(tmp_path).published
    output = tmp_path / "output"
    told = redirects_listed((output / "site.json").read_bytes())
    with serving(nginx(), output, tmp_path / "nginx", BASE, redirects=told) as address:
        ask = Asking(address)
        moved, away, gone = ask("old/made-up/"), ask("old/other/"), ask("trials/NCT00000003/")
    assert (moved.status, moved.headers["location"]) == (301, f"{BASE}trials/NCT00000001/")
    assert (away.status, away.headers["location"]) == (301, "https://example.org/x;y?a=%241")
    assert (gone.status, gone.body) == (410, (output / "trials/NCT00000003/index.html").read_bytes())
    wanted = {key.lower(): value for key, value in headers_for("trials/NCT00000003/index.html").items()}
    for answer in (moved, gone):
        assert {key: answer.headers.get(key) for key in wanted} == {
            **wanted,
            "content-type": answer.headers["content-type"],
        }


def test_readers_see_whole_pages_while_the_site_is_replaced(tmp_path: Path) -> None:
    """Each body that is sent during builds is one that some build has published, old or new, and none is missing."""
    named = {number: f"content/trials/NCT0000000{number}/trial.yaml" for number in (1, 2)}
    site = {"content/site.yaml": "name: A made-up site\n", named[1]: trial("First"), named[2]: trial("Other")}
    write(tmp_path, site)
    run(tmp_path, precompress=True)
    paths = ("", "trials/NCT00000001/", "browse/status/recruiting/", "site.json", "feed.xml")
    known: dict[str, set[bytes]] = {path: set() for path in paths}
    seen: dict[str, set[bytes]] = {path: set() for path in paths}
    faults: list[str] = []
    rounds = threading.Semaphore(0)
    done = threading.Event()

    def remember() -> None:
        files = published(tmp_path / "output")
        for path in paths:
            known[path].add(files[f"{path}index.html" if path.endswith("/") or not path else path])

    def read(address: str) -> None:
        ask = Asking(address)
        while not done.is_set():
            for path in paths:
                for encoding in ("identity", "gzip"):
                    answer = ask(path, Accept_Encoding=encoding)
                    packed = answer.headers.get("content-encoding") == "gzip"
                    seen[path].add(gzip.decompress(answer.body) if packed else answer.body)
                    if answer.status != 200:
                        faults.append(f"{path}: {answer.status}")
            rounds.release()

    remember()
    with serving(nginx(), tmp_path / "output", tmp_path / "nginx") as address:
        readers = [threading.Thread(target=read, args=(address,), daemon=True) for _ in range(2)]
        for reader in readers:
            reader.start()
        for tick in range(1, 6):
            rounds.acquire(timeout=20)
            write(tmp_path, {named[1]: trial(f"Changed {tick} times" + " and longer" * tick)}, tick=tick)
            assert run(tmp_path, precompress=True).published
            remember()
        rounds.acquire(timeout=20)
        done.set()
        for reader in readers:
            reader.join(timeout=20)
    assert faults == []
    assert all(seen[path] <= known[path] for path in paths), "a body that no build has published"
    assert len(seen["trials/NCT00000001/"]) > 1, "the site was replaced while it was read"
