"""Mail through a server that fails in every way: each mail arrives once, or is seen by the desk.

`python -m tests.proofs.mail_faults [--rounds N] [--database D] [--seed S] [--state FILE]` lets a worker pass
through six hours by the minute. People are told of things meanwhile; the mail server (a process of its own)
is down, slow, refuses, or hangs up with and without the mail, and the worker is killed (SIGKILL) while it
sends. What is given up is sent again in the end. Then nothing is lost; a mail came twice only where nobody
could know, with the same Message-ID, and nobody was mailed twice in a quarter of an hour. Before the
first day two real workers (`caseapp worker`) send some, while pages are asked for.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select

from caseapp.domain.mailing import APART, LetterState
from caseapp.kernel.machine import Machine
from caseapp.notices.models import Notice
from tests import house
from tests.mail import serving
from tests.mail.outbox import ANY_HOUR, Outbox
from tests.mail.serving import Server
from tests.proofs import mail_workers
from tests.proofs.telling import Keep, Told, asked, begun, ended, keeper
from tests.world import World

MINUTES: Final = 360
KILLED: Final = 0.2
"""In so many of the minutes."""
WHO: Final = ("cpk", "guardian", "coordinator", "cpk_far", "national")
MOODS: Final = ("kind", "later", "drop", "keep-and-drop", "never", "full", "slow", "slow-answer")
WEIGHTS: Final = (40, 15, 15, 10, 5, 5, 2, 2)
SEVERITIES: Final = (None, "warning", "critical")
LONGEST_SEND: Final = 0.1
"""Seconds in which a kill falls: about as long as a mail takes."""


class Day:
    """One round: what happens in each minute is drawn from its seed."""

    def __init__(self, machine: Machine, world: World, server: Server, seed: str) -> None:
        self.box = Outbox(machine).quiet()
        self.world, self.server, self.post = world, server, server.post
        self.dice = random.Random(seed)
        self.doubted: set[UUID] = set()
        self.kills = 0
        for who in WHO:
            self.box.choose(world.accounts[who], ANY_HOUR)

    def play(self, minutes: int = MINUTES) -> list[str]:
        """Let so many minutes pass and return what went wrong."""
        for _minute in range(minutes):
            self._happen()
            self._work()
            self.box.later(minutes=1)
        self._settle()
        faults = [*self._lost(), *self._twice()]
        self._resend()
        return [*faults, *self._never_came(), *self._too_soon()]

    def _happen(self) -> None:
        if self.dice.random() < 0.3:
            severity = self.dice.choice(SEVERITIES)
            who = self.dice.sample(WHO, self.dice.randint(1, 3))
            told = [self.world.accounts[one] for one in who]
            self.box.tell(*told, child=self.world.mine, severity=severity)
        if self.dice.random() < 0.15:
            self.server.be(self.dice.choices(MOODS, WEIGHTS)[0])
        if self.server.process is None:
            if self.dice.random() < 0.3:
                self.server.start()
        elif self.dice.random() < 0.05:
            self.server.stop()

    def _work(self) -> None:
        self.box.make()
        if self.dice.random() < KILLED:
            self._kill(self.dice.uniform(0, LONGEST_SEND))
        else:
            self.box.send(self.post)

    def _kill(self, moment: float) -> None:
        """Send in a process of its own, kill it at a moment, and note which mail it left behind."""
        child = os.fork()
        if child == 0:
            try:
                self.box.send(self.post)
            finally:
                os._exit(0)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left = [one.id for one in self.box.letters() if one.state == LetterState.SENDING]
        self.doubted.update(left)
        self.kills += bool(left)

    def _settle(self) -> None:
        """Let the server be kind until nothing waits any more."""
        self.server.be("kind")
        if self.server.process is None:
            self.server.start()
        while any(one.state in {LetterState.WAITING, LetterState.SENDING} for one in self._all()):
            self.box.make()
            self.box.send(self.post)
            self.box.later(minutes=5)
        self.box.later(minutes=15).make()
        self.box.send(self.post)

    def _all(self) -> list:
        return self.box.letters()

    def _resend(self) -> None:
        """Do what the desk does: send again all that was given up."""
        self.box.resend_all()
        self.box.send(self.post)

    def _key(self, message_id: str) -> UUID:
        return UUID(message_id.strip("<>").partition("@")[0])

    def _lost(self) -> list[str]:
        """Return each message that is in no mail, and each mail that is sent and never came."""
        ended = {one.id: one.state for one in self._all()}
        came = {self._key(key) for key in self.server.copies}
        work = self.box.work()
        rows = work.session.execute(
            select(Notice.id, Notice.letter_id).where(Notice.read_at.is_(None))
        ).all()
        work.session.close()
        lost = [f"message {row[0]} is in no mail" for row in rows if row[1] not in ended]
        lost += [
            f"mail {key} is sent and never came"
            for key, state in ended.items()
            if state == LetterState.SENT and key not in came
        ]
        return lost

    def _twice(self) -> list[str]:
        """Return each mail that came too often: twice is for those of which nobody could know."""
        unknown = {
            self._key(mail["message-id"])
            for mail in self.server.mails
            if mail["mood"] in {"keep-and-drop", "slow-answer"}
        }
        faults = []
        for message_id, copies in self.server.copies.items():
            key = self._key(message_id)
            most = 2 if key in unknown | self.doubted else 1
            if copies > most:
                faults.append(f"mail {key} came {copies} times")
        return faults

    def _never_came(self) -> list[str]:
        """Return what is not delivered after all was sent again."""
        came = {self._key(key) for key in self.server.copies}
        return [
            f"mail {one.id} is {one.state} and never came"
            for one in self._all()
            if one.id not in came
        ]

    def _too_soon(self) -> list[str]:
        """Return who was mailed of new things twice in a quarter of an hour."""
        faults = []
        made: dict[UUID, object] = {}
        for one in self._all():
            last = made.get(one.account_id)
            if last is not None and one.made_at - last < APART:  # type: ignore[operator]
                faults.append(f"mail {one.id} was made {one.made_at - last} after another")  # type: ignore[operator]
            made[one.account_id] = one.made_at
        return faults


def prove(rounds: int, kind: str, folder: Path, seed: int, told: Told, keep: Keep) -> Told:
    """Let so many days pass, each in a world of its own."""
    (folder / "template").mkdir()
    template = house.make_template(kind, folder / "template", "proof", name="mails")
    if told.done == 0:
        with _house(template, folder / "workers") as (machine, server):
            told.wrong += mail_workers.faults(machine, template.world, server)
    for number in range(told.done, rounds):
        with _house(template, folder / f"round{number}") as (machine, server):
            day = Day(machine, template.world, server, f"{seed}/{number}")
            faults = day.play()
        told.came["mails"] += len(server.copies)
        told.came["of them twice"] += sum(n > 1 for n in server.copies.values())
        told.came["kills while sending"] += day.kills
        told.wrong += [f"round {number}: {fault}" for fault in faults]
        told.done = number + 1
        keep(told)
    return told


@contextmanager
def _house(template: house.Template, folder: Path) -> Iterator[tuple[Machine, Server]]:
    """Give a house and a mail server of their own."""
    (folder / "smtp").mkdir(parents=True)
    machine = house.machine_of(house.copy_of(template, folder, "mails"))
    with serving.running(folder / "smtp") as server:
        yield machine, server
    machine.engine.dispose()
    machine.keyring.keystore.close()


def main(arguments: list[str]) -> int:
    """Run the proof and say how it ended."""
    wish = asked(arguments, str(__doc__), 20)
    with tempfile.TemporaryDirectory() as folder:
        told = prove(
            wish.rounds,
            wish.database,
            Path(folder),
            wish.seed,
            begun(wish.state),
            keeper(wish.state),
        )
    return ended(told, "days of mail", wish.database)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
