"""Recording where a child lives and where it is."""

from caseapp.placements.actions.documents import take_in
from caseapp.placements.actions.stays import (
    NoPlaceError,
    begin_on,
    correct_stay,
    end_stay,
    follow_region,
    forget_group,
    learn_group,
    record_stay,
    turn_over,
)
from caseapp.placements.actions.whereabouts import (
    NotMissingError,
    NotYetError,
    come_back,
    correct_whereabouts,
    record_whereabouts,
    report_to_police,
)

__all__ = [
    "NoPlaceError",
    "NotMissingError",
    "NotYetError",
    "begin_on",
    "come_back",
    "correct_stay",
    "correct_whereabouts",
    "end_stay",
    "follow_region",
    "forget_group",
    "learn_group",
    "record_stay",
    "record_whereabouts",
    "report_to_police",
    "take_in",
    "turn_over",
]
