"""The page's own figures: the timeline, who can take part, the groups, and the most frequent problems.

Each figure says in its text alternative what it shows, with the same numbers; nothing is drawn that
the page does not say in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialpages.model.ages import age_range_text, bounds_years
from trialpages.model.timeline import STAGE_WORDS, StageView
from trialpages.model.trial import Trial
from trialpages.pages.trial.drawing import WIDTH, Drawing
from trialpages.pages.trial.section import View
from trialpages.pages.wording import capital, counted, joined, number, people

AGE_AXIS_YEARS = 100
DRAWN_GROUPS = 6
DRAWN_PROBLEMS = 5
UNKNOWN_COUNT = 99999999


def timeline_figure(shown: Sequence[StageView], sentence: str) -> View:
    """Draw the stages one after another; an unknown length is striped."""
    drawing = Drawing()
    start = 0.0
    said = []
    for stage in shown:
        name = capital(STAGE_WORDS[stage.name])
        length = stage.text or "length not known"
        width = WIDTH * stage.width / 100
        drawing.text(f"{name}: {length}{' (typical)' if stage.typical else ''}")
        drawing.space(3)
        drawing.bar(0, WIDTH, "bar-track")
        drawing.bar(start, width, "bar-first" if stage.days_max or stage.days_min else "bar-unknown")
        drawing.space(26)
        start += width
        said.append(f"{name}: {length}.")
    label = f"Timeline of taking part. {' '.join(said)}"
    return {"id": "timeline-figure", "title": "", "text": sentence, "svg": drawing.svg(label)}


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
        healthy = "Healthy people can take part" if trial.healthy_volunteers else "Not for healthy volunteers"
    counted_rules = f"{counted(rules, 'rule')} in the record" if rules else ""
    for text in (sex, healthy, counted_rules):
        if text:
            drawing.space(4)
            drawing.text(text)
            words.append(f"{text}.")
    return {
        "id": "eligibility-figure",
        "title": "Who can take part.",
        "text": " ".join(words),
        "svg": drawing.svg(f"Who can take part. {' '.join(words)}"),
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
