"""Registry records as a corpus of the search: made as a build makes it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from search.corpora import Corpus
from trialpages.machine.memo import open_memo_read_only
from trialpages.model.card import Card
from trialpages.model.registry import decode_registry
from trialpages.model.shared_files import SharedFiles, read_shared
from trialpages.pages.listing_items import places
from trialpages.read.config import Config
from trialpages.search.concepts import concepts
from trialpages.search.document import SearchDocument, search_document
from trialpages.search.names import Names
from trialpages.search.numbering import order_key
from trialpages.site.cards import card
from trialpages.site.site import assemble
from trialpages.stages.build import MEMO_NAME, check
from trialpages.stages.content import read_content
from trialpages.stages.options import Options
from trialpages.stages.search_index import value_sets
from trialpages.words.diagnostics import ERROR, Sink


def corpus_of(records: Iterable[bytes], shared: SharedFiles) -> Corpus:
    """Return the trials of raw records with the names and topics that they make; a fault fails."""
    documents, cards = [], []
    for data in records:
        sink: Sink = []
        trial = decode_registry(data, "record.json", sink)
        assert trial is not None, sink
        assert not sink
        cards.append(card(trial))
        documents.append(search_document(cards[-1], trial, where=places(cards[-1])))
    return _corpus(documents, cards, shared)


def corpus_of_site(options: Options) -> Corpus:
    """Return the trials of a site, decoded into the cache that the options name."""
    sink: Sink = []
    assert not check(options).errors
    shared = read_content(options, sink).shared
    memo = open_memo_read_only(options.cache / MEMO_NAME)
    units = list(memo.units())
    cards = [msgspec.msgpack.decode(unit.card, type=Card) for unit in units]
    documents = [
        msgspec.msgpack.decode(memo.document(unit.name) or b"", type=SearchDocument) for unit in units
    ]
    memo.close()
    return _corpus(documents, cards, shared)


def _corpus(documents: Iterable[SearchDocument], cards: Iterable[Card], shared: SharedFiles) -> Corpus:
    ordered = sorted(documents, key=order_key)
    names = Names()
    for number, document in enumerate(ordered):
        names.add(number, document)
    sets = value_sets(assemble(cards, shared, Config(name="Records")))
    values = {facet: {slug: (label, set(ids)) for slug, label, ids in rows} for facet, rows in sets}
    return Corpus(ordered, concepts(names, shared), values)


def shared_files(content: Path) -> SharedFiles:
    """Return what the editors of a site wrote for all trials."""
    sink: Sink = []
    folders = ("conditions", "treatments", "sponsors")
    paths = [path for folder in folders for path in sorted((content / folder).glob("*.yaml"))]
    paths += sorted(content.glob("*-*.yaml"))
    shared = read_shared({path.relative_to(content).as_posix(): path.read_bytes() for path in paths}, sink)
    assert not [each for each in sink if each.severity == ERROR]
    return shared


def hostile_records() -> list[bytes]:
    """Return records that lack nearly everything, and one with two thousand places in one town."""
    bare = [_record(number) for number in range(1, 5)]
    bare[1]["protocolSection"]["conditionsModule"] = {"conditions": ["__proto__", "constructor", "🙂", "癌"]}
    bare[2]["protocolSection"]["identificationModule"]["briefTitle"] = "\u202ea\u0301 \u200b<b>"
    bare[3]["protocolSection"]["eligibilityModule"] = {"sex": "ALL", "minimumAge": "6 Months"}
    crowded = _record(5)
    crowded["protocolSection"]["statusModule"] = {"overallStatus": "RECRUITING"}
    crowded["protocolSection"]["contactsLocationsModule"] = {
        "locations": [
            {
                "facility": f"Hospital {number}",
                "city": "Manysites",
                "country": "Germany",
                "status": "RECRUITING",
                "geoPoint": {"lat": 52.52, "lon": 13.4},
            }
            for number in range(2000)
        ]
    }
    return [msgspec.json.encode(record) for record in (*bare, crowded)]


def _record(number: int) -> dict[str, Any]:
    title = f"A made-up study of lung cancer {number}"
    return {
        "protocolSection": {"identificationModule": {"nctId": f"NCT0000000{number}", "briefTitle": title}}
    }
