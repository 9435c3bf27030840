from __future__ import annotations

from dataclasses import replace

from made_up_cards import agency, drugs, made_up_card, made_up_site

from trialpages.model.editorial import ConditionFile, TreatmentFile
from trialpages.model.shared_files import SharedFiles
from trialpages.site.context import Link


def test_links_follow_the_record_and_name_each_page_once() -> None:
    shared = SharedFiles(
        conditions=(ConditionFile(slug="leukemia", name="Leukemia", other_names=("Blood cancer",)),),
        treatments=(TreatmentFile(slug="examplumab", name="Examplumab"),),
    )
    trial = made_up_card(
        1,
        conditions=("Gout", "Blood cancer", "LEUKEMIA"),
        interventions=drugs("Aspirin", "examplumab", "Placebo"),
        treatments=("examplumab",),
        lead_sponsor=agency("Example University"),
        collaborators=(agency("Helper"), agency("example university")),
    )
    site = made_up_site(trial, shared=shared)
    assert site.condition_links(trial) == (
        Link(text="Gout", url="conditions/gout/", is_registered=True),
        Link(text="Leukemia", url="conditions/leukemia/"),
    )
    assert site.treatment_links(trial) == (
        Link(text="Examplumab", url="treatments/examplumab/"),
        Link(text="Aspirin", url="treatments/aspirin/", is_registered=True),
    )
    assert site.sponsor_link(trial) == Link(text="Example University", url="sponsors/example-university/")


def test_a_trial_without_sponsor_has_no_link() -> None:
    trial = made_up_card(1)
    site = made_up_site(trial)
    assert site.sponsor_link(trial) is None


def test_corpus_in_words() -> None:
    assert made_up_site(made_up_card(1)).corpus == "the one trial on this site"
    assert made_up_site(made_up_card(1), made_up_card(2)).corpus == "the 2 trials on this site"
    assert (
        made_up_site(made_up_card(1), corpus="our copy of the registry").corpus == "our copy of the registry"
    )


def test_the_order_of_input_does_not_matter() -> None:
    cards = [made_up_card(number, conditions=(f"Condition {number % 3}", "All")) for number in range(1, 9)]
    assert made_up_site(*cards) == made_up_site(*reversed(cards))


def test_an_empty_site_has_all_facets() -> None:
    site = made_up_site()
    assert [facet.name for facet in site.facets] == [
        "status",
        "condition",
        "treatment",
        "phase",
        "country",
        "sponsor",
    ]
    assert site.corpus_size == site.open_count == 0


def test_cards_are_shared_and_not_copied() -> None:
    trial = replace(made_up_card(1), overall_status="RECRUITING")
    site = made_up_site(trial)
    assert site.cards[0] is trial and site.by_id["NCT00000001"] is trial
    assert site.open_count == 1
