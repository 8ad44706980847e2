"""Dossier documents through the one door: what comes in is kept, and the alerts are what check finds."""

import json
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.continuity import facts
from caseapp.continuity.models import Alert
from caseapp.domain.continuity import assess
from caseapp.domain.document import DocumentError, parse
from caseapp.domain.incoming import record_id
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import Arriving, import_documents
from caseapp.exchange.facts import whole_dossier
from caseapp.kernel import clock
from caseapp.people.models import Child
from tests.world import document

SCENARIOS = sorted((Path(__file__).parents[2] / "data" / "scenarios").glob("*.json"))


def scenario(path):
    told = json.loads(path.read_text("utf-8"))
    return parse(told["dossier"]), date.fromisoformat(told["on"])


def as_kept(dossier, key: UUID):
    """Return a document as the record keeps it: each record under its key, lists in the order of those."""

    def named(table, record, **more):
        return replace(record, id=str(record_id(key, table, record.id)), **more)

    def move(one):
        handover = one.handover
        if handover is not None:
            items = (named(f"transfers/{one.id}/items", item) for item in handover.items)
            handover = replace(handover, items=_sorted(items))
        return named("transfers", one, handover=handover)

    def line(one):
        before = str(record_id(key, "care", one.continues)) if one.continues else None
        seen = tuple(sorted(set(one.contacts_on)))
        return named("care", one, continues=before, contacts_on=seen)

    special = {"transfers": move, "care": line}
    kept = {}
    for field in fields(dossier):
        records = getattr(dossier, field.name)
        if not isinstance(records, tuple) or field.name == "family_members":
            continue
        rename = special.get(field.name, lambda one, table=field.name: named(table, one))
        kept[field.name] = _sorted(map(rename, records))
    members = (
        replace(one, ref=str(record_id(key, "family_members", one.ref)))
        for one in dossier.family_members
    )
    child = replace(dossier.child, ref=str(key))
    return replace(
        dossier, child=child, family_members=tuple(sorted(members, key=lambda one: one.ref)), **kept
    )


def _sorted(records):
    return tuple(sorted(records, key=lambda one: one.id))


def in_order(dossier):
    """Return a dossier of the record with its lists in the order of their keys."""
    lists = {
        field.name: getattr(dossier, field.name)
        for field in fields(dossier)
        if isinstance(getattr(dossier, field.name), tuple)
    }
    ordered = {
        name: tuple(sorted(records, key=lambda one: getattr(one, "id", None) or one.ref))
        for name, records in lists.items()
    }
    return replace(dossier, **ordered)


def test_every_scenario_comes_in_whole_and_raises_what_check_finds(house):
    assert len(SCENARIOS) == 24
    for number, path in enumerate(SCENARIOS):
        dossier, day = scenario(path)
        child = replace(dossier.child, v_number=f"00777{number:05}")
        work = house.work(Actor(None, "test", everywhere=True), now=clock.noon(day))
        _comes_in_whole(work, replace(dossier, child=child), day)
        work.session.close()


def _comes_in_whole(work, dossier, day):
    (key,) = import_documents(work, [Arriving(dossier)])
    kept = as_kept(dossier, key)
    assert in_order(whole_dossier(work, key)) == in_order(kept)
    work.commit()  # only now the handover of a planned move opens, with what the record promises
    rows = select(Alert.rule, Alert.subject, Alert.severity).where(
        Alert.child_id == key, Alert.closed_at.is_(None)
    )
    raised = Counter(tuple(row) for row in work.session.execute(rows))
    findings = assess(kept, day, work.limits)
    assert raised == Counter((one.rule, one.subject, one.severity.value) for one in findings)
    in_document = assess(dossier, day, work.limits)
    assert Counter(one.rule for one in in_document) == Counter(one.rule for one in findings)


def known(name):
    """Return a document of the world, without what it says of accounts."""
    told = document(name)
    told.pop("accounts", None)
    return told


def changed(**lists):
    """Return a document of a child that is not in the world, with these lists."""
    told = known("mine")
    return told | {"child": told["child"] | {"v_number": "0099887766"}} | lists


def stay(id_, start, end=None, **more):
    usual = {"id": id_, "location": "azc Hier", "kind": "AZC", "municipality": "GM9901",
             "region": "noord", "from": start}  # fmt: skip
    return usual | ({"to": end} if end else {}) | more


def move(id_, **more):
    usual = {"id": id_, "from_location": "azc Hier", "to_location": "azc Ver",
             "announced_on": "2026-11-01", "planned_on": "2026-12-01", "status": "planned"}  # fmt: skip
    return usual | more


def line(id_, referred, **more):
    return {"id": id_, "kind": "GGZ", "place_bound": True, "referred_on": referred} | more


REFUSED = [
    ({"placements": [stay("p1", "2026-02-01", "2026-01-01")]}, "placements[0].to"),
    ({"placements": [stay("p1", "2026-02-01"), stay("p2", "2026-03-01")]}, "placements[1].from"),
    ({"transfers": [move("t1", to_location="azc hier ")]}, "transfers[0].to_location"),
    ({"transfers": [move("t1", status="departed"), move("t2", status="departed")]}, "transfers[1].status"),
    ({"care": [line("c1", "2026-02-01", continues="c9")]}, "care[0].continues"),
    ({"care": [line("c1", "2026-02-01", continues="c2"), line("c2", "2026-03-01")]}, "care[0].continues"),
]  # fmt: skip


@pytest.mark.parametrize(("lists", "path"), REFUSED)
def test_a_document_that_the_record_cannot_keep_is_refused_with_its_path(work, lists, path):
    before = work.session.scalars(select(Child.id)).all()
    with pytest.raises(DocumentError) as refusal:
        import_documents(work, [Arriving(parse(changed(**lists)))])
    assert refusal.value.path == path
    assert refusal.value.sentence.endswith(".")
    work.undo()
    assert work.session.scalars(select(Child.id)).all() == before


@pytest.mark.parametrize(
    "lists",
    [
        {"placements": [stay("p1", "2026-02-01", "2026-02-01")]},
        {"placements": [stay("p1", "2026-02-01", "2026-03-01"), stay("p2", "2026-03-01")]},
        {"transfers": [move("t1", status="departed"), move("t2")]},
        {"care": [line("c1", "2026-03-01", continues="c2"), line("c2", "2026-03-01")]},
    ],
)
def test_a_document_just_inside_what_the_record_can_keep_comes_in(work, lists):
    (key,) = import_documents(work, [Arriving(parse(changed(**lists)))])
    work.commit()
    found = facts.dossiers(work, [key])[key]
    (name,) = lists
    assert len(getattr(found, name)) == len(lists[name])


def test_a_child_that_is_in_the_record_is_refused_and_named_by_its_path(work):
    for documents in ([known("mine")], [changed(), changed()]):
        with pytest.raises(DocumentError) as refusal:
            import_documents(work, [Arriving(parse(one)) for one in documents])
        assert refusal.value.path == "child.v_number"
        work.undo()


def test_one_bad_document_among_good_ones_lets_none_in(work):
    before = work.session.scalars(select(Child.id)).all()
    good = changed()
    bad = known("far") | {"placements": [stay("p1", "2026-02-01", "2026-01-01")]}
    with pytest.raises(DocumentError):
        import_documents(work, [Arriving(parse(good)), Arriving(parse(bad))])
    work.undo()
    assert work.session.scalars(select(Child.id)).all() == before
