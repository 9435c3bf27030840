"""`site.yaml`: only a name is needed, and one slip is one fault."""

from __future__ import annotations

import dataclasses

import pytest

from trialpages.read.config import Config, NavigationLink, read_config
from trialpages.words.diagnostics import Sink


def check(text: str | None, config: Config, *codes: str) -> None:
    sink: Sink = []
    assert read_config(text.encode() if text is not None else None, "site.yaml", sink) == config
    assert [fault.code for fault in sink] == list(codes)


def test_a_name_is_enough() -> None:
    check("name: A made-up site\n", Config(name="A made-up site"))


def test_every_setting_is_read() -> None:
    text = """\
name: A made-up site
description: Trials in plain words.
owner: A made-up hospital
contact_email: team@example.org
base_url: https://www.example.org/trials/
language: es
registry: data/ctg-studies.json.zip
registry_retrieved: 2026-11-20
corpus: a made-up corpus
repository_url: https://www.example.org/repository
edit_url: https://www.example.org/repository/edit/main/
page_size: 20
similar_count: 0
spots_left: no
show_contacts: yes
stale_after_days: 90
social_images: no
gazetteer: no
search_in_few_files_below: 2000
notice: This is a made-up site.
main_navigation:
  - title: About
    url: about/
registry_address: https://registry.example.org/api
requests_per_minute: 10
target: netlify
precompress: yes
severities:
  promising-word: error
  nearly-a-name: note
  registry-value: off
  no-title: error
"""
    config = Config(
        name="A made-up site",
        description="Trials in plain words.",
        owner="A made-up hospital",
        contact_email="team@example.org",
        base_url="https://www.example.org/trials/",
        language="es",
        registry="data/ctg-studies.json.zip",
        registry_retrieved="2026-11-20",
        corpus="a made-up corpus",
        repository_url="https://www.example.org/repository",
        edit_url="https://www.example.org/repository/edit/main/",
        page_size=20,
        similar_count=0,
        spots_left=False,
        show_contacts=True,
        stale_after_days=90,
        social_images=False,
        gazetteer=False,
        search_in_few_files_below=2000,
        notice="This is a made-up site.",
        main_navigation=(NavigationLink(title="About", url="about/"),),
        registry_address="https://registry.example.org/api",
        requests_per_minute=10,
        target="netlify",
        precompress=True,
        severities={
            "promising-word": "error",
            "nearly-a-name": "note",
            "registry-value": "off",
            "no-title": "error",
        },
    )
    check(text, config)
    written = {line.split(":")[0] for line in text.splitlines() if not line.startswith(" ")}
    assert written == {field.name for field in dataclasses.fields(Config)}


@pytest.mark.parametrize(
    "address", ["", "/trials/", "/", "https://www.example.org", "http://localhost:8000/a/b/"]
)
def test_a_base_url_is_an_address_or_a_path(address: str) -> None:
    check(f"name: A\nbase_url: '{address}'\n", Config(name="A", base_url=address))


def test_an_empty_setting_counts_as_absent() -> None:
    check("name: A\nregistry:\nbase_url: ~\n", Config(name="A"))


def test_without_a_file_it_says_what_to_write() -> None:
    sink: Sink = []
    assert read_config(None, "content/site.yaml", sink) == Config()
    (fault,) = sink
    assert fault.code == "config-missing"
    assert fault.span.path == "content/site.yaml"
    assert fault.help == "write a file site.yaml with one line\nname: The name of your site"


@pytest.mark.parametrize("text", ["", "# a comment\n", "language: en\n", "name:\n"])
def test_the_missing_name_is_told(text: str) -> None:
    check(text, Config(), "config-missing-name")


def test_a_misspelled_name_is_one_fault() -> None:
    check("nmae: A\n", Config(), "unknown-field")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("page_size: 0", "out-of-range"),
        ("page_size: many", "wrong-type"),
        ("base_url: www.example.org", "wrong-form"),
        ("contact_email: team", "wrong-form"),
        ("spots_left: 3", "wrong-type"),
        ("pageSize: 20", "unknown-field"),
        ("main_navigation: About", "wrong-type"),
    ],
)
def test_a_faulty_setting_leaves_the_others_as_written(line: str, code: str) -> None:
    check(f"name: A\n{line}\nregistry: a.zip\n", Config(name="A", registry="a.zip"), code)


def test_broken_yaml_is_one_fault() -> None:
    check("name: A: B\n", Config(), "yaml-syntax")
    check("- name\n", Config(), "wrong-type")


def test_one_wrong_severity_leaves_the_others() -> None:
    text = "name: A made-up site\nseverities:\n  no-title: warning\n  promissing-word: off\n  no-threshold: off\n"
    config = Config(name="A made-up site", severities={"no-threshold": "off"})
    check(text, config, "severity-fixed", "unknown-code")
