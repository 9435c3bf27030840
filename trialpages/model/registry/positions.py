"""Where a value stands in a JSON file. Used for messages only: the file is read again to find it."""

from __future__ import annotations

import json

from trialpages.model.registry.fields import Place

SPACE = " \t\r\n"


class Positions:
    """Finds lines and columns in one JSON file, whose studies may be wrapped in a list."""

    def __init__(self, data: bytes) -> None:
        self._text = data.decode("utf-8-sig", "replace")
        self._skip = json.JSONDecoder().raw_decode

    def of(self, place: Place) -> tuple[int, int]:
        """Return line and column of the value at a place of the only study, or of its nearest part."""
        offset = 0
        try:
            offset = self._study_start()
            for step in place:
                found = self._step(offset, step)
                if found is None:
                    break
                offset = found
        except (ValueError, RecursionError):
            pass
        before = self._text[:offset]
        return before.count("\n") + 1, offset - before.rfind("\n")

    def _study_start(self) -> int:
        start = self._space(0)
        if self._text[start : start + 1] == "{" and self._step(start, "protocolSection") is None:
            start = self._step(start, "studies") or start
        if self._text[start : start + 1] == "[":
            start = self._step(start, 0) or start
        return start

    def _step(self, offset: int, step: str | int) -> int | None:
        opening = self._text[offset : offset + 1]
        if opening == "{" and isinstance(step, str):
            return self._member(offset, step)
        if opening == "[" and isinstance(step, int):
            return self._entry(offset, step)
        return None

    def _member(self, offset: int, name: str) -> int | None:
        offset = self._space(offset + 1)
        found = None
        while self._text[offset : offset + 1] == '"':
            key, offset = self._skip(self._text, offset)
            offset = self._space(self._space(offset) + 1)
            if key == name:
                found = offset
            offset = self._after(offset)
        return found

    def _entry(self, offset: int, index: int) -> int | None:
        offset = self._space(offset + 1)
        for _ in range(index):
            if self._text[offset : offset + 1] in ("]", ""):
                return None
            offset = self._after(offset)
        return offset

    def _after(self, offset: int) -> int:
        """Return the start of what follows the value at an offset and its comma."""
        offset = self._space(self._skip(self._text, offset)[1])
        return self._space(offset + 1) if self._text[offset : offset + 1] == "," else offset

    def _space(self, offset: int) -> int:
        while offset < len(self._text) and self._text[offset] in SPACE:
            offset += 1
        return offset
