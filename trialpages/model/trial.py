"""The trial: every fact that a page may show, from the registry, from the editors, or from both.

One definition serves the validator, the JSON Schemas and the field reference. Names are the
registry's own in snake case. A field that is `None` or empty is unknown, and an unknown is never
shown as a value. Text fields of the registry are CommonMark; editors' prose is in `summary.py`, as Markdown.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from annotated_types import Ge, Le, MinLen

from trialpages.model.adverse_event_records import AdverseEvents
from trialpages.model.editorial import (
    Approval,
    KeyFactNote,
    PlainCriterion,
    ResultsSummary,
    SideEffects,
    SpotsLeft,
    Timeline,
)
from trialpages.model.summary import Summary
from trialpages.model.vocabulary import (
    AgencyClass,
    AgeText,
    Allocation,
    ArmType,
    DateType,
    FullDate,
    InterventionModel,
    InterventionType,
    Masking,
    NctId,
    ObservationalModel,
    OfficialRole,
    OverallStatus,
    PartialDate,
    Phase,
    PrimaryPurpose,
    SamplingMethod,
    Sex,
    Slug,
    StandardAge,
    StudyType,
    TimePerspective,
    TrialId,
    WhoMasked,
)
from trialpages.words.fields import Doc, MachineMade, record


@record
class TrialDate:
    """A day or a month, and whether it has happened or is expected."""

    date: Annotated[PartialDate, Doc("The day (2026-11-23), or the month when no day is known (2026-11).")]
    type: Annotated[DateType | None, Doc("ACTUAL when it has happened, ESTIMATED when it is expected.")] = (
        None
    )


@record
class Enrollment:
    """How many people take part."""

    count: Annotated[int, Ge(0), Doc("Number of people.")]
    type: Annotated[DateType | None, Doc("ACTUAL when counted, ESTIMATED when planned.")] = None


@record
class Agency:
    """A sponsor or a collaborator."""

    name: Annotated[str, MinLen(1), Doc("The organization's name as registered.")]
    agency_class: Annotated[AgencyClass | None, Doc("The registry's class of organization.")] = None


@record
class Official:
    """A person who answers for the study."""

    name: Annotated[str, MinLen(1), Doc("The person's name, with titles as registered.")]
    affiliation: Annotated[str | None, Doc("Where the person works.")] = None
    role: Annotated[OfficialRole | None, Doc("The person's role in the study.")] = None


@record
class ResponsibleParty:
    """Who is responsible for the record, as registered (old records name only a title)."""

    type: str | None = None
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


@record
class SecondaryId:
    """Another number of the same trial: EudraCT, EU CT, ISRCTN, the sponsor's own."""

    id: Annotated[str, MinLen(1), Doc("The number.")]
    type: Annotated[str | None, Doc("Its kind, for example EUDRACT_NUMBER.")] = None
    domain: Annotated[str | None, Doc("Who gave it.")] = None
    link: Annotated[str | None, Doc("A page about it.")] = None


@record
class MeshTerm:
    """A term of the medical subject headings that the registry derived."""

    id: str
    term: str


@record
class ArmGroup:
    """A group of people in the study who get the same treatment."""

    label: Annotated[str, MinLen(1), Doc("The group's name.")]
    type: Annotated[ArmType | None, Doc("The group's type.")] = None
    description: Annotated[str | None, Doc("What happens to people in the group.")] = None
    intervention_names: Annotated[
        tuple[str, ...], Doc("What the group gets: names of interventions, without their type.")
    ] = ()


@record
class Intervention:
    """A drug, device, procedure or other thing that the study gives or does."""

    name: Annotated[str, MinLen(1), Doc("Its name.")]
    type: Annotated[InterventionType | None, Doc("Its type.")] = None
    description: Annotated[str | None, Doc("How it is given.")] = None
    arm_group_labels: Annotated[tuple[str, ...], Doc("The groups that get it, by label.")] = ()
    other_names: Annotated[tuple[str, ...], Doc("Brand, generic and other names.")] = ()
    treatment: Annotated[Slug | None, Doc("The file in `treatments/` that describes it.")] = None


@record
class Outcome:
    """Something that the study measures."""

    measure: Annotated[str, MinLen(1), Doc("What is measured.")]
    description: Annotated[str | None, Doc("How it is measured.")] = None
    time_frame: Annotated[str | None, Doc("When, or for how long, it is measured.")] = None
    plain: Annotated[str | None, Doc("The same in plain words.")] = None


@record
class Contact:
    """Someone to ask about the study or one of its places."""

    name: Annotated[str | None, Doc("Name of the person or office.")] = None
    role: Annotated[OfficialRole | None, Doc("The person's role.")] = None
    phone: Annotated[str | None, Doc("Telephone number.")] = None
    phone_ext: Annotated[str | None, Doc("Extension.")] = None
    email: Annotated[str | None, Doc("E-mail address.")] = None


@record
class Location:
    """A place where people take part."""

    city: Annotated[str, Doc("City.")]
    country: Annotated[str, Doc("Country.")]
    facility: Annotated[str | None, Doc("Hospital or practice.")] = None
    status: Annotated[OverallStatus | None, Doc("Status of this place alone.")] = None
    state: Annotated[str | None, Doc("State or region.")] = None
    zip: Annotated[str | None, Doc("Postal code, as text: leading zeros stay.")] = None
    latitude: Annotated[float | None, Ge(-90), Le(90), Doc("Degrees north.")] = None
    longitude: Annotated[float | None, Ge(-180), Le(180), Doc("Degrees east.")] = None
    contacts: Annotated[tuple[Contact, ...], Doc("Whom to ask at this place.")] = ()


@record
class Reference:
    """A publication about the study."""

    citation: Annotated[str, MinLen(1), Doc("The publication as one would cite it.")]
    pmid: Annotated[str | None, Doc("Its PubMed number.")] = None
    type: Annotated[str | None, Doc("BACKGROUND, RESULT or DERIVED.")] = None
    retractions: Annotated[tuple[str, ...], Doc("Notices that it was withdrawn.")] = ()


@record
class SeeAlsoLink:
    """A page elsewhere that the study names."""

    url: Annotated[str, MinLen(1), Doc("Its address.")]
    label: Annotated[str | None, Doc("What it is.")] = None


@record
class LargeDocument:
    """A protocol, analysis plan or consent form that the registry holds."""

    label: Annotated[str | None, Doc("What it is.")] = None
    filename: Annotated[str | None, Doc("Its file name in the registry.")] = None
    date: Annotated[PartialDate | None, Doc("Date of the document.")] = None
    upload_date: Annotated[str | None, Doc("When it was uploaded.")] = None
    size: Annotated[int | None, Ge(0), Doc("Size in bytes.")] = None
    has_protocol: Annotated[bool, Doc("Whether it holds the protocol.")] = False
    has_statistical_analysis_plan: Annotated[bool, Doc("Whether it holds the analysis plan.")] = False
    has_consent_form: Annotated[bool, Doc("Whether it holds the consent form.")] = False


@record
class Criterion:
    """One rule about who may take part, in the registry's or the protocol's words, with its sub-rules."""

    text: Annotated[str, MinLen(1), Doc("The rule.")]
    children: Annotated[tuple[Criterion, ...], Doc("Rules nested under it.")] = ()


@record
class Override:
    """A fact of the registry that the editors replaced, kept so that the page can show both."""

    field: str
    registry_value: str
    reason: str


@record
class Trial:
    """Everything known of one trial. What is not known is left out, and not shown.

    A page needs a `title` or a `brief_title`, and without a registry record an `overall_status`.
    """

    trial_id: Annotated[TrialId, MachineMade()] = ""
    # Identification
    nct_id: Annotated[
        NctId | None, Doc("The ClinicalTrials.gov number; it must equal the folder's name.")
    ] = None
    nct_id_aliases: Annotated[tuple[NctId, ...], Doc("Older numbers of the same study.")] = ()
    secondary_ids: Annotated[tuple[SecondaryId, ...], Doc("Numbers in other registries.")] = ()
    org_study_id: Annotated[str | None, Doc("The sponsor's own number.")] = None
    title: Annotated[
        str | None,
        MinLen(1),
        Doc("The title in patients' words; made from treatment and condition if absent."),
    ] = None
    brief_title: Annotated[str | None, MinLen(1), Doc("The registered short title.")] = None
    official_title: Annotated[str | None, Doc("The registered full title.")] = None
    acronym: Annotated[str | None, Doc("The study's short name.")] = None
    treatment_class: Annotated[
        str | None, Doc("The kind of treatment, for example Monoclonal antibodies.")
    ] = None
    # Status
    overall_status: Annotated[OverallStatus | None, Doc("Whether the trial is open.")] = None
    last_known_status: Annotated[OverallStatus | None, Doc("The last status before it became unknown.")] = (
        None
    )
    why_stopped: Annotated[str | None, Doc("Why it was paused, stopped or never started.")] = None
    status_verified_date: Annotated[PartialDate | None, Doc("When the status was last confirmed.")] = None
    start_date: Annotated[TrialDate | None, Doc("When the first person joined or is to join.")] = None
    primary_completion_date: Annotated[
        TrialDate | None, Doc("When the main result is or was measured last.")
    ] = None
    completion_date: Annotated[TrialDate | None, Doc("When the last person is or was seen last.")] = None
    study_first_post_date: Annotated[
        FullDate | None, Doc("When the study was first registered in public.")
    ] = None
    results_first_post_date: Annotated[FullDate | None, Doc("When results were first posted.")] = None
    last_update_post_date: Annotated[FullDate | None, Doc("When the record last changed.")] = None
    retrieved: Annotated[FullDate | None, Doc("The day on which the facts were taken from their source.")] = (
        None
    )
    # Sponsor
    lead_sponsor: Annotated[Agency | None, Doc("Who is responsible for the study.")] = None
    collaborators: Annotated[tuple[Agency, ...], Doc("Who helps.")] = ()
    responsible_party: Annotated[ResponsibleParty | None, MachineMade()] = None
    overall_officials: Annotated[tuple[Official, ...], Doc("Who leads the study.")] = ()
    # Design
    study_type: Annotated[StudyType | None, Doc("Whether the study gives a treatment or only observes.")] = (
        None
    )
    phases: Annotated[tuple[Phase, ...], Doc("The phase, or two.")] = ()
    allocation: Annotated[Allocation | None, Doc("How people come into a group.")] = None
    intervention_model: Annotated[InterventionModel | None, Doc("How the groups relate.")] = None
    intervention_model_description: Annotated[str | None, Doc("More on the groups.")] = None
    primary_purpose: Annotated[PrimaryPurpose | None, Doc("What the study is for.")] = None
    masking: Annotated[Masking | None, Doc("How many parties do not know who gets what.")] = None
    masking_description: Annotated[str | None, Doc("More on the masking.")] = None
    who_masked: Annotated[tuple[WhoMasked, ...], Doc("Who does not know.")] = ()
    observational_model: Annotated[ObservationalModel | None, Doc("How an observational study is built.")] = (
        None
    )
    time_perspective: Annotated[TimePerspective | None, Doc("Whether it looks back or ahead.")] = None
    patient_registry: Annotated[bool | None, Doc("Whether it is a patient registry.")] = None
    target_duration: Annotated[str | None, Doc("How long each person is followed.")] = None
    bio_spec_retention: Annotated[str | None, Doc("Whether samples are kept.")] = None
    bio_spec_description: Annotated[str | None, Doc("Which samples are kept.")] = None
    expanded_access_types: Annotated[tuple[str, ...], Doc("Kinds of expanded access.")] = ()
    enrollment: Annotated[Enrollment | None, Doc("How many people take part.")] = None
    # Description
    brief_summary: Annotated[str | None, Doc("The registered summary.")] = None
    detailed_description: Annotated[str | None, Doc("The registered description.")] = None
    conditions: Annotated[tuple[str, ...], Doc("What is studied, the main condition first.")] = ()
    keywords: Annotated[tuple[str, ...], Doc("Words to find it by.")] = ()
    condition_meshes: Annotated[tuple[MeshTerm, ...], MachineMade()] = ()
    condition_ancestors: Annotated[tuple[MeshTerm, ...], MachineMade()] = ()
    intervention_meshes: Annotated[tuple[MeshTerm, ...], MachineMade()] = ()
    intervention_ancestors: Annotated[tuple[MeshTerm, ...], MachineMade()] = ()
    # Groups, treatments, outcomes
    arm_groups: Annotated[tuple[ArmGroup, ...], Doc("The groups.")] = ()
    interventions: Annotated[tuple[Intervention, ...], Doc("What is given or done.")] = ()
    primary_outcomes: Annotated[tuple[Outcome, ...], Doc("The main things measured.")] = ()
    secondary_outcomes: Annotated[tuple[Outcome, ...], Doc("Other planned measurements.")] = ()
    other_outcomes: Annotated[tuple[Outcome, ...], Doc("Further measurements.")] = ()
    # Eligibility
    eligibility_criteria: Annotated[
        str | None, Doc("The registered rules as one text; split into the two lists below.")
    ] = None
    inclusion_criteria: Annotated[tuple[Criterion, ...], Doc("What a person must have.")] = ()
    exclusion_criteria: Annotated[tuple[Criterion, ...], Doc("What a person must not have.")] = ()
    other_criteria: Annotated[tuple[Criterion, ...], MachineMade()] = ()
    minimum_age: Annotated[AgeText | None, Doc("Youngest age, inclusive.")] = None
    maximum_age: Annotated[AgeText | None, Doc("Oldest age, inclusive.")] = None
    standard_ages: Annotated[
        tuple[StandardAge, ...], Doc("Age groups: CHILD to 17, ADULT 18 to 64, OLDER_ADULT from 65.")
    ] = ()
    sex: Annotated[Sex | None, Doc("Who can take part.")] = None
    gender_based: Annotated[bool | None, Doc("Whether gender rather than sex decides.")] = None
    gender_description: Annotated[str | None, Doc("More on gender.")] = None
    healthy_volunteers: Annotated[bool | None, Doc("Whether healthy people can take part.")] = None
    study_population: Annotated[str | None, Doc("Whom an observational study follows.")] = None
    sampling_method: Annotated[SamplingMethod | None, Doc("How they are chosen.")] = None
    # Places and people to ask
    locations: Annotated[tuple[Location, ...], Doc("Where people take part.")] = ()
    central_contacts: Annotated[tuple[Contact, ...], Doc("Whom to ask about the study.")] = ()
    removed_countries: Annotated[tuple[str, ...], Doc("Countries that no longer take part.")] = ()
    # Publications and results
    references: Annotated[tuple[Reference, ...], Doc("Publications.")] = ()
    see_also_links: Annotated[tuple[SeeAlsoLink, ...], Doc("Pages elsewhere.")] = ()
    large_documents: Annotated[tuple[LargeDocument, ...], Doc("Documents that the registry holds.")] = ()
    has_results: Annotated[bool | None, Doc("Whether results are posted.")] = None
    adverse_events: Annotated[AdverseEvents | None, Doc("Health problems counted in this trial.")] = None
    # What only the editors say
    draft: Annotated[bool, Doc("Leave the trial out unless the build asks for drafts.")] = False
    reason: Annotated[
        dict[str, str], Doc("Why a fact differs from the registry: field name to one sentence.")
    ] = field(default_factory=dict)
    reviewed_against: Annotated[
        FullDate | None,
        Doc(
            "The day of the record's last change (`last_update_post_date`) up to which an editor has read these words "
            "against the record; `check` tells when the record is newer."
        ),
    ] = None
    treatments: Annotated[tuple[Slug, ...], Doc("Files in `treatments/` that this trial tests.")] = ()
    plain_criteria: Annotated[
        tuple[PlainCriterion, ...], Doc("Rules in plain words, for the self-check and the key criteria.")
    ] = ()
    timeline: Annotated[Timeline | None, Doc("Screening, treatment, follow-up and visits.")] = None
    side_effects: Annotated[SideEffects | None, Doc("Which counted health problems the page shows.")] = None
    key_facts: Annotated[tuple[KeyFactNote, ...], Doc("Facts that no registry holds, with a source.")] = ()
    approvals: Annotated[tuple[Approval, ...], Doc("Where a treatment is approved, with a source.")] = ()
    spots_left: Annotated[
        SpotsLeft | None, Doc("Open places as the study team counts them, or an off switch.")
    ] = None
    results_summary: Annotated[
        ResultsSummary | None, Doc("The lay summary of the results, by the ten EU headings.")
    ] = None
    similar: Annotated[tuple[TrialId, ...], Doc("Trials to name first under similar trials.")] = ()
    overrides: Annotated[tuple[Override, ...], MachineMade()] = ()
    summaries: Annotated[tuple[Summary, ...], MachineMade()] = ()
    has_registry_record: Annotated[bool, MachineMade()] = False
    """Whether a record of the registry stands behind the trial."""
    edited_fields: Annotated[tuple[str, ...], MachineMade()] = ()
    """Names of the fields whose value the editors' file states."""
