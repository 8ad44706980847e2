"""Why a step of a move cannot be taken."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a step of a move, or of its handover, cannot be taken now."""

    SAME_PLACE = "same_place"
    NO_DESTINATION = "no_destination"
    SAME_MOVE = "same_move"
    IS_OVER = "is_over"
    ALREADY_CONFIRMED = "already_confirmed"
    ALREADY_LEFT = "already_left"
    OTHER_UNDER_WAY = "other_under_way"
    IN_FUTURE = "in_future"
    BEFORE_DEPARTURE = "before_departure"
    BEFORE_STAY = "before_stay"
    NOT_SENT = "not_sent"
    ALREADY_SENT = "already_sent"
    ALREADY_ACCEPTED = "already_accepted"
    ALREADY_REFUSED = "already_refused"
    NOT_THE_RECEIVER = "not_the_receiver"
    NOT_AT_THIS_PLACE = "not_at_this_place"
    NOT_AT_WORK = "not_at_work"
    NOT_THEIRS = "not_theirs"
    HELD = "held"
    HELD_ALREADY = "held_already"
    HOLD_IN_PAST = "hold_in_past"
    NOT_HELD = "not_held"
    NOT_YOUR_HOLD = "not_your_hold"
    NOT_NATIONAL = "not_national"
    CHANGED = "changed"
    BEFORE_ANNOUNCED = "before_announced"


class RefusedError(ValueError):
    """A step of a move cannot be taken now."""

    def __init__(self, why: Refusal) -> None:
        """Keep why, for the words on the page."""
        super().__init__(why.value)
        self.why = why
