"""The sentences about birthdays, and about support until 23 (AGE, AFT)."""

from flask_babel import gettext as _

from caseapp.domain.care_codes import Regime
from caseapp.web.filters import days
from caseapp.web.labels import label
from caseapp.web.saying import About


def no_plan_for_18(a: About) -> str:
    """Say AGE-1: with the birthday when it is known to the day."""
    day = a.day("adult_on")
    if day is None:
        return _("has no plan for turning 18 yet.")
    return _("has no plan for 18 yet. %(name)s turns 18 on %(day)s.", name=a.name, day=a.said(day))


def support_open(a: About) -> str:
    """Say AGE-2: without a day, because the birthday may not be known exactly."""
    return _("turns 18 soon. Nothing is arranged for after that.")


def no_support(a: About) -> str:
    """Say AGE-3: since when, or when it was declined."""
    ended, declined = a.day("ended_on"), a.day("declined_on")
    if declined is not None and (ended is None or declined >= ended):
        return _("said no to support on %(day)s. It is time to ask again.", day=a.said(declined))
    if ended is not None:
        return _("has had no support since %(day)s.", day=a.said(ended))
    return _("has no support after 18.")


def support_ends(a: About) -> str:
    """Say AGE-4: which support stops, and when."""
    return _(
        "%(support)s stops on %(day)s. Nothing is arranged for after that.",
        support=label(Regime(a.text("regime"))),
        day=a.said(a.shown.due or a.shown.since),
    )


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


def out_of_sight(a: About) -> str:
    """Say AFT-1: how long nobody was in touch."""
    return _("nobody has been in touch for %(days)s.", days=days(a.days_since("counted_from")))
