"""An alert that somebody judges a mistake: closed with a reason, silent while facts stay, and taken back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from caseapp.continuity import actions, queries
from caseapp.kernel import clock
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError
from caseapp.people import queries as people
from tests.acting import acting
from tests.slices.continuity.story import Stands, book, broken, looking, move_without_notice, night
from tests.strict_client import StrictClient
from tests.world import MARK, TODAY, World

As = Callable[..., StrictClient]
REASON = f"{MARK}-not-right-reason"
TOMORROW = TODAY + timedelta(days=1)
GRAVE = TODAY + timedelta(days=2)
"""On this day the broken care of `mine` becomes serious."""


def page(world: World, alert: Stands, act: str = "") -> str:
    """Return the address of the alert about the care of `mine`, or of an act on it."""
    return f"/kinderen/{world.mine}/signaleringen/{alert.id}{'/' + act if act else ''}"


def sent(alert: Stands, reason: str = REASON) -> dict[str, str]:
    """Return the form that closes an alert as a mistake."""
    return {"reason": reason, "version": str(alert.version)}


def judge(house: Machine, world: World, on: date = TODAY) -> None:
    """Close the alert about the care of `mine` as a mistake."""
    alert = broken(house, world)
    with acting(house, world, "coordinator", on) as work:
        row = queries.alert(work, world.mine, alert.id)
        assert row is not None
        actions.call_mistaken(work, row, alert.version, REASON)


def take_back(house: Machine, world: World, who: str = "coordinator") -> None:
    """Say that it is right after all."""
    alert = broken(house, world)
    with acting(house, world, who) as work:
        row = queries.alert(work, world.mine, alert.id)
        assert row is not None
        actions.call_right(work, row, alert.version)


def test_a_mistake_closes_with_its_reason_and_the_board_lets_it_go(
    house: Machine, as_: As, world: World
) -> None:
    client, alert = as_("coordinator"), broken(house, world)
    assert page(world, alert, "klopt-niet") in client.get("/signaleringen").text
    assert client.post(page(world, alert, "klopt-niet"), sent(alert)).status_code == 303
    after = broken(house, world)
    assert (after.closed, after.steps) == (TODAY, ["raised", "mistaken"])
    assert after.spells == [((TODAY - alert.since).days, "mistaken")]
    shown = client.get(page(world, alert)).text
    assert (REASON in shown, "Gesloten als onjuist" in shown) == (True, True)
    assert page(world, alert, "klopt-niet") not in client.get("/signaleringen").text
    assert "gesloten als onjuist op" in client.get(f"/kinderen/{world.mine}/signaleringen").text


def test_a_mistake_is_not_raised_again_while_the_facts_stay(house: Machine, world: World) -> None:
    judge(house, world)
    assert night(house, TOMORROW).failed == []
    after = broken(house, world)
    assert (after.closed, after.times, after.steps) == (TODAY, 1, ["raised", "mistaken"])


def test_a_mistake_comes_back_when_it_grows_more_serious(house: Machine, world: World) -> None:
    judge(house, world)
    night(house, GRAVE)
    after = broken(house, world)
    assert (after.closed, after.times, after.severity) == (None, 2, "critical")
    assert after.steps == ["raised", "mistaken", "came_back"]
    assert after.spells[-1] == (None, None)
    assert ("coordinator", "AlertCameBack") in after.told


def test_what_was_judged_at_its_worst_stays_away(house: Machine, world: World) -> None:
    night(house, GRAVE)
    judge(house, world, GRAVE)
    night(house, GRAVE + timedelta(days=30))
    assert broken(house, world).steps == ["raised", "changed", "mistaken"]


def test_a_mistake_is_watched_again_when_the_facts_mend(house: Machine, world: World) -> None:
    judge(house, world)
    book(house, world, TOMORROW)
    assert broken(house, world).steps == ["raised", "mistaken", "watched"]
    night(house, GRAVE)
    after = broken(house, world)
    assert (after.closed, after.times) == (None, 2)
    assert after.steps == ["raised", "mistaken", "watched", "came_back"]
    assert [by for _days, by in after.spells] == ["mistaken", None]


def test_taking_it_back_opens_the_same_interruption_again(
    house: Machine, as_: As, world: World
) -> None:
    before = broken(house, world)
    judge(house, world)
    client, closed = as_("coordinator"), broken(house, world)
    assert page(world, closed, "toch-juist") in client.get(page(world, closed)).text
    answer = client.post(page(world, closed, "toch-juist"), {"version": str(closed.version)})
    assert answer.status_code == 303
    after = broken(house, world)
    assert (after.closed, after.times, after.owner) == (None, 1, before.owner)
    assert (after.steps, after.spells) == (["raised", "mistaken", "restored"], [(None, None)])
    assert "Toch juist: weer open" in client.get(page(world, closed)).text


def test_who_was_told_outside_the_scope_sees_it_only_while_it_is_open(
    house: Machine, world: World
) -> None:
    alert = broken(house, world)

    def sees() -> bool:
        with acting(house, world, "cpk_beside") as work:
            return alert.id in set(work.session.scalars(people.told_ids(work.actor, work.now)))

    assert sees()
    judge(house, world)
    assert not sees()
    take_back(house, world)
    assert sees()


def test_without_a_reason_nothing_is_closed(house: Machine, as_: As, world: World) -> None:
    alert = broken(house, world)
    answer = as_("coordinator").post(page(world, alert, "klopt-niet"), sent(alert, ""))
    assert (answer.status_code, "Schrijf op wat er niet klopt." in answer.text) == (200, True)
    assert broken(house, world).closed is None


def test_who_does_not_own_it_takes_it_first_and_keeps_the_text(
    house: Machine, as_: As, world: World
) -> None:
    client, alert = as_("cpk"), broken(house, world)
    answer = client.post(page(world, alert, "klopt-niet"), sent(alert))
    assert "Neem de signalering eerst op je." in answer.text
    assert REASON in answer.text
    client.post(page(world, alert, "neem"), {"version": str(alert.version), "back": ""})
    taken = broken(house, world)
    assert client.post(page(world, taken, "klopt-niet"), sent(taken)).status_code == 303
    assert broken(house, world).steps == ["raised", "taken", "mistaken"]


def test_somebody_else_does_not_take_it_back(house: Machine, as_: As, world: World) -> None:
    judge(house, world)
    client, closed = as_("cpk"), broken(house, world)
    assert page(world, closed, "toch-juist") not in client.get(page(world, closed)).text
    client.post(page(world, closed, "toch-juist"), {"version": str(closed.version)})
    assert broken(house, world).closed == TODAY
    with pytest.raises(actions.NotTheOwnerError):
        take_back(house, world, "cpk")


def test_a_form_that_is_sent_twice_closes_once(house: Machine, as_: As, world: World) -> None:
    client, alert = as_("coordinator"), broken(house, world)
    for _time in range(2):
        answer = client.post(page(world, alert, "klopt-niet"), sent(alert))
        assert answer.location == page(world, alert)
    assert broken(house, world).steps == ["raised", "mistaken"]
    assert "al gesloten als onjuist" in client.get(page(world, alert)).text


def test_who_was_second_reads_what_changed_and_keeps_the_text(
    house: Machine, as_: As, world: World
) -> None:
    alert = broken(house, world)
    as_("cpk").post(page(world, alert, "neem"), {"version": str(alert.version), "back": ""})
    client = as_("coordinator")
    answer = client.post(page(world, alert, "klopt-niet"), sent(alert))
    assert (answer.status_code, REASON in answer.text) == (200, True)
    assert "intussen veranderd" in answer.text
    assert f'name="version" value="{broken(house, world).version}"' in answer.text
    assert broken(house, world).closed is None


def test_the_action_itself_refuses_what_is_closed_old_or_mended(
    house: Machine, world: World
) -> None:
    judge(house, world)
    with pytest.raises(actions.AlertClosedError):
        judge(house, world)
    closed = broken(house, world)
    with acting(house, world, "coordinator") as work:
        row = queries.alert(work, world.mine, closed.id)
        assert row is not None
        with pytest.raises(LostRaceError):
            actions.call_right(work, row, closed.version - 1)
    book(house, world, GRAVE)
    with pytest.raises(actions.NotMistakenError):
        take_back(house, world)


def test_it_follows_the_facts_when_it_is_taken_back_late(house: Machine, world: World) -> None:
    judge(house, world)
    closed = broken(house, world)
    with acting(house, world, "coordinator", GRAVE) as work:
        row = queries.alert(work, world.mine, closed.id)
        assert row is not None
        actions.call_right(work, row, closed.version)
    after = broken(house, world)
    assert (after.severity, after.times) == ("critical", 1)
    assert after.steps == ["raised", "mistaken", "restored", "changed"]


def test_another_move_is_another_interruption(house: Machine, world: World) -> None:
    judge(house, world)
    move_without_notice(house, world, "AZC-FAR")
    with looking(house) as work:
        known = queries.known_alerts(work, [world.mine])[world.mine]
    standing = {one.alert.standing for one in known if one.alert.rule == "CAR-1"}
    assert standing == {"open", "mended"}


def test_the_figure_counts_what_ended_and_says_when_that_is_too_little(
    house: Machine, as_: As, world: World
) -> None:
    judge(house, world)
    with looking(house) as work:
        (car,) = [
            one for one in queries.precision(work, clock.midnight(TODAY)) if one.rule == "CAR-1"
        ]
        assert queries.precision(work, clock.midnight(TOMORROW)) == []
    assert (car.ended, car.mistaken, car.share) == (1, 1, None)
    shown = as_("coordinator").get("/signaleringen/juistheid").text
    assert ("Zorg onderbroken door een verhuizing" in shown, "nog te weinig" in shown) == (
        True,
        True,
    )
    take_back(house, world)
    assert "Er is nog niets geëindigd." in as_("coordinator").get("/signaleringen/juistheid").text


@pytest.mark.parametrize(
    ("ended", "mistaken", "share"), [(19, 0, None), (20, 0, 1.0), (20, 1, 0.95), (40, 40, 0.0)]
)
def test_a_share_is_said_from_twenty_on(ended: int, mistaken: int, share: float | None) -> None:
    assert queries.Precision("CAR-1", ended, mistaken).share == share


def test_the_page_tells_the_whole_life_the_latest_first(
    house: Machine, as_: As, world: World
) -> None:
    client = as_("coordinator")
    client.get(f"/kinderen/{world.mine}")
    for until in ("25-11-2026", "26-11-2026"):
        alert = broken(house, world)
        rest = {"until": until, "reason": f"{MARK}-rest", "version": str(alert.version)}
        client.post(page(world, alert, "uitstellen"), rest)
    client.post(
        page(world, alert, "neem"), {"version": str(broken(house, world).version), "back": ""}
    )
    night(house, GRAVE)
    judge(house, world, GRAVE)
    book(house, world, GRAVE, GRAVE)
    night(house, GRAVE + timedelta(days=1))
    shown = client.get(page(world, alert)).text
    told = (
        "Teruggekomen, als: Ernstig", "De feiten zijn veranderd: wordt weer bewaakt",
        "Gesloten als onjuist", "Ernstig geworden", "Opgepakt",
        "Uitgesteld tot 26 november (keer 2 van hooguit 2)",
        "Uitgesteld tot 25 november (keer 1 van hooguit 2)", "Ontstaan, als: Waarschuwing",
    )  # fmt: skip
    history = shown[shown.index('id="history"') :]
    places = [history.index(words) for words in told]
    assert places == sorted(places)
    assert "Gezien" in history
    assert "14 dagen" in shown
