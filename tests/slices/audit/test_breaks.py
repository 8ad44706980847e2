"""What happens when the trail is broken, and how closed years go."""

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from caseapp.accounts import queries as accounts
from caseapp.accounts.actions import two_people
from caseapp.audit import actions, jobs, queries
from caseapp.audit.actions.chaining import EVENT
from caseapp.audit.models import AuditBreak
from caseapp.audit.queries.breaks import is_chained
from caseapp.cli import audit as command
from caseapp.domain.granting import RefusedError
from caseapp.domain.policy import Actor, Role
from caseapp.domain.trail import Outcome, may_close
from caseapp.kernel import jobs as kernel_jobs
from caseapp.kernel.db import open_engine
from caseapp.kernel.machine import Machine
from caseapp.tables import METADATA
from tests.strict_client import StrictClient
from tests.tampering import SYSTEM, cut, last, look, owner, vouch, write
from tests.world import NOW, TODAY, World

As = Callable[..., StrictClient]


@pytest.fixture
def broken(house: Machine, world: World) -> Machine:
    """Give a house of which the trail was tampered with, and looked at."""
    write(house, world, 2)
    vouch(house)
    with owner(house) as db:
        db.execute(update(EVENT).where(EVENT.c.seq == last(db) - 1).values(outcome="no"))
    looked(house)
    return house


def looked(house: Machine, *, full: bool = True) -> Outcome:
    return jobs.look(lambda: kernel_jobs.opened(house, "look"), house, full=full).outcome


@pytest.mark.asvs("16.4.2", "16.4.3")
def test_a_break_is_told_kept_and_a_new_chain_begins(broken: Machine, world: World) -> None:
    work = broken.work(SYSTEM)
    assert queries.is_broken(work)
    row = queries.breaks(work)[0]
    told = METADATA.tables["notice"]
    who = select(told.c.account_id).where(told.c.event == "TrailBroken")
    assert set(work.session.scalars(who)) == {
        world.accounts["privacy_officer"], world.accounts["administrator"]
    }  # fmt: skip
    work.session.close()
    evidence = broken.settings.instance / row.evidence
    assert evidence.stat().st_mode & 0o777 == 0o600
    lines = [json.loads(line) for line in evidence.read_text().splitlines()]
    assert lines[0]["found"]["outcome"] == "broken"
    assert {line.get("outcome") for line in lines} >= {"no"}
    write(broken, world, 2)
    found = look(broken)
    assert (found.outcome, found.problems) == (Outcome.OK, ())
    assert len(found.known) == 1
    assert looked(broken) is Outcome.OK
    assert looked(broken, full=False) is Outcome.OK


def test_a_second_fault_before_the_break_is_new(broken: Machine) -> None:
    with owner(broken) as db:
        db.execute(update(EVENT).where(EVENT.c.seq == 3).values(code="other"))
    assert [one.seq for one in look(broken).problems] == [3]


def test_a_tail_that_is_cut_off_leaves_a_gap_that_the_break_names(
    house: Machine, world: World
) -> None:
    write(house, world, 3)
    vouch(house)
    with owner(house) as db:
        cut(db, last(db) - 2)
    assert looked(house) is Outcome.BROKEN
    write(house, world, 1)
    vouch(house)
    found = look(house)
    assert (found.outcome, found.problems) == (Outcome.OK, ())
    assert looked(house) is Outcome.OK


def test_two_people_acknowledge_a_break_and_neither_alone(broken: Machine, world: World) -> None:
    def as_role(role: Role) -> Actor:
        work = broken.work(SYSTEM)
        row = accounts.account(work, world.accounts[role.value])
        found = accounts.actor_of(work.session, row, work.now)
        work.session.close()
        return found

    officer, administrator = as_role(Role.PRIVACY_OFFICER), as_role(Role.ADMINISTRATOR)
    work = broken.work(officer)
    row = work.session.scalars(select(AuditBreak)).one()
    actions.ask_to_acknowledge(work, row, "zqx somebody tried a restore")
    with pytest.raises(RefusedError):
        actions.acknowledge(work, row)
    agreement = accounts.two_people(work, row.agreement_id)
    with pytest.raises(RefusedError):
        two_people.decide(work, agreement, actions.content_of(row), True)
    work.commit()
    work.session.close()
    work = broken.work(administrator)
    row = work.session.scalars(select(AuditBreak)).one()
    agreement = accounts.two_people(work, row.agreement_id)
    two_people.decide(work, agreement, actions.content_of(row), True)
    work.commit()
    work.session.close()
    work = broken.work(officer)
    row = work.session.scalars(select(AuditBreak)).one()
    actions.acknowledge(work, row)
    work.commit()
    assert not queries.is_broken(work)
    assert {row.first_by, row.second_by} == {officer.account_id, administrator.account_id}
    work.session.close()


def test_the_page_of_a_break_says_what_is_wrong(broken: Machine, as_: As) -> None:
    work = broken.work(SYSTEM)
    key = queries.breaks(work)[0].id
    work.session.close()
    for who in ("privacy_officer", "administrator"):
        page = as_(who).get(f"/controle/breuk/{key}")
        assert page.status_code == 200
        assert "Een regel is veranderd" in page.text
    assert as_("coordinator").get(f"/controle/breuk/{key}").status_code == 404
    assert "niet meer heel" in as_("administrator").get("/systeem").text


@pytest.mark.parametrize(
    ("year", "years", "may"),
    [(TODAY.year - 6, 5, True), (TODAY.year - 5, 5, False), (TODAY.year - 6, 1, True),
     (TODAY.year - 2, 1, False), (TODAY.year - 6, 6, False), (TODAY.year - 7, 6, True)],
)  # fmt: skip
def test_nothing_goes_before_five_years_whatever_the_setting(
    year: int, years: int, *, may: bool
) -> None:
    assert may_close(year, TODAY, years) is may


def test_closed_years_go_and_the_rest_stays_whole(house: Machine, world: World) -> None:
    vouch(house)
    later = house.now() + timedelta(days=2500)
    work = house.work(SYSTEM, now=later)
    work.saw("child-read", [world.mine])
    work.commit()
    with pytest.raises(actions.NotClosedError, match="young"):
        actions.close_year(work, house.settings.checkpoints_file, later.year, 5)
    until = actions.close_year(work, house.settings.checkpoints_file, NOW.year, 5)
    work.commit()
    work.session.close()
    engine = open_engine(house.settings.migrate_url)
    with engine.begin() as db:
        assert actions.take_away(db, until) == until
        left = db.scalars(select(EVENT.c.seq).order_by(EVENT.c.seq)).all()
    engine.dispose()
    assert left[0] == until + 1
    write(house, world, 2)
    found = look(house)
    assert (found.outcome, found.problems) == (Outcome.OK, ())
    assert found.since == until


def test_the_command_ends_with_what_it_found(
    house: Machine, world: World, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(command, "load", lambda: house.settings)
    monkeypatch.setattr(command, "open_machine", lambda _settings: house)
    verify = SimpleNamespace(action="verify", since=None, json=True, note=False)
    assert command.run(verify) == 2
    assert command.run(SimpleNamespace(action="checkpoint")) == 0
    assert command.run(verify) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["outcome"] == "ok"
    with owner(house) as db:
        db.execute(update(EVENT).where(EVENT.c.seq == 5).values(outcome="no"))
    assert command.run(verify) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["first_bad"] == 5
    assert command.run(SimpleNamespace(action="close", year=TODAY.year)) == 1
    assert command.run(SimpleNamespace(action="key")) == 0


def test_the_keys_of_a_chained_trail_are_not_made_anew(house: Machine) -> None:
    store = METADATA.tables["audit_head"]
    assert is_chained(house.engine)
    with owner(house) as db:
        db.execute(update(store).values(hash=None))
    assert not is_chained(house.engine)
