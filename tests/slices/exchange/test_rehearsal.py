"""What a list does on copies is what it would have done on the real tables, and no table is forgotten."""

import json
from datetime import date
from functools import partial

import pytest
from sqlalchemy import func, select

from caseapp.accounts import queries as accounts
from caseapp.continuity import facts
from caseapp.continuity.models import Alert
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Actor, Sees
from caseapp.exchange.actions import Source, apply_list, examine, finish_new
from caseapp.exchange.actions.carrying import carry_out
from caseapp.exchange.actions.rehearsing import APART, HOUSE
from caseapp.kernel.db import new_id
from caseapp.kernel.rehearsal import Rehearsal, child_column
from caseapp.people import queries as people
from caseapp.people.models import Child
from caseapp.tables import METADATA
from tests import bare_house, house
from tests.samples import SAMPLES

SYSTEM = Actor(None, "test", everywhere=True)
NO_PART = frozenset({
    "audit_break", "audit_check", "log_review", "log_review_item", "bundled", "factor",
    "first_key", "huey_counter", "huey_kv", "huey_schedule", "huey_task", "job_turn",
    "known_origin", "leave", "letter", "linked_identity", "list_file", "list_row", "list_run",
    "load_alert", "mailbox", "recovery_code", "sent_form", "throttle", "user_session", "watermark",
})  # fmt: skip
"""Tables of no child that nothing reads while a list is carried out."""
TOLD_TOGETHER = frozenset({
    "audit_event", "audit_event_child", "bundled", "list_change", "list_child", "list_row", "list_run",
    "notice", "told", "alert_turn",
})  # fmt: skip
"""Of these a list has fewer rows, or rows of its own."""


def test_every_table_has_its_place_in_a_rehearsal():
    """A new table has to be thought of: copied whole, of a child, or of no concern."""
    of_no_child = {table.name for table in METADATA.sorted_tables if child_column(table) is None}
    assert of_no_child == set(HOUSE) | NO_PART
    assert not set(HOUSE) & NO_PART
    assert {table.name for table in METADATA.sorted_tables} >= APART


@pytest.fixture(params=house.ENGINES)
def two(request, tmp_path, worker_id):
    """Give two empty houses of one kind."""
    machines = []
    for name in ("rehearsed", "direct"):
        (tmp_path / name).mkdir()
        bare = bare_house.build(request.param, tmp_path / name, f"{name}_{worker_id}")
        machines.append(house.machine_of(bare.settings))
    yield machines
    for machine in machines:
        machine.engine.dispose()
        machine.keyring.keystore.close()


def lists_in_order():
    for turn in json.loads((SAMPLES / "order.json").read_text("utf-8")):
        data = (SAMPLES / turn["file"]).read_bytes()
        on = date.fromisoformat(turn["on"])
        yield Source.of_file(ListKind(turn["kind"]), data, file=turn["file"], on=on)


def directly(machine, source):
    work = machine.work(SYSTEM)
    examined = examine(work, source)
    carry_out(work, source.kind, examined.report.intents, examined.snapshot)
    work.commit()
    work.session.close()


def told_by(machine):
    """Return all that can be said of the children, without keys that differ from house to house."""
    work = machine.work(SYSTEM, writes=False)
    keys = work.session.scalars(select(Child.id)).all()
    dossiers = facts.dossiers(work, keys)
    names = {key: dossier.child.v_number for key, dossier in dossiers.items()}
    stays = {
        (names[key], stay.location, stay.start, stay.end)
        for key, dossier in dossiers.items()
        for stay in dossier.placements
    }
    moves = {
        (names[key], move.to_location, move.planned_on, move.status)
        for key, dossier in dossiers.items()
        for move in dossier.transfers
    }
    alerts = work.session.execute(select(Alert.child_id, Alert.rule, Alert.closed_at.is_(None)))
    spoken = sorted((names[key], rule, is_open) for key, rule, is_open in alerts)
    counted = {
        table.name: work.session.scalar(select(func.count()).select_from(table))
        for table in METADATA.sorted_tables
        if table.name not in TOLD_TOGETHER
    }
    work.session.close()
    return stays, moves, spoken, counted


def test_a_rehearsed_list_does_what_the_same_list_does_on_the_real_tables(two):
    rehearsed, direct = two
    for source in lists_in_order():
        apply_list(
            rehearsed, SYSTEM, source, partial(finish_new, source), occasion=new_id(), route="test"
        )
        directly(direct, source)
        assert told_by(rehearsed) == told_by(direct)


def test_a_rehearsal_leaves_no_row_behind(house, world):
    stage = Rehearsal(HOUSE, APART)
    work = house.work(SYSTEM, writes=False)
    stage.furnish(work)
    with stage.of(work, [world.mine]) as one:
        assert one.session.scalar(select(func.count()).select_from(Child)) == 1
        one.session.execute(Child.__table__.delete())
        (gone,) = (change for change in one.difference().changed if change.table == "child")
        assert gone.after is None
    with stage.of(work, [world.far]) as other:
        assert other.session.scalars(select(Child.id)).all() == [world.far]
        assert other.difference().added == {}
    stage.close()
    work.session.close()


def test_the_children_of_a_location_follow_what_a_list_says_of_it(house, world, bring):
    beside = {"code": "NO-BESIDE", "naam": "noodopvang Naast", "soort": "NO", "gemeente": "GM9902"}
    here = {"code": "AZC-HERE", "naam": "azc Hier", "gemeente": "GM9901", "groepsgrootte": "80"}
    report = bring(ListKind.LOCATIONS, beside | {"regio": "zuid"}, here)
    assert report["counts"]["changed"] == 2
    work = house.work(SYSTEM, writes=False)
    dossiers = facts.dossiers(work, [world.beside, world.mine])
    (stay,) = dossiers[world.beside].placements
    assert stay.region == "zuid"
    assert [one.group_size for one in dossiers[world.mine].placements if one.end is None] == [80]
    someone = accounts.account(work, world.accounts["coordinator_far"])
    work.act_as(accounts.actor_of(work.session, someone, work.now))
    assert people.sight_of(work, world.beside, Sees.ALL) is not None
    work.session.close()
