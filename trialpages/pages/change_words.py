"""A change in words: one sentence for readers, and a few words for the terminal and for reports.

The sentence holds none of the record's own English words but the names of towns, so that it can stand in
any language; what was added and removed is shown beside it by whoever shows the change. The caller says when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trialpages.model.change import Change
from trialpages.model.dates import show_date
from trialpages.model.labels import status_label
from trialpages.pages.change_corrections import age_range, correction_words, sex
from trialpages.pages.change_notes import change_note
from trialpages.pages.trial.summary import LANGUAGE_NAMES
from trialpages.pages.wording import joined
from trialpages.words.language import N_, _, amount, base_of, current, number

__all__ = ["change_note", "change_words"]

MOST_NAMES = 4
"""Towns that a sentence names before it counts the others."""


def change_words(change: Change) -> str:
    """Return one sentence for readers, or two or three."""
    if change.is_editorial and (corrected := correction_words(change)):
        return corrected
    if change.kind in _PLAIN:
        return _(_PLAIN[change.kind])
    say = _SENTENCES.get(change.kind)
    return say(change) if say else _("A part of this page changed.")


_PLAIN: Mapping[str, str] = {
    "results-posted": N_("The study team posted results."),
    "results-removed": N_("The record no longer holds results."),
    "health-problems": N_("The numbers of health problems changed."),
    "sponsor": N_("The lead sponsor changed."),
    "collaborators": N_("The list of helping organizations changed."),
    "contacts": N_("The people to ask about the trial changed."),
    "officials": N_("The people who lead the trial changed."),
    "documents": N_("The list of study documents changed."),
    "retractions": N_("A paper about the trial was withdrawn."),
    "record-added": N_("We added the registry’s record of this trial."),
    "record-removed": N_("This page no longer has a registry record."),
    "title": N_("We gave this page a new title."),
    "plain-rules-order": N_("We changed the order of the rules in plain words."),
    "review-removed": N_("The summary has no review now."),
}

_DATES_MOVED = {
    "start_date": N_("The start moved from {before} to {after}."),
    "primary_completion_date": N_(
        "The day by which the main results are measured moved from {before} to {after}."
    ),
    "completion_date": N_("The last visit of the last person moved from {before} to {after}."),
}
_DATES_STATED = {
    "start_date": N_("The record now says when the trial starts: {after}."),
    "primary_completion_date": N_("The record now says when the main results are measured: {after}."),
    "completion_date": N_("The record now says when the last person has the last visit: {after}."),
}
_DATES_REMOVED = {
    "start_date": N_("The record no longer says when the trial starts."),
    "primary_completion_date": N_("The record no longer says when the main results are measured."),
    "completion_date": N_("The record no longer says when the last person has the last visit."),
}
_DATES_HAPPENED = {
    "start_date": N_("The trial has started. The date: {after}."),
    "primary_completion_date": N_("The main results have been measured. The date: {after}."),
    "completion_date": N_("The last person has had the last visit. The date: {after}."),
}
_RULES = {
    "inclusion_criteria": N_("The rules on what you need to join changed: {what}."),
    "exclusion_criteria": N_("The rules on what keeps you from joining changed: {what}."),
    "other_criteria": N_("The notes on who can join changed: {what}."),
    "eligibility_criteria": N_("The rules on who can join changed: {what}."),
}
_TEXTS = {
    "brief_title": N_("The registered title changed."),
    "official_title": N_("The registered full title changed."),
    "acronym": N_("The short name of the study changed."),
    "brief_summary": N_("The registered summary changed."),
    "detailed_description": N_("The registered description changed."),
    "study_population": N_("The text about who is in the study changed."),
    "gender_description": N_("The text about gender changed."),
}
_OUTCOMES = {
    "primary_outcomes": N_("The list of main measures changed: {what}."),
    "secondary_outcomes": N_("The list of further measures changed: {what}."),
    "other_outcomes": N_("The list of other measures changed: {what}."),
}
_PARTS = {
    "timeline": N_("how long it takes"),
    "key_facts": N_("key facts"),
    "approvals": N_("where it is approved"),
    "results_summary": N_("what the study found"),
    "spots_left": N_("open spots in the trial"),
    "side_effects": N_("side effects"),
}
_PART_SAID = {
    "part-added": N_("We added a part to this page: {part}."),
    "part-rewritten": N_("We rewrote a part of this page: {part}."),
    "part-removed": N_("We took a part off this page: {part}."),
}
_BLOCK_SAID = {
    "words-added": N_("We added to the summary: {headings}."),
    "words-rewritten": N_("We rewrote parts of the summary: {headings}."),
    "words-removed": N_("We took parts out of the summary: {headings}."),
    "words-corrected": N_("We fixed small mistakes in the summary: {headings}."),
}
_BLOCK_SAID_IN = {
    "words-added": N_("We added to the summary in {language}: {headings}."),
    "words-rewritten": N_("We rewrote parts of the summary in {language}: {headings}."),
    "words-removed": N_("We took parts out of the summary in {language}: {headings}."),
    "words-corrected": N_("We fixed small mistakes in the summary in {language}: {headings}."),
}


def _status(change: Change) -> str:
    was, now = status_label(change.before), status_label(change.after)
    if change.before is None:
        return _("The record now gives a status: “{after}”.").format(after=now)
    return _("The status changed from “{before}” to “{after}”.").format(before=was, after=now)


def _last_known_status(change: Change) -> str:
    return _("The last known status is now “{after}”.").format(after=status_label(change.after))


def _why_stopped(change: Change) -> str:
    if change.after is None:
        return _("The record no longer gives a reason for stopping.")
    if change.before is None:
        return _("The study team said why the trial stopped, paused or never started.")
    return _("The study team gave another reason for stopping or pausing.")


def _places_opened(change: Change) -> str:
    text = amount(
        change.count,
        "{count} place opened: {towns}.",
        "{count} places opened: {towns}.",
        towns=_towns(change),
    )
    if change.total <= change.count:
        return text
    then = amount(
        change.total, "After that, {count} place was open.", "After that, {count} places were open."
    )
    return f"{text} {then}"


def _places_closed(change: Change) -> str:
    if change.count == change.total > 1:
        return _("All {count} open places closed.").format(count=number(change.count))
    if change.count == change.total:
        return _("The only open place closed: {towns}.").format(towns=_towns(change))
    return amount(
        change.count,
        "{count} of {total} open places closed: {towns}.",
        "{count} of {total} open places closed: {towns}.",
        total=number(change.total),
        towns=_towns(change),
    )


def _places_added(change: Change) -> str:
    return amount(
        change.count,
        "{count} place was added: {towns}.",
        "{count} places were added: {towns}.",
        towns=_towns(change),
    )


def _places_removed(change: Change) -> str:
    return amount(
        change.count,
        "{count} of {total} places is no longer listed: {towns}.",
        "{count} of {total} places are no longer listed: {towns}.",
        total=number(change.total),
        towns=_towns(change),
    )


def _towns(change: Change) -> str:
    more = len(change.names) - MOST_NAMES
    if more < 2:
        return joined(change.names) or _("town not stated")
    return joined((*change.names[:MOST_NAMES], amount(more, "{count} more town", "{count} more towns")))


def _ages(change: Change) -> str:
    return _("The ages of people who can join changed from “{before}” to “{after}”.").format(
        before=age_range(change.before), after=age_range(change.after)
    )


def _sex(change: Change) -> str:
    return _("Who can join changed from “{before}” to “{after}”.").format(
        before=sex(change.before), after=sex(change.after)
    )


def _healthy_volunteers(change: Change) -> str:
    if change.after is None:
        return _("The record no longer says whether healthy people can join.")
    if change.after == "yes":
        return _("The record now says that healthy people can take part.")
    return _("The record now says that healthy people cannot take part.")


def _rules(change: Change) -> str:
    return _(_RULES[change.field]).format(what=_counts(change))


def _counts(change: Change) -> str:
    """Say how many entries came, went or are told in other words."""
    added, removed, reworded = len(change.added), len(change.removed), len(change.reworded)
    parts = (
        amount(added, "{count} added", "{count} added") if added else "",
        amount(removed, "{count} removed", "{count} removed") if removed else "",
        amount(reworded, "{count} reworded", "{count} reworded") if reworded else "",
    )
    return joined(part for part in parts if part)


def _groups(change: Change) -> str:
    return _("The groups in the trial changed: {what}.").format(what=_counts(change))


def _treatments(change: Change) -> str:
    return _("The list of treatments and procedures changed: {what}.").format(what=_counts(change))


def _conditions(change: Change) -> str:
    return _("The list of conditions changed: {what}.").format(what=_counts(change))


def _outcomes(change: Change) -> str:
    return _(_OUTCOMES[change.field]).format(what=_counts(change))


def _enrollment(change: Change) -> str:
    if change.after is None:
        return _("The record no longer says how many people take part.")
    if change.before is None:
        return _("The record now gives a number of people: {after}.").format(after=_number(change.after))
    said = {
        "enrollment": N_("The number of people who take part changed from {before} to {after}."),
        "enrollment-planned": N_("The planned number of people changed from {before} to {after}."),
        "enrollment-counted": N_(
            "In the end, the number of people who took part was {after}. The plan was {before}."
        ),
    }[change.kind]
    return _(said).format(before=_number(change.before), after=_number(change.after))


def _number(text: str) -> str:
    return number(int(text))


def _date_moved(change: Change) -> str:
    before, after = show_date(change.before), show_date(change.after)
    text = _(_DATES_MOVED[change.field]).format(before=before, after=after)
    months = change.months
    if not months:
        return text
    if months > 0:
        later = amount(months, "That is {count} month later.", "That is {count} months later.")
    else:
        later = amount(-months, "That is {count} month earlier.", "That is {count} months earlier.")
    return f"{text} {later}"


def _date_from(table: Mapping[str, str]) -> Callable[[Change], str]:
    return lambda change: _(table[change.field]).format(after=show_date(change.after))


def _status_confirmed(change: Change) -> str:
    return _("The study team confirmed the status: {day}.").format(day=show_date(change.after))


def _design(_change: Change) -> str:
    return _("The design of the study changed.")


def _text(change: Change) -> str:
    return _(_TEXTS[change.field])


def _summary(change: Change) -> str:
    language = LANGUAGE_NAMES.get(change.language, change.language)
    if change.kind == "summary-added":
        return _("We wrote a summary in plain words ({language}).").format(language=language)
    return _("We took the summary in plain words away ({language}).").format(language=language)


def _blocks(change: Change) -> str:
    headings = joined(_("“{heading}”").format(heading=heading) for heading in change.names)
    if change.language == base_of(current()):
        return _(_BLOCK_SAID[change.kind]).format(headings=headings)
    language = LANGUAGE_NAMES.get(change.language, change.language)
    return _(_BLOCK_SAID_IN[change.kind]).format(headings=headings, language=language)


def _plain_rules(change: Change) -> str:
    return _("We changed the rules in plain words: {what}.").format(what=_counts(change))


def _side_effects(change: Change) -> str:
    if change.after is None:
        return _("We changed which counts of health problems this page shows.")
    return _("We now show the health problems that trial {trial} counted.").format(trial=change.after)


def _part(change: Change) -> str:
    return _(_PART_SAID[change.kind]).format(part=_(_PARTS[change.field]))


def _reviewed(change: Change) -> str:
    person = joined(change.names)
    if change.after is None:
        return _("{person} reviewed our words.").format(person=person)
    return _("{person} reviewed our words on {day}.").format(person=person, day=show_date(change.after))


def _override(change: Change) -> str:
    if change.kind == "override-added":
        return _("We corrected a fact of the record and say why.")
    if change.kind == "override-removed":
        return _("We now show a fact again as the record gives it.")
    return _("The record changed a fact that we correct.")


_SENTENCES: Mapping[str, Callable[[Change], str]] = {
    "status": _status,
    "last-known-status": _last_known_status,
    "why-stopped": _why_stopped,
    "places-opened": _places_opened,
    "places-closed": _places_closed,
    "places-added": _places_added,
    "places-removed": _places_removed,
    "ages": _ages,
    "sex": _sex,
    "healthy-volunteers": _healthy_volunteers,
    "rules": _rules,
    "groups": _groups,
    "treatments": _treatments,
    "conditions": _conditions,
    "outcomes": _outcomes,
    "enrollment": _enrollment,
    "enrollment-planned": _enrollment,
    "enrollment-counted": _enrollment,
    "date-moved": _date_moved,
    "date-stated": _date_from(_DATES_STATED),
    "date-removed": _date_from(_DATES_REMOVED),
    "date-happened": _date_from(_DATES_HAPPENED),
    "status-confirmed": _status_confirmed,
    "design": _design,
    "text": _text,
    "summary-added": _summary,
    "summary-removed": _summary,
    "words-added": _blocks,
    "words-rewritten": _blocks,
    "words-removed": _blocks,
    "words-corrected": _blocks,
    "plain-rules": _plain_rules,
    "side-effects": _side_effects,
    "part-added": _part,
    "part-rewritten": _part,
    "part-removed": _part,
    "reviewed": _reviewed,
    "override-added": _override,
    "override-removed": _override,
    "override-outdated": _override,
}
