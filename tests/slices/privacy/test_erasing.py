"""A child that is erased is gone for good, the neighbours stay, and no kill leaves a file half erased."""

import json

import pytest
from sqlalchemy import select

from caseapp.domain.granting import RefusedError
from caseapp.domain.intents.people import ChildDetails
from caseapp.domain.policy import Actor
from caseapp.kernel import tombstones
from caseapp.kernel.db import new_id
from caseapp.kernel.seals import Unreadable
from caseapp.kernel.tombstones import Journal, TombstoneError
from caseapp.kernel.trail_keys import TrailKeys
from caseapp.people import actions as people_do
from caseapp.people import queries as people
from caseapp.people.models import Child, Relative
from caseapp.privacy import queries
from caseapp.privacy.actions import NoSuchChildError, erase_child, erasing, finish
from tests.world import NOW, document

SYSTEM = Actor(account_id=None, name="test", everywhere=True)


class Killed(BaseException):
    """The process is gone."""


def journal(house):
    return Journal(house.settings.tombstone_file, TrailKeys(house.keyring))


def seals_of(house, child_id):
    """Return card and facts of a child as they stand, with their places."""
    work = house.work(SYSTEM, writes=False)
    row = work.session.get(Child, child_id)
    kept = [
        (Child.__dict__[name].place(child_id, child_id), row.__dict__[f"{name}_envelope"], kind)
        for name, kind in (("card", type(row.card)), ("facts", type(row.facts)))
    ]
    work.session.close()
    return kept


def test_all_rows_of_an_erased_child_go_and_who_saw_it_stays(house, world, erased, rows_of_child):
    before = rows_of_child(world.mine)
    assert {"child", "placement", "care_line", "observation", "reach", "alert"} & before.keys()
    done = erased(world.mine)
    assert set(rows_of_child(world.mine)) <= erasing.KEPT
    assert {"audit_event", "erasure", "two_people"} <= rows_of_child(world.mine).keys()
    work = house.work(SYSTEM, writes=False)
    row = queries.erasure_of(work, world.mine)
    assert (row.seq, row.done_at, row.at) == (done.seq, NOW, NOW)
    assert queries.erased_at(work, list(world.children.values())) == {world.mine: NOW}
    work.session.close()


def test_nothing_sealed_for_an_erased_child_opens_and_the_neighbours_do(house, world, erased):
    mine, theirs = seals_of(house, world.mine), seals_of(house, world.beside)
    erased(world.mine)
    work = house.work(SYSTEM, writes=False)
    for place, envelope, kind in mine:
        with pytest.raises(Unreadable):
            work.vault.open(place, envelope, kind)
    assert all(work.vault.open(place, envelope, kind) for place, envelope, kind in theirs)
    work.session.close()


@pytest.mark.parametrize("who", ["cpk", "national"])
def test_nobody_meets_an_erased_child_any_more(as_, world, erased, who):
    name = "Zqxfamily"
    client = as_(who)
    assert name in client.get(f"/kinderen/{world.mine}").text
    erased(world.mine)
    assert client.get(f"/kinderen/{world.mine}").status_code == 404
    assert client.get(f"/kinderen/{world.mine}/gezin").status_code == 404
    for path in ("/vandaag", "/kinderen"):
        assert name not in client.get(path).text, path
    found = client.post("/kinderen/zoeken", {"q": "zqxfam"})
    assert found.status_code == 200
    assert name not in found.text


def test_it_takes_two_people_and_happens_once(house, world, agreed, actor, rows_of_child):
    key = agreed(world.mine)
    before = rows_of_child(world.mine)
    with pytest.raises(RefusedError):
        erase_child(house, actor, world.beside, key)
    with pytest.raises(RefusedError):
        erase_child(house, actor, world.mine, world.mine)
    assert rows_of_child(world.mine) == before
    erase_child(house, actor, world.mine, key)
    with pytest.raises(RefusedError):
        erase_child(house, actor, world.mine, key)
    with pytest.raises(NoSuchChildError):
        erase_child(house, actor, world.mine, agreed(world.mine))


def test_the_same_v_number_makes_a_new_child_later(house, world, erased):
    said = document("mine")["child"]
    erased(world.mine)
    work = house.work(SYSTEM)
    details = ChildDetails(
        v_number=said["v_number"],
        given_names="Anew",
        family_name=None,
        birth_date=NOW.date(),
        birth_precision="day",
        birth_status="declared",
        unaccompanied=True,
    )
    new = people_do.register(work, details)
    work.commit()
    assert new.id != world.mine
    assert new.card.given_names == "Anew"
    work.session.close()


def test_the_file_of_a_brother_says_that_there_was_one(house, world, as_, erased):
    work = house.work(SYSTEM)
    row = Relative(id=new_id(), child_id=world.mine, relative_child_id=world.beside)
    facts = people.relatives(work, world.mine)[0].facts
    work.add(row, facts=facts)
    work.commit()
    work.session.close()
    erased(world.beside)
    work = house.work(SYSTEM, writes=False)
    kept = people.relative(work, world.mine, row.id)
    assert (kept.relative_child_id, kept.facts.name, kept.facts.erased) == (None, None, True)
    assert kept.facts.relation == facts.relation
    work.session.close()
    page = as_("cpk").get(f"/kinderen/{world.mine}/gezin")
    assert "gewist" in page.text


@pytest.mark.parametrize("place", ["add", "shred", "_wipe", "merge"])
def test_an_erasure_that_was_killed_is_finished_by_the_worker(
    house, world, agreed, actor, rows_of_child, monkeypatch, place
):
    key = agreed(world.mine)

    def die(*_args, **_rest):
        raise Killed

    where = {"add": Journal, "shred": tombstones, "_wipe": erasing}
    if place == "merge":
        monkeypatch.setattr("sqlalchemy.orm.Session.merge", die)
    else:
        monkeypatch.setattr(where[place], place, die)
    with pytest.raises(Killed):
        erase_child(house, actor, world.mine, key)
    assert set(rows_of_child(world.mine)) <= erasing.KEPT
    monkeypatch.undo()
    assert finish(house) == 1
    assert finish(house) == 0
    keystore = house.keyring.keystore
    assert [stone.child_id for stone in tombstones.known(keystore)] == [world.mine]
    assert [stone.child_id for stone in journal(house).read()] == [world.mine]
    assert tombstones.keys_digest(keystore, [world.mine]) is None


@pytest.mark.parametrize("at", [1, 30])
def test_a_kill_before_the_rows_are_gone_leaves_the_whole_file(
    house, world, agreed, actor, rows_of_child, monkeypatch, at
):
    key = agreed(world.mine)
    before = rows_of_child(world.mine)
    left = [at]
    execute = erasing.remove_children.__globals__["_remove"]

    def die_later(*args):
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        execute(*args)

    monkeypatch.setitem(erasing.remove_children.__globals__, "_remove", die_later)
    with pytest.raises(Killed):
        erase_child(house, actor, world.mine, key)
    monkeypatch.undo()
    assert rows_of_child(world.mine) == before
    assert seals_of(house, world.mine)
    erase_child(house, actor, world.mine, key)
    assert set(rows_of_child(world.mine)) <= erasing.KEPT


def test_what_rows_were_goes_along_and_only_then(house, world, erased):
    work = house.work(SYSTEM)
    for child_id in (world.mine, world.beside):
        row = work.session.get(Child, child_id)
        people_do.close(work, row, row.version, NOW.date(), "Zqxclosed")
    work.commit()
    work.session.close()
    erased(world.mine)
    past = Child.metadata.tables["past"]
    with house.engine.connect() as db:
        left = set(db.scalars(select(past.c.child_id)))
        db.rollback()
    assert world.mine not in left
    assert world.beside in left


def test_a_line_that_we_did_not_write_is_refused(house, erased, world):
    erased(world.mine)
    erased(world.far)
    file = house.settings.tombstone_file
    lines = file.read_text("utf-8").splitlines()
    said = json.loads(lines[0])
    for changed in (
        [lines[0].replace(said["child"], world.beside.hex), lines[1]],
        [lines[0].replace(said["signature"][:4], "0000"), lines[1]],
        ["{}", lines[1]],
        [lines[1], lines[0]],
    ):
        file.write_text("\n".join(changed) + "\n", "utf-8")
        with pytest.raises(TombstoneError):
            journal(house).read()
    file.write_text("\n".join(lines) + '\n{"seq": 3', "utf-8")
    assert len(journal(house).read()) == 2
