"""How the editors' own words and choices changed: prose by its headings, plain rules, reviews, corrected facts.

Both versions hold what the editors wrote. A slip that was mended is a change for editors only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.model.change import Change
from trialpages.model.changes_texts import Difference, difference, is_slip, same_text
from trialpages.model.editorial import SideEffects
from trialpages.model.summary import HEADINGS, Block, Summary
from trialpages.model.trial import Trial

SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=\W?[A-ZÀ-Þ¿¡])|\n\s*\n|\n\s*(?:[*+-]|\d+[.)])\s+|^[*+-]\s+")
"""Where a sentence, a paragraph or an item of a list ends."""

PARTS = ("timeline", "key_facts", "approvals", "results_summary", "spots_left")
"""Parts of the editors' file that are shown as they are written."""


def word_changes(before: Trial, after: Trial) -> Iterator[Change]:
    """Yield what the editors changed in their words, most visible first."""
    yield from _title(before, after)
    yield from _prose(before, after)
    yield from _plain_rules(before, after)
    yield from _side_effects(before.side_effects, after.side_effects)
    for name in PARTS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            kind = "part-added" if not was else "part-removed" if not now else "part-rewritten"
            yield _own(kind, name, matters_to_readers=True)
    yield from _reviews(before, after)
    yield from _overrides(before, after)


def _own(kind: str, field: str = "", **rest: object) -> Change:
    return Change(kind=kind, field=field, is_editorial=True, **rest)  # type: ignore[arg-type]


def _title(before: Trial, after: Trial) -> Iterator[Change]:
    if not same_text(before.title, after.title):
        was, now = before.title, after.title
        matters = not (was and now and is_slip(was, now))
        yield _own("title", "title", before=was, after=now, matters_to_readers=matters)


def _prose(before: Trial, after: Trial) -> Iterator[Change]:
    was, now = _written(before), _written(after)
    for language in sorted({*was, *now}, key=lambda code: (code != "en", code)):
        old, new = was.get(language, {}), now.get(language, {})
        if not old or not new:
            kind = "summary-removed" if old else "summary-added"
            yield _own(kind, language=language, names=_headings(new or old), matters_to_readers=True)
            continue
        yield from _blocks(language, old, new)


def _blocks(language: str, old: dict[str, Block], new: dict[str, Block]) -> Iterator[Change]:
    kinds = [kind for kind in HEADINGS if kind in old or kind in new]
    edited = [
        kind
        for kind in kinds
        if kind in old and kind in new and not same_text(old[kind].markdown, new[kind].markdown)
    ]
    slips = [kind for kind in edited if is_slip(old[kind].markdown, new[kind].markdown)]
    groups = (
        ("words-added", [kind for kind in kinds if kind not in old], new, True),
        ("words-rewritten", [kind for kind in edited if kind not in slips], new, True),
        ("words-removed", [kind for kind in kinds if kind not in new], old, True),
        ("words-corrected", slips, new, False),
    )
    for kind, found, blocks, matters in groups:
        if found:
            names = _headings({each: blocks[each] for each in found})
            yield _own(kind, language=language, count=len(found), names=names, matters_to_readers=matters)


def _written(trial: Trial) -> dict[str, dict[str, Block]]:
    """Return the blocks of each language that has any, by kind."""
    return {
        summary.language: {block.kind: block for block in summary.blocks}
        for summary in trial.summaries
        if summary.blocks
    }


def _headings(blocks: dict[str, Block]) -> tuple[str, ...]:
    return tuple(blocks[kind].heading for kind in HEADINGS if kind in blocks)


def reworded_prose(before: Trial, after: Trial, change: Change) -> Difference:
    """Return the sentences that differ in the blocks of prose that a change names."""
    texts: list[list[str]] = []
    for trial in (before, after):
        blocks = _written(trial).get(change.language, {}).values()
        markdown = "\n\n".join(block.markdown for block in blocks if block.heading in change.names)
        texts.append([" ".join(text.split()) for text in SENTENCE_END.split(markdown) if text.strip()])
    return difference(*texts)


def _plain_rules(before: Trial, after: Trial) -> Iterator[Change]:
    if before.plain_criteria == after.plain_criteria:
        return
    lists = [[f"{rule.kind}: {rule.plain}" for rule in trial.plain_criteria] for trial in (before, after)]
    found = difference(*lists)
    if not found:
        yield _own("plain-rules-order", "plain_criteria")
        return
    is_small = not (found.removed or found.added) and all(is_slip(*pair) for pair in found.reworded)
    yield _own(
        "plain-rules",
        "plain_criteria",
        count=found.count,
        removed=_plain(found.removed),
        added=_plain(found.added),
        reworded=_plain_pairs(found),
        matters_to_readers=not is_small,
    )


def _plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.partition(": ")[2] for text in texts)


def _plain_pairs(found: Difference) -> tuple[tuple[str, str], ...]:
    return tuple((was.partition(": ")[2], now.partition(": ")[2]) for was, now in found.reworded)


def _side_effects(before: SideEffects | None, after: SideEffects | None) -> Iterator[Change]:
    if _shown(before) != _shown(after):
        was, now = before and before.source, after and after.source
        yield _own("side-effects", "side_effects", before=was, after=now, matters_to_readers=True)
    elif before != after:
        yield _own("part-rewritten", "side_effects", matters_to_readers=True)


def _shown(choice: SideEffects | None) -> tuple[object, ...]:
    return (choice.source, choice.groups, choice.show) if choice else (None, (), True)


def _reviews(before: Trial, after: Trial) -> Iterator[Change]:
    was = {summary.language: summary for summary in before.summaries}
    for now in after.summaries:
        old = was.get(now.language, Summary())
        if (old.reviewed_by, old.reviewed_on) == (now.reviewed_by, now.reviewed_on):
            continue
        if now.reviewed_by:
            yield _own(
                "reviewed",
                language=now.language,
                names=(now.reviewed_by,),
                before=old.reviewed_on,
                after=now.reviewed_on,
                matters_to_readers=True,
            )
        elif old.reviewed_by:
            yield _own("review-removed", language=now.language, names=(old.reviewed_by,))


def _overrides(before: Trial, after: Trial) -> Iterator[Change]:
    was = {override.field: override for override in before.overrides}
    now = {override.field: override for override in after.overrides}
    for name in sorted({*was, *now}):
        old, new = was.get(name), now.get(name)
        if old is None and new is not None:
            yield _own("override-added", name, before=new.registry_value)
        elif new is None and old is not None:
            yield _own("override-removed", name, before=old.registry_value)
        elif old and new and not same_text(old.registry_value, new.registry_value):
            yield Change(
                kind="override-outdated", field=name, before=old.registry_value, after=new.registry_value
            )
