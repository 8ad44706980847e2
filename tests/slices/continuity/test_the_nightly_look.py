"""The nightly look: everyone once, resumable, twice the same, and one bad child stops nobody."""

import argparse
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from caseapp.cli import nightly
from caseapp.continuity import queries
from caseapp.continuity.jobs import JOB, reassess_all
from caseapp.continuity.models import Alert, Watermark
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Envelope, envelope_of
from caseapp.people import queries as people
from tests.slices.continuity.story import SYSTEM, broken, looking, night, nightly_on
from tests.world import TODAY, World

GRAVE = TODAY + timedelta(days=2)


def begun(house: Machine, world: World, after: str) -> None:
    """Write down that the look of today was stopped after one of the children."""
    work = house.work(SYSTEM)
    numbers = {key: no for no, key in people.followed_after(work, 0, 10)}
    work.session.merge(Watermark(job=JOB, day=TODAY, reached=numbers[world.children[after]]))
    work.commit()
    work.session.close()


def spoil(house: Machine, world: World, child: str) -> None:
    """Change one bit of what the alerts of a child keep."""
    column = envelope_of(Alert, "facts")
    work = house.work(SYSTEM)
    for key, sealed in work.session.execute(
        select(Alert.id, column).where(Alert.child_id == world.children[child])
    ).all():
        bad = Envelope(bytes(sealed)[:-1] + bytes([sealed[-1] ^ 1]))
        work.session.execute(update(Alert).where(Alert.id == key).values({column: bad}))
    work.session.commit()
    work.session.close()


def test_twice_on_a_day_changes_nothing_more(house: Machine, world: World) -> None:
    first, second = night(house, GRAVE), night(house, GRAVE)
    assert (first.seen, first.failed) == (len(world.children), [])
    assert first.changed > 0
    assert (second.seen, second.changed, second.climbed) == (len(world.children), 0, 0)
    with looking(house) as work:
        assert queries.last_done(work, JOB) == GRAVE


def test_one_that_was_stopped_goes_on_where_it_was(house: Machine, world: World) -> None:
    begun(house, world, "mine")
    assert night(house, TODAY).seen == len(("beside", "far"))
    assert night(house, TODAY).seen == len(world.children)


def test_another_day_or_anew_begins_at_the_first_child(house: Machine, world: World) -> None:
    begun(house, world, "far")
    assert reassess_all(nightly_on(house, TODAY)).seen == 0
    begun(house, world, "far")
    assert reassess_all(nightly_on(house, TODAY), anew=True).seen == len(world.children)
    begun(house, world, "far")
    assert night(house, TODAY + timedelta(days=1)).seen == len(world.children)


def test_one_bad_child_is_counted_and_the_others_go_on(
    house: Machine, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(house, world, "beside")
    tally = night(house, GRAVE)
    assert (tally.seen, tally.failed) == (len(world.children), [world.beside])
    assert broken(house, world).severity == "critical"
    assert str(world.beside) in caplog.text
    assert night(house, GRAVE).changed == 0


def test_the_command_looks_on_a_day_and_says_what_it_did(
    house: Machine,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(nightly, "open_machine", lambda _settings: house)
    monkeypatch.setattr(nightly, "load", lambda: house.settings)
    parser = argparse.ArgumentParser()
    nightly.add_arguments(parser)
    assert nightly.run(parser.parse_args(["--on", GRAVE.isoformat()])) == 0
    assert "3 children looked at" in capsys.readouterr().out
    assert broken(house, world).severity == "critical"
    spoil(house, world, "beside")
    later = (GRAVE + timedelta(days=1)).isoformat()
    assert nightly.run(parser.parse_args(["--on", later, "--anew"])) == 1
    assert f"could not be looked at: {world.beside}" in capsys.readouterr().err
