"""The first screen: the title, who stands behind the trial, and the facts that decide whether to read on."""

from __future__ import annotations

from trialpages.model.ages import age_range_text
from trialpages.model.labels import phase_label, status_label
from trialpages.model.titles import title
from trialpages.model.trial import Official, Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.section import View
from trialpages.pages.trial.summary import other_languages
from trialpages.pages.wording import capital, counted, fold, joined, number, plural
from trialpages.site.context import Link, TrialContext
from trialpages.site.names import fold_name

NAMED_PLACES = 2
"""Cities that the first screen names before it only counts."""
UNKNOWN_COUNT = 99999999
"""The registry's stand-in for an enrollment that nobody knows."""


def head_view(trial: Trial, context: TrialContext, language: str) -> View:
    """Return title, the line below it, languages, and the short facts."""
    return {
        "title": title(trial),
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
    parts = []
    if trial.minimum_age or trial.maximum_age:
        parts.append(f"People aged {age_range_text(trial.minimum_age, trial.maximum_age)}")
    if trial.sex in ("FEMALE", "MALE"):
        parts.append("women and girls only" if trial.sex == "FEMALE" else "men and boys only")
    return capital(", ".join(parts))


def _line(trial: Trial, context: TrialContext) -> list[View]:
    items: list[View] = []
    if trial.treatment_class:
        items.append({"text": trial.treatment_class})
    if trial.phases:
        items.append({"text": phase_label(trial.phases)})
    items.append({"text": trial.nct_id or trial.trial_id})
    if trial.lead_sponsor:
        items.append({"text": f"Sponsor: {trial.lead_sponsor.name}", "url": _url(context.sponsor_link)})
    led_by = leader(trial)
    if led_by:
        items.append({"text": f"Led by {led_by.name}"})
    return items


def _url(link: Link | None) -> str:
    return link.url if link else ""


def _named(trial: Trial, context: TrialContext) -> list[View]:
    """Return all conditions and treatments by name, three of each open, with links where there are pages."""
    conditions = [*context.condition_links, *_without_page(trial, context)]
    facts: list[View] = []
    for name, links in (("Condition", conditions), ("Treatment", context.treatment_links)):
        views = [{"text": link.text, "url": link.url} for link in links]
        shown, rest = fold(views)
        facts.append(
            {
                "name": plural(name, len(views)),
                "text": "",
                "note": "",
                "links": shown,
                "rest": rest,
                "summary": f"+{len(rest)} more",
                "what": plural(name.lower(), len(rest)),
            }
        )
    return facts


def _without_page(trial: Trial, context: TrialContext) -> list[Link]:
    """Return the registered conditions that stand under none of the linked names."""
    known = {fold_name(link.text) for link in context.condition_links}
    for file in context.conditions:
        known.update(fold_name(name) for name in (file.name, *file.other_names))
    names = {fold_name(name): name for name in map(plain_text, trial.conditions)}
    return [Link(text=name, url="") for key, name in names.items() if key not in known]


def _facts(trial: Trial) -> list[View]:
    return [
        {"name": "For", "text": who_text(trial), "note": ""},
        {
            "name": "Where",
            "text": where_text(trial),
            "anchor": "locations" if trial.locations else "",
            "note": "",
        },
        {"name": "Size", "text": size_text(trial), "note": ""},
    ]


def where_text(trial: Trial) -> str:
    """Say where the trial is: the cities when they are few, else how many places and countries."""
    cities = list(dict.fromkeys((place.city, place.country) for place in trial.locations))
    if not cities:
        return ""
    if len(cities) <= NAMED_PLACES:
        return joined(f"{city}, {country}" for city, country in cities)
    countries = list(dict.fromkeys(country for _, country in cities))
    where = countries[0] if len(countries) == 1 else counted(len(countries), "country")
    return f"{counted(len(trial.locations), 'place')} in {where}"


def size_text(trial: Trial) -> str:
    """Say how many people take part, planned apart from counted; nothing when nobody knows."""
    enrollment = trial.enrollment
    if enrollment is None or enrollment.count == UNKNOWN_COUNT:
        return ""
    if enrollment.count == 0:
        return "Nobody took part" if trial.overall_status == "WITHDRAWN" else ""
    count = counted(enrollment.count, "person")
    if enrollment.type == "ESTIMATED":
        return f"About {count} planned"
    if enrollment.type == "ACTUAL":
        return f"{count} took part" if trial.overall_status not in ("RECRUITING",) else f"{count} so far"
    return count


def description(trial: Trial) -> str:
    """Return the page's description for search engines and shared links, from facts alone."""
    status = status_label(trial.overall_status)
    parts = [f"{title(trial)}.", f"{trial.nct_id or trial.trial_id}.", f"{status}."]
    who = who_text(trial)
    if who:
        parts.append(f"{who}.")
    if trial.locations:
        parts.append(f"{number(len(trial.locations))} {'place' if len(trial.locations) == 1 else 'places'}.")
    return " ".join(parts)
