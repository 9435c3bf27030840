"""A random walk over edits keeps every property: the test that finds what nobody thought of.

The seed is printed on failure; `RANDOM_WALK_SEED` repeats one walk, `RANDOM_WALK_STEPS` lengthens it.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from sites import parse_files, run, trial, write
from test_incremental import check_properties

STEPS = int(os.environ.get("RANDOM_WALK_STEPS", "9"))
SEEDS = [int(os.environ["RANDOM_WALK_SEED"])] if "RANDOM_WALK_SEED" in os.environ else [1, 2]

SHARED = parse_files(
    """\
-- content/site.yaml --
name: A made-up site
-- content/treatments/aspirin.yaml --
name: Aspirin
other_names: [ASA]
-- content/glossary.yaml --
- term: Placebo
  meaning: A look-alike without a drug.
-- content/adverse-event-terms.yaml --
- term: Pyrexia
  plain: Fever
-- content/pages/about.md --
---
title: About this site
---
Words about it.
"""
)

EVENTS = """\
adverse_events:
  frequency_threshold: 5
  event_groups: [{id: EG000, title: Aspirin, serious_num_affected: 1, serious_num_at_risk: 40}]
  serious_events: [{term: Anaemia, counts: [{group_id: EG000, num_affected: 1, num_at_risk: 40}]}]
  other_events: [{term: Pyrexia, counts: [{group_id: EG000, num_affected: %d, num_at_risk: 40}]}]
"""


class Walk:
    """A site that changes at random, one kind of edit at a time."""

    def __init__(self, site: Path, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.tick = 0
        self.trials: set[str] = set()
        write(site, SHARED)
        for _ in range(4):
            self.add()

    def step(self) -> str:
        """Make one edit and return its name."""
        self.tick += 1
        kinds = [self.add, self.edit, self.edit, self.rename, self.delete, self.shared, self.template]
        kinds += [self.configure, self.break_or_mend, self.comment]
        chosen = self.random.choice(kinds)
        chosen()
        return chosen.__name__

    def put(self, name: str, text: str) -> None:
        write(self.site, {name: text}, tick=self.tick)

    def path(self, trial_id: str) -> str:
        return f"content/trials/{trial_id}/trial.yaml"

    def some(self) -> str:
        return self.random.choice(sorted(self.trials))

    def facts(self) -> str:
        random_ = self.random
        text = trial(
            f"Made-up study {random_.randrange(1000)}",
            overall_status=random_.choice(["RECRUITING", "COMPLETED", "WITHDRAWN"]),
            conditions=random_.choice(["[Headache]", "[Migraine, Headache]", "[Fever]"]),
            interventions=random_.choice(
                ["[{name: Aspirin, type: DRUG}]", "[{name: ASA, type: DRUG}]", "[]"]
            ),
            phases=random_.choice(["[PHASE2]", "[PHASE1, PHASE2]", "[]"]),
        )
        if random_.random() < 0.4:
            text += EVENTS % random_.randrange(3, 30)
        return text

    def add(self) -> None:
        trial_id = f"NCT{self.random.randrange(1, 60):08d}"
        self.trials.add(trial_id)
        self.put(self.path(trial_id), self.facts())

    def edit(self) -> None:
        self.put(self.path(self.some()), self.facts())

    def comment(self) -> None:
        path = self.path(self.some())
        self.put(path, (self.site / path).read_text() + f"# note {self.tick}\n")

    def delete(self) -> None:
        if len(self.trials) < 3:
            return
        trial_id = self.some()
        self.trials.discard(trial_id)
        path = self.site / self.path(trial_id)
        path.unlink()
        path.parent.rmdir()

    def rename(self) -> None:
        old = self.some()
        new = f"local-{self.random.randrange(1000)}"
        if new in self.trials:
            return
        (self.site / f"content/trials/{old}").rename(self.site / f"content/trials/{new}")
        self.trials.discard(old)
        self.trials.add(new)

    def shared(self) -> None:
        number = self.random.randrange(100)
        self.put("content/adverse-event-terms.yaml", f"- term: Pyrexia\n  plain: Fever, kind {number}\n")

    def template(self) -> None:
        self.put("templates/404.html", f"<!doctype html><title>Gone {self.random.randrange(100)}</title>\n")

    def configure(self) -> None:
        self.put("content/site.yaml", f"name: A made-up site {self.random.randrange(100)}\npage_size: 3\n")

    def break_or_mend(self) -> None:
        path = self.path(self.some())
        text = (self.site / path).read_text()
        broken = "overall_status: OPEN\n"
        self.put(path, text.replace(broken, "") if broken in text else text.replace("title:", "titel:"))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_property_holds_after_every_edit(seed: int, tmp_path: Path) -> None:
    walk = Walk(tmp_path / "site", seed)
    done: list[str] = []
    for _ in range(STEPS):
        done.append(walk.step())
        try:
            check_properties(walk.site, tmp_path / "scratch", run(walk.site))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, after {done}: {error}") from error
