"""Plain words for every coded value of the registry.

A code that these tables do not know (the registry adds some now and then) is shown readably, never
dropped: `SOME_NEW_VALUE` becomes `Some new value`. Labels are for patients: short, no jargon, no promise.
The tables hold the English messages; whoever shows one asks a function here, which translates it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from trialpages.words.fields import record
from trialpages.words.language import N_, _, number


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
    tone, _space, shape = look.partition(" ")
    return StatusLook(code=code, label=label, tone=tone, shape=shape, contact=contact, schema_org=schema_org)


_STATUSES = (
    _status("RECRUITING", N_("Open: looking for people"), "open disc", "yes", "Recruiting"),
    _status("NOT_YET_RECRUITING", N_("Not open yet"), "waiting ring", "ask", "NotYetRecruiting"),
    _status(
        "ENROLLING_BY_INVITATION", N_("By invitation only"), "waiting half", "no", "EnrollingByInvitation"
    ),
    _status(
        "ACTIVE_NOT_RECRUITING",
        N_("Running, no longer taking new people"),
        "closed square",
        "no",
        "ActiveNotRecruiting",
    ),
    _status("SUSPENDED", N_("Paused"), "waiting half", "no", "Suspended"),
    _status("TERMINATED", N_("Stopped early"), "closed square", "no", "Terminated"),
    _status("COMPLETED", N_("Finished"), "closed square", "no", "Completed"),
    _status("WITHDRAWN", N_("Never started"), "closed square", "no", "Withdrawn"),
    _status("UNKNOWN", N_("Status not confirmed"), "closed square"),
    _status("AVAILABLE", N_("Available outside a trial"), "open disc", "yes"),
    _status("NO_LONGER_AVAILABLE", N_("No longer available"), "closed square"),
    _status("TEMPORARILY_NOT_AVAILABLE", N_("Not available for now"), "waiting half"),
    _status("APPROVED_FOR_MARKETING", N_("Approved: a doctor can prescribe it"), "closed square"),
    _status("WITHHELD", N_("Details held back by the sponsor"), "closed square"),
)
STATUSES: Mapping[str, StatusLook] = {status.code: status for status in _STATUSES}

OPEN_WITHOUT_OPEN_SITE = N_("Open, but no site is listed as open: ask")
STATUSES_WITH_A_REASON = frozenset({"SUSPENDED", "TERMINATED", "WITHDRAWN"})
"""Statuses beside which the record's reason for stopping is shown."""


STATUS_NOT_STATED = N_("Status not stated")


def status_label(code: str | None) -> str:
    """Return a status in plain words."""
    return status_look(code).label


def status_look(code: str | None) -> StatusLook:
    """Return how a status is shown; an unknown code is shown readably and lets nobody be asked."""
    if code is None:
        return _status("", _(STATUS_NOT_STATED), "closed square")
    known = STATUSES.get(code)
    return replace(known, label=_(known.label)) if known else _status(code, readable(code), "closed square")


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
        label=_(OPEN_WITHOUT_OPEN_SITE),
        tone=shown.tone,
        shape=shown.shape,
        contact="ask",
        schema_org=shown.schema_org,
    )


def site_is_open(overall_status: str | None, site_status: str | None) -> bool:
    """Say whether a place is marked as open; a closed trial overrides what its places still say."""
    return overall_status == "RECRUITING" and site_status == "RECRUITING"


SITE_STATUS_LABELS: Mapping[str, str] = {
    "RECRUITING": N_("Open here"),
    "NOT_YET_RECRUITING": N_("Not open here yet"),
    "ENROLLING_BY_INVITATION": N_("By invitation only"),
    "ACTIVE_NOT_RECRUITING": N_("Not taking new people"),
    "SUSPENDED": N_("Paused here"),
    "TERMINATED": N_("Stopped here"),
    "COMPLETED": N_("Finished here"),
    "WITHDRAWN": N_("Never started here"),
    "AVAILABLE": N_("Available here"),
    "UNKNOWN": N_("Status not confirmed"),
}
STUDY_TYPE_LABELS: Mapping[str, str] = {
    "INTERVENTIONAL": N_("Trial that tests something"),
    "OBSERVATIONAL": N_("Study that only observes"),
    "EXPANDED_ACCESS": N_("Use outside a trial (expanded access)"),
}
ARM_TYPE_LABELS: Mapping[str, str] = {
    "EXPERIMENTAL": N_("Gets what is being tested"),
    "ACTIVE_COMPARATOR": N_("Gets another treatment, to compare"),
    "PLACEBO_COMPARATOR": N_("Gets a placebo, to compare"),
    "SHAM_COMPARATOR": N_("Gets a pretend procedure, to compare"),
    "NO_INTERVENTION": N_("Gets no study treatment, to compare"),
    "OTHER": N_("Another kind of group"),
}
INTERVENTION_TYPE_LABELS: Mapping[str, str] = {
    "BEHAVIORAL": N_("Behavior or habit"),
    "BIOLOGICAL": N_("Medicine made from living material"),
    "COMBINATION_PRODUCT": N_("Medicine and device together"),
    "DEVICE": N_("Device"),
    "DIAGNOSTIC_TEST": N_("Test"),
    "DIETARY_SUPPLEMENT": N_("Food supplement"),
    "DRUG": N_("Medicine"),
    "GENETIC": N_("Gene treatment or test"),
    "PROCEDURE": N_("Procedure or operation"),
    "RADIATION": N_("Radiation"),
    "OTHER": N_("Something else"),
}
ALLOCATION_LABELS: Mapping[str, str] = {
    "RANDOMIZED": N_("Chance decides who joins which group"),
    "NON_RANDOMIZED": N_("Chance does not decide who joins which group"),
    "NA": N_("There is one group"),
}
MASKING_LABELS: Mapping[str, str] = {
    "NONE": N_("Everyone knows who gets what (open label)"),
    "SINGLE": N_("One side does not know who gets what"),
    "DOUBLE": N_("Two sides do not know who gets what"),
    "TRIPLE": N_("Three sides do not know who gets what"),
    "QUADRUPLE": N_("Four sides do not know who gets what"),
}
WHO_MASKED_LABELS: Mapping[str, str] = {
    "PARTICIPANT": N_("the people who take part"),
    "CARE_PROVIDER": N_("those who treat them"),
    "INVESTIGATOR": N_("the study doctors"),
    "OUTCOMES_ASSESSOR": N_("those who measure the results"),
}
PRIMARY_PURPOSE_LABELS: Mapping[str, str] = {
    "TREATMENT": N_("To treat an illness"),
    "PREVENTION": N_("To prevent an illness"),
    "DIAGNOSTIC": N_("To find out what illness someone has"),
    "ECT": N_("To learn how a product works in the body"),
    "SUPPORTIVE_CARE": N_("To ease symptoms or side effects"),
    "SCREENING": N_("To find an illness early"),
    "HEALTH_SERVICES_RESEARCH": N_("To improve how care is given"),
    "BASIC_SCIENCE": N_("To learn how the body works"),
    "DEVICE_FEASIBILITY": N_("To see whether a device can work"),
    "OTHER": N_("Another purpose"),
}
INTERVENTION_MODEL_LABELS: Mapping[str, str] = {
    "SINGLE_GROUP": N_("Everyone is in one group"),
    "PARALLEL": N_("Groups get different things at the same time"),
    "CROSSOVER": N_("Each person gets one thing first and another later"),
    "FACTORIAL": N_("Groups get different mixes of treatments"),
    "SEQUENTIAL": N_("Groups start one after another"),
}
OBSERVATIONAL_MODEL_LABELS: Mapping[str, str] = {
    "COHORT": N_("Follows groups of people over time"),
    "CASE_CONTROL": N_("Compares people who have a condition with people who do not"),
    "CASE_ONLY": N_("Looks at people who have one condition"),
    "CASE_CROSSOVER": N_("Compares the same people at different times"),
    "ECOLOGIC_OR_COMMUNITY": N_("Compares whole communities"),
    "FAMILY_BASED": N_("Looks at families"),
    "DEFINED_POPULATION": N_("Looks at one defined population"),
    "NATURAL_HISTORY": N_("Follows how a condition develops"),
    "OTHER": N_("Another way of observing"),
}
TIME_PERSPECTIVE_LABELS: Mapping[str, str] = {
    "RETROSPECTIVE": N_("Looks back at what has happened"),
    "PROSPECTIVE": N_("Follows what happens from now on"),
    "CROSS_SECTIONAL": N_("Looks at one point in time"),
    "OTHER": N_("Another view in time"),
}
AGENCY_CLASS_LABELS: Mapping[str, str] = {
    "NIH": N_("US National Institutes of Health"),
    "FED": N_("US federal agency"),
    "OTHER_GOV": N_("Public body"),
    "INDIV": N_("Single person"),
    "INDUSTRY": N_("Company"),
    "NETWORK": N_("Research network"),
    "AMBIG": N_("Kind not clear"),
    "OTHER": N_("Hospital, university or foundation"),
    "UNKNOWN": N_("Kind not stated"),
}
ROLE_LABELS: Mapping[str, str] = {
    "LEAD_SPONSOR": N_("Lead sponsor"),
    "COLLABORATOR": N_("Collaborator"),
    "PRINCIPAL_INVESTIGATOR": N_("Lead doctor or scientist (principal investigator)"),
    "STUDY_CHAIR": N_("Study chair"),
    "STUDY_DIRECTOR": N_("Study director"),
    "SUB_INVESTIGATOR": N_("Study doctor or scientist (sub-investigator)"),
    "CONTACT": N_("Contact"),
}
SEX_LABELS: Mapping[str, str] = {"ALL": N_("Any sex"), "FEMALE": N_("Female"), "MALE": N_("Male")}
SAMPLING_LABELS: Mapping[str, str] = {
    "PROBABILITY_SAMPLE": N_("People are chosen by chance"),
    "NON_PROBABILITY_SAMPLE": N_("People are not chosen by chance"),
}
BIO_SPECIMEN_LABELS: Mapping[str, str] = {
    "NONE_RETAINED": N_("No samples are kept"),
    "SAMPLES_WITH_DNA": N_("Samples that hold DNA are kept"),
    "SAMPLES_WITHOUT_DNA": N_("Samples without DNA are kept"),
}
EXPANDED_ACCESS_LABELS: Mapping[str, str] = {
    "individual": N_("For single patients"),
    "intermediate": N_("For a small group of patients"),
    "treatment": N_("For many patients, under a treatment protocol"),
}
REFERENCE_TYPE_LABELS: Mapping[str, str] = {
    "BACKGROUND": N_("Background"),
    "RESULT": N_("Results of this study"),
    "DERIVED": N_("Names this study"),
}


def label(table: Mapping[str, str], code: str | None) -> str | None:
    """Return a code's plain words from one of the tables above; nothing for nothing."""
    if code is None:
        return None
    known = table.get(code)
    return readable(code) if known is None else _(known) if known else ""


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
NO_PHASE = N_("Not a phase study")
EARLY_PHASE_1 = N_("Early phase 1")


def phase_label(phases: Sequence[str]) -> str:
    """Return the phase in words.

    >>> phase_label(("PHASE1", "PHASE2"))
    'Phase 1/2'
    """
    stated = _stated(phases)
    if not stated:
        return _(NO_PHASE)
    if stated == ["EARLY_PHASE1"]:
        return _(EARLY_PHASE_1)
    return _("Phase {numbers}").format(numbers=_numbers(stated))


def phase_in_sentence(phases: Sequence[str]) -> str | None:
    """Return the phase as it stands inside a sentence; nothing where there is none.

    >>> phase_in_sentence(("PHASE1", "PHASE2"))
    'phase 1/2'
    """
    stated = _stated(phases)
    if not stated:
        return None
    if stated == ["EARLY_PHASE1"]:
        return _("early phase 1")
    return _("phase {numbers}").format(numbers=_numbers(stated))


def _stated(phases: Sequence[str]) -> list[str]:
    return [phase for phase in phases if phase != "NA"]


def _numbers(stated: Sequence[str]) -> str:
    return "/".join(_PHASE_NUMBERS.get(phase, readable(phase)) for phase in stated)


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
    return shown, _("+{count} more").format(count=number(count - shown))
