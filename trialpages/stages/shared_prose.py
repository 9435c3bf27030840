"""How the prose that all trials share reads, remembered until a letter of it changes."""

from __future__ import annotations

import msgspec

from trialpages.machine.memo import Memo
from trialpages.model.checks_shared import check_shared_prose
from trialpages.stages.content import Content
from trialpages.stages.decoding import stored_diagnostics
from trialpages.words.diagnostics import Sink
from trialpages.words.digest import digest
from trialpages.words.language import ENGLISH, base_of

REMEMBERED = "shared prose"


def check_prose(content: Content, memo: Memo, code: str, sink: Sink) -> None:
    """Tell what is wrong with the shared prose of an English site."""
    if base_of(content.config.language) != ENGLISH:
        return
    texts = content.texts
    key = digest(code, *(part for path in sorted(texts) for part in (path, texts[path])))
    known = memo.value(REMEMBERED, key)
    if known is None:
        known = msgspec.json.encode(list(check_shared_prose(content.shared, texts))).decode()
        memo.remember_value(REMEMBERED, key, known)
    sink.extend(stored_diagnostics(known))
