"""A made-up `gh`, GitHub's command: it records its calls and keeps one pull request in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SCRIPT = """#!/bin/sh
printf '%s\\n' "$*" >>"$GH_FOLDER/calls"
case "$1 $2" in
"pr list")
    if [ -e "$GH_FOLDER/meanwhile" ]; then sh "$GH_FOLDER/meanwhile" >/dev/null 2>&1; fi
    cat "$GH_FOLDER/number" 2>/dev/null || true ;;
"pr view") cat "$GH_FOLDER/body" ;;
"pr create")
    if [ -e "$GH_FOLDER/forbidden" ]; then echo "GitHub Actions is not permitted to create pull requests" >&2; exit 1; fi
    echo 7 >"$GH_FOLDER/number"
    while [ "$1" != --body-file ]; do shift; done
    cp "$2" "$GH_FOLDER/body" ;;
"api --silent")
    for word; do case $word in body=@*) cp "${word#body=@}" "$GH_FOLDER/body" ;; esac; done ;;
esac
"""


@dataclass(frozen=True)
class MadeUpGh:
    """Where the command stands, and what it was asked."""

    folder: Path

    @property
    def commands(self) -> Path:
        """The folder to put on PATH."""
        return self.folder / "bin"

    @property
    def variables(self) -> dict[str, str]:
        """What the command needs to find its folder."""
        return {"GH_FOLDER": str(self.folder)}

    @property
    def body(self) -> str:
        """The text of the pull request."""
        return (self.folder / "body").read_text("utf-8")

    def calls(self, beginning: str) -> list[str]:
        """Return the calls that begin so."""
        path = self.folder / "calls"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [line for line in lines if line.startswith(beginning)]

    def meanwhile(self, script: str) -> None:
        """Let something happen between the look at the branch and the push."""
        (self.folder / "meanwhile").write_text(script)

    def close(self) -> None:
        """Close the pull request."""
        (self.folder / "number").unlink()


def made_up_gh(folder: Path) -> MadeUpGh:
    """Put the command into a folder."""
    made = MadeUpGh(folder)
    made.commands.mkdir(parents=True)
    (made.commands / "gh").write_text(SCRIPT)
    (made.commands / "gh").chmod(0o755)
    return made
