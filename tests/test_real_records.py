"""Every real record at hand is read without a loss. The records are no part of the checkout.

`TRIALPAGES_RECORDS` names a snapshot (a zip of one JSON file a study); without it the usual place
beside the checkout is tried, and without that the tests are skipped.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from trialpages.model.ages import parse_age
from trialpages.model.eligibility import EXCLUSION, INCLUSION, PLAIN, SplitCriteria, split_criteria
from trialpages.model.registry import decode_registry
from trialpages.model.trial import Criterion, Trial
from trialpages.pages.markup import plain_text, registry_html
from trialpages.site.cards import card
from trialpages.words.diagnostics import Sink

USUAL_PLACE = Path(__file__).parents[2] / "shared" / "ctgov" / "ctg-studies.json.zip"
RECORDS = Path(os.environ.get("TRIALPAGES_RECORDS") or USUAL_PLACE)

pytestmark = pytest.mark.skipif(
    not RECORDS.exists(), reason="no records at hand; set TRIALPAGES_RECORDS to a snapshot of the registry"
)

LEAST_SHARE_SPLIT = 0.98
"""So many of the records say clearly which rule belongs to which list."""


@pytest.fixture(scope="module")
def records() -> list[tuple[dict[str, Any], Trial]]:
    """All studies, raw and decoded."""
    found = []
    with zipfile.ZipFile(RECORDS) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            sink: Sink = []
            trial = decode_registry(data, name, sink)
            assert trial is not None, sink
            assert not sink
            found.append((msgspec.json.decode(data), trial))
    return found


def test_no_fact_of_a_list_is_dropped(records: list[tuple[dict[str, Any], Trial]]) -> None:
    for raw, trial in records:
        protocol = raw["protocolSection"]
        contacts = protocol.get("contactsLocationsModule", {})
        outcomes = protocol.get("outcomesModule", {})
        arms = protocol.get("armsInterventionsModule", {})
        references = protocol.get("referencesModule", {})
        documents = raw.get("documentSection", {}).get("largeDocumentModule", {})
        pairs = [
            (contacts.get("locations"), trial.locations),
            (contacts.get("overallOfficials"), trial.overall_officials),
            (contacts.get("centralContacts"), trial.central_contacts),
            (outcomes.get("primaryOutcomes"), trial.primary_outcomes),
            (outcomes.get("secondaryOutcomes"), trial.secondary_outcomes),
            (outcomes.get("otherOutcomes"), trial.other_outcomes),
            (arms.get("armGroups"), trial.arm_groups),
            (arms.get("interventions"), trial.interventions),
            (references.get("references"), trial.references),
            (references.get("seeAlsoLinks"), trial.see_also_links),
            (documents.get("largeDocs"), trial.large_documents),
            (protocol["identificationModule"].get("secondaryIdInfos"), trial.secondary_ids),
            (protocol["sponsorCollaboratorsModule"].get("collaborators"), trial.collaborators),
            (protocol["conditionsModule"].get("conditions"), trial.conditions),
        ]
        for before, after in pairs:
            assert len(before or ()) == len(after), trial.trial_id


def test_counts_dates_and_ages_are_unchanged(records: list[tuple[dict[str, Any], Trial]]) -> None:
    for raw, trial in records:
        status = raw["protocolSection"]["statusModule"]
        for key, date in (
            ("startDateStruct", trial.start_date),
            ("primaryCompletionDateStruct", trial.primary_completion_date),
            ("completionDateStruct", trial.completion_date),
        ):
            assert status.get(key) == (
                msgspec.to_builtins(date) if date and date.type else date and {"date": date.date}
            )
        eligibility = raw["protocolSection"]["eligibilityModule"]
        for key, age in (("minimumAge", trial.minimum_age), ("maximumAge", trial.maximum_age)):
            assert eligibility.get(key) == age
            assert (age is None) == (parse_age(age) is None)
        module = raw.get("resultsSection", {}).get("adverseEventsModule")
        assert (module is None) == (trial.adverse_events is None)
        if module is not None and trial.adverse_events is not None:
            for key, rows in (
                ("seriousEvents", trial.adverse_events.serious_events),
                ("otherEvents", trial.adverse_events.other_events),
            ):
                before = [
                    (
                        row["term"].strip(),
                        stat["groupId"],
                        stat.get("numAffected"),
                        stat.get("numAtRisk"),
                        stat.get("numEvents"),
                    )
                    for row in module.get(key, ())
                    for stat in row["stats"]
                ]
                after = [
                    (row.term, count.group_id, count.num_affected, count.num_at_risk, count.num_events)
                    for row in rows
                    for count in row.counts
                ]
                assert before == after, trial.trial_id


def words(text: str) -> list[str]:
    """Return the words of a text; list marks and the plain headers are not counted as words."""
    found = []
    for line in text.split("\n"):
        if not PLAIN.fullmatch(line.strip("*_# \\\t").strip()):
            found += re.findall(
                r"[^\W\d_]{2,}", re.sub(r"^\s*(?:\\?[*•-]\s+)*\\?\(?(?:[a-zA-Z]|[ivx]+)\\?[.)]", "", line)
            )
    return found


def texts(criteria: tuple[Criterion, ...]) -> Iterator[str]:
    """Yield the texts of rules in the order in which they are read."""
    for rule in criteria:
        yield rule.text
        yield from texts(rule.children)


HEADER_WORDS = {"inclusion", "exclusion", "criteria", "include", "includes", "inclusions", "exclusions"}


def test_every_word_about_eligibility_is_kept_and_in_order(
    records: list[tuple[dict[str, Any], Trial]],
) -> None:
    whole = 0
    for raw, trial in records:
        text = raw["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
        assert trial.eligibility_criteria == text
        split = split_criteria(text)
        assert (split.inclusion, split.exclusion, split.other) == (
            trial.inclusion_criteria,
            trial.exclusion_criteria,
            trial.other_criteria,
        )
        if split.whole is not None:
            whole += 1
            assert split.whole == text
            continue
        assert_complete(text, split, trial.trial_id)
    assert whole <= (1 - LEAST_SHARE_SPLIT) * len(records)


def assert_complete(text: str, split: SplitCriteria, trial_id: str) -> None:
    """Fail when a word is missing, or when a list has its words in another order than the record."""
    lists = [list(texts(criteria)) for criteria in (split.inclusion, split.exclusion, split.other)]
    kept = Counter(word for rules in lists for rule in rules for word in words(rule))
    missing = Counter(words(text)) - kept
    assert not {word: n for word, n in missing.items() if word.lower() not in HEADER_WORDS}, trial_id
    flat = " ".join(words(text))
    for rules in lists:
        position = 0
        for rule in rules:
            wanted = " ".join(words(rule))
            found = flat.find(wanted, position)
            # A heading of several lists stands in each of them, so it may be found again further up.
            if found >= 0:
                position = found + len(wanted)
            else:
                assert wanted in flat, (trial_id, rule)


def test_the_lists_are_not_swapped(records: list[tuple[dict[str, Any], Trial]]) -> None:
    for _, trial in records:
        for kind, criteria in ((INCLUSION, trial.exclusion_criteria), (EXCLUSION, trial.inclusion_criteria)):
            for rule in texts(criteria):
                assert not re.fullmatch(rf"{kind} criteria:?", rule.strip(), re.IGNORECASE), trial.trial_id


def test_markup_of_real_texts_keeps_signs_and_hides_escapes(
    records: list[tuple[dict[str, Any], Trial]],
) -> None:
    for _, trial in records:
        for text in (trial.eligibility_criteria, trial.detailed_description, trial.brief_summary):
            if not text:
                continue
            rendered = registry_html(text)
            assert "raw HTML omitted" not in rendered
            shown = plain_text(text)
            assert not re.search(r"\\[<>\[\]*&^~]", shown), trial.trial_id
            assert not re.search(r"&#\d+;", shown), trial.trial_id
            for sign in "<≥≤":
                assert shown.count(sign) >= text.count(sign), trial.trial_id


MARKUP = {
    *("brief_summary", "detailed_description", "eligibility_criteria", "inclusion_criteria"),
    *("exclusion_criteria", "other_criteria", "description", "text", "citation", "label", "notes"),
}
"""Names whose texts the reader of markup resolves; all others are shown as they are."""


def plain_texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and text of every field that is no markup."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in MARKUP and not key.endswith(("_description", "_comment")):
                yield from plain_texts(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from plain_texts(part, name)
    elif isinstance(value, str):
        yield name, value


def test_no_entity_is_left_in_a_plain_field(records: list[tuple[dict[str, Any], Trial]]) -> None:
    for _, trial in records:
        for name, text in plain_texts(msgspec.to_builtins(trial)):
            assert not re.search(r"&(?:#[0-9]+|amp|lt|gt|quot|apos);", text), (trial.trial_id, name, text)


def test_a_posted_module_without_rows_is_known_on_the_card(
    records: list[tuple[dict[str, Any], Trial]],
) -> None:
    for raw, trial in records:
        module = raw.get("resultsSection", {}).get("adverseEventsModule")
        found = card(trial)
        assert found.has_adverse_events == (module is not None), trial.trial_id
        if module and not module.get("seriousEvents") and not module.get("otherEvents"):
            assert found.adverse_event_groups == (), trial.trial_id
