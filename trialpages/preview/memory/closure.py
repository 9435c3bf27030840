"""The names of all templates that one template may use, itself first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

TEMPLATES_REMEMBERED = 256


def closure_of(name: str, sources: Mapping[str, str]) -> tuple[str, ...]:
    """Return a template and those that it extends, includes or imports, however deep, in the order of their use."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop(0)
        if current in sources and current not in found:
            found[current] = None
            waiting.extend(_named_in(current, sources[current]))
    return tuple(found)


@lru_cache(maxsize=TEMPLATES_REMEMBERED)
def _named_in(name: str, source: str) -> tuple[str, ...]:
    """Return the templates that a template names; one that cannot be read names none."""
    try:
        tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source, name)
    except TemplateSyntaxError:
        return ()
    return tuple(used for used in find_referenced_templates(tree) if used)
