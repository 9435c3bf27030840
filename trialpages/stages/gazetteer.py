"""The files of the gazetteer: unpacked when the output does not hold them yet, and otherwise left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from trialpages.machine.memo import FileRow
from trialpages.machine.output import Written, stage
from trialpages.model.card import Card
from trialpages.pages.gazetteer import areas_file, folder_of, is_wanted, names, outlines_file, unpacked
from trialpages.stages.materials import Materials
from trialpages.stages.rendering import RenderState
from trialpages.words.digest import digest

ASSET = "gazetteer"
"""The name by which a template asks for the folder."""


def with_gazetteer(materials: Materials, archive: bytes) -> Materials:
    """Return what all pages share, with the folder of the gazetteer among the assets."""
    folder = folder_of(archive)
    assets = materials.assets
    paths = {**assets.paths, ASSET: folder}
    return replace(materials, assets=replace(assets, paths=paths, digest=digest(assets.digest, folder)))


def stage_gazetteer(
    state: RenderState, cards: Sequence[Card], archive: bytes, remembered: Mapping[str, FileRow]
) -> list[Written]:
    """Stage the gazetteer where a trial has places. `remembered` are files that lie as we left them."""
    if not is_wanted(cards, state.config):
        return []
    made = (areas_file(cards), outlines_file(state.assets))
    staged = [stage(state.staging, state.output, file.path, file.content) for file in made]
    paths = names(archive)
    if all(path in remembered for path in paths):
        return staged + [Written(path, remembered[path].size, False) for path in paths]
    files = unpacked(archive).items()
    return staged + [stage(state.staging, state.output, path, content) for path, content in files]
