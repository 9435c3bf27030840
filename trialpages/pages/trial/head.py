"""The first screen: the title, who stands behind the trial, and the facts that decide whether to read on."""

from __future__ import annotations

from trialpages.model.ages import age_range_text
from trialpages.model.labels import phase_label
from trialpages.model.spots_left import UNKNOWN_COUNT
from trialpages.model.titles import title, title_language
from trialpages.model.trial import Official, Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.section import View
from trialpages.pages.trial.summary import other_languages
from trialpages.pages.wording import fold, in_country, joined
from trialpages.site.context import Link, TrialContext
from trialpages.site.names import fold_name
from trialpages.words.countries import country_name
from trialpages.words.language import _, amount, ngettext, record_language

NAMED_PLACES = 2
"""Cities that the first screen names before it only counts."""


def head_view(trial: Trial, context: TrialContext, language: str) -> View:
    """Return title, the line below it, languages, and the short facts."""
    return {
        "title": title(trial),
        "lang": title_language(trial),
        "line": _line(trial, context),
        "languages": other_languages(trial, language),
        "facts": [
            fact for fact in (*_facts(trial), *_named(trial, context)) if fact["text"] or fact.get("links")
        ],
    }


def leader(trial: Trial) -> Official | None:
    """Return the principal investigator, or the person who is responsible for the record."""
    for official in trial.overall_officials:
        if official.role == "PRINCIPAL_INVESTIGATOR":
            return official
    party = trial.responsible_party
    if party and party.investigator_full_name:
        return Official(name=party.investigator_full_name, affiliation=party.investigator_affiliation)
    return None


def who_text(trial: Trial) -> str:
    """Say in a few words whom the trial is for: ages and sex."""
    ages = ""
    if trial.minimum_age or trial.maximum_age:
        ages = age_range_text(trial.minimum_age, trial.maximum_age)
    if trial.sex == "FEMALE":
        text = _("People aged {ages}, women and girls only") if ages else _("Women and girls only")
    elif trial.sex == "MALE":
        text = _("People aged {ages}, men and boys only") if ages else _("Men and boys only")
    else:
        text = _("People aged {ages}") if ages else ""
    return text.format(ages=ages)


def _line(trial: Trial, context: TrialContext) -> list[View]:
    items: list[View] = []
    if trial.treatment_class:
        items.append({"text": trial.treatment_class})
    if trial.phases:
        items.append({"text": phase_label(trial.phases), "compare": "phase"})
    items.append({"text": trial.nct_id or trial.trial_id})
    if trial.lead_sponsor:
        text = _("Sponsor: {name}").format(name=trial.lead_sponsor.name)
        items.append({"text": text, "url": _url(context.sponsor_link)})
    led_by = leader(trial)
    if led_by:
        items.append({"text": _("Led by {name}").format(name=led_by.name)})
    return items


def _url(link: Link | None) -> str:
    return link.url if link else ""


def _named(trial: Trial, context: TrialContext) -> list[View]:
    """Return all conditions and treatments by name, three of each open, with links where there are pages."""
    conditions = [*context.condition_links, *_without_page(trial, context)]
    treatments = context.treatment_links
    first, hidden = fold([_link(link) for link in conditions])
    tested, others = fold([_link(link) for link in treatments])
    return [
        {
            "name": ngettext("Condition", "Conditions", len(conditions)),
            "text": "",
            "links": first,
            "rest": hidden,
            "summary": amount(len(hidden), "+{count} more condition", "+{count} more conditions"),
        },
        {
            "name": ngettext("Treatment", "Treatments", len(treatments)),
            "text": "",
            "links": tested,
            "rest": others,
            "summary": amount(len(others), "+{count} more treatment", "+{count} more treatments"),
        },
    ]


def _link(link: Link) -> View:
    return {"text": link.text, "url": link.url, "lang": record_language() if link.is_registered else ""}


def _without_page(trial: Trial, context: TrialContext) -> list[Link]:
    """Return the registered conditions that stand under none of the linked names."""
    known = {fold_name(link.text) for link in context.condition_links}
    for file in context.conditions:
        known.update(fold_name(name) for name in (file.name, *file.other_names))
    names = {fold_name(name): name for name in map(plain_text, trial.conditions)}
    return [Link(text=name, url="", is_registered=True) for key, name in names.items() if key not in known]


def _facts(trial: Trial) -> list[View]:
    return [
        {"name": _("For"), "text": who_text(trial)},
        {
            "name": _("Where"),
            "text": where_text(trial),
            "anchor": "locations" if trial.locations else "",
        },
        {"name": _("Size"), "text": size_text(trial)},
    ]


def where_text(trial: Trial) -> str:
    """Say where the trial is: the cities when they are few, else how many places and countries."""
    cities = list(dict.fromkeys((place.city, place.country) for place in trial.locations))
    if not cities:
        return ""
    if len(cities) <= NAMED_PLACES:
        return joined(f"{city}, {country_name(country)}" for city, country in cities)
    countries = list(dict.fromkeys(country for _city, country in cities))
    where = amount(len(countries), "{count} country", "{count} countries")
    if len(countries) == 1:
        where = in_country(countries[0])
    return amount(len(trial.locations), "{count} place in {where}", "{count} places in {where}", where=where)


def size_text(trial: Trial) -> str:
    """Say how many people take part, planned apart from counted; nothing when nobody knows."""
    enrollment = trial.enrollment
    if enrollment is None or enrollment.count == UNKNOWN_COUNT:
        return ""
    if enrollment.count == 0:
        return _("Nobody took part") if trial.overall_status == "WITHDRAWN" else ""
    count = enrollment.count
    if enrollment.type == "ESTIMATED":
        return amount(count, "About {count} person planned", "About {count} people planned")
    if enrollment.type == "ACTUAL" and trial.overall_status == "RECRUITING":
        return amount(count, "{count} person so far", "{count} people so far")
    if enrollment.type == "ACTUAL":
        return amount(count, "{count} person took part", "{count} people took part")
    return amount(count, "{count} person", "{count} people")


def description(trial: Trial) -> str:
    """Return the page's description for search engines and shared links, from facts alone.

    It names no status: such texts are copied and kept elsewhere, where nobody can warn that they are old.
    """
    parts = [f"{title(trial)}.", f"{trial.nct_id or trial.trial_id}."]
    who = who_text(trial)
    if who:
        parts.append(f"{who}.")
    if trial.locations:
        parts.append(amount(len(trial.locations), "{count} place.", "{count} places."))
    return " ".join(parts)
