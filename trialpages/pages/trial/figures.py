"""The page's own figures: the timeline, who can take part, the groups, and the most frequent problems.

Each figure says in its text alternative what it shows, with the same numbers; nothing is drawn that
the page does not say in words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup, escape

from trialpages.model.ages import age_range_text, age_text, bounds_years, parse_age
from trialpages.model.labels import ALLOCATION_LABELS, label
from trialpages.model.openness import is_over
from trialpages.model.spots_left import UNKNOWN_COUNT
from trialpages.model.timeline import StageView, is_to_scale, sentence
from trialpages.model.trial import ArmGroup, Trial
from trialpages.pages.trial.drawing import WIDTH, Drawing, Words, svg_element, text_width
from trialpages.pages.trial.marks import registered
from trialpages.pages.trial.registry_page import is_registered
from trialpages.pages.trial.section import View
from trialpages.pages.wording import joined
from trialpages.words.language import ENGLISH, N_, _, amount, is_english, ngettext, number, record_language

AGE_AXIS_YEARS = 100
DRAWN_GROUPS = 6
DRAWN_PROBLEMS = 5
RULE_FIELDS = ("eligibility_criteria", "inclusion_criteria", "exclusion_criteria")
"""The fields in which the rules stand; who edits one of them makes the rules the editors'."""
PLACEHOLDER_SIZES = (0, UNKNOWN_COUNT)
STAGE_NAMES = {
    "screening": N_("Screening"),
    "treatment": N_("Treatment"),
    "follow_up": N_("Follow-up"),
}
SEX = {"ALL": N_("Any sex"), "FEMALE": N_("Women and girls only"), "MALE": N_("Men and boys only")}
TIMELINE_DRAWING = "timeline-drawing"
_USE = Markup('<use href="#{}"/>').format(TIMELINE_DRAWING)


def timeline_figure(shown: Sequence[StageView]) -> View:
    """Draw the stages one after another; an unknown length is striped.

    Its words are a sentence when every stage is a plain length, and one labelled line a stage otherwise. Lines that
    the drawing holds are not shown a second time: they are for those who read the page by program.
    """
    drawing = Drawing()
    start = 0.0
    said = []
    for stage in shown:
        name = _(STAGE_NAMES[stage.name])
        length = stage.text or _("length not known")
        if stage.typical:
            length = _("{length} (typical)").format(length=length)
        drawing.pair(Words(text=name, kind="strong"), Words(text=length))
        width = WIDTH * stage.width / 100
        drawing.space(2)
        drawing.bar(0, WIDTH, "bar-track")
        drawing.bar(start, width, "bar-first" if stage.days_max or stage.days_min else "bar-unknown")
        drawing.space(26)
        start += width
        said.append(_("{stage}: {length}.").format(stage=name, length=length.rstrip(".")))
    drawing.space(-12)
    scale = "" if is_to_scale(shown) else _("Not to scale.")
    whole = sentence(shown)
    spoken = " ".join(part for part in (_("Timeline of taking part."), *said, scale) if part)
    return {
        "id": "timeline-figure",
        "title": "",
        "text": scale,
        "words": [whole] if whole else said,
        "is_drawn": not whole and not drawing.is_cut,
        "svg": drawing.svg(spoken, name=TIMELINE_DRAWING),
        "label": spoken,
        "height": drawing.height,
        "scale": scale,
    }


def timeline_again(figure: View) -> View:
    """Return the timeline's figure for a second place on the page, drawn from the first."""
    return {
        "id": "timeline-picture",
        "title": _("How long taking part lasts."),
        "text": figure["scale"],
        "svg": svg_element(float(str(figure["height"])), str(figure["label"]), _USE),
    }


def eligibility_figure(trial: Trial, rules: int) -> View | None:
    """Draw the ages on a line from 0 to 100 years, with sex and the number of rules; nothing without ages."""
    if not (trial.minimum_age or trial.maximum_age):
        return None
    ages = age_range_text(trial.minimum_age, trial.maximum_age)
    title = _("Who could take part.") if is_over(trial) else _("Who can take part.")
    drawing = Drawing()
    drawing.text(Words(text=_("Age: {ages}").format(ages=ages), kind="large"))
    drawing.space(8)
    _age_line(drawing, trial)
    facts = _who(trial, rules)
    for icon, text in facts:
        drawing.space(6)
        drawing.marked(icon, text)
    sentences = (title, _("Age: {ages}.").format(ages=ages), *(f"{text}." for _icon, text in facts))
    return {
        "id": "eligibility-figure",
        "title": title,
        "text": "",
        "svg": drawing.svg(" ".join(sentences)),
    }


def _who(trial: Trial, rules: int) -> list[tuple[str, str]]:
    facts = [("person", _(SEX[trial.sex]))] if trial.sex in SEX else []
    if trial.healthy_volunteers:
        over = is_over(trial)
        facts.append(
            ("yes", _("Healthy people could take part") if over else _("Healthy people can take part"))
        )
    elif trial.healthy_volunteers is not None:
        facts.append(("no", _("Not for healthy people")))
    if rules:
        counted = (
            amount(rules, "{count} rule in the record", "{count} rules in the record")
            if is_registered(trial, *RULE_FIELDS)
            else amount(rules, "{count} rule that we found", "{count} rules that we found")
        )
        facts.append(("list", counted))
    return facts


def _age_line(drawing: Drawing, trial: Trial) -> None:
    """Draw the line of ages: the part that fits, and the ages at its ends where there is room for them."""
    first, last = bounds_years(trial.minimum_age, trial.maximum_age)
    start = min(first, AGE_AXIS_YEARS) / AGE_AXIS_YEARS * WIDTH
    end = min(last, AGE_AXIS_YEARS) / AGE_AXIS_YEARS * WIDTH
    drawing.bar(0, WIDTH, "bar-track", 14)
    drawing.bar(min(start, WIDTH - 4), max(end - start, 4), "bar-first", 14)
    lowest, highest = parse_age(trial.minimum_age), parse_age(trial.maximum_age)
    ends = [(start, age_text(lowest), "strong")] if lowest and start > 0 else []
    if highest and last <= AGE_AXIS_YEARS:
        ends.append((end, age_text(highest), "strong"))
    years = ngettext("{count} year", "{count} years", AGE_AXIS_YEARS).format(count=number(AGE_AXIS_YEARS))
    taken: list[tuple[float, float]] = []
    for place, text, kind in (*ends, (0.0, number(0), "axis"), (float(WIDTH), years, "axis")):
        width = text_width(text, kind)
        left = min(max(place - width / 2, 0), WIDTH - width)
        if any(left < other_end + 8 and left + width > other - 8 for other, other_end in taken):
            continue
        taken.append((left, left + width))
        if kind == "strong":
            drawing.path("rule", f"M{place:.0f} {drawing.y + 14:.0f}v6")
        anchor, x = (
            ("", 0.0) if left <= 0 else ("end", float(WIDTH)) if left + width >= WIDTH else ("middle", place)
        )
        drawing.label(text, x, drawing.y + 34, kind, anchor=anchor)
    drawing.space(38)


def _axis(drawing: Drawing, labels: tuple[str, str, str]) -> None:
    for text, x, anchor in zip(labels, (0, WIDTH / 2, WIDTH), ("", "middle", "end"), strict=True):
        drawing.label(text, x, drawing.y + 15, "axis", anchor=anchor)
    drawing.space(18)


def groups_figure(trial: Trial, given: Sequence[Sequence[str]]) -> View | None:
    """Draw how the people of the study part into its groups and what each is given; nothing without groups."""
    arms = trial.arm_groups
    if not arms:
        return None
    language = "" if is_english() or not is_registered(trial, "arm_groups") else ENGLISH
    drawing = Drawing()
    is_known = trial.enrollment is not None and trial.enrollment.count not in PLACEHOLDER_SIZES
    who = _people(trial) if is_known else _("The people in the study")
    middle = drawing.box(0, [Words(text=who, kind="strong")], icons=3)
    drawing.space(2)
    top = 2 * middle
    how = label(ALLOCATION_LABELS, trial.allocation) if len(arms) > 1 else None
    if how:
        drawing.space(4)
        drawing.text(Words(text=how, kind="soft"), x=30)
    drawing.space(8)
    for arm, names in zip(arms[:DRAWN_GROUPS], given, strict=False):
        paragraphs = [Words(text=arm.label, kind="strong", lines=2, language=language)]
        if names and tuple(names) != (arm.label,):
            paragraphs.append(Words(text=joined(names), lines=2, language=language))
        middle = drawing.box(30, paragraphs)
        drawing.path("rule", f"M14 {top:.0f}V{middle:.0f}H30")
        top = middle
        drawing.space(8)
    hidden = len(arms) - DRAWN_GROUPS
    if hidden > 0:
        drawing.text(amount(hidden, "+{count} more group", "+{count} more groups"), x=30)
    groups = (
        amount(len(arms), "{people} in {count} group.", "{people} in {count} groups.", people=who)
        if is_known
        else amount(len(arms), "{count} group.", "{count} groups.")
    )
    spoken = [_("Study groups."), groups, *([f"{how}."] if how else ())]
    spoken += [_group_text(arm, names) for arm, names in zip(arms[:DRAWN_GROUPS], given, strict=False)]
    if hidden > 0:
        spoken.append(
            amount(hidden, "{count} more group is not drawn.", "{count} more groups are not drawn.")
        )
    return {
        "id": "groups-figure",
        "title": _("Study groups."),
        "text": groups,
        "svg": drawing.svg(" ".join(spoken)),
    }


def _group_text(arm: ArmGroup, names: Sequence[str]) -> str:
    if not names or tuple(names) == (arm.label,):
        return f"{arm.label}."
    return _("{group}: {treatments}.").format(group=arm.label, treatments=joined(names))


def _people(trial: Trial) -> str:
    """Say how many people the study has or plans."""
    size = trial.enrollment
    if size is None:
        return ""
    if size.type == "ESTIMATED":
        return amount(size.count, "{count} person planned", "{count} people planned")
    return amount(size.count, "{count} person", "{count} people")


def problems_figure(
    rows: Sequence[tuple[str, str, int]], group: str, trial_number: str, terms: Collection[str] = ()
) -> View | None:
    """Draw the most frequent problems of one group on full tracks. Rows are name, `x of n`, percent.

    `terms` are those names that are the record's own, in English.
    """
    if not rows:
        return None
    drawing = Drawing()
    for name, count, percent in rows:
        drawing.pair(
            Words(text=name, language=record_language() if name in terms else ""),
            Words(text=count, kind="strong", lines=1),
        )
        drawing.space(1)
        drawing.bar(0, WIDTH, "bar-track")
        drawing.bar(0, WIDTH * percent / 100, "bar-first")
        drawing.space(20)
    drawing.space(-6)
    _axis(drawing, ("0", "50", _("100%")))
    listed = joined(f"{name} {count}" for name, count, _percent in rows)
    text = _("In the group “{group}” of {trial}.")
    spoken = text.format(group=group, trial=trial_number)
    title = _("Most frequent health problems.")
    return {
        "id": "problems-figure",
        "title": title,
        "text": escape(text).format(group=registered(group), trial=trial_number),
        "svg": drawing.svg(f"{title} {spoken} {listed}."),
    }
