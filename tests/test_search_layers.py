"""Layers of a frequent term: what is written is what another reader of the format reads, whatever the levels are."""

from __future__ import annotations

import doctest
import json
import random
from collections.abc import Sequence

import pytest
from search import reader
from search.reader import layered, levels

from trialpages.search import layers as module
from trialpages.search.layers import FREQUENT, layers, set_file


def postings(found: Sequence[int]) -> list[int]:
    """Return the postings of trials by their levels, 0 for a trial without the term."""
    return [number * 8 + level for number, level in enumerate(found) if level]


@pytest.mark.parametrize("each", [module, reader])
def test_the_examples_are_true(each: object) -> None:
    tried = doctest.testmod(each)  # type: ignore[arg-type]
    assert tried.attempted and not tried.failed


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([4], ["gA", "gA", "gA", "gA"]),
        ([0, 0, 0, 0, 0, 1], ["BA"]),
        ([0, 0, 0, 0, 0, 0, 2], ["Ag", "gA"]),
        ([3, 0, 1], ["oA", "gA", "gA"]),
        ([2, 2, 2, 1, 0], ["8A", "4A"]),
        ([1] * 24, ["////"]),
        ([0] * 9, []),
    ],
)
def test_a_layer_has_a_bit_for_each_trial_of_the_layer_before(found: list[int], expected: list[str]) -> None:
    assert layers(postings(found), len(found)) == expected


@pytest.mark.parametrize("seed", range(8))
def test_what_was_put_in_is_read_again(seed: int) -> None:
    chance = random.Random(seed)
    for trials in (1, 7, 8, 9, 63, 500):
        weights = [chance.choice((0, 0, 1, 20)) for _level in range(4)]
        found = chance.choices(range(5), [1, *weights], k=trials)
        made = json.loads(json.dumps(layers(postings(found), trials)))
        assert layered(made, trials) == {number: level for number, level in enumerate(found) if level}


def test_the_form_depends_on_how_many_trials_have_the_term() -> None:
    found = [0, 3, 1, *[0] * (2 * FREQUENT - 3)]
    assert json.loads(set_file(postings(found), len(found))) == {
        "layers": layers(postings(found), len(found))
    }
    found += [0]
    content = json.loads(set_file(postings(found), len(found)))
    assert content == [[], [1], [], [2]]
    assert levels(content) == {1: 3, 2: 1}
