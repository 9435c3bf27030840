"""The page's own figures: the timeline, who can take part, the groups, and the most frequent problems.

Each figure says in its text alternative what it shows, with the same numbers; nothing is drawn that
the page does not say in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.ages import age_range_text, bounds_years
from trialpages.model.openness import is_over
from trialpages.model.timeline import STAGE_WORDS, StageView, is_to_scale, sentence
from trialpages.model.trial import Trial
from trialpages.pages.trial.drawing import WIDTH, Drawing
from trialpages.pages.trial.registry_page import is_registered
from trialpages.pages.trial.section import View
from trialpages.pages.wording import capital, counted, joined, number, people

AGE_AXIS_YEARS = 100
DRAWN_GROUPS = 6
DRAWN_PROBLEMS = 5
UNKNOWN_COUNT = 99999999
RULE_FIELDS = ("eligibility_criteria", "inclusion_criteria", "exclusion_criteria")
"""The fields in which the rules stand; who edits one of them makes the rules the editors'."""


def timeline_figure(shown: Sequence[StageView]) -> View:
    """Draw the stages one after another; an unknown length is striped.

    The caption is a sentence when every stage is a plain length, and one labelled line a stage otherwise.
    """
    drawing = Drawing()
    start = 0.0
    said = []
    for stage in shown:
        name = capital(STAGE_WORDS[stage.name])
        length = f"{stage.text or 'length not known'}{' (typical)' if stage.typical else ''}"
        width = WIDTH * stage.width / 100
        drawing.text(f"{name}: {length}")
        drawing.space(3)
        drawing.bar(0, WIDTH, "bar-track")
        drawing.bar(start, width, "bar-first" if stage.days_max or stage.days_min else "bar-unknown")
        drawing.space(26)
        start += width
        said.append(f"{name}: {length.rstrip('.')}.")
    scale = "" if is_to_scale(shown) else "Not to scale."
    whole = sentence(shown)
    label = " ".join(part for part in ("Timeline of taking part.", *said, scale) if part)
    return {
        "id": "timeline-figure",
        "title": "",
        "text": whole or "",
        "lines": [line for line in (*(() if whole else said), scale) if line],
        "svg": drawing.svg(label),
    }


def eligibility_figure(trial: Trial, rules: int) -> View | None:
    """Draw the ages on a line from 0 to 100 years, with sex and the number of rules; nothing without ages."""
    if not (trial.minimum_age or trial.maximum_age):
        return None
    ages = age_range_text(trial.minimum_age, trial.maximum_age)
    first, last = bounds_years(trial.minimum_age, trial.maximum_age)
    drawing = Drawing()
    drawing.text(f"Age: {ages}")
    start = min(first, AGE_AXIS_YEARS) / AGE_AXIS_YEARS * WIDTH
    end = min(last, AGE_AXIS_YEARS) / AGE_AXIS_YEARS * WIDTH
    drawing.bar(0, WIDTH, "bar-track", 16)
    drawing.bar(start, max(end - start, 3), "bar-first", 16)
    drawing.space(18)
    _axis(drawing, ("0", "50", "100 years"))
    words = [f"Age: {ages}."]
    sex = {"ALL": "Any sex", "FEMALE": "Women and girls only", "MALE": "Men and boys only"}.get(
        trial.sex or ""
    )
    healthy = ""
    if trial.healthy_volunteers is not None:
        can = "could" if is_over(trial) else "can"
        healthy = (
            f"Healthy people {can} take part" if trial.healthy_volunteers else "Not for healthy volunteers"
        )
    where = "in the record" if is_registered(trial, *RULE_FIELDS) else "that we found"
    counted_rules = f"{counted(rules, 'rule')} {where}" if rules else ""
    for text in (sex, healthy, counted_rules):
        if text:
            drawing.space(4)
            drawing.text(text)
            words.append(f"{text}.")
    title = "Who could take part." if is_over(trial) else "Who can take part."
    return {
        "id": "eligibility-figure",
        "title": title,
        "text": " ".join(words),
        "svg": drawing.svg(f"{title} {' '.join(words)}"),
    }


def _axis(drawing: Drawing, labels: tuple[str, str, str]) -> None:
    drawing.text(labels[0], kind="axis")
    drawing.space(-20)
    drawing.text(labels[1], x=WIDTH / 2, kind="axis middle")
    drawing.space(-20)
    drawing.text(labels[2], x=WIDTH, kind="axis end")


def groups_figure(trial: Trial) -> View | None:
    """Draw how the people of the study part into its groups; nothing without groups."""
    arms = trial.arm_groups
    if not arms:
        return None
    enrolled = trial.enrollment.count if trial.enrollment and trial.enrollment.count != UNKNOWN_COUNT else 0
    drawing = Drawing()
    who = people(enrolled) if enrolled else "The people in the study"
    who += " planned" if enrolled and trial.enrollment and trial.enrollment.type == "ESTIMATED" else ""
    drawing.text(capital(who), kind="strong")
    top = drawing.y + 4
    drawing.space(6)
    for arm in arms[:DRAWN_GROUPS]:
        middle = drawing.y + 13
        drawing.line(8, middle, 24, middle)
        drawing.text(arm.label, x=30, characters=40, lines=2)
        drawing.space(6)
        drawing.line(8, top, 8, middle)
    hidden = len(arms) - DRAWN_GROUPS
    if hidden > 0:
        drawing.text(f"and {number(hidden)} more", x=30)
    named = joined(arm.label for arm in arms[:DRAWN_GROUPS])
    more = f" and {number(hidden)} more" if hidden > 0 else ""
    text = f"{capital(who)} in {counted(len(arms), 'group')}: {named}{more}."
    return {
        "id": "groups-figure",
        "title": "Study groups.",
        "text": text,
        "svg": drawing.svg(f"Study groups. {text}"),
    }


def problems_figure(rows: Sequence[tuple[str, str, int]], group: str, origin: str) -> View | None:
    """Draw the most frequent problems of one group on full tracks. Rows are name, `x of n`, percent."""
    if not rows:
        return None
    drawing = Drawing()
    for name, count, percent in rows:
        drawing.text(f"{name}: {count}")
        drawing.bar(0, WIDTH, "bar-track")
        drawing.bar(0, WIDTH * percent / 100, "bar-first")
        drawing.space(20)
    _axis(drawing, ("0", "50", "100 %"))
    listed = joined(f"{name} {count}" for name, count, _ in rows)
    text = f"In the group “{group}” {origin}: {listed}."
    return {
        "id": "problems-figure",
        "title": "Most frequent health problems.",
        "text": text,
        "svg": drawing.svg(f"Most frequent health problems. {text}"),
    }
