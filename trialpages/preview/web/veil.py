"""What must not reach a browser: absolute paths of this machine, and with them the names of its users.

Diagnostics name files relative to the site already. This is the second lock, for the text of an error that some
library or the system has worded.
"""

from __future__ import annotations

import sys
from pathlib import Path

from trialpages.stages.inputs import PACKAGE
from trialpages.stages.options import Options


class Veil:
    """Replaces the folders of this machine in a text."""

    def __init__(self, options: Options) -> None:
        named = {
            options.directory: "",
            options.content: "content",
            options.templates: "templates",
            options.assets: "assets",
            options.output: "output",
            options.cache: "cache",
            PACKAGE.parent: "",
            Path(sys.prefix): "python",
            Path(sys.base_prefix): "python",
            Path.home(): "~",
        }
        longest_first = sorted(named.items(), key=lambda pair: -len(str(pair[0])))
        self._named = tuple((str(path), name) for path, name in longest_first if len(path.parts) > 1)

    def over(self, text: str) -> str:
        """Return a text without the folders of this machine."""
        for path, name in self._named:
            if path in text:
                text = text.replace(f"{path}/", f"{name}/" if name else "").replace(path, name or ".")
        return text
