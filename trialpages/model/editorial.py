"""What only editors write: plain wording, choices, estimates with sources, and the shared files."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, MinLen

from trialpages.model.vocabulary import FullDate, GroupId, LinkUrl, Slug, TrialId
from trialpages.words.fields import Doc, MachineMade, OneOf, record


@record
class PlainCriterion:
    """One rule in plain words, tied to the original rule that it explains."""

    plain: Annotated[str, MinLen(1), Doc("A first-person statement that a reader can answer with yes or no.")]
    kind: Annotated[
        str, OneOf("inclusion", "exclusion"), Doc("inclusion: the answer should be yes; exclusion: no.")
    ]
    original: Annotated[
        str, MinLen(8), Doc("The first words of the original rule, enough to tell it from the others.")
    ]
    key: Annotated[bool, Doc("Show it among the key criteria at the top.")] = False
    self_check: Annotated[bool, Doc("Ask it in the self-check.")] = True


@record
class Stage:
    """One stage of taking part."""

    text: Annotated[str, MinLen(1), Doc("How long it takes, in words.")]
    days_min: Annotated[int | None, Ge(0), Doc("Shortest length in days.")] = None
    days_max: Annotated[int | None, Ge(0), Doc("Longest length in days.")] = None
    typical: Annotated[
        bool, Doc("True when this is usual for such trials but not in this trial's record.")
    ] = False


@record
class Visit:
    """A visit, or several of the same kind."""

    when: Annotated[str, MinLen(1), Doc("When it takes place.")]
    what: Annotated[tuple[str, ...], Doc("What is done.")] = ()
    count: Annotated[int, Ge(1), Doc("How many such visits.")] = 1
    duration_minutes: Annotated[int | None, Ge(0), Doc("How long one visit takes.")] = None
    overnight: Annotated[bool, Doc("Whether the person stays overnight.")] = False


@record
class Timeline:
    """How long taking part lasts."""

    screening: Annotated[Stage | None, Doc("Tests before joining.")] = None
    treatment: Annotated[Stage | None, Doc("Time on treatment.")] = None
    follow_up: Annotated[Stage | None, Doc("Checks afterwards.")] = None
    visits: Annotated[tuple[Visit, ...], Doc("Visits, if known.")] = ()


@record
class SideEffects:
    """Whose counted health problems the page shows."""

    source: Annotated[
        TrialId | None, Doc("A trial whose counts are shown here instead of this trial's own.")
    ] = None
    groups: Annotated[tuple[GroupId, ...], Doc("Show only these groups, the first one first.")] = ()
    why: Annotated[str | None, Doc("Why this source was chosen.")] = None
    mismatch_note: Annotated[
        str | None,
        Doc("What differs (ages, condition) between those people and this trial's; shown to readers."),
    ] = None
    show: Annotated[bool, Doc("False hides the section.")] = True


@record
class KeyFactNote:
    """A short fact with a source."""

    text: Annotated[str, MinLen(1), Doc("The fact in a few plain words.")]
    source: Annotated[LinkUrl | None, Doc("Where it can be checked.")] = None


@record
class Approval:
    """An approval of a treatment."""

    treatment: Annotated[str, MinLen(1), Doc("Name of the treatment.")]
    text: Annotated[str, MinLen(1), Doc("What it is approved for, where and since when.")]
    source: Annotated[LinkUrl, Doc("The agency's page.")]


@record
class SpotsLeft:
    """Open places as counted by the study team, or a switch to show none."""

    show: Annotated[bool, Doc("False hides the estimate on this trial.")] = True
    value: Annotated[int | None, Ge(0), Doc("Open places.")] = None
    as_of: Annotated[FullDate | None, Doc("The day of the count.")] = None
    source: Annotated[str | None, Doc("Who counted.")] = None


@record
class ResultsSummary:
    """The lay summary of results by the ten elements of Annex V of EU Regulation 536/2014."""

    identification: Annotated[str, MinLen(1), Doc("1. What the trial is called.")]
    sponsor: Annotated[str, MinLen(1), Doc("2. Who ran it and whom to ask.")]
    general_information: Annotated[str, MinLen(1), Doc("3. When, where and why.")]
    population: Annotated[str, MinLen(1), Doc("4. Who took part.")]
    products: Annotated[str, MinLen(1), Doc("5. What was tested.")]
    adverse_reactions: Annotated[str, MinLen(1), Doc("6. Side effects and how often.")]
    overall_results: Annotated[str, MinLen(1), Doc("7. What was found.")]
    comments: Annotated[str, MinLen(1), Doc("8. What the findings mean.")]
    follow_up: Annotated[str, MinLen(1), Doc("9. Whether more trials are planned.")]
    more_information: Annotated[str, MinLen(1), Doc("10. Where to find more.")]


@record
class Figure:
    """A number that was taken from a named source on a named day."""

    value: Annotated[int, Ge(0), Doc("The number.")]
    source: Annotated[str, MinLen(1), Doc("Where it was read.")]
    as_of: Annotated[str, MinLen(4), Doc("The day, month or year for which it holds.")]
    link: Annotated[LinkUrl | None, Doc("A page that shows it.")] = None


@record
class TreatmentFile:
    """A file in `treatments/`: what a treatment is, under all its names."""

    slug: Annotated[Slug, MachineMade()] = ""
    name: Annotated[str, MinLen(1), Doc("The usual name.")] = ""
    other_names: Annotated[
        tuple[str, ...], Doc("Brand names, codes, spellings: used to find it and to count it.")
    ] = ()
    treatment_class: Annotated[str | None, Doc("The kind of treatment.")] = None
    description: Annotated[str | None, Doc("What it is, in plain words (Markdown).")] = None
    first_studied: Annotated[
        Figure | None, Doc("Year of the first study, when a wider source than this site says so.")
    ] = None
    people_treated: Annotated[Figure | None, Doc("People who have taken it, from a wider source.")] = None
    furthest_stage: Annotated[str | None, Doc("Furthest stage reached, from a wider source.")] = None
    approvals: Annotated[tuple[Approval, ...], Doc("Where it is approved.")] = ()


@record
class ConditionFile:
    """A file in `conditions/`: what a condition is, under all its names."""

    slug: Annotated[Slug, MachineMade()] = ""
    name: Annotated[str, MinLen(1), Doc("The usual name.")] = ""
    other_names: Annotated[tuple[str, ...], Doc("Other names, spellings and abbreviations.")] = ()
    parent: Annotated[Slug | None, Doc("The wider condition's file.")] = None
    description: Annotated[str | None, Doc("What it is, in plain words (Markdown).")] = None


@record
class SponsorFile:
    """A file in `sponsors/`: an organization or a person who runs trials, under all names."""

    slug: Annotated[Slug, MachineMade()] = ""
    name: Annotated[str, MinLen(1), Doc("The usual name.")] = ""
    other_names: Annotated[tuple[str, ...], Doc("Other spellings in the records.")] = ()
    kind: Annotated[str, OneOf("organization", "person"), Doc("organization or person.")] = "organization"
    description: Annotated[str | None, Doc("Who they are, in plain words (Markdown).")] = None
    website: Annotated[LinkUrl | None, Doc("Their own page.")] = None
    previous_trials: Annotated[Figure | None, Doc("Trials before this one, from a wider source.")] = None
    people_enrolled: Annotated[Figure | None, Doc("People in those trials, from a wider source.")] = None


@record
class GlossaryEntry:
    """A medical or research word and what it means."""

    term: Annotated[str, MinLen(1), Doc("The word.")]
    meaning: Annotated[str, MinLen(1), Doc("What it means, in one or two plain sentences.")]
    other_names: Annotated[tuple[str, ...], Doc("Other forms and abbreviations of the word.")] = ()
    see: Annotated[tuple[str, ...], Doc("Related words in this glossary.")] = ()


@record
class AdverseEventTerm:
    """A medical term for a health problem, in plain words."""

    term: Annotated[
        str, MinLen(1), Doc("The medical term as the registry spells it; letter case does not matter.")
    ]
    plain: Annotated[str, MinLen(1), Doc("The same in plain words.")]
    other_names: Annotated[tuple[str, ...], Doc("Other spellings of the same term.")] = ()


@record
class SearchSynonyms:
    """Words that readers type, and what a search for them finds. The first name is what the page calls it."""

    names: Annotated[
        tuple[Annotated[str, MinLen(1)], ...],
        Doc("Names of one and the same thing: a search for one finds the trials of all."),
    ]
    finds: Annotated[
        tuple[Annotated[str, MinLen(1)], ...],
        Doc(
            "Narrower things that a search for the names finds too, such as the members of a class of medicines."
        ),
    ] = ()
    typed: Annotated[
        tuple[Annotated[str, MinLen(1)], ...],
        Doc(
            "Words that readers type for it and that have other meanings too, such as ED: a search for them finds "
            "the names; a search for the names finds these words only when nearly all trials that have them are about this."
        ),
    ] = ()
