"""What each coded value means, in English, for whoever writes content: editors show it beside the value.

Readers see translated labels (`labels.py`); this is their English, and words for the values that no page shows
alone. A set of values is known by its values, so a field needs no mark of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from trialpages.model import labels

OWN: tuple[Mapping[str, str], ...] = (
    {"ACTUAL": "It has happened, or was counted", "ESTIMATED": "It is expected, or planned"},
    {"CHILD": "To 17 years", "ADULT": "18 to 64 years", "OLDER_ADULT": "65 years and older"},
    {
        "NA": labels.NO_PHASE,
        "EARLY_PHASE1": labels.EARLY_PHASE_1,
        "PHASE1": "Phase 1",
        "PHASE2": "Phase 2",
        "PHASE3": "Phase 3",
        "PHASE4": "Phase 4",
    },
    {
        "SYSTEMATIC_ASSESSMENT": "Everybody was asked or examined in the same way",
        "NON_SYSTEMATIC_ASSESSMENT": "Problems were noted when somebody told of them",
    },
    {
        "inclusion": "A person must be able to say yes to it",
        "exclusion": "A person must be able to say no to it",
    },
    {"organization": "A company, hospital, university or office", "person": "One person"},
    {
        "github-pages": "GitHub Pages",
        "cloudflare": "Cloudflare Pages",
        "netlify": "Netlify",
        "s3": "Amazon S3, or storage like it",
    },
    {
        "error": "Nothing is published while there is such a fault",
        "warning": "Told on every build; stops it only with --strict",
        "note": "Told, and stops nothing",
        "off": "Not told at all",
    },
)
SHARED: tuple[Mapping[str, str], ...] = (
    {code: look.label for code, look in labels.STATUSES.items()},
    labels.STUDY_TYPE_LABELS,
    labels.ARM_TYPE_LABELS,
    labels.INTERVENTION_TYPE_LABELS,
    labels.ALLOCATION_LABELS,
    labels.MASKING_LABELS,
    labels.WHO_MASKED_LABELS,
    labels.PRIMARY_PURPOSE_LABELS,
    labels.INTERVENTION_MODEL_LABELS,
    labels.OBSERVATIONAL_MODEL_LABELS,
    labels.TIME_PERSPECTIVE_LABELS,
    labels.AGENCY_CLASS_LABELS,
    {
        role: label
        for role, label in labels.ROLE_LABELS.items()
        if role not in ("LEAD_SPONSOR", "COLLABORATOR")
    },
    labels.SEX_LABELS,
    labels.SAMPLING_LABELS,
)
BY_VALUES: Mapping[frozenset[str], Mapping[str, str]] = {frozenset(words): words for words in (*OWN, *SHARED)}


def value_words(values: tuple[str, ...]) -> Mapping[str, str]:
    """Return what each of these values means; nothing for a set that nobody has described.

    >>> value_words(("ALL", "FEMALE", "MALE"))["ALL"]
    'Any sex'
    """
    return BY_VALUES.get(frozenset(values), {})
