"""The protocol section of a study record: one function per module, each returning fields of `Trial`."""

from __future__ import annotations

from trialpages.model.eligibility import split_criteria
from trialpages.model.registry.fields import NCT_ID, Fields
from trialpages.model.trial import (
    Agency,
    ArmGroup,
    Enrollment,
    Intervention,
    Outcome,
    ResponsibleParty,
    SecondaryId,
    TrialDate,
)
from trialpages.model.vocabulary import AGE_GROUPS, OVERALL_STATUSES, PHASES, SEXES, STUDY_TYPES

INTERVENTION_KINDS = frozenset(
    (
        "Behavioral",
        "Biological",
        "Combination Product",
        "Device",
        "Diagnostic Test",
        "Dietary Supplement",
        "Drug",
        "Genetic",
        "Other",
        "Procedure",
        "Radiation",
    )
)
"""How the registry writes the types in front of names in `interventionNames`."""

NCT_FORM = "a number such as NCT00000001"


def identification(protocol: Fields) -> dict[str, object]:
    """Return numbers and titles."""
    module = protocol.section("identificationModule")
    nct_id = module.form("nctId", NCT_ID, NCT_FORM)
    return {
        "trial_id": nct_id or "",
        "nct_id": nct_id,
        "nct_id_aliases": tuple(alias for alias in module.texts("nctIdAliases") if NCT_ID.fullmatch(alias)),
        "secondary_ids": tuple(
            SecondaryId(id=number, type=row.text("type"), domain=row.text("domain"), link=row.text("link"))
            for row in module.rows("secondaryIdInfos")
            if (number := row.name("id"))
        ),
        "org_study_id": module.section("orgStudyIdInfo").text("id"),
        "brief_title": module.text("briefTitle"),
        "official_title": module.text("officialTitle"),
        "acronym": module.text("acronym"),
    }


def status(protocol: Fields) -> dict[str, object]:
    """Return the status and the dates of the study and of its record."""
    module = protocol.section("statusModule")
    return {
        "overall_status": module.code("overallStatus", OVERALL_STATUSES),
        "last_known_status": module.code("lastKnownStatus", OVERALL_STATUSES),
        "why_stopped": module.markup("whyStopped"),
        "status_verified_date": module.date("statusVerifiedDate"),
        "start_date": _trial_date(module.section("startDateStruct")),
        "primary_completion_date": _trial_date(module.section("primaryCompletionDateStruct")),
        "completion_date": _trial_date(module.section("completionDateStruct")),
        "study_first_post_date": module.section("studyFirstPostDateStruct").day("date"),
        "results_first_post_date": module.section("resultsFirstPostDateStruct").day("date"),
        "last_update_post_date": module.section("lastUpdatePostDateStruct").day("date"),
    }


def _trial_date(row: Fields) -> TrialDate | None:
    date = row.date("date")
    return TrialDate(date=date, type=row.text("type")) if date else None


def sponsors(protocol: Fields) -> dict[str, object]:
    """Return who is responsible and who helps."""
    module = protocol.section("sponsorCollaboratorsModule")
    return {
        "lead_sponsor": _agency(module.section("leadSponsor")),
        "collaborators": tuple(agency for row in module.rows("collaborators") if (agency := _agency(row))),
        "responsible_party": _responsible_party(module.section("responsibleParty")),
    }


def _agency(row: Fields) -> Agency | None:
    name = row.name("name") if row else None
    return Agency(name=name, agency_class=row.text("class")) if name else None


def _responsible_party(row: Fields) -> ResponsibleParty | None:
    if not row:
        return None
    return ResponsibleParty(
        type=row.text("type"),
        investigator_full_name=row.text("investigatorFullName"),
        investigator_title=row.text("investigatorTitle"),
        investigator_affiliation=row.text("investigatorAffiliation"),
        old_name_title=row.text("oldNameTitle"),
        old_organization=row.text("oldOrganization"),
    )


def design(protocol: Fields) -> dict[str, object]:
    """Return how the study is built and how many people take part."""
    module = protocol.section("designModule")
    info = module.section("designInfo")
    masking = info.section("maskingInfo")
    samples = module.section("bioSpec")
    return {
        "study_type": module.code("studyType", STUDY_TYPES),
        "phases": module.codes("phases", PHASES),
        "allocation": info.text("allocation"),
        "intervention_model": info.text("interventionModel"),
        "intervention_model_description": info.raw_text("interventionModelDescription"),
        "primary_purpose": info.text("primaryPurpose"),
        "masking": masking.text("masking"),
        "masking_description": masking.raw_text("maskingDescription"),
        "who_masked": masking.texts("whoMasked"),
        "observational_model": info.text("observationalModel"),
        "time_perspective": info.text("timePerspective"),
        "patient_registry": module.flag("patientRegistry"),
        "target_duration": module.text("targetDuration"),
        "bio_spec_retention": samples.text("retention"),
        "bio_spec_description": samples.raw_text("description"),
        "expanded_access_types": module.true_keys("expandedAccessTypes"),
        "enrollment": _enrollment(module.section("enrollmentInfo")),
    }


def _enrollment(row: Fields) -> Enrollment | None:
    count = row.count("count")
    return None if count is None else Enrollment(count=count, type=row.text("type"))


def description(protocol: Fields) -> dict[str, object]:
    """Return the summary, the description, conditions and keywords."""
    texts = protocol.section("descriptionModule")
    conditions = protocol.section("conditionsModule")
    return {
        "brief_summary": texts.raw_text("briefSummary"),
        "detailed_description": texts.raw_text("detailedDescription"),
        "conditions": conditions.texts("conditions"),
        "keywords": conditions.texts("keywords"),
    }


def arms_and_interventions(protocol: Fields) -> dict[str, object]:
    """Return the groups and what they get."""
    module = protocol.section("armsInterventionsModule")
    return {
        "arm_groups": tuple(
            ArmGroup(
                label=label,
                type=row.text("type"),
                description=row.raw_text("description"),
                intervention_names=tuple(map(without_kind, row.texts("interventionNames"))),
            )
            for row in module.rows("armGroups")
            if (label := row.name("label"))
        ),
        "interventions": tuple(
            Intervention(
                name=name,
                type=row.text("type"),
                description=row.raw_text("description"),
                arm_group_labels=row.texts("armGroupLabels"),
                other_names=row.texts("otherNames"),
            )
            for row in module.rows("interventions")
            if (name := row.name("name"))
        ),
    }


def without_kind(name: str) -> str:
    """Return `Blinatumomab` for `Drug: Blinatumomab`; a colon in the name itself stays."""
    kind, colon, rest = name.partition(": ")
    return rest.strip() if colon and kind in INTERVENTION_KINDS and rest.strip() else name


def outcomes(protocol: Fields) -> dict[str, object]:
    """Return what the study measures."""
    module = protocol.section("outcomesModule")
    return {
        "primary_outcomes": _outcomes(module, "primaryOutcomes"),
        "secondary_outcomes": _outcomes(module, "secondaryOutcomes"),
        "other_outcomes": _outcomes(module, "otherOutcomes"),
    }


def _outcomes(module: Fields, key: str) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(measure=measure, description=row.raw_text("description"), time_frame=row.text("timeFrame"))
        for row in module.rows(key)
        if (measure := row.name("measure"))
    )


def eligibility(protocol: Fields) -> dict[str, object]:
    """Return who can take part: the registered text as it stands, and split into lists where that is safe."""
    module = protocol.section("eligibilityModule")
    text = module.raw_text("eligibilityCriteria")
    split = split_criteria(text or "")
    return {
        "eligibility_criteria": text,
        "inclusion_criteria": split.inclusion,
        "exclusion_criteria": split.exclusion,
        "other_criteria": split.other,
        "minimum_age": module.age("minimumAge"),
        "maximum_age": module.age("maximumAge"),
        "standard_ages": module.codes("stdAges", AGE_GROUPS),
        "sex": module.code("sex", SEXES),
        "gender_based": module.flag("genderBased"),
        "gender_description": module.raw_text("genderDescription"),
        "healthy_volunteers": module.flag("healthyVolunteers"),
        "study_population": module.raw_text("studyPopulation"),
        "sampling_method": module.text("samplingMethod"),
    }
