"""The forms of a form editor, described once for every such editor: what is asked, in which order, in which words.

They are made from the records, so a form asks for nothing that the build refuses. Left out is what a form
would spoil: counted health problems, hundreds of which stand in one file; yes-or-no facts of which a form
cannot say "not known"; and a single group that may be written as one bare value (`start_date: 2026-05`),
since form editors drop that value on saving. What no form shows stays in its file as it is.
"""

from __future__ import annotations

from typing import Any

from trialpages.model.editorial import (
    AdverseEventTerm,
    ConditionFile,
    GlossaryEntry,
    ResultsSummary,
    SearchSynonyms,
    SideEffects,
    SponsorFile,
    TreatmentFile,
)
from trialpages.model.former_page import FormerPageEntry
from trialpages.model.overrides import NO_FACTS
from trialpages.model.summary import HEADINGS, Summary
from trialpages.model.trial import Intervention, Trial
from trialpages.model.value_words import value_words
from trialpages.words.fields import record
from trialpages.words.shapes import (
    FieldShape,
    Group,
    ListOf,
    Number,
    Text,
    TextByName,
    ValueShape,
    YesNo,
    shape_of,
)

LINE, PROSE, WHOLE, NUMBER, YES_NO, CHOICE, GROUP, BY_NAME = (
    "line",
    "prose",
    "whole",
    "number",
    "yes_no",
    "choice",
    "group",
    "by_name",
)
DEEPEST = 4
"""Groups inside groups; rules about who can join may hold rules of their own without end."""

ANSWERS = (("true", "Yes"), ("false", "No"))

FIRST = (
    "nct_id",
    "title",
    "treatments",
    "reviewed_against",
    "plain_criteria",
    "timeline",
    "side_effects",
    "key_facts",
    "approvals",
    "spots_left",
    "results_summary",
    "similar",
    "draft",
    "reason",
)
"""What editors write themselves; the facts of the registry come below it."""

LEFT_OUT = frozenset({"adverse_events"})
PROSE_FIELDS = frozenset(
    [
        "text",
        "plain",
        "description",
        "detailed_description",
        "brief_summary",
        "eligibility_criteria",
        "why_stopped",
        "mismatch_note",
        "why",
        "meaning",
        "official_title",
        "study_population",
        "citation",
        "masking_description",
        "intervention_model_description",
    ]
)
TITLES = {
    "nct_id": "ClinicalTrials.gov number",
    "nct_id_aliases": "Older numbers",
    "org_study_id": "Sponsor's own number",
    "title": "Title of the page",
    "brief_title": "Registered short title",
    "official_title": "Registered full title",
    "overall_status": "Status",
    "who_masked": "Who does not know",
    "plain_criteria": "Rules in plain words",
    "plain": "In plain words",
    "original": "First words of the original rule",
    "key": "Show among the key criteria",
    "self_check": "Ask in the self-check",
    "kind": "Kind",
    "reviewed_against": "Words last compared with the record of",
    "results_summary": "Results in plain words",
    "spots_left": "Open places",
    "side_effects": "Side effects: whose counts are shown",
    "source": "Source",
    "draft": "Keep out of the site",
    "reason": "Reasons for facts that differ from the registry",
    "similar": "Similar trials to name first",
    "retrieved": "Day on which the facts were taken",
    "days_min": "Days, at least",
    "days_max": "Days, at most",
    "when": "When",
    "what": "What is done",
    "count": "How many",
    "id": "Number",
    "url": "Address",
    "pmid": "PubMed number",
    "zip": "Postal code",
    "ai_assisted": "Drafted by a machine",
    "parent": "Wider condition",
    "see": "See also",
    "finds": "Narrower things that it finds",
    "typed": "Typed words with other meanings too",
    "as_of": "As of",
}
RELATED: dict[tuple[type[Any], str], str] = {
    (Trial, "treatments"): "treatments",
    (Trial, "similar"): "trials",
    (Intervention, "treatment"): "treatments",
    (SideEffects, "source"): "trials",
    (ConditionFile, "parent"): "conditions",
}
"""Fields that name a file of another form."""


@record
class FormField:
    """One question of a form."""

    name: str
    title: str
    hint: str
    kind: str
    """One of the kinds above."""
    required: bool = False
    is_list: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """Values and what they mean."""
    pattern: str | None = None
    example: str | None = None
    least: float | None = None
    most: float | None = None
    related: str | None = None
    """The form whose files this field names."""
    fields: tuple[FormField, ...] = ()
    is_whole: bool = True
    """Whether everything that may stand in a group is asked."""


@record
class Form:
    """A form for one kind of file."""

    name: str
    title: str
    one: str
    """The title of one file or entry."""
    hint: str
    place: str
    """A folder with one file for each entry, or one file with a list; from the content folder."""
    ending: str = ""
    """For a folder of folders, the file in each; for a folder, the ending of its files."""
    names_by: str = "name"
    """The field that names an entry."""
    fields: tuple[FormField, ...] = ()
    body: str | None = None
    """The prose with which a new file begins; None for files that have none."""

    @property
    def is_list(self) -> bool:
        """Whether one file holds all entries."""
        return not self.ending


def forms(*, every_answer: bool = False) -> tuple[Form, ...]:
    """Return every form, in the order in which an editor meets them.

    With `every_answer`, a yes or no that may also be unknown is asked as a choice: it is then written as text.
    """
    return (
        Form(
            name="trials",
            title="Trials",
            one="Trial",
            hint="Facts and plain words about each trial. Leave a fact empty where the registry's record has it.",
            place="trials",
            ending="/trial.yaml",
            names_by="nct_id",
            fields=_trial_fields(every_answer),
        ),
        Form(
            name="summaries",
            title="Summaries",
            one="Summary",
            hint="The five short texts of a trial page. Keep the headings as they are.",
            place="trials",
            ending="/summary.md",
            names_by="title",
            fields=form_fields(Summary, every_answer=every_answer),
            body="".join(f"## {heading}\n\n" for heading in HEADINGS.values()).rstrip("\n") + "\n",
        ),
        _shared("treatments", "Treatments", TreatmentFile, ".yaml", every_answer=every_answer),
        _shared("conditions", "Conditions", ConditionFile, ".yaml", every_answer=every_answer),
        _shared("sponsors", "Sponsors", SponsorFile, ".yaml", every_answer=every_answer),
        _shared("glossary", "Glossary", GlossaryEntry, names_by="term", every_answer=every_answer),
        _shared(
            "adverse-event-terms",
            "Plain words for health problems",
            AdverseEventTerm,
            names_by="term",
            every_answer=every_answer,
        ),
        _shared(
            "search-synonyms",
            "Words that readers type",
            SearchSynonyms,
            names_by="names",
            every_answer=every_answer,
        ),
        _shared(
            "former-pages",
            "Pages that are gone",
            FormerPageEntry,
            names_by="page",
            every_answer=every_answer,
        ),
        Form(
            name="pages",
            title="Pages",
            one="Page",
            hint="About, privacy and other pages of prose.",
            place="pages",
            ending=".md",
            names_by="title",
            fields=(
                FormField(name="title", title="Title", hint="The page's title.", kind=LINE, required=True),
            ),
            body="",
        ),
    )


def _shared(
    name: str, title: str, kind: type[Any], ending: str = "", names_by: str = "name", *, every_answer: bool
) -> Form:
    required = ("name",) if ending else ()
    return Form(
        name=name,
        title=title,
        one=title.removesuffix("s") if ending else "Entry",
        hint=shape_of(kind).meaning,
        place=name if ending else f"{name}.yaml",
        ending=ending,
        names_by=names_by,
        fields=form_fields(kind, required, every_answer=every_answer),
    )


def _trial_fields(every_answer: bool) -> tuple[FormField, ...]:
    fields = {field.name: field for field in form_fields(Trial, every_answer=every_answer)}
    return tuple(fields[name] for name in (*FIRST, *(name for name in fields if name not in FIRST)))


def form_fields(
    kind: type[Any], required: tuple[str, ...] = (), depth: int = DEEPEST, *, every_answer: bool = False
) -> tuple[FormField, ...]:
    """Return a record's questions, without those that no form can ask well."""
    return tuple(
        _field(kind, field, field.required or name in required, depth, every_answer)
        for name, field in shape_of(kind).fields.items()
        if _is_asked(field, depth, every_answer)
    )


def _is_asked(field: FieldShape, depth: int, every_answer: bool) -> bool:
    inner = field.value.entry if isinstance(field.value, ListOf) else field.value
    if isinstance(inner, Group) and depth <= 1:
        return False
    if isinstance(field.value, Group) and shape_of(field.value.record).short_form:
        return False
    is_open = isinstance(inner, YesNo) and field.default is not False
    return field.name not in LEFT_OUT and (every_answer or not is_open)


def _field(kind: type[Any], field: FieldShape, required: bool, depth: int, every_answer: bool) -> FormField:
    value = field.value.entry if isinstance(field.value, ListOf) else field.value
    text = value if isinstance(value, Text) else Text()
    number = value if isinstance(value, Number) else Number(whole=True)
    inner: tuple[FormField, ...] = ()
    unasked: tuple[str, ...] = ()
    if isinstance(value, Group):
        inner = form_fields(value.record, (), depth - 1, every_answer=every_answer)
        unasked = tuple(set(shape_of(value.record).fields) - {each.name for each in inner})
    elif isinstance(value, TextByName):
        inner = _facts()
    is_open = isinstance(value, YesNo) and field.default is not False
    words = value_words(text.values)
    return FormField(
        name=field.name,
        title=field_title(kind, field.name),
        hint=field.meaning,
        kind=CHOICE if is_open else _kind(field.name, value),
        required=required,
        is_list=isinstance(field.value, ListOf),
        choices=ANSWERS if is_open else tuple((each, words.get(each, each)) for each in text.values),
        pattern=text.pattern,
        example=(text.example or "").split(" or ")[0] or None,
        least=number.least,
        most=number.most,
        related=RELATED.get((kind, field.name)),
        fields=inner,
        is_whole=not unasked and all(each.is_whole for each in inner),
    )


def field_title(kind: type[Any], name: str) -> str:
    """Return a field's name for people who do not program.

    >>> field_title(Trial, "why_stopped"), field_title(Trial, "nct_id")
    ('Why stopped', 'ClinicalTrials.gov number')
    """
    if kind is ResultsSummary:
        number = list(shape_of(kind).fields).index(name) + 1
        return f"{number}. {name.replace('_', ' ').capitalize()}"
    return TITLES.get(name) or name.replace("_", " ").capitalize()


def _kind(name: str, value: ValueShape) -> str:
    if isinstance(value, Text):
        return CHOICE if value.values else PROSE if name in PROSE_FIELDS and not value.pattern else LINE
    if isinstance(value, Number):
        return WHOLE if value.whole else NUMBER
    if isinstance(value, YesNo):
        return YES_NO
    return BY_NAME if isinstance(value, TextByName) else GROUP


def _facts() -> tuple[FormField, ...]:
    """Return the facts of which editors may say why they differ from the registry."""
    return tuple(
        FormField(name=name, title=field_title(Trial, name), hint="One sentence.", kind=LINE)
        for name in shape_of(Trial).fields
        if name not in NO_FACTS
    )
