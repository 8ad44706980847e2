"""What a record of the trail says (NEN 7513, 5 and 7), and that every record is tied to the one before."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp import VERSION
from caseapp.audit.actions import write as write_trail
from caseapp.audit.models import AuditEvent
from caseapp.audit.queries import who_saw
from caseapp.domain.policy import BREAK_GLASS, Actor, HeldGrant, Role, ScopeKind
from caseapp.domain.policy_version import policy_version
from caseapp.kernel.access import Access, Source
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.web.access import class_of, network_of
from tests.bench.trail import fill, verified
from tests.proofs.audit_chain import faults, race
from tests.strict_client import StrictClient
from tests.tampering import SYSTEM, look, vouch, write
from tests.world import World

As = Callable[..., StrictClient]


def last_record(house: Machine, code: str) -> AuditEvent:
    """Return the last record of a kind."""
    work = house.work(SYSTEM)
    row = work.session.scalars(
        select(AuditEvent).where(AuditEvent.code == code).order_by(AuditEvent.seq.desc())
    ).first()
    work.session.close()
    assert row is not None
    return row


@pytest.mark.asvs("16.2.1", "16.2.2", "16.3.2", "16.3.3")
def test_a_look_at_a_file_says_who_what_where_from_and_by_which_rule(
    house: Machine, world: World, as_: As
) -> None:
    browser = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    client = as_("cpk")
    client.client.get(f"/kinderen/{world.mine}", headers={"User-Agent": browser})
    said = last_record(house, "child-read")
    assert said.account_id == world.accounts["cpk"]
    assert said.child_id == world.mine
    assert (said.role, said.action, said.outcome, said.object) == ("cpk", "R", "ok", "child")
    assert said.access_point == "127.0.0.0/24 firefox mobile"
    assert said.rule == f"child_read {policy_version()}"
    assert said.route == "GET /kinderen/<uuid:child_id>"
    assert (said.source, said.app_version, said.data_class) == ("web", VERSION, "dossier")
    assert said.session_ref
    assert said.grant_id
    assert len(str(said.trace_id)) == 32
    assert len(str(said.span_id)) == 16
    told = json.loads(said.canonical)
    assert told["rule"] == said.rule
    assert told["child_id"] == world.mine.hex


@pytest.mark.asvs("16.3.1", "16.3.2")
def test_a_refusal_says_by_which_rule_it_was_refused(house: Machine, as_: As) -> None:
    as_("monitor").get("/kinderen")
    said = last_record(house, "denied")
    assert (said.outcome, said.rule) == ("denied", f"child_read {policy_version()}")


def test_a_look_in_an_emergency_and_on_behalf_of_a_colleague_says_so(
    house: Machine, world: World
) -> None:
    usual = HeldGrant(new_id(), ScopeKind.LOCATION, str(world.locations["AZC-HERE"]))
    glass = replace(HeldGrant(new_id(), ScopeKind.CHILD, str(world.far)), origin=BREAK_GLASS)
    away = world.accounts["cpk_beside"]
    actor = Actor(world.accounts["cpk"], "cpk", Role.CPK, (usual, glass), organisation="COA")
    for child, grant, emergency in ((world.mine, usual.id, None), (world.far, glass.id, glass.id)):
        work = house.work(replace(actor, on_behalf_of=away))
        work.access = Access(Source.WEB, rule="child_read")
        work.saw("child-read", [child])
        write_trail(work)
        work.session.commit()
        work.session.close()
        said = last_record(house, "child-read")
        assert (said.grant_id, said.emergency_ref) == (grant, emergency)
        assert (said.on_behalf_of, said.organisation) == (away, "COA")


def test_who_saw_a_file_is_told_per_person_and_day_with_lists(house: Machine, world: World) -> None:
    cpk = Actor(world.accounts["cpk"], "cpk", Role.CPK, organisation="COA")
    work = house.work(SYSTEM)
    before = len(who_saw(work, world.mine))
    work.session.close()
    write(house, world, 3, actor=cpk)
    work = house.work(SYSTEM)
    seen = who_saw(work, world.mine)
    assert len(seen) == before + 2
    assert {(one.code, one.times, one.organisation) for one in seen[-2:]} == {
        ("list-caseload", 3, "COA"),
        ("child-read", 3, "COA"),
    }
    assert who_saw(work, world.mine, house.now() + timedelta(days=1)) == []
    assert len(who_saw(work, world.mine, until=house.now() + timedelta(days=1))) == len(seen)
    work.session.close()


@pytest.mark.asvs("16.4.1")
def test_the_network_is_kept_and_not_the_machine() -> None:
    assert network_of("192.0.2.77") == "192.0.2.0/24"
    assert network_of("2001:db8:1:2:3::4") == "2001:db8:1::/48"
    assert network_of(None) == network_of("somewhere; else") == "?"
    assert class_of("x Chrome/1 Safari/1 Edg/1") == "edge"
    assert class_of("x Safari/1 Mobile") == "safari mobile"
    assert class_of("curl") == "other"


def test_a_clock_that_is_set_back_shows_and_is_no_alarm(house: Machine, world: World) -> None:
    write(house, world)
    work = house.work(SYSTEM, now=house.now() - timedelta(days=3))
    work.saw("child-read", [world.mine])
    work.commit()
    work.session.close()
    assert last_record(house, "clock-set-back").actor_name == "trail"
    assert look(house).problems == ()


def test_writers_at_once_leave_one_chain_and_thousands_are_verified(
    house: Machine, world: World
) -> None:
    """A sample: `make prove` lets 32 writers write, and verifies a million (tests/proofs/audit_chain.py)."""
    vouch(house)
    before = verified(house).records
    saved = race(house, world, each=4, seed=3, writers=8)
    fill(house, 3000)
    assert faults(verified(house), "sample", before + 2 * saved + 3000) == []
