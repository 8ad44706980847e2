"""What each rule promises to a child, in one plain sentence for the page of an alert."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.web.i18n import Words

PROMISES: Final[Mapping[str, Words]] = {
    "PLA-1": _("A child stays in emergency reception for a short time: all such days together count."),
    "PLA-2": _("A child moves as little as possible: two moves in a year are too many."),
    "PLA-3": _("A child moves in the school holidays, unless there is a good reason."),
    "PLA-4": _("A child hears two weeks ahead that it will move."),
    "PLA-5": _("Brothers and sisters who are minors live together, unless there is a good reason."),
    "PLA-6": _("We know at every moment where a child lives."),
    "AMV-1": _("A child under 15 who came without parents lives in a family."),
    "AMV-2": _("A child who came without parents goes on from process reception in seven weeks."),
    "AMV-3": _("A child who came without parents lives in a small group."),
    "TRF-1": _("The handover is accepted before, or as soon as, a child arrives."),
    "TRF-2": _("A child that left arrives, and someone looks when that does not happen."),
    "TRF-3": _("At every moment exactly one person is responsible for a child."),
    "TRF-4": _("What was promised at a handover is done, or someone says why not."),
    "SCH-1": _("A child goes to school soon after the asylum application, as the law says."),
    "SCH-2": _("A child goes to school again soon after a move: 5 school days are long, 10 too long."),
    "SCH-3": _("When a child misses much school without leave, it is reported and someone asks why."),
    "SCH-4": _("A child without a school does not lose more than a month of school days in a year."),
    "SCH-5": _("Temporary schooling lasts half a year at most."),
    "SCH-6": _(
        "The transition class leads on: within two years to a next school, with a plan before that."
    ),
    "SCH-7": _("A school has been found before a child must go there."),
    "CAR-1": _("Care that was going on goes on after a move."),
    "CAR-2": _("Waiting for care has an end, and counts from the first referral."),
    "CAR-3": _("A place on a waiting list is kept or taken over at a move."),
    "GUA-1": _("A child without parents has a guardian."),
    "GUA-2": _("The guardian sees the child at least once in five weeks."),
    "OBS-1": _("The contact person sees each child soon after arrival, and regularly after that."),
    "AGE-2": _("Half a year before 18 it is decided which support comes after that."),
    "AGE-3": _("A young adult who came without parents has support after 18, or said no to it."),
    "AGE-4": _("Before support stops, what comes next is arranged."),
    "AFT-1": _("Someone keeps in touch with a young adult until 23."),
}  # fmt: skip
