"""What the page gives to the browser's self-check. All trials here are made up."""

from __future__ import annotations

from typing import Any

import pytest
from trial_view_made_up import changed, page, text_of, view

from trialpages.model.editorial import PlainCriterion
from trialpages.model.trial import Criterion

RULES = (
    "Inclusion Criteria:\n\nPart A:\n\n* Proven fever\n* Any of:\n  * Cough that lasts\n  * Rash that itches\n\n"
    "Exclusion Criteria:\n\n* Pregnancy or breast feeding"
)


def plain(original: str, kind: str = "inclusion", *, self_check: bool = True) -> PlainCriterion:
    return PlainCriterion(
        plain=f"I have it: {original}.", kind=kind, original=original, self_check=self_check
    )


def asked(**facts: Any) -> Any:
    """The element that the self-check begins with, of a trial of the registry; None without one."""
    found = page(view(changed(has_registry_record=True, eligibility_criteria=RULES, **facts))).xpath(
        "//*[@data-self-check]"
    )
    return found[0] if found else None


@pytest.mark.parametrize(
    ("facts", "attributes"),
    [
        (
            {"minimum_age": "18 Years", "maximum_age": "65 Years", "sex": "ALL"},
            {
                "data-age": "18 to 65 years",
                "data-age-units": "year",
                "data-age-from": "6574.5",
                "data-age-before": "24106.5",
            },
        ),
        (
            {"minimum_age": None, "maximum_age": "6 Months", "sex": "FEMALE"},
            {
                "data-age": "6 months and younger",
                "data-age-units": "year month",
                "data-age-before": "213.0625",
                "data-sex": "FEMALE",
            },
        ),
        ({"minimum_age": None, "maximum_age": None, "sex": None}, {}),
        ({"minimum_age": "0 Years", "maximum_age": None, "sex": "MALE"}, {"data-sex": "MALE"}),
    ],
)
def test_bounds_stand_in_the_page_where_the_trial_has_any(
    facts: dict[str, Any], attributes: dict[str, str]
) -> None:
    found = asked(plain_criteria=(plain("Proven fever"),), **facts)
    given = {name: value for name, value in found.attrib.items() if name.startswith(("data-age", "data-sex"))}
    assert given == attributes


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({}, "list"),
        ({"plain_criteria": (plain("Proven fever"),)}, "questions"),
        ({"plain_criteria": (plain("Proven fever", self_check=False),)}, None),
        ({"overall_status": "COMPLETED"}, None),
        ({"overall_status": "COMPLETED", "plain_criteria": (plain("Proven fever"),)}, None),
    ],
)
def test_statements_are_asked_else_the_rules_are_listed_else_nothing(
    facts: dict[str, Any], kind: str | None
) -> None:
    found = asked(**{"plain_criteria": (), **facts})
    assert (found.get("data-self-check") if found is not None else None) == kind


def test_rules_that_cannot_be_split_are_no_list() -> None:
    shown = view(changed(plain_criteria=(), eligibility_criteria="Adults with fever."))
    assert shown["eligibility"]["check"] is None


@pytest.mark.parametrize(
    ("criteria", "said", "more"),
    [
        ((plain("Proven fever"), plain("Proven fever")), "It covers 1 of the 3 rules in the record.", True),
        (
            (plain("Cough that"), plain("Rash that"), plain("Pregnancy", "exclusion")),
            "It covers 2 of the 3 rules in the record.",
            True,
        ),
        ((plain("Proven fever"), plain("Any of:  "), plain("Pregnancy", "exclusion")), "", False),
        (
            (plain("Proven fever"), plain("Any of: "), plain("Pregnancy", "exclusion", self_check=False)),
            "",
            True,
        ),
    ],
)
def test_rules_are_counted_once_and_headings_never(
    criteria: tuple[PlainCriterion, ...], said: str, more: bool
) -> None:
    found = asked(plain_criteria=criteria)
    caution = text_of(found.xpath("./p")[0])
    assert caution.endswith(said or "Only the study team can.")
    assert ("data-more-rules" in found.attrib) is more


def test_a_heading_of_the_record_is_marked_so_that_it_cannot_be_picked() -> None:
    rules = asked(plain_criteria=()).xpath("./ul[1]//li")
    assert [(rule.get("data-heading") is not None, text_of(rule)[:11]) for rule in rules] == [
        (True, "Part A: Pro"),
        (False, "Proven feve"),
        (False, "Any of: Cou"),
        (False, "Cough that "),
        (False, "Rash that i"),
    ]


def test_what_to_compare_is_marked() -> None:
    found = page(view(changed(sex="FEMALE", gender_description="By self-report")))
    who, contact = (found.xpath(f"//*[@data-compare='{name}']")[0] for name in ("who", "contact"))
    assert "Women and girls only. By self-report" in text_of(who)
    assert text_of(contact).startswith("You or your doctor can ask the study team")


def test_rules_of_the_editors_have_no_headings() -> None:
    rules = (Criterion(text="Any of:", children=(Criterion(text="Fever"),)),)
    shown = view(changed(plain_criteria=(), inclusion_criteria=rules, eligibility_criteria=None))
    assert shown["eligibility"]["count"] == 1
