"""Codes for single fields whose name or value does not fit."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, fatal

FIELDS: tuple[Entry, ...] = (
    fatal(
        "unknown-field",
        "A field has a name that is not known here",
        "A misspelled field would be dropped in silence, and the page would lack a fact.",
        "briefTitle: A made-up study of aspirin",
        "brief_title: A made-up study of aspirin",
    ),
    fatal(
        "missing-field",
        "A field that is needed is not there",
        "Without it the page could not say something that every reader needs.",
        "locations:\n  - city: Exampletown",
        "locations:\n  - city: Exampletown\n    country: United States",
    ),
    fatal(
        "wrong-type",
        "A value is of another kind than the field needs",
        "A list, a group of fields, a number and a yes or no are written in different ways.",
        "conditions: Asthma",
        "conditions:\n  - Asthma",
    ),
    fatal(
        "wrong-form",
        "A text is not written in the form that the field needs",
        "Dates, ages, numbers of trials and addresses have one form, so that they sort and compare rightly.",
        "status_verified_date: 11/2026",
        "status_verified_date: 2026-11",
    ),
    fatal(
        "no-such-day",
        "A date names a day that is not in the calendar",
        "The date is a slip; which day was meant cannot be guessed.",
        "retrieved: 2026-02-30",
        "retrieved: 2026-02-28",
    ),
    fatal(
        "value-not-allowed",
        "A value is not one of the values that the field knows",
        "Coded fields use the registry's own words, in capital letters.",
        "overall_status: Recruitng",
        "overall_status: RECRUITING",
    ),
    fatal(
        "out-of-range",
        "A number is too small or too large for the field",
        "A count is never negative, and a place has a latitude from -90 to 90.",
        "enrollment: -5",
        "enrollment: 5",
    ),
    fatal(
        "empty-value",
        "A field is there but holds no text",
        "An empty text shows as a hole in the page. Leave the field out when nothing is known.",
        'title: ""',
        "title: A made-up study of aspirin",
    ),
)
