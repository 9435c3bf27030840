"""A made-up repository: commits on chosen days, by an author who does not exist."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Made Up"), ("EMAIL", "made.up@example.org"))
}


class MadeUpHistory:
    """A repository in a folder, with the branch `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.run("init", "-q", "-b", "main")

    def commit(self, day: str, files: Mapping[str, str | None], message: str = "A change") -> str:
        """Write files (None removes one) and commit them on a day; return the commit's name."""
        for name, text in files.items():
            path = self.folder / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.run("add", "--all")
        self.run("commit", "-q", "--allow-empty", "-m", message, day=day)
        return self.run("rev-parse", "HEAD").strip()

    def run(self, *words: str, day: str = "2026-01-01") -> str:
        """Run git in the folder, as on a day at noon, whatever is configured on this computer."""
        moment = f"{day}T12:00:00+00:00"
        theirs = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env={**os.environ, **WHO, **theirs, **nothing},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout
