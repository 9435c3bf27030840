"""From files to editions: the first one, and the next one after some files have changed. The urgent part only.

Trials whose decoding takes too long to wait for stay as they were, or unknown, and are named in the edition: they are
decoded when there is time (`settling.py`), or behind the preview by another process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trialpages.machine.git_state import state as git_state
from trialpages.model.card import Card
from trialpages.preview.memory.changes import Changes
from trialpages.preview.memory.common_sources import (
    CommonSources,
    RegistryFile,
    read_common_sources,
    read_registry_file,
)
from trialpages.preview.memory.edition import Edition, Histories, Parts
from trialpages.preview.memory.held import Held, HeldTrial, held_trial, sound_cards
from trialpages.preview.memory.kept import Kept
from trialpages.preview.memory.moved import moved
from trialpages.preview.memory.whole_site import differ_in_words, whole_site
from trialpages.read import sources
from trialpages.read.config import Config
from trialpages.read.sources import Scan
from trialpages.site.charts import figure_template
from trialpages.stages.content import Content
from trialpages.stages.decoding import DecodeState, TrialInput, decode_state, trial_inputs
from trialpages.stages.gazetteer import with_gazetteer
from trialpages.stages.inputs import NO_OVERLAY, Overlay, code_digest, gazetteer_archive, interface_language
from trialpages.stages.materials import Materials, materials, read_assets, read_templates
from trialpages.stages.options import Options
from trialpages.words.diagnostics import Sink
from trialpages.words.language import use

MOST_IN_LINE = 50
"""Trials that are decoded while a reader waits."""


def first_edition(options: Options, kept: Kept) -> Edition:
    """Read the site, with what builds have remembered."""
    scan = sources.scan(options.directory, options.content)
    common = read_common_sources(options, scan, None)
    config = common.common.config
    registry = read_registry_file(options, config, None)
    parts = _parts(options, config, None, kept)
    use(parts.language)
    content = _content(common, registry, _inputs(scan, registry))
    decoding = _decoding(options, content, parts)
    known = kept.trials(content.trials.values(), decoding)
    waiting = [trial for trial in content.trials.values() if trial.trial_id not in known]
    known |= {trial.trial_id: held_trial(decoding, trial) for trial in waiting[:MOST_IN_LINE]}
    held = {trial_id: known[trial_id] for trial_id in content.trials if trial_id in known}
    whole = whole_site(sound_cards(held, drafts=options.drafts), content.shared, config, options.today)
    return Edition(
        number=1,
        options=options,
        sources=common,
        registry=registry,
        content=content,
        parts=parts,
        materials=_materials(parts),
        decoding=decoding,
        held=held,
        missing=frozenset(trial.trial_id for trial in waiting[MOST_IN_LINE:]),
        whole=whole,
        is_whole=True,
        pending=frozenset(),
        histories=Histories(are_awaited=bool(git_state(options.content).head)),
    )


def next_edition(edition: Edition, changed: Changes) -> Edition:
    """Take in what has changed; the edition itself is given back when that is nothing."""
    options = edition.options
    scan = _scan(edition, changed)
    common, registry = edition.sources, edition.registry
    if scan is not None:
        common = read_common_sources(options, scan, common)
        registry = read_registry_file(options, common.common.config, registry, changed.paths)
    config = common.common.config
    parts = _renewed_parts(edition, changed, config)
    use(parts.language)
    inputs = _renewed_inputs(edition, changed, scan, registry)
    is_same = common is edition.sources and registry is edition.registry and inputs is edition.content.trials
    content = edition.content if is_same else _content(common, registry, inputs)
    decoding = edition.decoding
    if common is not edition.sources or registry is not edition.registry or parts.code != edition.parts.code:
        decoding = _decoding(options, content, parts)
    held, missing = _decoded(edition, changed, content, decoding)
    made = replace(
        edition,
        sources=common,
        registry=registry,
        content=content,
        parts=parts,
        materials=edition.materials if parts is edition.parts else _materials(parts),
        decoding=decoding,
    )
    made = with_trials(made, held, missing)
    made = _with_shared(made, edition.content)
    if made == edition:
        return edition
    return made.next(is_checked=made.is_checked and not _moves_checks(made, edition))


def with_trials(edition: Edition, held: Held, missing: frozenset[str]) -> Edition:
    """Return an edition with other decoded trials, and a whole site that shows them where only words have changed."""
    if held is edition.held:
        return edition if missing == edition.missing else replace(edition, missing=missing)
    before, drafts = edition.held, edition.options.drafts
    words: dict[str, Card] = {}
    pending = set(edition.pending & held.keys())
    is_whole = edition.is_whole
    for trial_id in (*moved(before, held), *(before.keys() - held.keys())):
        old, new = before.get(trial_id), held.get(trial_id)
        one, other = _public_card(old, drafts), _public_card(new, drafts)
        if one == other:
            continue
        if is_whole and one is not None and other is not None and differ_in_words(one, other):
            words[trial_id] = other
            continue
        is_whole = False
        pending.discard(trial_id)
        if other is not None:
            pending.add(trial_id)
    whole = edition.whole
    if words and is_whole:
        whole = whole.renewed(words, whole.site.shared)
    elif words:
        pending |= words.keys()
    return replace(
        edition,
        held=held,
        missing=missing,
        whole=whole,
        is_whole=is_whole,
        pending=frozenset(pending),
        is_checked=False,
    )


def with_decoded(edition: Edition, trial_id: str) -> Edition:
    """Decode one of the trials that nobody has decoded yet; the edition itself is given back when there is none."""
    trial = edition.content.trials.get(trial_id)
    if trial is None or trial_id not in edition.missing:
        return edition
    held = {**edition.held, trial_id: held_trial(edition.decoding, trial)}
    return with_trials(edition, dict(sorted(held.items())), edition.missing - {trial_id}).next()


def is_of_day(edition: Edition, options: Options) -> Edition:
    """Return an edition of another day, or with other options."""
    return edition.next(options=options, is_whole=False, is_checked=False)


def _with_shared(made: Edition, before: Content) -> Edition:
    """Let the whole site show the shared files and the settings as they are now, or say that it does not."""
    after = made.content
    if after.shared is before.shared and after.config is before.config:
        return made
    counted = ("conditions", "treatments", "sponsors")
    is_counted = any(getattr(after.shared, name) != getattr(before.shared, name) for name in counted)
    if is_counted or after.config != before.config:
        return replace(made, is_whole=False, is_checked=False)
    if made.is_whole and after.shared != before.shared:
        return replace(made, whole=made.whole.renewed({}, after.shared))
    return made


def _moves_checks(made: Edition, edition: Edition) -> bool:
    """Say whether something has changed on which the checks across trials depend."""
    return (
        made.held is not edition.held
        or made.sources is not edition.sources
        or made.registry is not edition.registry
        or made.decoding is not edition.decoding
        or made.whole is not edition.whole
    )


def _public_card(held: HeldTrial | None, drafts: bool) -> Card | None:
    if held is None or not held.digest or held.card is None or (held.card.draft and not drafts):
        return None
    return held.card


def _scan(edition: Edition, changed: Changes) -> Scan | None:
    """List what has changed of the content: all of it, or all but the trials, whose strays stay as they were."""
    options = edition.options
    if changed.is_everything or _has_strays(edition, changed):
        return sources.scan(options.directory, options.content)
    if not changed.common:
        return None
    scan = sources.scan(options.directory, options.content, with_trials=False)
    folder = f"{sources.relative(options.directory, options.content / 'trials')}/"
    strays = (file for file in edition.sources.scan.strays if file.path.startswith(folder))
    return replace(scan, strays=(*scan.strays, *strays), trials=edition.sources.scan.trials)


def _has_strays(edition: Edition, changed: Changes) -> bool:
    """Say whether a path in the folder of trials is no folder: a file that has no place there, or had none."""
    folder = edition.options.content / "trials"
    return any(
        trial_id not in edition.content.trials and not (folder / trial_id).is_dir()
        for trial_id in changed.trials
    )


def _content(common: CommonSources, registry: RegistryFile, inputs: dict[str, TrialInput]) -> Content:
    read = common.common
    return Content(read.config, read.shared, read.prose, registry.snapshot, inputs, read.texts)


def _inputs(scan: Scan, registry: RegistryFile) -> dict[str, TrialInput]:
    folders = ((trial.trial_id, trial.path, trial.files) for trial in scan.trials)
    return trial_inputs(folders, registry.snapshot)


def _renewed_inputs(
    edition: Edition, changed: Changes, scan: Scan | None, registry: RegistryFile
) -> dict[str, TrialInput]:
    """Return where each trial comes from now; the same mapping when all come from where they came."""
    known = edition.content.trials
    if scan is not None and scan.trials is not edition.sources.scan.trials:
        found = _inputs(scan, registry)
    elif registry is not edition.registry:
        folders = ((trial.trial_id, trial.folder, trial.files) for trial in known.values() if trial.folder)
        found = trial_inputs(iter(tuple(folders)), registry.snapshot)
    else:
        return _with_folders(edition, known, changed.trials) if changed.trials else known
    kept = {
        trial_id: known[trial_id] if known.get(trial_id) == trial else trial
        for trial_id, trial in found.items()
    }
    is_same = len(kept) == len(known) and all(known.get(name) is trial for name, trial in kept.items())
    return known if is_same else kept


def _with_folders(
    edition: Edition, known: dict[str, TrialInput], names: Iterable[str]
) -> dict[str, TrialInput]:
    options = edition.options
    found = dict(known)
    for name in names:
        listed = (
            None
            if sources.is_dropping(name)
            else sources.trial_folder(options.directory, options.content, name)
        )
        member = known[name].member if name in known else None
        if listed is not None:
            found[name] = TrialInput(name, listed.path, listed.files, member)
        elif member is not None:
            found[name] = TrialInput(name, "", (), member)
        else:
            found.pop(name, None)
    return found if found.keys() == known.keys() else dict(sorted(found.items()))


def _decoded(
    edition: Edition, changed: Changes, content: Content, decoding: DecodeState
) -> tuple[Held, frozenset[str]]:
    """Decode the trials whose files have changed, as many as one can wait for; name the others."""
    before, known, now = edition.content.trials, edition.held, content.trials
    if now is before and not changed.trials and not changed.is_everything:
        return known, edition.missing
    names = {*moved(before, now), *(changed.trials & now.keys())}
    if changed.is_everything:
        names.update(name for name, trial in now.items() if _is_uncertain(trial))
    waiting = [now[name] for name in sorted(names)]
    missing = (edition.missing & now.keys()) - {trial.trial_id for trial in waiting}
    # Those of the batch come first: they are what somebody looks at.
    waiting.sort(key=lambda trial: trial.trial_id not in changed.trials)
    held = dict(known)
    for gone in known.keys() - now.keys():
        del held[gone]
    for trial in waiting[:MOST_IN_LINE]:
        held[trial.trial_id] = held_trial(decoding, trial, held.get(trial.trial_id))
    missing |= {trial.trial_id for trial in waiting[MOST_IN_LINE:]}
    if held.keys() != known.keys():
        return dict(sorted(held.items())), missing
    is_same = all(held[trial.trial_id] is known[trial.trial_id] for trial in waiting[:MOST_IN_LINE])
    return known if is_same else held, missing


def _is_uncertain(trial: TrialInput) -> bool:
    """Say whether a trial's stamps cannot tell that its files are as they were, when nobody says what has changed."""
    now = sources.clock_ns()
    return any(sources.is_young(file, now) for file in trial.files)


def _unnamed(files: Overlay, changed: Changes) -> Overlay:
    """Return the files that are known and that nobody has said to have changed."""
    return NO_OVERLAY if changed.is_everything else files.without(changed.paths)


def _decoding(options: Options, content: Content, parts: Parts) -> DecodeState:
    return decode_state(
        options.directory, content.config, content.snapshot, content.shared, parts.code, {}, parts.language
    )


def _materials(parts: Parts) -> Materials:
    made = materials(parts.templates, parts.assets, parts.image_style, parts.figure, parts.code)
    return with_gazetteer(made, _archive())


def _archive() -> bytes:
    return gazetteer_archive()


def _parts(options: Options, config: Config, known: Parts | None, kept: Kept) -> Parts:
    language_sink: Sink = []
    language = interface_language(options, config.language, language_sink)
    code = code_digest(language)
    sink: Sink = []
    templates = read_templates(options, sink)
    assets, style, files = read_assets(options, language)
    figure = kept.figure(code) or figure_template()
    return Parts(language, tuple(language_sink), code, templates, tuple(sink), files, assets, style, figure)


def _renewed_parts(edition: Edition, changed: Changes, config: Config) -> Parts:
    """Return what pages share beside the content; the same when nothing of it has changed."""
    options, known = edition.options, edition.parts
    made = known
    if changed.language or config.language != edition.content.config.language:
        sink: Sink = []
        language = interface_language(options, config.language, sink)
        if language != known.language or tuple(sink) != known.language_faults:
            made = replace(made, language=language, language_faults=tuple(sink), code=code_digest(language))
    if changed.templates:
        sink = []
        templates = read_templates(options, sink, _unnamed(known.templates.files, changed))
        if templates != known.templates or tuple(sink) != known.template_faults:
            made = replace(made, templates=templates, template_faults=tuple(sink))
    if changed.assets or made.language is not known.language:
        use(made.language)
        assets, style, files = read_assets(options, made.language, _unnamed(known.asset_files, changed))
        if (assets, style) != (known.assets, known.image_style):
            made = replace(made, asset_files=files, assets=assets, image_style=style)
    return made
