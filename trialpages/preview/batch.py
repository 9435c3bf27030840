"""A batch of changes: what was saved, made, moved or removed since the last one."""

from __future__ import annotations

from trialpages.words.fields import record


@record
class Batch:
    """Absolute paths that have changed; with `is_everything`, nobody knows which, so all is looked at again."""

    paths: frozenset[str] = frozenset()
    is_everything: bool = False
