"""`python -m trialpages.documents` writes the schemas, forms and references that are generated from the model."""

from __future__ import annotations

import sys
from pathlib import Path

from trialpages.model.forms_pages import pages_config
from trialpages.model.forms_sveltia import sveltia_config
from trialpages.model.reference import documents
from trialpages.model.schema import schemas
from trialpages.pages.hosting_document import hosting_document

ROOT = Path(__file__).resolve().parent.parent
HOSTING = "docs/hosting.md"
"""Written by people but for the parts that are made."""


def generated() -> dict[str, str]:
    """Return the text of every generated file by its path."""
    made = {f"schema/{name}": text for name, text in schemas().items()}
    made |= {"forms/sveltia/config.yml": sveltia_config(), "forms/pages-cms/.pages.yml": pages_config()}
    hosting = (ROOT / HOSTING).read_text("utf-8")
    return made | documents() | {HOSTING: hosting_document(hosting)}


def main() -> int:
    """Write every generated file whose text has changed, and name it."""
    for name, text in sorted(generated().items()):
        path = ROOT / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
