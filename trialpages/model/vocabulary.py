"""The registry's own words: the values that coded fields may take, and the shapes of ids and dates."""

from __future__ import annotations

from typing import Annotated

from trialpages.words.fields import OneOf, Shape

NctId = Annotated[str, Shape(r"^NCT[0-9]{8}$", "NCT02458014")]
TrialId = Annotated[str, Shape(r"^[A-Za-z0-9][A-Za-z0-9._-]{1,59}$", "NCT02458014")]
Slug = Annotated[str, Shape(r"^[a-z0-9]+(-[a-z0-9]+)*$", "acute-lymphoblastic-leukemia")]
PartialDate = Annotated[
    str, Shape(r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$", "2026-11 or 2026-11-23")
]
FullDate = Annotated[str, Shape(r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "2026-11-23")]
AgeText = Annotated[
    str, Shape(r"^(0|[1-9][0-9]{0,3}) (Years?|Months?|Weeks?|Days?|Hours?|Minutes?)$", "18 Years")
]
LinkUrl = Annotated[str, Shape(r"^https?://[^\s<>\"]+$", "https://www.example.org/page")]
GroupId = Annotated[str, Shape(r"^[A-Za-z]{2}[0-9]{3,}$", "EG000")]

OVERALL_STATUSES = (
    "RECRUITING",
    "NOT_YET_RECRUITING",
    "ENROLLING_BY_INVITATION",
    "ACTIVE_NOT_RECRUITING",
    "SUSPENDED",
    "TERMINATED",
    "COMPLETED",
    "WITHDRAWN",
    "UNKNOWN",
    "AVAILABLE",
    "NO_LONGER_AVAILABLE",
    "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING",
    "WITHHELD",
)
OverallStatus = Annotated[str, OneOf(*OVERALL_STATUSES)]
STUDY_TYPES = ("INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS")
StudyType = Annotated[str, OneOf(*STUDY_TYPES)]
PHASES = ("NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4")
Phase = Annotated[str, OneOf(*PHASES)]
DateType = Annotated[str, OneOf("ACTUAL", "ESTIMATED")]
AgencyClass = Annotated[
    str, OneOf("NIH", "FED", "OTHER_GOV", "INDIV", "INDUSTRY", "NETWORK", "AMBIG", "OTHER", "UNKNOWN")
]
OfficialRole = Annotated[
    str,
    OneOf("PRINCIPAL_INVESTIGATOR", "STUDY_CHAIR", "STUDY_DIRECTOR", "SUB_INVESTIGATOR", "CONTACT"),
]
ArmType = Annotated[
    str,
    OneOf(
        "EXPERIMENTAL",
        "ACTIVE_COMPARATOR",
        "PLACEBO_COMPARATOR",
        "SHAM_COMPARATOR",
        "NO_INTERVENTION",
        "OTHER",
    ),
]
InterventionType = Annotated[
    str,
    OneOf(
        "BEHAVIORAL",
        "BIOLOGICAL",
        "COMBINATION_PRODUCT",
        "DEVICE",
        "DIAGNOSTIC_TEST",
        "DIETARY_SUPPLEMENT",
        "DRUG",
        "GENETIC",
        "PROCEDURE",
        "RADIATION",
        "OTHER",
    ),
]
Allocation = Annotated[str, OneOf("RANDOMIZED", "NON_RANDOMIZED", "NA")]
InterventionModel = Annotated[str, OneOf("SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL", "SEQUENTIAL")]
PrimaryPurpose = Annotated[
    str,
    OneOf(
        "TREATMENT",
        "PREVENTION",
        "DIAGNOSTIC",
        "ECT",
        "SUPPORTIVE_CARE",
        "SCREENING",
        "HEALTH_SERVICES_RESEARCH",
        "BASIC_SCIENCE",
        "DEVICE_FEASIBILITY",
        "OTHER",
    ),
]
ObservationalModel = Annotated[
    str,
    OneOf(
        "COHORT",
        "CASE_CONTROL",
        "CASE_ONLY",
        "CASE_CROSSOVER",
        "ECOLOGIC_OR_COMMUNITY",
        "FAMILY_BASED",
        "DEFINED_POPULATION",
        "NATURAL_HISTORY",
        "OTHER",
    ),
]
TimePerspective = Annotated[str, OneOf("RETROSPECTIVE", "PROSPECTIVE", "CROSS_SECTIONAL", "OTHER")]
Masking = Annotated[str, OneOf("NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE")]
WhoMasked = Annotated[str, OneOf("PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR")]
SEXES = ("ALL", "FEMALE", "MALE")
Sex = Annotated[str, OneOf(*SEXES)]
AGE_GROUPS = ("CHILD", "ADULT", "OLDER_ADULT")
StandardAge = Annotated[str, OneOf(*AGE_GROUPS)]
SamplingMethod = Annotated[str, OneOf("PROBABILITY_SAMPLE", "NON_PROBABILITY_SAMPLE")]
EventAssessment = Annotated[str, OneOf("SYSTEMATIC_ASSESSMENT", "NON_SYSTEMATIC_ASSESSMENT")]
