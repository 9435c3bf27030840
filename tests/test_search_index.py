"""The files of the search index: every byte for six made-up trials, what must not matter, and bad input."""

from __future__ import annotations

import doctest
import json
import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import Expect
from made_up_index import CONCEPTS, DOCUMENTS, TINY, VALUE_SETS, built, contents, document, shown
from search.reader import layered

from trialpages.search import columns, deltas, document_texts, lexicon, shards, tiles
from trialpages.search.concepts import Concept
from trialpages.search.index import index_files
from trialpages.search.lexicon import best
from trialpages.search.numbering import order_key
from trialpages.search.phrases import postings_of_names
from trialpages.search.shards import in_unit_order, separator, unit_order
from trialpages.search.sizes import Sizes

GOLDEN = Path(__file__).parent / "search_golden"
SPLIT = Sizes(collapse=0)


@pytest.mark.parametrize("module", [columns, deltas, document_texts, lexicon, shards, tiles])
def test_the_examples_in_the_modules_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted


# Every byte


@pytest.mark.parametrize(("name", "sizes"), [("parted", TINY), ("bundled", Sizes())])
def test_every_file_of_six_trials(expect: Expect, name: str, sizes: Sizes) -> None:
    expect(GOLDEN / f"{name}.txt", shown(built(sizes=sizes)))


def test_the_golden_files_show_every_kind_of_file() -> None:
    kinds = {path.partition("/")[0] for path, _content in built(sizes=TINY)}
    assert kinds == {
        *("ages.json", "days", "doc", "facet", "facets.json", "fuzzy", "geo", "latest.json", "lex"),
        *("manifest.json", "set", "suggest"),
    }


def test_bundles_hold_the_same_files() -> None:
    parted = contents(built(sizes=SPLIT))
    bundles = contents(built())
    held = {**bundles["index.json"], **bundles["cards.json"]}
    assert set(held) == {path for path in parted if not path.startswith(("doc/", "manifest", "latest"))} | {
        "doc/0.json"
    }
    assert all(held[path] == parted[path] for path in held if not path.startswith("doc/"))
    assert held["doc/0.json"] == [*parted["doc/0.json"], *parted["doc/1.json"]]


def test_the_last_file_names_the_folder_by_its_contents() -> None:
    first, again = built(), built()
    assert [path for path, _content in first][-1] == "latest.json"
    assert first == again
    other = built([*DOCUMENTS[:-1], replace(DOCUMENTS[-1], sex="FEMALE")])
    assert contents(other)["latest.json"]["index"] != contents(first)["latest.json"]["index"]


def test_the_order_of_what_comes_in_does_not_matter() -> None:
    shuffler = random.Random(4)
    documents, values = list(DOCUMENTS), [(name, list(facet)) for name, facet in VALUE_SETS]
    shuffler.shuffle(documents)
    for _name, facet in values:
        shuffler.shuffle(facet)
    assert built(documents, reversed(CONCEPTS), values, TINY) == built(sizes=TINY)


def test_documents_in_another_order_are_refused() -> None:
    order = sorted((each.trial_id for each in DOCUMENTS), reverse=True)
    with pytest.raises(ValueError, match="document 0 is NCT00000001; the order has NCT00000006 there"):
        list(index_files(order, lambda: DOCUMENTS, lambda _names: (), ()))


def test_too_few_documents_are_refused() -> None:
    order = sorted(each.trial_id for each in DOCUMENTS)
    with pytest.raises(ValueError, match="shorter"):
        list(index_files(order, lambda: DOCUMENTS[:1], lambda _names: (), ()))


def test_a_site_below_the_bound_is_bundled() -> None:
    names = {number: set(contents(built(sizes=Sizes(collapse=number)))) for number in (6, 7)}
    assert names[7] == {"manifest.json", "index.json", "cards.json", "latest.json"}
    assert "index.json" not in names[6]


# The order


def test_trials_that_a_reader_can_join_come_first_and_of_these_the_newest() -> None:
    plain: dict[str, Any] = {"study_type": "INTERVENTIONAL", "phases": ("PHASE2",), "sex": "ALL"}
    expected = [
        document(9, "", status="RECRUITING", updated="2026-11-20", **plain),
        document(1, "", status="RECRUITING", updated="2026-11-20", **{**plain, "minimum_age": 0.5}),
        document(2, "", status="RECRUITING", updated="2026-11-20", **{**plain, "minimum_age": 18}),
        document(10, "", status="RECRUITING", **{**plain, "phases": ("PHASE1",), "maximum_age": 17}),
        document(11, "", status="RECRUITING", **{**plain, "phases": ("PHASE1",), "maximum_age": 64}),
        document(12, "", status="RECRUITING", **{**plain, "phases": ("PHASE1",)}),
        document(4, "", status="NOT_YET_RECRUITING", updated="2026-11-23", **plain),
        document(5, "", status="COMPLETED", updated="2026-11-22", **plain),
        document(6, "", status="COMPLETED", updated="2026-11", **plain),
        document(7, "", status="COMPLETED", **plain),
        document(8, "", status="COMPLETED", **plain),
    ]
    assert sorted(expected, key=order_key) == expected


# What readers of the files rely on


def test_a_key_lies_in_the_shard_that_the_manifest_names() -> None:
    files = contents(built(sizes=TINY))
    firsts = [unit_order(first) for first in files["manifest.json"]["lexicon"]["firsts"]]
    for path, shard in files.items():
        if path.startswith("lex/"):
            assert list(shard) == in_unit_order(shard)
            for key in shard:
                assert path == f"lex/{bisect_right(firsts, unit_order(key)) - 1}.json"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("heart", "heart attack", "heart "),
        ("heart attack", "hearth", "hearth"),
        ("a", "b", "b"),
        ("\uffff", "\U00010000", "\U00010000"),
    ],
)
def test_a_separator_is_the_shortest_text_between(before: str, after: str, expected: str) -> None:
    assert separator(before, after) == expected


def test_texts_sort_as_a_browser_sorts_them() -> None:
    assert in_unit_order(["\uffff", "\U00010000", "a"]) == ["a", "\U00010000", "\uffff"]


def test_the_best_are_those_of_the_highest_level_then_the_first() -> None:
    assert best([0 * 8 + 1, 1 * 8 + 3, 2 * 8 + 4, 3 * 8 + 3, 4 * 8 + 4], 3) == [11, 20, 36]


def test_counts_of_a_frequent_term_are_those_of_its_trials() -> None:
    files = contents(built(sizes=TINY))
    entry = next(
        shard["heart"] for path, shard in files.items() if path.startswith("lex/") and "heart" in shard
    )
    values = [[code for code, *_rest in facet["values"]] for facet in files["manifest.json"]["facets"]]
    counted = dict(zip(values[0], entry["counts"][0], strict=True))
    assert counted == {"RECRUITING": 2, "NOT_YET_RECRUITING": 1, "COMPLETED": 0, "SOME_NEW_STATUS": 0}
    assert entry["trials"] == 3
    assert layered(files[f"set/{entry['set']}.json"]["layers"], 6) == {0: 4, 1: 4, 2: 4}


def trials_in(found: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return the level of each trial."""
    return {number: 4 - place for place, steps in enumerate(found) for number in accumulate(steps)}


# Names and what they mean


def entries(documents: Sequence[Any], concepts: Sequence[Concept]) -> dict[str, Any]:
    files = contents(built(documents, concepts, (), SPLIT))
    return {
        key: entry for path, shard in files.items() if path.startswith("lex/") for key, entry in shard.items()
    }


def test_documents_that_come_once_only_are_refused() -> None:
    ordered = sorted(DOCUMENTS, key=order_key)
    once = iter(ordered)
    with pytest.raises(ValueError, match="shorter"):
        list(index_files([each.trial_id for each in ordered], lambda: once, lambda _names: (), ()))


def test_a_name_is_found_where_it_is_listed_and_where_its_words_stand_together_in_what_the_trial_is_about() -> (
    None
):
    plain: dict[str, Any] = {"status": "RECRUITING", "phases": ("PHASE3",)}
    documents = [
        document(1, "A study", [("Heart Failure", 3)], **plain),
        document(2, "Failure of the heart", **plain),
        document(3, "The heart", [], "It may lead to failure.", **plain),
        document(4, "The liver", [], "Heart failure is told of here.", **plain),
        document(5, "The liver", [("Heart Failure", 1)], **plain),
        document(6, "Kidney failure of people with a weak heart", **plain),
        document(7, "Acute heart failures", [("Failure", 2)], **plain),
        document(8, "The heart of a child", [("Failure to thrive", 4)], **plain),
    ]
    known = [Concept(keys=("heart failur",), label="Heart failure", finds=("heart failur",))]
    entry = entries(documents, known)["heart failur"]
    assert trials_in(entry["found"]) == {0: 3, 4: 1, 6: 4}
    assert entry["name"] == "Heart failure"


def test_a_doubtful_short_form_counts_where_it_nearly_always_means_the_same() -> None:
    listed = [document(number, "Fictivine", [("FCT", 3)]) for number in (1, 2, 3)]
    concept = Concept(keys=("fictivin",), label="Fictivine", finds=("fictivin",), doubtful=("fct",))
    sure = entries([*listed, document(4, "FCT")], [concept])
    assert sure["fct"] == sure["fictivin"]
    assert set(trials_in(sure["fct"]["found"])) == {0, 1, 2, 3}
    unsure = entries([*listed, document(4, "FCT"), document(5, "FCT")], [concept])
    assert set(trials_in(unsure["fictivin"]["found"])) == {0, 1, 2}
    assert set(trials_in(unsure["fct"]["found"])) == {0, 1, 2, 3, 4}
    assert unsure["fct"]["name"] == "FCT"


def test_a_key_of_a_concept_is_not_taken_by_the_short_form_of_another() -> None:
    documents = [document(1, "Fictivine", [("FCT", 3)])]
    first = Concept(keys=("fictivin",), label="Fictivine", finds=("fictivin",), doubtful=("fct",))
    second = Concept(keys=("fct",), label="FCT", finds=("fct",))
    assert entries(documents, [first, second])["fct"]["name"] == "FCT"


def test_the_keys_of_a_frequent_concept_share_one_entry_and_one_set() -> None:
    files = contents(built(DOCUMENTS, [replace(CONCEPTS[3], keys=("card", "heart diseas"))], (), TINY))
    found = [shard[key] for shard in files.values() for key in ("card", "heart diseas") if key in shard]
    assert len(found) == 2
    assert found[0] == found[1]
    assert found[0]["trials"] == 3
    assert sum(path.startswith("set/") for path in files) == 2


@pytest.mark.parametrize("seed", range(6))
def test_trials_that_say_a_name_are_those_of_a_plain_look(seed: int) -> None:
    chance = random.Random(seed)
    documents = [
        replace(
            document(number, "x"),
            words=tuple((word, chance.randint(1, 4)) for word in "abcd"),
            texts=tuple(" ".join(chance.choices("abcde", k=chance.randint(2, 9))) for _text in range(3)),
        )
        for number in range(200)
    ]
    names = [
        "a b",
        "b a",
        "a b c",
        "a a",
        "a a a",
        "b a b a",
        "d e",
        "e e",
        "a b c d a b c d",
        "c d e a b c",
        "x",
    ]
    found = postings_of_names(documents, names)
    for name in names:
        assert list(found[name]) == [
            number * 8 + min(dict(each.words).get(word, 2) for word in name.split(" "))
            for number, each in enumerate(documents)
            if any(f" {name} " in f" {text} " for text in each.texts)
        ]
    assert found["a b c"] and found["e e"] and not found["x"]


def test_a_concept_that_finds_nothing_leaves_its_words_as_they_are() -> None:
    concept = Concept(keys=("pain", "unheard illness"), label="Unheard", finds=("unheard illness",))
    found = entries([document(1, "Pain")], [concept])
    assert "unheard illness" not in found
    assert found["pain"] == [[0]]


def test_a_name_that_no_query_can_hold_is_no_key() -> None:
    long = "lung liver heart skin blood bone brain"
    found = entries([document(1, long)], [Concept(keys=(long,), label="Long", finds=(long,))])
    assert long not in found
    assert "brain" in found
    six = long.removesuffix(" brain")
    assert six in entries([document(1, long)], [Concept(keys=(six,), label="Six", finds=(six,))])


# Bad input


def test_a_site_without_trials_has_an_index_that_answers_nothing() -> None:
    for sizes in (Sizes(), SPLIT):
        files = contents(built((), (), (("country", ()),), sizes))
        manifest = files["manifest.json"]
        assert manifest["trials"] == 0
        assert manifest["lexicon"] == {"terms": 0, "firsts": []}
        assert all(not facet["values"] for facet in manifest["facets"])


def test_one_trial_is_an_index() -> None:
    files = contents(built(DOCUMENTS[:1], (), (), SPLIT))
    assert files["doc/0.json"] == [{**DOCUMENTS[0].card, "cells": [1893]}]
    assert files["lex/0.json"]["aspirin"] == [[0]]


def test_a_record_of_which_nothing_is_known_is_found_by_its_title() -> None:
    files = contents(built([document(5, "Nothing is known")], (), (), SPLIT))
    assert files["lex/0.json"]["nothing"] == [[0]]
    assert files["ages.json"] == {"bounds": [[None, None]], "starts": [0], "of": [0]}
    assert files["days/0.json"] == [0]
    assert files["geo/tiles.json"] == []
    assert files["facets.json"]["status"] == {"codes": [[]], "starts": [0], "of": [0]}
    assert files["facets.json"]["sex"]["codes"] == [[0, 1]]


def test_two_thousand_sites_in_one_city_are_one_place() -> None:
    sites = (("Boston, Massachusetts", 42.36, -71.06),) * 2000
    files = contents(built([document(1, "A trial", places=sites)], (), (), SPLIT))
    assert files["geo/0.json"] == [["Boston, Massachusetts", 42.36, -71.06, [0]]]
    assert files["manifest.json"]["places"] == 1


def test_two_thousand_places_in_one_city_are_parted_into_small_tiles() -> None:
    sites = tuple(
        sorted(
            (f"Site {number}", round(42 + number % 50 / 100, 2), round(-71 - number % 97 / 100, 2))
            for number in range(2000)
        )
    )
    files = dict(built([document(1, "A trial", places=sites)], (), (), SPLIT))
    tiles = json.loads(files["geo/tiles.json"])
    held = []
    for number, (south, west, north, east) in enumerate(tiles):
        content = files[f"geo/{number}.json"]
        assert len(content) <= 16_001
        for name, latitude, longitude, trials in json.loads(content):
            assert south <= latitude <= north
            assert west <= longitude <= east
            assert trials == [0]
            held.append((name, latitude, longitude))
    assert sorted(held) == list(sites)


def test_two_thousand_places_at_one_point_and_one_place_of_all_trials() -> None:
    here = tuple((f"Site {number:04}", 0.0, 0.0) for number in range(2000))
    files = dict(built([document(1, "A trial", places=here)], (), (), SPLIT))
    assert all(len(content) <= 16_001 for path, content in files.items() if path.startswith("geo/"))
    everywhere = [document(number, "x", places=(("Boston", 42.36, -71.06),)) for number in range(1, 9001)]
    tiles = json.loads(dict(built(everywhere, (), (), SPLIT))["geo/tiles.json"])
    assert tiles == [[42.36, -71.06, 42.36, -71.06]]


def test_a_place_that_outweighs_its_neighbors_has_a_tile_of_its_own() -> None:
    south, north = ("South", 0.0, 0.0), ("North", 60.0, 0.0)
    documents = [
        document(number, "x", places=(south, north) if number == 1 else (south,)) for number in range(1, 90)
    ]
    files = contents(built(documents, (), (), replace(SPLIT, tile_bytes=100)))
    assert files["geo/tiles.json"] == [[0, 0, 0, 0], [60, 0, 60, 0]]
    assert files["geo/1.json"] == [["North", 60, 0, [0]]]


def test_a_word_of_one_trial_is_no_word_to_compare_with_on_a_larger_site() -> None:
    documents = [
        document(number, f"Trial {'lonely' if number == 1 else 'paired' if number < 4 else ''}")
        for number in range(1, 102)
    ]
    assert contents(built(documents, (), (), SPLIT))["fuzzy/6.json"] == [["paired", 2]]
    assert contents(built(documents[:100], (), (), SPLIT))["fuzzy/6.json"] == [["paired", 2], ["lonely", 1]]


def test_trials_of_a_value_are_ascending_and_each_stands_once() -> None:
    documents = [document(number, "x") for number in range(1, 10)]
    values = (("country", (("x", "X", ("NCT00000009", "NCT00000002", "NCT00000009")),)),)
    assert contents(built(documents, (), values, SPLIT))["facet/country/0.json"] == [["x", "X", [1, 7]]]


def test_a_phase_that_is_named_twice_counts_once() -> None:
    files = contents(built([document(1, "x", phases=("PHASE1", "PHASE1"))], (), (), SPLIT))
    assert files["manifest.json"]["facets"][2]["values"] == [["PHASE1", "Phase 1", 1]]


def test_names_in_other_scripts_are_found_and_sorted() -> None:
    names = [("Боль", 4), ("頭痛", 4), ("🙂", 4), ("\U00020000\U00020001 病", 4), ("\ufb00ection", 4)]
    documents = [document(1, "Names", [name for name in names if name[0] != "🙂"]), document(2, "🙂 only 🙂")]
    files = contents(built(documents, (), (), SPLIT))
    latin = ["ffection", "name", "nct00000001", "nct00000002", "only"]
    assert list(files["lex/0.json"]) == [*latin, "боль", "病", "頭痛", "\U00020000\U00020001"]
    assert files["fuzzy/4.json"] == [["only", 1], ["боль", 1]]


def test_codes_that_nobody_knows_are_kept_and_come_last() -> None:
    odd = document(1, "x", status="HALF_OPEN", study_type="GAME", phases=("PHASE9", "PHASE2"), sex="OTHER")
    files = contents(built([odd, DOCUMENTS[0]], (), (), SPLIT))
    values = {facet["name"]: facet["values"] for facet in files["manifest.json"]["facets"]}
    assert values["status"][-1] == ["HALF_OPEN", "Half open", 1]
    assert values["study_type"][-1][::2] == ["GAME", 1]
    assert [code for code, *_rest in values["phase"]] == ["PHASE2", "PHASE3", "PHASE9"]
    assert [total for _code, _label, total in values["sex"]] == [2, 2]
