"""The sentences about who is there for a child, and what they still have to do (GUA, OBS, SAF)."""

from datetime import date

from flask_babel import gettext as _

from caseapp.domain.care_codes import Condition, Level
from caseapp.domain.gist import MORE
from caseapp.web.filters import day_near
from caseapp.web.labels import label
from caseapp.web.saying import About


def no_guardian(a: About) -> str:
    """Say GUA-1: no guardian yet, or none any more."""
    ended = a.day("ended_on")
    if ended is not None:
        return _("has had no guardian since %(day)s.", day=a.said(ended))
    return _("has no guardian yet.")


def guardian_contact(a: About) -> str:
    """Say GUA-2: when the guardian last saw the child."""
    seen = a.day("last_seen")
    if seen is not None:
        return _("last saw the guardian on %(day)s.", day=a.said(seen))
    start = a.day("counted_from") or a.shown.since
    return _("has had a guardian since %(day)s. They have not met yet.", day=a.said(start))


def no_plan(a: About) -> str:
    """Say GUA-3: the day of the last plan, or since when there could have been one."""
    made = a.day("planned_on")
    if made is not None:
        return _(
            "the guardian's plan is of %(day)s. It has not been looked at again.", day=a.said(made)
        )
    start = a.day("guardian_since") or a.shown.since
    return _("has had a guardian since %(day)s. There is no plan yet.", day=a.said(start))


def guardian_and_place(a: About) -> str:
    """Say GUA-4: the two days on which the child lost a guardian and a place."""
    return _(
        "got another guardian on %(day)s, and moved from %(place)s on %(move)s.",
        day=a.said(a.day("guardian_since") or a.shown.since),
        place=a.text("from_location"),
        move=a.said(a.day("moved_on") or a.shown.since),
    )


def not_seen(a: About) -> str:
    """Say OBS-1: when the contact person, or the reader, last saw the child."""
    seen = a.day("last_seen")
    if seen is not None:
        if a.own:
            return _("you last saw %(name)s on %(day)s.", name=a.name, day=a.said(seen))
        return _("the contact person last saw %(name)s on %(day)s.", name=a.name, day=a.said(seen))
    since = a.said(a.day("stay_since") or a.shown.since)
    if a.own:
        return _(
            "has been here since %(day)s. You have not seen %(name)s yet.", day=since, name=a.name
        )
    return _(
        "has been here since %(day)s. The contact person has not seen %(name)s yet.",
        day=since, name=a.name,
    )  # fmt: skip


def no_action(a: About) -> str:
    """Say OBS-2: when it was noted; not by whom, because the owner may have come later."""
    day = a.said(a.day("seen_on") or a.shown.since)
    if a.text("level") == Level.ACUTE:
        return _("something acute was noted on %(day)s. No action is agreed yet.", day=day)
    return _("a concern was noted on %(day)s. No action is agreed yet.", day=day)


def twice_insufficient(a: About) -> str:
    """Say OBS-3: which condition, by its short name."""
    return _(
        "“%(condition)s” was not good enough twice. There has been no meeting about it yet.",
        condition=label(Condition(a.text("condition"))),
    )


def action_overdue(a: About) -> str:
    """Say OBS-4: what was agreed, or else by which day."""
    if not a.text("action"):
        day = a.said(a.shown.due or a.shown.since)
        return _("the agreed action is late. It was agreed for %(day)s.", day=day)
    said = _("the agreed action is late: %(action)s.", action=a.text("action"))
    return said.replace(f"{MORE}.", MORE)


def missing(a: About) -> str:
    """Say SAF-1 and SAF-2: since when, and whether the police know."""
    since = _near(a, a.day("missing_since") or a.shown.since)
    reported = a.day("reported_on")
    if reported is None:
        return _("has been missing since %(day)s. Not reported to the police yet.", day=since)
    return _(
        "has been missing since %(day)s. Reported to the police on %(reported)s.",
        day=since, reported=a.said(reported),
    )  # fmt: skip


def _near(a: About, day: date) -> str:
    """Return a day, of which today and yesterday are said as such."""
    return day_near(day, a.today) if (a.today - day).days <= 1 else a.said(day)
