"""The picture for sharing: its words, its name, its bytes, and that it is drawn once. All trials are made up."""

from __future__ import annotations

import dataclasses
import io
import shutil
import struct
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFont
from sites import published, run, write

from trialpages.model.trial import Agency, Intervention, Trial
from trialpages.pages import social_drawing
from trialpages.pages.social_image import (
    COLORS,
    FONTS,
    HEIGHT,
    LETTERS,
    WIDTH,
    ImageStyle,
    ImageWords,
    Palette,
    SocialImage,
    alternative,
    colors_of,
    drawable,
    image_words,
    social_image,
)
from trialpages.read.config import Config
from trialpages.stages.inputs import built_in

CONFIG = Config(name="A made-up site", base_url="https://trials.example/some/path/")
STYLE = ImageStyle(colors=dict(COLORS), drawing="one")
TRIAL = Trial(
    trial_id="NCT00000001",
    nct_id="NCT00000001",
    title="Madeupimab for β-thalassemia",
    conditions=("Beta-thalassemia", "Anemia", "Fatigue"),
    phases=("PHASE2",),
    lead_sponsor=Agency(name="A Made-up Hospital"),
    interventions=(Intervention(name="Madeupimab", type="DRUG"),),
)
WORDS = image_words(TRIAL, CONFIG)


def made(trial: Trial = TRIAL, style: ImageStyle = STYLE, config: Config = CONFIG) -> SocialImage:
    image = social_image(trial, config, style)
    assert image is not None
    return image


def changed(**facts: Any) -> Trial:
    return dataclasses.replace(TRIAL, **facts)


def chunks(png: bytes) -> list[bytes]:
    """Return the kinds of a PNG's chunks."""
    kinds, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kinds.append(png[at + 4 : at + 8])
        at += 12 + length
    return kinds


def test_it_says_facts_that_do_not_age() -> None:
    assert (
        ImageWords(
            site="A made-up site",
            number="NCT00000001",
            title="Madeupimab for β-thalassemia",
            facts=(
                ("Condition", "Beta-thalassemia and Anemia"),
                ("Phase", "Phase 2"),
                ("Sponsor", "A Made-up Hospital"),
            ),
        )
        == WORDS
    )
    assert alternative(WORDS) == (
        "Madeupimab for β-thalassemia. Condition: Beta-thalassemia and Anemia. Phase: Phase 2. "
        "Sponsor: A Made-up Hospital. NCT00000001. A made-up site."
    )


def test_its_name_follows_what_is_drawn_and_nothing_else() -> None:
    name = made().name
    assert made(changed(overall_status="COMPLETED", brief_summary="Another text.")).name == name
    other_style = ImageStyle(colors={**COLORS, "ink": "#000000"}, drawing="one")
    others = [
        made(changed(title="Another title")),
        made(changed(lead_sponsor=Agency(name="Another hospital"))),
        made(style=other_style),
        made(style=ImageStyle(colors=dict(COLORS), drawing="two")),
    ]
    assert len({name, *(image.name for image in others)}) == 5


def test_there_is_none_without_a_full_address_or_when_switched_off() -> None:
    for config in (
        Config(name="A"),
        Config(name="A", base_url="/trials/"),
        Config(name="A", base_url="https://trials.example", social_images=False),
    ):
        assert social_image(TRIAL, config, STYLE) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Niñas con leucemia: ¿quién?", "Niñas con leucemia: ¿quién?"),
        ("IL-2Rα, γδ T cells, μ-opioid", "IL-2Rα, γδ T cells, μ-opioid"),
        ("cafe\u0301", "café"),
        ("age ≥ 12", "age >= 12"),
        ("Aspirin 阿", "Aspirin"),
        ("白血病の新しい治療", ""),
        ("", ""),
    ],
)
def test_letters_that_the_fonts_lack_are_left_away(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_both_fonts_have_every_letter_that_we_promise() -> None:
    for name in (social_drawing.SANS, social_drawing.SERIF):
        font = ImageFont.truetype(FONTS / name, 20, layout_engine=ImageFont.Layout.BASIC)
        missing = bytes(font.getmask("\uffff"))
        wanted = [chr(code) for first, last in LETTERS for code in range(first, last + 1)]
        lacking = [
            character
            for character in wanted
            if character.isalpha() and bytes(font.getmask(character)) == missing
        ]
        assert not lacking, name


def test_it_is_a_small_png_of_1200_by_630_without_a_date() -> None:
    png = social_drawing.draw(WORDS, COLORS)
    assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT) == (1200, 630)
    assert set(chunks(png)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    assert len(png) < 40_000
    assert png == social_drawing.draw(WORDS, COLORS)


@cache
def drawn_once(words: ImageWords) -> bytes:
    return social_drawing.draw(words, COLORS)


def is_empty(words: ImageWords, left: int, top: int, right: int, bottom: int) -> bool:
    """Say whether a part of a picture is paper only."""
    image = Image.open(io.BytesIO(drawn_once(words)))
    return not any(image.crop((left, top, right, bottom)).tobytes())


@pytest.mark.parametrize(
    "text", ["A", "Word " * 200, "Antidisestablishmentarianism" * 12, "x" * 3000, "∀ " * 9]
)
def test_no_text_leaves_its_place(text: str) -> None:
    words = ImageWords(
        site=text,
        number="NCT00000001",
        title=text,
        facts=(("Condition", text), ("Phase", text), ("Sponsor", text)),
    )
    margin = social_drawing.MARGIN - 6
    for part in (
        (0, 16, margin, HEIGHT),
        (WIDTH - margin, 16, WIDTH, HEIGHT),
        (0, 16, WIDTH, 60),
        (0, 110, WIDTH, 146),
        (0, 424, WIDTH, 438),
        (0, 610, WIDTH, HEIGHT),
    ):
        assert is_empty(words, *part), part


def test_without_a_title_the_number_is_the_title() -> None:
    bare = ImageWords(site="", number="NCT00000001", title="", facts=())
    assert not is_empty(bare, 0, 150, WIDTH, 240)


def test_colors_come_from_the_tokens() -> None:
    tokens = b":root { --paper: #FFE; --ink: oklch(20% 0 0); --accent: #0A5463; }\n@media { --paper: #000; }"
    assert colors_of(tokens) == {**COLORS, "paper": "#ffffee"}
    assert colors_of(b"") == COLORS
    assert colors_of((built_in("assets") / "css" / "00-tokens.css").read_bytes()) == COLORS


SITE = {
    "content/site.yaml": "name: A made-up site\nbase_url: https://trials.example/\n",
    "content/trials/NCT00000001/trial.yaml": "title: A made-up study\noverall_status: RECRUITING\n",
    "content/trials/NCT00000002/trial.yaml": "title: Another made-up study\noverall_status: COMPLETED\n",
}


def pictures(site: Path) -> dict[str, bytes]:
    files = published(site / "output")
    return {path: content for path, content in files.items() if path.endswith(".png")}


def test_a_picture_is_drawn_once_and_goes_with_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = social_drawing.draw

    def counting(words: ImageWords, colors: Palette) -> bytes:
        drawn.append(words.number)
        return draw(words, colors)

    monkeypatch.setattr(social_drawing, "draw", counting)
    write(tmp_path, SITE)
    run(tmp_path)
    assert drawn == ["NCT00000001", "NCT00000002"]
    first = pictures(tmp_path)
    assert len(first) == 2

    unrelated = "title: A made-up study\noverall_status: COMPLETED\nbrief_summary: A dose.\n"
    write(tmp_path, {"content/trials/NCT00000001/trial.yaml": unrelated}, tick=1)
    write(tmp_path, {"templates/trial/words.html": "<!-- another template -->\n"}, tick=1)
    report = run(tmp_path)
    assert {"trials/NCT00000001/", "trials/NCT00000002/"} <= set(report.rendered)
    assert len(drawn) == 2, "an unrelated edit drew a picture"
    assert pictures(tmp_path) == first

    renamed = unrelated.replace("A made-up study", "A renamed study")
    write(tmp_path, {"content/trials/NCT00000001/trial.yaml": renamed}, tick=2)
    run(tmp_path)
    assert drawn[2:] == ["NCT00000001"]
    second = pictures(tmp_path)
    assert len(second) == 2
    assert len(first.keys() & second.keys()) == 1, "the old picture of a renamed trial stays"

    (kept,) = first.keys() & second.keys()
    (tmp_path / "output" / kept).write_bytes(b"not a picture")
    run(tmp_path)
    assert pictures(tmp_path) == second, "a damaged picture stays"

    shutil.rmtree(tmp_path / "content/trials/NCT00000002")
    run(tmp_path)
    assert len(pictures(tmp_path)) == 1, "the picture of a removed trial stays"


def test_two_jobs_draw_the_same_as_one_and_pages_name_the_picture(tmp_path: Path) -> None:
    write(tmp_path / "one", SITE)
    write(tmp_path / "two", SITE)
    run(tmp_path / "one", jobs=1)
    run(tmp_path / "two", jobs=2)
    found = pictures(tmp_path / "one")
    assert found == pictures(tmp_path / "two")
    (path,) = (path for path in found if "NCT00000001" in path)
    html = (tmp_path / "one/output/trials/NCT00000001/index.html").read_text("utf-8")
    assert f'<meta property="og:image" content="https://trials.example/{path}">' in html
    assert '<meta property="og:image:alt" content="A made-up study. NCT00000001. A made-up site.">' in html
    assert f'<img src="{path.rpartition("/")[2]}" width="1200" height="630" loading="lazy"' in html


def test_switched_off_nothing_is_drawn_and_old_pictures_go(tmp_path: Path) -> None:
    write(tmp_path, SITE)
    run(tmp_path)
    assert pictures(tmp_path)
    off = SITE["content/site.yaml"] + "social_images: no\n"
    write(tmp_path, {"content/site.yaml": off}, tick=1)
    run(tmp_path)
    assert not pictures(tmp_path)
    assert "og:image" not in (tmp_path / "output/trials/NCT00000001/index.html").read_text("utf-8")
