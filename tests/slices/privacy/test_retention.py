"""What is due to go: found at night, decided by a person, never destroyed because a day came."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from caseapp.domain.policy import Actor
from caseapp.domain.privacy_rights import Refusal, RightRefusedError
from caseapp.domain.retention import Decision, Zone
from caseapp.kernel.work import LostRaceError
from caseapp.people import actions as people
from caseapp.people.models import Child
from caseapp.privacy import actions, queries
from caseapp.privacy.jobs import watch
from caseapp.privacy.models import RetentionItem
from tests.acting import acting
from tests.strict_client import StrictClient
from tests.world import NOW, TODAY

SYSTEM = Actor(None, "test", everywhere=True)
CLOSED = TODAY
OVER = date(2046, 11, 24)
"""Twenty years after the closing, which is the last change by a person."""
AGED = date(2058, 3, 14)
"""The birthday of 48 of `mine`, who has a guardian; `far` has none at all."""
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


@pytest.fixture
def closed(house, world):
    """Close the files of two children."""
    for who, child_id in (("coordinator", world.mine), ("coordinator_far", world.far)):
        with acting(house, world, who) as work:
            child = work.session.get(Child, child_id)
            people.close(work, child, child.version, CLOSED, "Zqxclosed")


def night(house, day):
    at = replace(house, now=lambda: NOW + (day - TODAY))
    return watch(lambda: at.work(SYSTEM))


@contextmanager
def looking(house):
    work = house.work(SYSTEM, writes=False)
    yield work
    work.session.close()


def zones_of(house, child_id):
    with looking(house) as work:
        return {row.zone for row in queries.items_of(work, [child_id])}


def item_of(work, child_id, zone=Zone.YOUTH_HELP):
    return next(row for row in queries.items_of(work, [child_id]) if row.zone == zone)


@ON_SQLITE
def test_a_file_is_found_on_the_day_its_term_is_over_and_not_before(house, world, closed):
    night(house, OVER - timedelta(days=1))
    assert zones_of(house, world.mine) == set()
    night(house, OVER)
    assert zones_of(house, world.mine) == {Zone.YOUTH_HELP, Zone.RECEPTION}
    assert zones_of(house, world.beside) == set()


@ON_SQLITE
def test_guardianship_waits_for_the_birthday_of_48(house, world, closed):
    night(house, AGED - timedelta(days=1))
    assert Zone.GUARDIANSHIP not in zones_of(house, world.mine)
    night(house, AGED)
    assert Zone.GUARDIANSHIP in zones_of(house, world.mine)


def test_the_officer_is_told_once_and_nothing_is_destroyed(as_, house, world, closed):
    assert night(house, OVER) > 0
    assert night(house, OVER) == 0
    assert night(house, OVER + timedelta(days=1)) == 0
    with looking(house) as work:
        assert work.session.scalar(select(func.count()).select_from(Child)) == 3
        assert queries.found(work, child_id=world.mine).card is not None
    assert "De termijn van een dossier is om" in as_("privacy_officer").get("/privacy").text


@ON_SQLITE
def test_the_list_shows_each_zone_with_its_rule_reason_and_day(app, house, world, closed):
    night(house, OVER)
    client = later(app, house, world, OVER)
    shown = client.get("/bewaren").text
    for words in (
        "Jeugdhulp",
        "20 jaar na de laatste wijziging van een gesloten dossier",
        "Jeugdwet 7.3.8",
        "Zqxgiven Noor Zqxfamily",
        "24-11-2046",
        "Voogdij",
        "tot de leeftijd van 48 jaar",
        "Na 90 dagen wordt de sleutel van een lijst vanzelf vernietigd.",
        "De oudste regel mag weg op",
    ):
        assert words in shown, words


@ON_SQLITE
def test_an_empty_list_is_calm(as_):
    shown = as_("privacy_officer").get("/bewaren").text
    assert "Er is nu geen dossier dat weg mag." in shown


def later(app, house, world, day):
    """Return the browser of the privacy officer, on a day."""
    machine = replace(house, now=lambda: NOW + (day - TODAY))
    app.extensions["caseapp"] = machine
    return StrictClient.signed_in(app, machine, world.accounts["privacy_officer"])


def test_a_file_that_is_kept_longer_comes_back_on_its_day(app, house, world, closed):
    night(house, OVER)
    until = OVER + timedelta(days=30)
    client = later(app, house, world, OVER)
    with looking(house) as work:
        key = item_of(work, world.mine).id
    form = {"version": "1", "until_on": "24-12-2046", "because": "Er loopt een rechtszaak"}
    assert client.post(f"/bewaren/{key}/langer", form).location == "/bewaren"
    assert night(house, until - timedelta(days=1)) == 0
    with looking(house) as work:
        assert key not in {row.id for row in queries.waiting_items(work)}
    assert night(house, until) == 1
    shown = later(app, house, world, until).get("/bewaren").text
    assert "Er loopt een rechtszaak" in shown


@pytest.mark.parametrize(("typed", "wrong"), [("24-11-2046", True), ("25-11-2046", False)])
@ON_SQLITE
def test_keeping_ends_after_today(app, house, world, closed, typed, wrong):
    night(house, OVER)
    client = later(app, house, world, OVER)
    with looking(house) as work:
        key = item_of(work, world.mine).id
    form = {"version": "1", "until_on": typed, "because": "Er loopt een rechtszaak"}
    answer = client.post(f"/bewaren/{key}/langer", form)
    assert (answer.status_code == 200) == wrong


@ON_SQLITE
def test_a_file_of_which_another_term_runs_is_not_destroyed(app, house, world, closed):
    night(house, OVER)
    client = later(app, house, world, OVER)
    with looking(house) as work:
        key = item_of(work, world.mine).id
    assert (
        "Een andere termijn van dit dossier loopt tot 14 maart 2058."
        in client.get(f"/bewaren/{key}/vernietigen").text
    )
    form = {"version": "1", "because": "De termijn van de Jeugdwet is om"}
    assert "Een andere termijn" in client.post(f"/bewaren/{key}/vernietigen", form).text
    with looking(house) as work:
        assert item_of(work, world.mine).decision == Decision.WAITING


@pytest.mark.asvs("14.2.7")
@ON_SQLITE
def test_when_every_term_is_over_a_person_begins_an_erasure_by_two_people(
    app, house, world, closed
):
    """Data that is needed no more is destroyed: found by the clock, decided by people."""
    night(house, AGED)
    client = later(app, house, world, AGED)
    with looking(house) as work:
        key = item_of(work, world.mine).id
    form = {"version": "1", "because": "De termijn van de Jeugdwet is om"}
    answer = client.post(f"/bewaren/{key}/vernietigen", form)
    shown = client.get(answer.location).text
    assert "Tweede persoon vragen" in shown
    assert "niemand: de termijn is om" in shown
    with looking(house) as work:
        assert item_of(work, world.mine).decision == Decision.DESTROY
        assert work.session.get(Child, world.mine) is not None


@ON_SQLITE
def test_a_file_that_is_followed_again_stays(house, world, closed):
    night(house, OVER)
    with acting(house, world, "coordinator_far", OVER) as work:
        child = work.session.get(Child, world.far)
        people.reopen(work, child, child.version)
    with acting(house, world, "privacy_officer", OVER) as work, work.beyond("a test"):
        row, child = item_of(work, world.far), queries.found(work, child_id=world.far)
        with pytest.raises(RightRefusedError) as refused:
            actions.ask_to_destroy(work, row, row.version, child, "Zqxreason")
        assert refused.value.code is Refusal.OTHER_ZONE


@ON_SQLITE
def test_a_decision_is_made_once_and_a_lost_race_is_one(house, world, closed):
    night(house, OVER)
    with acting(house, world, "privacy_officer", OVER) as work, work.beyond("a test"):
        row = item_of(work, world.far)
        with pytest.raises(LostRaceError):
            actions.keep(work, row, row.version + 1, OVER + timedelta(days=9), "Zqxreason")
        actions.keep(work, row, row.version, OVER + timedelta(days=9), "Zqxreason")
        with pytest.raises(RightRefusedError) as refused:
            actions.keep(work, row, row.version, OVER + timedelta(days=9), "Zqxreason")
        assert refused.value.code is Refusal.DECIDED


@ON_SQLITE
def test_the_day_on_which_a_term_is_over_stands_in_the_seal_only(house, world, closed):
    """A clear day can be a clear birthday (data-model.md 4)."""
    names = {column.name for column in RetentionItem.__table__.columns}
    assert names == {
        "id", "child_id", "zone", "decision", "found_at", "facts", "version", "recorded_at", "recorded_by",
    }  # fmt: skip
