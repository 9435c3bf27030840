"""The files with which the editors of a trial begin: `trial.yaml` and `summary.md`, with comments that teach.

They are for a person who has never programmed. Nothing in them is shown to readers until somebody has written
it: examples stand behind a `#`, and what to write stands in comments. A page of a record needs no words of ours;
a trial without a record is a draft, and waits for its title and status.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator

from trialpages.model.checks_references import EMPHASIS, ESCAPED, SPACES, normal_text
from trialpages.model.registry.fields import NCT_ID
from trialpages.model.summary import HEADINGS
from trialpages.model.trial import Criterion, Trial

SCHEMA = "../../../schema/trial.schema.json"
"""Where the schema lies, as seen from a trial's folder in a site as we make it."""

LONGEST_TITLE = 100
FEWEST_WORDS, FEWEST_LETTERS = 3, 8
"""Of a rule's beginning, that it can be told from others."""

WHAT_TO_WRITE = {
    "purpose": (
        "One or two sentences: what the study asks, and in whom.",
        'For example: "This study asks if a tablet helps adults who have migraine."',
    ),
    "who": (
        "Who can join and who cannot: age, condition, earlier treatment. Speak to the reader.",
        'For example: "The study is for adults of 18 or older. You must have had migraine for a year."',
    ),
    "what": (
        "The treatment, what it does, what it is compared with, and how it is decided who gets what.",
        'For example: "Half of the people get a tablet without a drug. Chance decides who gets which."',
    ),
    "side_effects": (
        "What is known of side effects, and from where; what is not known. No promise that it is safe.",
        'For example: "The label of the drug warns of stomach pain. Other problems may happen too."',
    ),
    "taking_part": (
        "Visits, tests, nights in the hospital, how long it takes, costs; say what the record leaves open.",
        'For example: "You come to the clinic once a month for a year. The record does not say who pays."',
    ),
}
"""Two lines for each heading: what belongs there, and a sentence in the style of the site."""

ABOVE_SUMMARY = """\
<!-- Write below the comments, in words that a neighbor would use: short sentences, one thought in each.
     Readers never see these comments. A heading without text of yours is left out of the page. -->
"""


def scaffold(trial_id: str, trial: Trial | None, *, schema: str = SCHEMA) -> dict[str, str]:
    """Return the texts of a new trial's files by name.

    `trial` is what its registry record says, if there is one; `schema` leads from the folder to the schema.
    """
    facts = _beside_a_record(trial_id, trial) if trial else _without_a_record(trial_id)
    head = f"# yaml-language-server: $schema={schema}\n"
    return {
        "trial.yaml": head + "\n".join(facts).rstrip("\n") + "\n",
        "summary.md": _summary(trial),
    }


def _beside_a_record(trial_id: str, trial: Trial) -> Iterator[str]:
    if title := _line(trial.brief_title or ""):
        yield f"# {title}"
    yield "#"
    yield "# Here you say what the registry does not say, or what you can say better. The registry's own facts lie"
    yield "# beside this file in registry.json; a program renews that file, so never write into it."
    yield from HOW_TO
    yield ""
    yield from _number(trial_id)
    if trial.last_update_post_date:
        yield "# The date of the record that the words on this page were last compared with. When the record"
        yield "# changes, you are asked to compare them again and to write its new date here."
        yield f'reviewed_against: "{trial.last_update_post_date}"'
        yield ""
    yield from TITLE
    yield from _plain_criteria(trial)
    yield from TIMELINE
    yield "# A fact of the record that is wrong: the right value, and below `reason` why you know better."
    yield f"#overall_status: {'COMPLETED' if trial.overall_status != 'COMPLETED' else 'TERMINATED'}"
    yield "#reason:"
    yield '#  overall_status: "The sponsor\'s website says so since 2026-11-02."'
    yield ""
    if trial.adverse_events is None:
        yield from SIDE_EFFECTS
    yield from DRAFT


def _without_a_record(trial_id: str) -> Iterator[str]:
    yield "#"
    yield "# This file holds the facts about the trial. It can have a page once it has a title and a status."
    yield from HOW_TO
    yield ""
    yield from _number(trial_id)
    if NCT_ID.fullmatch(trial_id):
        yield f"# The registry's record brings the title and the status: python build.py import {trial_id}"
        yield "# When it is here, take `brief_title:` and `overall_status:` away, or leave them empty."
    else:
        yield "# The title as it is registered, in quotation marks."
    yield "brief_title:"
    yield "# One of: RECRUITING, NOT_YET_RECRUITING, ENROLLING_BY_INVITATION, ACTIVE_NOT_RECRUITING, SUSPENDED,"
    yield "# TERMINATED, COMPLETED, WITHDRAWN, UNKNOWN"
    yield "overall_status:"
    yield ""
    yield "# A draft is left out of the site. Take this line away when the page may be read by everybody."
    yield "draft: true"
    yield ""
    yield "# The day on which you took the facts from their source."
    yield '#retrieved: "2026-11-23"'
    yield ""
    yield from TITLE
    yield from FACTS
    yield from _plain_criteria(None)
    yield from TIMELINE


def _number(trial_id: str) -> Iterator[str]:
    if NCT_ID.fullmatch(trial_id):
        yield f'nct_id: "{trial_id}"'
        yield ""


HOW_TO = (
    "#",
    "# A line that begins with # is a remark: no reader sees it. To use an example, take the # at the beginning of",
    "# each of its lines away, and put your own words in place of ours. Keep the spaces in front of a line.",
    "# Every field is explained in docs/content.md.",
)

TITLE = (
    "# The title of the page in patients' words. Without it the page makes one from treatment and condition.",
    '#title: "A study of aspirin for adults with migraine"',
    "",
    "# What the trial tests, if it has a file in content/treatments/: that file's name without .yaml.",
    "#treatments: [aspirin]",
    "",
)

FACTS = (
    "# Who is responsible, what is studied, how, and with how many people.",
    "#lead_sponsor:",
    '#  name: "The made-up hospital"',
    '#conditions: ["Migraine"]',
    "#study_type: INTERVENTIONAL",
    "#phases: [PHASE2]",
    "#enrollment: 40",
    '#start_date: "2026-05"',
    "",
    "# Who can join, in the protocol's words.",
    '#minimum_age: "18 Years"',
    "#inclusion_criteria:",
    '#  - text: "Migraine for at least one year"',
    "#exclusion_criteria:",
    '#  - text: "Allergy to aspirin"',
    "",
    "# Where people take part.",
    "#locations:",
    '#  - city: "Houston"',
    '#    country: "United States"',
    "",
)

TIMELINE = (
    "# How long taking part lasts, in words.",
    "#timeline:",
    "#  screening:",
    '#    text: "up to 3 weeks of tests"',
    "#  treatment:",
    '#    text: "about 6 months"',
    "#  follow_up:",
    '#    text: "1 year"',
    "",
)

SIDE_EFFECTS = (
    "# This trial has posted no counts of health problems. Counts of another trial of the same treatment can be",
    "# shown: its number, why you chose it, and how its people differ from those of this trial.",
    "#side_effects:",
    "#  source: NCT00000002",
    '#  why: "The largest trial of this drug with posted results."',
    '#  mismatch_note: "These figures are from children. This trial is for adults."',
    "",
)

DRAFT = (
    "# While you are not ready, keep the page out of the site:",
    "#draft: true",
)


def _plain_criteria(trial: Trial | None) -> Iterator[str]:
    """Yield the example of a plain rule, tied to the trial's own first rule where that can be."""
    kind, original = _first_rule(trial) if trial else ("inclusion", "")
    if trial is None:
        original = "Migraine for at least one year"
    yield "# A rule in plain words, said by the reader, who can answer yes or no. `original` holds the first words"
    yield "# of the rule that it explains; `kind` is inclusion where the answer should be yes, exclusion where no."
    yield "#plain_criteria:"
    yield '#  - plain: "This rule in plain words, such as: I have had migraine for a year or longer."'
    yield f"#    kind: {kind}"
    yield f"#    original: {json.dumps(original or 'the first words of the rule', ensure_ascii=False)}"
    yield "#    key: true"
    yield ""


def _first_rule(trial: Trial) -> tuple[str, str]:
    """Return the kind of the first rule that can be quoted, and as many of its words as tell it from the others."""
    for kind, criteria in (
        ("inclusion", trial.inclusion_criteria),
        ("exclusion", trial.exclusion_criteria),
    ):
        texts = tuple(map(normal_text, _texts(criteria)))
        for rule in criteria:
            words = _shown(rule.text).split(" ")
            for count in range(min(FEWEST_WORDS, len(words)), len(words) + 1):
                beginning = " ".join(words[:count])
                if len(beginning) < FEWEST_LETTERS or not beginning.isprintable():
                    continue
                if sum(text.startswith(normal_text(beginning)) for text in texts) == 1:
                    return kind, beginning
    return "inclusion", ""


def _texts(criteria: Iterable[Criterion]) -> Iterator[str]:
    for criterion in criteria:
        yield criterion.text
        yield from _texts(criterion.children)


def _shown(markup: str) -> str:
    """Return a rule as its readers see it, on one line."""
    return SPACES.sub(" ", EMPHASIS.sub("", html.unescape(ESCAPED.sub(r"\1", markup)))).strip()


def _line(text: str) -> str:
    """Return a text that fits into a comment."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    shown = SPACES.sub(" ", shown).strip()
    return shown if len(shown) <= LONGEST_TITLE else f"{shown[: LONGEST_TITLE - 1].rstrip()}…"


def _summary(trial: Trial | None) -> str:
    source = "the study's protocol, as of 2026-11-23"
    if trial and trial.nct_id:
        source = f"ClinicalTrials.gov record {trial.nct_id}" + (
            f", as of {trial.retrieved}" if trial.retrieved else ""
        )
    parts = [
        "---",
        "# Take the # away where you can answer: what the text was written from, who wrote it, who checked it.",
        f'#source: "{source}"',
        '#written_by: "Your name, or that of your team"',
        '#reviewed_by: "The name of a doctor or nurse who has checked it"',
        '#reviewed_on: "2026-11-23"',
        "---",
        "",
        ABOVE_SUMMARY,
    ]
    for kind, heading in HEADINGS.items():
        what, example = WHAT_TO_WRITE[kind]
        parts += [f"## {heading}", "", f"<!-- {what}\n     {example} -->", ""]
    return "\n".join(parts).rstrip("\n") + "\n"
