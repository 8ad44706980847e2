"""A worker that is killed while it applies a list leaves nothing half, and the next one completes it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ENGINES

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.parametrize("database", ENGINES)
def test_a_list_that_is_killed_while_it_is_applied_leaves_nothing_half(tmp_path, database):
    state = tmp_path / "state.json"
    state.write_text('{"done": 5, "whole": 1, "half": []}')
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs.import_kills", "--kills", "7", "--seed", "3",
         "--database", database, "--state", str(state)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(state.read_text())
    assert (told["done"], told["half"]) == (7, [])
    assert done.stdout.startswith(f"7 kills on {database}: ")
