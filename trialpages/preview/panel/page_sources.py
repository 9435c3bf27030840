"""From the site in memory to what the blocks of one page are found from: the only place that reads both.

Files are read as they are on the disk now, also broken ones, since lines must be those that an editor sees; what the
page shows of other trials comes from the edition that made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trialpages.preview.answer import Answer
from trialpages.preview.memory.closure import closure_of
from trialpages.preview.memory.edition import Contexts, Edition
from trialpages.preview.panel.page_input import PageInput, SiteSources
from trialpages.preview.panel.trial_sources import TrialSources
from trialpages.read import sources
from trialpages.read.snapshot import BROKEN
from trialpages.site.context import TrialContext
from trialpages.stages.decoding import folder_files
from trialpages.stages.materials import TRIAL_TEMPLATE
from trialpages.stages.rendering import PageJob

LONG_LISTS: Mapping[str, str] = {"places": "trial_places.html", "adverse-events": "trial_adverse_events.html"}
"""Templates of the pages of their own on which a trial's long lists stand, by the end of the address."""

NOT_FOUND = "404.html"


def page_input(edition: Edition, answer: Answer, job: PageJob | None) -> PageInput:
    """Return what the blocks of a page are found from; `answer` is the page as the site sent it, `job` what it is."""
    trial_id = job.trial_id if job else _trial_of(edition, answer.url)
    template = _template(edition, answer, trial_id)
    closure = closure_of(template, edition.materials.templates)
    context = _context(edition, trial_id) if trial_id else None
    events_of = context.source_trial.card.trial_id if context and context.source_trial else None
    return PageInput(
        path=answer.path,
        url=answer.url,
        kind=job.kind if job else "trial" if trial_id else "",
        html=answer.content.decode("utf-8", "replace"),
        site=site_sources(edition, closure),
        template=template,
        closure=closure,
        trial=trial_sources(edition, trial_id) if trial_id else None,
        context=context,
        events_of=trial_sources(edition, events_of) if events_of else None,
    )


def site_sources(edition: Edition, closure: tuple[str, ...]) -> SiteSources:
    """Return the files that pages share, as they are now; `closure` are the templates of one page."""
    options = edition.options
    content = sources.relative(options.directory, options.content)
    found = edition.sources.scan.site_file
    path = found.path if found else f"{content}/site.yaml"
    return SiteSources(
        content="" if content == "." else f"{content}/",
        texts=edition.sources.texts,
        settings_path=path,
        settings=edition.sources.texts.get(path),
        shared=edition.content.shared,
        language=edition.content.config.language,
        templates=edition.materials.templates,
        shown=edition.materials.shown,
        own_templates=_own_templates(options.directory, options.templates, closure),
    )


def trial_sources(edition: Edition, trial_id: str) -> TrialSources | None:
    """Return the files of a trial as they are now; None when it has neither files nor a record."""
    found = edition.content.trials.get(trial_id)
    if found is None:
        return None
    folder, files = folder_files(edition.decoding, edition.content.trials, trial_id)
    member, snapshot = found.member, edition.content.snapshot
    data = None
    if member is not None and snapshot is not None and "registry.json" not in files:
        try:
            data = snapshot.read(member)
        except (*BROKEN, OSError):
            data = None
    return TrialSources(
        trial_id=trial_id,
        folder=folder,
        files=files,
        member=data,
        member_path=f"{edition.content.config.registry}!{member.name}" if member else "",
        member_has_lines=member is not None and member.position is None,
    )


def _trial_of(edition: Edition, url: str) -> str | None:
    """Return the trial whose page has an address, also while a fault keeps that page from being made."""
    trial_id = url.removeprefix("trials/").strip("/")
    return trial_id if url.startswith("trials/") and trial_id in edition.content.trials else None


def _template(edition: Edition, answer: Answer, trial_id: str | None) -> str:
    if trial_id:
        name = answer.path.removeprefix(answer.url).partition("/")[0]
        return LONG_LISTS.get(name, TRIAL_TEMPLATE)
    page = edition.page(answer.url)
    return page.template if page is not None else ""


def _context(edition: Edition, trial_id: str) -> TrialContext | None:
    try:
        return Contexts(edition)[trial_id]
    except KeyError:
        return None


def _own_templates(directory: Path, folder: Path, names: tuple[str, ...]) -> frozenset[str]:
    """Return the templates that lie in the site's own folder, where an editor may change them."""
    if not folder.is_relative_to(directory):
        return frozenset()
    return frozenset(name for name in names if (folder / name).is_file())
