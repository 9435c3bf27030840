"""A made-up trial through the years: versions of its record and of its summary, with days. No trial of this kind exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from made_up_history import MadeUpHistory

FULL = Path(__file__).parent / "ctgov" / "NCT00000001.json"
ID = "NCT00000001"
FOLDER = f"content/trials/{ID}"
RECORD = f"{FOLDER}/registry.json"
SUMMARY = f"{FOLDER}/summary.md"
SPANISH = f"{FOLDER}/summary.es.md"
FACTS = f"{FOLDER}/trial.yaml"
SITE = {
    ".gitignore": "output\n.cache\n",
    "content/site.yaml": "name: Made-up site\nbase_url: https://example.org/x\nseverities: {not-reviewed-against: off}\n",
}
TOWNS = ("Exampletown", "Sampleville", "Mockton")


def record(updated: str, copied: str | None = None, /, **facts: Any) -> str:
    """Return the made-up record with other facts: `status`, `towns` that are open, `rules`, `completion`, `enrollment`."""
    study = json.loads(FULL.read_text("utf-8"))
    parts = study["protocolSection"]
    status = parts["statusModule"]
    status["lastUpdatePostDateStruct"]["date"] = updated
    status["overallStatus"] = facts.get("status", "RECRUITING")
    status["primaryCompletionDateStruct"]["date"] = facts.get("completion", "2027-06")
    del status["resultsFirstPostDateStruct"], status["whyStopped"]
    study.pop("resultsSection", None)
    study["hasResults"] = False
    open_towns = facts.get("towns", TOWNS)
    parts["contactsLocationsModule"]["locations"] = [
        {
            "facility": f"Made-up Hospital of {town}",
            "status": "RECRUITING" if town in open_towns else "COMPLETED",
            "city": town,
            "country": "United States",
        }
        for town in TOWNS
    ]
    rules = "\n".join(f"* {rule}" for rule in facts.get("rules", ("Fever for 3 days",)))
    text = f"Inclusion Criteria:\n\n{rules}\n\nExclusion Criteria:\n\n* Allergy to fictivine"
    parts["eligibilityModule"]["eligibilityCriteria"] = text
    parts["designModule"]["enrollmentInfo"]["count"] = facts.get("enrollment", 120)
    study["derivedSection"]["miscInfoModule"]["versionHolder"] = copied or updated
    return json.dumps(study, indent=2) + "\n"


def summary(what: str, *, review: str = "") -> str:
    """Return the editors' words: only the block on what is tested differs."""
    return (
        f"---\nsource: the made-up record\n{review}---\n\n## In short\n\nThis made-up study tests a made-up drug.\n\n"
        f"## What is being tested?\n\n{what}\n"
    )


WORDS = "The study tests fictivine. It is a made-up drug."
OTHER_WORDS = (
    "Half of the people get fictivine, and half get a pill without a drug. Chance decides who gets what."
)


def grown(folder: Path) -> MadeUpHistory:
    """Return a repository in which the record changed four times and the editors wrote three times."""
    history = MadeUpHistory(folder)
    history.commit("2025-03-01", {**SITE, RECORD: record("2025-02-20")})
    history.commit("2025-03-10", {SUMMARY: summary(WORDS)})
    history.commit("2025-06-02", {RECORD: record("2025-05-28", enrollment=180)})
    history.commit("2025-06-20", {RECORD: record("2025-05-28", "2025-06-19", enrollment=180)})
    history.commit(
        "2025-11-11", {RECORD: record("2025-11-06", enrollment=180, towns=TOWNS[:2], completion="2028-01")}
    )
    history.commit("2026-02-03", {SUMMARY: summary(OTHER_WORDS)})
    rules = ("Fever for 5 days", "No cough")
    told = {"enrollment": 180, "towns": TOWNS[:2], "completion": "2028-01", "rules": rules}
    history.commit("2026-06-15", {RECORD: record("2026-06-10", **told)})
    review = "reviewed_by: Made-up Doctor\nreviewed_on: 2026-07-01\n"
    history.commit("2026-07-02", {SUMMARY: summary(OTHER_WORDS, review=review)})
    told |= {"status": "ACTIVE_NOT_RECRUITING", "towns": ()}
    history.commit("2026-10-22", {RECORD: record("2026-10-20", **told)})
    return history


def much_changed(folder: Path) -> MadeUpHistory:
    """Return a repository with more changes than stand open on a page: long rules, many towns, a correction, a language."""
    history = grown(folder)
    told: dict[str, Any] = {"enrollment": 180, "completion": "2028-01"}
    long_rules = [f"A made-up rule that is number {number} of a long list of rules" for number in range(14)]
    word = "Made-up-" + "very-" * 5 + "long-word"
    history.commit("2026-10-28", {RECORD: record("2026-10-26", rules=[*long_rules, word], **told)})
    history.commit(
        "2026-10-30", {SPANISH: "---\nsource: el registro\n---\n\n## En pocas palabras\n\nInventado.\n"}
    )
    reason = "reason: {overall_status: A made-up letter of the made-up team.}\n"
    history.commit("2026-11-02", {FACTS: f"overall_status: SUSPENDED\n{reason}"})
    history.commit("2026-11-05", {FACTS: "title: A made-up title\n"})
    return history
