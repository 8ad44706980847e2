"""A missing child: written down in two taps, told to the police, found; and nothing closes by it."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.care import queries as care
from caseapp.continuity.models import Alert
from caseapp.domain.codes import WhereaboutsState
from caseapp.domain.events import WhereaboutsCorrected, WhereaboutsRecorded
from caseapp.domain.intents.placements import Found, WhereaboutsDetails
from caseapp.domain.periods import EndsBeforeStartError, OverlapError
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import queries as moves
from caseapp.placements import actions, queries
from tests.acting import acting
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

LEFT = WhereaboutsDetails(WhereaboutsState.MISSING, date(2026, 11, 20))


def page(world: World, *rest: object) -> str:
    """Return an address on the file of the child."""
    return "/".join(("", "kinderen", str(world.mine), *map(str, rest)))


def gone(house: Machine, world: World, said: WhereaboutsDetails = LEFT) -> UUID:
    """Write down that the child is missing, and return the key."""
    with acting(house, world, "cpk") as work:
        return actions.record_whereabouts(work, world.mine, said).id


def times_of(work: Work, world: World) -> list[tuple[str, date, date | None]]:
    """Return where the child was, from the second record on, and let the database go."""
    found = [(r.state, r.from_on, r.to_on) for r in queries.whereabouts(work, world.mine)]
    work.session.rollback()
    return found[1:]


def open_rules(work: Work, world: World) -> set[str]:
    """Return the rules about whereabouts with an open alert, and let the database go."""
    wanted = select(Alert.rule).where(
        Alert.child_id == world.mine, Alert.closed_at.is_(None), Alert.rule.like("SAF%")
    )
    found = set(work.session.scalars(wanted))
    work.session.rollback()
    return found


def test_from_the_page_of_the_child_it_takes_two_taps(as_: As, work: Work, world: World) -> None:
    client = as_("cpk", language="en")
    assert page(world, "vermist") in client.get(page(world)).get_data(as_text=True)
    asked = client.get(page(world, "vermist")).get_data(as_text=True)
    assert 'value="24-11-2026"' in asked
    answer = client.post(page(world, "vermist"), {"from_on": "24-11-2026"})
    assert (answer.status_code, answer.location) == (303, page(world))
    assert times_of(work, world) == [("missing", TODAY, None)]
    shown = client.get(page(world)).get_data(as_text=True)
    assert "Missing since 24 November" in shown
    assert "Not reported to the police yet." in shown
    assert page(world, "vermist") not in shown
    assert open_rules(work, world) == {"SAF-1", "SAF-2"}


def test_nothing_closes_when_a_child_is_missing(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    def standing() -> tuple[object, ...]:
        stays = [(r.id, r.to_on, r.version) for r in queries.stays(work, world.mine)]
        lines = [(r.id, r.version) for r in care.lines(work, world.mine)]
        held = [(r.account_id, r.to_on) for r in moves.responsible(work, world.mine)]
        work.session.rollback()
        return stays, lines, held

    before = standing()
    gone(house, world)
    assert standing() == before
    assert as_("cpk").get(page(world)).status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("from_on", "", "Enter the first day."),
        ("from_on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("police_report_on", "19-11-2026", "The report lies before the day"),
        ("police_report_on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("from_on", "4-2-2026", "This overlaps with what is written down"),
    ],
)
def test_the_form_refuses_and_keeps_what_was_typed(
    as_: As, work: Work, world: World, field: str, typed: str, words: str
) -> None:
    sent = {"from_on": "20-11-2026", "note": "zqx-bag-is-gone", field: typed}
    text = as_("cpk", language="en").post(page(world, "vermist"), sent).get_data(as_text=True)
    assert words in text
    assert "zqx-bag-is-gone" in text
    assert times_of(work, world) == []


def test_pressing_twice_reports_once(as_: As, work: Work, world: World) -> None:
    client, sent = as_("cpk"), {"from_on": "20-11-2026", "once": "d4" * 16}
    answers = [client.post(page(world, "vermist"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(times_of(work, world)) == 1


def test_the_report_to_the_police_closes_its_task_and_not_the_alarm(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key, client = gone(house, world), as_("cpk", language="en")
    address = page(world, "waar", key, "politie?signalering=SAF-2")
    assert 'value="24-11-2026"' in client.get(address).get_data(as_text=True)
    early = client.post(address, {"police_report_on": "19-11-2026", "version": 1})
    assert "Choose 20-11-2026 or later." in early.get_data(as_text=True)
    answer = client.post(address, {"police_report_on": "20-11-2026", "version": 1})
    assert answer.location == page(world)
    assert open_rules(work, world) == {"SAF-1"}
    assert "Reported to the police on 20-11-2026." in client.get(page(world)).text
    raced = client.post(address, {"police_report_on": "21-11-2026", "version": 1})
    assert "Someone else has just changed this." in raced.get_data(as_text=True)


def test_a_child_that_is_back_is_missing_no_more(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key, client = gone(house, world), as_("cpk", language="en")
    address = page(world, "waar", key, "terug?signalering=SAF-1")
    assert (
        "Choose where the child is."
        in client.post(address, {"on": "23-11-2026", "version": 1}).text
    )
    answer = client.post(address, {"on": "23-11-2026", "where": "here", "version": 1})
    assert answer.location == page(world)
    assert times_of(work, world) == [("missing", LEFT.from_on, date(2026, 11, 23))]
    assert open_rules(work, world) == set()
    assert "Missing since" not in client.get(page(world)).get_data(as_text=True)
    again = client.post(address, {"on": "23-11-2026", "where": "here", "version": 2})
    assert "The child is back already." in again.get_data(as_text=True)


def test_a_child_found_elsewhere_goes_on_being_elsewhere(
    as_: As, house: Machine, work: Work, world: World
) -> None:
    key, client = gone(house, world), as_("cpk", language="en")
    sent = {"on": "23-11-2026", "where": "with_relatives", "note": "zqx-aunt", "version": 1}
    client.post(page(world, "waar", key, "terug"), sent)
    assert times_of(work, world) == [
        ("missing", LEFT.from_on, date(2026, 11, 23)),
        ("with_relatives", date(2026, 11, 23), None),
    ]
    assert open_rules(work, world) == set()
    shown = client.get(page(world)).get_data(as_text=True)
    assert "with relatives" in shown
    assert "zqx-aunt" in client.get(page(world, "verblijf")).get_data(as_text=True)


def test_the_actions_refuse_what_cannot_be(house: Machine, work: Work, world: World) -> None:
    key = gone(house, world)
    row = queries.one_whereabouts(work, world.mine, key)
    assert row is not None
    with pytest.raises(actions.NotYetError):
        actions.report_to_police(work, row, 1, date(2026, 11, 25))
    with pytest.raises(EndsBeforeStartError):
        actions.report_to_police(work, row, 1, date(2026, 11, 19))
    with pytest.raises(actions.NotYetError):
        actions.come_back(work, row, 1, Found(date(2026, 11, 25)))
    with pytest.raises(EndsBeforeStartError):
        actions.come_back(work, row, 1, Found(date(2026, 11, 19)))
    with pytest.raises(LostRaceError):
        actions.come_back(work, row, 9, Found(TODAY))
    actions.come_back(work, row, 1, Found(date(2026, 11, 20)))
    with pytest.raises(actions.NotMissingError):
        actions.come_back(work, row, row.version, Found(TODAY))
    other = queries.whereabouts(work, world.mine)[0]
    with pytest.raises(actions.NotMissingError):
        actions.report_to_police(work, other, 1, date(2026, 2, 2))
    work.undo()


def test_a_child_is_missing_once_at_a_time(house: Machine, work: Work, world: World) -> None:
    gone(house, world)
    with pytest.raises(OverlapError):
        actions.record_whereabouts(work, world.mine, WhereaboutsDetails(LEFT.state, TODAY))


def test_each_intention_is_on_the_trail(work: Work, world: World) -> None:
    row = actions.record_whereabouts(work, world.mine, LEFT)
    work.settle()
    actions.report_to_police(work, row, row.version, TODAY)
    work.settle()
    other = actions.come_back(work, row, row.version, Found(TODAY, WhereaboutsState.OTHER))
    work.settle()
    assert other is not None
    kinds = (WhereaboutsRecorded, WhereaboutsCorrected)
    made = [(type(e), e.object_id, e.fields) for e in work.trail if isinstance(e, kinds)]
    assert made == [
        (WhereaboutsRecorded, row.id, ()),
        (WhereaboutsCorrected, row.id, ("facts",)),
        (WhereaboutsCorrected, row.id, ("to_on",)),
        (WhereaboutsRecorded, other.id, ()),
    ]


@pytest.mark.parametrize(
    ("who", "status"), [("cpk", 200), ("coordinator", 200), ("guardian", 403), ("cpk_far", 404)]
)
def test_who_holds_the_child_reports_it(
    as_: As, house: Machine, world: World, who: str, status: int
) -> None:
    key = gone(house, world)
    for part in ("vermist", f"waar/{key}/politie", f"waar/{key}/terug"):
        assert as_(who).get(page(world, part)).status_code == status
