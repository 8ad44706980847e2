"""What a line of the trail says of an event and of a look, and what is told together."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select

from caseapp.audit.actions import writing
from caseapp.audit.actions.writing import code_of, envelopes_as_text, plain_value, told_together
from caseapp.audit.models import AuditEvent
from caseapp.domain.events.alerts import AlertRaised
from caseapp.domain.events.people import ChildCorrected
from caseapp.domain.policy import BREAK_GLASS, Actor, HeldGrant, Role, ScopeKind
from caseapp.kernel import digests
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Sighting
from tests.tampering import SYSTEM
from tests.world import World

ONE, TWO, ANNA, BRAM = (UUID(int=number) for number in range(1, 5))
CORRECTED = ChildCorrected(object_id=ANNA, child_id=ANNA, fields=("name", "born"))


def raised(child_id: UUID, rule: str) -> AlertRaised:
    return AlertRaised(
        object_id=ONE, child_id=child_id, fields=("severity",), rule=rule, severity="high"
    )


def test_a_line_names_the_child_the_fields_and_the_grant_by_which_it_was_reached(
    house: Machine, world: World
) -> None:
    over = HeldGrant(ONE, ScopeKind.CHILD, str(world.mine), BREAK_GLASS)
    usual = HeldGrant(TWO, ScopeKind.LOCATION, str(world.locations["AZC-HERE"]))
    actor = Actor(world.accounts["cpk"], "cpk", Role.CPK, (usual, over), organisation="coa")
    work = house.work(replace(actor, everywhere=True), route="POST /x")
    for child_id in (world.mine, world.beside):
        work.trail.append(replace(CORRECTED, child_id=child_id, object_id=child_id))
    writing.write(work)
    work.session.commit()
    work.session.close()
    work = house.work(SYSTEM)
    by_child = {
        row.child_id: row
        for row in work.session.scalars(select(AuditEvent).where(AuditEvent.code == "child-corrected"))
    }  # fmt: skip
    mine, beside = by_child[world.mine], by_child[world.beside]
    work.session.close()
    assert (mine.code, mine.action, mine.outcome, mine.object) == (
        "child-corrected",
        "U",
        "ok",
        "child",
    )
    assert (mine.object_id, mine.fields) == (world.mine, "name,born")
    assert (mine.grant_id, mine.emergency_ref) == (ONE, ONE)
    assert (beside.grant_id, beside.emergency_ref) == (TWO, None)
    assert (mine.organisation, mine.route, mine.actor_name) == ("coa", "POST /x", None)
    assert (mine.account_id, mine.role) == (world.accounts["cpk"], "cpk")


def test_without_a_grant_over_the_child_the_first_standing_one_counts_and_none_is_none() -> None:
    elsewhere = HeldGrant(ONE, ScopeKind.CHILD, str(BRAM))
    standing = HeldGrant(TWO, ScopeKind.REGION, "noord")
    actor = Actor(TWO, "me", Role.CPK, (elsewhere, standing))
    assert writing._grant_for(actor, [ANNA]) is standing
    assert writing._grant_for(actor, [ANNA, BRAM]) is elsewhere
    assert writing._grant_for(replace(actor, grants=(elsewhere,)), [ANNA]) is None


def test_a_look_at_one_child_names_it_and_a_list_names_none_on_its_line() -> None:
    for children, named in (((ANNA,), ANNA), ((ANNA, BRAM), None), ((), None)):
        seen = Sighting("x", children, "care", ONE, ("all",), "denied")
        assert writing._of_sighting(seen) == {
            "code": "x", "action": "R", "outcome": "denied", "child_id": named, "object": "care",
            "object_id": ONE, "fields": "all",
        }  # fmt: skip
        assert writing._children_of(seen) == children
    assert writing._of_sighting(Sighting("x"))["fields"] is None
    long = Sighting("x", fields=("f" * 999, "tail"))
    assert writing._of_sighting(long)["fields"] == "f" * 999 + ","


def test_an_event_is_about_its_child_or_about_none() -> None:
    assert writing._children_of(CORRECTED) == (ANNA,)
    assert writing._children_of(replace(CORRECTED, child_id=None)) == ()


def test_what_a_list_sets_off_is_told_once_for_each_child_with_its_rules() -> None:
    seen = Sighting("list")
    told = told_together([
        raised(ANNA, "CARE-1"), seen, CORRECTED, raised(ANNA, "EDU-1"), raised(BRAM, "EDU-1"), CORRECTED,
    ])  # fmt: skip
    assert told == [
        replace(raised(ANNA, "EDU-1"), object_id=None, fields=("CARE-1", "EDU-1")),
        seen,
        CORRECTED,
        replace(raised(BRAM, "EDU-1"), object_id=None, fields=("EDU-1",)),
        CORRECTED,
    ]


def test_a_written_row_goes_with_the_last_event_about_it_and_else_with_the_last_event() -> None:
    other = replace(CORRECTED, object_id=BRAM, child_id=BRAM)
    entries = [CORRECTED, CORRECTED, other, Sighting("x")]
    about, loose = ("child", ANNA), ("care", ONE)
    given = writing._divided(entries, {about: b"a" * 32, loose: b"b" * 32})
    assert given == [
        None, digests.packed([(about, b"a" * 32)]), digests.packed([(loose, b"b" * 32)]), None,
    ]  # fmt: skip
    only_seen = [Sighting("x"), Sighting("y")]
    assert writing._divided(only_seen, {loose: b"b" * 32}) == [
        None, digests.packed([(loose, b"b" * 32)]),
    ]  # fmt: skip


def test_values_are_kept_as_json_has_them() -> None:
    moment = datetime(2026, 11, 24, 9, 0, 0, 5, tzinfo=UTC)
    kept = [
        plain_value(one) for one in (moment, date(2026, 11, 24), ONE, b"\x01\xff", 7, None, "a")
    ]
    assert kept == [
        "2026-11-24T09:00:00.000005+00:00", "2026-11-24", str(ONE), "01ff", 7, None, "a",
    ]  # fmt: skip
    assert plain_value(datetime(2026, 11, 24, tzinfo=UTC)) == "2026-11-24T00:00:00.000000+00:00"
    assert envelopes_as_text({"card": b"\x00\x01"}) == {"card": "AAE="}
    assert code_of(ChildCorrected) == "child-corrected"
