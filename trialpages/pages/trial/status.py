"""The status strip: whether the trial is open, when that was checked, why it stopped, and what to do next."""

from __future__ import annotations

from markupsafe import Markup

from trialpages.model.dates import show_date
from trialpages.model.freshness import LASTING_STATUSES, REASONS
from trialpages.model.labels import STATUSES_WITH_A_REASON, StatusLook, status_label, trial_status
from trialpages.model.trial import Trial
from trialpages.pages.markup import plain_text
from trialpages.pages.trial.registry_page import is_registered, registry_page
from trialpages.pages.trial.section import View
from trialpages.pages.wording import lower_first, sentence, status_mark
from trialpages.site.context import TimeFacts


def shown_status(trial: Trial) -> StatusLook:
    """Return the trial's status, with a conflict between the trial and its places named."""
    return trial_status(trial.overall_status, [location.status for location in trial.locations])


def status_view(trial: Trial, time: TimeFacts, *, has_contact: bool, has_similar: bool) -> View:
    """Return the status strip. Dates are absolute; the browser compares them with the reader's day."""
    status = shown_status(trial)
    completion = trial.completion_date or trial.primary_completion_date
    return {
        "code": status.code,
        "status": status_mark(status),
        "lines": _lines(trial),
        "next_step": _next_step(status, has_contact=has_contact, has_similar=has_similar),
        "stale": _stale(trial, time),
        "verified": trial.status_verified_date or "",
        "primary_completion": completion.date if completion else "",
        "retrieved": trial.retrieved or "",
    }


def _lines(trial: Trial) -> list[str]:
    lines = []
    if trial.overall_status == "UNKNOWN" and trial.last_known_status:
        lines.append(f"Last known status: {lower_first(status_label(trial.last_known_status))}.")
    if trial.why_stopped and trial.overall_status in STATUSES_WITH_A_REASON:
        lines.append(f"Reason given: {sentence(plain_text(trial.why_stopped))}")
    checked = []
    if trial.status_verified_date:
        checked.append(f"The study team last confirmed this in {show_date(trial.status_verified_date)}.")
    if trial.retrieved:
        what = (
            "copied the record" if is_registered(trial, "retrieved") else "took these facts from their source"
        )
        checked.append(f"We {what} on {show_date(trial.retrieved)}.")
    if not checked and trial.overall_status not in LASTING_STATUSES:
        checked.append("We do not know from which day this is. It may have changed.")
    if checked:
        lines.append(" ".join(checked))
    return lines


def _next_step(status: StatusLook, *, has_contact: bool, has_similar: bool) -> View | None:
    if has_contact:
        return {"text": "How to ask about joining", "anchor": "contact"}
    if has_similar and status.contact == "no":
        return {"text": "See similar trials", "anchor": "similar"}
    return None


def _stale(trial: Trial, time: TimeFacts) -> str:
    """Say why the status may be old and what to do; the registry is named only where its page is known."""
    if not time.status_is_stale:
        return ""
    reason = time.status_stale_reason or ""
    text = REASONS.get(reason, reason)
    page = registry_page(trial)
    if page is None:
        return f"{text} Ask the study team.".strip()
    advice = Markup('Check the <a href="{}" rel="external">registry record</a> or ask the study team.')
    return Markup("{} {}").format(text, advice.format(page.url)).strip()
