"""Files that belong to no page: assets, the list of all trials, the sitemap, the gazetteer, and what only a build makes.

What the edition tells is made here, when it is asked for; the search index and its like are those of the last build.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache

from trialpages.pages.assets import AssetSet
from trialpages.pages.gazetteer import (
    AREAS,
    FOLDER,
    OUTLINES_FILE,
    areas_file,
    is_wanted,
    outlines_file,
    unpacked,
)
from trialpages.pages.site_pages import raw_files
from trialpages.preview.memory.edition import Edition
from trialpages.preview.memory.kept import Kept
from trialpages.stages.decoding import load_trial, search_text
from trialpages.stages.inputs import gazetteer_archive
from trialpages.words.language import use

ALL_TRIALS = "search/trials.json"
ABOUT = ("sitemap", "robots.txt", "site.json")
"""How the files begin that tell of the site itself."""

MOST_TRIALS = 2_000
"""Trials; of a larger site the list is that of the last build, when there is one."""

OLDER_ASSETS = 8
"""Sets of assets that are still answered: an open page may ask for a script of the moment when it was made."""


class SiteFiles:
    """The files of no page. Needs the lock of the press."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._assets: deque[AssetSet] = deque(maxlen=OLDER_ASSETS)
        self._about: tuple[int, dict[str, bytes]] = (0, {})

    def asset(self, edition: Edition, path: str) -> bytes | None:
        """Return an asset by its path, also one that was replaced a moment ago."""
        current = edition.materials.assets
        if not self._assets or self._assets[-1] is not current:
            self._assets.append(current)
        return next((each.files[path] for each in reversed(self._assets) if path in each.files), None)

    def file(self, edition: Edition, path: str) -> bytes | None:
        """Return any other file of no page."""
        found = None
        if path == ALL_TRIALS:
            found = self._all_trials(edition)
        elif path.startswith(ABOUT):
            found = self._told_of_site(edition).get(path)
        elif path.startswith(f"{FOLDER}/"):
            found = _gazetteer(edition, path)
        return self._kept.site_file(path) if found is None else found

    def _all_trials(self, edition: Edition) -> bytes:
        ids = [card.trial_id for card in edition.whole.site.cards]
        if len(ids) > MOST_TRIALS:
            known = self._kept.site_file(ALL_TRIALS)
            if known is not None:
                return known
        use(edition.parts.language)
        entries = ",\n".join(self._entry(edition, trial_id) for trial_id in ids)
        return f"[\n{entries}\n]\n".encode()

    def _entry(self, edition: Edition, trial_id: str) -> str:
        held = edition.held[trial_id]
        if held.remembered_key:
            known = self._kept.search_entry(trial_id, held.remembered_key)
            if known is not None:
                return known
        trial = load_trial(edition.decoding, edition.content.trials[trial_id], held.record)
        assert trial is not None
        assert held.card is not None
        return search_text(held.card, trial)

    def _told_of_site(self, edition: Edition) -> dict[str, bytes]:
        number, files = self._about
        if number != edition.number:
            content = edition.content
            about = raw_files(
                edition.whole.site,
                content.config,
                content.prose,
                edition.former,
                is_preview=edition.options.preview,
            )
            files = {file.path: file.content for file in about}
            self._about = (edition.number, files)
        return files


def _gazetteer(edition: Edition, path: str) -> bytes | None:
    cards = edition.whole.site.cards
    if not is_wanted(cards, edition.content.config):
        return None
    if path == AREAS:
        return areas_file(cards).content
    if path == OUTLINES_FILE:
        return outlines_file(edition.materials.assets).content
    return _towns().get(path)


@lru_cache(maxsize=1)
def _towns() -> dict[str, bytes]:
    return unpacked(gazetteer_archive())
