"""Both sides of a handover ask and answer about one promise."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from caseapp.domain.moving import Refusal, RefusedError
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Envelope, envelope_of
from caseapp.moves import actions, queries
from caseapp.moves.models import Message, Promise
from caseapp.moves.scope import the_promise_to_discuss
from tests.acting import acting
from tests.slices.moves.story import planned, sent, the
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
AHEAD = TODAY + timedelta(days=14)


def school(house: Machine, world: World, key: UUID) -> Promise:
    """Return the promise of the school place."""
    with acting(house, world, "national") as work:
        return next(row for row in queries.promises(work, key) if row.topic == "school")


def page(world: World, key: UUID, promise: Promise, *, talk: bool = True) -> str:
    handover = f"/kinderen/{world.mine}/overdracht/{key}"
    return f"{handover}/belofte/{promise.id}/vragen" if talk else handover


def said(house: Machine, world: World, key: UUID) -> list[str]:
    with acting(house, world, "national") as work:
        threads = queries.messages(work, key)
        return [message.text for thread in threads.values() for message in thread]


def told(house: Machine, world: World) -> list[str]:
    names = {key.hex: who for who, key in world.accounts.items()}
    with acting(house, world, "national") as work:
        rows = work.session.connection().exec_driver_sql(
            "SELECT account_id FROM notice WHERE event = 'PromiseAsked'"
        )
        return sorted(names[str(row[0]).replace("-", "")] for row in rows)


def ask(house: Machine, world: World, who: str, key: UUID, text: str) -> None:
    with acting(house, world, who) as work:
        row = next(row for row in queries.promises(work, key) if row.topic == "school")
        actions.ask(work, the(work, world, key), row, text)


def test_a_question_and_its_answer_stand_in_order_on_both_pages(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD)
    promise = school(house, world, key)
    sender, receiver = as_("cpk", language="en"), as_("cpk_far", language="en")
    empty = receiver.get(page(world, key, promise)).get_data(as_text=True)
    assert "Nothing was asked yet." in empty
    assert "No medical details" in empty
    question, answer = {"text": "Which class is it?"}, {"text": "The third class."}
    assert receiver.post(page(world, key, promise), question).status_code == 303
    assert sender.post(page(world, key, promise), answer).status_code == 303
    for client in (sender, receiver, as_("guardian"), as_("coordinator"), as_("coordinator_far")):
        seen = client.get(page(world, key, promise, talk=False)).get_data(as_text=True)
        assert 0 < seen.index("Which class is it?") < seen.index("The third class.")
        assert "Staff cpk_far" in seen


def test_an_empty_message_is_asked_for(as_: As, house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    client = as_("cpk", language="en")
    answer = client.post(page(world, key, school(house, world, key)), {"text": " "})
    assert "Write down your question or answer." in answer.get_data(as_text=True)
    assert said(house, world, key) == []


def test_a_message_sent_twice_is_there_once(as_: As, house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    client, address = as_("cpk"), page(world, key, school(house, world, key))
    once = re.search(r'name="once" value="([0-9a-f]+)"', client.get(address).get_data(as_text=True))
    assert once is not None
    message = {"text": "Which class is it?", "once": once[1]}
    assert [client.post(address, message).status_code for _ in range(2)] == [303, 303]
    assert said(house, world, key) == ["Which class is it?"]
    assert client.post(address, {"text": "And which teacher?"}).status_code == 303
    assert len(said(house, world, key)) == 2


def test_the_other_side_is_told_of_each_message(house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    ask(house, world, "cpk_far", key, "Which class is it?")
    assert told(house, world) == ["cpk"]
    ask(house, world, "cpk", key, "The third class.")
    assert told(house, world) == ["cpk", "cpk_far"]
    ask(house, world, "coordinator_far", key, "Is there a place?")
    assert told(house, world) == ["cpk", "cpk", "cpk_far", "cpk_far"]


def test_the_receiver_is_not_told_before_it_may_read(house: Machine, world: World) -> None:
    key = planned(house, world, AHEAD)
    ask(house, world, "cpk", key, "Note for later.")
    assert told(house, world) == []


def test_who_may_not_read_the_handover_reads_no_thread(
    as_: As, house: Machine, world: World
) -> None:
    key = planned(house, world, AHEAD)
    address = page(world, key, school(house, world, key))
    assert as_("cpk_far").get(address).status_code == 404
    assert as_("cpk_beside").get(address).status_code == 404
    assert as_("guardian").get(address).status_code == 403
    with acting(house, world, "cpk") as work:
        actions.send(work, the(work, world, key))
    assert as_("cpk_far").get(address).status_code == 200
    assert as_("cpk_beside").get(address).status_code == 404


def test_the_sender_reads_and_answers_for_30_days_after_it_left(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world, TODAY)
    with acting(house, world, "cpk_far") as work:
        actions.accept(work, the(work, world, key))
        actions.arrive(work, the(work, world, key), None, TODAY)
    client = as_("cpk")
    address = page(world, key, school(house, world, key))
    assert client.post(address, {"text": "The bag is still here."}).status_code == 303
    assert "The bag is still here." in client.get(
        page(world, key, school(house, world, key), talk=False)
    ).get_data(as_text=True)
    promise = school(house, world, key)
    with acting(house, world, "cpk", TODAY + timedelta(days=30)) as work:
        assert the_promise_to_discuss(work, world.mine, key, promise.id) is None


def test_nothing_is_asked_about_a_move_that_does_not_go_on(house: Machine, world: World) -> None:
    key = sent(house, world, AHEAD)
    with acting(house, world, "cpk") as work:
        actions.cancel(work, the(work, world, key), None, "no place")
    with pytest.raises(RefusedError) as refused:
        ask(house, world, "cpk", key, "Which class is it?")
    assert refused.value.why is Refusal.IS_OVER


def test_a_message_that_does_not_open_is_named_by_its_reference(
    as_: As, house: Machine, world: World
) -> None:
    key = sent(house, world, AHEAD)
    ask(house, world, "cpk_far", key, "Which class is it?")
    column = envelope_of(Message, "text")
    with acting(house, world, "national") as work:
        sealed = work.session.scalars(select(column)).one()
        bad = Envelope(bytes(sealed)[:-1] + bytes([sealed[-1] ^ 1]))
        work.session.execute(update(Message).values({column: bad}))
    seen = as_("cpk", language="en").get(page(world, key, school(house, world, key), talk=False))
    assert "Not readable - ref" in seen.get_data(as_text=True)
    assert "Which class is it?" not in seen.get_data(as_text=True)
