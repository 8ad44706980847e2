"""A line of care is written down, corrected and shown: done, refused by the form, refused by the action."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.audit import queries as audit
from caseapp.audit.models import AuditEvent
from caseapp.care import actions, facts, queries
from caseapp.care.models import CareFacts, CareLine
from caseapp.domain.care_codes import CareKind
from caseapp.domain.intents.care import CareDetails
from caseapp.domain.states import CareState
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Envelope
from caseapp.kernel.work import Work
from tests.slices.care.lines import line_of, page
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

REFERRED = CareDetails(CareKind.PARAMEDIC, date(2026, 11, 2), provider="zqx-new-provider")
SENT = {"kind": "PARAMEDIC", "referred_on": "2-11-2026", "version": 0}


def recorded(work: Work, world: World, details: CareDetails = REFERRED) -> CareLine:
    """Return a line that was just written down and saved."""
    row = actions.record(work, world.mine, details)
    work.commit()
    return row


def test_a_referral_is_written_down_and_noted_in_the_trail(
    as_: As, work: Work, world: World
) -> None:
    answer = as_("cpk").post(page(world, "nieuw"), SENT | {"provider": "zqx-new-provider"})
    assert (answer.status_code, answer.location) == (303, page(world))
    row = line_of(work, world, CareKind.PARAMEDIC)
    assert row.facts == CareFacts(
        CareKind.PARAMEDIC,
        place_bound=True,
        referred_on=date(2026, 11, 2),
        provider="zqx-new-provider",
    )
    event = work.session.scalars(select(AuditEvent).where(AuditEvent.object_id == row.id)).one()
    assert (event.code, event.child_id) == ("care-recorded", world.mine)
    assert event.fields == "kind,place_bound,referred_on,provider"


@pytest.mark.parametrize("kind", list(CareKind))
def test_only_the_national_systems_go_on_everywhere(
    work: Work, world: World, kind: CareKind
) -> None:
    row = actions.record(work, world.mine, replace(REFERRED, kind=kind))
    assert row.facts.place_bound == (kind.value not in {"GZA", "GZA_INTAKE", "JGZ"})
    said = actions.record(work, world.mine, replace(REFERRED, kind=kind, place_bound=False))
    assert said.facts.place_bound is False


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("kind", "", "Choose the kind of care."),
        ("referred_on", "", "Enter the day of the referral."),
        ("referred_on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("intake_on", "1-11-2026", "This lies before 02-11-2026, when this care began."),
        ("started_on", "1-11-2026", "This lies before 02-11-2026, when this care began."),
        ("ended_on", "3-11-2026", "Choose why it ended."),
        ("end_reason", "completed", "Enter the day on which it ended."),
        ("continues", "nobody", "Choose one from the list."),
    ],
)
def test_what_cannot_be_is_explained_at_the_field_and_nothing_is_saved(
    as_: As, work: Work, world: World, field: str, typed: str, words: str
) -> None:
    sent = SENT | {"provider": "zqx-typed", field: typed}
    answer = as_("cpk", language="en").post(page(world, "nieuw"), sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert words in text
    assert "zqx-typed" in text
    assert len(queries.lines(work, world.mine)) == len(["c1", "c2", "c3"])


@pytest.mark.parametrize(
    ("started", "possible"), [(date(2026, 11, 2), True), (date(2026, 11, 1), False)]
)
def test_care_may_start_on_the_day_of_the_referral_but_not_before_it(
    work: Work, world: World, started: date, *, possible: bool
) -> None:
    details = replace(REFERRED, started_on=started)
    if possible:
        assert actions.record(work, world.mine, details).facts.started_on == started
    else:
        with pytest.raises(actions.DayOrderError) as refused:
            actions.record(work, world.mine, details)
        assert (refused.value.field, refused.value.day) == ("started_on", date(2026, 11, 2))


def test_waiting_keeps_counting_from_the_first_referral(as_: As, work: Work, world: World) -> None:
    first = line_of(work, world, CareKind.GGZ).id
    work.session.rollback()
    sent = SENT | {"kind": "GGZ", "continues": str(first)}
    assert as_("cpk").post(page(world, "nieuw"), sent).status_code == 303
    newest = facts.history(work, world.mine)[0]
    assert newest.line is not None
    assert newest.line.continues == str(first)
    assert (newest.state, newest.waiting_since) == (CareState.WAITING, date(2026, 2, 13))


def test_a_line_continues_only_what_was_referred_earlier_or_the_same_day(
    work: Work, world: World
) -> None:
    first = line_of(work, world, CareKind.GGZ)
    same_day = replace(REFERRED, referred_on=first.facts.referred_on, continues_id=first.id)
    assert actions.record(work, world.mine, same_day).continues_id == first.id
    with pytest.raises(actions.NotEarlierError):
        actions.record(work, world.mine, replace(same_day, referred_on=date(2026, 2, 12)))
    with pytest.raises(actions.NotEarlierError):
        actions.record(work, world.mine, replace(REFERRED, continues_id=new_id()))


def test_a_chain_never_goes_round_and_never_turns(work: Work, world: World) -> None:
    first = recorded(work, world)
    second = recorded(work, world, replace(REFERRED, continues_id=first.id))
    with pytest.raises(actions.NotEarlierError):
        actions.correct(work, first, first.version, replace(REFERRED, continues_id=second.id))
    with pytest.raises(actions.NotEarlierError):
        actions.correct(work, first, first.version, replace(REFERRED, continues_id=first.id))
    with pytest.raises(actions.FollowedEarlierError):
        actions.correct(
            work, first, first.version, replace(REFERRED, referred_on=date(2026, 11, 3))
        )


def test_the_care_of_another_child_cannot_be_continued(work: Work, world: World) -> None:
    theirs = actions.record(work, world.far, REFERRED)
    with pytest.raises(actions.NotEarlierError):
        actions.record(work, world.mine, replace(REFERRED, continues_id=theirs.id))


def test_practical_needs_are_kept_under_the_health_key_and_shown_to_who_may_read_them(
    as_: As, work: Work, world: World
) -> None:
    as_("cpk").post(page(world, "nieuw"), SENT | {"needs": "zqx-needs"})
    row_id = line_of(work, world, CareKind.PARAMEDIC).id
    assert facts.needs(work, world.mine) == {row_id: "zqx-needs"}
    work.session.rollback()
    assert "zqx-needs" in as_("cpk").get(page(world)).get_data(as_text=True)
    assert "zqx-needs" in as_("cpk").get(page(world, row_id)).get_data(as_text=True)


def test_who_may_not_read_health_is_not_asked_for_needs_and_leaves_them_as_they_are(
    as_: As, work: Work, world: World
) -> None:
    row = recorded(work, world, replace(REFERRED, needs_asked=True, needs="zqx-needs"))
    coordinator = as_("coordinator")
    for address in (page(world), page(world, row.id), page(world, "nieuw")):
        text = coordinator.get(address).get_data(as_text=True)
        assert "zqx-needs" not in text
        assert 'name="needs"' not in text
    sent = SENT | {"provider": "zqx-other", "needs": "zqx-overwritten", "version": 1}
    assert coordinator.post(page(world, row.id), sent).status_code == 303
    assert facts.needs(work, world.mine) == {row.id: "zqx-needs"}


def test_a_correction_keeps_what_stood_there_needs_too(as_: As, work: Work, world: World) -> None:
    row = recorded(work, world, replace(REFERRED, needs_asked=True, needs="zqx-needs"))
    row_id = row.id
    client = as_("cpk", language="en")
    sent = SENT | {"provider": "zqx-renamed", "needs": "zqx-now", "version": 1}
    assert client.post(page(world, row_id), sent).status_code == 303
    (was,) = audit.past_of(work, "care_line", row_id, ("facts", "needs"))
    assert (was.facts.provider, was.sealed["needs"]) == ("zqx-new-provider", "zqx-needs")
    (plain,) = audit.past_of(work, "care_line", row_id)
    assert "needs" not in plain.sealed
    event = work.session.scalars(
        select(AuditEvent).where(AuditEvent.object_id == row_id, AuditEvent.action == "U")
    ).one()
    assert event.fields == "provider,needs"
    work.session.rollback()
    text = client.get(page(world, row_id)).get_data(as_text=True)
    assert "zqx-new-provider" in text
    assert "zqx-needs" in text
    coordinator = as_("coordinator").get(page(world, row_id)).get_data(as_text=True)
    assert "zqx-new-provider" in coordinator
    assert "zqx-needs" not in coordinator


def test_a_lost_race_shows_both_and_saves_nothing(as_: As, work: Work, world: World) -> None:
    row = recorded(work, world)
    actions.correct(work, row, 1, replace(REFERRED, provider="zqx-theirs"))
    work.commit()
    sent = SENT | {"provider": "zqx-mine", "version": 1}
    text = as_("cpk", language="en").post(page(world, row.id), sent).get_data(as_text=True)
    assert "Someone else has just changed this." in text
    assert "zqx-theirs" in text
    assert "zqx-mine" in text
    work.session.refresh(row)
    assert row.facts.provider == "zqx-theirs"


@pytest.mark.parametrize(
    "below", ["", "/gezien", "/gezien/terug", "/afspraak", "/wachtlijst", "/einde"]
)
def test_a_line_that_does_not_open_is_shown_as_such_and_never_saved_over(
    as_: As, work: Work, world: World, below: str
) -> None:
    row = recorded(work, world)
    whole = bytes(row.facts_envelope)
    broken = Envelope(whole[:-1] + bytes([whole[-1] ^ 1]))
    table = CareLine.__table__
    work.session.execute(table.update().where(table.c.id == row.id).values(facts=broken))
    work.session.commit()
    client = as_("cpk", language="en")
    assert "Not readable - ref " in client.get(page(world)).get_data(as_text=True)
    address = page(world, row.id) + below
    for answer in (client.get(address), client.post(address, {"version": 1})):
        assert (answer.status_code, answer.location) == (303, page(world))


def test_needs_that_do_not_open_are_shown_as_such_and_left_alone(
    as_: As, work: Work, world: World
) -> None:
    row = recorded(work, world, replace(REFERRED, needs_asked=True, needs="zqx-needs"))
    whole = bytes(row.needs_envelope)
    broken = Envelope(whole[:-1] + bytes([whole[-1] ^ 1]))
    table = CareLine.__table__
    work.session.execute(table.update().where(table.c.id == row.id).values(needs=broken))
    work.session.commit()
    client = as_("cpk", language="en")
    assert "Not readable - ref " in client.get(page(world)).get_data(as_text=True)
    text = client.get(page(world, row.id)).get_data(as_text=True)
    assert "The practical needs cannot be read" in text
    assert 'name="needs"' not in text
    sent = SENT | {"provider": "zqx-renamed", "version": 1}
    assert client.post(page(world, row.id), sent).status_code == 303
    work.session.refresh(row)
    assert (row.facts.provider, row.needs_envelope) == ("zqx-renamed", broken)


def test_the_place_that_the_child_left_sees_what_was_known_on_that_day(
    as_: As, work: Work, world: World
) -> None:
    recorded(work, world, replace(REFERRED, referred_on=date(2026, 11, 13), provider="zqx-later"))
    text = as_("cpk_beside", language="en").get(page(world)).get_data(as_text=True)
    assert "zqx-provider" in text
    assert "zqx-later" not in text
    assert "You see what was known until 12 November." in text


def test_a_later_appointment_is_not_shown_to_the_place_that_the_child_left(
    as_: As, work: Work, world: World
) -> None:
    row = line_of(work, world, CareKind.GGZ)
    actions.book(work, row, row.version, TODAY)
    work.commit()
    assert "24-11-2026" in as_("cpk").get(page(world)).get_data(as_text=True)
    assert "24-11-2026" not in as_("cpk_beside").get(page(world)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("cpk", 200),
        ("coordinator", 200),
        ("guardian", 403),
        ("cpk_beside", 404),
        ("cpk_far", 404),
        ("monitor", 403),
    ],
)
def test_the_forms_are_open_to_who_keeps_care_and_holds_the_child(
    as_: As, work: Work, world: World, who: str, status: int
) -> None:
    line_id = line_of(work, world, CareKind.GGZ).id
    work.session.rollback()
    client = as_(who)
    below = (
        "nieuw",
        line_id,
        f"{line_id}/gezien",
        f"{line_id}/gezien/terug",
        f"{line_id}/afspraak",
        f"{line_id}/wachtlijst",
        f"{line_id}/einde",
    )
    assert [client.get(page(world, part)).status_code for part in below] == [status] * len(below)


def test_the_guardian_reads_the_chapter_without_buttons(as_: As, world: World) -> None:
    text = as_("guardian", language="en").get(page(world)).get_data(as_text=True)
    assert "zqx-provider" in text
    assert "Add care" not in text


def test_a_line_of_another_child_is_not_found(as_: As, work: Work, world: World) -> None:
    theirs: UUID = actions.record(work, world.far, REFERRED).id
    work.commit()
    assert as_("cpk").get(page(world, theirs)).status_code == 404
