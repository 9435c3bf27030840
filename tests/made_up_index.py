"""Six made-up trials, as documents of the search index, with concepts and value sets: small enough to check by eye."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialpages.search.columns import File
from trialpages.search.concepts import Concept
from trialpages.search.document import SearchDocument
from trialpages.search.index import index_files
from trialpages.search.numbering import order_key
from trialpages.search.sizes import Sizes
from trialpages.search.tokens import key, read_words

Names = Sequence[tuple[str, int]]
"""Names with their levels."""
ValueSets = Sequence[tuple[str, Sequence[tuple[str, str, Sequence[str]]]]]

TINY = Sizes(
    collapse=0,
    chunk=2,
    shard_bytes=220,
    inline_trials=2,
    top=2,
    days_block=4,
    tile_bytes=60,
    values_bytes=30,
    top_values=2,
    suggestions=2,
    fuzzy_words=12,
)
"""Sizes at which six trials need several files of each kind."""


def document(number: int, title: str, names: Names = (), told: str = "", **facts: Any) -> SearchDocument:
    """Return a made-up trial's document: its title at level 4, its names as they say, what is told at level 1."""
    trial_id = f"NCT{number:08}"
    texts = [(title, 4), *names, (told, 1), (trial_id, 4)]
    found: dict[str, int] = {}
    surfaces = set()
    for text, level in texts:
        for word, term in read_words(text):
            found[term] = max(level, found.get(term, 0))
            if word != term:
                surfaces.add(word)
    known: dict[str, Any] = {
        "status": None,
        "study_type": None,
        "phases": (),
        "sex": None,
        "healthy_volunteers": False,
        "has_results": False,
        "no_placebo_only_group": False,
        "sponsor_class": None,
        "minimum_age": None,
        "maximum_age": None,
        "updated": None,
        "places": (),
        "links": (),
        **facts,
    }
    return SearchDocument(
        trial_id=trial_id,
        words=tuple(sorted(found.items())),
        texts=tuple(sorted({key(text) for text, level in texts if level > 1 and " " in key(text)})),
        surfaces=tuple(sorted(surfaces)),
        names=tuple(sorted((key(name), name, level) for name, level in names if key(name))),
        card={"id": trial_id, "title": title, **({"status": known["status"]} if known["status"] else {})},
        **known,
    )


BOSTON = ("Boston, Massachusetts", 42.36, -71.06)
CAMBRIDGE = ("Cambridge, Massachusetts", 42.37, -71.11)
VIENNA = ("Vienna, Austria", 48.21, 16.37)

DOCUMENTS = (
    document(
        1,
        "Aspirin after a heart attack",
        [("Myocardial Infarction", 4), ("Aspirin", 4), ("ASA", 3)],
        "People in Boston take aspirin for a year.",
        status="RECRUITING",
        study_type="INTERVENTIONAL",
        phases=("PHASE3",),
        sex="ALL",
        minimum_age=18,
        updated="2026-10-01",
        sponsor_class="OTHER",
        places=(BOSTON, CAMBRIDGE),
    ),
    document(
        2,
        "Exercise for women with heart failure",
        [("Heart Failure", 4), ("Exercise", 4)],
        "The heart may grow stronger.",
        status="RECRUITING",
        study_type="INTERVENTIONAL",
        phases=("NA",),
        sex="FEMALE",
        minimum_age=18,
        maximum_age=75,
        updated="2026-11-20",
        no_placebo_only_group=True,
        places=(BOSTON,),
    ),
    document(
        3,
        "Fictivine for asthma in children",
        [("Asthma", 4), ("Fictivine", 4)],
        "Half of the children take aspirin as well.",
        status="COMPLETED",
        study_type="INTERVENTIONAL",
        phases=("PHASE1", "PHASE2"),
        sex="ALL",
        minimum_age=0.5,
        maximum_age=11,
        has_results=True,
        healthy_volunteers=True,
        updated="2025-02-28",
        sponsor_class="INDUSTRY",
        places=(VIENNA,),
    ),
    document(
        4,
        "How people live with heart failure",
        [("Heart Failure", 4), ("Failure, Heart", 2)],
        status="NOT_YET_RECRUITING",
        study_type="OBSERVATIONAL",
        updated="2026-11-20",
        places=(VIENNA,),
    ),
    document(5, "A study of which nothing is known"),
    document(
        6,
        "Боль и 頭痛 🙂 Ménière’s disease",
        [("Ménière Disease", 4), ("Боль", 4), ("頭痛", 3), ("🙂", 2)],
        status="SOME_NEW_STATUS",
        study_type="INTERVENTIONAL",
        sex="MALE",
        updated="2026-02-30",
        places=(("Київ, Ukraine", 50.45, 30.52),),
    ),
)

CONCEPTS = (
    Concept(
        keys=("heart attack", "mi", "myocardial infarction"),
        label="Heart attack",
        finds=("heart attack", "myocardial infarction"),
    ),
    Concept(keys=("acetylsalicylic acid", "aspirin"), label="Aspirin", finds=("aspirin",), doubtful=("asa",)),
    Concept(keys=("failur heart", "heart failur"), label="Heart failure", finds=("heart failur",)),
    Concept(
        keys=("heart diseas",),
        label="Heart disease",
        finds=("heart attack", "heart failur", "myocardial infarction"),
    ),
)

VALUE_SETS: ValueSets = (
    (
        "country",
        (
            ("ukraine", "Ukraine", ("NCT00000006",)),
            ("austria", "Austria", ("NCT00000003", "NCT00000004")),
            ("united-states", "United States", ("NCT00000001", "NCT00000002")),
        ),
    ),
    (
        "condition",
        (
            ("heart-failure", "Heart failure", ("NCT00000004", "NCT00000002")),
            ("asthma", "Asthma", ("NCT00000003",)),
            ("heart-attack", "Heart attack", ("NCT00000001",)),
        ),
    ),
    ("treatment", (("aspirin", "Aspirin", ("NCT00000001",)),)),
    ("sponsor", ()),
)


def built(
    documents: Iterable[SearchDocument] = DOCUMENTS,
    concepts: Iterable[Concept] = CONCEPTS,
    value_sets: ValueSets = VALUE_SETS,
    sizes: Sizes | None = None,
) -> list[File]:
    """Return the files of an index, the documents in their order."""
    ordered = sorted(documents, key=order_key)
    order = [each.trial_id for each in ordered]
    return list(index_files(order, lambda: ordered, lambda _names: concepts, value_sets, sizes=sizes))


def contents(files: Iterable[File]) -> Mapping[str, Any]:
    """Return what the files hold, by path."""
    return {path: json.loads(content) for path, content in files}


def shown(files: Iterable[File]) -> str:
    """Return files as a text, one in a line: the path and the bytes."""
    return "".join(f"{path} {content.decode()}" for path, content in sorted(files))


def write(files: Iterable[File], folder: Path) -> Path:
    """Write files as a site serves them; return the folder of the index."""
    written = dict(files)
    latest = written.pop("latest.json")
    index = folder / "search" / str(json.loads(latest)["index"])
    for path, content in written.items():
        (index / path).parent.mkdir(parents=True, exist_ok=True)
        (index / path).write_bytes(content)
    (folder / "search" / "latest.json").write_bytes(latest)
    return index
