"""What one request is answered with: a file of the edition, or what must be done first so that nothing stale is given."""

from __future__ import annotations

from trialpages.pages.former_pages import KIND as FORMER
from trialpages.preview.answer import Answer
from trialpages.preview.memory.edition import Edition
from trialpages.preview.memory.page_answers import INDEX, Making, PageAnswers, owner_of, trial_of
from trialpages.preview.memory.site_files import SiteFiles
from trialpages.words.diagnostics import ERROR, Diagnostic
from trialpages.words.digest import digest
from trialpages.words.fields import record

SETTLING = "settling"
TRIAL = "trial"


@record
class Asked:
    """An answer, None for no such file; or what it waits for: the making of it, `settling`, or the decoding of one trial."""

    answer: Answer | Making | None = None
    waits_for: str = ""
    trial_id: str = ""


def asked(
    edition: Edition, file: str, pages: PageAnswers, files: SiteFiles, *, is_last: bool = False
) -> Asked:
    """Look for a file of the site; with `is_last` nothing is waited for. Needs the lock of the press."""
    content = files.asset(edition, file)
    if content is not None:
        return Asked(answer=_of_no_page(file, content))
    url = owner_of(file)
    trial_id = trial_of(url)
    if trial_id is not None and trial_id in edition.content.trials:
        found = _of_trial(edition, trial_id, url, file, pages, is_last=is_last)
        if found is not None:
            return found
    if not edition.is_whole and not is_last:
        return Asked(waits_for=SETTLING)
    # The feed of a former trial is a page of its own.
    page = edition.page(url) if trial_id is None or file == f"{url}{INDEX}" else edition.page(file)
    if page is not None and page.path == file:
        if page.kind == FORMER and not edition.is_settled and not is_last:
            return Asked(waits_for=SETTLING)
        if edition.missing - edition.held.keys():
            # A list without trials that are there would be wrong, and nobody knows them yet.
            return Asked(answer=Answer(path=file, url=page.url, content=b"", digest="", is_provisional=True))
        return Asked(answer=pages.of_page(edition, page, file))
    if not edition.is_settled and not is_last:
        return Asked(waits_for=SETTLING)
    content = files.file(edition, file)
    return Asked(answer=None if content is None else _of_no_page(file, content))


def _of_trial(
    edition: Edition, trial_id: str, url: str, file: str, pages: PageAnswers, *, is_last: bool
) -> Asked | None:
    """Return a file of a trial's page, or what it waits for; None when the trial has no page."""
    if trial_id in edition.missing and not is_last:
        return Asked(waits_for=TRIAL, trial_id=trial_id)
    faults = _why_not(edition, trial_id)
    if faults:
        return Asked(answer=pages.last_good(url, file, faults))
    if not (edition.is_whole or trial_id in edition.pending or is_last):
        return Asked(waits_for=SETTLING)
    if edition.shows(trial_id):
        return Asked(answer=pages.of_trial(edition, trial_id, file))
    return None


def _why_not(edition: Edition, trial_id: str) -> tuple[Diagnostic, ...]:
    """Return the errors of a trial, or of the trial whose counts its editors chose: they hold its page back."""
    held = edition.held.get(trial_id)
    if held is None:
        return ()
    if held.digest and held.card is not None:
        choice = held.card.side_effects
        held = edition.held.get(choice.source) if choice is not None and choice.source else None
    if held is None or held.digest:
        return ()
    return tuple(each for each in held.diagnostics() if each.severity == ERROR)


def _of_no_page(file: str, content: bytes) -> Answer:
    return Answer(path=file, url="", content=content, digest=digest(content))
