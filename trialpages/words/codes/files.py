"""Codes for files that cannot be read as what they claim to be."""

from __future__ import annotations

from trialpages.words.codes.entry import Entry, fatal, warning

FILES: tuple[Entry, ...] = (
    fatal(
        "unreadable-file",
        "A file cannot be read",
        "The system refused to open the file, so nothing is known of what it holds.",
        "a file that only its owner may read (mode 600, another user builds)",
        "chmod a+r content/trials/NCT00000001/trial.yaml",
    ),
    fatal(
        "not-utf8",
        "A file is not written in UTF-8",
        "Letters outside plain English have several encodings. Guessing one could change a name or a unit.",
        "a file saved as Windows-1252 or UTF-16",
        "the same file, saved as UTF-8 (a byte order mark is accepted)",
    ),
    fatal(
        "control-character",
        "A file holds a character that nobody can see",
        "Invisible control characters and unusual line separators come from copying out of other programs. "
        "They can change where a value ends.",
        'title: "A made-up\\0 study"',
        "title: A made-up study",
    ),
    fatal(
        "empty-file",
        "A file holds nothing",
        "An empty file is more often an accident than a wish. Delete the file if nothing is meant.",
        "# only a comment",
        "name: A made-up treatment",
    ),
    fatal(
        "file-too-large",
        "A file is larger than any author writes by hand",
        "YAML and Markdown are for people. Large sets of facts belong in a registry record, which is read much faster.",
        "a trial.yaml of 2,000,001 bytes",
        "a trial.yaml of 20,000 bytes, with the registry's facts in registry.json beside it",
    ),
    fatal(
        "tab-indent",
        "A line is indented with a tab",
        "YAML counts spaces. A tab has no fixed width, so YAML does not allow it for indentation.",
        "lead_sponsor:\n\tname: A made-up sponsor",
        "lead_sponsor:\n  name: A made-up sponsor",
    ),
    fatal(
        "duplicate-key",
        "A name is given twice in one place",
        "Most YAML readers keep the last value and drop the first without a word.",
        "minimum_age: 18 Years\nminimum_age: 21 Years",
        "minimum_age: 18 Years",
    ),
    fatal(
        "yaml-syntax",
        "A file does not follow the rules of YAML",
        "From this place on it is not clear what belongs to what, so nothing of the file is used.",
        "title: Aspirin: a made-up study",
        'title: "Aspirin: a made-up study"',
    ),
    fatal(
        "yaml-alias",
        "A file uses a YAML anchor or alias",
        "Content says each thing where it stands. Anchors (&), aliases (*) and merge keys (<<) make a file hard to "
        "review and can grow without limit.",
        "sponsor: &one\n  name: A made-up sponsor\nother: *one",
        "sponsor:\n  name: A made-up sponsor",
    ),
    fatal(
        "yaml-tag",
        "A value carries a YAML tag",
        "Each field already knows its kind. Every value is read as the text that stands there.",
        "zip: !!str 02115",
        "zip: 02115",
    ),
    fatal(
        "yaml-key",
        "The name of a field is a list or a group of fields",
        "A field needs a name that can be read aloud.",
        "? [title, acronym]\n: A made-up study",
        "title: A made-up study",
    ),
    fatal(
        "yaml-documents",
        "A file holds several YAML documents",
        "One file describes one thing. A line with three dashes starts another document.",
        "title: A made-up study\n---\ntitle: Another one",
        "title: A made-up study",
    ),
    fatal(
        "too-deep",
        "A file nests its values too deeply",
        "No content needs more than a few levels. Very deep nesting is a slip or an attack on the builder's memory.",
        "[[[[[[ ... ]]]]]]",
        "inclusion_criteria:\n  - text: A rule\n    children:\n      - A sub-rule",
    ),
    fatal(
        "merge-conflict",
        "A file holds both sides of a change that nobody has decided",
        "Two people changed the same lines. Version control marks both versions with lines of <<<<<<<, ======= and >>>>>>> "
        "and leaves the choice to you.",
        "<<<<<<< HEAD\nminimum_age: 18 Years\n=======\nminimum_age: 21 Years\n>>>>>>> older-people",
        "minimum_age: 21 Years",
    ),
    fatal(
        "front-matter-open",
        "The block between the three-dash lines is never closed",
        "A Markdown file that begins with `---` has a block of fields, which ends at the next `---`.",
        "---\nreviewed_by: The made-up team\n\n## In short",
        "---\nreviewed_by: The made-up team\n---\n\n## In short",
    ),
    warning(
        "unknown-file",
        "A file in the content is not used",
        "Only files with known names are read. A file with another name is often a slip of the keyboard.",
        "trials/NCT00000001/trial.yml",
        "trials/NCT00000001/trial.yaml",
    ),
)
