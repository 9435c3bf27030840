"""The tables and configurations of `docs/hosting.md` are what the code does; `make docs` writes them again."""

from __future__ import annotations

import pytest
from conftest import ROOT, Expect

from trialpages.arguments import TARGETS
from trialpages.documents import HOSTING
from trialpages.pages.hosting_document import PART, PARTS, hosting_document


def test_the_made_parts_are_what_the_code_says(expect: Expect) -> None:
    text = (ROOT / HOSTING).read_text("utf-8")
    assert sorted(name for _begin, name, _end in PART.findall(text)) == sorted(PARTS)
    assert all(f"`{target}`" in text for target in TARGETS)
    expect(ROOT / HOSTING, hosting_document(text))


def test_what_people_wrote_stays_and_a_part_that_nobody_makes_is_a_fault() -> None:
    made = hosting_document("One\n<!-- made: limits -->\nold\n<!-- end -->\nTwo\n")
    assert made.startswith("One\n<!-- made: limits -->\n\n| target | host | what it takes |\n")
    assert made.endswith("\n\n<!-- end -->\nTwo\n")
    assert hosting_document(made) == made
    with pytest.raises(KeyError, match="nothing"):
        hosting_document("<!-- made: nothing -->\n<!-- end -->\n")
