"""How the single facts of a trial changed: its status, for whom it is, how many people, what it does and measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from trialpages.model.ages import bounds_days
from trialpages.model.change import Change
from trialpages.model.changes_texts import Difference, difference, listed, same_text
from trialpages.model.trial import Enrollment, Trial

DESIGN = (
    "study_type",
    "phases",
    "allocation",
    "intervention_model",
    "primary_purpose",
    "masking",
    "who_masked",
    "observational_model",
    "time_perspective",
    "sampling_method",
    "patient_registry",
    "target_duration",
)
TEXTS = (
    "brief_title",
    "official_title",
    "acronym",
    "brief_summary",
    "detailed_description",
    "study_population",
    "gender_description",
)
OUTCOMES = ("primary_outcomes", "secondary_outcomes", "other_outcomes")
AGES = ".."
"""Stands between the youngest and the oldest age in `before` and `after`: `18 Years..65 Years`, `18 Years..`."""

MATERIAL_SHARE = 10
"""Percent of the people by which a number changes enough for readers to care."""


def status_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield the change of the status, and of the reason why the trial stopped."""
    was, now = before.overall_status, after.overall_status
    if was != now:
        yield Change(kind="status", field="overall_status", before=was, after=now, matters_to_readers=True)
    known, now_known = before.last_known_status, after.last_known_status
    if known != now_known and was == now:
        yield Change(kind="last-known-status", field="last_known_status", before=known, after=now_known)
    if not same_text(before.why_stopped, after.why_stopped):
        goes_on = after.why_stopped is None and was != now
        yield Change(
            kind="why-stopped",
            field="why_stopped",
            before=before.why_stopped,
            after=after.why_stopped,
            # Whoever reads that a trial goes on need not read that it gives no reason for stopping.
            matters_to_readers=not goes_on,
        )


def result_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield results that were posted or taken away, and counts of health problems that are not the same."""
    had, has = _has_results(before), _has_results(after)
    if had != has:
        kind = "results-posted" if has else "results-removed"
        day = after.results_first_post_date if has else None
        yield Change(kind=kind, field="has_results", after=day, matters_to_readers=True)
    elif _counted(before) != _counted(after):
        yield Change(kind="health-problems", field="adverse_events", matters_to_readers=True)


def people_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield changes of age, sex, healthy volunteers and number of people."""
    was, now = _age_range(before), _age_range(after)
    if _bounds(before) != _bounds(after):
        yield Change(kind="ages", field="minimum_age", before=was, after=now, matters_to_readers=True)
    if before.sex != after.sex:
        yield Change(kind="sex", field="sex", before=before.sex, after=after.sex, matters_to_readers=True)
    if before.healthy_volunteers != after.healthy_volunteers:
        yield Change(
            kind="healthy-volunteers",
            field="healthy_volunteers",
            before=_yes_or_no(before.healthy_volunteers),
            after=_yes_or_no(after.healthy_volunteers),
            matters_to_readers=True,
        )
    yield from _enrollment(before.enrollment, after.enrollment)


def treatment_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield groups and treatments that came, went or are told in other words, then conditions and outcomes."""
    arms = _entries(before.arm_groups, after.arm_groups, lambda each: each.label, _arm)
    yield from listed("groups", "arm_groups", arms, matters=True)
    items = _entries(before.interventions, after.interventions, lambda each: each.name, _intervention)
    yield from listed("treatments", "interventions", items, matters=True)
    yield from listed("conditions", "conditions", difference(before.conditions, after.conditions))
    for name in OUTCOMES:
        was, now = getattr(before, name), getattr(after, name)
        yield from listed("outcomes", name, _entries(was, now, lambda each: each.measure, _outcome))


def other_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield changes that editors want to know of: design, sponsor, texts, people to ask, documents."""
    for name in DESIGN:
        was, now = _code(getattr(before, name)), _code(getattr(after, name))
        if was != now:
            yield Change(kind="design", field=name, before=was, after=now)
    leads = [trial.lead_sponsor.name if trial.lead_sponsor else None for trial in (before, after)]
    if not same_text(*leads):
        yield Change(kind="sponsor", field="lead_sponsor", before=leads[0], after=leads[1])
    names = [tuple(agency.name for agency in trial.collaborators) for trial in (before, after)]
    yield from listed("collaborators", "collaborators", difference(*names))
    for name in TEXTS:
        was, now = getattr(before, name), getattr(after, name)
        if not same_text(was, now):
            yield Change(kind="text", field=name, before=was, after=now)
    if _contacts(before) != _contacts(after):
        yield Change(kind="contacts", field="central_contacts")
    if _officials(before) != _officials(after):
        yield Change(kind="officials", field="overall_officials")
    labels = [tuple(file.label or file.filename or "" for file in t.large_documents) for t in (before, after)]
    yield from listed("documents", "large_documents", difference(*labels))
    withdrawn = set(_retractions(after)) - set(_retractions(before))
    if withdrawn:
        yield Change(kind="retractions", field="references", count=len(withdrawn))


def _enrollment(before: Enrollment | None, after: Enrollment | None) -> Iterator[Change]:
    if before is None or after is None:
        if before is not after:
            counts = [str(each.count) if each else None for each in (before, after)]
            yield Change(kind="enrollment", field="enrollment", before=counts[0], after=counts[1])
        return
    is_material = abs(after.count - before.count) * 100 >= MATERIAL_SHARE * max(before.count, 1)
    was, now = str(before.count), str(after.count)
    if before.type == "ESTIMATED" and after.type == "ACTUAL":
        kind = "enrollment-counted"
    elif before.count != after.count:
        kind = "enrollment-planned" if after.type == "ESTIMATED" else "enrollment"
    else:
        return
    yield Change(kind=kind, field="enrollment", before=was, after=now, matters_to_readers=is_material)


def _entries(
    before: Sequence[Any], after: Sequence[Any], name: Callable[[Any], str], text: Callable[[Any], str]
) -> Difference:
    """Return how two lists of named entries differ; one that keeps its name is never gone and new."""
    if before == after:
        return Difference()
    was = {_fold(name(each)): each for each in before}
    now = {_fold(name(each)): each for each in after}
    names = difference(
        [name(each) for form, each in was.items() if form not in now],
        [name(each) for form, each in now.items() if form not in was],
    )
    kept = [(text(was[form]), text(now[form])) for form in was if form in now]
    changed = tuple(pair for pair in kept if not same_text(*pair))
    return Difference(removed=names.removed, added=names.added, reworded=(*names.reworded, *changed))


def _arm(arm: Any) -> str:
    parts = (arm.label, _kind(arm.type), arm.description, ", ".join(arm.intervention_names))
    return "\n".join(part for part in parts if part)


def _intervention(item: Any) -> str:
    return "\n".join(part for part in (item.name, _kind(item.type), item.description) if part)


def _kind(value: str | None) -> str:
    return f"({value.replace('_', ' ').lower()})" if value else ""


def _outcome(outcome: Any) -> str:
    return "\n".join(part for part in (outcome.measure, outcome.description, outcome.time_frame) if part)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _code(value: object) -> str | None:
    if isinstance(value, tuple):
        return "/".join(map(str, value)) or None
    if isinstance(value, bool):
        return "yes" if value else None
    return None if value is None else str(value)


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _age_range(trial: Trial) -> str | None:
    if not (trial.minimum_age or trial.maximum_age):
        return None
    return f"{trial.minimum_age or ''}{AGES}{trial.maximum_age or ''}"


def _bounds(trial: Trial) -> tuple[float, float]:
    return bounds_days(trial.minimum_age, trial.maximum_age)


def _has_results(trial: Trial) -> bool:
    return bool(trial.has_results or trial.adverse_events)


def _counted(trial: Trial) -> object:
    events = trial.adverse_events
    if events is None:
        return None
    rows = [
        (_fold(row.term), row.counts)
        for row in (*events.serious_events, *events.other_events, *events.unsorted_events)
    ]
    return events.event_groups, sorted(rows, key=repr)


def _contacts(trial: Trial) -> frozenset[tuple[str, ...]]:
    """Return whom one can ask, without the letter case and the signs that are only a matter of writing."""
    return frozenset(
        tuple(_fold(text or "") for text in (each.name, each.phone, each.phone_ext, each.email))
        for each in trial.central_contacts
    )


def _officials(trial: Trial) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(_fold(text or "") for text in (each.name, each.affiliation, each.role))
        for each in trial.overall_officials
    )


def _retractions(trial: Trial) -> list[str]:
    return [notice for reference in trial.references for notice in reference.retractions]
