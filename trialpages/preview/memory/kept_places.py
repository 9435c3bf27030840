"""Where the preview keeps what is made behind it: a site and a memo of its own, beside those of the user's builds."""

from __future__ import annotations

from dataclasses import replace

from trialpages.stages.options import Options

OWN_FOLDER = "preview"
"""In the cache."""


def own_build(options: Options) -> Options:
    """Return the options of the build that is made behind the preview."""
    own = options.cache / OWN_FOLDER
    return replace(options, cache=own, output=own / "site", keep_going=True)
