"""Words for the codes of the trail: why a record is looked at, and what was said of it."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.reviewing import Judgement, Pick
from caseapp.domain.trail import Wrong
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

WRONGS: Final[Mapping[Wrong, Words]] = {
    Wrong.GAP: _("Records are missing"),
    Wrong.LINK: _("A record does not follow the one before"),
    Wrong.HASH: _("A record was made by somebody else"),
    Wrong.CONTENT: _("A record was changed"),
    Wrong.CHILDREN: _("The children of a list were changed"),
    Wrong.ROWS: _("What was written was changed in a record"),
    Wrong.TIME: _("Times do not follow each other"),
    Wrong.BEGIN: _("The log does not begin where it did"),
    Wrong.SIGNATURE: _("Something was not signed by us"),
    Wrong.CHECKPOINT: _("The log is not what a checkpoint says"),
    Wrong.HEAD: _("The log does not end where it did"),
    Wrong.ROW: _("A file was changed behind the application"),
    Wrong.ORPHAN: _("A file holds something that nobody wrote"),
}

TRAIL: Final = (PICKS, JUDGEMENTS, WRONGS)
