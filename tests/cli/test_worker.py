"""The worker opens what its jobs need and no more, and every job of the table runs."""

from argparse import Namespace
from dataclasses import replace

import pytest

from caseapp.cli.worker import OPENS, run
from caseapp.kernel.jobs import run as do
from caseapp.kernel.keys import EVERY_DOMAIN, Keyring
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import FileRoot
from caseapp.kernel.seals import Domain
from caseapp.wiring import JOBS
from tests.mail.test_settings_of_mail import SECRET


def test_every_job_runs_without_the_key_of_health(house: Machine) -> None:
    root = FileRoot(house.settings.key_file)
    keyring = Keyring.open(root, house.keyring.keystore, domains=OPENS)
    assert Domain.HEALTH not in keyring.domains
    worker = replace(house, keyring=keyring)
    assert [job.name for job in JOBS if not do(job, worker)] == []


def test_jobs_have_names_of_their_own_and_one_key_is_left_shut() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert EVERY_DOMAIN - {Domain.HEALTH} == OPENS


def test_a_worker_with_a_wrong_setting_does_not_start(
    house: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEAPP_STAGE", "test")
    monkeypatch.setenv("CASEAPP_INSTANCE", str(house.settings.instance))
    monkeypatch.setenv("CASEAPP_SECRET_KEY", SECRET)
    monkeypatch.setenv("CASEAPP_MAIL_HOST", "mail.example.org")
    assert run(Namespace(once=True, no_clock=False)) == 78
    assert "CASEAPP_MAIL_FROM" in capsys.readouterr().err
