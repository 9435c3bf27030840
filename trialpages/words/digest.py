"""Digests: short names for content. Equal content has equal digests, on every machine."""

from __future__ import annotations

import hashlib

DIGEST_SIZE = 16
"""Bytes; 128 bits, so that two contents never meet by chance."""


def digest(*parts: bytes | str) -> str:
    """Return the hexadecimal digest of the parts, each set apart by its length."""
    state = hashlib.blake2b(digest_size=DIGEST_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()
