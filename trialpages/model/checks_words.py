"""Words of editors that promise more than a trial can keep, or that press their readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.model.places import Places
from trialpages.model.prose import RULE, SUMMARY, TITLE, passages
from trialpages.model.trial import Trial
from trialpages.words.diagnostics import Diagnostic

CURES = re.compile(
    r"(?<!test of )(?<!test-of-)(?<!must have been )(?<!must be )\bcur(?:e[ds]?|ing)\b(?! of (?:another|any other|other|an earlier)\b)",
    re.IGNORECASE,
)
"""Not a test of cure after an infection, nor another illness that is over, or must be."""

PROMISES = re.compile(
    r"\b(?:breakthroughs?(?! (?:pain|cancer pain|infection|bleeding|seizure|fever))"
    r"|guarantee[ds]?|miracles?|miraculous|revolutionary|ground-?breaking|cutting[- ]edge|game[- ]chang(?:er|ing)"
    r"|life[- ](?:saving|changing)(?! (?:illness|disease|diagnosis|condition|event|injury))|risk[- ]free|works? wonders"
    r"|(?:completely|totally|perfectly|100 ?%) (?:safe|effective)|safe and effective|effective and safe"
    r"|proven (?:to be )?(?:safe|effective|to work)|wonder drug|state[- ]of[- ]the[- ]art"
    r"|(?:has|have|causes?|gives?|is without|there are|comes? with) no (?:side effects|risks?)(?! (?:that|known|seen|listed|of|from|in|to)\b)"
    r"|is without (?:side effects|risks?)|best (?:drug|medicine|treatment|therapy|choice)(?: for you)?(?! (?:known|so far|for))"
    r"|(?:promising|exciting) (?:new )?(?:drugs?|medicines?|treatments?|therap(?:y|ies)|results?)"
    r"|(?:is|are|looks?|seems?) (?:very |most )?promising|great promise|(?:new|real|gives?) hope"
    r"|will (?:help|heal|cure) (?:you|people|patients|your)|will save (?:you|people|patients|lives|your life)"
    r"|you will (?:get|feel) better|you will be (?:healed|healthy)|will make you (?:better|healthy|well))\b",
    re.IGNORECASE,
)
NEW = re.compile(
    r"\b(?:new|newest|latest|most advanced) (?:cancer )?(?:drugs?|medicines?|treatments?|therap(?:y|ies))\b(?! group)",
    re.IGNORECASE,
)
URGES = re.compile(
    r"\b(?:hurry|you should (?:join|enroll|sign up|take part)|act (?:now|fast|quickly|today)|last chance|(?:don['’]t|do not) miss (?:out|this|the chance|your chance)"
    r"|(?:don['’]t|do not) (?:wait|delay)(?! (?:for|to|if|with|care|other|your|medical|treatment)\b)(?!: call (?:an|your|the|911)\b)"
    r"|(?<!can )(?<!cannot )(?<!could )(?<!may )(?<!to )(?<!who )(?:sign up|enroll|join|call(?: us)?|apply)"
    r" (?:now|today|as soon as (?:possible|you can)|while you can)(?!['’]s| if\b| for help)"
    r"|limited (?:spots?|places?|spaces)|(?:few|only (?:a few|\d+)) (?:spots?|places?|spaces) (?:are )?(?:left|remain(?:ing)?|available)"
    r"|(?:spots?|places?|spaces) (?:(?:are|is) (?:limited|filling|going|running out)|fill up fast)(?: (?:up|fast|quickly))*"
    r"|while (?:spots|places|spaces) last|before it(?: i|['’])s too late|time is running out)(?!\w)",
    re.IGNORECASE,
)
"""Not what keeps people safe: to call for help now, not to wait for the study when they are ill."""

NEGATED = re.compile(
    r"(?:\bno|\bnot|n['’]t|\bcannot|\bnever|\bwithout|\bneither|\bnor|\bno one|\bnobody|\bnone|\bnothing)"
    r"(?:\s+(?:an?|any|the|this|that|these|it|you|we|they|us|people|doctors?|researchers|drugs?|medicines?|treatments?|benefit|study"
    r"|be|been|is|are|was|were|have|has|had|ever|do|does|can|could|will|would|may|to|of|for|here|yet|known|shown|found|meant"
    r"|likely|expected|need|reason|promise|guarantee|mean|means|say|think|know|believe|expect|claim))*\s*$",
    re.IGNORECASE,
)
"""Between a no and the word stand only small words, so that a no to something else excuses nothing."""

BEGUN = re.compile(
    r"\b(?:start|beg[iau]n|had|have|has|need|get|got|any|take|took|all|other|of|about)\w*(?:\s+(?:a|any|all|the))?\s+$",
    re.IGNORECASE,
)
"""Who begins a new treatment speaks of people's own care."""

HELPERS = re.compile(
    r"\b(?:nurses?|team|staff|doctors?|coach(?:es)?|workers?|therapists?|helpers?|interpreters?|we|somebody|someone)\s+$",
    re.IGNORECASE,
)
"""Who helps with a form or a journey promises no better health."""

UNSURE = re.compile(
    r"\b(?:(?:whether|nobody knows|no one knows|not know|not known|not sure|unclear|how (?:well|safe|many|much|often|likely|effective))\b(?:(?!\bbut\b)[^.!?;])*"
    r"|if\b(?:(?!\bbut\b)[^.!?;,])*|how\s+)$",
    re.IGNORECASE,
)
"""An `if` reaches to the comma: in `if you join, it will help you` nothing is unsure but the joining."""

NEAR = 300
"""Letters before a word in which an excuse for it can stand; more would make a check of a long text slow."""

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
        *(
            each
            for each in _matches(PROMISES, text, promise, PROMISE_HELP)
            if not _is_help_by_people(each[0])
        ),
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


def _is_help_by_people(match: re.Match[str]) -> bool:
    return (
        "will help" in match[0].lower()
        and HELPERS.search(match.string[max(0, match.start() - NEAR) : match.start()]) is not None
    )


def _matches(
    pattern: re.Pattern[str], text: str, what: str, help_text: str, *excuses: re.Pattern[str]
) -> Iterator[Found]:
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - NEAR) : match.start()]
        if not any(excuse.search(before) for excuse in excuses or (NEGATED, UNSURE, QUOTED)):
            yield match, what.format(words=" ".join(match[0].split())), help_text
