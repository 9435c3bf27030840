"""The Jinja environment: strict, escaping, without computed names; and template faults as diagnostics.

A template sees `page` (its view), `site` (a few words of the configuration), `root` (the way back to
the site's root), `asset(name)`, and the filters. Which templates a page is made from is known
without rendering: names of extended, included and imported templates are literal, so the digest of
that closure stands in the page's key.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.utils import missing

from trialpages.words.catalogue import make
from trialpages.words.diagnostics import Diagnostic, Sink, Span
from trialpages.words.digest import digest
from trialpages.words.language import _, ngettext, pgettext
from trialpages.words.suggest import nearest

TOO_SLOW = "template-too-slow"
"""The code of a template that was stopped."""

LONGEST_PAGE = 50_000_000
"""Characters; a page of a real site has a hundredth of it, and no browser shows one like that."""

PARTS_AT_ONCE = 1_000


class TooLongError(Exception):
    """A template makes no end of text."""


def joined(parts: Iterable[str]) -> str:
    """Join the parts of a page, up to `LONGEST_PAGE`; then `TooLongError` is raised where the template is just then."""
    if not isinstance(parts, Generator):
        return "".join(parts)
    texts: list[str] = []
    length = 0
    while some := list(islice(parts, PARTS_AT_ONCE)):
        texts.append("".join(some))
        length += len(texts[-1])
        if length > LONGEST_PAGE:
            parts.throw(TooLongError())
    return "".join(texts)


class ViewEnvironment(Environment):
    """An environment in which `page.title` looks in the view first: a view is plain data, without methods."""

    concat = staticmethod(joined)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a view's entry, an attribute of anything else, or a strict undefined."""
        if type(obj) is dict:
            found = obj.get(attribute, missing)
            if found is not missing:
                return found
        return super().getattr(obj, attribute)


def environment(
    sources: Mapping[str, str], *, bytecode_folder: Path | None = None, sources_change: bool = False
) -> ViewEnvironment:
    """Make an environment over template sources by name; those that change are looked at again each time."""
    cache = FileSystemBytecodeCache(str(bytecode_folder)) if bytecode_folder else None
    made = ViewEnvironment(
        extensions=["jinja2.ext.i18n"],
        loader=FunctionLoader(partial(_loaded, sources)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=sources_change,
        bytecode_cache=cache,
        cache_size=-1,
    )
    # A template holds fixed phrases only; sentences with values come from the views.
    made.install_gettext_callables(_, ngettext, newstyle=False, pgettext=pgettext)  # type: ignore[attr-defined]
    return made


def _loaded(sources: Mapping[str, str], name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Return a template's source, its name, and what tells whether that is its source still."""
    source = sources.get(name)
    return None if source is None else (source, name, lambda: sources.get(name) == source)


def closures(sources: Mapping[str, str], shown: Mapping[str, str], sink: Sink) -> dict[str, frozenset[str]]:
    """Return, for every template, all templates that it may use, itself included; faults go to the sink.

    `shown` gives the path of each template as the author knows it.
    """
    needs: dict[str, frozenset[str]] = {}
    for name, source in sources.items():
        try:
            uses = _uses(name, source)
        except TemplateSyntaxError as error:
            sink.append(_syntax_fault(error, shown[name], source))
            needs[name] = frozenset()
            continue
        needs[name] = frozenset(_references(uses, name, source, sources, shown, sink))
    return {name: _closure(name, needs) for name in sources}


def closure_digests(needs: Mapping[str, frozenset[str]], sources: Mapping[str, str]) -> dict[str, str]:
    """Return, for every template, the digest of all templates that it may use."""
    return {
        name: digest(*(part for each in sorted(names) for part in (each, sources[each])))
        for name, names in needs.items()
    }


@lru_cache(maxsize=256)
def _uses(name: str, source: str) -> tuple[nodes.Node, ...]:
    """Return where a template names others; a process that builds again and again parses only what has changed."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source, name)
    return tuple(tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)))


def fault(
    error: Exception,
    page_url: str,
    view: Mapping[str, Any],
    shown: Mapping[str, str],
    sources: Mapping[str, str],
) -> Diagnostic:
    """Say which template and line failed on which page, and which names do exist there."""
    name, line = _deepest(error, shown)
    source_line = _line(sources.get(name, ""), line)
    what = str(error).rstrip(".") or type(error).__name__
    missing_name = re.search(r"has no attribute '([^']+)'|^'([^']+)' is undefined", str(error))
    names = ", ".join(sorted(view))
    guess = nearest(missing_name[1] or missing_name[2], view) if missing_name else None
    help_text = f"did you mean 'page.{guess}'?" if guess else f"`page` has: {names}"
    where = Span(shown.get(name, name), line)
    return make("template-fault", what, where, help_text, source_line, (_page_note(page_url),))


def too_slow(
    error: Exception, seconds: float, page_url: str, shown: Mapping[str, str], sources: Mapping[str, str]
) -> Diagnostic:
    """Say in which template and line a page was given up that took too long, or became too long."""
    name, line = _deepest(error, shown)
    what = f"The template has not made a page in {seconds:g} seconds, so it was stopped"
    if isinstance(error, TooLongError):
        what = f"The template has made {LONGEST_PAGE:,} characters without an end, so it was stopped"
    help_text = (
        "look here and in the loops around it for one that never ends, or that goes through far too much"
    )
    where = Span(shown.get(name, name), line)
    return make(TOO_SLOW, what, where, help_text, _line(sources.get(name, ""), line), (_page_note(page_url),))


def empty_page(template: str, page_url: str, shown: Mapping[str, str]) -> Diagnostic:
    """Say that a template makes nothing."""
    note = (_page_note(page_url),)
    return make("template-fault", "The template makes an empty page", Span(shown[template]), None, None, note)


def folded(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Say once what is wrong with a template, however many pages it was found on."""
    found: dict[tuple[object, ...], list[Diagnostic]] = {}
    for each in faults:
        found.setdefault((each.code, each.what, each.span, each.help), []).append(each)
    return [
        replace(same[0], notes=(f"on {len(same):,} pages; the first: {same[0].notes[0]}",))
        if len(same) > 1 and same[0].notes
        else same[0]
        for same in found.values()
    ]


def _page_note(page_url: str) -> str:
    return f"while making the page /{page_url}"


def template_faults() -> tuple[type[Exception], ...]:
    """Return the errors that a template's author can cause."""
    return TemplateError, TypeError, AttributeError, KeyError, ValueError, ZeroDivisionError, RecursionError


def missing_template(name: str, page_url: str, sources: Iterable[str]) -> Diagnostic:
    """Say that a page's template does not exist."""
    guess = nearest(name, sources)
    help_text = f"did you mean '{guess}'?" if guess else "add the file to the templates folder"
    return make(
        "template-missing",
        f"The page {page_url} needs the template '{name}'",
        Span(f"templates/{name}"),
        help_text,
    )


def _references(
    uses: Iterable[nodes.Node],
    name: str,
    source: str,
    sources: Mapping[str, str],
    shown: Mapping[str, str],
    sink: Sink,
) -> Iterable[str]:
    for node in uses:
        target = node.template  # type: ignore[attr-defined]
        where = Span(shown[name], node.lineno)
        line = _line(source, node.lineno)
        if not isinstance(target, nodes.Const) or not isinstance(target.value, str):
            what = "The template's name is computed, so nobody can tell which pages depend on it"
            sink.append(make("template-fault", what, where, "write the name in quotes", line))
        elif target.value in sources:
            yield target.value
        elif not getattr(node, "ignore_missing", False):
            guess = nearest(target.value, sources)
            what = f"There is no template '{target.value}'"
            help_text = f"did you mean '{guess}'?" if guess else None
            sink.append(make("template-missing", what, where, help_text, line))


def _closure(name: str, needs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(needs[current])
    return frozenset(found)


def _syntax_fault(error: TemplateSyntaxError, shown: str, source: str) -> Diagnostic:
    what = error.message or "The template cannot be read"
    return make("template-fault", what, Span(shown, error.lineno), None, _line(source, error.lineno))


def _deepest(error: Exception, shown: Mapping[str, str]) -> tuple[str, int]:
    if isinstance(error, TemplateSyntaxError):
        return str(error.name or ""), error.lineno
    if isinstance(error, TemplateNotFound):
        return str(error.name or ""), 1
    # Jinja rewrites tracebacks, so that a frame in a template carries the template's name and line.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in shown]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else ("", 1)


def _line(source: str, number: int) -> str | None:
    lines = source.splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else None
