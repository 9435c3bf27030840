"""What the blocks of one page are found from: the page's HTML, and the files of the site as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from trialpages.model.shared_files import GLOSSARY, SharedFiles
from trialpages.preview.panel.block import SETTINGS, SHARED, TEMPLATE, Source
from trialpages.preview.panel.places_in_files import FILES_REMEMBERED, Stretch, yaml_places
from trialpages.preview.panel.trial_sources import TrialSources
from trialpages.read.document import Location, read_yaml
from trialpages.site.context import TrialContext
from trialpages.words.fields import record

NO_CLOSURE: tuple[str, ...] = ()


@record
class SiteSources:
    """The files that pages share, by their paths from the site's folder."""

    content: str
    """The content's folder with a slash, or nothing when it is the site's own."""
    texts: Mapping[str, bytes]
    """Shared files and pages of prose."""
    settings_path: str
    settings: bytes | None
    shared: SharedFiles
    language: str
    templates: Mapping[str, str] = field(repr=False)
    shown: Mapping[str, str] = field(repr=False)
    """Each template's path as an author knows it."""
    own_templates: frozenset[str] = frozenset()
    """Names of the templates that lie in the site's own folder."""

    def shared_file(self, name: str, what: str, *locations: Location, is_own: bool = True) -> Source | None:
        """Return the first of some fields of a shared file; the whole file when it has none of them now."""
        path = f"{self.content}{name}"
        data = self.texts.get(path)
        if data is None:
            return None
        stretch = first_of(data, *locations)
        return Source(path=path, what=what, kind=SHARED, stretch=stretch, is_own=is_own)

    def entry(self, name: str, key: str, value: str, what: str, *, is_own: bool = True) -> Source | None:
        """Return the entry of a shared list whose field `key` has a value; without a line while none is found."""
        path = f"{self.content}{name}"
        data = self.texts.get(path)
        if data is None:
            return None
        index = _entries(data, key).get(value)
        stretch = yaml_places(data).get((index,)) if index is not None else None
        return Source(path=path, what=what, kind=SHARED, stretch=stretch, is_own=is_own)

    def glossary_entry(self, term: str, *, is_own: bool = True) -> Source | None:
        """Return the place of a word of the glossary; without a line while the file cannot be read."""
        return self.entry(GLOSSARY, "term", term, f"the word '{term}'", is_own=is_own)

    def setting(self, name: str, what: str = "", *, is_own: bool = True) -> Source | None:
        """Return the place of a setting that the site's owner has written."""
        stretch = first_of(self.settings, (name,)) if self.settings is not None else None
        if stretch is None:
            return None
        return Source(
            path=self.settings_path, what=what or name, kind=SETTINGS, stretch=stretch, is_own=is_own
        )

    def template(self, name: str, *marks: str) -> Source | None:
        """Return a template at the line of the first of some words in it; without line when it has none of them."""
        text = self.templates.get(name)
        if text is None:
            return None
        lines = text.splitlines()
        found = (at for mark in marks for at, line in enumerate(lines, 1) if mark in line)
        line = next(found, None)
        stretch = Stretch(line=line, column=1, end_line=line) if line else None
        shown = self.shown.get(name, f"templates/{name}")
        return Source(
            path=shown, what=name, kind=TEMPLATE, stretch=stretch, opens=name in self.own_templates
        )  # fmt: skip


@record
class PageInput:
    """One page as it was made, with what it was made from."""

    path: str
    """The file in the output that is looked at."""
    url: str
    kind: str
    html: str = field(repr=False)
    site: SiteSources
    template: str = ""
    """The page's own template, by name."""
    closure: tuple[str, ...] = NO_CLOSURE
    """All templates that the page may use, its own first."""
    trial: TrialSources | None = None
    context: TrialContext | None = None
    events_of: TrialSources | None = None
    """The trial whose health problems the page shows, when it is another one."""


def first_of(data: bytes, *locations: Location) -> Stretch | None:
    """Return the first of some fields that a YAML file has."""
    places = yaml_places(data)
    found = (places.get(location) for location in locations)
    return next((each for each in found if each is not None and not each.is_nothing), None)


@lru_cache(maxsize=FILES_REMEMBERED)
def _entries(data: bytes, key: str) -> Mapping[str, int]:
    """Return the number of the first entry with each value of a field, also of entries that have a fault."""
    document = read_yaml(data, "", [])
    entries = document.value if document is not None and isinstance(document.value, list) else []
    found: dict[str, int] = {}
    for index, entry in enumerate(entries):
        value = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(value, str):
            found.setdefault(" ".join(value.split()), index)
    return found
