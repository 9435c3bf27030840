"""The search index: made again from remembered documents when something that it holds has changed.

An edit that changes nothing which a search can find or show leaves every file of the index as it lies. The files
stand in a folder that is named by their content, so a browser may keep them for ever; `search/latest.json` names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from trialpages.machine.collector import collector_at_rest
from trialpages.machine.memo import FileRow, Memo
from trialpages.machine.output import Written, is_new, name_folder, stage, stage_nameless
from trialpages.search.concepts import concepts
from trialpages.search.document import SearchDocument, Told
from trialpages.search.index import Passing, Values, index_files
from trialpages.search.manifest import LATEST
from trialpages.search.sizes import Sizes
from trialpages.site.site import Site
from trialpages.stages.rendering import RenderState
from trialpages.stages.trials import Trials
from trialpages.words.digest import digest

FOLDER = "search/"
MEMO = "search index"
FACETS = ("country", "condition", "treatment", "sponsor")
"""Facets with more values than a form can list, as the browse pages divide the trials by them."""


def stage_search_index(
    state: RenderState, memo: Memo, code: str, trials: Trials, site: Site, remembered: Mapping[str, FileRow]
) -> tuple[list[Written], bool]:
    """Stage the index, and say whether it was made anew. `remembered` are files that lie as we left them."""
    few_below = state.config.search_in_few_files_below
    values = value_sets(site)
    key = _key(code, trials, site, values, few_below)
    known = memo.value(MEMO, key)
    if known is not None:
        folder, count = known.split()
        kept = [
            row
            for path, row in remembered.items()
            if path.startswith(f"{FOLDER}{folder}/") or path == f"{FOLDER}{LATEST}"
        ]
        if len(kept) == int(count):
            return [Written(row.path, row.size, False) for row in kept], False
    order = sorted((card.trial_id for card in site.cards), key=lambda trial_id: trials.documents[trial_id])
    files = index_files(
        order,
        partial(_documents, memo, order, SearchDocument),
        partial(concepts, shared=site.shared),
        values,
        told=partial(_documents, memo, order, Told),
        sizes=Sizes(collapse=few_below),
    )
    with collector_at_rest():
        written = _stage(state, files, remembered)
    memo.remember_value(MEMO, key, f"{written[0].path.split('/')[1]} {len(written)}")
    return written, True


def _stage(
    state: RenderState, files: Iterable[tuple[str, bytes]], remembered: Mapping[str, FileRow]
) -> list[Written]:
    """Write the files of an index; one that is remembered has the same content, since its folder is named by it."""
    sizes: dict[str, int] = {}
    pointer = b""
    for path, content in files:
        if path == LATEST:
            pointer = content
        else:
            sizes[path] = stage_nameless(state.staging, path, content)
    folder = f"{FOLDER}{msgspec.json.decode(pointer)['index']}"
    name_folder(state.staging, folder)
    paths = ((f"{folder}/{path}", size) for path, size in sizes.items())
    written = [
        Written(path, size, path not in remembered and is_new(state.staging, state.output, path))
        for path, size in paths
    ]
    return [*written, stage(state.staging, state.output, f"{FOLDER}{LATEST}", pointer)]


def value_sets(site: Site) -> tuple[tuple[str, Values], ...]:
    """Return the facets with many values: slug, label and trial ids of each value, as the browse pages have them."""
    return tuple(
        (name, [(value.slug, value.label, value.trial_ids) for value in site.facet(name).values])
        for name in FACETS
    )


def _key(
    code: str, trials: Trials, site: Site, values: tuple[tuple[str, Values], ...], few_below: int
) -> str:
    """Return the digest of all that the index is made from."""
    encode = msgspec.msgpack.Encoder().encode
    described = (
        [(file.slug, file.name, file.other_names, file.parent) for file in site.shared.conditions],
        [(file.slug, file.name, file.other_names) for file in site.shared.treatments],
        site.shared.search_synonyms,
    )
    return digest(
        code,
        str(few_below),
        encode(described),
        encode(values),
        *(part for card in site.cards for part in (card.trial_id, *trials.documents[card.trial_id])),
    )


def _documents(memo: Memo, order: Sequence[str], kind: type[Passing]) -> Iterator[Passing]:
    """Yield the documents, or as much of each as the kind holds."""
    decoder = msgspec.msgpack.Decoder(kind)
    for trial_id in order:
        document = memo.document(trial_id)
        if document is not None:
            yield decoder.decode(document)
