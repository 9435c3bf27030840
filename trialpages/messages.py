"""`python -m trialpages.messages` brings every catalogue up to date with the messages in the code.

A new message stands in each catalogue without a translation, one that is gone leaves it, and everything else
stays as it is, so that a second run changes nothing. With codes (`fr pt-BR`) it begins those catalogues.
`tests/test_language.py` uses the same functions to ask whether the catalogues are in step.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "trialpages" / "locale"
KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "amount": (2, 3),
}
"""Names of the functions that take messages, and which of their arguments are some."""
FOLDERS = ("assets", "templates", "trialpages")
"""Where messages are looked for; everything else in the checkout is passed by."""


def messages(root: Path = ROOT) -> Catalog:
    """Return all messages of the code, templates and browser's modules, each with the files that say it."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, filename="babel.cfg")  # type: ignore[no-untyped-call]
    found = Catalog(charset="utf-8")
    extracted = extract_from_dir(
        root,
        methods,
        options,
        KEYWORDS,
        ("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).relative_to(root).parts[0] in FOLDERS,
    )
    for name, line, message, comments, context in extracted:
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def updated(catalogue: str, found: Catalog) -> str:
    """Return a catalogue that holds exactly the messages found, with the translations that it had."""
    header, _blank, _rest = catalogue.partition("\n\n")
    known = read_po(io.BytesIO(catalogue.encode()))
    for message in found:
        if not message.id:
            continue
        had = known.get(message.id, message.context)
        keeps = had is not None and not had.fuzzy
        message.string = had.string if keeps and had is not None else _nothing(message.id, known.num_plurals)
        message.user_comments = list(had.user_comments) if had is not None else []
    file = io.BytesIO()
    write_po(file, found, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    return f"{header}\n\n{file.getvalue().decode().strip()}\n"


def begun(code: str) -> str:
    """Return an empty catalogue of a language."""
    locale = Locale.parse(code, sep="-")
    lines = (
        f"# {locale.english_name} words of the interface of trialpages.",
        'msgid ""',
        'msgstr ""',
        r'"Project-Id-Version: trialpages\n"',
        rf'"Language: {code}\n"',
        r'"MIME-Version: 1.0\n"',
        r'"Content-Type: text/plain; charset=utf-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
        rf'"Plural-Forms: {get_plural(locale).plural_forms}\n"',
    )
    return "\n".join((*lines, "", ""))


def _nothing(message: str | list[str] | tuple[str, ...], forms: int) -> str | tuple[str, ...]:
    return "" if isinstance(message, str) else ("",) * forms


def main(codes: list[str]) -> int:
    """Begin the named catalogues, bring all up to date, and say what each still lacks."""
    for code in codes:
        if not (CATALOGUES / f"{code}.po").exists():
            (CATALOGUES / f"{code}.po").write_text(begun(code), "utf-8")
    for path in sorted(CATALOGUES.glob("*.po")):
        before = path.read_text("utf-8")
        after = updated(before, messages())
        if after != before:
            path.write_text(after, "utf-8")
        lacking = sum(not all(_forms(each.string)) for each in read_po(io.BytesIO(after.encode())) if each.id)
        sys.stdout.write(f"{path.relative_to(ROOT)}: {lacking} without a translation\n")
    return 0


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
