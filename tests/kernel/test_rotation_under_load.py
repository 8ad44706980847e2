"""A small sample of the proof that nobody notices when keys are replaced."""

import subprocess
import sys

import pytest

from tests.house import ENGINES


@pytest.mark.slow
@pytest.mark.asvs("11.2.2", "11.1.1", "13.3.4")
@pytest.mark.parametrize("database", ENGINES)
@pytest.mark.asvs("15.4.1")
def test_keys_are_replaced_under_load_while_whoever_does_it_is_killed(database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.key_rotation", "--kills", "2", "--seed", "7",
         "--database", database],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("2 kills, ")
