"""The editors' prose about one trial: `summary.md`, and `summary.es.md` and the like for other languages."""

from __future__ import annotations

from typing import Annotated

from trialpages.model.vocabulary import FullDate
from trialpages.words.fields import Doc, MachineMade, record

HEADINGS = {
    "purpose": "In short",
    "who": "Who is the study for?",
    "what": "What is being tested?",
    "side_effects": "What are the potential side effects?",
    "taking_part": "What does taking part involve?",
}


@record
class Block:
    """One block of prose under one of the fixed headings."""

    kind: str
    heading: str
    markdown: str
    line: int


@record
class Summary:
    """One language's prose, with who wrote it, who reviewed it and from what."""

    language: Annotated[str, MachineMade()] = "en"
    title: Annotated[str | None, Doc("The title of the page in this language.")] = None
    source: Annotated[str | None, Doc("What the text was written from.")] = None
    written_by: Annotated[str | None, Doc("Who wrote it.")] = None
    ai_assisted: Annotated[bool | None, Doc("Whether a machine drafted it.")] = None
    reviewed_by: Annotated[str | None, Doc("Who reviewed it; leave out when nobody has.")] = None
    reviewed_on: Annotated[FullDate | None, Doc("When it was reviewed.")] = None
    blocks: Annotated[tuple[Block, ...], MachineMade()] = ()
