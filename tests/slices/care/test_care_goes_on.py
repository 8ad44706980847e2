"""What happens to a line of care: seen, an appointment, a place that is kept, an end close to a move."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from caseapp.audit import queries as audit
from caseapp.audit.models import AuditEvent
from caseapp.care import actions, facts, queries
from caseapp.care.models import CareLine
from caseapp.domain.care_codes import CareKind, EndReason
from caseapp.domain.intents.care import AtMove, CareDetails, CareEnd, SeenByProvider
from caseapp.kernel.work import LostRaceError, Work
from caseapp.people import queries as people
from tests.slices.care.lines import line_of, page
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

MOVED_ON = date(2026, 11, 12)
"""The day on which the child of the world moved."""


def therapy(work: Work, world: World) -> SimpleNamespace:
    """Return key and version of the therapy that the move broke, and let the database go."""
    row = line_of(work, world, CareKind.GGZ)
    known = SimpleNamespace(id=row.id, version=row.version)
    work.session.rollback()
    return known


def row_of(work: Work, world: World) -> CareLine:
    """Return the therapy as it stands."""
    work.session.expire_all()
    return line_of(work, world, CareKind.GGZ)


def test_the_provider_saw_the_child_and_the_next_appointment_stands(
    as_: As, work: Work, world: World
) -> None:
    line = therapy(work, world)
    sent = {"on": "23-11-2026", "next_contact_on": "1-12-2026", "version": line.version}
    assert as_("cpk").post(page(world, line.id, "gezien"), sent).status_code == 303
    row = row_of(work, world)
    assert row.facts.next_contact_on == date(2026, 12, 1)
    assert facts.seen_days(work, world.mine)[row.id][-1] == date(2026, 11, 23)
    codes = work.session.scalars(
        select(AuditEvent.code).where(AuditEvent.child_id == world.mine, AuditEvent.action != "R")
    ).all()
    assert {"care-seen", "care-corrected"} <= set(codes)


def test_a_day_counts_once_but_may_bring_an_appointment(work: Work, world: World) -> None:
    row = row_of(work, world)
    actions.saw(work, row, row.version, SeenByProvider(TODAY))
    work.flush()
    with pytest.raises(actions.AlreadySeenError):
        actions.saw(work, row, row.version, SeenByProvider(TODAY))
    actions.saw(work, row, row.version, SeenByProvider(TODAY, date(2026, 12, 1)))
    work.flush()
    assert row.facts.next_contact_on == date(2026, 12, 1)
    assert len([day for day in facts.seen_days(work, world.mine)[row.id] if day == TODAY]) == 1


def test_a_day_that_is_saved_already_is_explained(as_: As, work: Work, world: World) -> None:
    line = therapy(work, world)
    client = as_("cpk", language="en")
    sent = {"on": "09-11-2026", "version": line.version}
    text = client.post(page(world, line.id, "gezien"), sent).get_data(as_text=True)
    assert "This day is saved already." in text


@pytest.mark.parametrize(
    ("seen_on", "left"), [(date(2026, 11, 20), None), (date(2026, 11, 19), date(2026, 11, 20))]
)
def test_an_appointment_is_cleared_when_it_is_over(
    work: Work, world: World, seen_on: date, left: date | None
) -> None:
    row = row_of(work, world)
    actions.book(work, row, row.version, date(2026, 11, 20))
    work.flush()
    actions.saw(work, row, row.version, SeenByProvider(seen_on))
    assert row.facts.next_contact_on == left


def test_nobody_is_seen_before_the_referral(work: Work, world: World) -> None:
    row = row_of(work, world)
    with pytest.raises(actions.DayOrderError):
        actions.saw(work, row, row.version, SeenByProvider(date(2026, 2, 12)))


def test_an_appointment_is_recorded_from_the_alert_that_tells_what_broke(
    as_: As, work: Work, world: World
) -> None:
    line = therapy(work, world)
    client = as_("cpk", language="en")
    address = page(world, line.id, "afspraak?signalering=CAR-1")
    text = client.get(address).get_data(as_text=True)
    assert "This care stopped at the move of 12 November." in text
    answer = client.post(address, {"next_contact_on": "26-11-2026", "version": line.version})
    assert (answer.status_code, answer.location) == (303, f"/kinderen/{world.mine}")
    assert row_of(work, world).facts.next_contact_on == date(2026, 11, 26)


@pytest.mark.parametrize(("typed", "status"), [("24-11-2026", 303), ("23-11-2026", 200), ("", 200)])
def test_an_appointment_lies_today_or_later(
    as_: As, work: Work, world: World, typed: str, status: int
) -> None:
    line = therapy(work, world)
    sent = {"next_contact_on": typed, "version": line.version}
    assert as_("cpk").post(page(world, line.id, "afspraak"), sent).status_code == status


def test_a_place_on_the_waiting_list_is_kept(as_: As, work: Work, world: World) -> None:
    waits = actions.record(work, world.mine, CareDetails(CareKind.PARAMEDIC, date(2026, 9, 3)))
    work.commit()
    client = as_("cpk", language="en")
    address = page(world, waits.id, "wachtlijst?signalering=CAR-3")
    assert "the place on the waiting list may get lost" in client.get(address).get_data(
        as_text=True
    )
    late = client.post(address, {"waiting_kept_on": "25-11-2026", "version": 1})
    assert "Choose 24-11-2026 or earlier." in late.get_data(as_text=True)
    assert client.post(address, {"waiting_kept_on": "24-11-2026", "version": 1}).status_code == 303
    work.session.refresh(waits)
    assert waits.facts.waiting_kept_on == TODAY


def test_a_stale_page_changes_nothing(as_: As, work: Work, world: World) -> None:
    row = row_of(work, world)
    line_id, version = row.id, row.version
    actions.book(work, row, version, TODAY)
    work.commit()
    with pytest.raises(LostRaceError):
        actions.book(work, row, version, date(2026, 12, 1))
    sent = {"next_contact_on": "1-12-2026", "version": version}
    assert as_("cpk").post(page(world, line_id, "afspraak"), sent).status_code == 409


def test_the_days_of_moves_come_from_what_the_move_left_behind(work: Work, world: World) -> None:
    assert people.move_days(work, world.mine) == (MOVED_ON,)
    assert people.move_days(work, world.far) == ()


@pytest.mark.parametrize(
    ("ended_on", "asks"),
    [
        (date(2026, 10, 28), False),
        (date(2026, 10, 29), True),
        (date(2026, 11, 26), True),
        (date(2026, 11, 27), False),
    ],
)
def test_care_that_ends_within_14_days_of_a_move_asks_what_the_move_did(
    work: Work, world: World, ended_on: date, *, asks: bool
) -> None:
    row = row_of(work, world)
    said = CareEnd(ended_on, EndReason.COMPLETED)
    if asks:
        with pytest.raises(actions.MoveQuestionError) as asked:
            actions.end(work, row, row.version, said)
        assert asked.value.day == MOVED_ON
    else:
        actions.end(work, row, row.version, said)
        assert row.facts.end_reason is EndReason.COMPLETED


@pytest.mark.parametrize(
    ("reason", "answer", "kept"),
    [
        (EndReason.COMPLETED, AtMove.FINISHED, EndReason.COMPLETED),
        (EndReason.COMPLETED, AtMove.BROKEN_OFF, EndReason.MOVED),
        (EndReason.MOVED, None, EndReason.MOVED),
        (EndReason.MOVED, AtMove.BROKEN_OFF, EndReason.MOVED),
    ],
)
def test_the_answer_about_the_move_decides_over_the_reason(
    work: Work, world: World, reason: EndReason, answer: AtMove | None, kept: EndReason
) -> None:
    row = row_of(work, world)
    actions.end(work, row, row.version, CareEnd(MOVED_ON, reason, answer))
    assert (row.facts.ended_on, row.facts.end_reason) == (MOVED_ON, kept)


def test_finished_and_broken_off_cannot_both_be(work: Work, world: World) -> None:
    row = row_of(work, world)
    with pytest.raises(actions.ContradictionError):
        actions.end(work, row, row.version, CareEnd(MOVED_ON, EndReason.MOVED, AtMove.FINISHED))


def test_the_form_asks_about_the_move_and_takes_the_answer(
    as_: As, work: Work, world: World
) -> None:
    line = therapy(work, world)
    client = as_("cpk", language="en")
    address = page(world, line.id, "einde")
    sent = {"ended_on": "13-11-2026", "end_reason": "completed", "version": line.version}
    asked = client.post(address, sent).get_data(as_text=True)
    assert "Say what the move of 12-11-2026 did to this care." in asked
    assert 'href="#at_move-1"' in asked
    assert row_of(work, world).facts.ended_on is None
    work.session.rollback()
    assert client.post(address, sent | {"at_move": "broken_off"}).status_code == 303
    assert row_of(work, world).facts.end_reason is EndReason.MOVED


def test_far_from_a_move_the_form_does_not_ask(as_: As, work: Work, world: World) -> None:
    line = therapy(work, world)
    client = as_("cpk")
    address = page(world, line.id, "einde")
    sent = {"ended_on": "27-11-2026", "end_reason": "", "version": line.version}
    assert 'name="at_move"' not in client.post(address, sent).get_data(as_text=True)
    assert 'name="at_move"' in client.get(address).get_data(as_text=True)
    assert client.post(address, sent | {"end_reason": "completed"}).status_code == 303


def test_the_whole_form_asks_the_same_and_not_again_for_an_end_that_stands(
    as_: As, work: Work, world: World
) -> None:
    line = therapy(work, world)
    client = as_("cpk", language="en")
    sent = {
        "kind": "GGZ", "provider": "zqx-provider", "referred_on": "13-2-2026", "started_on": "11-5-2026",
        "intake_on": "10-3-2026", "place_bound": "yes", "ended_on": "13-11-2026", "end_reason": "completed",
        "version": line.version,
    }  # fmt: skip
    address = page(world, line.id)
    assert 'name="at_move"' not in client.get(address).get_data(as_text=True)
    assert "Say what the move of 12-11-2026 did" in client.post(address, sent).get_data(
        as_text=True
    )
    assert client.post(address, sent | {"at_move": "finished"}).status_code == 303
    again = sent | {"provider": "zqx-renamed", "version": line.version + 1}
    assert client.post(address, again).status_code == 303
    assert row_of(work, world).facts.provider == "zqx-renamed"


def test_after_an_end_nothing_is_planned_or_seen_but_a_broken_line_goes_on(
    work: Work, world: World
) -> None:
    row = row_of(work, world)
    actions.end(
        work, row, row.version, CareEnd(date(2026, 11, 13), EndReason.COMPLETED, AtMove.FINISHED)
    )
    work.flush()
    with pytest.raises(actions.LineEndedError):
        actions.book(work, row, row.version, TODAY)
    with pytest.raises(actions.LineEndedError):
        actions.saw(work, row, row.version, SeenByProvider(date(2026, 11, 14)))
    with pytest.raises(actions.LineEndedError):
        actions.keep_waiting(work, row, row.version, TODAY)
    actions.saw(work, row, row.version, SeenByProvider(date(2026, 11, 13)))
    work.flush()
    actions.end(work, row, row.version, CareEnd(date(2026, 11, 13), EndReason.MOVED))
    work.flush()
    actions.book(work, row, row.version, TODAY)
    assert row.facts.next_contact_on == TODAY


def test_the_end_may_not_lie_before_the_start(work: Work, world: World) -> None:
    row = row_of(work, world)
    with pytest.raises(actions.DayOrderError) as refused:
        actions.end(work, row, row.version, CareEnd(date(2026, 5, 10), EndReason.COMPLETED))
    assert (refused.value.field, refused.value.day) == ("ended_on", date(2026, 5, 11))
    actions.end(work, row, row.version, CareEnd(date(2026, 5, 11), EndReason.COMPLETED))
    assert queries.move_near(work, world.mine, date(2026, 5, 11)) is None


def test_a_day_that_was_a_mistake_is_taken_back_and_stays_recorded(
    as_: As, work: Work, world: World
) -> None:
    line = therapy(work, world)
    client = as_("cpk", language="en")
    address = page(world, line.id, "gezien", "terug")
    assert "09-11-2026" in client.get(address).get_data(as_text=True)
    assert client.post(address, {"on": "2026-11-09"}).status_code == 303
    row = row_of(work, world)
    assert facts.seen_days(work, world.mine)[row.id] == (date(2026, 10, 26),)
    (told,) = (
        one for one in facts.gather(work, [world.mine])[world.mine]["care"] if one.id == str(row.id)
    )
    assert told.contacts_on == (date(2026, 10, 26),)
    contact = queries.contact_on(work, row.id, date(2026, 11, 9))
    assert contact is not None
    (was,) = audit.past_of(work, "care_contact", contact.id)
    assert (was.facts.on, was.clear["counts"]) == (date(2026, 11, 9), True)
    work.session.rollback()
    text = client.post(address, {"on": "2026-11-09"}).get_data(as_text=True)
    assert "Choose one from the list." in text


def test_a_day_is_taken_back_once_and_counts_again_when_it_is_saved_again(
    work: Work, world: World
) -> None:
    row = row_of(work, world)
    on = date(2026, 11, 9)
    actions.take_back(work, row, on)
    work.flush()
    for day in (on, date(2026, 11, 10)):
        with pytest.raises(actions.NotSeenError):
            actions.take_back(work, row, day)
    actions.saw(work, row, row.version, SeenByProvider(on))
    work.flush()
    assert on in facts.seen_days(work, world.mine)[row.id]
