"""When a checkpoint is made, what it says, and how it is told to the log of the system."""

import socket
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, update

from caseapp.audit.actions.vouching import _is_time, _next, counted_so_far, tell_syslog, vouch
from caseapp.kernel import checkpoints
from caseapp.kernel.checkpoints import Checkpoint
from caseapp.kernel.machine import Machine
from tests.tampering import HEAD, SYSTEM, owner, write
from tests.world import NOW, World

LITTLE = timedelta(microseconds=1)


def at(seq: int) -> Checkpoint:
    return Checkpoint(seq=seq, hash="ab", at=NOW.isoformat(), records=seq)


def test_the_first_record_gets_one_and_then_each_thousand_or_each_five_minutes() -> None:
    assert _is_time(None, 1, NOW, at_once=False)
    later = timedelta(minutes=5)
    for seq, now, is_time in (
        (1009, NOW, False), (1010, NOW, True), (1011, NOW, True), (10, NOW + later, False),
        (11, NOW + later, True), (11, NOW + later - LITTLE, False), (9, NOW + later, False),
    ):  # fmt: skip
        assert _is_time(at(10), seq, now, at_once=False) is is_time


def test_at_once_means_whenever_there_is_something_new() -> None:
    for seq, is_time in ((9, False), (10, False), (11, True)):
        assert _is_time(at(10), seq, NOW, at_once=True) is is_time
    assert _is_time(None, 1, NOW, at_once=True)


def test_a_checkpoint_counts_the_records_since_the_one_before(
    house: Machine, world: World, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoints"
    made = []
    for many in (1, 2):
        write(house, world, many)
        work = house.work(SYSTEM)
        made.append(vouch(work, file, at_once=True))
        assert vouch(work, file, at_once=True) is None
        last = made[-1].seq
        assert counted_so_far(work, None, last) == made[-1].records
        assert counted_so_far(work, made[-1], last) == made[-1].records
        work.session.close()
    first, second = made
    assert (second.seq - first.seq, second.records - first.records) == (4, 4)
    assert first.at == NOW.isoformat()
    assert checkpoints.last(file) == second
    work = house.work(SYSTEM)
    assert counted_so_far(work, first, second.seq) == second.records
    work.session.close()


def test_a_checkpoint_is_told_to_the_log_of_the_system_in_one_line(tmp_path: Path) -> None:
    address = str(tmp_path / "log")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        log.bind(address)
        log.settimeout(5)
        tell_syslog(at(7), address)
        said = log.recv(1000).rstrip(b"\x00").decode()
    priority, _, line = said.partition(">")
    assert priority == "<14"  # of a user, for information (RFC 5424, 6.2.1)
    assert line == "caseapp audit checkpoint seq=7 hash=ab records=7"


def test_nothing_is_said_of_a_trail_without_a_chain_or_of_what_another_said_meanwhile(
    house: Machine, world: World, tmp_path: Path
) -> None:
    write(house, world)
    work = house.work(SYSTEM)
    assert _next(work, at(9000), 9000, b"") is None
    assert _next(work, at(9000), 8999, b"") is None
    assert _next(work, at(9000), 9001, b"\x01") == Checkpoint(9001, "01", NOW.isoformat(), 9000)
    work.undo()
    work.session.close()
    for lost in (update(HEAD).values(hash=None), delete(HEAD)):
        with owner(house) as db:
            db.execute(lost)
        work = house.work(SYSTEM)
        assert vouch(work, tmp_path / "checkpoints", at_once=True) is None
        work.session.close()
