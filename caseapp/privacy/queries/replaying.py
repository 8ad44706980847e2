"""Whether database, keystore and journal know of the same erasures: if not, one of them was restored."""

from sqlalchemy import inspect

from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.kernel.tombstones import Journal, Lacking, Tombstone, TombstoneError, compared
from caseapp.kernel.trail_keys import TrailKeys
from caseapp.privacy.models import Erasure
from caseapp.privacy.queries.erasures import tombstone, tombstones, unfinished

SYSTEM = Actor(account_id=None, name="erasing", everywhere=True)


def lacking(machine: Machine) -> Lacking:
    """Compare what the three places know; raises TombstoneError when they contradict each other."""
    database: list[Tombstone] = []
    at_work: set[int] = set()
    if inspect(machine.engine).has_table(Erasure.__tablename__):
        work = machine.work(SYSTEM, writes=False, route="erasures")
        database, at_work = tombstones(work), {tombstone(row).seq for row in unfinished(work)}
        work.session.rollback()
        work.session.close()
    journal = Journal(machine.settings.tombstone_file, TrailKeys(machine.keyring))
    return compared(database, at_work, machine.keyring.keystore, journal)


def refuse_unreplayed(machine: Machine) -> None:
    """Raise TombstoneError when a restored database or keystore does not know yet who was erased since."""
    lacks = lacking(machine)
    places = [
        f"the {name} lacks {len(numbers)}"
        for name, numbers in (("keystore", lacks.in_keystore), ("database", lacks.in_database))
        if numbers
    ]
    if places:
        machine.engine.dispose()
        raise TombstoneError(
            f"erasures have to be replayed ({', '.join(places)}): run 'caseapp restore --replay'"
        )
