"""What reached nobody becomes the coordinator's: unread for a working day, or not to be mailed."""

from datetime import UTC, datetime

from caseapp.kernel.machine import Machine
from caseapp.notices.queries import NOT_MAILED, UNREAD
from tests.acting import acting
from tests.mail.outbox import Outbox
from tests.mail.serving import Server
from tests.world import World

FRIDAY = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)


def heard(box: Outbox, world: World, who: str) -> list[str]:
    """Return what somebody was told since the long holiday, by event."""
    return [one.event for one in box.notices(world.accounts[who]) if one.mailed_at is None]


def test_a_serious_message_that_nobody_read_becomes_the_coordinators_after_a_working_day(
    box: Outbox, world: World
) -> None:
    box.at = FRIDAY
    box.tell(world.accounts["cpk"], child=world.mine, severity="critical")
    box.at = MONDAY
    box.later(seconds=-1)
    assert box.hand_up() == 0
    box.later(seconds=1)
    assert box.hand_up() == 1
    assert heard(box, world, "coordinator") == [UNREAD]
    assert heard(box, world, "coordinator_far") == []
    assert box.later(days=9).hand_up() == 0
    assert heard(box, world, "coordinator") == [UNREAD]


def test_what_is_not_serious_or_was_read_stays_where_it_is(box: Outbox, world: World) -> None:
    box.at = FRIDAY
    box.tell(world.accounts["cpk"], child=world.mine, severity="warning")
    box.tell(world.accounts["guardian"], child=world.mine, severity="critical")
    box.read(world.accounts["guardian"])
    box.at = MONDAY
    assert box.hand_up() == 0
    assert heard(box, world, "coordinator") == []


def test_who_opened_the_file_since_has_seen_it(house: Machine, box: Outbox, world: World) -> None:
    box.tell(world.accounts["cpk"], child=world.mine, severity="critical")
    with acting(house, world, "cpk") as work:
        work.saw("child-read", [world.mine], object_id=world.mine)
    assert box.later(days=9).hand_up() == 0
    assert heard(box, world, "coordinator") == []


def test_what_the_coordinator_does_not_read_becomes_the_national_desks(
    box: Outbox, world: World
) -> None:
    box.tell(world.accounts["coordinator"], child=world.mine, severity="critical")
    assert box.later(days=9).hand_up() == 1
    assert heard(box, world, "national") == [UNREAD]


def test_the_same_thing_that_several_people_did_not_read_is_one_message(
    box: Outbox, world: World
) -> None:
    both = (world.accounts["cpk"], world.accounts["guardian"])
    box.tell(*both, child=world.mine, severity="critical", about=world.mine)
    assert box.later(days=9).hand_up() == 2
    assert heard(box, world, "coordinator") == [UNREAD]


def test_what_could_not_be_mailed_becomes_the_coordinators_at_once_and_once(
    box: Outbox, server: Server, world: World
) -> None:
    server.be("never")
    box.tell(world.accounts["cpk"], child=world.mine, severity="warning")
    box.go(server.post, minutes=1)
    assert box.hand_up() == 1
    assert box.hand_up() == 0
    assert heard(box, world, "coordinator") == [NOT_MAILED]
    server.be("kind")
    box.go(server.post, minutes=1)
    assert [mail["rcpt"] for mail in server.mails] == [["coordinator@example.org"]]


def test_what_is_about_no_child_becomes_the_national_desks(box: Outbox, world: World) -> None:
    box.tell(world.accounts["cpk"], severity="critical")
    assert box.later(days=9).hand_up() == 1
    assert heard(box, world, "national") == [UNREAD]


def test_what_was_handed_up_is_not_handed_up_again(box: Outbox, world: World) -> None:
    box.tell(world.accounts["cpk"], child=world.mine, severity="critical")
    box.later(days=9).hand_up()
    assert box.later(days=9).hand_up() == 0
