"""A small part of the long proofs, with a fixed seed: races over a move, and a nightly look that is killed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp.kernel.machine import Machine
from tests.house import ENGINES
from tests.proofs.move_races import Child, faults
from tests.slices.moves.story import sent
from tests.world import TODAY, World

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.asvs("2.3.3", "2.3.4")
@pytest.mark.slow
@pytest.mark.parametrize(
    ("proof", "database", "rounds"),
    [
        ("move_races", "postgresql", 25),
        ("move_races", "sqlite", 6),
        *(("nightly_kills", database, 2) for database in ENGINES),
    ],
)
def test_a_part_of_this_proof_holds(proof: str, database: str, rounds: int, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text('{"done": 1, "came": {"done": 1}, "wrong": []}')
    done = subprocess.run(
        [sys.executable, "-m", f"tests.proofs.{proof}", "--database", database,
         "--rounds", str(rounds), "--seed", "3", "--state", str(state)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(state.read_text())
    assert (told["done"], told["wrong"]) == (rounds, [])


@pytest.mark.slow
def test_many_who_look_at_once_raise_each_interruption_once() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.raising_races", "--rounds", "1", "--workers", "8",
         "--children", "60", "--seed", "3"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("outcomes", "fault"),
    [
        ({"arrive": "done", "cancel": "done"}, "the move ended 2 times"),
        ({"accept": "done", "accept as coordinator": "done"}, "accepted 2 times"),
        ({"accept": "done"}, "accepted, and does not stand so"),
        ({"cancel": "done"}, "ended, and stands as planned"),
        ({"take over": "fault DataError"}, "take over: fault DataError"),
        ({"accept": "done"}, "trail {}"),
    ],
)
def test_a_race_that_went_wrong_would_be_seen(
    house: Machine, world: World, outcomes: dict[str, str], fault: str
) -> None:
    child = Child(world.mine, sent(house, world, TODAY))
    assert any(fault in one for _child, one in faults(house, {child: outcomes}))
    assert list(faults(house, {child: {}})) == []
