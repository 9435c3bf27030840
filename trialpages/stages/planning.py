"""The plan: which pages there are, the key of each, and which of them must be made again, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from trialpages.machine.memo import PageRow
from trialpages.pages.feeds import FEED
from trialpages.pages.page import Page
from trialpages.pages.social_image import draws_images
from trialpages.read.config import as_pages_see_it
from trialpages.stages.materials import TRIAL_TEMPLATES, Materials
from trialpages.stages.rendering import PageJob, RenderState
from trialpages.stages.trials import Trials
from trialpages.words.digest import digest


class Keys:
    """The keys of pages, by named parts: what all pages share is made once, each page's own when it is asked for."""

    def __init__(self, state: RenderState, materials: Materials) -> None:
        self._encode = msgspec.msgpack.Encoder().encode
        self._state = state
        self._closures = materials.closures
        config = digest(
            self._encode(as_pages_see_it(state.config)), json.dumps(state.site, sort_keys=True, default=str)
        )
        self._common = {"code": materials.code, "assets": materials.assets.digest, "configuration": config}
        self._of_trials = {
            **self._common,
            "words": digest(self._encode(state.words)),
            "templates": digest(*(self._closures.get(name, "") for name in TRIAL_TEMPLATES)),
            "figure": digest(materials.figure),
        }
        if draws_images(state.config):
            self._of_trials["social image"] = digest(self._encode(state.image_style))

    def of_page(self, page: Page) -> dict[str, str]:
        """Return the key of a page that is no trial's."""
        view = digest(json.dumps(page.view, sort_keys=True, default=str))
        return {**self._common, "view": view, "templates": self._closures.get(page.template, "")}

    def of_trial(self, trial_id: str, digests: Mapping[str, str]) -> dict[str, str]:
        """Return the key of a trial's page; `digests` are those of the decoded trials."""
        context = self._state.contexts[trial_id]
        source = digests[context.source_trial.card.trial_id] if context.source_trial else ""
        parts = {
            **self._of_trials,
            "trial": digests[trial_id],
            "context": digest(self._encode(context)),
            "source of side effects": source,
        }
        if trial_id in self._state.histories:
            parts["history"] = self._state.histories[trial_id]
            parts["feed template"] = self._closures.get(FEED, "")
        return parts


def plan(
    trials: Trials,
    state: RenderState,
    materials: Materials,
    remembered: Mapping[str, PageRow],
    damaged: frozenset[str],
) -> tuple[list[PageJob], list[PageJob]]:
    """Return all pages, and those of them whose key is not the remembered one."""
    keys = Keys(state, materials)
    all_jobs = [
        _job(page.url, page.kind, keys.of_page(page), remembered, damaged, None)
        for page in state.pages.values()
    ]
    for trial_id in state.contexts:
        parts = keys.of_trial(trial_id, trials.digests)
        all_jobs.append(_job(f"trials/{trial_id}/", "trial", parts, remembered, damaged, trial_id))
    all_jobs.sort(key=lambda job: job.url)
    return all_jobs, [job for job in all_jobs if job.reason]


def moved_parts(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the named parts in which two keys of a page differ."""
    return [name for name in after if before.get(name) != after[name]] + [
        name for name in before if name not in after
    ]


def _job(
    url: str,
    kind: str,
    parts: Mapping[str, str],
    remembered: Mapping[str, PageRow],
    damaged: frozenset[str],
    trial_id: str | None,
) -> PageJob:
    row = remembered.get(url)
    if row is None:
        reason = "it was not there"
    else:
        moved = moved_parts(row.parts, parts)
        reason = f"changed: {', '.join(moved)}" if moved else ""
        if not reason and url in damaged:
            reason = "its file in the output was changed or removed"
    return PageJob(url, kind, parts, reason, trial_id)
