"""Wider MeSH headings: which of those above a trial's own ones are worth a search.

Above "Heart Failure, Diastolic" stand "Heart Failure" and "Heart Diseases", which people search for, and
"Pathological Conditions, Signs and Symptoms", which tells nothing. Above a medicine stand classes by what it does,
which people search for, and classes of its chemistry, which they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialpages.model.trial import MeshTerm

_TOO_WIDE = re.compile(
    r"\bby Site\b|\bby Histologic\b|\bUrogenital\b|\bAttributes\b|^Patholog|^Signs and Symptoms|Hemic and|"
    r"Nutritional and Metabolic|Congenital, Hereditary|Skin and Connective|Bacterial Infections and|^Stomatognathic|"
    r"Embolism and|\bNeoplastic Processes|Chemically-Induced|Drug-Related|^Proteostasis|Physiological\b|Psychological\b|"
    r"Manifestations|Vector Borne|Blood-Borne|Nidovirales|Coronaviridae|Lentivirus|Retroviridae|Flaviviridae|"
    r"Euglenozoa|Hepadnaviridae|Mononegavirales|Slow Virus|DNA Virus|RNA Virus|\bInborn\b|Hereditary"
)
_NOTHING_SAID = frozenset(
    {
        "Atrophy",
        "Behavior",
        "Body Weight",
        "Body Weight Changes",
        "Chronic Disease",
        "Death",
        "Disease",
        "Disease Susceptibility",
        "Genital Diseases",
        "Health Behavior",
        "Hyperplasia",
        "Hypertrophy",
        "Infarction",
        "Inflammation",
        "Ischemia",
        "Laminopathies",
        "Necrosis",
        "Neoplasms, Glandular and Epithelial",
        "Patient Acceptance of Health Care",
        "Radiation Injuries",
        "Social Behavior",
        "Treatment Adherence and Compliance",
        "Wounds and Injuries",
    }
)
_CAUSED_OTHERWISE = {"Mental Disorders": "Sexual Dysfunction, Physiological"}
"""A heading that MeSH sets above another without its being meant: erectile dysfunction is no mental disorder."""
_BY_ACTION = re.compile(
    r"(?:Agents|Inhibitors|Antagonists|Agonists|Blockers|Diuretics|Vaccines|Analgesics|Anticoagulants|Anesthetics|"
    r"Glucocorticoids|Steroids|Insulins|Vitamins|Androgens|Estrogens|Contraceptives|Antioxidants|Probiotics|"
    r"Radiopharmaceuticals|Anticonvulsants|Thiazides|Immunoconjugates|Antiemetics|Therapy|Psychotherapy|Exercise|"
    r"Ablation|Antibodies, Monoclonal)$"
)
_NO_ACTION = frozenset(
    {
        "Autonomic Agents",
        "Biological Therapy",
        "Cholinergic Agents",
        "Drug Therapy",
        "Enzyme Inhibitors",
        "Membrane Transport Modulators",
        "Nerve Agents",
        "Peripheral Nervous System Agents",
        "Protective Agents",
        "Radiofrequency Therapy",
        "Sensory System Agents",
    }
)


def disease_groups(ancestors: Sequence[MeshTerm]) -> Iterator[str]:
    """Yield the wider headings of conditions that someone would search for."""
    terms = {mesh.term for mesh in ancestors}
    for mesh in ancestors:
        if mesh.term in _NOTHING_SAID or _TOO_WIDE.search(mesh.term):
            continue
        if _CAUSED_OTHERWISE.get(mesh.term) not in terms:
            yield mesh.term


def treatment_groups(ancestors: Sequence[MeshTerm]) -> Iterator[str]:
    """Yield the wider headings of treatments that say what they do."""
    for mesh in ancestors:
        if _BY_ACTION.search(mesh.term) and mesh.term not in _NO_ACTION:
            yield mesh.term
