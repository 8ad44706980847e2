"""The weekly look at the trail: what is drawn and why, who says what of it, and when it is late."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from caseapp.audit import actions, jobs, queries
from caseapp.audit.models import AuditEvent, LogReview
from caseapp.domain.policy import Actor, Role
from caseapp.domain.reviewing import DRAWN, REFUSED_IN_SERIES, Judgement, Pick
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.tables import METADATA
from tests.strict_client import StrictClient
from tests.world import NOW, World

As = Callable[..., StrictClient]
ACCOUNT = METADATA.tables["account"]
LAST_WEEK = NOW - timedelta(days=7)


def looked(house: Machine, who: Actor, child, at: datetime = LAST_WEEK, **about) -> None:
    """Let somebody open a file, some time ago."""
    work = house.work(who, now=at)
    work.saw(about.pop("code", "child-read"), [child] if child else [], **about)
    work.commit()
    work.session.close()


def somebody(world: World, who: str = "cpk") -> Actor:
    return Actor(world.accounts[who], who, Role.CPK)


def open_work(house: Machine, days: int = 0) -> Work:
    return house.work(Actor(None, "test", everywhere=True), now=NOW + timedelta(days=days))


def drawn(house: Machine) -> dict[Pick, int]:
    work = open_work(house)
    review = actions.make_review(work)
    work.commit()
    found = queries.to_judge(work, review.id) if review else []
    work.session.close()
    picks = [Pick(one.item.pick) for one in found]
    return {pick: picks.count(pick) for pick in set(picks)}


@pytest.mark.asvs("16.2.1")
def test_twenty_looks_of_last_week_are_drawn_at_random_and_once(
    house: Machine, world: World
) -> None:
    for _ in range(DRAWN + 5):
        looked(house, somebody(world), world.mine)
    assert drawn(house)[Pick.DRAWN] == DRAWN
    work = open_work(house)
    assert actions.make_review(work) is None
    work.session.close()


def test_what_stands_out_is_looked_at_too(house: Machine, world: World) -> None:
    night = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    looked(house, somebody(world), world.mine, night)
    looked(house, somebody(world), world.beside, fields=("until_departure",))
    for _ in range(REFUSED_IN_SERIES):
        looked(house, somebody(world), None, code="denied", outcome="denied", object="x")
    found = drawn(house)
    assert found[Pick.AT_NIGHT] == 1
    assert found[Pick.AFTER_MOVE] == 1
    assert found[Pick.REFUSED] == 1


def test_who_bears_the_name_of_the_child_is_looked_at(house: Machine, world: World) -> None:
    work = open_work(house)
    family = people.cards(work, [world.mine])[world.mine].family_name
    cpk = update(ACCOUNT).where(ACCOUNT.c.id == world.accounts["cpk"])
    work.session.execute(cpk.values(name=f"Jo {family}"))
    work.session.commit()
    work.session.close()
    looked(house, somebody(world), world.mine)
    looked(house, somebody(world, "cpk_beside"), world.mine)
    found = drawn(house)
    assert found[Pick.OWN_NAME] == 1
    assert found[Pick.COLLEAGUE] == 1


def test_the_privacy_officer_says_something_of_each_record_and_closes_the_week(
    house: Machine, world: World, as_: As
) -> None:
    looked(house, somebody(world), world.mine)
    jobs.draw(lambda: open_work(house))
    officer = as_("privacy_officer")
    page = officer.get("/controle")
    assert "opende het dossier van" in page.text
    work = open_work(house)
    review = queries.reviews(work)[0]
    items = [one.item.id for one in queries.to_judge(work, review.id)]
    work.session.close()
    for key in items:
        refused = officer.post(f"/controle/{key}", {"judgement": Judgement.ASKED.value})
        assert "Schrijf op waarom." in refused.text
        said = {"judgement": Judgement.ASKED.value, "note": "zqx waarneming"}
        assert officer.post(f"/controle/{key}", said).status_code == 303
    work = open_work(house)
    assert work.session.scalars(select(LogReview.closed_at)).one() is not None
    codes = work.session.scalars(select(AuditEvent.code)).all()
    assert {"log-viewed", "review-judged", "review-closed"} <= set(codes)
    assert queries.left(work) == {}
    work.session.close()
    assert "2026" in officer.get("/controle").text


def test_a_week_that_is_not_looked_at_is_told_after_a_week_once(
    house: Machine, world: World
) -> None:
    looked(house, somebody(world), world.mine)
    drawn(house)
    for days, told in ((7, 0), (8, 1), (9, 0)):
        work = open_work(house, days)
        assert actions.tell_late(work) == told, days
        work.commit()
        work.session.close()


def test_nobody_else_looks_at_the_log(house: Machine, world: World, as_: As) -> None:
    looked(house, somebody(world), world.mine)
    drawn(house)
    for who in ("cpk", "coordinator", "administrator", "monitor"):
        assert as_(who).get("/controle").status_code == 403
