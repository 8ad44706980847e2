"""The sentences about care that has to begin, and must not stop at a move (CAR)."""

from flask_babel import gettext as _

from caseapp.domain.care_codes import CareKind
from caseapp.web.care_words import CARE_IN_SENTENCE, WAITING_FOR
from caseapp.web.filters import days
from caseapp.web.saying import About


def care_broken(a: About) -> str:
    """Say CAR-1: which care, at which move."""
    return _(
        "%(care)s stopped at the move from %(place)s. No appointment yet.",
        care=CARE_IN_SENTENCE[CareKind(a.text("care"))],
        place=a.text("from_location"),
    )


def waiting(a: About) -> str:
    """Say CAR-2: how long, for what; counted from the first referral."""
    return _(
        "has waited %(days)s for %(care)s, from the first referral.",
        days=days(a.days_since("counted_from")),
        care=WAITING_FOR[CareKind(a.text("care"))],
    )


def waiting_place(a: About) -> str:
    """Say CAR-3: for what the place on the waiting list is."""
    return _(
        "the place on the waiting list for %(care)s is not taken over yet.",
        care=WAITING_FOR[CareKind(a.text("care"))],
    )


def medicine_gone(a: About) -> str:
    """Say CAR-4: until when there is medicine, and when the move is."""
    return _(
        "medicine until %(day)s, move on %(move)s. No check-up planned.",
        day=a.said(a.shown.due or a.shown.since),
        move=a.said(a.day("planned_on") or a.shown.since),
    )


def no_medical_intake(a: About) -> str:
    """Say CAR-5: since when somebody could have looked."""
    return _(
        "arrived on %(day)s. There has been no medical intake yet.",
        day=a.said(a.day("arrived_on") or a.shown.since),
    )


def no_youth_health(a: About) -> str:
    """Say CAR-6: since when youth health care could have seen the child."""
    return _(
        "arrived on %(day)s. Youth health care has not seen %(name)s yet.",
        day=a.said(a.day("arrived_on") or a.shown.since),
        name=a.name,
    )


def needs_not_assessed(a: About) -> str:
    """Say CAR-7: what nobody has looked at."""
    return _("nobody has looked yet whether %(name)s needs extra help.", name=a.name)
