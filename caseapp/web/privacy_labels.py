"""The words of the privacy desk: rights, who asks, who saw what, and how long things are kept."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.looks import DataGroup, Deed
from caseapp.domain.privacy_rights import (
    Asker,
    Chapter,
    Identity,
    Refusal,
    RequestState,
    Right,
)
from caseapp.domain.retention import Decision, Zone
from caseapp.web.i18n import Words

RIGHTS: Final[Mapping[Right, Words]] = {
    Right.ACCESS: _("Wants to see what is kept"),
    Right.CORRECTION: _("Wants something corrected"),
    Right.ERASURE: _("Wants the file destroyed"),
    Right.RESTRICTION: _("Wants less done with it"),
    Right.OBJECTION: _("Objects to what is done with it"),
}

ASKERS: Final[Mapping[Asker, Words]] = {
    Asker.CHILD: _("the child itself"),
    Asker.PARENT: _("a parent"),
    Asker.GUARDIAN: _("the guardian of the child"),
    Asker.OTHER: _("somebody with written consent"),
    Asker.HOUSE: _("nobody: the term is over"),
}

IDENTITIES: Final[Mapping[Identity, Words]] = {
    Identity.DOCUMENT: _("saw an identity document or the pass of COA"),
    Identity.KNOWN: _("a colleague who knows this person was there"),
    Identity.APPOINTED: _("saw the decision that makes this person guardian or parent"),
    Identity.NOT_NEEDED: _("not needed"),
}

REQUEST_STATES: Final[Mapping[RequestState, Words]] = {
    RequestState.OPEN: _("Open"),
    RequestState.ANSWERED: _("Answered"),
    RequestState.REFUSED: _("Refused"),
    RequestState.WITHDRAWN: _("Taken back"),
}

STATEMENT_CHAPTERS: Final[Mapping[Chapter, Words]] = {
    Chapter.WHOLE: _("The whole file"),
    Chapter.PLACES: _("Places"),
    Chapter.SCHOOL: _("School"),
    Chapter.CARE: _("Care"),
    Chapter.GUARDIANSHIP: _("Guardianship and support"),
    Chapter.OBSERVATIONS: _("Observations and contact"),
    Chapter.FAMILY: _("Family"),
}

REFUSALS: Final[Mapping[Refusal, Words]] = {
    Refusal.CLOSED: _("This request is closed. Write down a new one if there is more to do."),
    Refusal.EXTENDED_ALREADY: _("This request was extended before. That can be done once."),
    Refusal.TOO_LATE_TO_EXTEND: _("The first month is over. After that it cannot be extended."),
    Refusal.NOT_ALLOWED: _(
        "At this age neither law lets this person ask. Refuse the request, and say why."
    ),
    Refusal.NOT_THIS_RIGHT: _("This is not what was asked for."),
    Refusal.WITHDRAWN: _("This statement was taken back before."),
    Refusal.OTHER_ZONE: _("Another term of this file still runs, so it has to stay."),
    Refusal.DECIDED: _("Somebody else has decided about this already."),
    Refusal.TRAIL_BROKEN: _(
        "The record of who did what is broken. Nothing leaves the house and nothing is destroyed "
        "until two people have looked."
    ),
    Refusal.STILL_FOLLOWED: _("This child is still followed. Close the file first."),
}

GROUPS: Final[Mapping[DataGroup, Words]] = {
    DataGroup.NAME: _("name and age"),
    DataGroup.FILE: _("the page of the child"),
    DataGroup.HEALTH: _("practical needs around health"),
    DataGroup.PLACES: _("where the child lives"),
    DataGroup.MOVES: _("moves and handovers"),
    DataGroup.SCHOOL: _("school"),
    DataGroup.CARE: _("care"),
    DataGroup.OBSERVATIONS: _("observations and contact"),
    DataGroup.GUARDIANSHIP: _("guardianship and support"),
    DataGroup.FAMILY: _("family"),
    DataGroup.CONSENT: _("consent"),
    DataGroup.ALERTS: _("alerts"),
    DataGroup.REQUESTS: _("requests and statements"),
    DataGroup.LOG: _("who saw the file"),
    DataGroup.EVERYTHING: _("the whole file"),
}

DEEDS: Final[Mapping[Deed, Words]] = {
    Deed.LOOKED: _("Looked at"),
    Deed.WROTE: _("Wrote or changed"),
    Deed.REMOVED: _("Removed"),
    Deed.TOOK_OUT: _("Took along"),
}

ZONES: Final[Mapping[Zone, Words]] = {
    Zone.YOUTH_HELP: _("Youth help"),
    Zone.GUARDIANSHIP: _("Guardianship"),
    Zone.RECEPTION: _("Notes of the reception centre"),
    Zone.REQUESTS: _("Requests at the privacy desk"),
    Zone.LOG: _("The record of who did what"),
    Zone.LISTS: _("Lists that came in"),
}

DECISIONS: Final[Mapping[Decision, Words]] = {
    Decision.WAITING: _("Waits for a decision"),
    Decision.KEPT: _("Kept longer"),
    Decision.DESTROY: _("To be destroyed"),
}

PRIVACY: Final = (
    RIGHTS, ASKERS, IDENTITIES, REQUEST_STATES, STATEMENT_CHAPTERS, REFUSALS, GROUPS, DEEDS, ZONES, DECISIONS,
)  # fmt: skip
