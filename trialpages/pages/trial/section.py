"""What every section of a trial page has: its place on the page, the question it answers, its formal name."""

from __future__ import annotations

from trialpages.words.fields import record

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
        Heading(id="summary", heading="In short"),
        Heading(id="eligibility", heading="Who can take part?", formal="Eligibility criteria"),
        Heading(id="timeline", heading="How long does it take?", formal="Timeline"),
        Heading(id="objectives", heading="What does the study measure?", formal="Study objectives"),
        Heading(
            id="side-effects",
            heading="What health problems did people have?",
            formal="Side effects data",
            title="Side effects data",
        ),
        Heading(id="design", heading="How is the study set up?", formal="Trial design"),
        Heading(id="treatments", heading="What is known about the treatments?", title="Treatments"),
        Heading(id="locations", heading="Where is it?", formal="Locations"),
        Heading(id="contact", heading="How can I ask about it?", title="How to ask"),
        Heading(id="people", heading="Who runs it?"),
        Heading(id="media", heading="Pictures of this trial", formal="Media library"),
        Heading(
            id="spots-left", heading="How many places are left?", formal="Spots left", title="Places left"
        ),
        Heading(
            id="results", heading="What came out of it?", formal="Results and publications", title="Results"
        ),
        Heading(id="similar", heading="Similar trials"),
        Heading(id="words", heading="Words on this page", formal="Glossary"),
        Heading(id="sources", heading="Sources and changes"),
    )
}
"""All sections in the order of the page."""


def section(heading_id: str, **content: object) -> View:
    """Return the data of a section: its heading, then its content, which may bring a heading of its own."""
    heading = HEADINGS[heading_id]
    return {"id": heading.id, "heading": heading.heading, "formal": heading.formal, **content}


def contents(sections: dict[str, View | None]) -> list[View]:
    """Return the table of contents: the sections that are on the page, in order."""
    return [
        {"id": heading.id, "title": heading.title or shown["heading"]}
        for heading in HEADINGS.values()
        if (shown := sections.get(heading.id))
    ]
