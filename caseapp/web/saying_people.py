"""The sentences about what people still have to do: plan, agree, meet, report, ask again."""

from datetime import date

from flask_babel import gettext as _

from caseapp.domain.care_codes import Condition, Level
from caseapp.domain.gist import MORE
from caseapp.web.filters import day_near
from caseapp.web.labels import label
from caseapp.web.saying import About


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


def no_plan_for_18(a: About) -> str:
    """Say AGE-1: with the birthday when it is known to the day."""
    day = a.day("adult_on")
    if day is None:
        return _("has no plan for turning 18 yet.")
    return _("has no plan for 18 yet. %(name)s turns 18 on %(day)s.", name=a.name, day=a.said(day))


def ask_again(a: About) -> str:
    """Say AGE-5: that an age is near or reached, without a day that may not be known."""
    age, last = a.number("age"), a.day("turned_by") or a.today
    if a.shown.due is not None and a.today < a.shown.due:
        return _("turns %(age)s soon. Nobody has asked again yet who may know what.", age=age)
    if a.today < last:
        return _(
            "is %(age)s or will be soon. Nobody has asked again yet who may know what.", age=age
        )
    return _("is %(age)s now. Nobody has asked again yet who may know what.", age=age)


def birth_date_open(a: About) -> str:
    """Say AGE-6: which age is near while the birth date is not known to the day."""
    return _(
        "the birth date is not known to the day, and the age of %(age)s is near. It is not examined yet.",
        age=a.number("age"),
    )
