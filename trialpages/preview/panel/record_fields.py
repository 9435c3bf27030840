"""Where in a registry's record each fact of a trial stands: the way from the top of the record to its member."""

from __future__ import annotations

from collections.abc import Mapping

from trialpages.model.registry.fields import Place

MODULES: Mapping[str, tuple[Place, Mapping[str, str]]] = {
    "identification": (
        ("protocolSection", "identificationModule"),
        {
            "nct_id": "nctId",
            "nct_id_aliases": "nctIdAliases",
            "secondary_ids": "secondaryIdInfos",
            "org_study_id": "orgStudyIdInfo",
            "brief_title": "briefTitle",
            "official_title": "officialTitle",
            "acronym": "acronym",
        },
    ),
    "status": (
        ("protocolSection", "statusModule"),
        {
            "overall_status": "overallStatus",
            "last_known_status": "lastKnownStatus",
            "why_stopped": "whyStopped",
            "status_verified_date": "statusVerifiedDate",
            "start_date": "startDateStruct",
            "primary_completion_date": "primaryCompletionDateStruct",
            "completion_date": "completionDateStruct",
            "study_first_post_date": "studyFirstPostDateStruct",
            "results_first_post_date": "resultsFirstPostDateStruct",
            "last_update_post_date": "lastUpdatePostDateStruct",
        },
    ),
    "sponsors": (
        ("protocolSection", "sponsorCollaboratorsModule"),
        {
            "lead_sponsor": "leadSponsor",
            "collaborators": "collaborators",
            "responsible_party": "responsibleParty",
        },
    ),
    "design": (
        ("protocolSection", "designModule"),
        {
            "study_type": "studyType",
            "phases": "phases",
            "patient_registry": "patientRegistry",
            "target_duration": "targetDuration",
            "expanded_access_types": "expandedAccessTypes",
            "enrollment": "enrollmentInfo",
        },
    ),
    "design info": (
        ("protocolSection", "designModule", "designInfo"),
        {
            "allocation": "allocation",
            "intervention_model": "interventionModel",
            "intervention_model_description": "interventionModelDescription",
            "primary_purpose": "primaryPurpose",
            "observational_model": "observationalModel",
            "time_perspective": "timePerspective",
        },
    ),
    "masking": (
        ("protocolSection", "designModule", "designInfo", "maskingInfo"),
        {"masking": "masking", "masking_description": "maskingDescription", "who_masked": "whoMasked"},
    ),
    "samples": (
        ("protocolSection", "designModule", "bioSpec"),
        {"bio_spec_retention": "retention", "bio_spec_description": "description"},
    ),
    "description": (
        ("protocolSection", "descriptionModule"),
        {"brief_summary": "briefSummary", "detailed_description": "detailedDescription"},
    ),
    "conditions": (
        ("protocolSection", "conditionsModule"),
        {"conditions": "conditions", "keywords": "keywords"},
    ),
    "arms": (
        ("protocolSection", "armsInterventionsModule"),
        {"arm_groups": "armGroups", "interventions": "interventions"},
    ),
    "outcomes": (
        ("protocolSection", "outcomesModule"),
        {
            "primary_outcomes": "primaryOutcomes",
            "secondary_outcomes": "secondaryOutcomes",
            "other_outcomes": "otherOutcomes",
        },
    ),
    "eligibility": (
        ("protocolSection", "eligibilityModule"),
        {
            "eligibility_criteria": "eligibilityCriteria",
            "minimum_age": "minimumAge",
            "maximum_age": "maximumAge",
            "standard_ages": "stdAges",
            "sex": "sex",
            "gender_based": "genderBased",
            "gender_description": "genderDescription",
            "healthy_volunteers": "healthyVolunteers",
            "study_population": "studyPopulation",
            "sampling_method": "samplingMethod",
        },
    ),
    "places": (
        ("protocolSection", "contactsLocationsModule"),
        {
            "locations": "locations",
            "central_contacts": "centralContacts",
            "overall_officials": "overallOfficials",
        },
    ),
    "references": (
        ("protocolSection", "referencesModule"),
        {"references": "references", "see_also_links": "seeAlsoLinks"},
    ),
    "documents": (("documentSection", "largeDocumentModule"), {"large_documents": "largeDocs"}),
    "condition terms": (
        ("derivedSection", "conditionBrowseModule"),
        {"condition_meshes": "meshes", "condition_ancestors": "ancestors"},
    ),
    "treatment terms": (
        ("derivedSection", "interventionBrowseModule"),
        {"intervention_meshes": "meshes", "intervention_ancestors": "ancestors"},
    ),
    "record": (
        ("derivedSection", "miscInfoModule"),
        {"removed_countries": "removedCountries", "retrieved": "versionHolder"},
    ),
    "results": (("resultsSection",), {"adverse_events": "adverseEventsModule"}),
    "top": ((), {"has_results": "hasResults"}),
}
"""Modules of the record, and in each the member that a field of `Trial` is read from."""

RECORD_FIELDS: Mapping[str, Place] = {
    name: (*module, member) for module, members in MODULES.values() for name, member in members.items()
}
"""The place of every fact that a record can state, by the name of the trial's field."""
