"""What a message says and where it leads: one line an event, by the name that the notice keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.routing import BuildError

from caseapp.web.i18n import Words

if TYPE_CHECKING:
    from uuid import UUID

    from caseapp.notices.models import Bundled, Notice


@dataclass(frozen=True, slots=True)
class Said:
    """The words before the name of the child, and the page behind the message."""

    words: Words
    endpoint: str = "casefile.show"
    part: str = ""
    """How the address calls what the message is about (`object_id` of the event); nothing: not in it."""


ALERT: Final = ("continuity.alert", "alert_id")

SAYINGS: Final[Mapping[str, Said]] = {
    "AlertRaised": Said(_("A new alert"), *ALERT),
    "AlertCameBack": Said(_("An alert came back"), *ALERT),
    "AlertClimbed": Said(_("A serious alert that nobody took"), *ALERT),
    "AlertAssigned": Said(_("An alert was given to you"), *ALERT),
    "became-critical": Said(_("An alert became serious"), *ALERT),
    "became-warning": Said(_("An alert became a warning"), *ALERT),
    "TransferPlanned": Said(_("A move is planned"), "moves.transfer", "transfer_id"),
    "TransferChanged": Said(_("A move is changed"), "moves.transfer", "transfer_id"),
    "TransferCancelled": Said(_("A move is cancelled"), "moves.transfer", "transfer_id"),
    "TransferDeparted": Said(_("On the way"), "moves.transfer", "transfer_id"),
    "TransferArrived": Said(_("Arrived"), "moves.transfer", "transfer_id"),
    "HandoverSent": Said(_("A handover waits for you"), "moves.handover", "transfer_id"),
    "HandoverAccepted": Said(_("A handover is accepted"), "moves.handover", "transfer_id"),
    "HandoverRefused": Said(_("A handover is refused"), "moves.handover", "transfer_id"),
    "HandoverDeadlineMissed": Said(
        _("A handover is not accepted in time"), "moves.handover", "transfer_id"
    ),
    "PromiseAsked": Said(_("A question about a promise"), "moves.handover", "transfer_id"),
    "PasswordSet": Said(_("Your password was changed"), "accounts.me"),
    "SecondStepRefused": Said(
        _("Somebody knew your password, and the second step was wrong"), "accounts.me"
    ),
    "IdentityLinked": Said(_("You can sign in through your organisation now"), "accounts.me"),
    "IdentityUnlinked": Said(
        _("You cannot sign in through your organisation any more"), "accounts.me"
    ),
    "FactorAdded": Said(_("You can sign in with something new"), "accounts.factors"),
    "FactorRemoved": Said(_("A way to sign in was removed"), "accounts.factors"),
    "RecoveryCodesMade": Said(_("New recovery codes were made"), "accounts.factors"),
    "RecoveryCodeUsed": Said(_("Somebody signed in with a recovery code"), "accounts.factors"),
    "SignInReset": Said(_("Your sign-in was set up anew by colleagues"), "accounts.me"),
    "HoldSet": Said(_("A move is held back")),
    "HoldLifted": Said(_("A move may go on")),
    "HoldOverridden": Said(_("A move goes on in spite of the hold")),
    "MoveObjected": Said(_("Somebody objects to a move")),
    "CaseloadHandedOver": Said(_("You take over from a colleague"), "casefile.caseload"),
    "ResponsibilityTaken": Said(_("You are responsible now")),
    "ResponsibilityEnded": Said(_("You are not responsible any more")),
    "WhereaboutsRecorded": Said(_("Missing, or back again")),
    "TogetherAsked": Said(
        _("Somebody asks for a second person"), "casefile.decide_together", "request_id"
    ),
    "TogetherDecided": Said(_("A second person answered"), "casefile.show"),
    "LeaveArranged": Said(_("A leave is arranged"), "accounts.leave"),
    "LeaveEnded": Said(_("A leave has ended"), "accounts.leave"),
    "EmergencyStarted": Said(_("Somebody looks into this file in an emergency")),
    "EmergencyReviewed": Said(_("Your look in an emergency is judged"), "casefile.emergency"),
    "EmergencyUnreviewed": Said(
        _("Nobody judged a look in an emergency in time"),
        "casefile.review_emergency",
        "emergency_id",
    ),
    "EmergencyOften": Said(
        _("Somebody looked in emergencies more than three times in a week"), "casefile.emergencies"
    ),
    "ReadingSlowed": Said(
        _("Somebody opened very many files in a short time"), "accounts.account", "account_id"
    ),
    "LoadRaised": Said(_("A new alert about people and places"), "continuity.loads"),
    "LoadChanged": Said(_("Too many children, and it grew"), "continuity.loads"),
    "ListBrought": Said(_("A list came in"), "exchange.brought", "run_id"),
    "ListUnreadForADay": Said(
        _("What a list brought, and nobody read"), "exchange.brought", "run_id"
    ),
    "RequestOverdue": Said(
        _("The answer to a request is late"), "privacy.one_request", "request_id"
    ),
    "ProtectionClockRan": Said(
        _("A term of the reporting code is there"), "safety.one_file", "file_id"
    ),
    "RetentionDue": Said(_("The term of a file is over"), "privacy.retention"),
    "SealsBroken": Said(_("Something in a file could not be read"), "reference.system"),
    "TrailBroken": Said(_("The log of who saw what is broken"), "audit.break_", "break_id"),
    "BreakAcknowledged": Said(
        _("Two people let the house go on after a break of the log"), "audit.break_", "break_id"
    ),
    "ReviewMade": Said(_("The log of last week waits for you"), "audit.review"),
    "ReviewOverdue": Said(_("The weekly look at the log is late"), "audit.review"),
    "UnreadForADay": Said(_("A serious message that nobody read"), *ALERT),
    "MailNotDelivered": Said(_("A message that could not be mailed"), *ALERT),
}
"""An event that is not in it is told as well, in words that say little."""

OTHER: Final = Said(_("Something changed"))


def said(event: str) -> Said:
    """Return what a message of this event says."""
    return SAYINGS.get(event, OTHER)


def words_of(row: "Notice", bundle: "Bundled | None") -> Words:
    """Return what a message says: of a list how much it brought, of anything else what happened."""
    if bundle is None:
        return said(row.event).words
    alerts = bundle.critical + bundle.warning + bundle.notice
    parts = [
        ngettext("%(num)s alert", "%(num)s alerts", alerts) if alerts else "",
        ngettext("%(num)s of them serious", "%(num)s of them serious", bundle.critical)
        if bundle.critical
        else "",
        ngettext("%(num)s other message", "%(num)s other messages", bundle.other)
        if bundle.other
        else "",
    ]
    return gettext("A list brought %(what)s", what=", ".join(part for part in parts if part))


def address(row: "Notice") -> str:
    """Return the page behind a message: what it is about, else the file of the child, else nothing."""
    here = said(row.event)
    about: dict[str, Any] = {here.part: _about(row, here)} if here.part else {}
    child: dict[str, Any] = {"child_id": row.child_id} if row.child_id else {}
    if None not in about.values():
        try:
            return url_for(here.endpoint, **child, **about)
        except BuildError:
            pass  # the page of this event is not about a single child, or not about this
    return url_for("casefile.show", **child) if child else ""


def _about(row: "Notice", here: Said) -> "UUID | None":
    """Return what the page is about: an object is no alert, though either may be handed up."""
    return row.alert_id if here.part == "alert_id" else row.object_id
