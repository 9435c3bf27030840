"""Where each block of a page stands: every section is known, and lines are those that were counted by hand."""

from __future__ import annotations

import copy
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sites
from lxml import html
from preview_pages import BuiltSite, elements_at
from test_places_in_files import WHOLE

from trialpages.model.checks_grade import TARGET_GRADE
from trialpages.model.reading_grade import reading
from trialpages.model.trial import Trial
from trialpages.pages.trial.section import HEADINGS
from trialpages.preview.panel.block import Block
from trialpages.preview.panel.places_in_files import Stretch
from trialpages.preview.panel.shared_blocks import TOPIC_PARTS
from trialpages.preview.panel.site_blocks import AROUND, HOME, MADE_BY_RULE
from trialpages.preview.panel.trial_parts import EVENTS_PARTS, PLACES_PARTS, TRIAL_PARTS

ROOT = Path(__file__).parent.parent
KINDS = (
    "",
    "search/",
    "browse/",
    "browse/status/",
    "conditions/",
    "conditions/leukemia/",
    "treatments/ponatinib/",
    "sponsors/md-anderson-cancer-center/",
    "glossary/",
    "compare/",
    "about/",
    "404.html",
    "trials/NCT02458014/",
    "trials/NCT02130557/",
    "trials/NCT05326516/",
    "trials/NCT05567406/",
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The sample site."""
    site = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "content", site / "content")
    with (site / "content/site.yaml").open("a") as settings:
        settings.write("gazetteer: no\n")
    return BuiltSite.of(site)


def sections_of(page: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield from page.xpath("//section")


@pytest.mark.parametrize("address", KINDS)
def test_every_section_of_the_sample_site_is_a_block_with_a_place(sample: BuiltSite, address: str) -> None:
    blocks = sample.blocks(address)
    page = html.document_fromstring(sample.look(address).html)
    assert_each_points_at_something(blocks, page)
    for section in sections_of(page):
        name = section.get("id") or section.get("aria-labelledby")
        assert name in blocks, f"the section {name} of /{address} is no block"


def assert_each_points_at_something(blocks: dict[str, Block], page: html.HtmlElement) -> None:
    seen = []
    for block in blocks.values():
        found = elements_at(page, block.at)
        assert found, f"{block.at} finds nothing"
        seen.append(found[0])
        assert block.template is not None and block.template.stretch is not None, (
            f"{block.id} has no template"
        )
        for source in block.sources:
            assert source.stretch is not None or source.what.startswith(
                ("the prose in", "plain words for")
            ), source
    assert len(set(seen)) == len(seen), "two blocks are one element"


def test_the_sections_of_a_trial_page_are_those_of_the_table() -> None:
    assert {part.id for part in TRIAL_PARTS if part.level == 0} - set(HEADINGS) == {
        *("title", "trial-line", "status", "first-facts", "key-facts")
    }
    assert set(HEADINGS) <= {part.id for part in TRIAL_PARTS}


def test_every_fact_that_a_file_can_state_belongs_to_a_part() -> None:
    own = [name for part in TRIAL_PARTS for name in part.fields]
    also = {name for part in TRIAL_PARTS for name in part.also}
    derived = {"trial_id", "overrides", "summaries", "has_registry_record", "edited_fields"}
    assert set(Trial.__dataclass_fields__) - set(own) - also == derived
    assert {name for name in own if name not in Trial.__dataclass_fields__} == set()
    # The day of the last confirmation and the like are shown in two parts; a fault belongs to one.
    assert len(own) == len(set(own))


@pytest.mark.parametrize(
    "template, mark",
    [
        *((part.template, part.mark) for part in (*TRIAL_PARTS, *PLACES_PARTS, *EVENTS_PARTS)),
        *((part.template, part.mark) for part in (*TOPIC_PARTS, *HOME, *AROUND)),
        *MADE_BY_RULE,
    ],
)
def test_the_words_by_which_a_part_is_found_stand_in_its_template(template: str, mark: str) -> None:
    assert mark in (ROOT / "templates" / template).read_text("utf-8")


TRIAL = "trials/NCT00000001/"
FOLDER = f"content/{TRIAL}"
FACTS = """\
# A made-up trial: no such study exists.
title: A made-up study of aspirin
key_facts:
  # the first one
  - text: Nobody has to pay
    source: https://example.org/
approvals:
  - treatment: Aspirin
    text: Approved in a made-up country
    source: https://example.org/
minimum_age: 20 Years
reason:
  minimum_age: The protocol says so.
plain_criteria:
  - plain: I am an adult who lives in the made-up municipality of this trial and can come to all of the visits.
    kind: inclusion
    original: Adults of 20
    key: true
  - plain: I take no other made-up medicine, and I have not taken one for a month before the first visit.
    kind: exclusion
    original: Other medicine
treatments: [aspirin]
spots_left: {value: 3, as_of: 2026-11-20, source: A made-up team}
timeline:
  treatment:
    text: >-
      Four weeks,
      one visit each
results_summary:
""" + "".join(
    f"  {name}: A made-up sentence about what was found, in words that anybody can read and that say nothing at all.\n"
    for name in (
        *("identification", "sponsor", "general_information", "population", "products", "adverse_reactions"),
        *("overall_results", "comments", "follow_up", "more_information"),
    )
)
PROSE = """\
---
written_by: nobody
---
## In short

The study tests a made-up medicine. It is for people in a made-up town, and it lasts four weeks in all.

## What is being tested?

A made-up medicine.

### A smaller heading

Its dose is made up.
"""
SPANISH = "## En pocas palabras\n\nUn estudio inventado.\n\n## ¿Qué se prueba?\n\nUn medicamento inventado.\n"
GLOSSARY = """\
- term: dose
  meaning: How much of a medicine one takes.
# a comment between two entries

- term: made-up medicine
  meaning: A medicine that does not exist. Nobody can take it, and no study has ever looked at what it does to people.
"""
TREATMENT = """\
name: Aspirin
description: >-
  A made-up description of
  a medicine.
first_studied: {value: 1990, source: A made-up source, as_of: "2020"}
"""
SETTINGS = "name: Made-up site\n# how many\nsimilar_count: 2\nnotice: Made up.\n"


def record(number: str, **more: object) -> dict[str, object]:
    """A made-up record with a line of its own for each member."""
    study: dict[str, object] = copy.deepcopy(WHOLE)
    protocol: dict[str, dict[str, object]] = study["protocolSection"]  # type: ignore[assignment]
    protocol["identificationModule"]["nctId"] = number
    protocol["identificationModule"]["nctIdAliases"] = []
    protocol["statusModule"] |= {"overallStatus": "RECRUITING", "completionDateStruct": {"date": "2028-01"}}
    protocol["eligibilityModule"]["eligibilityCriteria"] = (
        "Inclusion Criteria:\n\n* Adults of 20\n\nExclusion Criteria:\n\n* Other medicine"
    )
    protocol["armsInterventionsModule"] = {
        "armGroups": [{"label": "One", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Aspirin"]}],
        "interventions": [{"name": "Aspirin", "type": "DRUG", "armGroupLabels": ["One"]}],
    }
    protocol["designModule"]["enrollmentInfo"] = {"count": 100, "type": "ESTIMATED"}
    protocol["statusModule"]["statusVerifiedDate"] = "2026-11"
    study["resultsSection"] = {
        "adverseEventsModule": {
            "eventGroups": [
                {
                    "id": "EG000",
                    "title": "One",
                    "otherNumAffected": 5,
                    "otherNumAtRisk": 10,
                    "seriousNumAtRisk": 10,
                }
            ],
            "otherEvents": [
                {"term": "Cough", "stats": [{"groupId": "EG000", "numAffected": 5, "numAtRisk": 10}]}
            ],
        }
    }
    return study | more


def site_files() -> dict[str, str]:
    return {
        "content/site.yaml": SETTINGS,
        f"{FOLDER}trial.yaml": FACTS,
        f"{FOLDER}registry.json": json.dumps(record("NCT00000001"), indent=1),
        f"{FOLDER}summary.md": PROSE,
        f"{FOLDER}summary.es.md": SPANISH,
        "content/trials/NCT00000002/registry.json": json.dumps(record("NCT00000002"), indent=1),
        "content/glossary.yaml": GLOSSARY,
        "content/treatments/aspirin.yaml": TREATMENT,
        "content/conditions/headache.yaml": "# made up\nname: Headache\n",
        "content/sponsors/a-made-up-hospital.yaml": "name: A made-up hospital\n",
    }


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A made-up trial with something in every part of its page, and a second one beside it."""
    site = tmp_path_factory.mktemp("made-up")
    sites.write(site, site_files())
    return BuiltSite.of(site)


def line_of(site: BuiltSite, path: str, text: str) -> int:
    """The one line of a site's file that holds a text."""
    return line_of_text(site.options.directory / path, text)


def line_of_text(path: Path, text: str) -> int:
    """The one line of a file that holds a text, counted without the code that is tested."""
    lines = path.read_bytes().split(b"\n")
    found = [number for number, line in enumerate(lines, 1) if text.encode() in line]
    assert len(found) == 1, f"{text!r} stands on the lines {found} of {path.name}"
    return found[0]


def lines(block: Block) -> dict[str, tuple[str, int | None]]:
    """The places of a block by what they are: the end of the path, and the line."""
    return {
        source.what: (source.path.rpartition("/")[2], source.stretch.line if source.stretch else None)
        for source in block.sources
    }


def test_a_page_that_has_everything_shows_every_part_of_the_table(made_up: BuiltSite) -> None:
    blocks = made_up.blocks(TRIAL)
    page = html.document_fromstring(made_up.look(TRIAL).html)
    assert_each_points_at_something(blocks, page)
    without_history = {"what-changed"}
    assert {part.id for part in TRIAL_PARTS} - set(blocks) == without_history
    for section in sections_of(page):
        assert section.get("id") in blocks


@pytest.mark.parametrize(
    "block, what, path, text",
    [
        ("title", "title", "trial.yaml", "title: A made-up study of aspirin"),
        ("key-facts", "key_facts", "trial.yaml", "key_facts:"),
        ("key-facts", "key_facts, entry 1", "trial.yaml", "text: Nobody has to pay"),
        ("key-facts", "approvals, entry 1", "trial.yaml", "- treatment: Aspirin"),
        ("eligibility", "minimum_age", "trial.yaml", "minimum_age: 20 Years"),
        ("eligibility", "maximumAge", "registry.json", '"maximumAge"'),
        ("plain-rules", "plain_criteria, entry 2", "trial.yaml", "- plain: I take no"),
        ("rules", "eligibilityCriteria", "registry.json", '"eligibilityCriteria"'),
        ("status", "overallStatus", "registry.json", '"overallStatus"'),
        ("timeline", "timeline", "trial.yaml", "timeline:"),
        ("timeline", "startDateStruct", "registry.json", '"startDateStruct"'),
        ("objectives", "secondaryOutcomes", "registry.json", '"secondaryOutcomes"'),
        ("side-effects", "adverseEventsModule", "registry.json", '"adverseEventsModule"'),
        ("design", "armGroups", "registry.json", '"armGroups"'),
        ("locations", "locations", "registry.json", '"locations"'),
        ("people", "leadSponsor", "registry.json", '"leadSponsor"'),
        ("results", "results_summary", "trial.yaml", "results_summary:"),
        ("results", "references", "registry.json", '"references"'),
        ("sources", "reason", "trial.yaml", "reason:"),
        ("summary-purpose", "In short", "summary.md", "## In short"),
        ("summary-what", "What is being tested?", "summary.md", "## What is being tested?"),
        ("summary-what-es", "¿Qué se prueba?", "summary.es.md", "## ¿Qué se prueba?"),
    ],
)
def test_a_block_stands_on_the_line_of_its_words(
    made_up: BuiltSite, block: str, what: str, path: str, text: str
) -> None:
    found = lines(made_up.blocks(TRIAL)[block])
    assert found[what] == (path, line_of(made_up, f"{FOLDER}{path}", text))


def test_shared_files_and_settings_stand_beside_the_trials_own(made_up: BuiltSite) -> None:
    blocks = made_up.blocks(TRIAL)
    assert lines(blocks["treatments"])["Aspirin"] == ("aspirin.yaml", 2)
    assert lines(blocks["people"])["A made-up hospital"] == ("a-made-up-hospital.yaml", 1)
    assert lines(blocks["first-facts"])["Headache"] == ("headache.yaml", 2)
    assert lines(blocks["similar"])["similar_count"] == ("site.yaml", 3)
    assert lines(blocks["site-footer"])["notice"] == ("site.yaml", 4)
    assert lines(blocks["words"]) == {
        "the word 'dose'": ("glossary.yaml", 1),
        "the word 'made-up medicine'": ("glossary.yaml", 5),
    }


def test_a_text_reaches_to_its_last_written_line(made_up: BuiltSite) -> None:
    blocks = made_up.blocks(TRIAL)
    ends = {name: stretch_of(blocks[name]).end_line for name in ("summary-purpose", "summary-what")}
    assert ends == {"summary-purpose": 6, "summary-what": 14}
    assert stretch_of(blocks["timeline"]).end_line == line_of(
        made_up, f"{FOLDER}trial.yaml", "one visit each"
    )


def stretch_of(block: Block) -> Stretch:
    stretch = block.sources[0].stretch
    assert stretch is not None
    return stretch


def test_prose_has_the_grade_that_the_checks_have(made_up: BuiltSite) -> None:
    blocks = made_up.blocks(TRIAL)
    (short,) = blocks["summary-purpose"].grades
    assert (short.name, short.verdict) == ("'In short'", "fine")
    assert short.grade == reading(PROSE.split("## In short")[1].split("##")[0], ("Aspirin",)).grade
    (rules,) = blocks["plain-rules"].grades
    assert rules.verdict == "hard"
    assert rules.said == f"reads at school grade {rules.grade:.1f}, above {TARGET_GRADE:.0f}"
    assert rules.longest[0].startswith("I am an adult who lives")
    assert [grade.name for grade in blocks["results"].grades][:2] == ["'identification'", "'sponsor'"]
    assert not blocks["summary-purpose-es"].grades
    assert not blocks["status"].grades
    assert [grade.verdict for grade in blocks["treatments"].grades] == ["too-short"]


@pytest.fixture
def changing(made_up: BuiltSite, tmp_path: Path) -> BuiltSite:
    """The made-up site, built already, in a folder where files may be changed."""
    shutil.copytree(made_up.options.directory, tmp_path / "site")
    copy = BuiltSite(sites.options(tmp_path / "site"))
    # The page was made before a file broke.
    assert copy.site.by_id
    return copy


@pytest.mark.parametrize("ends, mark", [("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff")])
def test_line_ends_and_a_byte_order_mark_move_no_line(changing: BuiltSite, ends: str, mark: str) -> None:
    before = {
        name: [each.stretch for each in block.sources] for name, block in changing.blocks(TRIAL).items()
    }
    for name in ("trial.yaml", "summary.md", "registry.json"):
        path = changing.options.directory / FOLDER / name
        text = mark + path.read_text("utf-8")
        path.write_bytes(text.replace("\n", ends).encode())
    after = {name: [each.stretch for each in block.sources] for name, block in changing.blocks(TRIAL).items()}
    assert after == before


@pytest.mark.parametrize("broken", ["title: [never closed\n", "title: a: b\n", "title: &name x\n", "\x00"])
def test_a_file_that_is_broken_now_is_named_without_a_line(changing: BuiltSite, broken: str) -> None:
    path = changing.options.directory / FOLDER / "trial.yaml"
    path.write_text(path.read_text("utf-8") + broken)
    blocks = changing.blocks(TRIAL)
    unread = lines(blocks["key-facts"])["the editors' facts, which cannot be read now"]
    assert unread == ("trial.yaml", None)
    assert all(
        line is None
        for block in blocks.values()
        for file, line in lines(block).values()
        if file == "trial.yaml"
    )
    assert lines(blocks["status"])["overallStatus"][0] == "registry.json"


def test_broken_prose_and_a_broken_shared_file_are_named_without_a_line(changing: BuiltSite) -> None:
    (changing.options.directory / FOLDER / "summary.md").write_text("---\nwritten_by: nobody\n## In short\n")
    (changing.options.directory / "content/glossary.yaml").write_text("- term: [\n")
    blocks = changing.blocks(TRIAL)
    assert lines(blocks["summary"])["the prose, which cannot be read now"] == ("summary.md", None)
    assert "summary-purpose" not in blocks
    assert lines(blocks["words"])["the word 'dose'"] == ("glossary.yaml", None)


def test_a_record_in_the_snapshot_is_named_by_its_member_and_does_not_open(tmp_path: Path) -> None:
    text = json.dumps(record("NCT00000001"), indent=1)
    sites.write(tmp_path, {"site.yaml": "name: Made-up site\nregistry: made-up.zip\n"})
    with zipfile.ZipFile(tmp_path / "made-up.zip", "w") as archive:
        archive.writestr("NCT00000001.json", text)
    block = BuiltSite.of(tmp_path).blocks(TRIAL)["people"]
    source = block.sources[0]
    assert (source.path, source.opens) == ("made-up.zip!NCT00000001.json", False)
    line = next(number for number, each in enumerate(text.split("\n"), 1) if '"leadSponsor"' in each)
    assert stretch_of(block).line == line


def test_a_record_among_others_in_one_file_has_no_line(tmp_path: Path) -> None:
    sites.write(
        tmp_path,
        {
            "site.yaml": "name: Made-up site\nregistry: made-up.json\n",
            "made-up.json": json.dumps([record("NCT00000001"), record("NCT00000002")], indent=1),
        },
    )
    (source, *_rest) = BuiltSite.of(tmp_path).blocks(TRIAL)["people"].sources
    assert (source.path, source.stretch) == ("made-up.json!made-up.json", None)


PAGE = """\
---
title: A made-up page
menu: none
---
Words before the first heading.

# Big
text

Underlined
----------
More words under a line, and `# no heading` in them.

## *With* marks ##

    # code, not a heading
"""


def test_a_page_of_prose_stands_at_its_headings(tmp_path: Path) -> None:
    sites.write(
        tmp_path,
        {
            "content/site.yaml": SETTINGS,
            "content/pages/made-up.md": PAGE,
            f"{FOLDER}trial.yaml": sites.trial(),
        },
    )
    site = BuiltSite.of(tmp_path)
    blocks = site.blocks("made-up/")
    found = {block.name: lines(block) for block in blocks.values()}
    assert found["The title"] == {"title": ("made-up.md", 2)}
    assert found["Big"] == {"Big": ("made-up.md", 7)}
    assert found["Underlined"] == {"Underlined": ("made-up.md", 10)}
    assert found["With marks"] == {"With marks": ("made-up.md", 14)}
    assert_each_points_at_something(blocks, html.document_fromstring(site.look("made-up/").html))


def test_a_topic_stands_in_its_file_and_its_narrower_ones_in_theirs(tmp_path: Path) -> None:
    sites.write(
        tmp_path,
        {
            "site.yaml": "name: Made-up site\n",
            "content/conditions/pain.yaml": "# made up\nname: Pain\ndescription: |\n  It hurts.\n",
            "content/conditions/headache.yaml": "name: Headache\nother_names: [Head pain]\nparent: pain\n",
            f"{FOLDER}trial.yaml": sites.trial(),
        },
    )
    site = BuiltSite.of(tmp_path)
    wide, narrow = site.blocks("conditions/pain/"), site.blocks("conditions/headache/")
    assert lines(wide["title"]) == {"name": ("pain.yaml", 2)}
    assert lines(wide["description"]) == {"description": ("pain.yaml", 3)}
    assert lines(wide["narrower-title"]) == {"Headache": ("headache.yaml", 3)}
    assert lines(narrow["other-names"]) == {
        "other_names": ("headache.yaml", 2),
        "parent": ("headache.yaml", 3),
    }
    assert lines(narrow["trials-title"]) == {}


def test_a_template_of_the_site_opens_and_one_of_ours_does_not(tmp_path: Path) -> None:
    own = "{# my own #}\n" + (ROOT / "templates/trial/words.html").read_text("utf-8")
    sites.write(tmp_path, {**site_files(), "templates/trial/words.html": own})
    blocks = BuiltSite.of(tmp_path).blocks(TRIAL)
    words, people = blocks["words"].template, blocks["people"].template
    assert words is not None and words.stretch is not None and people is not None
    assert (words.path, words.opens, people.opens) == ("templates/trial/words.html", True, False)
    assert words.stretch.line == next(
        number for number, line in enumerate(own.split("\n"), 1) if '<section id="words"' in line
    )


def test_the_page_of_a_long_list_stands_where_the_list_does(tmp_path: Path) -> None:
    many: dict[str, Any] = record("NCT00000001")
    places = [{"city": f"Town {number}", "country": "Nowhere"} for number in range(61)]
    many["protocolSection"]["contactsLocationsModule"]["locations"] = places
    path = f"{FOLDER}registry.json"
    sites.write(tmp_path, {"site.yaml": "name: Made-up site\n", path: json.dumps(many, indent=1)})
    site = BuiltSite.of(tmp_path)
    blocks = site.blocks(f"{TRIAL}places/")
    assert set(blocks) == {"title", "country-1", "site-header", "site-footer"}
    there = ("registry.json", line_of(site, path, '"locations"'))
    assert lines(blocks["title"]) == lines(blocks["country-1"]) == {"locations": there}
    assert_each_points_at_something(blocks, html.document_fromstring(site.look(f"{TRIAL}places/").html))


def test_a_section_of_a_template_that_we_do_not_know_is_a_block_too(tmp_path: Path) -> None:
    own = '{# my own #}\n\n<section id="my-own"><h2>My own</h2></section>\n'
    sites.write(tmp_path, {**site_files(), "templates/trial/words.html": own})
    block = BuiltSite.of(tmp_path).blocks(TRIAL)["my-own"]
    assert (block.name, block.at, block.sources) == ("My own", '[id="my-own"]', ())
    assert block.template is not None and block.template.stretch is not None
    assert (block.template.path, block.template.stretch.line) == ("templates/trial/words.html", 3)
