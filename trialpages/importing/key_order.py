"""The order of keys in a record that we write: that of the registry's own description of its data.

The registry's interface and its bulk download order keys differently; a copy has one order, so that the
difference of two copies shows facts only. A key that is not named here stands behind those that are.
"""

from __future__ import annotations

from typing import Any

KEYS = """
protocolSection resultsSection documentSection derivedSection hasResults identificationModule
statusModule sponsorCollaboratorsModule descriptionModule conditionsModule designModule
armsInterventionsModule outcomesModule eligibilityModule contactsLocationsModule referencesModule
nctId nctIdAliases orgStudyIdInfo secondaryIdInfos briefTitle officialTitle acronym organization id
type link domain fullName class statusVerifiedDate overallStatus lastKnownStatus delayedPosting
whyStopped expandedAccessInfo startDateStruct primaryCompletionDateStruct completionDateStruct
studyFirstSubmitDate studyFirstSubmitQcDate studyFirstPostDateStruct resultsFirstSubmitDate
resultsFirstSubmitQcDate resultsFirstPostDateStruct dispFirstSubmitDate dispFirstSubmitQcDate
dispFirstPostDateStruct lastUpdateSubmitDate lastUpdatePostDateStruct hasExpandedAccess
statusForNctId date responsibleParty leadSponsor collaborators investigatorFullName
investigatorTitle investigatorAffiliation oldNameTitle oldOrganization name briefSummary
detailedDescription conditions keywords studyType nPtrsToThisExpAccNctId expandedAccessTypes
patientRegistry targetDuration phases designInfo bioSpec enrollmentInfo individual intermediate
treatment allocation interventionModel interventionModelDescription primaryPurpose
observationalModel timePerspective maskingInfo masking maskingDescription whoMasked retention
description count armGroups interventions label interventionNames armGroupLabels otherNames
primaryOutcomes secondaryOutcomes otherOutcomes measure timeFrame eligibilityCriteria
healthyVolunteers sex genderBased genderDescription minimumAge maximumAge stdAges studyPopulation
samplingMethod centralContacts overallOfficials locations role phone phoneExt email affiliation
facility status city state zip country contacts countryCode geoPoint lat lon references seeAlsoLinks
availIpds pmid citation retractions source url comment adverseEventsModule frequencyThreshold
allCauseMortalityComment eventGroups seriousEvents otherEvents title deathsNumAffected
deathsNumAtRisk seriousNumAffected seriousNumAtRisk otherNumAffected otherNumAtRisk term organSystem
sourceVocabulary assessmentType notes stats groupId numEvents numAffected numAtRisk annotationModule
unpostedAnnotation violationAnnotation unpostedResponsibleParty unpostedEvents dateUnknown
violationEvents creationDate issuedDate releaseDate postedDate largeDocumentModule noSap largeDocs
typeAbbrev hasProtocol hasSap hasIcf uploadDate filename size miscInfoModule conditionBrowseModule
interventionBrowseModule versionHolder removedCountries submissionTracking
estimatedResultsFirstSubmitDate firstMcpInfo submissionInfos postDateStruct unreleaseDate
unreleaseDateUnknown resetDate mcpReleaseN meshes ancestors browseLeaves browseBranches asFound
relevance abbrev
"""

RANK = {key: rank for rank, key in enumerate(KEYS.split())}


def ordered(value: Any) -> Any:
    """Return a value of JSON with the keys of every group in our order; lists keep theirs."""
    if isinstance(value, list):
        return [ordered(each) for each in value]
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value, key=_place)}
    return value


def _place(key: str) -> tuple[int, str]:
    return RANK.get(key, len(RANK)), key
