"""The plan: which pages there are, the key of each, and which of them must be made again, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec

from trialpages.machine.memo import PageRow
from trialpages.pages.feeds import FEED
from trialpages.pages.social_image import draws_images
from trialpages.read.config import as_pages_see_it
from trialpages.stages.materials import TRIAL_TEMPLATES, Materials
from trialpages.stages.rendering import PageJob, RenderState
from trialpages.stages.trials import Trials
from trialpages.words.digest import digest


def plan(
    trials: Trials,
    state: RenderState,
    materials: Materials,
    remembered: Mapping[str, PageRow],
    damaged: frozenset[str],
) -> tuple[list[PageJob], list[PageJob]]:
    """Return all pages, and those of them whose key is not the remembered one."""
    encode = msgspec.msgpack.Encoder().encode
    config = digest(
        encode(as_pages_see_it(state.config)), json.dumps(state.site, sort_keys=True, default=str)
    )
    common = {"code": materials.code, "assets": materials.assets.digest, "configuration": config}
    words = digest(encode(state.words))
    all_jobs: list[PageJob] = []
    for page in state.pages.values():
        view = digest(json.dumps(page.view, sort_keys=True, default=str))
        parts = {**common, "view": view, "templates": materials.closures.get(page.template, "")}
        all_jobs.append(_job(page.url, page.kind, parts, remembered, damaged, None))
    trial_parts = {
        **common,
        "words": words,
        "templates": digest(*(materials.closures.get(name, "") for name in TRIAL_TEMPLATES)),
        "figure": digest(materials.figure),
    }
    if draws_images(state.config):
        trial_parts["social image"] = digest(encode(state.image_style))
    for trial_id, context in state.contexts.items():
        source = trials.digests[context.source_trial.card.trial_id] if context.source_trial else ""
        parts = {
            **trial_parts,
            "trial": trials.digests[trial_id],
            "context": digest(encode(context)),
            "source of side effects": source,
        }
        if trial_id in state.histories:
            parts["history"] = state.histories[trial_id]
            parts["feed template"] = materials.closures.get(FEED, "")
        all_jobs.append(_job(f"trials/{trial_id}/", "trial", parts, remembered, damaged, trial_id))
    all_jobs.sort(key=lambda job: job.url)
    return all_jobs, [job for job in all_jobs if job.reason]


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
        moved = [name for name in parts if row.parts.get(name) != parts[name]]
        moved += [name for name in row.parts if name not in parts]
        reason = f"changed: {', '.join(moved)}" if moved else ""
        if not reason and url in damaged:
            reason = "its file in the output was changed or removed"
    return PageJob(url, kind, parts, reason, trial_id)
