"""Each part of a page that a reader sees, with the file and line where its words or facts stand.

What is on the page is read from the page itself; where it comes from, in the site's files as they are now. A part
that has no content of its own stands in a template, at the line of its element. While a file cannot be read, it is
named without a line: a wrong one would be worse. A page shows each part once, in the order of the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.pages.former_pages import KIND as FORMER
from trialpages.preview.panel.block import Block
from trialpages.preview.panel.page_input import PageInput
from trialpages.preview.panel.prose_blocks import prose_blocks
from trialpages.preview.panel.shared_blocks import FOLDERS, glossary_blocks, topic_blocks
from trialpages.preview.panel.site_blocks import around_blocks, former_blocks, home_blocks, other_blocks
from trialpages.preview.panel.trial_blocks import trial_blocks


def blocks(page: PageInput) -> tuple[Block, ...]:
    """Return the blocks of a page: those of its kind, then sections that a template adds, then what is around it."""
    own = list(_own(page))
    known = {block.id for block in own}
    # Sections of the page of a long list show what its title does.
    from_own = own[0].sources if own and page.kind == "trial" and len(own) == 1 else ()
    return (*own, *other_blocks(page, known | {""}, *from_own), *around_blocks(page))


def _own(page: PageInput) -> Iterator[Block]:
    if page.kind == "trial" and page.trial is not None:
        yield from trial_blocks(page, page.trial)
    elif page.kind in FOLDERS:
        yield from topic_blocks(page)
    elif page.kind == "glossary":
        yield from glossary_blocks(page)
    elif page.kind == "prose":
        yield from prose_blocks(page)
    elif page.kind == FORMER:
        yield from former_blocks(page)
    elif page.kind == "home":
        yield from home_blocks(page)
