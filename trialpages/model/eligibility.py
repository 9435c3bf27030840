"""Eligibility: the registry's one text about who may take part becomes lists of rules.

The record says in header lines where the inclusion list and the exclusion list begin; nothing else
is trusted. A text without such headers, or with one that hides inside a rule, is given whole: a rule
in the wrong list would tell a patient the opposite of the truth. No word is lost: only the plain
headers "Inclusion Criteria" and "Exclusion Criteria" and the list marks are left out, every other
heading becomes a rule with the rules under it as children. Text stays CommonMark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trialpages.model.trial import Criterion
from trialpages.words.fields import record

INCLUSION = "inclusion"
EXCLUSION = "exclusion"
OTHER = "other"
DEEPEST_LEVEL = 12
"""Levels of nesting that are kept; deeper rules become siblings."""
LONGEST_HEADER = 140
"""Characters; a longer line is a rule that mentions the lists, not a header."""
LONGEST_SCOPE = 80
"""Characters; a longer line leads to one list and does not name a group of people."""
BLANK = " \t\u00a0\u3000*-\u2022_=\\"
"""A line of these alone is white space, a rule between parts or a list mark without text."""
COLONS = (":", "\uff1a")

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
ITEM = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?P<mark>\\?[*•●▪◦‣·\-–+]|[❖➢✓]|\(?\d{1,3}\\?[.)、](?!\d)|\(?[a-zA-Z]\\?\)|\(?[a-z]\\?\.|\(?[ivx]{1,5}\\?[.)])"
    r"(?:[ \t\u00a0]+|(?<=[•●▪◦‣·❖➢✓、)])(?=\S))(?P<text>\S.*)"
)
KIND = r"(?P<kind>non[- ]?inclusion|inclusion|exclusion)s?"
CRITERIA = r"(?:crit?[ei]ri\w*|citeria|requirements?)"
PLAIN = re.compile(
    rf"{KIND}(?:\s+{CRITERIA})?(?:\s+includes?|\s*,\s*includes?)?\s*[:\uff1a.]?", re.IGNORECASE
)
PLAIN_THEN_TEXT = re.compile(rf"{KIND}(?:\s+{CRITERIA})?\s*[:\uff1a]\s*(?P<rest>\S.*)", re.IGNORECASE)
NAMED = re.compile(rf"\b{KIND}\b(?:\s+(?P<criteria>{CRITERIA}))?", re.IGNORECASE)
BOTH = re.compile(r"inclusion\b.{0,40}\bexclusion|exclusion\b.{0,40}\binclusion", re.IGNORECASE)
SENTENCE = re.compile(
    r"\b(?:apply|applies|applied|may|could|see|fulfil|fulfill|fulfilled)\b|[.;]\s*$", re.IGNORECASE
)
EXCLUDING = re.compile(
    r"(?:\bexclu(?:ded|de|des|ding)\b|\bineligible\b|\bnot\s+(?:be\s+)?(?:eligible|enrolled|included|meet)\b"
    r"|\bmust\s+not\b).*[:\uff1a]\s*$",
    re.IGNORECASE,
)
INCLUDING = re.compile(r"\b(?:are|is|be)\s+(?:eligible|included|enrolled)\b.*[:\uff1a]\s*$", re.IGNORECASE)
HIDDEN = re.compile(
    rf"(?P<before>\S+\s+)?\b(?P<kind>inclusion|exclusion)s?\b(?:\s+{CRITERIA}(?:\s*[:\uff1a]|\s+\w+\s*[:\uff1a]?\s*$|\s*$)|\s*[:\uff1a]|\s*$)",
    re.IGNORECASE,
)
BEFORE_A_MENTION = re.compile(
    r"(?:the|any|all|of|other|no|or|and|meet|meets|meeting|fulfil|fulfill|fulfilling|these|above|following|further|for|to|in|at|before|after|study|trial|prior|since|until|each|this|that|its|their|per|by|from|same|with|an|a|on|additional|general|own|required|protocol-defined|specific|manufacturer's|our|both|not)",
    re.IGNORECASE,
)
"""Words after which "exclusion criteria" is mentioned in a sentence and is no header."""
SCOPE = re.compile(
    r"(?:part|cohort|phase|group|stage|arm|step|sub-?study|module|period)\s+\S+(?:\s+\S+){0,6}", re.IGNORECASE
)


@record
class SplitCriteria:
    """The two lists, or the whole text when it cannot be split.

    `other` holds what the record files under neither list: text before the first header. `whole` is
    set exactly when all lists are empty and the text is not. `headings` are the texts of those rules
    that only head the rules under them.
    """

    inclusion: tuple[Criterion, ...] = ()
    exclusion: tuple[Criterion, ...] = ()
    other: tuple[Criterion, ...] = ()
    whole: str | None = None
    headings: frozenset[str] = frozenset()


@dataclass(slots=True)
class Node:
    """A rule while its children are still being read."""

    text: str
    indent: int = 0
    is_heading: bool = False
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """One line of the text: its indent in columns, its list mark if any, its text."""

    indent: int
    text: str
    is_item: bool
    after_blank: bool


@dataclass(slots=True)
class Section:
    """A stretch of the text under one header, or before the first (`other`)."""

    kind: str
    heading: str | None = None
    lines: list[Line] = field(default_factory=list)
    lead: Line | None = None
    scope: str | None = None


class CannotSplit(Exception):  # noqa: N818
    """The text does not say clearly which rule belongs to which list."""


def split_criteria(markup: str) -> SplitCriteria:
    """Return the inclusion and the exclusion rules of the registry's text, in its order.

    Any order of the lists, any numbering, any letter case of the headers, several headers per list.
    Without a clear header for each list the text comes back whole, and both lists are empty.
    """
    if not markup.strip():
        return SplitCriteria()
    try:
        sections = _sections(_lines(markup))
        _refuse_doubt(sections)
    except CannotSplit:
        return SplitCriteria(whole=markup)
    lists: dict[str, list[Criterion]] = {INCLUSION: [], EXCLUSION: [], OTHER: []}
    headings: set[str] = set()
    for section in sections:
        nodes = _nodes(section)
        lists[section.kind].extend(map(_freeze, nodes))
        headings.update(_headings(nodes))
    return SplitCriteria(
        inclusion=tuple(lists[INCLUSION]),
        exclusion=tuple(lists[EXCLUSION]),
        other=tuple(lists[OTHER]),
        headings=frozenset(headings),
    )


def single_rules(rules: Sequence[Criterion], headings: frozenset[str]) -> Iterator[Criterion]:
    """Yield the rules that stand for themselves: those under a heading in its place, each with its own sub-rules."""
    for rule in rules:
        if rule.children and rule.text in headings:
            yield from single_rules(rule.children, headings)
        else:
            yield rule


def _lines(markup: str) -> Iterator[Line]:
    after_blank = True
    for raw in markup.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        visible = raw if raw.isascii() else raw.translate(INVISIBLE)
        if not visible.strip(BLANK):
            after_blank = True
            continue
        match = ITEM.fullmatch(visible.rstrip())
        if match and match["text"].strip():
            indent = len(match["indent"].expandtabs(4))
            yield Line(indent, match["text"].strip(), is_item=True, after_blank=after_blank)
        else:
            expanded = visible.expandtabs(4)
            indent = len(expanded) - len(expanded.lstrip())
            yield Line(indent, visible.strip(), is_item=False, after_blank=after_blank)
        after_blank = False


def _sections(lines: Iterator[Line]) -> list[Section]:
    sections = [Section(OTHER)]
    for line in lines:
        header = _header(line)
        if header is None:
            sections[-1].lines.append(line)
            continue
        kind, heading, rest = header
        sections.append(Section(kind, heading, lead=_take_lead(sections[-1])))
        if rest:
            sections[-1].lines.append(Line(0, rest, is_item=False, after_blank=True))
    _spread_leads(sections)
    return sections


def _take_lead(section: Section) -> Line | None:
    """Take a closing line such as `Part B:` out of the section: it leads to the next one."""
    if not section.lines:
        return None
    last = section.lines[-1]
    if last.is_item or last.indent > 1:
        return None
    is_lead = last.text.endswith(COLONS) or SCOPE.fullmatch(last.text.strip("*_ "))
    return section.lines.pop() if is_lead else None


def _spread_leads(sections: list[Section]) -> None:
    """Let each lead head its own section, and the ones after it when it opens a new pair of lists.

    A lead before the very first list is one of a series only if others follow ("Group 1 ... Group
    2"); alone it is text before the lists.
    """
    starts = list(_starts_of_pairs(sections))
    first = next((section for section in sections if section.kind != OTHER), None)
    if first is None:
        return
    if first.lead is not None and len(starts) == 0:
        sections[0].lines.append(first.lead)
        first.lead = None
    scope: str | None = None
    for section in sections:
        own = section.lead.text if section.lead else None
        if section is first or any(section is start for start in starts):
            scope = own if own and len(own) <= LONGEST_SCOPE else None
        section.scope = own or scope


def _starts_of_pairs(sections: list[Section]) -> Iterator[Section]:
    """Yield the sections with a lead that stand after both lists of other people."""
    seen: set[str] = set()
    for section in sections:
        if section.lead is not None and {INCLUSION, EXCLUSION} <= seen:
            yield section
            seen = set()
        seen.add(section.kind)


def _header(line: Line) -> tuple[str, str | None, str | None] | None:
    """Return the kind of list that the line opens, its heading unless plain, and text behind the header."""
    if "clusion" not in line.text.lower():
        return None
    text = line.text.strip("*_# \\").strip()
    if not NAMED.search(text):
        return None
    plain = PLAIN.fullmatch(text)
    if plain:
        is_standard = "non" not in plain["kind"].lower()
        return _kind(plain["kind"]), None if is_standard else line.text, None
    followed = PLAIN_THEN_TEXT.fullmatch(text)
    if followed and "non" not in followed["kind"].lower() and not line.is_item:
        return _kind(followed["kind"]), None, followed["rest"]
    return None if line.is_item else _qualified_header(line, text)


def _qualified_header(line: Line, text: str) -> tuple[str, str | None, str | None] | None:
    """Return a header such as `Key Inclusion Criteria for Part A:`, which stays as a heading."""
    if len(text) > LONGEST_HEADER or BOTH.search(text):
        return None
    ends_with_colon = text.endswith(COLONS)
    named = NAMED.search(text)
    assert named
    if not ends_with_colon:
        if SENTENCE.search(text) or not named["criteria"] or len(text.split()) > 9:
            return None
        if text[named.start("kind")].islower() and named.start("kind") > 0:
            before = text[: named.start("kind")].split()
            if BEFORE_A_MENTION.fullmatch(before[-1]) and len(before) > 1:
                return None
    elif named.start("kind") > 0 and not named["criteria"] and named.end() < len(text) - 2:
        return None
    return _kind(named["kind"]), line.text, None


def _kind(word: str) -> str:
    return INCLUSION if word.lower().startswith("inclusion") else EXCLUSION


def _refuse_doubt(sections: list[Section]) -> None:
    kinds = [section.kind for section in sections if section.kind != OTHER]
    if not kinds:
        raise CannotSplit
    before = [line for section in sections if section.kind == OTHER for line in section.lines]
    if any(line.is_item for line in before):
        raise CannotSplit
    if len(set(kinds)) == 1 and any(not line.is_item for section in sections for line in section.lines):
        raise CannotSplit
    _refuse_unnamed_repeats(sections)
    for section in sections:
        for line in section.lines:
            if section.kind != OTHER and _contradicts(line, section.kind):
                raise CannotSplit


def _refuse_unnamed_repeats(sections: list[Section]) -> None:
    """Refuse a second list of a kind after the other kind when nothing says for whom it is."""
    seen: set[tuple[str, str, str | None]] = set()
    previous: Section | None = None
    for section in sections:
        if section.kind == OTHER:
            continue
        key = (section.kind, (section.heading or "").casefold(), section.scope)
        has_turned = previous is not None and previous.kind != section.kind
        if has_turned and (key in seen or (len(seen) > 1 and _ends_like_a_heading(previous))):
            raise CannotSplit
        seen.add(key)
        previous = section


def _ends_like_a_heading(section: Section | None) -> bool:
    """Return whether a list closes with a short line that may be the heading of what follows."""
    if section is None or len(section.lines) < 2 or not section.lines[0].is_item:
        return False
    last = section.lines[-1]
    is_short = len(last.text) <= LONGEST_SCOPE and not last.text.endswith((".", ";", ",", "!", "?", ")"))
    return is_short and not last.is_item and last.indent <= 1 and last.after_blank


def _contradicts(line: Line, kind: str) -> bool:
    """Return whether a line of one list opens, or seems to open, the other list."""
    text = line.text
    if not line.is_item and text.endswith(COLONS):
        excludes = EXCLUDING.search(text)
        if (excludes and kind == INCLUSION) or (
            not excludes and kind == EXCLUSION and INCLUDING.search(text)
        ):
            return True
    if "clusion" not in text.lower() or BOTH.search(text):
        return False
    return any(_is_hidden(match, kind) for match in HIDDEN.finditer(text))


def _is_hidden(match: re.Match[str], kind: str) -> bool:
    """Return whether a mention of the other list is a header that got stuck to a rule.

    Exclusion lists often say "does not meet the inclusion criteria", so there only a capital letter
    or a colon makes a header.
    """
    if _kind(match["kind"]) == kind:
        return False
    if kind == EXCLUSION and match["kind"].islower() and not match[0].rstrip().endswith(COLONS):
        return False
    return BEFORE_A_MENTION.fullmatch((match["before"] or "").strip()) is None


def _nodes(section: Section) -> list[Node]:
    nodes = _tree(section.lines)
    if section.heading is not None:
        nodes = [Node(section.heading, is_heading=True, children=nodes)]
    if section.scope is not None and (nodes or section.lead is not None):
        nodes = [Node(section.scope, is_heading=True, children=nodes)]
    return nodes


def _headings(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node.is_heading and node.children:
            yield node.text
        yield from _headings(node.children)


def _tree(lines: list[Line]) -> list[Node]:
    top: list[Node] = []
    stack: list[Node] = []
    group: Node | None = None
    for position, line in enumerate(lines):
        if line.is_item:
            while stack and (line.indent < stack[-1].indent + 2 or len(stack) >= DEEPEST_LEVEL):
                stack.pop()
            node = Node(line.text, line.indent)
            siblings = stack[-1].children if stack else group.children if group else top
            siblings.append(node)
            stack.append(node)
        elif stack and not line.after_blank:
            stack[-1].text += " " + line.text
        elif stack and line.indent > stack[0].indent + 1:
            _owner(stack, line.indent).children.append(Node(line.text, line.indent))
        elif not stack and not line.after_blank and top and group is None and not top[-1].children:
            top[-1].text += " " + line.text
        else:
            stack.clear()
            node = Node(line.text, line.indent)
            top.append(node)
            node.is_heading = _heads(lines, position)
            group = node if node.is_heading else None
    return top


def _owner(stack: list[Node], indent: int) -> Node:
    """Return the innermost rule under which an indented paragraph stands."""
    for node in reversed(stack):
        if indent > node.indent + 1:
            return node
    return stack[0]


def _heads(lines: list[Line], position: int) -> bool:
    """Return whether a paragraph is the heading of the list items that follow it."""
    text = lines[position].text.rstrip("*_ ")
    if position + 1 >= len(lines) or not lines[position + 1].is_item:
        return False
    return text.endswith(COLONS) or (len(text) <= 100 and not text.endswith((".", ";", ",", "!", "?")))


def _freeze(node: Node) -> Criterion:
    return Criterion(text=node.text, children=tuple(_freeze(child) for child in node.children))
