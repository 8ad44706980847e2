"""What people do with alerts: take, assign, put off, and the board; done, and refused by form and action."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.continuity import actions, queries
from caseapp.continuity.models import Alert
from caseapp.domain.reach import Why
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, Work
from caseapp.moves import actions as moves
from caseapp.people.models import Reach
from caseapp.web.days import write_day
from tests.acting import acting
from tests.slices.continuity.story import (
    Stands,
    alerts,
    book,
    broken,
    looking,
    night,
)
from tests.strict_client import StrictClient
from tests.world import MARK, TODAY, World

As = Callable[..., StrictClient]
REASON = f"{MARK}-put-off-reason"
GRAVE = TODAY + timedelta(days=2)


def page(world: World, alert: Stands, act: str = "") -> str:
    """Return the address of the alert about the care of `mine`, or of an act on it."""
    return f"/kinderen/{world.mine}/signaleringen/{alert.id}{'/' + act if act else ''}"


def test_taking_makes_one_the_owner_and_the_board_says_so(
    house: Machine, as_: As, world: World
) -> None:
    client, alert = as_("coordinator"), broken(house, world)
    sent = {"version": str(alert.version), "back": "/signaleringen?ernst=waarschuwing"}
    answer = client.post(page(world, alert, "neem"), sent)
    assert (answer.status_code, answer.location) == (303, "/signaleringen?ernst=waarschuwing")
    after = broken(house, world)
    assert (after.owner, after.steps) == ("coordinator", ["raised", "taken"])
    assert "Deze signalering is nu van jou." in client.get("/signaleringen?eigenaar=ik").text
    assert "Staff coordinator" in as_("cpk").get(page(world, alert)).text


@pytest.mark.parametrize(
    "back", ["https://example.org/", "//example.org/x", "/uitloggen", "/kinderen\\@x", ""]
)
def test_a_form_returns_to_pages_of_ours_only(
    house: Machine, as_: As, world: World, back: str
) -> None:
    alert = broken(house, world)
    sent = {"version": str(alert.version), "back": back}
    answer = as_("coordinator").post(page(world, alert, "neem"), sent)
    assert answer.location == page(world, alert)


def test_the_second_who_takes_loses_the_race(house: Machine, as_: As, world: World) -> None:
    alert = broken(house, world)
    sent = {"version": str(alert.version), "back": ""}
    assert as_("coordinator").post(page(world, alert, "neem"), sent).status_code == 303
    assert as_("cpk").post(page(world, alert, "neem"), sent).status_code == 409
    assert broken(house, world).owner == "coordinator"


def test_what_the_facts_mended_meanwhile_is_not_taken(
    house: Machine, as_: As, world: World
) -> None:
    alert = broken(house, world)
    book(house, world, GRAVE)
    client = as_("coordinator")
    for act, sent in (
        ("neem", {"back": ""}),
        ("uitstellen", {"until": "1-12-2026", "reason": "x"}),
    ):
        answer = client.post(page(world, alert, act), sent | {"version": str(alert.version)})
        assert answer.location == page(world, alert)
    shown = client.get(page(world, alert)).text
    assert "Deze signalering is intussen opgelost." in shown
    assert broken(house, world).steps == ["raised", "mended"]


def test_assigning_gives_it_to_somebody_who_stands_by_the_child(
    house: Machine, as_: As, world: World
) -> None:
    client, alert = as_("coordinator"), broken(house, world)
    shown = client.get(page(world, alert, "toewijzen")).text
    assert "Staff guardian, voogd" in shown
    assert "Staff cpk_far" not in shown
    sent = {"to": str(world.accounts["cpk"]), "version": str(alert.version), "back": "/vandaag"}
    answer = client.post(page(world, alert, "toewijzen"), sent)
    assert answer.location == "/vandaag"
    after = broken(house, world)
    assert (after.owner, after.steps) == ("cpk", ["raised", "assigned"])
    assert ("cpk", "AlertAssigned") in after.told


def test_assigning_to_oneself_is_taking(house: Machine, as_: As, world: World) -> None:
    alert = broken(house, world)
    sent = {"to": str(world.accounts["coordinator"]), "version": str(alert.version), "back": ""}
    as_("coordinator").post(page(world, alert, "toewijzen"), sent)
    assert broken(house, world).steps == ["raised", "taken"]


@pytest.mark.parametrize(
    ("who", "words"), [("", "Kies wie dit oppakt."), ("cpk_far", "Kies een antwoord uit de lijst")]
)
def test_a_wrong_choice_is_explained(
    house: Machine, as_: As, world: World, who: str, words: str
) -> None:
    alert = broken(house, world)
    to = str(world.accounts[who]) if who else ""
    sent = {"to": to, "version": str(alert.version), "back": ""}
    answer = as_("coordinator").post(page(world, alert, "toewijzen"), sent)
    assert answer.status_code == 200
    assert "summary-of-errors" in answer.text
    assert words.split(maxsplit=1)[0] in answer.text
    assert broken(house, world).owner == "noord"


def test_the_action_itself_refuses_somebody_from_elsewhere(house: Machine, world: World) -> None:
    far = world.accounts["cpk_far"]
    with acting(house, world, "coordinator") as work:
        row = _row(work, world, broken(house, world))
        with pytest.raises(actions.NotAChoiceError):
            actions.assign(work, row, row.version, far)


def test_the_action_itself_refuses_a_version_that_is_old(house: Machine, world: World) -> None:
    with acting(house, world, "coordinator") as work:
        row = _row(work, world, broken(house, world))
        with pytest.raises(LostRaceError):
            actions.take(work, row, row.version + 1)


def test_put_off_rests_until_its_day_and_the_reason_is_read(
    house: Machine, as_: As, world: World
) -> None:
    client, alert = as_("coordinator"), broken(house, world)
    last = TODAY + timedelta(days=28)
    sent = {"until": write_day(last), "reason": REASON, "version": str(alert.version)}
    assert client.post(page(world, alert, "uitstellen"), sent).status_code == 303
    after = broken(house, world)
    assert (after.put_off_until, after.steps) == (last, ["raised", "put_off"])
    assert REASON in client.get(page(world, alert)).text
    assert "therapie" not in client.get("/vandaag").text
    assert "uitgesteld tot 22 dec" in client.get("/signaleringen").text


def test_put_off_comes_back_on_the_day_itself(house: Machine, world: World) -> None:
    until = TODAY + timedelta(days=1)
    _put_off(house, world, until)
    for day, resting in ((TODAY, True), (until, False)):
        with acting(house, world, "coordinator", day) as work:
            (group,) = (g for g in queries.groups(work, queries.Choice(), 5) if g.rule == "CAR-1")
            assert group.rows[0].is_put_off(day) is resting


def test_put_off_ends_when_it_becomes_more_serious(house: Machine, world: World) -> None:
    _put_off(house, world, TODAY + timedelta(days=20))
    night(house, GRAVE)
    after = broken(house, world)
    assert (after.severity, after.put_off_until) == ("critical", None)


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [
        ("", REASON, "Vul de dag in waarop de signalering terugkomt."),
        (write_day(TODAY), REASON, "Kies 25-11-2026 of later."),
        (write_day(TODAY + timedelta(days=29)), REASON, "Kies 22-12-2026 of eerder."),
        (write_day(GRAVE), "", "Schrijf op waarom het kan wachten."),
    ],
)
def test_what_cannot_be_put_off_is_explained_and_the_text_is_kept(
    house: Machine, as_: As, world: World, until: str, reason: str, words: str
) -> None:
    alert = broken(house, world)
    sent = {"until": until, "reason": reason, "version": str(alert.version)}
    answer = as_("coordinator").post(page(world, alert, "uitstellen"), sent)
    assert (answer.status_code, words in answer.text) == (200, True)
    assert reason in answer.text
    assert broken(house, world).put_off_until is None


def test_a_third_time_is_refused(house: Machine, as_: As, world: World) -> None:
    for _time in range(actions.MOST_TIMES):
        _put_off(house, world, GRAVE)
    alert = broken(house, world)
    sent = {"until": write_day(GRAVE), "reason": REASON, "version": str(alert.version)}
    answer = as_("coordinator").post(page(world, alert, "uitstellen"), sent)
    assert "al twee keer uitgesteld" in answer.text
    with pytest.raises(actions.PutOffTooOftenError):
        _put_off(house, world, GRAVE)


def test_who_does_not_own_it_takes_it_first(house: Machine, as_: As, world: World) -> None:
    client, alert = as_("cpk"), broken(house, world)
    sent = {"until": write_day(GRAVE), "reason": REASON, "version": str(alert.version)}
    assert (
        "Neem de signalering eerst op je."
        in client.post(page(world, alert, "uitstellen"), sent).text
    )
    client.post(page(world, alert, "neem"), {"version": str(alert.version), "back": ""})
    sent["version"] = str(broken(house, world).version)
    assert client.post(page(world, alert, "uitstellen"), sent).status_code == 303


def test_the_action_itself_refuses_days_out_of_bounds(house: Machine, world: World) -> None:
    for until in (TODAY, TODAY + timedelta(days=29)):
        with pytest.raises(actions.PutOffTooFarError):
            _put_off(house, world, until)


def test_who_took_it_keeps_it_when_the_baton_passes(house: Machine, world: World) -> None:
    _take(house, world, "coordinator")
    with acting(house, world, "national") as work:
        moves.give(work, world.beside, world.accounts["cpk"], TODAY)
    night(house, GRAVE)
    assert alerts(house, world, world.beside, "PLA-1")[0].owner == "coordinator"


def test_who_took_it_and_left_loses_it_to_the_owner_of_the_table(
    house: Machine, world: World
) -> None:
    with acting(house, world, "national") as work:
        moves.give(work, world.beside, world.accounts["cpk"], TODAY)
    _take(house, world, "cpk_beside")
    assert alerts(house, world, world.beside, "PLA-1")[0].owner == "cpk_beside"
    with acting(house, world, "administrator") as work:
        gone = accounts_of.account(work, world.accounts["cpk_beside"])
        assert gone is not None
        accounts.close_account(work, gone)
    assert alerts(house, world, world.beside, "PLA-1")[0].owner == "cpk"


def test_the_board_counts_and_filters_by_codes(house: Machine, as_: As, world: World) -> None:
    client = as_("coordinator")
    everything = client.get("/signaleringen").text
    assert "Zorg onderbroken door een verhuizing" in everything
    assert "Te lang in noodopvang" in everything
    north = [row for row in _open(house) if row.child_id != world.far]
    me = world.accounts["coordinator"]
    for asked, shown in (
        ("locatie=AZC-HERE", [row for row in north if row.child_id == world.mine]),
        ("stuk=PLA-1", [row for row in north if row.rule == "PLA-1"]),
        ("ernst=ernstig", [row for row in north if row.severity == "critical"]),
        ("eigenaar=niemand", [row for row in north if row.owner_desk]),
        ("eigenaar=anderen", [row for row in north if row.owner_account_id not in {None, me}]),
        ("termijn=voorbij", [row for row in north if row.due and row.due < TODAY and row.rank > 1]),
        ("regio=zuid", []),
        ("regio=nergens&stuk=x&pagina=-1", north),
    ):
        answer = client.get(f"/signaleringen?{asked}")
        assert (answer.status_code, _counted(shown) in answer.text) == (200, True), asked


def _open(house: Machine) -> list[Alert]:
    with looking(house) as work:
        return list(work.session.scalars(select(Alert).where(Alert.closed_at.is_(None))))


def _counted(rows: list[Alert]) -> str:
    alerts, children = len(rows), len({row.child_id for row in rows})
    words = "signalering" if alerts == 1 else "signaleringen"
    return f"{alerts} {words} bij {children} {'kind' if children == 1 else 'kinderen'}"


def test_the_board_holds_the_own_region_only(as_: As) -> None:
    assert "Zqxgiven" not in as_("coordinator_far").get("/signaleringen").text
    assert "Zqxgiven" in as_("national").get("/signaleringen").text
    assert as_("cpk").get("/signaleringen").status_code == 403


def test_the_repair_starts_from_the_alert_for_who_may_repair(
    house: Machine, as_: As, world: World
) -> None:
    alert = broken(house, world)
    for who, has in (("cpk", True), ("coordinator", True), ("guardian", False)):
        shown = as_(who).get(page(world, alert)).text
        assert ("/afspraak?signalering=CAR-1" in shown) is has, who
    assert "nog niet opgepakt" in as_("guardian").get(page(world, alert)).text


def test_who_is_told_outside_sees_the_header_and_this_alert_only(
    house: Machine, as_: As, world: World
) -> None:
    with acting(house, world, "national") as work:
        work.session.execute(update(Reach).where(Reach.why == Why.LEFT).values(until_at=work.now))
    client, alert = as_("cpk_beside"), broken(house, world)
    child = client.get(f"/kinderen/{world.mine}").text
    assert "Zqxgiven Noor Zqxfamily" in child
    assert "Zorg onderbroken door een verhuizing" in child
    for hidden in (
        "azc Hier",
        "14-03-2010",
        "Tigrinya",
        "000 0001",
        "Het dossier",
        "Alles wat er was",
    ):
        assert hidden not in child, hidden
    shown = client.get(page(world, alert))
    assert (shown.status_code, "afspraak?signalering" in shown.text) == (200, False)
    for closed in ("gezin", "geschiedenis", "zorg", f"signaleringen/{world.mine}"):
        assert client.get(f"/kinderen/{world.mine}/{closed}").status_code == 404, closed
    sent = {"version": str(alert.version), "back": ""}
    assert client.post(page(world, alert, "neem"), sent).status_code == 404


def _row(work: Work, world: World, alert: Stands) -> Alert:
    row = queries.alert(work, world.mine, alert.id)
    assert row is not None
    return row


def _take(house: Machine, world: World, who: str) -> None:
    alert = alerts(house, world, world.beside, "PLA-1")[0]
    with acting(house, world, who) as work:
        row = queries.alert(work, world.beside, alert.id)
        assert row is not None
        actions.take(work, row, alert.version)


def _put_off(house: Machine, world: World, until: date) -> None:
    with acting(house, world, "coordinator") as work:
        row = _row(work, world, broken(house, world))
        actions.put_off(work, row, row.version, until, REASON)
