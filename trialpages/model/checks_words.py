"""How the editors' own words read: their school grade, and words that promise or press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from trialpages.model.places import Places
from trialpages.model.reading_grade import reading
from trialpages.model.summary import Block
from trialpages.model.trial import Trial
from trialpages.read.document import Location
from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Span

TARGET_GRADE = 8.0
HARD_GRADE = 10.0
FEWEST_WORDS = 20
"""A shorter text has no dependable grade."""

LONGEST_QUOTE = 160
"""Characters of a sentence that a message shows."""

PROMISE_HELP = "say what is being tested; a study drug may help, and nobody knows yet"
PROMISES = re.compile(
    r"\b(?:cures?|cured|breakthroughs?|guarantee[ds]?|miracles?|revolutionary|game[- ]chang(?:er|ing)"
    r"|life[- ]saving|risk[- ]free|completely safe|safe and effective|wonder drug|state[- ]of[- ]the[- ]art"
    r"|will (?:help|heal|save|cure) you|hurry|act now|don['’]t miss|last chance|limited spots?)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"(?:\bno|\bnot|n['’]t|\bnever|\bwithout)(?:\s+(?:a|an|the|known|yet|be|to|any|promise|mean))*\s*$",
    re.IGNORECASE,
)


def check_words(trial: Trial, places: Places) -> Iterator[Diagnostic]:
    """Yield blocks of English prose that are hard to read, and words that promise too much."""
    names = exempt_names(trial)
    for summary in trial.summaries:
        if summary.language.partition("-")[0] != "en":
            continue
        name = "summary.md" if summary.language == "en" else f"summary.{summary.language}.md"
        for block in summary.blocks:
            yield from _grade_of_block(block, name, names, places)
            yield from _promises_of_block(block, name, places)
    yield from _check_fields(trial, names, places)


def exempt_names(trial: Trial) -> tuple[str, ...]:
    """Return names of conditions and treatments: no author can write them shorter."""
    names = [*trial.conditions, *trial.keywords]
    for item in trial.interventions:
        names += [item.name, *item.other_names]
    names += [mesh.term for mesh in (*trial.condition_meshes, *trial.intervention_meshes)]
    names += [slug.replace("-", " ") for slug in trial.treatments]
    return tuple(dict.fromkeys(names))


def _grade_of_block(block: Block, name: str, names: tuple[str, ...], places: Places) -> Iterator[Diagnostic]:
    told = _too_hard(block.markdown, names)
    if told:
        what, notes = told
        span = Span(places.path(name), block.line)
        help_text = "split the longest sentences, and use shorter words"
        yield make("reading-grade", f"'{block.heading}' {what}", span, help_text, notes=notes)


def _too_hard(text: str, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """Return what is wrong with a text above the target grade, and its longest sentences."""
    found = reading(text, names)
    if found.grade <= TARGET_GRADE or found.words < FEWEST_WORDS:
        return None
    much = "far " if found.grade > HARD_GRADE else ""
    what = f"reads at school grade {found.grade:.1f}, {much}above {TARGET_GRADE:.0f}"
    return what, tuple(f"long sentence: {_short(sentence)}" for sentence in found.longest)


def _promises_of_block(block: Block, name: str, places: Places) -> Iterator[Diagnostic]:
    lines = places.text(name).split("\n")
    for number, line in enumerate(lines[block.line - 1 :], start=block.line):
        if number > block.line and re.match(r"#{1,2}\s", line):
            return
        for match in _promises(line):
            span = Span(places.path(name), number, match.start() + 1, match.end() + 1)
            yield make("promising-word", _promise(match), span, PROMISE_HELP, source_line=line.rstrip("\r"))


def _promises(text: str) -> Iterator[re.Match[str]]:
    for match in PROMISES.finditer(text):
        if not NEGATED.search(text[: match.start()]):
            yield match


def _promise(match: re.Match[str]) -> str:
    return f"'{match[0]}' promises more than a trial can keep"


def _check_fields(trial: Trial, names: tuple[str, ...], places: Places) -> Iterator[Diagnostic]:
    """Check prose in trial.yaml: the plain rules as one text, and each element of the results' summary."""
    if trial.plain_criteria:
        rules = "\n".join(f"* {criterion.plain}" for criterion in trial.plain_criteria)
        told = _too_hard(rules, names)
        if told:
            what, notes = told
            help_text = "split the longest rules, and use shorter words"
            yield places.fault(
                "reading-grade",
                f"The plain rules' text {what}",
                ("plain_criteria",),
                help=help_text,
                notes=notes,
            )
    texts: list[tuple[Location, str]] = [
        (("plain_criteria", index, "plain"), rule.plain) for index, rule in enumerate(trial.plain_criteria)
    ]
    texts += [(("key_facts", index, "text"), fact.text) for index, fact in enumerate(trial.key_facts)]
    if trial.title:
        texts.append((("title",), trial.title))
    if trial.results_summary is not None:
        for element in fields(trial.results_summary):
            text = getattr(trial.results_summary, element.name)
            texts.append((("results_summary", element.name), text))
            told = _too_hard(text, names)
            if told:
                what, notes = told
                help_text = "split the longest sentences, and use shorter words"
                yield places.fault(
                    "reading-grade", f"'{element.name}' {what}", texts[-1][0], help=help_text, notes=notes
                )
    for place, text in texts:
        for match in _promises(text):
            yield places.fault("promising-word", _promise(match), place, help=PROMISE_HELP)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_QUOTE else sentence[: LONGEST_QUOTE - 1].rstrip() + "…"
