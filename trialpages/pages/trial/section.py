"""What every section of a trial page has: its place on the page, the question it answers, its formal name."""

from __future__ import annotations

from trialpages.words.fields import record
from trialpages.words.language import N_, _

View = dict[str, object]
"""Plain data for a template: text, numbers, lists, dictionaries and safe HTML."""


@record
class Heading:
    """A section's anchor, the question that it answers, the formal name, and its entry in the contents."""

    id: str
    heading: str
    formal: str = ""
    title: str = ""


HEADINGS = {
    heading.id: heading
    for heading in (
        Heading(id="summary", heading=N_("In short")),
        Heading(id="eligibility", heading=N_("Who can take part?"), formal=N_("Eligibility criteria")),
        Heading(id="timeline", heading=N_("How long does it take?"), formal=N_("Timeline")),
        Heading(id="objectives", heading=N_("What does the study measure?"), formal=N_("Study objectives")),
        Heading(
            id="side-effects",
            heading=N_("What health problems did people have?"),
            formal=N_("Side effects data"),
            title=N_("Health problems"),
        ),
        Heading(id="design", heading=N_("How is the study set up?"), formal=N_("Trial design")),
        Heading(id="treatments", heading=N_("What is known about the treatments?"), title=N_("Treatments")),
        Heading(id="locations", heading=N_("Where is it?"), formal=N_("Locations")),
        Heading(id="contact", heading=N_("How can I ask about it?"), title=N_("How to ask")),
        Heading(id="people", heading=N_("Who runs it?")),
        Heading(id="media", heading=N_("Pictures of this trial"), formal=N_("Media library")),
        Heading(
            id="spots-left",
            heading=N_("How many spots are left?"),
            formal=N_("Spots left"),
            title=N_("Spots left"),
        ),
        Heading(
            id="results",
            heading=N_("What came out of it?"),
            formal=N_("Results and publications"),
            title=N_("Results"),
        ),
        Heading(id="similar", heading=N_("Similar trials")),
        Heading(id="words", heading=N_("Words on this page"), formal=N_("Glossary")),
        Heading(id="what-changed", heading=N_("What has changed?"), formal=N_("History of changes")),
        Heading(id="sources", heading=N_("Sources and changes")),
    )
}
"""All sections in the order of the page."""


def section(heading_id: str, **content: object) -> View:
    """Return the data of a section: its heading, then its content, which may bring a heading of its own."""
    heading = HEADINGS[heading_id]
    formal = _(heading.formal) if heading.formal else ""
    return {"id": heading.id, "heading": _(heading.heading), "formal": formal, **content}


def contents(sections: dict[str, View | None]) -> list[View]:
    """Return the table of contents: the sections that are on the page, in order."""
    return [
        {"id": heading.id, "title": _(heading.title) if heading.title else shown["heading"]}
        for heading in HEADINGS.values()
        if (shown := sections.get(heading.id))
    ]
