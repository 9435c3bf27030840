"""Names that mean the same: links of one trial, groups that records agree on, and what editors wrote.

Every trial, and every company and medicine whose name ends in `x`, is made up.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from trialpages.model.editorial import ConditionFile, SearchSynonyms, TreatmentFile
from trialpages.model.shared_files import SharedFiles, read_shared
from trialpages.model.trial import Agency, Intervention, Location, MeshTerm, Trial
from trialpages.search.concepts import Concept, Names, concepts
from trialpages.search.document import SearchDocument, search_document
from trialpages.search.document_links import Link, links
from trialpages.search.names import as_label, identity
from trialpages.search.tokens import key
from trialpages.site.cards import card
from trialpages.words.diagnostics import Sink

CONTENT = Path(__file__).parent.parent / "content"


def drug(name: str, *others: str, kind: str = "DRUG") -> Intervention:
    return Intervention(name=name, type=kind, other_names=others)


def mesh(*terms: str) -> tuple[MeshTerm, ...]:
    return tuple(MeshTerm(id="D0", term=term) for term in terms)


def made_up(**facts: Any) -> Trial:
    return Trial(**{"trial_id": "NCT00000001", "brief_title": "A made-up study", **facts})


def linked(*items: Intervention, headings: tuple[str, ...] = (), **facts: Any) -> tuple[Link, ...]:
    return links(made_up(interventions=items, intervention_meshes=mesh(*headings), **facts))


def named(*trials: Trial) -> Names:
    names = Names()
    for number, trial in enumerate(trials):
        names.add(number, search_document(card(trial), trial))
    return names


def found(*trials: Trial, shared: SharedFiles | None = None) -> dict[str, Concept]:
    made = concepts(named(*trials), shared or SharedFiles())
    return {concept.label: concept for concept in made}


def test_brands_codes_and_short_forms_of_a_medicine() -> None:
    assert linked(drug("Tadalafil 20 mg", "Cialis®", "LY450190")) == (
        ("other name", "tadalafil", "cial"),
        ("other name", "tadalafil", "ly450190"),
    )
    assert linked(drug("Vardenafil (Levitra)"), headings=("Vardenafil",)) == (
        ("other name", "vardenafil", "levitra"),
    )
    assert linked(drug("Ferric carboxymaltose", "FCM, Ferinject"), headings=("ferric carboxymaltose",)) == (
        ("other name", "ferric carboxymaltos", "ferinject"),
        ("short form", "fcm", "ferric carboxymaltos"),
    )


def test_what_stands_among_other_names_and_is_none() -> None:
    assert linked(drug("Placebo", "Tadalafil placebo")) == ()
    assert linked(drug("Enalaprilx", "ACE inhibitor", "treatment group 2", "20 mg", "once daily")) == ()
    assert linked(drug("Linaglix", "Trade name Trajx by Made-up Pharma GmbH, Town, France")) == ()
    assert linked(drug("Epogx (Amgex)"), drug("Control")) == (("loose name", "epogx", "amgex"),)
    assert linked(drug("Group 2", "Trimixx")) == ()
    assert linked(drug("Exercise", "Training", kind="BEHAVIORAL")) == ()


def test_parts_of_a_combination_and_other_treatments_are_no_other_names() -> None:
    assert linked(drug("Carbox + Taxox", "Paraplax", "Taxolx")) == ()
    assert linked(drug("Carbox/Taxox", "Bothx")) == (("other name", "carbox taxox", "bothx"),)
    assert linked(drug("Perindoprix", "Valsarx"), drug("Valsarx")) == ()
    assert linked(drug("Perindoprix", "Valsarx"), headings=("Perindoprix", "Valsarx")) == ()


def test_towns_countries_and_sponsors_are_no_other_names() -> None:
    facts: dict[str, Any] = {
        "locations": (Location(city="Lyonx", country="France"),),
        "lead_sponsor": Agency(name="Companx"),
        "acronym": "HORIZONX",
    }
    assert linked(drug("Omegax", "Lyonx", "France", "Companx", "Horizonx"), **facts) == ()


def test_other_names_that_share_a_word_are_narrower_or_wider_unless_they_differ_in_a_salt() -> None:
    assert linked(drug("Interferox alfa", "Interferox beta")) == ()
    assert linked(drug("Metoprolx", "Metoprolx succinate")) == (
        ("other name", "metoprolx", "metoprolx succinat"),
    )


def test_the_one_condition_that_is_left_has_the_one_heading_that_is_left() -> None:
    assert links(
        made_up(conditions=("Fever", "Cardiac Arrest"), condition_meshes=mesh("Heart Arrest", "Fever"))
    ) == (("heading", "cardiac arrest", "heart arrest"),)
    assert links(made_up(conditions=("One", "Two"), condition_meshes=mesh("Three", "Four"))) == ()


def trials(count: int, **facts: Any) -> list[Trial]:
    return [made_up(**facts) for _ in range(count)]


def test_a_medicine_is_one_concept_under_all_its_names() -> None:
    made = found(
        *trials(3, interventions=(drug("Tadalax", "Cialisx"),)),
        *trials(1, interventions=(drug("TX-1234", "Tadalax"),)),
    )
    assert made["Tadalax"] == Concept(
        keys=("cialisx", "tadalax", "tx 1234", "tx1234"),
        label="Tadalax",
        finds=("cialisx", "tadalax", "tx1234"),
    )


def test_one_step_and_no_chain() -> None:
    made = found(
        *trials(5, interventions=(drug("Alphax", "Betax"),)),
        *trials(1, interventions=(drug("Betax", "Gammax"),)),
        *trials(4, interventions=(drug("Gammax", "Deltax"),)),
    )
    assert {concept.keys for concept in made.values()} == {("alphax", "betax"), ("deltax", "gammax")}


def test_a_name_of_several_unlike_things_is_a_name_of_none() -> None:
    made = found(
        *trials(2, interventions=(drug("Alphax", "Sharedx"),)),
        *trials(2, interventions=(drug("Betax", "Sharedx"),)),
    )
    assert made == {}


def test_a_slip_of_one_among_many_trials_joins_nothing() -> None:
    made = found(
        *trials(9, interventions=(drug("Alphax"),)),
        *trials(9, interventions=(drug("Betax"),)),
        *trials(1, interventions=(drug("Alphax", "Betax"),)),
    )
    assert made == {}


def test_trials_must_agree_on_a_heading_and_it_must_not_be_wider() -> None:
    arrest = {"conditions": ("Cardiac Arrest",), "condition_meshes": mesh("Heart Arrest")}
    assert "Cardiac Arrest" not in found(*trials(1, **arrest))
    assert found(*trials(2, **arrest))["Cardiac Arrest"].finds == ("cardiac arrest", "heart arrest")
    wider = {"conditions": ("Obstructive Fever",), "condition_meshes": mesh("Fever")}
    assert found(*trials(2, **wider))["Obstructive Fever"].finds == ("obstructiv fever",)
    narrower = {"conditions": ("Chronic Insomnia",), "condition_meshes": mesh("Sleep Disorders")}
    assert found(*trials(2, **narrower))["Chronic Insomnia"].finds == ("chronic insomnia",)


def test_a_short_form_with_one_meaning_is_doubtful_until_the_trials_say_more() -> None:
    made = found(*trials(1, conditions=("Heart failure (HF)",)))
    assert made["Heart failure"] == Concept(
        keys=("heart failur",), label="Heart failure", finds=("heart failur",), doubtful=("hf",)
    )


def test_a_short_form_with_two_meanings_has_none() -> None:
    made = found(
        *trials(2, conditions=("Mitral stenosis (MS)",)), *trials(2, conditions=("Multiple sclerosis (MS)",))
    )
    assert [concept.doubtful for concept in made.values()] == [(), ()]


def test_a_name_of_several_words_is_a_concept_when_two_trials_list_it() -> None:
    assert found(*trials(1, conditions=("Rare fever",))) == {}
    made = found(*trials(1, conditions=("Rare fever",)), *trials(1, keywords=("RARE FEVER",)))
    assert made == {"Rare fever": Concept(keys=("rare fever",), label="Rare fever", finds=("rare fever",))}
    assert found(*trials(2, conditions=("Fever",))) == {}


def test_readers_may_type_a_number_apart_that_records_have_joined() -> None:
    (concept,) = found(*trials(2, conditions=("Type II Diabetes",))).values()
    assert concept.keys == ("type 2 diabet", "type2 diabet")
    assert concept.finds == ("type2 diabet",)


def test_the_orders_of_words_are_one_name() -> None:
    made = found(
        *trials(2, condition_meshes=mesh("Leukemia, Myeloid, Acute")),
        *trials(2, conditions=("Leukemia, acute myeloid",)),
    )
    assert made["Acute Myeloid Leukemia"].keys == ("acut myeloid leukemia", "leukemia acut myeloid")


def condition(slug: str, name: str, *others: str, parent: str | None = None) -> ConditionFile:
    return ConditionFile(slug=slug, name=name, other_names=others, parent=parent)


def test_a_wider_condition_finds_the_narrower_ones_with_their_names() -> None:
    shared = SharedFiles(
        conditions=(
            condition("blood", "Blood illnessx"),
            condition("leukemia", "Leukemia", parent="blood"),
            condition("hcl", "Hairy cell leukemia", "HCL", "Leukemic reticulox", parent="leukemia"),
        )
    )
    made = found(shared=shared)
    assert made["Blood illnessx"].finds == (
        "blood illnessx",
        "hairy cell leukemia",
        "leukemia",
        "leukemic reticulox",
    )
    assert made["Leukemia"].finds == ("hairy cell leukemia", "leukemia", "leukemic reticulox")
    assert made["Hairy cell leukemia"] == Concept(
        keys=("hairy cell leukemia", "hcl", "leukemic reticulox"),
        label="Hairy cell leukemia",
        finds=("hairy cell leukemia", "leukemic reticulox"),
        doubtful=("hcl",),
    )


def synonyms(*entries: dict[str, tuple[str, ...]]) -> SharedFiles:
    return SharedFiles(search_synonyms=tuple(SearchSynonyms(**entry) for entry in entries))


def test_synonyms_go_both_ways_what_they_find_one_way_and_what_is_typed_one_way() -> None:
    made = found(
        shared=synonyms(
            {"names": ("blood thinners",), "finds": ("warfarinx", "anticoagulants")},
            {"names": ("anticoagulants", "anticlotx"), "finds": ("heparinx",), "typed": ("AC",)},
        )
    )
    assert made["Blood thinners"] == Concept(
        keys=("blood thinner",),
        label="Blood thinners",
        finds=("anticlotx", "anticoagulant", "blood thinner", "heparinx", "warfarinx"),
    )
    assert made["Anticoagulants"] == Concept(
        keys=("ac", "anticlotx", "anticoagulant"),
        label="Anticoagulants",
        finds=("anticlotx", "anticoagulant", "heparinx"),
        doubtful=("ac",),
    )


def test_an_entry_adds_to_the_file_that_has_one_of_its_names() -> None:
    shared = SharedFiles(
        treatments=(TreatmentFile(slug="a", name="Aspirinx", other_names=("ASA-1234",)),),
        search_synonyms=(SearchSynonyms(names=("headache pillx", "aspirinx")),),
    )
    (concept,) = found(shared=shared).values()
    assert concept.label == "Aspirinx"
    assert concept.finds == ("asa1234", "aspirinx", "headach pillx")


def test_records_add_to_what_editors_wrote_and_never_overrule_it() -> None:
    shared = synonyms({"names": ("tadalax", "Cialisx")}, {"names": ("Sildenax",), "finds": ("Viagrx",)})
    made = found(
        *trials(3, interventions=(drug("Tadalax", "Adcirx"),)),
        *trials(3, interventions=(drug("Sildenax", "Cialisx"),)),
        *trials(2, interventions=(drug("Viagrx", "Revatx"),)),
        shared=shared,
    )
    assert made["Tadalax"].keys == ("adcirx", "cialisx", "tadalax")
    assert made["Sildenax"].keys == ("sildenax",)
    assert made["Sildenax"].finds == ("revatx", "sildenax", "viagrx")
    assert made["Revatx"].keys == ("revatx", "viagrx")


def test_circles_end() -> None:
    made = found(
        shared=synonyms({"names": ("ax",), "finds": ("bx",)}, {"names": ("bx",), "finds": ("cx", "ax")})
    )
    assert made["Ax"].finds == made["Bx"].finds == ("ax", "bx", "cx")


def test_labels_are_what_most_trials_say_without_shouting() -> None:
    names = named(*trials(1, conditions=("HEART FAILURE",)), *trials(1, conditions=("heart failure",)))
    assert names.label("heart failur") == "Heart failure"
    assert names.listed.count("heart failur") == 2
    assert names.label("nobody says this") == ""
    assert [as_label(label) for label in ("COPD", "mRNA vaccine", "β-blocker", "")] == [
        "COPD",
        "mRNA vaccine",
        "Β-blocker",
        "",
    ]
    assert identity("leukemia acut") == identity("acut leukemia") != identity("leukemia")


def sample() -> SharedFiles:
    sink: Sink = []
    files = {
        path.relative_to(CONTENT.parent).as_posix(): path.read_bytes()
        for path in sorted(CONTENT.rglob("*.yaml"))
        if "trials" not in path.parts
    }
    shared = read_shared(files, sink)
    assert sink == []
    return shared


def test_the_sample_list_has_no_name_that_the_search_reads_as_two_things() -> None:
    owners: dict[str, str] = {}
    shared = sample()
    assert len(shared.search_synonyms) > 100
    for entry in shared.search_synonyms:
        for name in (*entry.names, *entry.typed):
            assert owners.setdefault(key(name), entry.names[0]) == entry.names[0], name


def test_a_key_belongs_to_one_concept() -> None:
    made = concepts(named(*trials(2, conditions=("Heart failure (HF)", "Type 2 diabetes"))), sample())
    keys = [each for concept in made for each in concept.keys]
    assert len(keys) == len(set(keys))
    assert all(concept.finds and concept.label for concept in made)


def test_the_order_of_the_trials_does_not_matter() -> None:
    several = [
        *trials(3, interventions=(drug("Tadalax", "Cialisx"),)),
        *trials(
            2, interventions=(drug("Cialisx", "Tadalax"),), conditions=("Some fever (SF)", "fever, some")
        ),
        *trials(2, conditions=("Cardiac Arrest",), condition_meshes=mesh("Heart Arrest")),
    ]
    documents: list[SearchDocument] = [search_document(card(trial), trial) for trial in several]
    made = []
    for seed in range(5):
        names = Names()
        for number, document in enumerate(random.Random(seed).sample(documents, len(documents))):
            names.add(number, document)
        made.append(concepts(names, sample()))
    assert all(other == made[0] for other in made)
