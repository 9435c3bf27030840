from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from made_up_cards import agency, drugs, made_up_card, made_up_site

from trialpages.model.editorial import (
    Approval,
    ConditionFile,
    Figure,
    GlossaryEntry,
    SponsorFile,
    TreatmentFile,
)
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Enrollment
from trialpages.pages import topic_indexes
from trialpages.pages.page import output_path
from trialpages.pages.prose_pages import ProsePage, read_prose
from trialpages.pages.site_pages import raw_files, site_pages
from trialpages.pages.site_words import site_words
from trialpages.pages.templates import environment
from trialpages.pages.topic_indexes import by_letter, letter_of
from trialpages.read.config import Config
from trialpages.site.site import Site
from trialpages.words.diagnostics import Sink

TEMPLATES = Path(__file__).parent.parent / "templates"
CONFIG = Config(name="Made-up site", base_url="https://example.org/x", page_size=2)

SHARED = SharedFiles(
    conditions=(
        ConditionFile(slug="leukemia", name="Leukemia", description="A made-up *text*."),
        ConditionFile(slug="acute-leukemia", name="Acute leukemia", other_names=("AL",), parent="leukemia"),
    ),
    treatments=(
        TreatmentFile(
            slug="examplumab",
            name="Examplumab",
            treatment_class="Made-up class",
            people_treated=Figure(value=1230, source="A made-up source", as_of="2026"),
            approvals=(
                Approval(treatment="Examplumab", text="Approved.", source="https://example.org/label"),
            ),
        ),
    ),
    sponsors=(
        SponsorFile(slug="example-university", name="Example University", website="https://example.org/"),
    ),
    glossary=(
        GlossaryEntry(term="Placebo", meaning="Looks like a drug.", see=("Arms", "nothing known")),
        GlossaryEntry(term="Arm", meaning="A group.", other_names=("Arms",)),
        GlossaryEntry(term="Écho", meaning="A test."),
    ),
)
PROSE = (
    b"---\ntitle: About this site\nupdated: 2026-11-01\nmenu: main\n---\n\nText with a [link](../method/).\n"
)


def site() -> Site:
    return made_up_site(
        made_up_card(
            1,
            overall_status="RECRUITING",
            conditions=("AL",),
            interventions=drugs("Examplumab 5 mg"),
            lead_sponsor=agency("Example University", "OTHER"),
            enrollment=Enrollment(count=40, type="ESTIMATED"),
            study_type="INTERVENTIONAL",
            last_update_post_date="2026-10-01",
        ),
        made_up_card(
            2,
            overall_status="COMPLETED",
            conditions=("Leukemia",),
            lead_sponsor=agency("Helper"),
            collaborators=(agency("Example University", "OTHER"),),
            enrollment=Enrollment(count=1200, type="ACTUAL"),
            study_type="INTERVENTIONAL",
        ),
        made_up_card(3, conditions=("Leukemia",), has_results=True),
        shared=SHARED,
    )


def prose() -> tuple[ProsePage, ...]:
    page = read_prose("pages/about.md", PROSE, [])
    assert page is not None
    return (page,)


def views() -> dict[str, dict[str, Any]]:
    return {page.url: page.view for page in site_pages(site(), CONFIG, prose())}


def test_every_kind_of_page_is_there_once() -> None:
    pages = list(site_pages(site(), CONFIG, prose()))
    urls = [page.url for page in pages]
    assert len(urls) == len({url.casefold() for url in urls})
    wanted = {
        "",
        "search/",
        "browse/",
        "conditions/",
        "treatments/",
        "sponsors/",
        "glossary/",
        "about/",
        "404.html",
    }
    assert wanted <= set(urls)
    assert "conditions/leukemia/page/2/" in urls
    assert output_path("") == "index.html" and output_path("404.html") == "404.html"


def test_views_are_plain_data_and_pages_reach_workers() -> None:
    for page in site_pages(site(), CONFIG, prose()):
        assert json.dumps(page.view) == json.dumps(pickle.loads(pickle.dumps(page)).view)


def test_every_page_renders_with_one_heading_and_working_links() -> None:
    sources = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    jinja = environment(sources)
    pages = {page.url: page for page in site_pages(site(), CONFIG, prose())}
    known = {
        *pages,
        "trials/NCT00000001/",
        "trials/NCT00000002/",
        "trials/NCT00000003/",
        "search/trials.json",
    }
    for page in pages.values():
        if page.kind == "feed":
            continue
        html = jinja.get_template(page.template).render(
            page=page.view,
            site=site_words(CONFIG, prose()),
            root="ROOT/",
            asset=lambda name: f"ROOT/assets/{name}",
            imports=lambda _name: (),
            integrity=lambda _name: "sha384-none",
            record_lang="",
        )
        assert html.count("<h1") == 1
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        for target in re.findall(r'(?:href|action|data-index)="ROOT/([^"]*)"', html):
            assert target in known or target.startswith("assets/"), f"{page.url or 'home'} links to {target}"
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_the_age_never_enters_an_address() -> None:
    form = (TEMPLATES / "search.html").read_text()
    field = re.search(r'<input id="search-age"[^>]*>', form)
    assert field is not None and "name=" not in field[0]


def test_home() -> None:
    view = views()[""]
    assert view["counts"] == (
        "3 trials on this site, of which 1 is listed as open. This was confirmed in the last six months. "
        "The newest change in a record was on October 1, 2026."
    )
    assert [trial["url"] for trial in view["trials"]] == ["trials/NCT00000001/"]
    assert view["title"] == "Made-up site"
    assert view["canonical"] == "https://example.org/x/"


def test_home_of_an_empty_site() -> None:
    config = Config(name="Empty")
    view = next(iter(site_pages(made_up_site(), config, ()))).view
    assert view["counts"] == "There is no trial on this site yet."
    assert view["trials"] == [] and view["canonical"] == ""


def test_condition_page() -> None:
    view = views()["conditions/leukemia/"]
    assert (
        view["counts"]
        == "3 trials on this site. 1 of these 3 is listed as open. This was confirmed in the last six months."
    )
    about = view["about"]
    assert about["description"] == "<p>A made-up <em>text</em>.</p>"
    assert about["narrower"] == [
        {"text": "Acute leukemia", "url": "conditions/acute-leukemia/", "lang": "", "count": "1 trial"}
    ]
    assert about["totals"]["rows"] == [
        {"name": "People who joined trials", "value": "1,200"},
        {"name": "People planned for trials", "value": "40"},
    ]
    assert about["totals"]["method"].endswith("1 of the 3 trials is left out for this reason.")
    assert views()["conditions/acute-leukemia/"]["about"]["wider"] == [
        {"text": "Leukemia", "url": "conditions/leukemia/"}
    ]
    assert views()["conditions/leukemia/page/2/"]["about"] is None


def test_treatment_page() -> None:
    about = views()["treatments/examplumab/"]["about"]
    assert about["facts"] == [{"name": "Kind of treatment", "value": "Made-up class"}]
    assert about["figures"] == [
        {
            "name": "People who have taken it",
            "value": "1,230",
            "source": "A made-up source",
            "as_of": "as of 2026",
            "link": "",
        }
    ]
    assert about["approvals"] == [
        {"text": "Approved.", "source": "https://example.org/label", "link": "Source: example.org"}
    ]


def test_a_small_site_counts_only_trials_of_a_treatment() -> None:
    totals = views()["treatments/examplumab/"]["about"]["totals"]
    assert totals["rows"][0] == {"name": "Trials on this site", "value": "1"}
    said = {row["name"] for row in totals["rows"]}
    assert not said & {"First of these trials began in", "Furthest stage", "People who have taken it"}
    assert "highest phase" not in totals["method"]


def test_sponsor_page() -> None:
    about = views()["sponsors/example-university/"]["about"]
    assert about["facts"] == [{"name": "Kind of organization", "value": "Hospital, university or foundation"}]
    assert about["totals"]["rows"][:2] == [
        {"name": "Trials it runs", "value": "1"},
        {"name": "Trials it helps with", "value": "1"},
    ]


def test_glossary() -> None:
    view = views()["glossary/"]
    assert [(group["title"], [entry["id"] for entry in group["entries"]]) for group in view["groups"]] == [
        ("A", ["term-arm"]),
        ("E", ["term-echo"]),
        ("P", ["term-placebo"]),
    ]
    assert view["groups"][2]["entries"][0]["see"] == [{"text": "Arm", "id": "term-arm"}]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("asthma", "A"),
        ("Écho", "E"),
        ("5-FU", "0 to 9 and other signs"),
        ("白", "0 to 9 and other signs"),
        ('"Ulcer"', "U"),
    ],
)
def test_letters(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_a_long_index_has_a_page_for_each_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topic_indexes, "LONGEST_SINGLE_PAGE", 2)
    names = ("Ague", "Angina", "Asthma", "Boil", "白血病")
    long_site = made_up_site(made_up_card(1, conditions=names))
    pages = {page.url: page for page in topic_indexes.topic_index_pages(long_site, CONFIG)}
    wanted = [
        "conditions/",
        "conditions/a-z/a/",
        "conditions/a-z/a/page/2/",
        "conditions/a-z/b/",
        "conditions/a-z/other/",
    ]
    assert [url for url in pages if url.startswith("conditions/")] == wanted
    assert pages["conditions/a-z/a/page/2/"].view["shown"] == "Page 2 of 2."
    assert list(by_letter(long_site.conditions.topics)) == ["A", "B", "0 to 9 and other signs"]


def test_not_found_page_is_not_indexed() -> None:
    pages = {page.url: page for page in site_pages(site(), CONFIG, ())}
    view = pages["404.html"].view
    assert (view["robots"], view["canonical"], pages["404.html"].indexed) == ("noindex", "", False)


def test_breadcrumbs_stand_in_the_page_and_in_its_data() -> None:
    view = views()["conditions/acute-leukemia/"]
    assert view["breadcrumb"] == [
        {"title": "Home", "url": ""},
        {"title": "Conditions", "url": "conditions/"},
        {"title": "Acute leukemia", "url": None},
    ]
    items = json.loads(view["json_ld"])["itemListElement"]
    assert [(item["position"], item["item"]) for item in items] == [
        (1, "https://example.org/x/"),
        (2, "https://example.org/x/conditions/"),
        (3, "https://example.org/x/conditions/acute-leukemia/"),
    ]
    assert next(iter(site_pages(site(), CONFIG, ()))).view["json_ld"] == ""


def test_prose() -> None:
    (page,) = prose()
    view = views()["about/"]
    assert (page.title, page.url, page.fields.menu) == ("About this site", "about/", "main")
    assert view["updated"] == "Last changed November 1, 2026"
    assert view["body"] == '<p>Text with a <a href="../method/" rel="noopener noreferrer">link</a>.</p>'


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("pages/search.md", PROSE, "address-taken"),
        ("pages/About us.md", PROSE, "wrong-form"),
        ("pages/about.md", b"Only text.\n", "missing-field"),
        ("pages/about.md", b"---\ndescription: x\n---\ntext\n", "missing-field"),
        ("pages/about.md", b"---\ntitle: A\nmenu: side\n---\ntext\n", "value-not-allowed"),
    ],
)
def test_faulty_prose(path: str, data: bytes, code: str) -> None:
    sink: Sink = []
    assert read_prose(path, data, sink) is None
    assert [fault.code for fault in sink] == [code]


def test_raw_files() -> None:
    files = {file.path: file.content for file in raw_files(site(), CONFIG, prose())}
    assert list(files) == ["sitemap.xml", "robots.txt", "site.json"]
    sitemap = files["sitemap.xml"].decode()
    assert "<loc>https://example.org/x/about/</loc><lastmod>2026-11-01</lastmod>" in sitemap
    assert "<loc>https://example.org/x/trials/NCT00000001/</loc><lastmod>2026-10-01</lastmod>" in sitemap
    assert "404" not in sitemap
    facts = json.loads(files["site.json"])
    assert facts["trials"] == 3 and facts["trials_open"] == 1
    assert facts["trials_by_status"] == {"RECRUITING": 1, "COMPLETED": 1}
    assert facts["trials_without_status"] == 1
    assert facts["newest_update"] == "2026-10-01"
    assert facts["pages"]["trial"] == 3 and facts["pages"]["glossary"] == 1


def test_site_json_is_documented() -> None:
    text = (TEMPLATES.parent / "docs" / "site-json.md").read_text()
    described = re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE)
    facts = json.loads(raw_files(site(), CONFIG, ())[-1].content)
    assert described == list(facts)
