"""The sentences about moving: accepted, arrived, promises kept, somebody responsible (TRF)."""

from flask_babel import gettext as _

from caseapp.domain.gist import MORE
from caseapp.web.promise_names import promise_name
from caseapp.web.saying import About


def not_accepted(a: About) -> str:
    """Say TRF-1: the move, and that the handover waits; to the receiver as somebody who comes."""
    if a.own:
        return _("%(first)s You have not accepted the handover yet.", first=_coming(a))
    return _("%(first)s The handover is not accepted yet.", first=_moving(a))


def _coming(a: About) -> str:
    """Say of a move who comes, to the one who receives."""
    place, day = a.text("from_location"), a.shown.due or a.shown.since
    if a.day("arrived_on") is not None or day < a.today:
        return _("came from %(place)s on %(day)s.", place=place, day=a.said(day))
    if day == a.today:
        return _("comes from %(place)s today.", place=place)
    if (day - a.today).days == 1:
        return _("comes from %(place)s tomorrow.", place=place)
    return _("comes from %(place)s on %(day)s.", place=place, day=a.said(day))


def _moving(a: About) -> str:
    """Say of a move where it begins and ends, to whoever reads it."""
    ends = {"place": a.text("from_location"), "to": a.text("to_location")}
    day = a.shown.due or a.shown.since
    if a.day("arrived_on") is not None or day < a.today:
        return _("moved from %(place)s to %(to)s on %(day)s.", **ends, day=a.said(day))
    if day == a.today:
        return _("moves from %(place)s to %(to)s today.", **ends)
    if (day - a.today).days == 1:
        return _("moves from %(place)s to %(to)s tomorrow.", **ends)
    return _("moves from %(place)s to %(to)s on %(day)s.", **ends, day=a.said(day))


def not_arrived(a: About) -> str:
    """Say TRF-2: where the child was due."""
    return _(
        "was due in %(place)s on %(day)s. %(name)s is not there yet.",
        place=a.text("to_location"),
        day=a.said(a.day("planned_on") or a.shown.since),
        name=a.name,
    )


def promise_left(a: About) -> str:
    """Say TRF-4: which promise, in the first words in which it was written."""
    promise = promise_name(a.text("topic"), a.text("promise"))
    said = _("one promise was left open at the handover: %(promise)s.", promise=promise)
    return said.replace(f"{MORE}.", MORE)


def nobody(a: About) -> str:
    """Say TRF-3: since when nobody is responsible."""
    return _("has had no responsible contact person since %(day)s.", day=a.said(a.shown.since))
