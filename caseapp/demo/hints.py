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
        "coordinator-noord",
        None,
        _("Zandkamp closes. Under Moves stands a list of forty: see what breaks, and decide."),
    ),
    Hint(
        "cpk-azc-vee",
        "half_done",
        _(
            "Amira moves next week. Settle what was promised to her, and see the question about school."
        ),
    ),
    Hint(
        "coordinator-noord",
        "refused",
        _("The handover of Hamza was refused. Read why, and find a way."),
    ),
    Hint(
        "coordinator-noord",
        "held",
        _("The move of Filmon is held after his guardian objected. Lift the hold, or wait."),
    ),
    Hint(
        "landelijk",
        "climbed",
        _("Nobody took up that Rima's therapy stopped, so it climbed to the national desk."),
    ),
    Hint(
        "coordinator-noord",
        "came_back",
        _("Elias had an appointment and nobody came: the alert is back, for the second time."),
    ),
    Hint(
        "cpk-azc-vee",
        "mistaken",
        _("An alert about Tarek was a mistake. Read the reason, or take it back."),
    ),
    Hint(
        "cpk-no-rij",
        "unreported",
        _("Ismail has been missing since yesterday, and the police do not know."),
    ),
    Hint(
        "coordinator-noord",
        None,
        _("Nobody works at Essenhof any more. It stands above the alerts: choose who takes over."),
    ),
    Hint(
        "coordinator-midden",
        "listed",
        _("A list said that Dina lives elsewhere, and nobody had told us. See what came of it."),
    ),
    Hint(
        "coordinator-noord",
        None,
        _("Under Moves, then Lists, one waits for you: decide about its ten doubtful rows."),
    ),
    Hint(
        "beheer-1",
        None,
        _("One mail came back. See System, then Mail: send it again, or let it rest."),
    ),
    Hint(
        "beheer-1",
        None,
        _("An administrator keeps accounts and places, and sees no child."),
    ),
)
