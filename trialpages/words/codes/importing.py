"""Codes for asking the registry and for bringing its records."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, error, warning

IMPORTING: tuple[Entry, ...] = (
    error(
        "registry-offline",
        "The registry cannot be reached",
        "Without a way to clinicaltrials.gov no record can be brought. Everything that is there already stays as it is.",
        "a computer without network, or a proxy that does not answer",
        "a network with a way to https://clinicaltrials.gov, or a record that was downloaded and is imported as a file",
    ),
    error(
        "registry-busy",
        "The registry asks to wait, or has trouble of its own",
        "The registry limits how often it is asked, and it is repaired at times. Asking again later is all that helps.",
        "answers 429 or 503, five times in a row",
        "the same command an hour later",
    ),
    error(
        "registry-answer",
        "What came back is not a registry's answer",
        "A network with a login page, a filter or a cut connection answers in the registry's place. "
        "Such an answer is never saved.",
        "an HTML page instead of a record",
        "one whole record as JSON",
    ),
    error(
        "unknown-trial",
        "The registry does not know a trial's number",
        "The number has a slip, or the trial is in another registry.",
        "import NCT00000000",
        "import NCT00000001",
    ),
    error(
        "bad-query",
        "The registry does not understand a search",
        "The search words can hold operators such as AND, quotation marks and brackets, which must fit together.",
        '--search "(leukemia AND blinatumomab"',
        '--search "(leukemia AND blinatumomab)"',
    ),
    warning(
        "trial-alias",
        "A trial was asked for by an older number",
        "The registry joined two records, or gave a study another number. A folder is never renamed by an import, because "
        "links to its page would break unseen.",
        "import NCT00000091",
        "import NCT00000001",
    ),
    warning(
        "record-withheld",
        "The registry withholds a record that it once showed",
        "Such a record says almost nothing. The one that is here is kept, so that nothing is lost; whether its page may stay "
        "is for people to decide.",
        '"overallStatus": "WITHHELD"',
        '"overallStatus": "COMPLETED"',
    ),
    error(
        "record-older",
        "A record is older than the one that is here",
        "An old download would bring back facts that have changed since. It is taken with --allow-older only.",
        "import last-year.zip",
        "import --refresh",
    ),
    warning(
        "record-without-places",
        "A new record has lost all its places",
        "It is what the registry says, so it is written. It may be a slip of the registry: readers would find no place to go to.",
        '"contactsLocationsModule": {}',
        '"contactsLocationsModule": {"locations": [{"city": "Springfield", "country": "United States"}]}',
    ),
    warning(
        "record-replaced",
        "A broken record was replaced",
        "A registry.json that is cut short, or is about another trial, is of no use to anybody. The whole record of the "
        "folder's own number has taken its place.",
        '{"protocolSection": {"identificationModule": {"nctId": "NCT000',
        '{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}',
    ),
    error(
        "import-running",
        "Another import of this site is running",
        "Two imports at once would write the same files and count each other's work as changes.",
        "import --refresh, in two windows",
        "import --refresh, in one window",
    ),
)
