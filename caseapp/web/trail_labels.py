"""Words for the codes of the trail: why a record is looked at, and what was said of it."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.reviewing import Judgement, Pick
from caseapp.web.i18n import Words

PICKS: Final[Mapping[Pick, Words]] = {
    Pick.DRAWN: _("Drawn at random"),
    Pick.OWN_NAME: _("The child has the same family name"),
    Pick.COLLEAGUE: _("The child has the family name of a colleague"),
    Pick.MANY_FILES: _("Far more files on a day than colleagues open"),
    Pick.AT_NIGHT: _("Opened at night"),
    Pick.AFTER_MOVE: _("Opened after the child had moved away"),
    Pick.EMERGENCY: _("Opened in an emergency"),
    Pick.REFUSED: _("Refused again and again"),
}

JUDGEMENTS: Final[Mapping[Judgement, Words]] = {
    Judgement.IN_ORDER: _("In order"),
    Judgement.EXPLAINED: _("In order, with an explanation"),
    Judgement.ASKED: _("I asked the person"),
    Judgement.INCIDENT: _("Not in order: this is an incident"),
}

TRAIL: Final = (PICKS, JUDGEMENTS)
