"""What the files of the index say is what a plain scan of the trials says, and every file holds what was put in.

`SEARCH_SEED` asks other random queries, `SEARCH_QUERIES` more of them.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search.asked import Answer, Query
from search.corpora import corpus
from search.meaning import answer, by_code_unit
from search.queries import Asker
from search.reader import LATEST, MANIFEST, Reader, levels
from search.written import NAMES, TINY, Case, cases, real_case, written

from trialpages.search.numbering import order_key
from trialpages.site.order import status_rank

SEED = int(os.environ.get("SEARCH_SEED", "1"))
QUERIES = int(os.environ.get("SEARCH_QUERIES", "120"))
BY_NAME = (
    "",
    " \t\n",
    "the of and",
    "cancer " * 1500,
    *("x" * (length - 5) + " lung" for length in (499, 500, 501)),
    *("lung " * count for count in (31, 32, 33)),
    *(
        "lunk",
        "lunk cancer",
        "hart attack",
        "hearth",
        "asthna lung",
        "studdi",
        "lung study 1",
        "study of sugar",
    ),
    *("covid 19", "pd 1", "t 2 d", "disease free", "type 2 3 diabetes"),
    "\u0000\u0007\u001b[31m",
    "\u202eevil\u202c \u200bheart",
    "<img src=x onerror=alert(1)>",
    "(.*)+[a-z]{9999}",
    "__proto__",
    "constructor",
    "toString hasOwnProperty",
    "がん 治療",
    "Лейкоз",
    "🙂",
    "🙂 heart ❤️",
    "\ud83d",
    "𐌰𐌱",
)
"""Hostile queries that are asked of every site."""


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest) -> Case:
    return cases()[request.param]


def differences(expected: Answer, got: Answer) -> dict[str, tuple[object, object]]:
    """Return what differs, expected first."""
    pairs = {
        field.name: (getattr(expected, field.name), getattr(got, field.name))
        for field in dataclasses.fields(expected)
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def assert_agrees(case: Case, query: Query) -> Answer:
    expected = answer(case.scan, query)
    assert not differences(expected, answer(case.reader, query)), query
    return expected


def test_random_queries_have_the_answers_of_a_scan(case: Case) -> None:
    for query in Asker(case.corpus).queries(SEED, QUERIES if case.scan.trials > 1 else 20):
        assert_agrees(case, query)


def test_hostile_queries_have_the_answers_of_a_scan(case: Case) -> None:
    for words in BY_NAME:
        assert_agrees(case, Query(words=words))


@settings(max_examples=60)
@given(st.text(max_size=40), st.integers(0, 130))
def test_any_text_has_the_answer_of_a_scan(words: str, start: int) -> None:
    assert_agrees(cases()["parted"], Query(words=words, start=start))


def test_random_queries_about_real_records_have_the_answers_of_a_scan() -> None:
    case = real_case()
    for query in Asker(case.corpus).queries(SEED, QUERIES // 4):
        assert_agrees(case, query)


def test_random_queries_try_all_that_a_query_can_be() -> None:
    case = cases()["parted"]
    answers = [answer(case.scan, query) for query in Asker(case.corpus).queries(SEED, 300)]
    kinds = {unit.kind for found in answers for unit in found.units}
    assert kinds == {"word", "name", "beginning", "typo", "unknown"}
    assert any(found.relaxed for found in answers)
    assert any(found.cut for found in answers)
    assert any(found.nearest and None in found.nearest for found in answers)
    assert {part for found in answers for part in found.loosened} > {"words", "age", "near"}


def test_documents_stand_in_the_order_of_listings() -> None:
    documents = cases()["parted"].corpus.documents
    ranks = [status_rank(document.status) for document in documents]
    assert ranks == sorted(ranks)
    alike = dataclasses.replace(documents[0], trial_id="NCT00000999", updated="2030-01-01")
    newer, older = sorted((alike, dataclasses.replace(alike, updated="2029-12-31")), key=order_key)
    assert newer.updated == "2030-01-01"
    assert older.updated == "2029-12-31"


def test_the_lexicon_holds_what_was_put_in(case: Case) -> None:
    scan, reader = case.scan, case.reader
    assert set(reader.keys) == scan.keys
    assert reader.manifest["lexicon"]["terms"] == len(scan.keys)
    assert list(reader.keys) == sorted(reader.keys, key=by_code_unit)
    for key, entry in reader.keys.items():
        found = dict(scan.found(key))
        assert reader.entry(key) == entry, key
        assert reader.found(key) == found, key
        assert reader.name(key) == scan.name(key), key
        if isinstance(entry, dict) and "set" in entry:
            assert len(found) > case.sizes.inline_trials
            assert entry["trials"] == len(found)
            best = sorted(found, key=lambda number: (-found[number], number))[: case.sizes.top]
            assert levels(entry["top"]) == {number: found[number] for number in best}
            assert entry["counts"] == counts(case, found)
        else:
            assert len(found) <= case.sizes.inline_trials


def counts(case: Case, numbers: dict[int, int]) -> list[list[int]]:
    """Return per column how many of the trials have each value, in the manifest's order."""
    return [
        [
            sum(code in case.scan.values(facet["name"], number) for number in numbers)
            for code, _label, _total in facet["values"]
        ]
        for facet in case.reader.manifest["facets"]
    ]


def test_separators_are_the_shortest(case: Case) -> None:
    manifest = case.reader.manifest
    files = [("lex", manifest["lexicon"]["firsts"])]
    files += [
        (f"facet/{name}", case.reader.file(f"facet/{name}/index.json")["firsts"]) for name in case.reader.sets
    ]
    for folder, firsts in files:
        last = None
        for number, first in enumerate(firsts):
            held = case.reader.file(f"{folder}/{number}.json")
            keys = list(held) if isinstance(held, dict) else [slug for slug, _label, _deltas in held]
            assert keys == sorted(keys, key=by_code_unit)
            assert by_code_unit(first) <= by_code_unit(keys[0])
            if last is None:
                assert first == ""
            else:
                assert by_code_unit(last) < by_code_unit(first)
                assert by_code_unit(first[:-1]) <= by_code_unit(last)
            last = keys[-1]


def test_facets_ages_days_and_places_hold_what_was_put_in(case: Case) -> None:
    scan, reader = case.scan, case.reader
    assert list(reader.columns) == list(scan.columns)
    assert list(reader.sets) == list(scan.sets)
    for number, document in enumerate(case.corpus.documents):
        for facet in (*scan.columns, *scan.sets):
            assert sorted(reader.values(facet, number)) == sorted(scan.values(facet, number)), facet
        assert reader.ages(number) == scan.ages(number)
        assert reader.updated(number) == scan.updated(number)
        held = {(name, north, east) for _t, name, north, east, n in reader.all_places() if number in n}
        assert held == set(document.places)
    for facet in reader.manifest["facets"]:
        for code, _label, total in facet["values"]:
            assert total == sum(code in scan.values(facet["name"], n) for n in range(scan.trials)) > 0


def test_values_are_listed_by_address_and_the_largest_in_the_manifest(case: Case) -> None:
    for described in case.reader.manifest["sets"]:
        values = case.corpus.values[described["name"]]
        members = case.reader.members(described["name"])
        assert {slug: label for slug, (label, _numbers) in members.items()} == {
            slug: label for slug, (label, _ids) in values.items()
        }
        slugs = list(members)
        assert slugs == sorted(slugs, key=by_code_unit)
        assert described["values"] == len(slugs)
        sizes = [len(numbers) for _label, numbers in members.values()]
        largest = sorted(range(len(slugs)), key=lambda number: (-sizes[number], number))
        assert described["top"] == [
            [number, members[slugs[number]][0], sizes[number]] for number in largest[: case.sizes.top_values]
        ]
        starts = case.reader.file(f"facet/{described['name']}/index.json")["starts"]
        for k, start in enumerate(starts):
            rows = case.reader.file(f"facet/{described['name']}/{k}.json")
            assert [slug for slug, _label, _deltas in rows] == slugs[start:][: len(rows)]


def test_cards_hold_what_was_put_in(case: Case) -> None:
    names = {"condition": "conditions", "treatment": "treatments", "sponsor": "sponsors"}
    slugs = {facet: list(case.reader.members(facet)) for facet in names}
    for number, (document, card) in enumerate(zip(case.corpus.documents, case.reader.cards(), strict=True)):
        for facet, name in names.items():
            listed = [slugs[facet][value] for value in card.pop(name, [])]
            assert sorted(listed) == sorted(case.scan.values(facet, number))
        assert card.pop("cells", []) == squares(document.places, case.reader.manifest["cell"])
        assert card == document.card


def squares(places: Iterable[tuple[str, float, float]], degrees: int) -> list[int]:
    """Return the squares of the map with a place, counted from the south west by rows; the pole and the
    date line belong to the last ones."""
    found = set()
    for _name, north, east in places:
        row = min(int((north + 90) // degrees), 180 // degrees - 1)
        column = min(int((east + 180) // degrees), 360 // degrees - 1)
        found.add(row * (360 // degrees) + column)
    return sorted(found)


def test_tiles_hold_their_places_and_are_small(case: Case) -> None:
    boxes = case.reader.file("geo/tiles.json")
    for tile, _name, north, east, _numbers in case.reader.all_places():
        south_end, west_end, north_end, east_end = boxes[tile]
        assert south_end <= north <= north_end
        assert west_end <= east <= east_end
    for tile in range(len(boxes)):
        held = case.reader.file(f"geo/{tile}.json")
        assert held
        size = len(json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()) + 1
        assert size <= case.sizes.tile_bytes or len(held) == 1 or case.reader.manifest["bundles"]
    every = [tuple(place) for _tile, *place, _numbers in case.reader.all_places()]
    assert len(every) == len(set(every)) == case.reader.manifest["places"]


def test_suggestions_and_words_for_typos_are_those_of_a_scan(case: Case) -> None:
    beginnings = {key[:2] for key in case.scan.keys if len(key) > 1 and case.scan.name(key) is not None}
    plain = {start for start in beginnings if start.isascii() and start.isalnum()}
    assert case.reader.beginnings == sorted(plain)
    for beginning in plain:
        assert case.reader.suggestions(beginning) == case.scan.suggestions(beginning)
    lengths = sorted({len(word) for word, _trials in case.scan.all_listed})
    assert case.reader.manifest["fuzzy"] == lengths
    for length in lengths:
        assert case.reader.listed(length) == case.scan.listed(length)


def test_there_is_no_file_beside_those_that_are_described(case: Case) -> None:
    manifest, reader = case.reader.manifest, case.reader
    paths = {"facets.json", "ages.json", "geo/tiles.json"}
    paths |= {f"lex/{k}.json" for k in range(len(manifest["lexicon"]["firsts"]))}
    paths |= {f"set/{e['set']}.json" for e in reader.keys.values() if isinstance(e, dict) and "set" in e}
    paths |= {f"days/{k}.json" for k in range(-(-case.scan.trials // manifest["days"]["block"]))}
    paths |= {f"doc/{k}.json" for k in range(-(-case.scan.trials // manifest["chunk"]))}
    for name in reader.sets:
        files = range(len(reader.file(f"facet/{name}/index.json")["starts"]))
        paths |= {f"facet/{name}/{k}.json" for k in ("index", *files)}
    paths |= {f"suggest/{beginning}.json" for beginning in reader.beginnings}
    paths |= {f"fuzzy/{length}.json" for length in manifest["fuzzy"]}
    paths |= {f"geo/{k}.json" for k in range(len(reader.file("geo/tiles.json")))}
    assert reader.files.paths() == paths
    folder = reader.files.folder
    own = {LATEST, folder + MANIFEST, *(folder + bundle for bundle in manifest["bundles"])}
    written_as_files = set() if manifest["bundles"] else {folder + path for path in paths}
    assert set(case.files) == own | written_as_files


def test_every_file_is_compact_and_ends_a_line(case: Case) -> None:
    for path, content in case.files.items():
        text = content.decode()
        assert text.endswith("\n"), path
        again = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
        assert json.loads(again) == json.loads(text)
        assert len(text.rstrip("\n").encode()) <= len(again.encode()), path


def test_tiny_sizes_use_every_kind_of_file() -> None:
    paths = cases()["parted"].reader.files.paths()
    for folder in (
        "lex",
        "set",
        "doc",
        "days",
        "fuzzy",
        "suggest",
        "geo",
        "facet/country",
        "facet/condition",
    ):
        assert sum(path.startswith(f"{folder}/") for path in paths) > 2, folder


def test_a_small_site_has_two_bundles_and_nothing_else() -> None:
    case = cases()["bundled"]
    folder = case.reader.files.folder
    assert set(case.files) == {LATEST, *(folder + name for name in (MANIFEST, "index.json", "cards.json"))}
    assert (
        case.reader.files.latest["bundles"] == case.reader.manifest["bundles"] == ["index.json", "cards.json"]
    )


def test_the_folder_is_named_by_what_it_holds() -> None:
    found = corpus(8, 20)
    names = {written(found, TINY)[LATEST]}
    first = found.documents[0]
    for changed in (
        dataclasses.replace(first, words=(*first.words, ("zzz", 1))),
        dataclasses.replace(first, card={**first.card, "title": "Another"}),
        dataclasses.replace(first, places=(("Elsewhere", 1.0, 2.0),)),
    ):
        documents = [changed, *found.documents[1:]]
        names.add(written(dataclasses.replace(found, documents=documents), TINY)[LATEST])
    assert len(names) == 4


DIGEST = """
import hashlib
from search.corpora import corpus
from search.written import TINY, written
print([hashlib.sha256(repr(sorted(written(corpus(9, 40), sizes).items())).encode()).hexdigest() for sizes in (TINY, type(TINY)())])
"""


def test_the_same_trials_give_the_same_bytes_whatever_the_order_of_sets() -> None:
    told = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        ran = subprocess.run(
            [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        told.add(ran.stdout)
    assert len(told) == 1


def test_an_index_can_be_read_from_a_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    from search.reader import files_of

    folder = tmp_path_factory.mktemp("search")
    case = cases()["parted"]
    case.write(folder)
    assert files_of(folder) == dict(case.files)
    assert answer(Reader(files_of(folder)), Query(words="lung")) == answer(case.scan, Query(words="lung"))
