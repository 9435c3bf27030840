"""The picture for sharing of one trial: drawn when the output does not hold it yet, and otherwise left alone.

Its name says all that is drawn, so a file of that name which lies as we left it needs no second look.
"""

from __future__ import annotations

from pathlib import Path

from trialpages.machine.memo import Memo
from trialpages.machine.output import Written, keep, stage
from trialpages.pages.social_image import SocialImage


def stage_image(memo: Memo, staging: Path, output: Path, folder: str, image: SocialImage) -> Written:
    """Keep or draw the picture that lies in a folder of the output."""
    path = f"{folder}{image.name}"
    kept = keep(output, memo.file(path))
    if kept is not None:
        return kept
    from trialpages.pages.social_drawing import draw

    return stage(staging, output, path, draw(image.words, image.colors))
