"""The drawings of a trial's page as a browser shows them: legible, inside their frame, and twice the same."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

TRIAL = "trials/NCT02458014/"
SMALLEST_PX = 12

SIZES = """() => [...document.querySelectorAll("figure.drawing > svg text")].map((text) => {
  const svg = text.ownerSVGElement;
  const frame = svg.getBoundingClientRect();
  const box = text.getBoundingClientRect();
  const scale = frame.width / svg.viewBox.baseVal.width;
  return {
    words: text.textContent,
    size: parseFloat(getComputedStyle(text).fontSize) * scale,
    inside: box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.bottom <= frame.bottom + 1,
  };
})"""


def test_every_word_of_a_drawing_is_legible_and_inside_on_the_narrowest_phone(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{TRIAL}")
    shown = page.evaluate(SIZES)
    assert len(shown) > 15
    assert [each["words"] for each in shown if each["size"] < SMALLEST_PX] == []
    assert [each["words"] for each in shown if not each["inside"]] == []
    context.close()


def test_the_timeline_looks_the_same_in_both_places(browser: Browser, address: str) -> None:
    for scheme, forced in (("light", "none"), ("dark", "active")):
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            forced_colors=forced,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(f"{address}{TRIAL}")
        figures = ("#timeline-figure > svg", "#timeline-picture > svg")
        # What `<use>` shows has no elements of its own to ask, so the two are compared as they are painted.
        page.evaluate(
            """(figures) => figures.forEach((name) => {
                 const svg = document.querySelector(name);
                 Object.assign(svg.style, {position: "fixed", inset: "0 auto auto 0", width: "320px", zIndex: 9});
               })""",
            figures,
        )
        clip = {"x": 0, "y": 0, "width": 320, "height": 190}
        painted = []
        for shown, hidden in (figures, figures[::-1]):
            page.evaluate(
                """([shown, hidden]) => {
                     document.querySelector(shown).style.opacity = 1;
                     document.querySelector(hidden).style.opacity = 0;
                     document.querySelector(".site-header").style.visibility = "hidden";
                   }""",
                [shown, hidden],
            )
            painted.append(page.screenshot(clip=clip))  # type: ignore[arg-type]
        assert painted[0] == painted[1]
        context.close()


def test_the_picture_for_sharing_is_shown_and_named_with_its_full_address(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 900, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{TRIAL}")
    image = page.locator("#social-image img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("naturalWidth", 1200)
    full = page.locator('meta[property="og:image"]').get_attribute("content") or ""
    assert full.startswith("https://") and full.endswith(f"/{TRIAL}{image.get_attribute('src')}")
    alternative = image.get_attribute("alt") or ""
    assert "NCT02458014" in alternative
    assert alternative == page.locator('meta[property="og:image:alt"]').get_attribute("content")
    context.close()
