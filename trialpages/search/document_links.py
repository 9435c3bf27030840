"""Links: pairs of names that one record calls the same thing.

Other names of a treatment count only where both are plain names of one thing: a class ("ACE inhibitor"), a group, a
dose, a part of a combination or another treatment of the same trial is no other name, whatever field it stands in.
Headings are hints; only many trials together make them evidence (`concepts.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialpages.model.names import is_placebo
from trialpages.model.trial import Intervention, MeshTerm, Trial
from trialpages.search.document_names import (
    Name,
    names_in,
    natural,
    one_name,
    treatment_name,
    without_brackets,
)
from trialpages.search.numbered import name_key
from trialpages.search.short_forms import short_forms, stands_for
from trialpages.search.tokens import key

Link = tuple[str, str, str]
"""What kind of evidence, and two keys: a short form before what it stands for, a treatment before its other name."""

SHORT_FORM = "short form"
OTHER_NAME = "other name"
LOOSE_NAME = "loose name"
"""Another name of a medicine in several words, or in brackets: a brand, or a phrase about how it is given."""
HEADING = "heading"

MEDICINES = frozenset({"DRUG", "BIOLOGICAL", "COMBINATION_PRODUCT", "DIETARY_SUPPLEMENT", "GENETIC"})
MOST_TERMS = 4
"""Terms of a medicine's name."""
MOST_WORDS = 2
"""Words, without salts, of a treatment that has another name in one word, as medicines have."""

_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LIST = re.compile(r"\s*[,;]\s+|\s+(?:or|aka|also known as)\s+", re.IGNORECASE)
_COMBINED = re.compile(
    r"[+/&,;]|\b(?:and|plus|with|to|combined|combination|versus|vs|followed by)\b", re.IGNORECASE
)
_MAKER = re.compile(
    r"\b(?:ag|batch|by|co|company|corp|from|gmbh|inc|laborator\w*|llc|ltd|manufactur\w*|number|\w*pharma\w*|provided|"
    r"trade\s?name|university)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d+(?: ?(?:%|[mµun]?g|mcg|m?l|iu))?(?: .*)?")
_CODE = re.compile(r"[a-z]{1,6} ?\d{2,}(?: \d+)*[a-z]{0,2}")
SHORTEST_WORD = 5
"""Letters of a medicine's other name; a shorter one without a digit is a short form, which may mean other things too."""

_NO_NAMES = """
acid active adjuvant agent aggressive agonist allogeneic analgesic analog anesthetic antagonist antibiotic
antibody anticoagulant antidepressant antigen antihypertensive antioxidant antiplatelet app approach arm
assessment assisted autoinjector autologous balloon based bid biw blind blinded block blockade blocker
blocking blood bolus bone brand bronchodilator buffer cap care cartridge catheter cell chemotherapy
clinical cohort combination combined commercial comparator compound concentrate consumption continuous
contraceptive control controlled core corticosteroid cream cross crystalloid current daily day derived
design device dextrose diet dietary diluted disease diuretic donor dose dosing double drink drip drop drug
early emulsion endocrine enriched enzyme evening exercise experimental extended extension extract fat
first fixed fluid food form formulation free full gel gene generic genetical globulin glucose granule
group growth healthy heart herbal high hormone human hydrogel im immediate immunosuppressant
immunosuppression immunotherapy implant implantation infusion inhaled inhaler inhibition inhibitor initial
injection injector insulin intake intensive intervention intramuscular intranasal intravenous
investigational iron iv juice kit lactated late laxative level liposome liquid load long low maintenance
marrow matched matching material medical medication medicine membrane mesenchymal method mg milk mix
mixture moderate modified modulator monoclonal monotherapy morning mouthwash muscle nasal nitrate normal
nsaid nutrition oil ointment omega opioid optimal option oral over oxygen part patch patient pen peptide
period pharmacological phase pill plasma platelet po population powder prebiotic prefilled probiotic
prodrug product progenitor program prophylaxis protein protocol pulse qd rabbit radiation radiotherapy
rate receptor recombinant recombination reference regimen registration regular release restrictive
resuscitation retard ring ringer routine saline salt sample sc second sedative sequence serial serum
session short short-term single slow sodium solution spray standard statin stem steroid stimulator
strategy study subcutaneous sublingual sugar supplement supplementation surgery suspension sustained
syringe syrup system tab tablet target test therapy three tid tissue titration topical transplant
transplantation treated treatment triple tube two unblinded unit usual vaccine vasodilator vasopressor
vehicle vial vitamin volume water week weekly
"""
NO_NAMES = frozenset(key(word) for word in _NO_NAMES.split())
"""Terms that a class, a form or a way of giving has, and a medicine's own name has not."""

_SALTS = """
acetate anhydrous arginine benzoate besilate besylate bisulfate bromide calcium carbonate chloride citrate
dihydrate dihydrochloride dihydrogen dimesylate disodium disoproxil dipropionate ethyl fumarate furoate gluconate
hcl hemihydrate hydrate hydrobromide hydrochloride lactate magnesium malate maleate medoxomil mesilate mesylate
monohydrate monosodium nitrate olamine pamoate phosphate potassium propionate sodium succinate sulfate
tartrate tosylate trihydrate tromethamine valerate
"""
SALTS = frozenset(key(word) for word in _SALTS.split())
"""Terms that a medicine's name may have or lack and be the same medicine."""


def links(trial: Trial) -> tuple[Link, ...]:
    """Return the links of a trial, sorted, each once."""
    found = {*_short_forms(trial), *_other_names(trial), *_headings(trial)}
    return tuple(sorted(link for link in found if link[1] != link[2]))


def _short_forms(trial: Trial) -> Iterator[Link]:
    """Yield the short forms that the texts of a record explain."""
    texts = (
        trial.brief_title,
        trial.official_title,
        trial.brief_summary,
        *trial.conditions,
        *trial.keywords,
        *(text for item in trial.interventions for text in (item.name, *item.other_names)),
    )
    pairs = [pair for text in texts if text for pair in short_forms(text)]
    for item in trial.interventions:
        for other in item.other_names:
            pairs += [(other, item.name)] if stands_for(other, item.name) else []
            pairs += [(item.name, other)] if stands_for(item.name, other) else []
    for short, long in pairs:
        name = one_name(long)
        if name and " " in name[0]:
            yield SHORT_FORM, name_key(short), name[0]


def _other_names(trial: Trial) -> Iterator[Link]:
    """Yield the other names of medicines."""
    own = {name[0] for item in trial.interventions if (name := treatment_name(item.name))}
    own |= {name_key(name) for name in _around(trial)}
    headings = [name_key(mesh.term) for mesh in trial.intervention_meshes]
    for item in trial.interventions:
        base = treatment_name(item.name)
        if item.type not in MEDICINES or base is None or not _is_medicine(base):
            continue
        stated = _stated(item)
        for other in dict.fromkeys((*stated, *_in_brackets(item))):
            if other[0] not in own - {base[0]} and _are_one_medicine(base, other, headings, len(stated) == 1):
                yield _named(base, other, _is_certain(base[0], other[0], headings, other in stated))


def _are_one_medicine(base: Name, other: Name, headings: Sequence[str], is_only: bool) -> bool:
    """Say whether what stands as another name of a medicine can be one."""
    return (
        _is_medicine(other)
        and _differ_rightly(base, other)
        and _are_alike(base, other, is_only)
        and not _are_two_headings(base[0], other[0], headings)
    )


def _is_certain(base: str, other: str, headings: Sequence[str], is_stated: bool) -> bool:
    """Say whether one record is enough: both are plain names, stated as such or known to the registry."""
    is_headed = any(_is_within(other, heading) for heading in headings)
    # A phrase with a known medicine for its other name is more often what it is compared with.
    most = 1 if is_headed else MOST_WORDS
    is_known = is_headed or any(_is_within(base, heading) for heading in headings)
    is_plain = _is_plain(other, headings, 1) and _is_plain(base, headings, most)
    return is_plain and (is_known or is_stated)


def _around(trial: Trial) -> Iterator[str]:
    """Yield names in the record that are no treatment's: the study's own, of towns, countries and organizations."""
    yield trial.acronym or ""
    for place in trial.locations:
        yield from (place.city, place.country, place.state or "")
    yield from (agency.name for agency in (trial.lead_sponsor, *trial.collaborators) if agency)


def _named(base: Name, other: Name, is_plain: bool) -> Link:
    """Return the link of two names of a medicine; one of few letters is a short form of the other."""
    short, long = sorted((base, other), key=lambda name: (len(name[1]), name))
    if len(short[1]) < SHORTEST_WORD and short[0].isalpha():
        return SHORT_FORM, short[0], long[0]
    return OTHER_NAME if is_plain else LOOSE_NAME, base[0], other[0]


def _stated(item: Intervention) -> list[Name]:
    """Return the other names that the record states."""
    texts = (_BRACKETS.sub(" ", text) for text in item.other_names if not _MAKER.search(text))
    parts = (part for text in texts for part in _LIST.split(text))
    return [name for part in parts if (name := treatment_name(part))]


def _in_brackets(item: Intervention) -> list[Name]:
    """Return the names that stand in brackets after the treatment's own."""
    inside = without_brackets(item.name)[1]
    parts = [] if _MAKER.search(inside) else _LIST.split(inside)
    return [name for part in parts if not is_placebo(part) and (name := treatment_name(part))]


def _is_medicine(name: Name) -> bool:
    """Say whether a name may be a medicine's own: few words, none that a class, a dose or a group has."""
    words = name[0].split(" ")
    unnumbered = {word.rstrip("0123456789") for word in words}
    if len(words) > MOST_TERMS or not NO_NAMES.isdisjoint(unnumbered) or len(name[0]) < 3:
        return False
    return not _AMOUNT.fullmatch(name[0])


def _is_plain(name: str, headings: Sequence[str], most: int) -> bool:
    """Say whether a name has few words, is a code, or is known to the registry; others are too often phrases."""
    words = set(name.split(" ")) - SALTS
    return (
        len(words) <= most
        or bool(_CODE.fullmatch(name))
        or any(words <= set(each.split(" ")) for each in headings)
    )


def _are_alike(base: Name, other: Name, is_only: bool) -> bool:
    """Say whether both are combinations or both are not; the one name of a combination may be a word of its own."""
    combined = [bool(_COMBINED.search(name[1])) for name in (base, other)]
    return combined[0] == combined[1] or (is_only and not re.search(r"[,;]| to ", base[1] + other[1]))


def _differ_rightly(first: Name, second: Name) -> bool:
    """Say whether two names share no word, or differ in a salt alone; else one is narrower, or they are two."""
    words, others = set(first[0].split(" ")), set(second[0].split(" "))
    return not words & others or (words ^ others) <= SALTS


def _are_two_headings(first: str, second: str, headings: Sequence[str]) -> bool:
    """Say whether the registry knows the two as two medicines of the trial."""
    of_first = {heading for heading in headings if _is_within(first, heading)}
    of_second = {heading for heading in headings if _is_within(second, heading)}
    return bool(of_first) and bool(of_second) and not of_first & of_second


def _is_within(name: str, heading: str) -> bool:
    return not set(name.split(" ")) - SALTS - set(heading.split(" "))


def _headings(trial: Trial) -> Iterator[Link]:
    """Yield the one condition and the one treatment whose heading can be no other's."""
    conditions = [name for text in trial.conditions for name in names_in(text)[:1]]
    yield from _left_over(conditions, trial.condition_meshes)
    medicines = [
        name for item in trial.interventions if item.type in MEDICINES and (name := treatment_name(item.name))
    ]
    if len(dict.fromkeys(medicines)) == 1 and _is_medicine(medicines[0]):
        yield from _left_over(medicines, trial.intervention_meshes)


def _left_over(names: Sequence[Name], meshes: Sequence[MeshTerm]) -> Iterator[Link]:
    """Yield the pair that is left when names that equal a heading are taken away, if it is one pair."""
    own = {_as_set(name[0]): name[0] for name in names}
    headings = {_as_set(name[0]): name[0] for mesh in meshes for name in names_in(natural(mesh.term))[:1]}
    left = [name for words, name in own.items() if words not in headings]
    left_headings = [heading for words, heading in headings.items() if words not in own]
    if len(left) == len(left_headings) == 1:
        yield (HEADING, *sorted((left[0], left_headings[0])))  # type: ignore[misc]


def _as_set(name: str) -> frozenset[str]:
    return frozenset(name.split(" "))
