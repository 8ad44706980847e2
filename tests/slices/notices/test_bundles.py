"""What a list brings is told in one notice; its alerts stand on the board and on Today one by one."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from caseapp.domain import events
from caseapp.domain.mailing import Choice, How
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.notices import actions, queries
from caseapp.notices.actions import Bundle
from caseapp.notices.models import Bundled, Notice, Told
from caseapp.notices.queries import LIST, UNREAD_LIST
from tests.acting import acting
from tests.mail.outbox import ANY_HOUR, Outbox
from tests.slices.continuity.story import broken, looking
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
RUN = UUID(int=77)
FOURTEEN = Counter({"critical": 3, "warning": 10, "notice": 1})
FRIDAY = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a move that a list told of."""

    bundle: Bundle
    told: set[UUID]


def moved_by_a_list(house: Machine, world: World) -> Moved:
    """Move `mine` far away without notice, as a list would."""
    with acting(house, world, "national") as work:
        work.occasion = RUN
        moves.record_unannounced(work, world.mine, world.locations["AZC-FAR"], TODAY)
        work.settle()
        bundle = actions.bundle_of(work)
    with looking(house) as work:
        told = set(work.session.scalars(select(Told.account_id)))
    return Moved(bundle, told)


def tell(house: Machine, world: World, bundle: Bundle) -> None:
    """Tell what a list brought, as its last step."""
    with acting(house, world, "national") as work:
        actions.tell_of_list(work, RUN, bundle)


def kept(house: Machine) -> int:
    """Return how many notices there are."""
    with looking(house) as work:
        return work.session.scalar(select(func.count()).select_from(Notice)) or 0


def raised(world: World, severity: str = "critical", alert: int = 1) -> events.AlertRaised:
    """Return an alert of which the CPK is told."""
    told = (world.accounts["cpk"],)
    key = UUID(int=alert)
    return events.AlertRaised(
        object_id=key, child_id=world.mine, rule="CAR-1", severity=severity, told=told
    )


def counted(work: Work, world: World) -> Counter[str]:
    """Return what the CPK is told by a work that is not saved."""
    return actions.bundle_of(work).counts.get(world.accounts["cpk"], Counter())


def test_a_list_keeps_no_notice_of_an_alert_and_counts_it(house: Machine, world: World) -> None:
    before = kept(house)
    moved = moved_by_a_list(house, world)
    assert kept(house) == before
    assert set(moved.bundle.counts) == moved.told
    for who in ("cpk", "guardian"):
        assert moved.bundle.counts[world.accounts[who]].total() > 0
    assert world.accounts["cpk_beside"] not in moved.told


def test_without_a_list_every_alert_has_its_notice(house: Machine, world: World) -> None:
    before = kept(house)
    with acting(house, world, "national") as work:
        moves.record_unannounced(work, world.mine, world.locations["AZC-FAR"], TODAY)
        work.settle()
        assert actions.bundle_of(work) == Bundle()
    assert kept(house) > before


def test_who_was_told_by_a_list_finds_the_alert_on_today(
    house: Machine, as_: As, world: World
) -> None:
    moved_by_a_list(house, world)
    assert "Om te weten: een ander pakt dit op" in as_("guardian").get("/vandaag").text
    with looking(house) as work:
        mine = set(work.session.scalars(queries.told_of(world.accounts["guardian"])))
    assert broken(house, world).id in mine


def test_an_alert_counts_once_however_often_it_is_told(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        work.occasion = RUN
        actions.tell(work, raised(world, "warning"))
        grown = events.AlertChanged(
            object_id=UUID(int=1), child_id=world.mine, rule="CAR-1",
            severity="critical", was="warning", told=(world.accounts["cpk"],),
        )  # fmt: skip
        actions.tell(work, grown)
        actions.tell_owner(work, _given(world))
        actions.tell(work, raised(world, "notice", alert=2))
        assert counted(work, world) == Counter({"critical": 1, "notice": 1})
        work.undo()


def _given(world: World) -> events.AlertAssigned:
    return events.AlertAssigned(
        object_id=UUID(int=1),
        child_id=world.mine,
        account_id=world.accounts["cpk"],
        severity="critical",
    )


def test_an_alert_that_is_over_before_the_list_is_in_is_not_counted(
    house: Machine, world: World
) -> None:
    with acting(house, world, "national") as work:
        work.occasion = RUN
        actions.tell(work, raised(world))
        over = events.AlertClosed(object_id=UUID(int=1), child_id=world.mine, rule="CAR-1")
        actions.settle(work, over)
        assert counted(work, world) == Counter()
        work.undo()


def test_what_is_no_alert_is_counted_apart_unless_it_is_about_places(
    house: Machine, world: World
) -> None:
    box = Outbox(house).quiet()
    told = (world.accounts["cpk"], world.accounts["national"])
    about_a_child = events.HandoverSent(object_id=RUN, child_id=world.mine, told=told)
    about_places = events.LoadRaised(object_id=RUN, rule="LOAD-1", severity="warning", told=told)
    with acting(house, world, "national") as work:
        work.occasion = RUN
        actions.tell_told(work, about_a_child)
        actions.tell_told(work, about_places)
        work.settle()
        assert actions.bundle_of(work) == Bundle({told[0]: Counter({"other": 1})})
    assert [one.event for one in box.notices(told[0]) if not one.read_at] == ["LoadRaised"]


def test_what_the_parts_of_a_list_bring_adds_up() -> None:
    one, two = UUID(int=1), UUID(int=2)
    first = Bundle({one: Counter(critical=1, notice=2)})
    second = Bundle({one: Counter(critical=2), two: Counter(other=1)})
    both = Bundle({one: Counter(critical=3, notice=2), two: Counter(other=1)})
    assert first + second == both
    assert sum((first, second), Bundle()) == both


def test_everybody_has_one_notice_of_a_list_however_often_it_is_told(
    house: Machine, world: World
) -> None:
    box = Outbox(house).quiet()
    cpk, guardian, beside = (world.accounts[one] for one in ("cpk", "guardian", "cpk_beside"))
    counts = {cpk: FOURTEEN, guardian: Counter({"warning": 1}), beside: Counter({"critical": 0})}
    for _time in range(2):
        tell(house, world, Bundle(counts))
    mine = [one for one in box.notices(cpk) if one.event == LIST]
    assert [(one.object_id, one.child_id, one.severity) for one in mine] == [
        (RUN, None, "critical")
    ]
    assert [one.severity for one in box.notices(guardian) if one.event == LIST] == ["warning"]
    assert [one for one in box.notices(beside) if one.event == LIST] == []
    with looking(house) as work:
        [row] = work.session.scalars(select(Bundled).where(Bundled.notice_id == mine[0].id))
        assert (row.critical, row.warning, row.notice, row.other) == (3, 10, 1, 0)


def test_the_messages_say_how_much_a_list_brought(house: Machine, as_: As, world: World) -> None:
    cpk, guardian = world.accounts["cpk"], world.accounts["guardian"]
    tell(house, world, Bundle({cpk: FOURTEEN, guardian: Counter({"notice": 1, "other": 2})}))
    page = as_("cpk").get("/berichten").text
    assert "Een lijst bracht 14 signaleringen, waarvan 3 ernstig" in page
    page = as_("guardian").get("/berichten").text
    assert "Een lijst bracht 1 signalering, 2 andere berichten" in page


def test_a_mail_says_in_a_line_what_lists_brought(house: Machine, world: World) -> None:
    box = Outbox(house).quiet()
    cpk, guardian = world.accounts["cpk"], world.accounts["guardian"]
    box.choose(cpk, replace(ANY_HOUR, how=How.CRITICAL))
    box.choose(guardian, replace(ANY_HOUR, how=How.CRITICAL))
    tell(house, world, Bundle({cpk: FOURTEEN, guardian: Counter({"warning": 5})}))
    assert (
        box.make() == 1
    )  # five warnings are no reason to mail who asked for serious messages only
    [letter] = box.letters()
    told = (letter.account_id, letter.total, letter.serious, letter.alerts, letter.serious_alerts)
    assert told == (cpk, 1, 1, 14, 3)


def test_quiet_hours_hold_for_a_list_too(house: Machine, world: World) -> None:
    box = Outbox(house).quiet()
    cpk = world.accounts["cpk"]
    box.choose(cpk, Choice(quiet_from=0, quiet_to=23 * 60 + 59))
    tell(house, world, Bundle({cpk: FOURTEEN}))
    assert box.make() == 0


def test_a_list_with_serious_alerts_that_nobody_read_becomes_the_national_desks(
    house: Machine, world: World
) -> None:
    box = Outbox(house).quiet()
    cpk, guardian = world.accounts["cpk"], world.accounts["guardian"]
    with acting(house, world, "national", FRIDAY.date()) as work:
        work.now = FRIDAY
        bundle = Bundle({cpk: FOURTEEN, guardian: Counter({"warning": 4})})
        actions.tell_of_list(work, RUN, bundle)
    box.at = MONDAY
    assert box.later(seconds=-1).hand_up() == 0
    assert box.later(seconds=1).hand_up() == 1
    [one] = [one for one in box.notices(world.accounts["national"]) if one.event == UNREAD_LIST]
    assert (one.object_id, one.severity) == (RUN, "critical")
    assert box.later(days=9).hand_up() == 0


def test_nobody_needs_to_read_of_a_list_that_is_undone(house: Machine, world: World) -> None:
    box = Outbox(house).quiet()
    cpk = world.accounts["cpk"]
    tell(house, world, Bundle({cpk: FOURTEEN}))
    box.tell(cpk, child=world.mine)
    with acting(house, world, "national") as work:
        actions.settle_list(work, RUN)
    with looking(house) as work:
        assert queries.unread(work, cpk) == 1  # the other message stays
    assert box.later(days=9).hand_up() == 0
    assert box.make() == 1
    assert [letter.alerts for letter in box.letters()] == [0]


@pytest.mark.parametrize(("who", "where"), [("cpk", "/vandaag"), ("coordinator", "/signaleringen")])
def test_the_message_leads_to_the_alerts_for_who_may_not_see_the_list(
    house: Machine, as_: As, world: World, who: str, where: str
) -> None:
    Outbox(house).quiet()
    tell(house, world, Bundle({world.accounts[who]: FOURTEEN}))
    client = as_(who)
    [opens] = re.findall(r"/berichten/[0-9a-f-]+/openen", client.get("/berichten").text)
    leads = client.post(opens).location
    assert leads == f"/verhuizingen/lijsten/{RUN}/bericht"
    assert client.get(leads).location == where
    assert f'href="{leads}"' in client.get("/berichten").text
