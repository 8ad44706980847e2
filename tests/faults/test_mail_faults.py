"""A sample of `tests.proofs.mail_faults`: an hour of mail in which everything fails, and a real worker."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp.kernel.machine import Machine
from caseapp.settings import ROOT
from tests.mail import serving
from tests.mail.outbox import ANY_HOUR, Outbox
from tests.proofs.mail_faults import Day
from tests.proofs.mail_workers import environment
from tests.world import World

pytestmark = pytest.mark.slow


def test_nothing_is_lost_in_an_hour_in_which_everything_fails(
    house: Machine, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "smtp"
    folder.mkdir()
    with serving.running(folder) as server:
        day = Day(house, world, server, "a sample")
        assert day.play(minutes=60) == []
        assert len(server.copies) > 5


def test_a_real_worker_sends_each_mail_once_and_says_nothing_of_anybody(
    house: Machine, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "smtp"
    folder.mkdir()
    box = Outbox(house).quiet()
    box.choose(world.accounts["cpk"], ANY_HOUR)
    box.tell(world.accounts["cpk"], child=world.mine, severity="critical")
    with serving.running(folder) as server:
        server.be("drop")
        said = [
            subprocess.run(
                [sys.executable, "-m", "caseapp", "worker", "--once"],
                cwd=ROOT, env=dict(environment(house, server)), capture_output=True, text=True,
                check=True,
            )
            for _time in range(2)
        ]  # fmt: skip
        assert server.mails == []
    [letter] = [one for one in box.letters() if one.account_id == world.accounts["cpk"]]
    assert letter.tries == 1
    words = "".join(one.stdout + one.stderr for one in said)
    assert str(letter.id) in words
    assert "example.org" not in words
    assert "Zqx" not in words
    assert json.dumps(str(world.mine)) not in words
