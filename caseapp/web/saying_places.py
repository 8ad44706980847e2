"""The sentences about where a child lives, and about the moves that are coming (PLA, AMV)."""

from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.web.filters import days
from caseapp.web.saying import About


def emergency(a: About) -> str:
    """Say PLA-1: how long in emergency reception, and when the limit is reached."""
    start, due = a.day("counted_from"), a.shown.due
    spent = days(a.days_since("counted_from"))
    if start is None or due is None:
        return _("has spent %(days)s in emergency reception.", days=spent)
    limit = a.number("limit_days") or (due - start).days
    if due < a.today:
        return _(
            "has spent %(days)s in emergency reception. On %(day)s it was %(limit)s.",
            days=spent, day=a.said(due), limit=limit,
        )  # fmt: skip
    return _(
        "has spent %(days)s in emergency reception. On %(day)s it will be %(limit)s.",
        days=spent, day=a.said(due), limit=limit,
    )  # fmt: skip


def moved(a: About) -> str:
    """Say PLA-2: how many moves in a year, done and planned."""
    moves, planned = a.number("moves"), a.number("planned")
    if not moves:
        return ngettext("has %(num)s move planned.", "has %(num)s moves planned.", planned)
    if not planned:
        return ngettext(
            "moved %(num)s time in 12 months.", "moved %(num)s times in 12 months.", moves
        )
    return ngettext(
        "moved %(num)s time in 12 months, with %(planned)s more planned.",
        "moved %(num)s times in 12 months, with %(planned)s more planned.",
        moves,
        planned=planned,
    )


def in_term_time(a: About) -> str:
    """Say PLA-3: that the move is on a school day, and nobody wrote why."""
    return _("will move on a school day. No reason is written down.")


def told_late(a: About) -> str:
    """Say PLA-4: when the move is, or was to be, and when it was announced."""
    return f"{_moving_soon(a)} {_announced(a)}"


def _moving_soon(a: About) -> str:
    day = a.shown.due or a.shown.since
    ahead = (day - a.today).days
    if ahead < 0:
        return _("was to move on %(day)s.", day=a.said(day))
    if ahead <= 1:
        return _("moves tomorrow.") if ahead else _("moves today.")
    return _("moves in %(days)s.", days=days(ahead))


def _announced(a: About) -> str:
    told = a.shown.since
    ago = (a.today - told).days
    if ago <= 1:
        return _("It was announced only yesterday.") if ago else _("It was announced only today.")
    return _("It was announced only on %(day)s.", day=a.said(told))


def too_young(a: About) -> str:
    """Say AMV-1: no family yet."""
    return _("lives in a large centre. No family has been found yet.")


def still_in_process_reception(a: About) -> str:
    """Say AMV-2: how much longer than intended."""
    over = a.days_since("since")
    if not over:
        return _(
            "has been in process reception as long as is intended. There is no next place yet."
        )
    return _("has been in process reception %(days)s longer than intended.", days=days(over))


def large_group(a: About) -> str:
    """Say AMV-3: how large the group is, and how large it may be."""
    return _(
        "lives in a group of %(group)s children. It should be %(most)s at most.",
        group=a.number("group"), most=a.number("most"),
    )  # fmt: skip


def apart(a: About) -> str:
    """Say PLA-5: from whom the child lives apart; not since when, which nobody may know."""
    if a.text("name"):
        return _("lives apart from brother or sister %(name)s.", name=a.text("name"))
    return _("lives apart from a brother or sister.")


def nowhere(a: About) -> str:
    """Say PLA-6: the last place on record."""
    return _("has no place on record. The last one was %(place)s.", place=a.text("location"))
