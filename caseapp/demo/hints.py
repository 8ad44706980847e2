"""What to try first in the demo world: as which account, with which child."""

from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.web.i18n import Words


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to try: the account to sign in with, the story child it is about, the words."""

    account: str
    story: str | None
    text: Words


BANNER: Final[Words] = _("This is a demo. All children, workers and places are made up.")

HINTS: Final[tuple[Hint, ...]] = (
    Hint(
        "coordinator-midden",
        "therapy",
        _("Samira's therapy stopped at the move. Record the next appointment and see it close."),
    ),
    Hint(
        "cpk-azc-lin",
        "moves_tomorrow",
        _("Bilal arrives tomorrow. Read the handover and accept it."),
    ),
    Hint(
        "coordinator-noord",
        "split_family",
        _("Parisa is to move away from mother, brother and sister. Cancel the move, or go on."),
    ),
    Hint(
        "voogd-1",
        "turning_18",
        _("Yonas turns 18 in three weeks. Nothing is decided yet."),
    ),
    Hint(
        "coordinator-zuid",
        "not_arrived",
        _("Abel left three days ago and has not arrived."),
    ),
    Hint(
        "cpk-no-jon",
        "missing",
        _("Karim has been missing since the day before yesterday."),
    ),
    Hint(
        "beheer-1",
        None,
        _("An administrator keeps accounts and places, and sees no child."),
    ),
)
