"""The sentences about care that has to begin, or must not stop around a move."""

from flask_babel import gettext as _

from caseapp.web.saying import About


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
