"""What the walks over the pages need of leave, break-glass and two people: told on in the story of ground.

`stand_in` does the work of `cpk`, and sees and writes what `cpk` does; `breakglass` looks into the file of
`mine` in an emergency. Both have a right of their own at a place without children, in the north.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries
from caseapp.accounts.actions import emergency, standing_in, two_people
from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.emergency import Why
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.intents.emergency import Glass
from caseapp.domain.intents.leave import LeaveWish
from caseapp.domain.intents.reference import LocationDetails
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.domain.two_people import Together
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.reference import actions as reference
from caseapp.reference import queries as places
from tests.world import TODAY, World

NAMES: Final = ("stand_in", "breakglass")
EMPTY: Final = LocationDetails(
    "AZC-EMPTY", "azc Leeg", PlacementKind.AZC, Operator.COA, "GM9901", Region.NOORD, 10
)


@dataclass(frozen=True, slots=True)
class Lent:
    """The keys of rights for a while."""

    leave: UUID
    """In which `stand_in` does the work of `cpk`."""
    asked: dict[str, UUID]
    """What waits for a second person: "export" of `mine`, asked by its contact person, and "reset"."""
    looks: dict[str, UUID]
    """Looks in emergencies by whose they are: `breakglass` looks now; that of `cpk`, at `beside`, is over."""
    place: UUID
    """Where no child lives."""


NOTHING: Final = Lent(UUID(int=0), {}, {}, UUID(int=0))


SHELTER: Final = "Qzxschuilhuis"
"""The name of where `far` lives, which is a place that must not be found."""

KNOW_THE_SHELTER: Final = frozenset({"cpk_far", "national", "administrator", "guardian_other"})
"""Who has a right there, sees all, edits locations, or is guardian of the child that lives there."""


def hide_the_shelter(work: Work, world: World) -> None:
    """Make the place in the south one that must not be found, under a name to look for."""
    place = places.location(work, world.locations["AZC-FAR"])
    assert place is not None
    place.name, place.confidential = SHELTER, True
    work.flush()


def open_accounts(work: Work) -> dict[str, UUID]:
    """Open the accounts of the two, each with a right at the empty place."""
    place = reference.record_location(work, EMPTY)
    work.flush()
    people = {}
    for name in NAMES:
        details = AccountDetails(f"Staff {name}", f"{name}@example.org", Role.CPK, "coa")
        row = accounts.open_account(work, details)
        wish = GrantWish(row.id, ScopeKind.LOCATION, str(place.id))
        accounts.approve_grant(work, accounts.ask_grant(work, wish))
        people[name] = row.id
    work.flush()
    return people | {"place": place.id}


def lend(machine: Machine, world: World, people: dict[str, UUID]) -> Lent:
    """Arrange the leave, let the glass be broken, and ask for what takes two people."""
    work = working(machine, world.accounts["cpk"])
    last = TODAY + timedelta(days=6)
    leave = standing_in.arrange(
        work, LeaveWish(world.accounts["cpk"], people["stand_in"], TODAY, last)
    )
    export = two_people.ask(work, Together.EXPORT, world.mine, b"zqxexport", "Zqxtogether")
    over = emergency.start(work, _glass(world, "beside"))
    emergency.stop(work, over)
    _commit(work)
    work = working(machine, world.accounts["administrator"])
    about = world.accounts["cpk_beside"]
    reset = two_people.ask(work, Together.RESET, None, b"zqxreset", "Zqxphone", about=about)
    _commit(work)
    work = working(machine, people["breakglass"])
    now = emergency.start(work, _glass(world, "mine"))
    _commit(work)
    asked = {"export": export.id, "reset": reset.id}
    return Lent(leave.id, asked, {"breakglass": now.id, "cpk": over.id}, people.pop("place"))


def _glass(world: World, child: str) -> Glass:
    reason = "Zqxglass of the police who called here"
    told = tuple(world.accounts[one] for one in ("coordinator", "privacy_officer"))
    return Glass(
        world.children[child], Why.DANGER, reason, "noord",
        has_guardian=True, is_seen=False, told=told,
    )  # fmt: skip


def working(machine: Machine, account_id: UUID) -> Work:
    """Give the work of somebody, with the rights that they hold now."""
    work = machine.work(Actor(account_id=None, name="ground", everywhere=True))
    row = queries.account(work, account_id)
    assert row is not None
    work.act_as(queries.actor_of(work.session, row, work.now))
    return work


def _commit(work: Work) -> None:
    work.commit()
    work.session.close()
