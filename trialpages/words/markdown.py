"""Text of the content and of the registry as GitHub's Markdown shows it: neither formatting a report nor calling anybody.

GitHub makes links of names and numbers after the text is rendered, so a backslash or an entity does not stop it; an
invisible space between the sign and the name does.
"""

from __future__ import annotations

import re

SPECIAL = re.compile(r"[\\`*_\[\]#|~$]|^[>+-]")
MARKS = {"<": "&lt;", "&": "&amp;"}
CALL = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)", re.IGNORECASE)
APART = "&#8203;"
"""A space without width."""


def quoted(text: str) -> str:
    r"""Return any text as Markdown that shows just this text, on one line.

    >>> quoted("a *new* <b>drug</b> by @nobody")
    'a \\*new\\* &lt;b>drug&lt;/b> by @&#8203;nobody'
    """
    escaped = SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    plain = re.sub("[<&]", lambda found: MARKS[found[0]], escaped)
    return CALL.sub(rf"\g<0>{APART}", plain)
