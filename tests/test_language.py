"""The catalogues: in step with the code, complete, sound; and what the language does to numbers, dates and lists."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from sites import options

from trialpages import messages
from trialpages.model.dates import show_date, show_date_in_english
from trialpages.pages.assets import browser_words
from trialpages.pages.trial import provenance
from trialpages.pages.wording import in_country, joined, joined_choices, link_parts
from trialpages.stages.inputs import interface_language
from trialpages.words import language
from trialpages.words.countries import country_name
from trialpages.words.diagnostics import Sink
from trialpages.words.language import (
    CatalogueError,
    Language,
    amount,
    browser_messages,
    check_catalogue,
    number,
)

CATALOGUES = sorted(messages.CATALOGUES.glob("*.po"))
SPANISH = Language(code="es", catalogue=(messages.CATALOGUES / "es.po").read_bytes())
SAME = {
    "es": {
        "No",
        "100 %",
        "{list}: {counts}",
        "{list}: {letter}",
        "{name}: {value}",
        "{treatment}: {approval}",
        "{stage}: {length}.",
        "{group}: {treatments}.",
        "{group}: {words}.",
        "{group}: {words}",
        "{words}.",
        "{difference}.",
        "{source}, {date}",
        "{people} ({percent})",
        "{masking}: {people}",
        "{count} km",
    }
}
"""Messages that a language may say as English does: they hold hardly a word."""


@pytest.fixture(autouse=True)
def speak_english_again() -> Iterator[None]:
    yield
    language.use(Language())


def every(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, abort_invalid=True) if message.id]


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_is_in_step_with_the_code(path: Path) -> None:
    text = path.read_text("utf-8")
    in_step = messages.updated(text, messages.messages()) == text
    assert in_step, "the messages in the code have changed: run `make messages` and translate what is new"
    assert "#~" not in text
    assert "#, fuzzy" not in text


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_message_is_translated(path: Path) -> None:
    lacking = [message.id for message in every(path) if not all(forms(message.string) or ("",))]
    assert not lacking


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_message_is_left_in_english(path: Path) -> None:
    same = {
        text
        for message in every(path)
        for text, said in zip(forms(message.id), forms(message.string), strict=False)
        if text == said
    }
    assert same <= SAME[path.stem]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_translation_has_the_placeholders_and_forms_of_its_message(path: Path) -> None:
    check_catalogue(path.read_bytes())
    with path.open("rb") as file:
        count = read_po(file).num_plurals
    assert all(len(forms(each.string)) == count for each in every(path) if not isinstance(each.id, str))


MODULES = sorted(set((messages.ROOT / "trialpages").rglob("*.py")) - {Path(language.__file__)})
SAYING = {"_": (0,), "N_": (0,), "ngettext": (0, 1), "pgettext": (0, 1), "amount": (1, 2)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_messages_stand_where_the_catalogue_can_find_them(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    hidden = [
        f"{path.name}:{call.lineno}"
        for name, call in _calls(tree)
        for place in SAYING[name]
        if place < len(call.args) and not _is_message(call.args[place], may_be_named=name == "_")
    ]
    inside = [
        f"{path.name}:{call.lineno}"
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for _name, call in _calls(text)
        if any(isinstance(argument, ast.Constant) for argument in call.args[:2])
    ]
    assert not hidden, f"a message must be written out: {hidden}"
    assert not inside, f"a message inside an f-string is not found: {inside}"


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            yield node.func.id, node


def _is_message(argument: ast.expr, *, may_be_named: bool) -> bool:
    """Say whether an argument is written out, or is looked up in a table that is."""
    if isinstance(argument, ast.Constant):
        return isinstance(argument.value, str)
    if isinstance(argument, ast.IfExp):
        return all(_is_message(part, may_be_named=may_be_named) for part in (argument.body, argument.orelse))
    return may_be_named and not isinstance(argument, ast.JoinedStr | ast.BinOp)


_SAID_BY_SCRIPTS = re.compile(r'(?<![\w.])(?:_|ngettext)\(\s*("(?:[^"\\]|\\.)*"|[^"\s)])')


def test_messages_of_the_browsers_modules_are_found() -> None:
    found = {forms(message.id)[0] for message in messages.messages() if message.id}
    lost = [
        f"{path.name}: {said}"
        for path in sorted((messages.ROOT / "assets/js").glob("*.js"))
        if path.name != "language.js"
        for said in _SAID_BY_SCRIPTS.findall(path.read_text("utf-8"))
        if not said.startswith('"') or json.loads(said) not in found
    ]
    assert not lost, f"write the message out, in a line of its own and not inside a template string: {lost}"


def test_numbers_counts_and_dates_follow_the_language() -> None:
    assert (number(1154), amount(1, "{count} place", "{count} places")) == ("1,154", "1 place")
    assert show_date("2026-11-23") == "November 23, 2026"
    language.use(SPANISH)
    assert (number(1154), number(-12)) == ("1.154", "-12")
    assert amount(1, "{count} place", "{count} places") == "1 lugar"
    assert amount(1154, "{count} place", "{count} places") == "1.154 lugares"
    shown = [show_date(day) for day in ("2026-11-23", "2026-11", "2026", "soon", None)]
    assert shown == ["23 de noviembre de 2026", "noviembre de 2026", "2026", "soon", ""]
    assert show_date_in_english("2026-11-23") == "November 23, 2026"


def test_lists_follow_the_language() -> None:
    assert joined(["a", "", "ice"]) == "a and ice"
    language.use(SPANISH)
    assert joined(["Perú", "Chile", "India"]) == "Perú, Chile e India"
    assert joined(["agua", "hielo"]) == "agua y hielo"
    assert joined(["padres", "hijos"]) == "padres e hijos"
    assert (joined_choices(["siete", "ocho"]), joined_choices(["uno", "dos"])) == (
        "siete u ocho",
        "uno o dos",
    )


def test_countries_are_named_in_the_language() -> None:
    names = ("United States", "Turkey (Türkiye)", "Korea, Republic of", "Narnia")
    assert [country_name(name) for name in names] == list(names)
    assert in_country("United States") == "the United States"
    language.use(SPANISH)
    assert [country_name(name) for name in names] == ["Estados Unidos", "Turquía", "Corea del Sur", "Narnia"]
    assert in_country("United States") == "Estados Unidos"


def test_a_sentence_is_parted_at_its_link() -> None:
    assert link_parts("a <a>b</a> c") == {"before": "a ", "text": "b", "after": " c"}


def test_the_line_below_a_spanish_text_is_the_same_on_every_site() -> None:
    held = provenance.PHRASES["es"]
    language.use(SPANISH)
    said, code = provenance.phrases_of("es")
    assert code == "es"
    assert [getattr(said, field.name) for field in fields(held)] == [
        getattr(held, field.name) for field in fields(held)
    ]


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def found(site: Path, code: str, **catalogues: str) -> tuple[Language, Sink]:
    for name, text in catalogues.items():
        path = site / "locale" / f"{name.replace('_', '-')}.po"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEADER + text, "utf-8")
    sink: Sink = []
    return interface_language(options(site), code, sink), sink


def test_a_sites_own_catalogue_lies_over_the_built_in_one(tmp_path: Path) -> None:
    own = 'msgid "Home"\nmsgstr "Portada"\n\nmsgid "{count} trial"\nmsgid_plural "{count} trials"\n'
    speaking, sink = found(
        tmp_path, "es", es=own + 'msgstr[0] "{count} estudio"\nmsgstr[1] "{count} estudios"\n'
    )
    assert not sink
    language.use(speaking)
    assert (language._("Home"), language._("Glossary")) == ("Portada", "Glosario")
    words = browser_messages(speaking)
    assert words.forms["{count} trial"] == ("{count} estudio", "{count} estudios")
    assert words.forms["Yes"] == ("Sí",)
    modules = browser_words(words, {"js/search.js": b""})
    assert b'"{count} trial":["{count} estudio","{count} estudios"]' in b"".join(modules.values())


def test_a_region_lies_over_its_language(tmp_path: Path) -> None:
    speaking, sink = found(tmp_path, "es-MX", es_MX='msgid "Home"\nmsgstr "Página principal"\n')
    assert not sink
    language.use(speaking)
    assert (language._("Home"), language._("Glossary"), number(1154)) == (
        "Página principal",
        "Glosario",
        "1,154",
    )


def test_a_language_of_the_sites_own_is_spoken(tmp_path: Path) -> None:
    speaking, sink = found(tmp_path, "fr", fr='msgid "Home"\nmsgstr "Accueil"\n')
    assert not sink
    language.use(speaking)
    assert (language._("Home"), language._("Glossary")) == ("Accueil", "Glossary")


def test_a_language_without_words_is_said_and_stays_english(tmp_path: Path) -> None:
    speaking, sink = found(tmp_path, "xx")
    assert [each.code for each in sink] == ["language-without-words"]
    assert speaking == Language()


@pytest.mark.parametrize(
    "text",
    [
        'msgid "{count} place"\nmsgid_plural "{count} places"\nmsgstr[0] "lugar"\nmsgstr[1] "{cuenta} lugares"\n',
        'msgid "Led by {name}"\nmsgstr "Dirigido por {nombre}"\n',
        'msgid "Led by {name}"\nmsgstr "Dirigido por {name"\n',
        "garbage\n",
    ],
)
def test_a_catalogue_that_would_lose_a_word_is_a_fault(tmp_path: Path, text: str) -> None:
    speaking, sink = found(tmp_path, "es", es=text)
    assert [each.code for each in sink] == ["catalogue-fault"]
    language.use(speaking)
    assert language._("Home") == "Inicio"


def test_an_odd_plural_rule_is_refused() -> None:
    odd = HEADER.replace("n != 1", "alert(1)").encode() + b'msgid "Home"\nmsgstr "Portada"\n'
    with pytest.raises(CatalogueError):
        check_catalogue(odd)


def test_a_begun_catalogue_holds_every_message_and_no_translation() -> None:
    begun = messages.updated(messages.begun("pl"), messages.messages())
    assert "nplurals=3" in begun
    assert messages.updated(begun, messages.messages()) == begun
