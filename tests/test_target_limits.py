"""The limits of hosts: an error above, a warning near, and what is so large."""

from __future__ import annotations

import pytest

from trialpages.arguments import TARGETS
from trialpages.pages.target_limits import LIMITS, target_faults
from trialpages.words.diagnostics import Span

HERE = Span("content/site.yaml")
MIB = 1024 * 1024


def said(target: str, sizes: dict[str, int]) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity, each.what) for each in target_faults(target, sizes, HERE)]


def test_every_target_of_the_command_line_has_limits() -> None:
    assert set(TARGETS) == set(LIMITS)


def test_the_size_of_a_site_on_github_pages() -> None:
    sizes = {"a/one": 600_000_000, "a/two": 100_000_000, "b": 200_000_000}
    assert said("github-pages", sizes) == []
    (near,) = target_faults("github-pages", {**sizes, "c": 1}, HERE)
    assert (near.code, near.severity, near.span) == ("near-host-limit", "warning", HERE)
    assert near.what == "The site is 900.0 MB, near the 1,000.0 MB that GitHub Pages takes"
    assert near.notes == (
        "the largest folders: a/ (700.0 MB), (top) (200.0 MB)",
        "the largest files: a/one (600.0 MB), b (200.0 MB), a/two (100.0 MB), c (0.0 MB)",
    )
    assert said("github-pages", {**sizes, "c": 100_000_001}) == [
        ("site-too-large", "error", "The site is 1,000.0 MB, and GitHub Pages takes 1,000.0 MB")
    ]


def test_the_number_and_size_of_files_on_cloudflare() -> None:
    many = {f"trials/{n}.html": 1 for n in range(18_000)}
    assert said("cloudflare", many) == []
    (near,) = target_faults("cloudflare", {**many, "x": 1}, HERE)
    assert near.what == "The site has 18,001 files, near the 20,000 files that Cloudflare Pages takes"
    assert near.notes == ("the largest folders: trials/ (18,000 files), (top) (1 file)",)
    assert near.help == (
        "choose another target in site.yaml; the free plan takes 20,000 files, a paid one 100,000"
    )
    assert said("cloudflare", {"a.json": 25 * MIB + 1, "b.json": 25 * MIB - 1, "c": 22 * MIB}) == [
        (
            "file-too-large-for-host",
            "error",
            "The file a.json is 26.2 MB, and Cloudflare Pages takes 26.2 MB",
        ),
        (
            "near-host-limit",
            "warning",
            "The file b.json is 26.2 MB, near the 26.2 MB that Cloudflare Pages takes",
        ),
    ]
    assert said("cloudflare", {f"{n}": 1 for n in range(20_001)})[0][0] == "too-many-files"


def test_the_files_of_a_folder_on_netlify() -> None:
    sizes = {f"a/{n}": 1 for n in range(54_001)} | {f"b/{n}": 1 for n in range(48_600)}
    assert said("netlify", sizes) == [
        ("too-many-files-in-folder", "error", "The folder a has 54,001 files, and Netlify takes 54,000 files")
    ]


def test_the_length_of_a_path_on_s3_is_counted_in_bytes() -> None:
    assert said("s3", {"é" * 512: 1, "a" * 900: 1}) == [
        (
            "near-host-limit",
            "warning",
            f"The path {'é' * 512} has 1,024 bytes, near the 1,024 bytes that Amazon S3 takes",
        )
    ]
    assert said("s3", {"é" * 513: 1})[0][0] == "name-too-long-for-host"


@pytest.mark.parametrize("target", TARGETS)
def test_a_small_site_fits_everywhere(target: str) -> None:
    assert said(target, {"index.html": 10_000}) == []
