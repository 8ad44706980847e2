"""A handover is answered: accepted, or refused with a reason, in time, or the desk gets to know."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from caseapp.domain.codes import Topic
from caseapp.domain.intents.moves import Plan, PromiseDetails
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import OutOfReachError, Work
from caseapp.moves import actions, queries
from caseapp.moves.jobs import deadlines
from caseapp.moves.models import Promise, PromiseFacts
from tests.acting import acting
from tests.slices.moves.story import LATER, bearer, planned, sees, sent, the
from tests.strict_client import StrictClient
from tests.world import NOW, TODAY, World

As = Callable[..., StrictClient]
HOUR = timedelta(hours=1)
AHEAD = TODAY + timedelta(days=14)
"""A move announced well ahead, of which the receiver may read today: nothing about it is critical."""


def page(world: World, key: UUID, *rest: str) -> str:
    return "/".join((f"/kinderen/{world.mine}/overdracht/{key}", *rest))


def due_in(house: Machine, world: World, key: UUID) -> timedelta | None:
    """Return how long after sending the answer is due."""
    with acting(house, world, "national") as work:
        row = queries.handover(work, key)
        return row.due_at - NOW if row and row.due_at else None


def refuse(house: Machine, world: World, key: UUID) -> None:
    with acting(house, world, "cpk_far") as work:
        actions.refuse(work, the(work, world, key), "no room downstairs")


def told(house: Machine, world: World, event: str) -> list[str]:
    """Return who was told of something that is no alert, by their names in the world."""
    names = {key.hex: who for who, key in world.accounts.items()}
    with acting(house, world, "national") as work:
        rows = work.session.connection().exec_driver_sql(
            f"SELECT account_id FROM notice WHERE event = '{event}'"  # noqa: S608 (a name of ours)
        )
        return sorted(names[str(row[0]).replace("-", "")] for row in rows)


def night(house: Machine, moment: timedelta) -> int:
    """Look for handovers that nobody answered, so long after they were sent."""
    actor = Actor(account_id=None, name="deadlines", everywhere=True)
    return deadlines(lambda: house.work(actor, now=NOW + moment))


def test_the_receiver_has_three_days_to_answer(house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    assert due_in(house, world, key) == 72 * HOUR
    assert told(house, world, "HandoverSent") == ["cpk_far"]


def test_a_critical_alert_asks_for_an_answer_within_a_day(house: Machine, world: World) -> None:
    key = sent(house, world, LATER)  # announced today: far too short
    assert due_in(house, world, key) == 24 * HOUR


@pytest.mark.parametrize(
    ("topic", "lasts", "hours"),
    [
        (Topic.SAFETY, None, 24),
        (Topic.MEDICATION, AHEAD + timedelta(days=13), 24),
        (Topic.MEDICATION, AHEAD + timedelta(days=14), 72),
        (Topic.MEDICATION, None, 72),
        (Topic.CARE, AHEAD, 72),
    ],
)
def test_safety_and_a_medicine_that_runs_out_ask_for_an_answer_within_a_day(
    house: Machine, world: World, topic: Topic, lasts: date | None, hours: int
) -> None:
    key = planned(house, world, AHEAD)
    with acting(house, world, "cpk") as work:
        row = Promise(id=UUID(int=7), transfer_id=key, child_id=world.mine, topic=topic.value)
        work.add(row, facts=PromiseFacts("something", day=lasts))
        actions.send(work, the(work, world, key))
    assert due_in(house, world, key) == hours * HOUR


def test_the_time_to_answer_begins_when_the_receiver_can_read_it(
    house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD + timedelta(days=10))
    due = due_in(house, world, key)
    assert due is not None
    assert timedelta(days=12) < due <= timedelta(days=13)
    assert told(house, world, "HandoverSent") == []


def test_the_desk_hears_once_that_nobody_answered_in_time(house: Machine, world: World) -> None:
    sent(house, world, AHEAD)
    assert [night(house, 72 * HOUR - timedelta(seconds=1)), night(house, 72 * HOUR)] == [0, 1]
    assert told(house, world, "HandoverDeadlineMissed") == ["coordinator_far"]
    assert night(house, 73 * HOUR) == 0
    assert told(house, world, "HandoverDeadlineMissed") == ["coordinator_far"]


@pytest.mark.parametrize(
    "answer", [actions.accept, lambda work, move: actions.refuse(work, move, "no")]
)
def test_an_answer_in_time_is_not_missed(
    house: Machine, world: World, answer: Callable[[Work, object], None]
) -> None:
    key = sent(house, world, AHEAD)
    with acting(house, world, "cpk_far") as work:
        answer(work, the(work, world, key))
    assert night(house, 100 * HOUR) == 0


def test_a_move_that_does_not_go_on_is_not_missed(house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    with acting(house, world, "cpk") as work:
        actions.cancel(work, the(work, world, key), None, "no place")
    assert night(house, 100 * HOUR) == 0


def test_a_move_put_off_gives_the_receiver_time_from_when_it_can_read(
    house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD)
    with acting(house, world, "cpk") as work:
        far_off = Plan(AHEAD + timedelta(days=20), TODAY)
        actions.change(work, the(work, world, key), None, far_off)
    assert night(house, 72 * HOUR) == 1
    assert told(house, world, "HandoverDeadlineMissed") == []
    assert night(house, timedelta(days=22)) == 0
    assert night(house, timedelta(days=23)) == 1
    assert told(house, world, "HandoverDeadlineMissed") == ["coordinator_far"]


def test_a_refusal_goes_to_the_sender_and_both_desks_and_changes_nobody(
    house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD)
    refuse(house, world, key)
    assert told(house, world, "HandoverRefused") == ["coordinator", "coordinator_far", "cpk"]
    assert bearer(house, world) == "cpk"
    assert sees(house, world, "cpk_far") is not None
    with acting(house, world, "national") as work:
        row = queries.handover(work, key)
        assert row is not None
        assert (row.due_at, row.acknowledged_on) == (None, None)
        assert row.facts.refused_because == "no room downstairs"


def test_a_refused_handover_is_sent_anew_and_refused_again_is_told_again(
    house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD)
    refuse(house, world, key)
    with acting(house, world, "cpk_far") as work, pytest.raises(RefusedError) as refused:
        actions.refuse(work, the(work, world, key), "still none")
    assert refused.value.why is Refusal.ALREADY_REFUSED
    with acting(house, world, "cpk") as work:
        actions.send(work, the(work, world, key))
    assert due_in(house, world, key) == 72 * HOUR
    refuse(house, world, key)
    assert told(house, world, "HandoverRefused").count("coordinator") == 2


def test_a_coordinator_accepts_after_all_what_was_refused(house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    refuse(house, world, key)
    with acting(house, world, "coordinator_far") as work:
        actions.accept(work, the(work, world, key))
    with acting(house, world, "national") as work:
        row = queries.handover(work, key)
        assert row is not None
        assert (row.acknowledged_on, row.refused_at) == (TODAY, None)
    assert told(house, world, "HandoverAccepted") == ["cpk"]


def test_an_answer_given_cannot_be_given_again(house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
    for again in (actions.accept, lambda work, move: actions.refuse(work, move, "no")):
        with acting(house, world, "cpk_far") as work, pytest.raises(RefusedError) as refused:
            again(work, the(work, world, key))
        assert refused.value.why is Refusal.ALREADY_ACCEPTED


def test_only_the_receiver_refuses_and_only_what_was_sent(house: Machine, world: World) -> None:
    key = planned(house, world, AHEAD)
    with acting(house, world, "coordinator_far") as work, pytest.raises(OutOfReachError):
        actions.refuse(work, the(work, world, key), "no")
    with acting(house, world, "cpk") as work:
        actions.send(work, the(work, world, key))
        with pytest.raises(RefusedError) as refused:
            actions.refuse(work, the(work, world, key), "no")
    assert refused.value.why is Refusal.NOT_THE_RECEIVER


def test_accepting_settles_who_the_contact_person_is(house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
    with acting(house, world, "national") as work:
        [row] = [one for one in queries.promises(work, key) if one.topic == Topic.CONTACT]
        assert (row.outcome, row.facts.outcome_to) == ("handed_over", "Staff cpk_far")


def test_the_pages_ask_why_and_show_it_to_the_sender(as_: As, house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    receiver, sender = as_("cpk_far", language="en"), as_("cpk", language="en")
    assert "72 hours left to answer." in receiver.get(page(world, key)).get_data(as_text=True)
    answer = receiver.post(page(world, key, "weigeren"), {"because": ""})
    assert "Write down why you cannot accept this." in answer.get_data(as_text=True)
    assert sender.get(page(world, key, "weigeren")).status_code == 200
    why = {"because": "no room downstairs"}
    answer = sender.post(page(world, key, "weigeren"), why)
    assert "Only the place where the child goes can do this." in answer.get_data(as_text=True)
    assert "no room downstairs" in answer.get_data(as_text=True)
    assert receiver.post(page(world, key, "weigeren"), why).status_code == 303
    seen = sender.get(page(world, key)).get_data(as_text=True)
    assert "azc Ver could not accept this." in seen
    assert "no room downstairs" in seen
    assert "Send anew to azc Ver" in seen
    assert sender.post(page(world, key, "sturen")).status_code == 303
    assert "could not accept" not in sender.get(page(world, key)).get_data(as_text=True)


def test_what_is_open_is_named_before_sending_and_before_accepting(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    with acting(house, world, "cpk") as work:
        said = PromiseDetails(Topic.WISH_OF_CHILD, "an own room")
        actions.add_promise(work, the(work, world, key), said)
    sender = as_("cpk", language="en")
    seen = sender.get(page(world, key)).get_data(as_text=True)
    assert "7 things are still open." in seen
    assert "Wish of the child" in seen
    sender.post(page(world, key, "sturen"))
    seen = as_("cpk_far", language="en").get(page(world, key)).get_data(as_text=True)
    assert "You take 7 open things with you" in seen


def test_the_list_of_moves_shows_what_was_refused_and_what_is_late(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD)
    client = as_("coordinator_far", language="en")
    move = f"/kinderen/{world.mine}/verhuizing/{key}"
    night(house, 72 * HOUR)
    for address in ("/verhuizingen", move):
        assert "not accepted in time" in client.get(address).get_data(as_text=True)
    refuse(house, world, key)
    for address in ("/verhuizingen", move):
        assert "refused" in client.get(address).get_data(as_text=True)
