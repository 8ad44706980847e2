"""Guardians, support after 18 and the road to it: done, refused, corrected. At the level of actions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from caseapp.audit import queries as audit
from caseapp.domain.care_codes import GuardianshipKind, Regime
from caseapp.domain.codes import Organisation
from caseapp.domain.events import GuardianAssigned, GuardianshipCorrected
from caseapp.domain.intents.guardianship import GuardianDetails, RunwayDetails, SupportDetails
from caseapp.domain.periods import EndsBeforeStartError, OverlapError
from caseapp.guardianship import actions, facts, queries
from caseapp.guardianship.models import Guardianship, GuardianshipFacts
from caseapp.kernel.bulk import sealed_row
from caseapp.kernel.db import new_id
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import LostRaceError, OutOfReachError, Work
from caseapp.people import queries as people
from tests.slices.guardianship.acting import acting
from tests.world import TODAY, World

LATER = TODAY + timedelta(days=30)


def test_a_new_guardian_ends_the_present_one_on_the_same_day(work: Work, world: World) -> None:
    said = GuardianDetails(TODAY, name="zqx-guardian-name", kind=GuardianshipKind.FULL)
    row = actions.assign(work, world.mine, said)
    work.settle()
    told = [one for one in work.trail if isinstance(one, GuardianAssigned | GuardianshipCorrected)]
    assert [type(one) for one in told] == [GuardianshipCorrected, GuardianAssigned]
    work.commit()
    first, second = queries.guardianships(work, world.mine)
    assert (first.to_on, second.id, second.to_on) == (TODAY, row.id, None)
    names = {one.guardian for one in facts.gather(work, [world.mine])[world.mine]["guardianship"]}
    assert names == {"Staff guardian", "zqx-guardian-name"}
    [was] = audit.past_of(work, "guardianship", first.id)
    assert was.clear["to_on"] is None


def test_a_guardian_cannot_begin_before_a_later_one_has_ended(work: Work, world: World) -> None:
    actions.assign(work, world.mine, GuardianDetails(LATER, name="zqx"))
    work.commit()
    with pytest.raises(OverlapError):
        actions.assign(work, world.mine, GuardianDetails(TODAY, name="zqx"))
    work.undo()
    fitting = GuardianDetails(TODAY, LATER, name="zqx")
    actions.assign(work, world.mine, fitting)
    work.commit()
    with pytest.raises(EndsBeforeStartError):
        actions.assign(work, world.far, GuardianDetails(TODAY, TODAY - timedelta(days=1), name="z"))


def test_the_database_refuses_two_guardians_at_once(work: Work, world: World) -> None:
    row = sealed_row(
        work,
        Guardianship,
        world.mine,
        new_id(),
        child_no=people.lock(work, world.mine),
        account_id=None,
        from_on=TODAY,
        to_on=None,
        facts=GuardianshipFacts("zqx"),
    )
    with pytest.raises(IntegrityError):
        work.session.execute(insert(Guardianship), [row])


def test_only_a_guardian_or_a_name_can_be_assigned(work: Work, world: World) -> None:
    with pytest.raises(actions.NobodyNamedError):
        actions.assign(work, world.mine, GuardianDetails(TODAY))
    cpk = GuardianDetails(TODAY, account_id=world.accounts["cpk"])
    with pytest.raises(actions.NoGuardianError):
        actions.assign(work, world.mine, cpk)
    worker = SupportDetails(Regime.GEMEENTE, TODAY, worker_account_id=world.accounts["cpk"])
    with pytest.raises(actions.NoGuardianError):
        actions.decide_support(work, world.mine, worker)


def test_a_guardian_acts_for_nobody_else(house: Machine, world: World) -> None:
    other = world.accounts["guardian_other"]
    with acting(house, world, "guardian") as work:
        [row] = queries.guardianships(work, world.mine)
        with pytest.raises(actions.NotYoursError):
            actions.assign(work, world.mine, GuardianDetails(TODAY, account_id=other))
        with pytest.raises(actions.NotYoursError):
            actions.correct(work, row, 1, GuardianDetails(row.from_on, account_id=other))
        said = SupportDetails(Regime.GEMEENTE, TODAY, worker_account_id=other)
        with pytest.raises(actions.NotYoursError):
            actions.decide_support(work, world.mine, said)
        own = replace(said, worker_account_id=world.accounts["guardian"])
        actions.decide_support(work, world.mine, own)
        work.commit()
    with acting(house, world, "guardian_other") as work:
        with work.beyond("the story knows the guardian"):
            [row] = queries.guardianships(work, world.mine)
        with pytest.raises(OutOfReachError):
            actions.correct(work, row, 1, GuardianDetails(row.from_on, account_id=other))


def test_a_guardian_leaves_the_worker_of_support_who_stands_there(
    house: Machine, world: World
) -> None:
    said = SupportDetails(
        Regime.GEMEENTE, TODAY, worker_account_id=world.accounts["guardian_other"]
    )
    with acting(house, world, "guardianship") as work:
        key = actions.decide_support(work, world.mine, said).id
        work.commit()
    with acting(house, world, "guardian") as work:
        row = queries.support(work, world.mine, key)
        assert row is not None
        actions.correct_support(work, row, 1, replace(said, to_on=LATER))
        work.commit()
        assert (row.to_on, row.worker_account_id) == (LATER, said.worker_account_id)


def test_support_is_corrected_and_what_stood_there_stays(work: Work, world: World) -> None:
    said = SupportDetails(Regime.GEMEENTE, TODAY, organisation=Organisation.GEMEENTE)
    row = actions.decide_support(work, world.mine, said)
    work.commit()
    with pytest.raises(EndsBeforeStartError):
        actions.correct_support(work, row, 1, replace(said, to_on=TODAY - timedelta(days=1)))
    actions.correct_support(work, row, 1, replace(said, to_on=TODAY))
    work.commit()
    with pytest.raises(LostRaceError):
        actions.correct_support(work, row, 1, said)
    [was] = audit.past_of(work, "support", row.id)
    assert (was.clear["to_on"], was.facts.organisation) == (None, Organisation.GEMEENTE)


def test_regimes_may_run_side_by_side(work: Work, world: World) -> None:
    for regime in (Regime.GEMEENTE, Regime.NAZORG_NIDOS):
        actions.decide_support(work, world.far, SupportDetails(regime, TODAY))
    work.commit()
    assert len(queries.supports(work, world.far)) == 2


def test_the_road_is_written_once_and_corrected_after_that(work: Work, world: World) -> None:
    plan = RunwayDetails(transition_plan_on=TODAY)
    row = actions.decide_runway(work, world.mine, 1, plan)
    work.commit()
    with pytest.raises(LostRaceError):
        actions.decide_runway(work, world.mine, 1, RunwayDetails())
    actions.decide_runway(work, world.mine, 2, RunwayDetails(TODAY, TODAY))
    work.commit()
    assert facts.gather(work, [world.mine])[world.mine]["runway"].support_declined_on == TODAY
    *_, was = audit.past_of(work, "runway", row.id)
    assert was.facts.support_declined_on is None


def test_the_road_cannot_be_decided_tomorrow(work: Work, world: World) -> None:
    with pytest.raises(actions.NotYetError):
        actions.decide_runway(
            work, world.mine, 0, RunwayDetails(support_declined_on=TODAY + timedelta(days=1))
        )
