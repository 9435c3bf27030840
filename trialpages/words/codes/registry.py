"""Codes for registry records and snapshots."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, fatal, warning

REGISTRY: tuple[Entry, ...] = (
    fatal(
        "registry-json",
        "A registry record is not complete JSON",
        "The file was cut short or changed by hand. Fetch it again; registry.json is never edited.",
        '{"protocolSection": {"identificationModule": {"nctId": "NCT000',
        '{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}',
    ),
    fatal(
        "registry-not-a-study",
        "A registry file holds no study",
        "A study record has a `protocolSection` with an `identificationModule` and an `nctId`.",
        '{"studies": []}',
        '{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}',
    ),
    fatal(
        "registry-several-studies",
        "A registry file beside one trial holds several studies",
        "It is not clear which of them the folder is about.",
        '{"studies": [{...}, {...}]}',
        '{"studies": [{...}]}',
    ),
    fatal(
        "registry-classic-format",
        "A registry record is in the format of the registry's old website",
        "ClinicalTrials.gov changed its format in 2024. Only the newer one (API version 2) is read.",
        '{"FullStudiesResponse": {...}} or <clinical_study>',
        '{"protocolSection": {...}, "hasResults": false}',
    ),
    warning(
        "registry-value",
        "A registry record holds a value of another kind than the registry describes",
        "The rest of the record is used. The value is left out, because its meaning is not clear.",
        '"enrollmentInfo": {"count": "many"}',
        '"enrollmentInfo": {"count": 40}',
    ),
    fatal(
        "zip-unsafe-name",
        "An archive holds a file whose name leads outside it",
        "A name with `..` or a leading slash is how an archive attacks the computer that opens it.",
        "../../NCT00000001.json",
        "NCT00000001.json",
    ),
    fatal(
        "zip-too-large",
        "A file in an archive would unpack to too many bytes",
        "A small archive that unpacks to a huge file is a slip or an attack.",
        "a member of 60 MB with one study",
        "a member of 60 kB with one study",
    ),
    fatal(
        "zip-broken",
        "An archive cannot be read",
        "The download was cut short, or the file is no zip archive.",
        "ctg-studies.json.zip of half its size",
        "ctg-studies.json.zip, downloaded again",
    ),
)
