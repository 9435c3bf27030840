"""The media library: the page's figures in one place, each with a text that says what it shows."""

from __future__ import annotations

from trialpages.model.trial import Trial
from trialpages.pages.social_image import SocialImage, alternative
from trialpages.pages.trial.design import gets
from trialpages.pages.trial.figures import eligibility_figure, groups_figure, timeline_again
from trialpages.pages.trial.section import View, section
from trialpages.words.language import _


def media_view(
    trial: Trial,
    eligibility: View | None,
    timeline: View | None,
    side_effects: View | None,
    image: SocialImage | None,
) -> View | None:
    """Return the figures that the facts allow and the picture for sharing; nothing when there are none."""
    rules = eligibility["count"] if eligibility else 0
    drawn_before = timeline["figure"] if timeline else None
    figures = [
        eligibility_figure(trial, rules if isinstance(rules, int) else 0),
        groups_figure(trial, [gets(arm, trial) for arm in trial.arm_groups]),
        timeline_again(drawn_before) if isinstance(drawn_before, dict) else None,
        side_effects["figure"] if side_effects else None,
    ]
    drawn = [figure for figure in figures if figure]
    if not drawn and image is None:
        return None
    return section(
        "media",
        figures=drawn,
        source=_("Drawn by this site from the facts on this page."),
        image=_image_view(trial, image) if image else None,
    )


def _image_view(trial: Trial, image: SocialImage) -> View:
    return {
        "name": image.name,
        "alt": alternative(image.words),
        "title": _("A picture for sharing."),
        "download": _("Download the picture (PNG)"),
        "file_name": f"{trial.trial_id}.png",
    }
