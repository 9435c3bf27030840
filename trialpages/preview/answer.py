"""An answer: what the preview sends for one address of the site, before anything is added to it."""

from __future__ import annotations

from trialpages.words.diagnostics import Diagnostic
from trialpages.words.fields import record


@record
class Answer:
    """One file of the site as it is now.

    `path` is the file's path in the output (`trials/NCT00000001/index.html`), `url` the URL of the page that owns it
    (`trials/NCT00000001/`), empty for a file of no page; `digest` is that of the content. A page that cannot be made has
    no content, and `faults` say why.
    """

    path: str
    url: str
    content: bytes
    digest: str
    faults: tuple[Diagnostic, ...] = ()
    is_provisional: bool = False
    """Whether what the page shows of other trials may be a moment old: the settled page follows."""
