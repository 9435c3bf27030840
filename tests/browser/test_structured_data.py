"""The pages' JSON-LD uses only types and properties of the schema.org vocabulary."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from lxml import html

from browser.tools import npm_file, program

OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--moduleResolution", "node10"]


def blocks(site: Path) -> dict[str, list[object]]:
    """Return the JSON-LD of every page that has some."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        tree = html.parse(str(path), html.HTMLParser(encoding="utf-8"))
        texts = tree.xpath("//script[@type='application/ld+json']/text()")
        if texts:
            found[path.relative_to(site).as_posix()] = [json.loads(str(text)) for text in texts]
    return found


def shape(value: object) -> object:
    """Return JSON-LD with its words left out, so that what is alike is checked once: the compiler is slow."""
    if isinstance(value, dict):
        return {
            key: inner if key.startswith("@") and key != "@id" else shape(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return list({json.dumps(shape(inner)): shape(inner) for inner in value}.values())
    return "" if isinstance(value, str) and "schema.org/" not in value else value


def complaints(folder: Path, data: list[object]) -> str:
    """Return what the type checker says of JSON-LD, each block on a line of its own; empty when it is right."""
    npm_file("schema-dts/package.json")
    # Each block is held against its own type: against all of `Thing` the compiler takes many seconds.
    kinds = [str(block.get("@type")) if isinstance(block, dict) else "Thing" for block in data]
    lines = [f"import type {{ WithContext, {', '.join(sorted(set(kinds)))} }} from 'schema-dts';"]
    for number, (kind, block) in enumerate(zip(kinds, data, strict=True)):
        text = json.dumps(block, ensure_ascii=False)
        lines.append(f"export const block{number}: WithContext<{kind}> = {text};")
    source = folder / "blocks.ts"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "node_modules").symlink_to(npm_file("."), target_is_directory=True)
    compiler = npm_file("typescript/bin/tsc")
    command = [program("node"), str(compiler), *OPTIONS, str(source)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_structured_data_is_schema_org(site: Path, tmp_path: Path) -> None:
    found = blocks(site)
    trials = [page for page in found if page.startswith("trials/") and page.count("/") == 2]
    assert len(trials) == len(list(site.glob("trials/*/index.html")))
    shapes = {json.dumps(shape(block)): shape(block) for of_page in found.values() for block in of_page}
    assert complaints(tmp_path, list(shapes.values())) == ""


def test_check_complains_of_an_invented_property(tmp_path: Path) -> None:
    block = {"@context": "https://schema.org", "@type": "MedicalTrial", "phase": "Phase 3"}
    assert "phase" in complaints(tmp_path, [block])
