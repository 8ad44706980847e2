"""Telling people of things that are no alert: once a person, event and object, and never who did it."""

from dataclasses import dataclass
from uuid import UUID

from caseapp.domain import events
from caseapp.domain.events.base import Action, Event
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.notices import actions
from caseapp.notices.queries import LIST, NOT_MAILED, UNREAD, UNREAD_LIST
from caseapp.notices.views.saying import OTHER, SAYINGS, said
from tests.acting import acting
from tests.mail.outbox import Outbox
from tests.slices.continuity.story import broken
from tests.world import World

ABOUT = UUID(int=11)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwingPromised(Event):
    """Something that no table knows of."""

    action = Action.CREATE
    object = "swing"

    told: tuple[UUID, ...] = ()
    spell: int = 1


def tell(work: Work, world: World, *who: str, spell: int = 1, about: UUID | None = ABOUT) -> None:
    """Tell these people of a swing."""
    told = tuple(world.accounts[one] for one in who)
    event = SwingPromised(object_id=about, child_id=world.mine, told=told, spell=spell)
    actions.tell_told(work, event)


def test_who_is_told_hears_once_of_an_event_about_an_object(house: Machine, world: World) -> None:
    box = Outbox(house).quiet()
    for _time in range(2):
        with acting(house, world, "cpk_beside") as work:
            tell(work, world, "cpk", "cpk_beside", "cpk")
    with acting(house, world, "cpk_beside") as work:
        tell(work, world, "cpk", spell=2)
    mine = [one for one in box.notices(world.accounts["cpk"]) if one.event == "SwingPromised"]
    assert [(one.object_id, one.spell) for one in mine] == [(ABOUT, 1), (ABOUT, 2)]
    others = box.notices(world.accounts["cpk_beside"])
    assert [one for one in others if one.event == "SwingPromised"] == []  # who did it knows


def test_an_event_that_nobody_put_into_words_is_told_all_the_same() -> None:
    assert said("SwingPromised") is OTHER
    assert said("HandoverSent").endpoint == "moves.handover"


def test_every_saying_is_about_an_event_that_can_happen_or_a_code_of_ours() -> None:
    codes = {"became-critical", "became-warning", NOT_MAILED, UNREAD, UNREAD_LIST, LIST}
    assert set(SAYINGS) - codes - set(events.__all__) == set()


def test_who_is_given_a_serious_alert_hears_that_it_is_serious(
    house: Machine, world: World
) -> None:
    box = Outbox(house).quiet()
    given = events.AlertAssigned(
        object_id=broken(house, world).id,
        child_id=world.mine,
        rule="CAR-1",
        account_id=world.accounts["cpk_beside"],
        severity="critical",
    )
    with acting(house, world, "coordinator") as work:
        actions.tell_owner(work, given)
    assert box.notices(world.accounts["cpk_beside"])[-1].severity == "critical"
