"""Made-up trials for the search, as documents of the index: ordinary ones and hostile ones.

Titles are strings of words; nobody ever ran these trials. The same seed gives the same trials.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialpages.search.concepts import Concept
from trialpages.search.document import SearchDocument
from trialpages.search.numbering import order_key
from trialpages.search.tokens import compounds, key, read_words, terms

CONDITIONS = (
    "Lung Cancer",
    "Non-Small-Cell Lung Cancer",
    "Leukemia",
    "Acute Lymphoblastic Leukaemia",
    "B-cell Lymphoma",
    "Lymphoma",
    "Multiple Myeloma",
    "Type 2 Diabetes",
    "Diabetes Mellitus, Type 2",
    "Heart Attack",
    "Myocardial Infarction",
    "Heart Failure",
    "Asthma",
    "COVID-19",
    "Hay Fever",
    "Crohn's Disease",
    "Ménière Disease",
    "Migraine",
    "Erectile Dysfunction",
    "Tumours",
)
TREATMENTS = (
    "Aspirin",
    "Acetaminophen",
    "Metformin",
    "Anti-PD-1 antibody",
    "Beta blocker",
    "β-blocker",
    "Hydrochlorothiazide",
    "Fictivine",
    "Fictivine 10 mg",
    "Exercise program",
    "Radiotherapy",
    "CAR T-cells",
    "Vitamin D3",
)
OTHER_NAMES = ("Tylenol", "Glucophage", "ASA", "Paracetamol", "Water pill", "PD1", "T2D", "Made-up-303")
PLAIN = (
    *("mild", "mild", "wild", "mold", "mold", "mold"),
    *("study", "trial", "people", "children", "adults", "older", "women", "men", "effect", "safety"),
    *("care", "home", "quality", "life", "early", "late", "new", "standard", "treatment", "comparing"),
    *("combination", "therapy", "therapies", "programme", "colour", "randomised", "controlled"),
    *("disease", "free", "survival", "long", "term", "blood", "sugar", "cells", "cell", "lung"),
    *("lungs", "heart", "sugar", "walking", "sleep", "pain"),
    *("fictiva", "fictival", "fictivan", "fictivar", "fictivas", "fictivat", "fictivax", "fictive"),
    *(
        "fictivel",
        "fictivem",
        "fictiven",
        "fictiver",
        "fictives",
        "fictivo",
        "fictivor",
        "fictivos",
        "fictivu",
        "fictivum",
        "fictivus",
    ),
)
MISSPELLED = ("lunk cancer", "studdi of lungs", "hart attack", "hearth", "asthna")
"""What a few trials say in the place of what many say."""
HOSTILE = (
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "<b>bold</b>",
    "'; --",
    "がん 治療",
    "日本語テスト",
    "Лейкоз у детей",
    "🙂 heart ❤️",
    "\u202eevil\u202c",
    "a\u0000b",
    "𐌰𐌱𐌲 runes",
    "𝒜lpha",
    "﨎end",
    "ａｌｌ",
    "ALL",
    "(.*)+[",
    "x" * 60,
    "../../etc",
    "ﬁbre oﬃce",
    "İstanbul Straße",
    "100%",
    "NUL con",
)
CITIES = (
    ("Springfield", "United States", 39.8, -89.65),
    ("Rivertown", "United States", 40.71, -74.01),
    ("Lakeside", "Canada", 43.65, -79.38),
    ("Ciudad Uno", "Spain", 40.42, -3.7),
    ("Musterstadt", "Germany", 52.52, 13.4),
    ("Tideline East", "Fiji", -17.0, 179.99),
    ("Tideline West", "Fiji", -17.0, -179.99),
    ("North Pole", "Norway", 90.0, 0.0),
    ("South Pole", "Antarctica", -90.0, 45.0),
    ("Null Island", "Côte d'Ivoire", 0.0, 0.0),
    ("Twin B", "Germany", 10.0, 10.0),
    ("Twin A", "Germany", 10.0, 10.0),
    ("東京", "Japan", 35.69, 139.69),
)
STATUSES = (
    *("RECRUITING", "RECRUITING", "RECRUITING", "COMPLETED", "COMPLETED", "NOT_YET_RECRUITING"),
    *("ACTIVE_NOT_RECRUITING", "UNKNOWN", "WITHDRAWN", "AVAILABLE", None),
)
PHASES = ((), ("NA",), ("PHASE1",), ("PHASE1", "PHASE2"), ("PHASE2",), ("PHASE3",), ("EARLY_PHASE1",))
SPONSORS = (
    ("A made-up hospital", "OTHER"),
    ("Fictive Pharma", "INDUSTRY"),
    ("National Institute", "NIH"),
    ("constructor", None),
)
AGES = (None, 0, 0.5, 1.417, 2, 6, 17, 17.999, 18, 21, 65, 75, 99)

Values = Mapping[str, tuple[str, Collection[str]]]
"""The values of a facet by address: what it is called, and the ids of its trials."""


@dataclass(frozen=True)
class Corpus:
    """The trials of a site, in document order, and all else that its index is made of."""

    documents: Sequence[SearchDocument]
    concepts: Sequence[Concept]
    values: Mapping[str, Values]

    @property
    def sets(self) -> dict[str, dict[str, Collection[str]]]:
        """Ids of trials by facet and address."""
        return {
            facet: {slug: ids for slug, (_label, ids) in values.items()}
            for facet, values in self.values.items()
        }


PAIN = ("acetaminophen", "paracetamol", "tylenol")
CONCEPTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "Heart attack",
        ("heart attack", "myocardial infarction"),
        ("heart attack", "myocardial infarction"),
        (),
    ),
    ("Acetaminophen", (*PAIN, "asa"), PAIN, ("asa",)),
    ("Blood cancer", ("blood cancer",), ("leukemia", "lymphoma", "multiple myeloma"), ()),
    ("Erectile dysfunction", ("ed", "erectile dysfunction"), ("erectile dysfunction",), ("ed",)),
    ("Hydrochlorothiazide", ("hydrochlorothiazide", "water pill"), ("hydrochlorothiazide", "water pill"), ()),
    ("Beta blocker", ("beta blocker", "beta-receptor antagonist"), ("beta blocker",), ()),
    ("Lung cancer", ("lung cancer",), ("lung cancer",), ("nonsmallcell", "lung")),
    ("Metformin", ("metformin",), ("metformin",), ("glucophage", "t2d")),
    ("constructor", ("constructor", "__proto__"), ("constructor", "__proto__"), ()),
    ("Unheard-of illness", ("unheard-of illness", "pain"), ("unheard-of illness",), ()),
    ("Type 2 diabetes", ("type 2 diabetes", "t2d", "diabetes type 2"), ("type 2 diabetes",), ("t2d",)),
    ("がん", ("がん", "癌"), ("がん",), ()),
    ("𐌰𐌱𐌲", ("𐌰𐌱𐌲 runes", "𐌰𐌱"), ("𐌰𐌱𐌲 runes",), ()),
)
"""Label, what can be typed, what is found, and what is found where its trials are the others' anyway."""


def corpus(seed: int, trials: int, *, hostile: float = 0.15) -> Corpus:
    """Return made-up trials; that share of their texts is hostile."""
    chance = random.Random(seed)
    made = [_document(chance, number, hostile) for number in range(1, trials + 1)]
    documents = sorted((document for document, _facts in made), key=order_key)
    facts = {document.trial_id: facts for document, facts in made}
    return Corpus(documents, _concepts(documents), {facet: _values(facts, facet) for facet in SETS})


SETS = ("country", "condition", "treatment", "sponsor")


def _document(chance: random.Random, number: int, hostile: float) -> tuple[SearchDocument, dict[str, Any]]:
    def some(most: int, of: Sequence[str]) -> list[str]:
        return [
            chance.choice(HOSTILE) if chance.random() < hostile else chance.choice(of)
            for _ in range(chance.choice((0, 1, 1, most)))
        ]

    trial_id = f"NCT{number:08}"
    conditions, treatments, others = some(3, CONDITIONS), some(2, TREATMENTS), some(2, OTHER_NAMES)
    sponsor, sponsor_class = chance.choice(SPONSORS)
    title = " ".join([*some(6, PLAIN), *conditions[:1], "with", *treatments[:1]])
    if number % 13 == 0:
        title = f"{title} {chance.choice(MISSPELLED)}"
    official, summary = " ".join(some(8, PLAIN)), " ".join([*some(20, PLAIN), *some(3, CONDITIONS)])
    sites = _sites(chance, number)
    countries = sorted({country for _name, country, _north, _east in sites})
    texts = (
        *((text, 4) for text in (title, trial_id, *conditions, *treatments)),
        *((text, 3) for text in others),
        *((text, 2) for text in (official, *countries)),
        *((text, 1) for text in (summary, sponsor, *(name for name, *_rest in sites))),
    )
    lowest, highest = sorted(chance.choices(AGES[1:], k=2), key=lambda age: age or 0)
    names = {**{key(n): (n, 3) for n in others}, **{key(n): (n, 4) for n in (*conditions, *treatments)}}
    document = SearchDocument(
        trial_id=trial_id,
        words=_levels(texts),
        texts=tuple(sorted({key(text) for text, level in texts if level > 1 and " " in key(text)})),
        surfaces=tuple(sorted({w for text, _ in texts for w, term in read_words(text) if w != term})),
        names=tuple(sorted((k, label, level) for k, (label, level) in names.items() if k)),
        links=(),
        status=chance.choice(STATUSES),
        study_type=chance.choice(("INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS", None)),
        phases=chance.choice(PHASES),
        sex=chance.choice(("ALL", "ALL", "FEMALE", "MALE", None)),
        healthy_volunteers=chance.random() < 0.3,
        has_results=chance.random() < 0.3,
        no_placebo_only_group=chance.random() < 0.3,
        sponsor_class=sponsor_class,
        minimum_age=lowest if chance.random() < 0.7 else None,
        maximum_age=highest if chance.random() < 0.5 else None,
        updated=chance.choice(
            (None, *(f"20{year:02}-{month:02}-15" for year in (5, 19, 26) for month in (1, 6)))
        ),
        places=tuple(sorted({(name, north, east) for name, _country, north, east in sites})),
        card={"id": trial_id, "title": title, "purpose": summary},
    )
    return document, {
        "country": countries,
        "condition": conditions,
        "treatment": treatments,
        "sponsor": [sponsor],
    }


def _sites(chance: random.Random, number: int) -> list[tuple[str, str, float, float]]:
    """Return places of a trial: mostly one or two; some trials have none, and one has very many in one town."""
    if number == 7:
        return [
            ("Manysites", "United States", round(30 + at / 100, 2), round(-90 + at % 50 / 100, 2))
            for at in range(200)
        ]
    sites = [chance.choice(CITIES) for _ in range(chance.choice((0, 1, 1, 2, 5)))]
    if chance.random() < 0.4:
        anywhere = (round(chance.uniform(-90, 90), 2), round(chance.uniform(-180, 180), 2))
        sites.append((f"Town {number}", "Spain", *anywhere))
    return sites


def _levels(texts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    highest: dict[str, int] = {}
    for text, level in texts:
        for term in (*terms(text), *compounds(text)):
            highest[term] = max(level, highest.get(term, 0))
    return tuple(sorted(highest.items()))


def _concepts(documents: Iterable[SearchDocument]) -> list[Concept]:
    """Return the concepts above, and one for each name of several words that two trials list."""
    made = [
        Concept(
            keys=tuple(sorted({key(name) for name in typed})),
            label=label,
            finds=tuple(sorted({key(name) for name in finds})),
            doubtful=tuple(sorted({key(name) for name in doubtful})),
        )
        for label, typed, finds, doubtful in CONCEPTS
    ]
    known = {each for concept in made for each in concept.keys}
    listed: dict[str, list[str]] = {}
    for document in documents:
        for name, label, _level in document.names:
            listed.setdefault(name, []).append(label)
    several = {name: labels for name, labels in listed.items() if " " in name and len(labels) > 1}
    made += [
        Concept(keys=(name,), label=min(labels), finds=(name,))
        for name, labels in several.items()
        if name not in known
    ]
    return sorted(made, key=lambda concept: concept.keys)


def _values(facts: Mapping[str, Mapping[str, Sequence[str]]], facet: str) -> Values:
    """Return the values of a facet, each with its trials, by address."""
    values: dict[str, tuple[str, set[str]]] = {}
    for trial_id, lists in facts.items():
        for label in lists[facet]:
            slug = key(label).replace(" ", "-")
            if slug:
                values.setdefault(slug, (label, set()))[1].add(trial_id)
    return dict(sorted(values.items()))
