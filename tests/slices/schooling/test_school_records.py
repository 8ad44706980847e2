"""A school is written down, corrected and shown: done, refused by the form, refused by the action."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.audit import queries as audit
from caseapp.audit.models import AuditEvent
from caseapp.domain.care_codes import SchoolType
from caseapp.domain.events import SchoolCorrected, SchoolRecorded
from caseapp.domain.intents.schooling import SchoolingDetails
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Envelope
from caseapp.kernel.work import LostRaceError, Work
from caseapp.reference import queries as reference
from caseapp.schooling import actions, facts, queries
from caseapp.schooling.models import SchoolFacts, SchoolRecord
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]

WAITING = SchoolingDetails(
    SchoolType.VO_ISK, name="zqx-new-school", waiting_list_since=date(2026, 11, 13)
)


def page(world: World, *rest: object) -> str:
    """Return the address of the chapter of the child, or of something below it."""
    return "/".join(("", "kinderen", str(world.mine), "school", *map(str, rest)))


def recorded(work: Work, world: World, details: SchoolingDetails = WAITING) -> SchoolRecord:
    """Return a record that was just written down and saved."""
    row = actions.record(work, world.mine, details)
    work.commit()
    return row


def names_of(work: Work, child_id: UUID) -> list[str | None]:
    """Return the names of the schools of a child, the newest first, and let the database go."""
    names = [entry.record and entry.record.name for entry in facts.history(work, child_id)]
    work.session.rollback()
    return names


def listed(work: Work) -> UUID:
    """Return the key of the school on the list, and let the database go."""
    key = reference.schools(work)[0].id
    work.session.rollback()
    return key


def test_a_waiting_list_is_written_down_and_noted_in_the_trail(
    as_: As, work: Work, world: World
) -> None:
    answer = as_("cpk").post(
        page(world, "nieuw"),
        {
            "type": "VO_ISK",
            "name": "zqx-new-school",
            "waiting_list_since": "13-11-2026",
            "version": 0,
        },
    )
    assert (answer.status_code, answer.location) == (303, page(world))
    row = next(r for r in queries.records(work, world.mine) if r.facts.name == "zqx-new-school")
    assert row.facts == SchoolFacts(
        SchoolType.VO_ISK, name="zqx-new-school", waiting_list_since=date(2026, 11, 13)
    )
    assert (row.recorded_by, row.version) == (world.accounts["cpk"], 1)
    event = work.session.scalars(select(AuditEvent).where(AuditEvent.object_id == row.id)).one()
    assert (event.code, event.child_id) == ("school-recorded", world.mine)
    assert event.fields == "type,name,waiting_list_since"


def test_a_school_of_the_list_brings_its_own_name_brin_and_municipality(
    as_: As, work: Work, world: World
) -> None:
    answer = as_("cpk").post(
        page(world, "nieuw"),
        {
            "type": "PO_regulier",
            "school": listed(work),
            "municipality": "GM0001",
            "attending_from": "1-12-2026",
            "version": 0,
        },
    )
    assert answer.status_code == 303
    row = next(
        r for r in queries.records(work, world.mine) if r.facts.type is SchoolType.PO_REGULIER
    )
    assert (row.facts.name, row.facts.brin, row.facts.municipality) == (
        "De Regenboog",
        "99ZZ",
        "GM9901",
    )


def test_a_repair_starts_with_the_municipality_where_the_child_lives(as_: As, world: World) -> None:
    client = as_("cpk")
    from_alert = client.get(page(world, "nieuw?signalering=SCH-2")).get_data(as_text=True)
    assert 'value="GM9901"' in from_alert
    assert 'value="GM9901"' not in client.get(page(world, "nieuw")).get_data(as_text=True)
    assert 'value="GM9901"' not in client.get(page(world, "nieuw?signalering=XXX-9")).get_data(
        as_text=True
    )


def test_after_a_repair_the_page_of_the_child_shows_what_became_of_the_alert(
    as_: As, world: World
) -> None:
    answer = as_("cpk").post(
        page(world, "nieuw?signalering=SCH-2"),
        {"type": "VO_ISK", "attending_from": "25-11-2026", "version": 0},
    )
    assert answer.location == f"/kinderen/{world.mine}"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("type", "", "Choose the kind of education."),
        ("name", "zqx-other", "Choose a school from the list or write its name, not both."),
        ("brin", "1234", "This is not a school code."),
        ("municipality", "Goes", "Write GM and four digits"),
        ("enrolled_on", "25-11-2026", "Choose 24-11-2026 or earlier."),
        ("hours_per_week", "41", "The number must be 40 or less."),
    ],
)
def test_the_form_refuses_what_has_the_wrong_shape_and_keeps_what_was_typed(
    as_: As, work: Work, world: World, field: str, typed: str, words: str
) -> None:
    before = names_of(work, world.mine)
    sent = {"type": "VO_ISK", "waiting_list_since": "13-11-2026", "version": 0, field: typed}
    if field == "name":
        sent["school"] = str(listed(work))
    answer = as_("cpk", language="en").post(page(world, "nieuw"), sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert words in text
    assert "13-11-2026" in text
    assert names_of(work, world.mine) == before


def test_the_action_refuses_a_record_without_any_day(as_: As, work: Work, world: World) -> None:
    with pytest.raises(actions.NoDayError):
        actions.record(work, world.mine, SchoolingDetails(SchoolType.VO_ISK, name="zqx-x"))
    answer = as_("cpk", language="en").post(page(world, "nieuw"), {"type": "VO_ISK", "version": 0})
    assert "Enter at least one of these days" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("ended_on", "possible"), [(date(2026, 11, 13), True), (date(2026, 11, 12), False)]
)
def test_the_end_may_be_the_first_day_but_not_before_it(
    work: Work, world: World, ended_on: date, *, possible: bool
) -> None:
    details = replace(WAITING, enrolled_on=date(2026, 11, 20), to=ended_on)
    if possible:
        assert actions.record(work, world.mine, details).facts.to == ended_on
    else:
        with pytest.raises(actions.EndsBeforeStartError):
            actions.record(work, world.mine, details)


def test_an_end_before_the_first_day_is_explained_at_the_field(as_: As, world: World) -> None:
    answer = as_("cpk", language="en").post(
        page(world, "nieuw"),
        {"type": "VO_ISK", "attending_from": "13-11-2026", "to": "12-11-2026", "version": 0},
    )
    text = answer.get_data(as_text=True)
    assert 'href="#to"' in text
    assert "The end lies before the first day, 13-11-2026." in text


def test_a_school_that_is_not_on_the_list_is_refused(work: Work, world: World) -> None:
    with pytest.raises(actions.UnknownSchoolError):
        actions.record(work, world.mine, replace(WAITING, school_id=new_id()))


def test_a_correction_keeps_what_stood_there_and_shows_it(
    as_: As, work: Work, world: World
) -> None:
    row = recorded(work, world)
    client = as_("cpk", language="en")
    answer = client.post(
        page(world, row.id),
        {"type": "VO_ISK", "name": "zqx-renamed", "waiting_list_since": "13-11-2026", "version": 1},
    )
    assert answer.status_code == 303
    row_id = row.id
    before = audit.past_of(work, "school_record", row_id)
    assert [(was.version, was.facts.name, was.by) for was in before] == [
        (1, "zqx-new-school", world.accounts["cpk"])
    ]
    work.session.rollback()
    text = client.get(page(world, row_id)).get_data(as_text=True)
    assert "What stood here before" in text
    assert "zqx-new-school" in text
    assert "Staff cpk" in text


def test_a_correction_that_changes_nothing_leaves_no_trace(work: Work, world: World) -> None:
    row = recorded(work, world)
    actions.correct(work, row, 1, WAITING)
    work.settle()
    assert not [entry for entry in work.trail if isinstance(entry, SchoolCorrected)]
    assert row.version == 1


def test_each_intention_names_the_child_the_record_and_what_changed(
    work: Work, world: World
) -> None:
    row = actions.record(work, world.mine, WAITING)
    work.settle()
    actions.correct(work, row, row.version, replace(WAITING, enrolled_on=TODAY))
    work.settle()
    made, corrected = (e for e in work.trail if isinstance(e, (SchoolRecorded, SchoolCorrected)))
    assert (made.object_id, made.child_id) == (row.id, world.mine)
    assert (corrected.object_id, corrected.child_id, corrected.fields) == (
        row.id,
        world.mine,
        ("enrolled_on",),
    )


def test_a_lost_race_shows_both_and_saves_nothing(as_: As, work: Work, world: World) -> None:
    row = recorded(work, world)
    actions.correct(work, row, 1, replace(WAITING, name="zqx-theirs"))
    work.commit()
    sent = {"type": "VO_ISK", "name": "zqx-mine", "waiting_list_since": "13-11-2026", "version": 1}
    client = as_("cpk", language="en")
    text = client.post(page(world, row.id), sent).get_data(as_text=True)
    assert "Someone else has just changed this." in text
    assert "zqx-theirs" in text
    assert "zqx-mine" in text
    assert 'name="version" value="2"' in text
    with pytest.raises(LostRaceError):
        actions.correct(work, row, 1, WAITING)
    assert client.post(page(world, row.id), sent | {"version": 2}).status_code == 303


def test_a_record_that_does_not_open_is_shown_as_such_and_never_saved_over(
    as_: As, work: Work, world: World
) -> None:
    row = recorded(work, world)
    whole = bytes(row.facts_envelope)
    broken = Envelope(whole[:-1] + bytes([whole[-1] ^ 1]))
    work.session.connection().execute(
        SchoolRecord.__table__.update().where(SchoolRecord.id == row.id).values(facts=broken)
    )
    work.session.commit()
    client = as_("cpk", language="en")
    assert "Not readable - ref " in client.get(page(world)).get_data(as_text=True)
    for answer in (
        client.get(page(world, row.id)),
        client.post(page(world, row.id), {"type": "HO", "enrolled_on": "1-11-2026", "version": 1}),
    ):
        assert (answer.status_code, answer.location) == (303, page(world))
    work.session.refresh(row)
    assert row.facts_envelope == broken


def test_the_chapter_has_the_newest_first_and_says_what_is_now(
    as_: As, work: Work, world: World
) -> None:
    assert names_of(work, world.mine) == ["zqx-school-two", "zqx-school-name"]
    text = as_("guardian", language="en").get(page(world)).get_data(as_text=True)
    assert text.index("zqx-school-two") < text.index("zqx-school-name")
    assert "Goes to school now:" in text
    assert "Add school" not in text


def test_the_place_that_the_child_left_sees_what_was_known_on_that_day(
    as_: As, world: World
) -> None:
    text = as_("cpk_beside", language="en").get(page(world)).get_data(as_text=True)
    assert "zqx-school-name" in text
    assert "You see what was known until 12 November." in text
    assert "16-11-2026" not in text


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
def test_the_form_is_open_to_who_keeps_school_and_holds_the_child(
    as_: As, world: World, who: str, status: int
) -> None:
    assert as_(who).get(page(world, "nieuw")).status_code == status


def test_a_record_of_another_child_is_not_found(as_: As, work: Work, world: World) -> None:
    theirs = queries.records(work, world.far)[0].id
    work.session.rollback()
    assert as_("cpk").get(page(world, theirs)).status_code == 404


def test_the_receiver_of_documents_reads_the_same_facts_back(
    house: Machine, work: Work, world: World
) -> None:
    found = facts.gather(work, [world.mine])[world.mine]
    assert sorted(record.name or "" for record in found["school"]) == [
        "zqx-school-name",
        "zqx-school-two",
    ]
    assert [(one.on, one.hours, one.reason) for one in found["absences"]] == [
        (date(2026, 10, 5), 4, "zqx-absence-reason")
    ]
    assert [one.note for one in found["absence_reports"]] == ["zqx-report-note"]


def test_a_school_that_is_kept_after_the_move_is_confirmed_from_the_alert(
    as_: As, work: Work, world: World
) -> None:
    row = next(r for r in queries.records(work, world.mine) if r.facts.name == "zqx-school-name")
    key, first = row.id, row.facts.attending_from
    work.session.rollback()
    client = as_("cpk", language="en")
    asked = client.get(page(world, "nieuw?signalering=SCH-2")).get_data(as_text=True)
    address = page(world, key, "blijft?signalering=SCH-2")
    assert address in asked
    assert 'value="24-11-2026"' in client.get(address).get_data(as_text=True)
    early = client.post(address, {"kept_after_move_on": "30-11-2025", "version": 1}).text
    assert "This lies before the first day, 01-12-2025." in early
    assert first == date(2025, 12, 1)
    answer = client.post(address, {"kept_after_move_on": "20-11-2026", "version": 1})
    assert answer.location == f"/kinderen/{world.mine}"
    row = next(r for r in queries.records(work, world.mine) if r.id == key)
    assert row.facts.kept_after_move_on == date(2026, 11, 20)
    work.session.rollback()
    raced = client.post(address, {"kept_after_move_on": "21-11-2026", "version": 1}).text
    assert "Someone else has just changed this." in raced
    with pytest.raises(actions.NotYetError):
        actions.keep(work, row, row.version, date(2026, 11, 25))
