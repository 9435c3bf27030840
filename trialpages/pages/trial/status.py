"""The status strip: whether the trial is open, when that was checked, why it stopped, and what to do next.

Dates are absolute. The browser compares them with the reader's own day: the strip carries exactly the
dates by which its facts can grow old, and the warning stands ready below it, hidden until it is true.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from trialpages.model.dates import parse_date
from trialpages.model.freshness import LASTING_STATUSES, REASONS, dates_that_age
from trialpages.model.labels import STATUSES_WITH_A_REASON, StatusLook, status_label, trial_status
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.marks import registered, with_age
from trialpages.pages.trial.registry_page import is_registered, registry_page
from trialpages.pages.trial.section import View
from trialpages.pages.wording import sentence, status_mark
from trialpages.site.context import TimeFacts
from trialpages.words.language import _


def shown_status(trial: Trial) -> StatusLook:
    """Return the trial's status, with a conflict between the trial and its places named."""
    return trial_status(trial.overall_status, [location.status for location in trial.locations])


def status_view(
    trial: Trial, time: TimeFacts, *, has_contact: bool, has_similar: bool, stale_after_days: int = 30
) -> View:
    """Return the status strip; a status that may be old is not shown as open."""
    status = shown_status(trial)
    dates = dates_that_age(trial)
    mark = status_mark(status)
    if time.status_is_stale and mark["tone"] == "open":
        mark = {**mark, "tone": "waiting"}
        if time.facts_are_too_old:
            mark["label"] = _("Was open when last checked")
    return {
        "code": status.code,
        "status": mark,
        "lines": _lines(trial),
        "checked": _checked(trial),
        "next_step": _next_step(status, time, has_contact=has_contact, has_similar=has_similar),
        "stale": time.status_is_stale,
        "too_old": time.facts_are_too_old,
        "reason": _(time.status_stale_reason) if time.status_stale_reason else "",
        "reason_code": next((code for code, text in REASONS.items() if text == time.status_stale_reason), ""),
        "advice": _advice(trial) if dates or time.status_is_stale else "",
        "stale_after_days": stale_after_days if "retrieved" in dates else "",
        "verified": dates.get("verified", ""),
        "primary_completion": dates.get("primary_completion", ""),
        "retrieved": dates.get("retrieved", ""),
    }


def _lines(trial: Trial) -> list[Markup]:
    lines = []
    if trial.overall_status == "UNKNOWN" and trial.last_known_status:
        status = status_label(trial.last_known_status)
        lines.append(escape(_("Last known status: “{status}”.").format(status=status)))
    if trial.why_stopped and trial.overall_status in STATUSES_WITH_A_REASON:
        reason = sentence(plain_text(trial.why_stopped))
        mark = registered(reason) if is_registered(trial, "why_stopped") else reason
        lines.append(escape(_("Reason given: {reason}")).format(reason=mark))
    return lines


def _checked(trial: Trial) -> list[Markup]:
    """Say from which days the status is, or that nobody knows."""
    checked = []
    day = trial.status_verified_date
    if day:
        found = parse_date(day)
        text = (
            _("The study team last confirmed this on {day}.")
            if found and found.day
            else _("The study team last confirmed this in {day}.")
        )
        checked.append(with_age(text, day))
    if trial.retrieved:
        text = (
            _("We copied the record on {day}.")
            if is_registered(trial, "retrieved")
            else _("We took these facts from their source on {day}.")
        )
        checked.append(with_age(text, trial.retrieved))
    if not checked and trial.overall_status not in LASTING_STATUSES:
        checked.append(escape(_("We do not know what day this is from. It may have changed.")))
    return checked


def _next_step(status: StatusLook, time: TimeFacts, *, has_contact: bool, has_similar: bool) -> View | None:
    if has_contact and time.facts_are_too_old:
        return {"text": _("How to ask whether it is still open"), "anchor": "contact"}
    if has_contact:
        return {"text": _("How to ask about joining"), "anchor": "contact"}
    if has_similar and status.contact == "no":
        return {"text": _("See similar trials"), "anchor": "similar"}
    return None


def _advice(trial: Trial) -> Markup:
    """Say what to do about old facts; the registry is named only where its page is known."""
    page = registry_page(trial)
    if page is None:
        return escape(_("Ask the study team."))
    link = Markup('<a href="{}" rel="external">{}</a>').format(page.url, _("registry record"))
    return escape(_("Check the {registry_record} or ask the study team.")).format(registry_record=link)
