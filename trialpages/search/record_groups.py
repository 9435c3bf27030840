"""Names that the records call the same thing, in groups.

One step and no chains: a group is one name with the names that are linked to it directly, so that one careless
record cannot join two medicines by way of a third. A link is dropped where most trials that list both names do not
give it, and a name that leads to several unlike things leads to none. Nothing is compared with everything: the work
grows with the number of links.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from trialpages.search.document_links import HEADING, LOOSE_NAME, OTHER_NAME, SALTS, SHORT_FORM
from trialpages.search.names import Names, identity
from trialpages.search.tokens import STOP_WORDS, terms
from trialpages.words.fields import record

LEAST_LISTED = 2
"""Trials that list a name before it is one without links."""
LEAST_SHARE = 0.25
"""Of the trials of the rarer name, how many must call it the other one."""
SURE_MEANING = 0.6
"""Of the trials that give a name another one, how many must agree on which."""
SURE_SHORT_FORM = 0.8
"""The same for a short form."""
LEAST_HINTS = 2
"""Trials that must give a hint before it is evidence: a loose name, or a heading, which a machine made from words."""
WEAK_WORDS = frozenset({"condition", "diseas", "disorder", "mellitu", "syndrom"})
"""Words by which a name of a condition may differ and be the same condition."""
_NARROWING = (
    "acute advanced chronic congenital early end familial idiopathic late mild metastatic moderate persistent primary "
    "recurrent refractory relapsed secondary severe stable stage unstable"
)
NARROWING = frozenset(terms(_NARROWING))
"""Words that make a name of a condition a narrower one."""
NO_SHORT_FORMS = STOP_WORDS | {"us", "uk", "eu"}


@record
class Group:
    """Identities of names that are one thing: the head, then the others, sorted; and its short forms."""

    names: tuple[str, ...]
    short: tuple[str, ...] = ()


class Evidence:
    """The counts of `Names`, with the orders of words and the salts of a medicine taken as one name.

    A name that one trial alone lists, and that nothing is linked to, is left out: there are more of these than of all
    others, and its words find the trial.
    """

    def __init__(self, names: Names) -> None:
        self._bare = _without_salts(names)
        self.keys: dict[str, list[str]] = {}
        """The keys of a name, sorted."""
        self.trials: dict[str, int] = {}
        """Trials that list a name, roughly: one that lists it under two keys counts twice."""
        linked = {key for _kind, *pair in names.links for key in pair}
        listed = {key for key, count in names.listed.counts() if count >= LEAST_LISTED}
        for key in sorted(listed | linked | set(self._bare.values())):
            own = self.identity(key)
            self.keys.setdefault(own, []).append(key)
            if key in names.listed:
                self.trials[own] = self.trials.get(own, 0) + names.listed.count(key)
        kinds = (SHORT_FORM, OTHER_NAME, LOOSE_NAME, HEADING)
        self.links: dict[str, dict[tuple[str, str], int]] = {kind: {} for kind in kinds}
        """Trials by kind of evidence and pair of names."""
        self.bases: set[str] = set()
        """Names to which records give other names."""
        for (kind, first, second), count in sorted(names.links.items()):
            pair = (self.identity(first), self.identity(second))
            if pair[0] != pair[1]:
                ordered = pair if kind == SHORT_FORM else (min(pair), max(pair))
                if kind in (OTHER_NAME, LOOSE_NAME):
                    self.bases.add(pair[0])
                self.links[kind][ordered] = self.links[kind].get(ordered, 0) + count

    def identity(self, key: str) -> str:
        """Return what the key has in common with those of the same name."""
        own = identity(key)
        return self._bare.get(own, own)


def _without_salts(names: Names) -> dict[str, str]:
    """Return the names of medicines with a salt by which the records know them, each with the bare medicine's."""
    linked = {
        identity(key) for kind, *pair in names.links if kind in (OTHER_NAME, LOOSE_NAME) for key in pair
    }
    found = {}
    for own in linked:
        salts = [word for word in own.split(" ") if word in SALTS]
        bare = " ".join(word for word in own.split(" ") if word not in SALTS)
        is_combined = len(salts) > 1 and any(
            " ".join(pair) in names.listed for pair in permutations(salts, 2)
        )
        if salts and bare in names.listed and not is_combined:
            found[own] = bare
    return found


def record_groups(evidence: Evidence) -> tuple[Group, ...]:
    """Return the groups, sorted by their heads."""
    partners = _partners({**_other_names(evidence), **_headings(evidence)})
    head_of: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for head in sorted(partners, key=lambda name: (-evidence.trials.get(name, 0), name)):
        if head in head_of:
            continue
        own = sorted(
            name for name in partners[head] if name not in head_of and _best(name, partners, evidence) == head
        )
        if len(own) > 1 and head not in evidence.bases:
            # Several things have this other name, and it is never the thing itself: only a clear case is kept.
            own = [name for name in own if name == _best(head, partners, evidence)]
        if own:
            members[head] = own
            head_of.update(dict.fromkeys((head, *own), head))
    short = _short_forms(evidence, head_of)
    heads = sorted({*members, *short})
    return tuple(
        Group(names=(head, *members.get(head, ())), short=tuple(short.get(head, ()))) for head in heads
    )


Partners = Mapping[str, Mapping[str, int]]


def _partners(links: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (first, second), count in links.items():
        found.setdefault(first, {})[second] = count
        found.setdefault(second, {})[first] = count
    return found


def _best(name: str, partners: Partners, evidence: Evidence) -> str | None:
    """Return the name that most trials call this one; nothing where they do not agree."""
    counts = partners[name]
    best = min(counts, key=lambda other: (-counts[other], -evidence.trials.get(other, 0), other))
    return best if counts[best] >= SURE_MEANING * sum(counts.values()) else None


def _other_names(evidence: Evidence) -> dict[tuple[str, str], int]:
    trials = evidence.trials
    stated, loose = evidence.links[OTHER_NAME], evidence.links[LOOSE_NAME]
    counts = {pair: stated.get(pair, 0) + loose.get(pair, 0) for pair in {**stated, **loose}}
    return {
        pair: count
        for pair, count in counts.items()
        if (pair in stated or count >= LEAST_HINTS)
        and count >= LEAST_SHARE * min(trials.get(name, 0) for name in pair)
    }


def _headings(evidence: Evidence) -> dict[tuple[str, str], int]:
    """Return the pairs in which each side is the other's most frequent partner, and neither is the narrower one."""
    links = evidence.links[HEADING]
    partners = _partners(links)
    return {
        (first, second): count
        for (first, second), count in links.items()
        if count >= LEAST_HINTS
        and _best(first, partners, evidence) == second
        and _best(second, partners, evidence) == first
        and not _is_narrower(first, second)
    }


def _is_narrower(first: str, second: str) -> bool:
    """Say whether one name has all words of the other and one more that counts."""
    words, others = set(first.split(" ")), set(second.split(" "))
    differing = words ^ others
    return not differing.isdisjoint(NARROWING) or (
        (words <= others or others <= words) and not differing <= WEAK_WORDS
    )


def _short_forms(evidence: Evidence, head_of: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the short forms that have one meaning, by the head of the group of their long form."""
    meanings: dict[str, dict[str, int]] = {}
    for (short, long), count in evidence.links[SHORT_FORM].items():
        if short not in NO_SHORT_FORMS and short not in head_of and " " not in short:
            counts = meanings.setdefault(short, {})
            head = head_of.get(long, long)
            counts[head] = counts.get(head, 0) + count
    found: dict[str, list[str]] = {}
    for short, counts in sorted(meanings.items()):
        best = min(counts, key=lambda head: (-counts[head], head))
        if best in evidence.trials and counts[best] >= SURE_SHORT_FORM * sum(counts.values()):
            found.setdefault(best, []).append(short)
    return found
