"""Plain words for every coded value of the registry.

A code that these tables do not know (the registry adds some now and then) is shown readably, never
dropped: `SOME_NEW_VALUE` becomes `Some new value`. Labels are for patients: short, no jargon, no promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trialpages.words.fields import record


@record
class StatusLook:
    """A status in plain words, how it looks, and whether it lets a reader ask to join."""

    code: str
    label: str
    tone: str
    """`open`, `waiting` or `closed`: names a color."""
    shape: str
    """`disc`, `ring`, `half` or `square`: the meaning without color."""
    contact: str
    """`yes`: show whom to contact; `ask`: show it with a note that nobody can join yet; `no`: show nothing."""
    schema_org: str | None
    """The value in schema.org's vocabulary, where there is one."""


def _status(
    code: str, label: str, look: str, contact: str = "no", schema_org: str | None = None
) -> StatusLook:
    tone, _, shape = look.partition(" ")
    return StatusLook(code=code, label=label, tone=tone, shape=shape, contact=contact, schema_org=schema_org)


_STATUSES = (
    _status("RECRUITING", "Open: looking for people", "open disc", "yes", "Recruiting"),
    _status("NOT_YET_RECRUITING", "Not open yet", "waiting ring", "ask", "NotYetRecruiting"),
    _status("ENROLLING_BY_INVITATION", "By invitation only", "waiting half", "no", "EnrollingByInvitation"),
    _status(
        "ACTIVE_NOT_RECRUITING",
        "Running, no longer taking new people",
        "closed square",
        "no",
        "ActiveNotRecruiting",
    ),
    _status("SUSPENDED", "Paused", "waiting half", "no", "Suspended"),
    _status("TERMINATED", "Stopped early", "closed square", "no", "Terminated"),
    _status("COMPLETED", "Finished", "closed square", "no", "Completed"),
    _status("WITHDRAWN", "Never started", "closed square", "no", "Withdrawn"),
    _status("UNKNOWN", "Status not confirmed", "closed square"),
    _status("AVAILABLE", "Available outside a trial", "open disc", "yes"),
    _status("NO_LONGER_AVAILABLE", "No longer available", "closed square"),
    _status("TEMPORARILY_NOT_AVAILABLE", "Not available for now", "waiting half"),
    _status("APPROVED_FOR_MARKETING", "Approved: a doctor can prescribe it", "closed square"),
    _status("WITHHELD", "Details held back by the sponsor", "closed square"),
)
STATUSES: Mapping[str, StatusLook] = {status.code: status for status in _STATUSES}

OPEN_WITHOUT_OPEN_SITE = "Open, but no site is listed as open: ask"
STATUSES_WITH_A_REASON = frozenset({"SUSPENDED", "TERMINATED", "WITHDRAWN"})
"""Statuses beside which the record's reason for stopping is shown."""


STATUS_NOT_STATED = "Status not stated"


def status_label(code: str | None) -> str:
    """Return a status in plain words."""
    return status_look(code).label


def status_look(code: str | None) -> StatusLook:
    """Return how a status is shown; an unknown code is shown readably and lets nobody be asked."""
    if code is None:
        return _status("", STATUS_NOT_STATED, "closed square")
    return STATUSES.get(code) or _status(code, readable(code), "closed square")


def trial_status(overall_status: str | None, site_statuses: Iterable[str | None] = ()) -> StatusLook:
    """Return how a trial's status is shown, with the conflict named when it is open but every site is not.

    A site without a status of its own may be open, so it hides the conflict.
    """
    shown = status_look(overall_status)
    statuses = tuple(site_statuses)
    if overall_status != "RECRUITING" or not statuses or None in statuses or "RECRUITING" in statuses:
        return shown
    return StatusLook(
        code=shown.code,
        label=OPEN_WITHOUT_OPEN_SITE,
        tone=shown.tone,
        shape=shown.shape,
        contact="ask",
        schema_org=shown.schema_org,
    )


def site_is_open(overall_status: str | None, site_status: str | None) -> bool:
    """Say whether a place is marked as open; a closed trial overrides what its places still say."""
    return overall_status == "RECRUITING" and site_status == "RECRUITING"


SITE_STATUS_LABELS: Mapping[str, str] = {
    "RECRUITING": "Open here",
    "NOT_YET_RECRUITING": "Not open here yet",
    "ENROLLING_BY_INVITATION": "By invitation only",
    "ACTIVE_NOT_RECRUITING": "Not taking new people",
    "SUSPENDED": "Paused here",
    "TERMINATED": "Stopped here",
    "COMPLETED": "Finished here",
    "WITHDRAWN": "Never started here",
    "AVAILABLE": "Available here",
    "UNKNOWN": "Status not confirmed",
}
STUDY_TYPE_LABELS: Mapping[str, str] = {
    "INTERVENTIONAL": "Trial that tests something",
    "OBSERVATIONAL": "Study that only observes",
    "EXPANDED_ACCESS": "Use outside a trial (expanded access)",
}
ARM_TYPE_LABELS: Mapping[str, str] = {
    "EXPERIMENTAL": "Gets what is being tested",
    "ACTIVE_COMPARATOR": "Gets another treatment, to compare",
    "PLACEBO_COMPARATOR": "Gets a placebo, to compare",
    "SHAM_COMPARATOR": "Gets a pretend procedure, to compare",
    "NO_INTERVENTION": "Gets no study treatment, to compare",
    "OTHER": "Another kind of group",
}
INTERVENTION_TYPE_LABELS: Mapping[str, str] = {
    "BEHAVIORAL": "Behavior or habit",
    "BIOLOGICAL": "Medicine made from living material",
    "COMBINATION_PRODUCT": "Medicine and device together",
    "DEVICE": "Device",
    "DIAGNOSTIC_TEST": "Test",
    "DIETARY_SUPPLEMENT": "Food supplement",
    "DRUG": "Medicine",
    "GENETIC": "Gene treatment or test",
    "PROCEDURE": "Procedure or operation",
    "RADIATION": "Radiation",
    "OTHER": "Something else",
}
ALLOCATION_LABELS: Mapping[str, str] = {
    "RANDOMIZED": "Chance decides who joins which group",
    "NON_RANDOMIZED": "Chance does not decide who joins which group",
    "NA": "There is one group",
}
MASKING_LABELS: Mapping[str, str] = {
    "NONE": "Everyone knows who gets what (open label)",
    "SINGLE": "One party does not know who gets what",
    "DOUBLE": "Two parties do not know who gets what",
    "TRIPLE": "Three parties do not know who gets what",
    "QUADRUPLE": "Four parties do not know who gets what",
}
WHO_MASKED_LABELS: Mapping[str, str] = {
    "PARTICIPANT": "the people who take part",
    "CARE_PROVIDER": "those who treat them",
    "INVESTIGATOR": "the study doctors",
    "OUTCOMES_ASSESSOR": "those who measure the results",
}
PRIMARY_PURPOSE_LABELS: Mapping[str, str] = {
    "TREATMENT": "To treat an illness",
    "PREVENTION": "To prevent an illness",
    "DIAGNOSTIC": "To find out what illness someone has",
    "ECT": "To learn how a product works in the body",
    "SUPPORTIVE_CARE": "To ease symptoms or side effects",
    "SCREENING": "To find an illness early",
    "HEALTH_SERVICES_RESEARCH": "To improve how care is given",
    "BASIC_SCIENCE": "To learn how the body works",
    "DEVICE_FEASIBILITY": "To see whether a device can work",
    "OTHER": "Another purpose",
}
INTERVENTION_MODEL_LABELS: Mapping[str, str] = {
    "SINGLE_GROUP": "Everyone is in one group",
    "PARALLEL": "Groups get different things at the same time",
    "CROSSOVER": "Each person gets one thing first and another later",
    "FACTORIAL": "Groups get different mixes of treatments",
    "SEQUENTIAL": "Groups start one after another",
}
OBSERVATIONAL_MODEL_LABELS: Mapping[str, str] = {
    "COHORT": "Follows groups of people over time",
    "CASE_CONTROL": "Compares people who have a condition with people who do not",
    "CASE_ONLY": "Looks at people who have one condition",
    "CASE_CROSSOVER": "Compares the same people at different times",
    "ECOLOGIC_OR_COMMUNITY": "Compares whole communities",
    "FAMILY_BASED": "Looks at families",
    "DEFINED_POPULATION": "Looks at one defined population",
    "NATURAL_HISTORY": "Follows how a condition develops",
    "OTHER": "Another way of observing",
}
TIME_PERSPECTIVE_LABELS: Mapping[str, str] = {
    "RETROSPECTIVE": "Looks back at what has happened",
    "PROSPECTIVE": "Follows what happens from now on",
    "CROSS_SECTIONAL": "Looks at one point in time",
    "OTHER": "Another view in time",
}
AGENCY_CLASS_LABELS: Mapping[str, str] = {
    "NIH": "US National Institutes of Health",
    "FED": "US federal agency",
    "OTHER_GOV": "Public body",
    "INDIV": "Single person",
    "INDUSTRY": "Company",
    "NETWORK": "Research network",
    "AMBIG": "Kind not clear",
    "OTHER": "Hospital, university or foundation",
    "UNKNOWN": "Kind not stated",
}
ROLE_LABELS: Mapping[str, str] = {
    "LEAD_SPONSOR": "Lead sponsor",
    "COLLABORATOR": "Collaborator",
    "PRINCIPAL_INVESTIGATOR": "Lead doctor or scientist (principal investigator)",
    "STUDY_CHAIR": "Study chair",
    "STUDY_DIRECTOR": "Study director",
    "SUB_INVESTIGATOR": "Study doctor or scientist (sub-investigator)",
    "CONTACT": "Contact",
}
SEX_LABELS: Mapping[str, str] = {"ALL": "Any sex", "FEMALE": "Female", "MALE": "Male"}
STANDARD_AGE_LABELS: Mapping[str, str] = {
    "CHILD": "Children (up to 17)",
    "ADULT": "Adults (18 to 64)",
    "OLDER_ADULT": "Older adults (65 and over)",
}
SAMPLING_LABELS: Mapping[str, str] = {
    "PROBABILITY_SAMPLE": "People are chosen by chance",
    "NON_PROBABILITY_SAMPLE": "People are not chosen by chance",
}
BIO_SPECIMEN_LABELS: Mapping[str, str] = {
    "NONE_RETAINED": "No samples are kept",
    "SAMPLES_WITH_DNA": "Samples that hold DNA are kept",
    "SAMPLES_WITHOUT_DNA": "Samples without DNA are kept",
}
EXPANDED_ACCESS_LABELS: Mapping[str, str] = {
    "individual": "For single patients",
    "intermediate": "For a small group of patients",
    "treatment": "For many patients, under a treatment protocol",
}
ASSESSMENT_LABELS: Mapping[str, str] = {
    "SYSTEMATIC_ASSESSMENT": "Everyone was asked or tested",
    "NON_SYSTEMATIC_ASSESSMENT": "Counted when someone reported it",
}
DATE_TYPE_LABELS: Mapping[str, str] = {"ACTUAL": "", "ESTIMATED": "expected"}
REFERENCE_TYPE_LABELS: Mapping[str, str] = {
    "BACKGROUND": "Background",
    "RESULT": "Results of this study",
    "DERIVED": "Names this study",
}


def label(table: Mapping[str, str], code: str | None) -> str | None:
    """Return a code's plain words from one of the tables above; nothing for nothing."""
    if code is None:
        return None
    known = table.get(code)
    return readable(code) if known is None else known


def readable(code: str) -> str:
    """Return an unknown code as words.

    >>> readable("SOME_NEW_VALUE")
    'Some new value'
    """
    words = code.replace("_", " ").strip()
    if not words.isupper():
        return words[:1].upper() + words[1:]
    return words.capitalize()


_PHASE_NUMBERS = {"PHASE1": "1", "PHASE2": "2", "PHASE3": "3", "PHASE4": "4"}
NO_PHASE = "Not a phase study"
EARLY_PHASE_1 = "Early phase 1"


def phase_label(phases: Sequence[str]) -> str:
    """Return the phase in words.

    >>> phase_label(("PHASE1", "PHASE2"))
    'Phase 1/2'
    """
    stated = [phase for phase in phases if phase != "NA"]
    if not stated:
        return NO_PHASE
    if stated == ["EARLY_PHASE1"]:
        return EARLY_PHASE_1
    numbers = [_PHASE_NUMBERS.get(phase, readable(phase)) for phase in stated]
    return "Phase " + "/".join(numbers)


def phase_rank(phases: Sequence[str]) -> tuple[int, int]:
    """Return the order of phases, further ones larger: by the highest phase, then by the lowest."""
    order = ("NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4")
    ranks = [order.index(phase) for phase in phases if phase in order]
    return (max(ranks), min(ranks)) if ranks else (0, 0)


PLUS_SHOWN = 3
"""Items that stand open before the rest is folded away."""


def shown_and_more(count: int, shown: int = PLUS_SHOWN) -> tuple[int, str | None]:
    """Return how many of `count` items stand open and what the fold of the rest says.

    >>> shown_and_more(5)
    (3, '+2 more')
    >>> shown_and_more(4)
    (4, None)
    """
    if count - shown <= 1:
        return count, None
    return shown, f"+{count - shown} more"
