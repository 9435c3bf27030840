from __future__ import annotations

from typing import Any

from trialpages.model.editorial import SponsorFile
from trialpages.model.shared_files import SharedFiles
from trialpages.model.trial import Agency, Enrollment, Official, Trial
from trialpages.read.config import Config
from trialpages.site.cards import card
from trialpages.site.context import People, Totals
from trialpages.site.site import Site, assemble
from trialpages.site.totals import sums, totals

HOSPITAL = Agency(name="M.D. Anderson-like Hospital", agency_class="OTHER")
SPELT = Agency(name="MD Anderson-like Hospital", agency_class="OTHER")
COMPANY = Agency(name="Made-up Company", agency_class="INDUSTRY")


def trial(number: int, **facts: Any) -> Trial:
    known: dict[str, Any] = {"study_type": "INTERVENTIONAL", "lead_sponsor": HOSPITAL} | facts
    return Trial(trial_id=f"NCT0000000{number}", **known)


def site_of(*trials: Trial, files: tuple[SponsorFile, ...] = ()) -> Site:
    return assemble([card(each) for each in trials], SharedFiles(sponsors=files), Config(name="Made up"))


def totals_of(site: Site, trial_id: str = "NCT00000001") -> tuple[Totals, ...]:
    return totals(site.by_id[trial_id], site, sums(site))


def test_totals_leave_out_this_trial_and_keep_unlike_people_apart() -> None:
    site = site_of(
        trial(1, enrollment=Enrollment(count=1000, type="ACTUAL")),
        trial(2, enrollment=Enrollment(count=40, type="ACTUAL"), lead_sponsor=SPELT),
        trial(
            3,
            enrollment=Enrollment(count=7, type="ESTIMATED"),
            lead_sponsor=COMPANY,
            collaborators=(HOSPITAL,),
        ),
        trial(4, enrollment=Enrollment(count=3), collaborators=(HOSPITAL,)),
        trial(5, enrollment=Enrollment(count=500, type="ACTUAL"), study_type="OBSERVATIONAL"),
        trial(6, enrollment=Enrollment(count=99999999, type="ESTIMATED")),
        trial(7, enrollment=Enrollment(count=9, type="ACTUAL"), study_type="EXPANDED_ACCESS"),
        trial(8, lead_sponsor=COMPANY),
        trial(9, enrollment=Enrollment(count=60, type="ESTIMATED"), study_type="OBSERVATIONAL"),
    )
    (found,) = totals_of(site)
    assert (found.lead_trials, found.collaborator_trials) == (6, 1)
    assert found.lead_people == People(actual=40, unstated=3, observed_actual=500, observed_estimated=60)
    assert found.collaborator_people == People(estimated=7)
    assert found.lead_people.observational == 560
    assert (found.role, found.agency_class, found.file) == ("LEAD_SPONSOR", "OTHER", None)


def test_organization_alone_on_the_site_has_no_other_trials() -> None:
    (found,) = totals_of(site_of(trial(1, enrollment=Enrollment(count=10, type="ACTUAL"))))
    assert (found.lead_trials, found.collaborator_trials, found.lead_people) == (0, 0, People())


def test_file_joins_other_names() -> None:
    file = SponsorFile(slug="the-hospital", name="The Hospital", other_names=("Old Name", HOSPITAL.name))
    site = site_of(trial(1), trial(2, lead_sponsor=Agency(name="old name")), files=(file,))
    (found,) = totals_of(site)
    assert (found.name, found.slug, found.lead_trials, found.file) == (
        "The Hospital",
        "the-hospital",
        1,
        file,
    )


def test_persons_of_one_name_are_two_unless_a_file_says_that_they_are_one() -> None:
    first = Official(name="Ann Example, MD", affiliation="Here", role="PRINCIPAL_INVESTIGATOR")
    same = Official(name="Ann Example", affiliation="here", role="STUDY_CHAIR")
    other = Official(name="Ann Example", affiliation="There")
    trials = [
        trial(number, overall_officials=(person,))
        for number, person in enumerate((first, same, other), start=1)
    ]
    assert [item.lead_trials for item in totals_of(site_of(*trials))] == [2, 1]
    file = SponsorFile(slug="ann-example", name="Ann Example", kind="person")
    assert [item.lead_trials for item in totals_of(site_of(*trials, files=(file,)))] == [2, 2]


def test_sums_equal_a_plain_count_for_every_trial() -> None:
    trials = [
        trial(
            number,
            lead_sponsor=(HOSPITAL, COMPANY)[number % 2],
            enrollment=Enrollment(count=number, type="ACTUAL"),
        )
        for number in range(1, 9)
    ]
    site = site_of(*trials)
    for each in trials:
        (found,) = totals_of(site, each.trial_id)
        others = [other for other in trials if other.lead_sponsor == each.lead_sponsor and other is not each]
        assert found.lead_trials == len(others)
        assert found.lead_people.actual == sum(other.enrollment.count for other in others if other.enrollment)
