"""A site of made-up trials in any number, written as editors write them: `trial.yaml` and `summary.md`.

    python -m benchmarks.written_trials 10000 FOLDER

Each trial has about 13.5 kB of YAML and 1.2 kB of Markdown: ten rules, two groups, 50 health problems, 10 to 100 places.
Trial n is the same whatever the number of trials. No name, place of care, figure or drug in it is real, and its
numbers begin with 9, which the registry has not reached.
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

SITE = """\
name: A made-up site for measurements
description: Made-up trials, in any number.
base_url: https://measured.example/trials/
"""
CONDITIONS = (
    "Asthma", "Migraine", "Psoriasis", "Heart Failure", "Type 2 Diabetes", "Breast Cancer", "Ulcerative Colitis",
    "Rheumatoid Arthritis", "Chronic Kidney Disease", "Multiple Myeloma", "Parkinson Disease", "Atopic Dermatitis",
    "Sickle Cell Disease", "Cystic Fibrosis", "Hepatitis B", "Major Depressive Disorder",
)  # fmt: skip
DRUGS = tuple(
    f"{first}{middle}{last}" for first in ("bari", "lomo", "teva", "quini") for middle in ("ster", "ludo")
    for last in ("vex", "zumib")
)  # fmt: skip
TOWNS = (
    ("Boston", "United States", 42.36, -71.06), ("Houston", "United States", 29.76, -95.37),
    ("Toronto", "Canada", 43.65, -79.38), ("Leeds", "United Kingdom", 53.80, -1.55), ("Lyon", "France", 45.76, 4.84),
    ("Berlin", "Germany", 52.52, 13.41), ("Zürich", "Switzerland", 47.38, 8.54), ("Madrid", "Spain", 40.42, -3.70),
    ("Nairobi", "Kenya", -1.29, 36.82), ("Mumbai", "India", 19.08, 72.88), ("Seoul", "South Korea", 37.57, 126.98),
    ("Osaka", "Japan", 34.69, 135.50), ("Sydney", "Australia", -33.87, 151.21),
)  # fmt: skip
HOUSES = ("General Hospital", "University Clinic", "Day Clinic", "Trials Unit")
PHASES = ("PHASE1", "PHASE2", "PHASE3", "PHASE4")
STATUSES = ("RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED", "NOT_YET_RECRUITING", "TERMINATED")
ORGANS = (
    "Gastrointestinal disorders", "Nervous system disorders", "Infections and infestations", "Cardiac disorders",
    "Skin and subcutaneous tissue disorders", "Psychiatric disorders", "General disorders", "Vascular disorders",
)  # fmt: skip
PROBLEMS = tuple(
    f"{kind} {place}"
    for place in (
        "of the skin",
        "of the stomach",
        "of the head",
        "of the chest",
        "of the joints",
        "of the back",
    )
    for kind in ("Pain", "Rash", "Swelling", "Numbness", "Itching", "Tightness", "Redness", "Cramps", "Heat")
)
MUST = (
    "Aged {age} years or older on the day of the first visit",
    "Has had {condition} for at least {months} months",
    "Has taken the same dose of all other medicines for at least {weeks} weeks",
    "Has a body mass index of less than {index} kg/m2",
    "Is able to come to all visits of the study",
)
MUST_NOT = (
    "Is allergic to {drug} or to any part of it",
    "Took part in another study in the last {weeks} weeks",
    "Is pregnant or feeds a baby at the breast",
    "Has severe disease of the kidneys (eGFR < {index} mL/min)",
    "Had a heart attack or a stroke in the last {months} months",
)
SUMMARY = """\
## In short

This made-up study asks whether **{drug}** helps people who have *{condition}*. Nobody has been given {drug}, because
there is no such drug. About {people} people are said to take part. Half of them get {drug}. The others get a placebo,
which looks the same and has no active part.

## Who is the study for?

People who are {age} years or older, and have had {condition} for {months} months or longer. The study team looks at
all the rules with each person.

## What is being tested?

1. **Tests** for up to {weeks} weeks, to see whether you can take part
2. **Treatment** for {months} months
3. **A last visit** {weeks} weeks later

At a visit the team will:

- ask how you feel, and which medicines you take
- measure your blood pressure and your weight
- take a small sample of your blood

## What are the potential side effects?

A chart on this page shows what was counted, with made-up numbers.

## What does taking part involve?

Many people with {condition} still have problems with the treatments of today. This text has the length that such
texts have, and says nothing about a real treatment.
"""


def written_trial(number: int) -> dict[str, str]:
    """Return the files of one trial by name."""
    dice = random.Random(f"trial {number}")  # noqa: S311 - made-up trials, not secrets
    condition, drug = dice.choice(CONDITIONS), dice.choice(DRUGS).capitalize()
    first, second = dice.randint(40, 600), dice.randint(40, 600)
    values = {
        "condition": condition.lower(),
        "drug": drug,
        "people": first + second,
        "age": dice.choice((18, 21, 40)),
        "months": dice.choice((3, 6, 12)),
        "weeks": dice.choice((2, 4, 8)),
        "index": dice.choice((30, 35, 40)),
    }
    status = dice.choice(STATUSES)
    lines = [
        *_head(number, dice, condition, values, status),
        *_rules(values),
        *_groups(drug, values),
        *_places(dice),
        *_problems(dice, drug, (first, second)),
    ]
    return {"trial.yaml": "\n".join(lines) + "\n", "summary.md": SUMMARY.format_map(values)}


def write(count: int, folder: Path) -> None:
    """Write a site of that many trials."""
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text(SITE, "utf-8")
    for number in range(count):
        trial = content / "trials" / f"NCT{90_000_000 + number:08}"
        trial.mkdir(parents=True, exist_ok=True)
        for name, text in written_trial(number).items():
            (trial / name).write_text(text, "utf-8")


def _head(
    number: int, dice: random.Random, condition: str, values: Mapping[str, object], status: str
) -> Iterator[str]:
    start = datetime.date(2020, 1, 1) + datetime.timedelta(days=dice.randint(0, 1400))
    drug = values["drug"]
    yield f"nct_id: NCT{90_000_000 + number:08}"
    yield f"title: {drug} for {values['condition']} (made-up study {number})"
    yield f"official_title: A Made-up Study of {drug} Against a Placebo in People With {condition}"
    yield f"overall_status: {status}"
    yield "status_verified_date: 2026-11"
    yield f"start_date: {{date: {start.isoformat()}, type: ACTUAL}}"
    end = (start + datetime.timedelta(days=900)).isoformat()
    yield f"completion_date: {{date: {end}, type: ESTIMATED}}"
    yield "last_update_post_date: 2026-11-20"
    yield "retrieved: 2026-11-22"
    yield f"lead_sponsor: {{name: Made-up University {number % 40}, agency_class: OTHER}}"
    yield "study_type: INTERVENTIONAL"
    yield f"phases: [{dice.choice(PHASES)}]"
    yield "allocation: RANDOMIZED"
    yield "intervention_model: PARALLEL"
    yield "masking: DOUBLE"
    yield "primary_purpose: TREATMENT"
    yield f"enrollment: {{count: {values['people']}, type: ACTUAL}}"
    yield f"conditions: [{condition}]"
    yield f"minimum_age: {values['age']} Years"
    yield "sex: ALL"
    yield "healthy_volunteers: no"
    yield "primary_outcomes:"
    yield "  - measure: Change of the score of symptoms"
    yield f"    time_frame: Start, month {values['months']}"
    yield "secondary_outcomes:"
    for measure in ("Number of people whose score falls by half", "Number of people with health problems"):
        yield f"  - measure: {measure}"
        yield f"    time_frame: Month {values['months']}"


def _rules(values: Mapping[str, object]) -> Iterator[str]:
    for name, rules in (("inclusion_criteria", MUST), ("exclusion_criteria", MUST_NOT)):
        yield f"{name}:"
        for rule in rules:
            yield f"  - text: {rule.format_map(values)}"


def _groups(drug: str, values: Mapping[str, object]) -> Iterator[str]:
    yield "arm_groups:"
    for label, kind in ((drug, "EXPERIMENTAL"), ("Placebo", "PLACEBO_COMPARATOR")):
        yield f"  - label: {label}"
        yield f"    type: {kind}"
        yield f"    description: {label} once a day for {values['months']} months, with the usual care"
        yield f"    intervention_names: [{label}]"
    yield "interventions:"
    for label in (drug, "Placebo"):
        yield f"  - name: {label}"
        yield "    type: DRUG"
        yield f"    description: {label} is taken as a tablet in the morning"
        yield f"    arm_group_labels: [{label}]"


def _places(dice: random.Random) -> Iterator[str]:
    yield "locations:"
    for _ in range(min(100, max(10, int(dice.lognormvariate(2.6, 0.7))))):
        town, country, north, east = dice.choice(TOWNS)
        latitude, longitude = north + dice.uniform(-0.2, 0.2), east + dice.uniform(-0.2, 0.2)
        yield f"  - facility: {town} {dice.choice(HOUSES)}"
        yield f"    city: {town}"
        yield f"    country: {country}"
        yield f"    latitude: {latitude:.4f}"
        yield f"    longitude: {longitude:.4f}"


def _problems(dice: random.Random, drug: str, people: tuple[int, int]) -> Iterator[str]:
    yield "has_results: yes"
    yield "adverse_events:"
    yield "  frequency_threshold: 0"
    yield "  time_frame: From the first dose to the last visit"
    yield "  event_groups:"
    for index, (title, count) in enumerate(zip((drug, "Placebo"), people, strict=True)):
        yield f"    - {{id: EG00{index}, title: {title}, other_num_affected: {count // 2}, other_num_at_risk: {count}}}"
    yield "  other_events:"
    for term in sorted(dice.sample(PROBLEMS, 50)):
        share = dice.random() ** 3 * 0.4
        yield f"    - term: {term}"
        yield f"      organ_system: {ORGANS[PROBLEMS.index(term) % len(ORGANS)]}"
        yield "      counts:"
        for index, count in enumerate(people):
            yield f"        - {{group_id: EG00{index}, num_affected: {int(count * share)}, num_at_risk: {count}}}"


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
