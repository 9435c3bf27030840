"""The pages of conditions, treatments and sponsors: what each is, its totals, and its trials.

A description and a figure from a wider source come from the editors' shared file and carry their
source. A total counts the trials of this site alone and says how it was counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from urllib.parse import urlsplit

from trialpages.model.card import Card
from trialpages.model.dates import show_date
from trialpages.model.editorial import ConditionFile, Figure, SponsorFile, TreatmentFile
from trialpages.model.labels import AGENCY_CLASS_LABELS, label
from trialpages.pages.feeds import Feed, feed_link, feed_page
from trialpages.pages.listing_views import counts_sentence, has_people, newest_day, trials_text, trials_view
from trialpages.pages.markup import prose_html
from trialpages.pages.page import Page, View, frame
from trialpages.pages.paging import Part, part_url, parts, title_of_part
from trialpages.pages.trial.treatments import stage_with_source
from trialpages.read.config import Config
from trialpages.site.context import People, TreatmentRow
from trialpages.site.contexts import DEFAULT_CORPUS
from trialpages.site.names import fold_name
from trialpages.site.site import Site
from trialpages.site.topics import Topic, TopicIndex
from trialpages.site.totals import SMALL_CORPUS, people_of
from trialpages.site.treatment_rows import treatment_row
from trialpages.words.language import N_, _, amount, number, record_language

PLURALS = {"condition": N_("Conditions"), "treatment": N_("Treatments"), "sponsor": N_("Sponsors")}
WITH_PEOPLE = N_("Sponsors and people")
"""Instead of `Sponsors`, where a person has a page among them."""

SPELLINGS_SHOWN = 8
"""Other names that a page lists; records spell some conditions in dozens of ways."""

NOBODY = People()

_METHODS = {
    "condition": N_("A trial counts when its record names this condition or a narrower one."),
    "treatment": N_("A trial counts when its record names this treatment under one of its names."),
    "sponsor": N_("A trial counts once: as one that the sponsor runs, or else as one that it helps with."),
}

_TREATMENT_METHOD = N_(
    "The stage is the highest phase of a finished trial. If none has finished, it is the highest phase of any trial "
    "that was not given up. People who have taken it are counted in the groups of posted results. If there are none, "
    "we count all who joined these trials. That is the most it can be."
)

PEOPLE_METHOD = N_(
    "We add up the number of people that each record states. We keep the count of people who joined apart "
    "from the number that is planned, and studies that only observe apart from trials that test something. "
    "A number that is not said to be counted or planned is on a line of its own. "
    "A person who joined two trials is counted twice. "
    "Records without a number and programs outside of trials are left out."
)


def topic_pages(site: Site, config: Config) -> Iterator[Page]:
    """Yield the pages of every condition, treatment and sponsor, and the feed of each."""
    for index in site.topic_indexes():
        for topic in index.topics:
            cards = [site.by_id[trial_id] for trial_id in topic.trial_ids]
            lastmod = newest_day(cards)
            for part in parts(len(cards), config.page_size):
                yield Page(
                    url=part_url(topic.url, part.number),
                    kind=topic.kind,
                    template="topic.html",
                    make_view=partial(topic_view, site, config, index, topic, part),
                    lastmod=lastmod,
                )
            yield feed_page(site, config, topic_feed(topic))


def topic_feed(topic: Topic) -> Feed:
    """Return the feed of a topic; one without trials has an empty feed, so that it can be followed until it has some."""
    return Feed(
        key=f"{topic.kind} {topic.slug}", page_url=topic.url, name=topic.name, trial_ids=topic.trial_ids
    )


def topic_view(site: Site, config: Config, index: TopicIndex, topic: Topic, part: Part) -> View:
    """Return the view of one page of a topic; what is known of the topic stands on its first page."""
    cards = [site.by_id[trial_id] for trial_id in topic.trial_ids]
    counts = counts_sentence(cards, newest_day=site.newest_day)
    title = title_of_part(topic.name, part)
    lang = record_language() if topic.is_registered else ""
    about = _about(config, index, topic, cards, len(site.cards)) if part.number == 1 else None
    return {
        **frame(
            config,
            part_url(topic.url, part.number),
            title=title,
            description=_("Clinical trials: {topic}. {counts}").format(topic=title, counts=counts),
            crumbs=[(list_name(index), f"{topic.kind}s/"), (topic.name, None)],
            section="browse/",
            page_lang=lang,
        ),
        "heading": topic.name,
        "lang": lang,
        "kind": topic.kind,
        "counts": counts,
        "about": about,
        "feed": feed_link(topic_feed(topic)),
        **trials_view(site, topic.trial_ids, topic.url, part),
    }


def list_name(index: TopicIndex) -> str:
    """Return the name of the list of all topics of a kind."""
    return _(WITH_PEOPLE if has_people(index) else PLURALS[index.kind])


def _about(config: Config, index: TopicIndex, topic: Topic, cards: Sequence[Card], corpus_size: int) -> View:
    file = topic.file
    return {
        "description": prose_html(file.description) if file is not None and file.description else "",
        "other_names": _other_names(topic),
        "names_lang": record_language() if topic.file is None or not topic.file.other_names else "",
        "wider": _wider(index, topic),
        "narrower": _narrower(index, topic),
        "facts": _facts(index, topic, cards),
        "figures": _figures(topic),
        "approvals": _approvals(topic),
        "website": file.website if isinstance(file, SponsorFile) and file.website else "",
        "website_text": _("Website of {name}").format(name=topic.name),
        "totals": _totals(config, index, topic, cards, is_small=corpus_size < SMALL_CORPUS),
    }


def _other_names(topic: Topic) -> list[str]:
    """Return names that differ from the heading by more than letter case and hyphens."""
    listed = topic.file.other_names if topic.file is not None else ()
    seen = {fold_name(topic.name)}
    names: list[str] = []
    for name in (*listed, *topic.spellings):
        if fold_name(name) not in seen:
            seen.add(fold_name(name))
            names.append(name)
    return names[:SPELLINGS_SHOWN]


def _wider(index: TopicIndex, topic: Topic) -> list[View]:
    parent = topic.file.parent if isinstance(topic.file, ConditionFile) else None
    found = index.by_slug.get(parent) if parent else None
    return [{"text": found.name, "url": found.url}] if found is not None else []


def _narrower(index: TopicIndex, topic: Topic) -> list[View]:
    if not isinstance(topic.file, ConditionFile):
        return []
    return [
        {"text": each.name, "url": each.url, "lang": "", "count": trials_text(len(each.trial_ids))}
        for each in index.topics
        if isinstance(each.file, ConditionFile) and each.file.parent == topic.slug and each is not topic
    ]


def _facts(index: TopicIndex, topic: Topic, cards: Sequence[Card]) -> list[View]:
    """Return short facts that need no source beside the record or the editors' file."""
    facts: list[View] = []
    if isinstance(topic.file, TreatmentFile) and topic.file.treatment_class:
        facts.append({"name": _("Kind of treatment"), "value": topic.file.treatment_class})
    if topic.kind == "sponsor":
        codes = {
            agency.agency_class
            for card in cards
            for agency in (card.lead_sponsor, *card.collaborators)
            if agency and agency.agency_class not in (None, "UNKNOWN") and index.named(agency.name) is topic
        }
        if len(codes) == 1:
            facts.append(
                {"name": _("Kind of organization"), "value": label(AGENCY_CLASS_LABELS, codes.pop())}
            )
    return facts


def _figures(topic: Topic) -> list[View]:
    """Return the figures that editors took from a wider source, each with that source and its day."""
    file = topic.file
    figures: list[View] = []
    if isinstance(file, TreatmentFile):
        if file.first_studied:
            figures.append(_figure(_("First studied in"), file.first_studied, str(file.first_studied.value)))
        figures += _counted_figures((_("People who have taken it"), file.people_treated))
    elif isinstance(file, SponsorFile):
        figures += _counted_figures(
            (_("Trials in all"), file.previous_trials), (_("People in those trials"), file.people_enrolled)
        )
    if isinstance(file, TreatmentFile) and file.furthest_stage:
        stage, source = stage_with_source(file.furthest_stage)
        figures.append(
            {
                "name": _("Furthest stage reached"),
                "value": stage,
                "source": source,
                "as_of": "",
                "link": "",
            }
        )
    return figures


def _counted_figures(*named: tuple[str, Figure | None]) -> list[View]:
    return [_figure(name, figure, number(figure.value)) for name, figure in named if figure is not None]


def _figure(name: str, figure: Figure, value: str) -> View:
    as_of = _("as of {day}").format(day=show_date(figure.as_of)) if figure.as_of else ""
    return {
        "name": name,
        "value": value,
        "source": figure.source,
        "as_of": as_of,
        "link": figure.link or "",
    }


def _approvals(topic: Topic) -> list[View]:
    approvals = topic.file.approvals if isinstance(topic.file, TreatmentFile) else ()
    return [
        {
            "text": approval.text,
            "source": approval.source,
            "link": _("Source: {host}").format(host=urlsplit(approval.source).netloc),
        }
        for approval in approvals
    ]


def _totals(
    config: Config, index: TopicIndex, topic: Topic, cards: Sequence[Card], *, is_small: bool
) -> View | None:
    """Return counts of trials and people over this site; nothing for a topic without trials."""
    if not cards:
        return None
    rows: list[View] = []
    if topic.kind == "sponsor":
        rows = _role_rows(index, topic, cards)
    elif topic.kind == "treatment":
        rows = [] if is_small else _treatment_rows(treatment_row(topic, cards))
        rows.append({"name": _("Trials on this site"), "value": number(len(cards))})
    return {
        "over": _("Counted over {corpus}.").format(corpus=config.corpus or _(DEFAULT_CORPUS)),
        "rows": rows + _people_rows(cards),
        "method": " ".join(
            part for part in (_method(topic.kind, is_small), _(PEOPLE_METHOD), _left_out(cards)) if part
        ),
    }


def _method(kind: str, is_small: bool) -> str:
    said = _(_METHODS[kind])
    return said if kind != "treatment" or is_small else f"{said} {_(_TREATMENT_METHOD)}"


def _role_rows(index: TopicIndex, topic: Topic, cards: Sequence[Card]) -> list[View]:
    leads = helps = 0
    for card in cards:
        if card.lead_sponsor and index.named(card.lead_sponsor.name) is topic:
            leads += 1
        elif any(index.named(agency.name) is topic for agency in card.collaborators):
            helps += 1
    named = ((_("Trials it runs"), leads), (_("Trials it helps with"), helps))
    rows: list[View] = [{"name": name, "value": number(count)} for name, count in named if count]
    named_officials = len(cards) - leads - helps
    if named_officials:
        rows.append({"name": _("Trials this person works on"), "value": number(named_officials)})
    return rows


def _treatment_rows(row: TreatmentRow) -> list[View]:
    rows: list[View] = []
    if row.first_studied:
        rows.append({"name": _("First of these trials began in"), "value": str(row.first_studied)})
    if row.furthest_stage:
        rows.append({"name": _("Furthest stage"), "value": row.furthest_stage})
    if row.people_treated:
        words = _("at most {count}") if row.people_are_upper_bound else _("about {count}")
        people = words.format(count=number(row.people_treated))
        rows.append({"name": _("People who have taken it"), "value": people})
    return rows


def _people_rows(cards: Iterable[Card]) -> list[View]:
    sums = [people_of(card) for card in cards]
    named = (
        (_("People who joined trials"), sum(people.actual for people in sums)),
        (_("People planned for trials"), sum(people.estimated for people in sums)),
        (_("People not said to be counted or planned"), sum(people.unstated for people in sums)),
        (_("People in studies that only observe"), sum(people.observational for people in sums)),
    )
    return [{"name": name, "value": number(count)} for name, count in named if count]


def _left_out(cards: Sequence[Card]) -> str:
    """Say how many trials have no count of people that can be added up."""
    count = sum(1 for card in cards if people_of(card) == NOBODY and not _counted_none(card))
    if not count:
        return ""
    return amount(
        count,
        "{count} of the {trials} is left out for this reason.",
        "{count} of the {trials} are left out for this reason.",
        trials=trials_text(len(cards)),
    )


def _counted_none(card: Card) -> bool:
    return card.enrollment is not None and card.enrollment.count == 0
