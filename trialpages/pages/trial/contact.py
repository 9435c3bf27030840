"""How to ask about joining: only while the status allows it, with what to have at hand.

Whom to call is shown only where the site's configuration says so; else the registry's record is
named as the place where the contact stands. Nothing here urges anyone.
"""

from __future__ import annotations

from trialpages.model.trial import Trial
from trialpages.pages.trial.locations import contact_text
from trialpages.pages.trial.registry_page import registry_page
from trialpages.pages.trial.section import View, section
from trialpages.pages.trial.status import shown_status
from trialpages.words.language import N_, _

ADVICE = (
    N_("Have the trial's number, {number}, and your questions at hand."),
    N_(
        "Asking does not mean that you have to join. If you join, you can leave at any time, without saying why."
    ),
    N_("Talk with your own doctor first, or show them this page."),
)
QUESTIONS = (
    N_("What other choices do I have, with and without a trial?"),
    N_("What is known about the risks for someone like me?"),
    N_("How many visits are there, and would I stay overnight?"),
    N_("Who pays for the study treatment, tests and travel?"),
    N_("Can I see the results later?"),
)


def contact_view(trial: Trial, *, show_contacts: bool) -> View | None:
    """Return how to ask; nothing when the trial takes nobody in."""
    status = shown_status(trial)
    if status.contact == "no":
        return None
    contacts = [text for text in map(contact_text, trial.central_contacts) if text] if show_contacts else []
    text = _("You or your doctor can ask the study team whether the trial could fit you.")
    if status.contact == "ask":
        text = _("You or your doctor can ask the study team. It may not be possible to join today.")
    number = trial.nct_id or trial.trial_id
    advice = [_(line).format(number=number) for line in ADVICE]
    link = None
    page = registry_page(trial)
    if not contacts and page and page.contacts_url:
        link = {"text": _("The registry record names whom to contact"), "href": page.contacts_url}
    elif not contacts and page:
        link = {"text": _("The registry record says who runs the trial"), "href": page.url}
    questions = [_(question) for question in QUESTIONS]
    return section("contact", text=text, contacts=contacts, link=link, advice=advice, questions=questions)
