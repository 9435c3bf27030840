"""The language of the interface: one catalogue for Python, templates and the browser's modules.

The messages are English and stand in the code; `locale/<language>.po` in gettext's format holds the
others. A site is built in one language, so the language is set once in each process, before
anything is said, and enters every key. Faults and the command line speak English: they are for those who
edit the site.
"""

from __future__ import annotations

import gettext as standard
import io
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from string import Formatter

from trialpages.words.fields import record

ENGLISH = "en"


@record
class Language:
    """A language of the interface: its code (`es`, `es-MX`), and its catalogue as a `.po` file."""

    code: str = ENGLISH
    catalogue: bytes = b""


_current = Language()
_messages: standard.NullTranslations = standard.NullTranslations()


def use(language: Language) -> None:
    """Speak a language from here on. A catalogue that says nothing of a message leaves it in English."""
    global _current, _messages
    if language != _current:
        _messages = _translations(language)
        _current = language


def current() -> str:
    """Return the code of the language that is spoken."""
    return _current.code


def is_english() -> bool:
    """Say whether the interface speaks English."""
    return base_of(_current.code) == ENGLISH


def record_language() -> str:
    """Return the value of `lang` for the registry's words: `en` beside another language, nothing on an English site."""
    return "" if is_english() else ENGLISH


def base_of(code: str) -> str:
    """Return a language without its region: `es` of `es-MX`."""
    return code.partition("-")[0].lower()


def _(message: str) -> str:
    """Return a message in the language that is spoken."""
    return _messages.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with a count."""
    return _messages.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Return a message whose meaning its context tells."""
    return _messages.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a message that is translated later
    """Mark a message of a table; whoever shows it translates it with `_`."""
    return message


def number(value: int) -> str:
    """Write a whole number as the language does."""
    return f"{value:,}" if is_english() else _shown_number(current(), value)


@lru_cache(maxsize=4096)
def _shown_number(code: str, value: int) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=code.replace("-", "_"), group_separator=True)


def amount(count: int, one: str, many: str, **values: str) -> str:
    """Return the form of a message that goes with a count, filled; `{count}` is the count itself.

    >>> amount(1154, "{count} place", "{count} places")
    '1,154 places'
    """
    return ngettext(one, many, count).format(count=number(count), **values)


@lru_cache(maxsize=4096)
def _shown_day(code: str, day: date, pattern: str) -> str:
    from babel.dates import format_date, format_skeleton

    locale = code.replace("-", "_")
    if pattern == "day":
        return format_date(day, "long", locale=locale)
    return format_skeleton("yMMMM", day, locale=locale)


def show_day(day: date, pattern: str) -> str:
    """Write a date as a language other than English does. `pattern` is `day` or `month`."""
    return _shown_day(current(), day, pattern)


def _translations(language: Language) -> standard.NullTranslations:
    if not language.catalogue:
        return standard.NullTranslations()
    # The parser is imported where it is needed: an English site does not pay for it.
    from babel.messages.mofile import write_mo

    file = io.BytesIO()
    write_mo(file, _parsed(language.catalogue))
    file.seek(0)
    return standard.GNUTranslations(file)


@lru_cache(maxsize=4)
def _parsed(catalogue: bytes):  # type: ignore[no-untyped-def]
    from babel.messages.pofile import read_po

    return read_po(io.BytesIO(catalogue), abort_invalid=True)


_PLURAL_RULE = re.compile(r"[n0-9\s!=<>&|?:%()]+")


@record
class BrowserMessages:
    """What the browser's modules say in a language: forms by English message, and the rule that picks one."""

    language: str
    forms: dict[str, tuple[str, ...]]
    """By the English message."""
    files: dict[str, frozenset[str]]
    """The names of the scripts that say a message."""
    plural_rule: str
    """A C expression of `n`, which JavaScript reads too."""


class CatalogueError(ValueError):
    """A catalogue cannot be used: it is no `.po` file, or a translation does not fit its message."""


def merged(own: bytes, below: bytes) -> bytes:
    """Return a catalogue with another laid over it, message by message. Raises `CatalogueError`."""
    from babel.messages.pofile import write_po

    upper, lower = _readable(own), _readable(below)
    for message in lower:
        if message.id and message.string and not _has_words(upper.get(message.id, message.context)):
            found = upper.add(
                message.id, message.string, context=message.context, flags=message.flags - {"fuzzy"}
            )
            found.string = message.string
        if message.id and (kept := upper.get(message.id, message.context)) is not None:
            # The places tell which messages the browser needs; the site's own file need not hold them.
            kept.locations = message.locations
    file = io.BytesIO()
    write_po(file, upper, width=0)
    return file.getvalue()


def check_catalogue(catalogue: bytes) -> None:
    """Raise `CatalogueError` unless every translation has its message's placeholders and the plural rule is sound."""
    parsed = _readable(catalogue)
    if not _PLURAL_RULE.fullmatch(str(parsed.plural_expr)):
        raise CatalogueError(f"the plural rule {str(parsed.plural_expr)!r} is no expression of n")
    for message in parsed:
        if not message.id:
            continue
        ids, strings = _forms(message.id), _forms(message.string)
        wanted = set(_placeholders(ids[-1]))
        for string in filter(None, strings):
            # A singular may say "one" in words, so that it needs no count.
            spare = {"count"} if len(ids) > 1 else set()
            if not wanted - spare <= set(_placeholders(string)) <= wanted:
                names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
                raise CatalogueError(f"'{string}' does not have the placeholders of '{ids[-1]}': {names}")


def _forms(texts: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _placeholders(text: str) -> list[str]:
    try:
        return [name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        # A brace that nobody closed: no message of ours has one.
        return ["{"]


def _has_words(message) -> bool:  # type: ignore[no-untyped-def]
    return message is not None and any(_forms(message.string)) and not message.fuzzy


def _readable(catalogue: bytes):  # type: ignore[no-untyped-def]
    from babel.messages.pofile import PoFileError, read_po

    try:
        return read_po(io.BytesIO(catalogue), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueError(f"it is no catalogue in gettext's format: {error}") from error


def browser_messages(language: Language) -> BrowserMessages:
    """Return the translated messages of the files whose name ends so. Raises `ValueError` for an odd plural rule."""
    if not language.catalogue:
        return BrowserMessages(language=language.code, forms={}, files={}, plural_rule="n != 1")
    catalogue = _parsed(language.catalogue)
    rule = str(catalogue.plural_expr)
    if not _PLURAL_RULE.fullmatch(rule):
        raise ValueError(
            f"the catalogue of {language.code} has the plural rule {rule!r}, which is no expression of n"
        )
    forms: dict[str, tuple[str, ...]] = {}
    files: dict[str, frozenset[str]] = {}
    for message in catalogue:
        is_plain = bool(message.id and message.string and not message.context)
        scripts = frozenset(Path(path).name for path, _line in message.locations if path.endswith(".js"))
        if is_plain and scripts:
            key = message.id if isinstance(message.id, str) else message.id[0]
            files[key] = scripts
            forms[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return BrowserMessages(
        language=language.code, forms=dict(sorted(forms.items())), files=files, plural_rule=rule
    )
