"""A backup of very many children is restored: all is the same, but for who was erased since.

`python -m tests.proofs.restoring [--children N] [--database D] [--seed S] [--state FILE]`: fills a database,
backs it up while somebody goes on writing, erases some children on the word of two people, and restores the old
backup beside its keys and the journal of now. The tables have to be those of the backup, the trail whole, every
card but those of the erased the same. Then a drill is held, and bytes of a copy are flipped: none shows wrong.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as accounts_of
from caseapp.accounts.actions import two_people
from caseapp.cli import drill
from caseapp.cli.backup import Made, back_up
from caseapp.cli.restore import restore
from caseapp.domain.intents.accounts import AccountDetails, GrantWish
from caseapp.domain.policy import Actor, Role, ScopeKind
from caseapp.domain.two_people import Together
from caseapp.kernel import manifest
from caseapp.kernel.machine import Machine
from caseapp.people import queries as people
from caseapp.people.models import Child
from caseapp.privacy.actions import erase_child, erasure_content
from tests import house, pg
from tests.bench.ground import durable_home, ground
from tests.proofs.telling import Told, begun, ended, keeper
from tests.restored import Aside, beside

SYSTEM = Actor(account_id=None, name="proof", everywhere=True)
ERASED = 20
FLIPS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """The two people who agree to an erasure."""

    asks: UUID
    agrees: UUID


def two_of(machine: Machine) -> Pair:
    """Open the accounts of a privacy officer and of the national desk."""
    work = machine.work(SYSTEM)
    keys = []
    for name, role in (("officer", Role.PRIVACY_OFFICER), ("national", Role.COORDINATOR)):
        said = AccountDetails(name, f"{name}.proof@example.org", role, "coa", "06 0000 0000")
        keys.append(accounts.open_account(work, said).id)
    accounts.approve_grant(work, accounts.ask_grant(work, GrantWish(keys[1], ScopeKind.ALL, None)))
    work.commit()
    work.session.close()
    return Pair(*keys)


def actor_of(machine: Machine, account_id: UUID) -> Actor:
    """Return somebody as they act now."""
    work = machine.work(SYSTEM, writes=False)
    row = accounts_of.account(work, account_id)
    assert row is not None
    actor = accounts_of.actor_of(work.session, row, work.now)
    work.session.close()
    return actor


def erase(machine: Machine, pair: Pair, child_id: UUID) -> None:
    """Erase a child on the word of two people."""
    asks, agrees = actor_of(machine, pair.asks), actor_of(machine, pair.agrees)
    content = erasure_content(child_id)
    work = machine.work(asks)
    key = two_people.ask(work, Together.ERASURE, child_id, content, "its term is over").id
    work.commit()
    work.session.close()
    work = machine.work(agrees)
    row = accounts_of.two_people(work, key)
    assert row is not None
    two_people.decide(work, row, content, approve=True)
    work.commit()
    work.session.close()
    erase_child(machine, asks, child_id, key)


def cards_of(machine: Machine) -> dict[UUID, object]:
    """Return the card of every child; None for one that does not open."""
    work = machine.work(SYSTEM, writes=False)
    keys = list(work.session.scalars(select(Child.id)))
    found = people.cards(work, keys)
    work.session.close()
    return {key: found.get(key) for key in keys}


def writing(machine: Machine, stop: Event) -> Iterator[None]:
    """Look at children one after another, each with its line on the trail, until told to stop."""
    work = machine.work(SYSTEM, writes=False)
    keys = list(work.session.scalars(select(Child.id).limit(500)))
    work.session.close()
    while not stop.is_set():
        for key in keys:
            work = machine.work(SYSTEM)
            work.saw("child-read", [key])
            work.commit()
            work.session.close()
            if stop.is_set():
                break
        yield


def backed_up(place: Aside) -> tuple[Made, float]:
    """Back up while somebody writes, and return what was made and the seconds it took."""
    stop = Event()
    writer = Thread(target=lambda: list(writing(place.machine, stop)))
    writer.start()
    began = time.monotonic()
    try:
        made = back_up(
            place.machine, place.folder / "backups", place.folder / "keys", place.machine.now()
        )
    finally:
        stop.set()
        writer.join()
    return made, time.monotonic() - began


def flipped(file: Path, machine: Machine, before: dict[UUID, object], seed: int) -> Counter[str]:
    """Flip a byte of a copy of a file in SQLite, read all cards, and count what came of it; one at a time."""
    dice, came = random.Random(seed), Counter[str]()
    whole = file.read_bytes()
    copy = file.with_name("flipped.db")
    url = f"sqlite:///{copy}"
    settings = replace(machine.settings, database_url=url, migrate_url=url)
    for _flip in range(FLIPS):
        hurt = bytearray(whole)
        hurt[dice.randrange(len(hurt))] ^= 1 << dice.randrange(8)
        copy.write_bytes(hurt)
        try:
            now = cards_of(house.machine_of(settings))
        except (SQLAlchemyError, ValueError, UnicodeDecodeError):
            came["refused by the database"] += 1
            continue
        wrong = [key for key, card in now.items() if card not in (None, before.get(key))]
        closed = [key for key in before if now.get(key) is None]
        came[
            "wrong" if wrong else "seen by a card that does not open" if closed else "elsewhere"
        ] += 1
    copy.unlink()
    return came


def prove(place: Aside, told: Told, seed: int, into: str | None) -> None:
    """Back up, erase, restore, drill and flip; note what is wrong."""
    machine = place.machine
    before = cards_of(machine)
    told.done = len(before)
    made, seconds = backed_up(place)
    told.came["seconds to back up while somebody writes"] = round(seconds)
    pair = two_of(machine)
    gone = random.Random(seed).sample(sorted(before), min(ERASED, len(before) // 2))
    for key in gone:
        erase(machine, pair, key)
    began = time.monotonic()
    lines = restore(place.settings, made.folder, made.keys, machine.settings.tombstone_file)
    told.came["seconds to restore and verify"] = round(time.monotonic() - began)
    told.came["erasures replayed"] = len(gone)
    after = cards_of(place.open())
    kept = {key: card for key, card in before.items() if key not in gone}
    told.wrong += [] if after == kept else ["the cards are not those of the backup but the erased"]
    told.wrong += [line for line in lines if "differs" in line]
    if into is None:
        drill_lines = drill.hold(machine.settings, restore)
        told.came["seconds of a drill"] = round(60 * float(drill_lines[-1].split()[1]))
        came = flipped(made.folder / manifest.DATABASE, machine, kept, seed)
        told.wrong += [f"{came.pop('wrong')} flips showed a wrong value"] if came["wrong"] else []
        told.came.update({f"flips {word}": count for word, count in came.items() if count})


def main(arguments: list[str]) -> int:
    """Prove, and say with which figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=12_000)
    parser.add_argument("--database", choices=house.ENGINES, default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path)
    asked = parser.parse_args(arguments)
    told = begun(None)
    with (
        ground(asked.database, asked.children) as filled,
        tempfile.TemporaryDirectory(prefix="caseapp-restore-") as folder,
    ):
        server = pg.hold(durable_home(), ()) if asked.database == "postgresql" else None
        place = beside(filled.machine, Path(folder), "proof", server)
        into = place.settings.migrate_url if server else None
        prove(place, told, asked.seed, into)
    keeper(asked.state)(told)
    return ended(told, "children", asked.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
