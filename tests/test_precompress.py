"""Second forms of files: exact, kept while their file stays, and gone with it."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from sites import options, published, run, trial, write

from trialpages.machine.compression import Wanted, compress_file
from trialpages.machine.output import OWNED, owned_paths
from trialpages.stages.build import check

FORMS = (".gz", ".br")
SITE = {
    "content/site.yaml": "name: A made-up site\ngazetteer: no\n",
    **{f"content/trials/NCT0000000{n}/trial.yaml": trial(f"A made-up study {n}") for n in range(1, 6)},
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site; what is asked of brotli is little, since the best takes seconds for the assets."""
    monkeypatch.setattr("trialpages.machine.compression.LASTING_QUALITY", 1)
    write(tmp_path, SITE)
    return tmp_path


@pytest.fixture
def compressed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were compressed, in their order."""
    paths: list[str] = []
    old = compress_file

    def counted(state: object, wanted: Wanted) -> object:
        paths.append(wanted.path)
        return old(state, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr("trialpages.stages.precompress.compress_file", counted)
    return paths


def test_each_text_file_has_both_forms_and_nothing_else_has_one(site: Path) -> None:
    report = run(site, precompress=True)
    files = published(site / "output")
    listed = owned_paths(site / "output")
    assert report.bytes == sum(len(files[path]) for path in listed)
    plain = {path for path in listed if not path.endswith(FORMS)}
    kinds = (".html", ".css", ".js", ".json", ".xml", ".txt", ".svg", ".csv")
    wanted = {path for path in plain if path.endswith(kinds) and len(files[path]) >= 200}
    assert {path[:-3] for path in listed - plain} == wanted
    assert "index.html" in wanted and "search/latest.json" not in wanted
    for path in wanted:
        assert gzip.decompress(files[f"{path}.gz"]) == files[path]
        assert brotli.decompress(files[f"{path}.br"]) == files[path]
        assert files[f"{path}.gz"][4:8] == b"\0\0\0\0", "no time"
        assert files[f"{path}.gz"][3] == 0, "no name"


def test_pages_are_counted_as_without_them(site: Path) -> None:
    plain = run(site)
    both = run(site, precompress=True)
    assert (both.pages, both.kept, both.written, both.removed) == (plain.pages, plain.pages, 0, 0)


def test_the_forms_of_an_unchanged_file_are_not_made_again(site: Path, compressed: list[str]) -> None:
    run(site, precompress=True)
    assert "trials/NCT00000001/index.html" in compressed
    compressed.clear()
    write(site, {"content/trials/NCT00000001/trial.yaml": trial("Another made-up title")}, tick=1)
    run(site, precompress=True)
    assert "trials/NCT00000001/index.html" in compressed
    assert not [path for path in compressed if path.startswith("assets/")]
    assert "404.html" not in compressed
    clean = site.parent / f"{site.name}-clean"
    run(site, precompress=True, output=clean / "output", cache=clean / "cache")
    assert published(clean / "output") == published(site / "output")


def test_the_option_comes_and_goes_with_its_files(site: Path) -> None:
    run(site)
    plain = published(site / "output")
    run(site, precompress=True)
    both = published(site / "output")
    del plain[OWNED]
    assert {path: content for path, content in both.items() if path in plain} == plain
    run(site)
    after = published(site / "output")
    del after[OWNED]
    assert after == plain


def test_the_settings_may_ask_for_it(site: Path) -> None:
    run(site)
    write(site, {"content/site.yaml": SITE["content/site.yaml"] + "precompress: yes\n"}, tick=1)
    report = run(site)
    assert "index.html.br" in owned_paths(site / "output")
    assert report.rendered == [], "no page depends on it"


def test_forms_go_with_their_page(site: Path) -> None:
    run(site, precompress=True)
    gone = site / "content/trials/NCT00000005/trial.yaml"
    gone.unlink()
    gone.parent.rmdir()
    run(site, precompress=True)
    left = owned_paths(site / "output")
    for path in left:
        assert not path.endswith(FORMS) or path[:-3] in left
    assert not [path for path in published(site / "output") if path not in left | {OWNED}]


def test_a_form_that_was_damaged_is_made_again(site: Path, compressed: list[str]) -> None:
    run(site, precompress=True)
    whole = published(site / "output")
    (site / "output/index.html.br").write_bytes(b"by hand")
    (site / "output/404.html.gz").unlink()
    compressed.clear()
    run(site, precompress=True)
    assert compressed == ["404.html", "index.html"]
    assert published(site / "output") == whole


def test_a_publishing_that_was_cut_leaves_no_old_form(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is moved into place and its forms are not: a build that trusted its memory would keep the old ones."""
    run(site, precompress=True)
    write(site, {"content/trials/NCT00000001/trial.yaml": trial("Another made-up title")}, tick=1)
    import os

    old = os.replace

    def cut(source: str, target: str) -> None:
        if str(target).endswith("NCT00000001/index.html.br"):
            raise KeyboardInterrupt
        old(source, target)

    monkeypatch.setattr("os.replace", cut)
    with pytest.raises(KeyboardInterrupt):
        run(site, precompress=True)
    monkeypatch.setattr("os.replace", old)
    run(site, precompress=True)
    files = published(site / "output")
    page = files["trials/NCT00000001/index.html"]
    assert b"Another made-up title" in page
    assert brotli.decompress(files["trials/NCT00000001/index.html.br"]) == page


def test_one_job_or_two_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    run(site, precompress=True, jobs=1)
    other = tmp_path / "other"
    run(site, precompress=True, jobs=2, output=other / "output", cache=other / "cache")
    assert published(other / "output") == published(site / "output")


def test_they_count_in_the_limits_of_a_host(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host counts every file that it is given."""
    from dataclasses import replace

    from trialpages.pages import target_limits

    run(site)
    plain = len(owned_paths(site / "output"))
    limit = replace(target_limits.LIMITS["cloudflare"], files=plain + 50)
    monkeypatch.setattr(target_limits, "LIMITS", {**target_limits.LIMITS, "cloudflare": limit})
    codes = [each.code for each in check(options(site, target="cloudflare", precompress=True)).diagnostics]
    assert "too-many-files" in codes
    codes = [each.code for each in check(options(site, target="cloudflare")).diagnostics]
    assert "too-many-files" not in codes
