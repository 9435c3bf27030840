"""Markup becomes safe HTML: nothing dangerous gets out, and no sign that carries meaning gets lost."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from trialpages.pages.markup import TAGS, plain_text, prose_html, prose_text, registry_html, registry_inline


@pytest.mark.parametrize(
    ("text", "block", "inline", "plain"),
    [
        (r"\</= 65", "<p>&lt;/= 65</p>", "&lt;/= 65", "</= 65"),
        ("<5 mg or <60 kg", "<p>&lt;5 mg or &lt;60 kg</p>", "&lt;5 mg or &lt;60 kg", "<5 mg or <60 kg"),
        ("> 18 years", "<p>&gt; 18 years</p>", "&gt; 18 years", "> 18 years"),
        ("# of days", "<p># of days</p>", "# of days", "# of days"),
        (r"\&#8805; 5, &#8804; 6", "<p>≥ 5, ≤ 6</p>", "≥ 5, ≤ 6", "≥ 5, ≤ 6"),
        (r"heart\&amp;#39;s &amp;#39;", "<p>heart's '</p>", "heart's '", "heart's '"),
        (r"A \& B \&amp; C", "<p>A &amp; B &amp; C</p>", "A &amp; B &amp; C", "A & B & C"),
        (r"x \* 10\^9 \[a\] \~b\_c", "<p>x * 10^9 [a] ~b_c</p>", "x * 10^9 [a] ~b_c", "x * 10^9 [a] ~b_c"),
        ("a <b>b</b> <!-- c -->", "<p>a &lt;b&gt;b&lt;/b&gt; &lt;!-- c --&gt;</p>", "a &lt;b&gt;b&lt;/b&gt; &lt;!-- c --&gt;", "a <b>b</b> <!-- c -->"),
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>", "<strong>a</strong> <em>b</em>", "a b"),
        ("`a < b`", "<p><code>a &lt; b</code></p>", "<code>a &lt; b</code>", "a < b"),
        ("![a sign](https://example.org/x.png)", "<p>a sign</p>", "a sign", "a sign"),
        ("1. Adults", "<ol>\n<li>Adults</li>\n</ol>", "1. Adults", "1. Adults"),
        ("a\x00b", "<p>ab</p>", "ab", "ab"),
        ("≥ 65 µg ®", "<p>≥ 65 µg ®</p>", "≥ 65 µg ®", "≥ 65 µg ®"),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_the_registry_s_text_means_what_its_author_typed(
    text: str, block: str, inline: str, plain: str
) -> None:
    assert (str(registry_html(text)), str(registry_inline(text)), plain_text(text)) == (block, inline, plain)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* a\n  * b\n    * c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("1. a\n   1. b\n2. c", "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"),
        ("3. c", '<ol start="3"><li>c</li></ol>'),
        ("Title\n=====\n\nText", "<p><strong>Title</strong></p><p>Text</p>"),
        ("Text:\n\n    far in \\< 5\n\n    again", "<p>Text:</p><p>far in &lt; 5</p><p>again</p>"),
        ("<https://example.org/a>", '<p><a href="https://example.org/a" rel="noopener noreferrer">https://example.org/a</a></p>'),
        ("[a](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">a</a></p>'),
    ],
)  # fmt: skip
def test_the_registry_s_blocks(text: str, expected: str) -> None:
    assert re.sub(r"(?<=>)\n|\n(?=<)", "", registry_html(text)) == expected


def test_plain_text_of_several_paragraphs_is_one_line() -> None:
    assert plain_text("A\n\n* b \\< 5\n* c\n\nd") == "A b < 5 c d"
    assert plain_text(None) == prose_text(None) == ""


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>a</a>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#x0a;script:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:x)",
    "![a](x\" onerror=\"alert(1))",
    '[a](https://example.org "x" onmouseover="alert(1)")',
    "<https://example.org/\" onclick=\"alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed' onclick=alert(1) class=x id=y>a</p>",
    "`</code><script>alert(1)</script>`",
    "    </code></pre><script>alert(1)</script>",
    "\\<script>alert(1)\\</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<<script>script>alert(1)<</script>/script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=//e><input autofocus onfocus=alert(1)>",
    "# a <script>alert(1)</script>",
    "\x00<scr\x00ipt>alert(1)</script>",
]  # fmt: skip


def assert_safe(rendered: Markup) -> None:
    """Fail when anything but allowed elements with allowed attributes came out."""
    assert isinstance(rendered, Markup)
    for name, attributes in re.findall(r"<([a-zA-Z!/?][^\s>/]*)((?:[^>\"]|\"[^\"]*\")*)>", rendered):
        assert name.removeprefix("/") in TAGS
        for attribute, value in re.findall(r"([a-z-]+)=\"([^\"]*)\"", attributes):
            assert attribute in {"href", "title", "rel", "start", "scope"}
            if attribute == "href":
                assert not re.match(r"\s*(?:javascript|data|vbscript)", value, re.IGNORECASE)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_dangerous_comes_out(attack: str) -> None:
    for text in (attack, f"* {attack}", f"a {attack} b", f"|a|\n|-|\n|{attack}|"):
        assert_safe(registry_html(text))
        assert_safe(registry_inline(text))
        assert_safe(prose_html(text))


@given(st.text(alphabet="<>&\"'/\\`*_[]()!#-+=. \n\tab1:;|~x\u2265", max_size=60))
@settings(max_examples=300)
def test_no_text_is_dangerous_or_raises(text: str) -> None:
    for rendered in (registry_html(text), registry_inline(text), prose_html(text)):
        assert_safe(rendered)
    assert "\n" not in plain_text(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A **b** *c*", "<p>A <strong>b</strong> <em>c</em></p>"),
        ("Take <5 mg & rest", "<p>Take &lt;5 mg &amp; rest</p>"),
        ("- a\n- b\n\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"),
        ("|a|b|\n|--|--|\n|1|2|", "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
        ("H<sub>2</sub>O <b>x</b>", "<p>H<sub>2</sub>O x</p>"),
        ("[a](../b/)", '<p><a href="../b/" rel="noopener noreferrer">a</a></p>'),
        ("[a](mailto:a@example.org)", '<p><a href="mailto:a@example.org" rel="noopener noreferrer">a</a></p>'),
    ],
)  # fmt: skip
def test_the_editors_markdown(text: str, expected: str) -> None:
    assert re.sub(r"(?<=>)\n|\n(?=<)", "", prose_html(text)) == expected


def test_headings_fit_below_the_page_s_own_without_gaps() -> None:
    text = "# A\n\n### B\n\n# C\n\n###### D"
    assert re.findall(r"<h\d>", prose_html(text, base_level=2)) == ["<h2>", "<h3>", "<h2>", "<h4>"]
    assert re.findall(r"<h\d>", prose_html(text, base_level=5)) == ["<h5>", "<h6>", "<h5>", "<h6>"]
    assert prose_html("#### Only", base_level=3) == "<h3>Only</h3>"
    assert "<h1" not in prose_html("<h1 class='x'>A</h1>")


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    prose_html("[a]: https://example.org\n\n[a]")
    assert prose_html("[a]") == "<p>[a]</p>"


@pytest.mark.parametrize(
    "text", [">" * 10_000, "* " * 10_000 + "a", "[" * 20_000, "`" * 20_000, "<" * 20_000, "*a **b " * 2000]
)
def test_hostile_nesting_ends_soon(text: str) -> None:
    start = perf_counter()
    for render in (registry_html, registry_inline, prose_html):
        assert_safe(render(text))
    assert perf_counter() - start < 20
