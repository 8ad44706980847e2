"""The demo world with two weeks behind it: what people did in that time, played through their actions.

Everything happens as it would have: a night a day, the scenes of the day, the mail of the day. The bench
takes the same children in without any of it (loading.py).
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.continuity.facts import Going, look_ahead
from caseapp.continuity.jobs import reassess_all
from caseapp.demo.bringing import bring_lists
from caseapp.demo.cast import DemoChild, World
from caseapp.demo.gathering import gathered
from caseapp.demo.loading import Keys, Said, arriving, set_up, take_in
from caseapp.demo.making import documents
from caseapp.demo.played import BEGAN, newcomer, played_children, played_numbers
from caseapp.demo.scenes import NORTH, RECEIVER, SCENES
from caseapp.demo.troupe import Troupe
from caseapp.domain.codes import MoveReason
from caseapp.domain.intents.moves import ListDecision, ListStep, ListWish
from caseapp.domain.mailing import Trouble
from caseapp.domain.policy import Actor
from caseapp.exchange.actions import import_documents
from caseapp.kernel.machine import Machine
from caseapp.kernel.mail import Undelivered
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.moves.jobs import deadlines
from caseapp.notices import actions as notices
from caseapp.notices import queries as notices_of
from caseapp.notices.jobs import compose, hand_up
from caseapp.people import queries as people

if TYPE_CHECKING:
    from caseapp.moves.models import MoveListRow

OPENED: Final = timedelta(days=60)
"""So long ago everybody got an account."""
CLOSES: Final = "NO-ZAN"
GOES_TO: Final = "AZC-LIN"
FORTY: Final = 40
MOST: Final = 200
"""A list holds no more children."""
LEFT: Final = "cpk-glo-ess"
"""Who stopped working here, and nobody came instead."""
UNREACHED: Final = "cpk-no-kem"
"""Whose first mail comes back."""
UNREAD: Final = frozenset({RECEIVER, "landelijk"})
"""Who did not look yet."""
NO_MAILBOX: Final = 550
"""The answer of a mail server that knows no such address (RFC 5321)."""


def load_played(
    machine: Machine, world: World, password_hash: str, said: Said = lambda _n: None
) -> Keys:
    """Take in a world and play its stories; return under which keys its accounts and places are kept."""
    open_work = _opener(machine)
    work = open_work()
    work.now -= OPENED
    keys = set_up(work, world, password_hash)
    work.commit()
    work.session.close()
    troupe = Troupe(open_work, world, keys)
    _begin(troupe)
    for days_ago in range(BEGAN, 0, -1):
        _a_day(troupe, days_ago)
    take_in(open_work, _now(troupe), keys, said)
    _today(troupe)
    bring_lists(machine, troupe)
    return keys


def _opener(machine: Machine) -> Callable[[], Work]:
    return lambda: machine.work(Actor(account_id=None, name="demo", everywhere=True))


def _begin(troupe: Troupe) -> None:
    """Take the played children in, on the day on which their stories begin."""
    with troupe.unattended(troupe.at(BEGAN, 9)) as work:
        told = played_children(troupe.world).values()
        import_documents(work, [arriving(child, troupe.keys) for child in told])
    with troupe.unattended() as work:
        troupe.find(work, played_numbers())


def _a_day(troupe: Troupe, days_ago: int) -> None:
    """Let a day go by: the night, what people did, and the mail about it."""
    reassess_all(troupe.opener(troupe.at(days_ago, 4)))
    for scene in SCENES:
        if scene.days_ago == days_ago:
            with (
                troupe.acting(scene.who, troupe.at(days_ago, scene.hour)) as work,
                work.beyond("the stage knows where everybody stands"),
            ):
                scene.act(troupe, work)
    evening = troupe.at(days_ago, 17)
    compose(troupe.opener(evening))
    _post(troupe, evening, refuse=days_ago == BEGAN)
    hand_up(troupe.opener(evening + timedelta(hours=1)))


def _post(troupe: Troupe, at: datetime, *, refuse: bool) -> None:
    """Let the mails of a day arrive; on one day a server refuses one of them for good."""
    with troupe.unattended(at) as work:
        while (mail := notices.claim(work)) is not None:
            if refuse and mail.account_id == troupe.keys.accounts[UNREACHED]:
                notices.failed(work, mail, Undelivered(Trouble.REFUSED, NO_MAILBOX))
            else:
                notices.sent(work, mail)


def _now(troupe: Troupe) -> Iterator[DemoChild]:
    """Tell the children of today: those of the world, and the families of the location that closes."""
    yield from documents(troupe.world)
    yield newcomer(troupe.world)
    home = next(one.name for one in troupe.world.locations if one.code == CLOSES)
    there = sum(_lives_at(child, home) for child in documents(troupe.world))
    yield from gathered(troupe.world, CLOSES, max(0, FORTY - there))


def _lives_at(child: DemoChild, location: str) -> bool:
    last = child.document["placements"][-1]
    return last["location"] == location and "to" not in last


def _today(troupe: Troupe) -> None:
    """Play what happened today, after the night."""
    with troupe.unattended() as work:
        troupe.find(work, played_numbers())
    deadlines(troupe.open_work)
    _all_read(troupe)
    with troupe.acting("beheer-1") as work:
        row = accounts_of.account(work, troupe.keys.accounts[LEFT])
        if row is not None:
            accounts.close_account(work, row)
    _list_the_moves(troupe)


def _all_read(troupe: Troupe) -> None:
    """Let nearly everybody have read what the rules found on this first look: news is what comes after."""
    with troupe.unattended() as work:
        for who, key in troupe.keys.accounts.items():
            if who not in UNREAD and notices_of.unread(work, key):
                notices.read(work, key)


def _list_the_moves(troupe: Troupe) -> None:
    """Put everybody at the location that closes on a list, and decide on a few."""
    day, to = troupe.weekday(15), troupe.keys.locations[GOES_TO]
    closes = troupe.keys.locations[CLOSES]
    with troupe.acting(NORTH) as work:
        living = tuple(people.living_at(work, closes, MOST - 1))
        wish = ListWish(living, to, day, work.today, MoveReason.LOCATION_CLOSES, None, closes)
        made = moves.make_list(work, wish)
        work.flush()
        rows = {row.id: row for row in moves_of.list_rows(work, made.id)}
        moves.take_steps(work, rows, list(_decided(work, rows, wish)))


def _decided(work: Work, rows: "dict[UUID, MoveListRow]", wish: ListWish) -> Iterator[ListDecision]:
    """Plan the moves that do the least harm, and confirm two of them."""
    goings = [
        Going(child, wish.to_location_id, wish.planned_on, wish.announced_on, reason=wish.reason)
        for child in wish.child_ids
    ]
    ahead = look_ahead(work, goings)
    calmest = sorted(rows.values(), key=lambda row: ahead[row.child_id].impact.harm)
    for turn, row in enumerate(calmest[:6]):
        yield ListDecision(row.id, ListStep.CONFIRM if turn < 2 else ListStep.PLAN, 0)
