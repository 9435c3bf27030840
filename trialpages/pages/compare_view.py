"""The page of saved trials: what it says of itself. The trials on it are known to the reader's browser only."""

from __future__ import annotations

from trialpages.pages.page import View, frame
from trialpages.read.config import Config
from trialpages.words.language import _

COMPARE = "compare/"


def compare_view(config: Config) -> View:
    """Return the view of the page on which a script puts saved trials side by side."""
    title = _("Saved trials")
    return {
        **frame(
            config,
            COMPARE,
            title=title,
            description=_("The trials that you saved in this browser, side by side."),
            crumbs=[(title, None)],
            section=COMPARE,
        ),
        "script": "js/compare.js",
        "print_title": _("Trials to talk about"),
    }
