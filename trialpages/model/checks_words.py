"""Words of editors that promise more than a trial can keep, or that press their readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.model.places import Places
from trialpages.model.prose import RULE, SUMMARY, TITLE, passages
from trialpages.model.trial import Trial
from trialpages.words.diagnostics import Diagnostic

CURES = re.compile(r"\bcure[ds]?\b", re.IGNORECASE)
PROMISES = re.compile(
    r"\b(?:breakthroughs?(?! (?:pain|cancer pain|infection|bleeding|seizure|fever))"
    r"|guarantee[ds]?|miracles?|miraculous|revolutionary|ground-?breaking|cutting[- ]edge|game[- ]chang(?:er|ing)"
    r"|life[- ](?:saving|changing)|risk[- ]free|(?:completely|totally|perfectly|100 ?%) safe|safe and effective"
    r"|proven (?:to be )?(?:safe|effective|to work)|(?:has|have|had|causes?|gives?) no side effects|wonder drug|state[- ]of[- ]the[- ]art"
    r"|(?:promising|exciting) (?:new )?(?:drugs?|medicines?|treatments?|therap(?:y|ies)|results?)"
    r"|will (?:help|heal|save|cure) (?:you|people|patients|your))\b",
    re.IGNORECASE,
)
NEW = re.compile(
    r"\b(?:new|newest|latest|most advanced) (?:cancer )?(?:drugs?|medicines?|treatments?|therap(?:y|ies))\b(?! group)",
    re.IGNORECASE,
)
URGES = re.compile(
    r"\b(?:hurry|act (?:now|fast|today)|don['’]t (?:miss|wait|delay)|do not (?:miss|wait|delay)|last chance"
    r"|(?<!can )(?<!cannot )(?<!could )(?<!may )(?<!to )(?:sign up|enroll|join|call|apply) (?:now|today|while you can)"
    r"|(?:limited|few|only a few) (?:spots?|places?|spaces)(?: (?:are )?(?:left|remain(?:ing)?|available))?"
    r"|(?:spots?|places?|spaces) (?:are|is) (?:limited|filling|going|running out)(?: (?:up|fast|quickly))*"
    r"|while (?:spots|places|spaces) last|before it(?: i|['’])s too late|time is running out)(?!\w)",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"(?:\bno|\bnot|n['’]t|\bcannot|\bnever|\bwithout|\bneither|\bnor|\bno one|\bnobody)"
    r"(?:\s+(?:a|an|the|known|yet|be|to|any|need|reason|promise|mean|means|that|it|is|drug|this|can|will))*\s*$",
    re.IGNORECASE,
)
BEGUN = re.compile(
    r"\b(?:start|beg[iau]n|had|have|has|need|get|got|any|take|took)\w*(?:\s+(?:a|any|the))?\s+$",
    re.IGNORECASE,
)
"""Who begins a new treatment speaks of people's own care."""

UNSURE = re.compile(
    r"\b(?:if|whether|nobody knows|no one knows|not know|not known|not sure|unclear|how well)\b[^.!?]*$",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"'“‘«]$")

PROMISE_HELP = "say what is being tested; a study drug may help, and nobody knows yet"
NEW_HELP = "write 'study drug' or 'study treatment'; 'new' sounds better than what is known"
URGE_HELP = "take it away; people need time to think, and to talk with somebody they trust"


Found = tuple[re.Match[str], str, str]
"""Where a word stands, what is wrong with it, and how to mend it."""


def check_words(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield words of English prose that promise too much, or press."""
    for passage in passages(trial, places):
        # A rule may speak of a cancer that was cured, and any fact of a treatment that is new.
        is_rule, speaks_of_the_study = passage.kind == RULE, passage.kind in (SUMMARY, TITLE)
        for match, what, help_text in promises(passage.text, cures=not is_rule, novelty=speaks_of_the_study):
            yield passage.part(places, "promising-word", what, match.span(), help_text)


def promises(text: str, *, cures: bool = True, novelty: bool = False) -> Iterator[Found]:
    """Yield words that promise or press, in the order of the text; of overlapping ones the first and longest."""
    promise = "'{words}' promises more than a trial can keep"
    found = [
        *_matches(PROMISES, text, promise, PROMISE_HELP),
        *_matches(URGES, text, "'{words}' presses readers to decide", URGE_HELP),
    ]
    if cures:
        found += _matches(CURES, text, promise, PROMISE_HELP)
    if novelty:
        what = "'{words}' sounds like a better treatment"
        found += _matches(NEW, text, what, NEW_HELP, NEGATED, QUOTED, BEGUN)
    end = 0
    for each in sorted(found, key=lambda item: (item[0].start(), -item[0].end())):
        if each[0].start() >= end:
            end = each[0].end()
            yield each


def _matches(
    pattern: re.Pattern[str], text: str, what: str, help_text: str, *excuses: re.Pattern[str]
) -> Iterator[Found]:
    for match in pattern.finditer(text):
        before = text[: match.start()]
        if not any(excuse.search(before) for excuse in excuses or (NEGATED, UNSURE, QUOTED)):
            yield match, what.format(words=" ".join(match[0].split())), help_text
