"""A look at records without a house: how late is too late, and which part of a checkpoint is wrong."""

from datetime import timedelta
from typing import Any, cast

from caseapp.audit.actions.chaining import Tail, is_set_back
from caseapp.audit.queries.looking import AT, Look
from caseapp.domain.trail import Problem, Wrong
from caseapp.kernel import chain
from caseapp.kernel.checkpoints import Checkpoint
from tests.world import NOW

DAY = timedelta(days=1)
LITTLE = timedelta(microseconds=1)
HASH = b"h" * 32


def a_look(**known: Any) -> Look:
    """Return a look that came to a record; it asks its work nothing."""
    return Look(cast("Any", None), {}, **known)


def test_a_record_may_be_a_day_older_than_those_before_it_and_no_more() -> None:
    for older, problems in ((DAY, []), (DAY + LITTLE, [Problem(7, Wrong.TIME)])):
        look = a_look(latest=NOW.isoformat())
        row: list[Any] = [None] * len(chain.COLUMNS)
        row[0], row[AT] = 7, (NOW - older).isoformat()
        look._in_time(row)
        assert look.problems == problems


def test_a_clock_is_set_back_when_it_is_more_than_a_day_behind() -> None:
    tail = Tail(7, HASH, NOW, 1, lambda _message: b"")
    assert not is_set_back(tail, NOW - DAY)
    assert is_set_back(tail, NOW - DAY - LITTLE)
    tail.at = None
    assert not is_set_back(tail, NOW - 9 * DAY)


def test_a_checkpoint_is_good_or_is_named_with_the_part_that_is_wrong() -> None:
    for hashed, records, problems in (
        (HASH, 5, []),
        (b"other", 5, [Problem(7, Wrong.CHECKPOINT, "hash")]),
        (HASH, 6, [Problem(7, Wrong.CHECKPOINT, "count")]),
    ):
        look = a_look(before=hashed, counted=records)
        look._meets(Checkpoint(seq=7, hash=HASH.hex(), at="", records=5))
        assert (look.problems, look.met) == (problems, {7})
        assert look.good == ([] if problems else [7])


def test_a_number_that_is_not_the_next_is_a_gap_and_the_look_goes_on_after_it() -> None:
    look = a_look(expected=7)
    for seq, gaps in ((7, 0), (9, 1), (10, 1)):
        look._in_order(seq)
        assert look.problems == [Problem(9, Wrong.GAP)] * gaps
    assert (look.expected, look.counted) == (11, 3)
