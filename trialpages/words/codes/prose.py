"""Codes for how the editors' own words read: grade, short forms, promises, pictures, translations."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, error, note, warning

PROSE: tuple[Entry, ...] = (
    warning(
        "reading-grade",
        "A text is hard to read",
        "Half of all adults read at grade 8 or lower. Shorter sentences and shorter words help everyone. Names of treatments and conditions do not count.",
        "Participants will subsequently undergo randomization to intervention arms.",
        "Then chance decides which group you join.",
    ),
    error(
        "reading-grade-too-hard",
        "A text is too hard to read",
        "Above grade 10 most readers give up. Names of treatments and conditions do not count, so shorter sentences and shorter words are always possible.",
        "Longitudinal evaluation of tolerability necessitates periodic outpatient visits throughout the treatment period.",
        "You come to the hospital once a month. The doctors check how you feel.",
    ),
    warning(
        "undefined-acronym",
        "A short form is not spelled out where it is first used",
        "Readers know few of them, and some have several meanings. Spell it out at its first use in the file, say in the next sentence what it is, or give it an entry in the glossary.",
        "The study looks at MRD.",
        "The study looks at minimal residual disease (MRD).",
    ),
    warning(
        "promising-word",
        "A text promises too much, or presses its readers",
        "Words such as cure or breakthrough raise hopes that no trial can keep. Words such as hurry leave no time to think.",
        "This breakthrough will help you. Spots are filling fast.",
        "This study drug may help. We do not know yet.",
    ),
    warning(
        "missing-alternative-text",
        "A picture has no words in its place",
        "Pages show the words that describe a picture, not the picture itself. Without them its readers get nothing.",
        "![](https://www.example.org/pump.png)",
        "![A small pump that gives the drug through the skin](https://www.example.org/pump.png)",
    ),
    warning(
        "translation-without-original",
        "A summary in another language has no original beside it",
        "Readers of English get no summary, and nobody can check the translation against what it was made from.",
        "trials/NCT00000001/summary.es.md and no summary.md",
        "trials/NCT00000001/summary.md beside summary.es.md",
    ),
    note(
        "review-too-old",
        "Nobody has reviewed a summary for two years",
        "What a study drug is known to do changes. Read the summary again and renew the day.",
        "reviewed_on: 2023-01-15",
        "reviewed_on: 2026-11-20",
    ),
)
