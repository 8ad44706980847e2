"""The words for how school and care stand today."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import ProviderAnswer
from caseapp.domain.intents.care import AtMove
from caseapp.domain.states import CareState, SchoolState
from caseapp.web.i18n import Words

SCHOOL_STATES: Final[Mapping[SchoolState, Words]] = {
    SchoolState.ATTENDING: _("goes to school here"),
    SchoolState.EXEMPT: _("exempt"),
    SchoolState.COMING: _("starts soon"),
    SchoolState.ENROLLED: _("enrolled, not in class yet"),
    SchoolState.WAITING: _("on the waiting list"),
    SchoolState.ENDED: _("ended"),
    SchoolState.UNCLEAR: _("no day known"),
}

CARE_STATES: Final[Mapping[CareState, Words]] = {
    CareState.RUNNING: _("going on"),
    CareState.WAITING: _("on the waiting list"),
    CareState.BROKEN_OFF: _("broken off by the move"),
    CareState.ENDED: _("ended"),
}

AT_MOVE: Final[Mapping[AtMove, Words]] = {
    AtMove.FINISHED: _("It was finished: no more care is needed"),
    AtMove.BROKEN_OFF: _("It was broken off by the move: it has to go on at the new place"),
}

PROVIDER_ANSWERS: Final[Mapping[ProviderAnswer, Words]] = {
    ProviderAnswer.KEEPS_PLACE: _("The place on the list is kept"),
    ProviderAnswer.NEW_DATE: _("There is a new date"),
    ProviderAnswer.REFUSES: _("The place is not kept"),
}
