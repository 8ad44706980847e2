"""The worker opens what its jobs need and no more, and every job of the table runs."""

from argparse import Namespace
from dataclasses import replace

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEvent
from caseapp.care.models import CareLine
from caseapp.cli.worker import OPENS, run
from caseapp.continuity.models import Alert
from caseapp.domain.policy import Actor
from caseapp.kernel.jobs import run as do
from caseapp.kernel.keys import EVERY_DOMAIN, Keyring
from caseapp.kernel.machine import Machine
from caseapp.kernel.providers import FileRoot
from caseapp.kernel.seals import Domain, Unreadable
from caseapp.wiring import JOBS
from tests.mail.test_settings_of_mail import SECRET


def test_every_job_runs_without_the_key_of_health(house: Machine) -> None:
    root = FileRoot(house.settings.key_file)
    keyring = Keyring.open(root, house.keyring.keystore, domains=OPENS)
    assert Domain.HEALTH not in keyring.domains
    worker = replace(house, keyring=keyring)
    assert [job.name for job in JOBS if not do(job, worker)] == []


@pytest.mark.asvs("13.3.2", "14.2.4", "11.7.2")
def test_the_night_finds_the_same_without_the_key_of_health_and_meets_nothing_unreadable(
    house: Machine,
) -> None:
    work = house.work(Actor(None, "test", everywhere=True))
    with work.beyond("a test"):
        line = work.session.scalars(select(CareLine)).first()
        assert line is not None
        line.needs = "zqx-inhaler"
    work.commit()
    work.session.close()
    root = FileRoot(house.settings.key_file)
    less = Keyring.open(root, house.keyring.keystore, domains=OPENS)
    worker = replace(house, keyring=less)
    for job in JOBS:
        assert do(job, worker) or job.lease is not None
    work = worker.work(Actor(None, "test", everywhere=True), writes=False)
    with work.beyond("a test"):
        broken = select(AuditEvent.seq).where(AuditEvent.code == "crypto-failure")
        assert work.session.scalars(broken).all() == []
        with pytest.raises(Unreadable, match="no_key"):
            _ = work.session.get_one(CareLine, line.id).needs
        assert work.session.scalars(select(Alert.id)).all()
    work.session.close()


def test_jobs_have_names_of_their_own_and_one_key_is_left_shut() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert OPENS < EVERY_DOMAIN
    assert Domain.HEALTH in EVERY_DOMAIN - OPENS


def test_a_worker_with_a_wrong_setting_does_not_start(
    house: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEAPP_STAGE", "test")
    monkeypatch.setenv("CASEAPP_INSTANCE", str(house.settings.instance))
    monkeypatch.setenv("CASEAPP_SECRET_KEY", SECRET)
    monkeypatch.setenv("CASEAPP_MAIL_HOST", "mail.example.org")
    assert run(Namespace(once=True, no_clock=False)) == 78
    assert "CASEAPP_MAIL_FROM" in capsys.readouterr().err
