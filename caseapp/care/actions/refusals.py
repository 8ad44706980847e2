"""Why something about care cannot be, although every answer has the right shape."""

from datetime import date


class MeaningError(ValueError):
    """Something cannot be; the subclass says why."""

    def __init__(self, field: str, day: date | None = None) -> None:
        """Keep the name of the answer that is wrong, and the day that stands in its way."""
        super().__init__()
        self.field = field
        self.day = day


class DayOrderError(MeaningError):
    """A day lies before one that comes first."""


class NotEarlierError(MeaningError):
    """A line would continue one that was referred later, that is not this child's, or itself."""


class FollowedEarlierError(MeaningError):
    """A line would be referred later than one that continues it."""


class MoveQuestionError(MeaningError):
    """Care ended close to a move, and nobody said whether it was finished or broken off."""


class ContradictionError(MeaningError):
    """Care would have been finished, and broken off by a move."""


class LineEndedError(MeaningError):
    """Care has ended, so nothing can be planned or seen after that day."""


class NotSeenError(MeaningError):
    """This day is not on the line, or was taken back already."""


class AlreadySeenError(MeaningError):
    """This day is on the line already, and there is nothing else to write down."""


class NoDateError(MeaningError):
    """A provider gave a new date, and the date is not written down."""
