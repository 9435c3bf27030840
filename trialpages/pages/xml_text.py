"""Text for XML: without what XML forbids, and without what would turn the text around it.

XML 1.0 has no way to write a control character, not even as a reference, so that one such character makes a whole
file unreadable. A program that shows a title among others obeys a sign that overrides the direction of writing until
the end of its own line, which the title's author does not own.
"""

from __future__ import annotations

import re

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids, and the control characters that it advises against."""

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that embed, override or isolate a direction of writing; Hebrew and Arabic letters need none."""


def xml_text(text: str) -> str:
    r"""Return a text as XML may hold it; the signs of markup are left to the template, which escapes them.

    >>> xml_text("one\x01 <two>")
    'one <two>'
    """
    # Most texts are of this kind, and to see it is a tenth of the work.
    if text.isascii() and text.isprintable():
        return text
    return TURNING.sub("", UNWRITABLE.sub("", text))
