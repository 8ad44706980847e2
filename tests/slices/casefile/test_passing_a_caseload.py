"""A colleague leaves or falls ill: all children go to others in one act, with what was theirs to mend."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from caseapp.accounts import actions as accounts
from caseapp.accounts import queries as staff
from caseapp.casefile import actions, queries
from caseapp.continuity import queries as continuity
from caseapp.continuity.models import Alert
from caseapp.domain.intents.accounts import GrantWish
from caseapp.domain.intents.caseload import Passing, WhyPassed
from caseapp.domain.moving import Refusal, RefusedError
from caseapp.domain.policy import Actor, ScopeKind
from caseapp.guardianship import actions as guarding
from caseapp.guardianship import queries as guardianship
from caseapp.kernel.machine import Machine
from caseapp.kernel.work import Work
from caseapp.moves import actions as moves
from caseapp.moves import queries as moves_of
from caseapp.tables import METADATA
from tests.acting import acting
from tests.all_rows import see_all
from tests.slices.moves.story import bearer, periods
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]


def passing(world: World, to: str, leaver: str = "cpk") -> Passing:
    return Passing(world.accounts[leaver], {world.mine: world.accounts[to]}, WhyPassed.ABSENT)


def sent(world: World, **more: str) -> dict[str, object]:
    return {"to": "", "why": "absent", "each": f"{world.mine}:"} | more


def page(world: World, who: str = "cpk") -> str:
    return f"/overdragen/{world.accounts[who]}"


def notices(house: Machine, world: World, who: str) -> list[str]:
    table = METADATA.tables["notice"]
    with house.engine.connect() as db:
        see_all(db)
        rows = db.execute(select(table.c.event).where(table.c.account_id == world.accounts[who]))
        return [row[0] for row in rows]


def test_a_coordinator_hands_all_over_in_one_act(as_: As, house: Machine, world: World) -> None:
    client = as_("coordinator", language="en")
    assert "Staff cpk" in client.get("/overdragen").get_data(as_text=True)
    shown = client.get(page(world)).get_data(as_text=True)
    assert "1 child that you can hand over." in shown
    form = sent(world, to=str(world.accounts["coordinator"]))
    assert client.post(page(world), form).status_code == 303
    assert bearer(house, world) == "coordinator"
    with acting(house, world, "national") as work:
        rows = moves_of.responsible(work, world.mine)
        before, now = periods(rows)[-2:]
        assert rows[-1].facts.why == "absent"
    assert before == (world.accounts["cpk"], TODAY - timedelta(days=12), TODAY)
    assert now == (world.accounts["coordinator"], TODAY, None)
    assert "There is nothing to hand over." in client.get(page(world)).get_data(as_text=True)


def test_the_same_form_twice_hands_over_once(as_: As, house: Machine, world: World) -> None:
    client = as_("coordinator", language="en")
    form = sent(world, to=str(world.accounts["coordinator"]))
    assert client.post(page(world), form).status_code == 303
    assert client.post(page(world), form).status_code == 303
    assert "handed over already" in client.get(page(world)).get_data(as_text=True)
    with acting(house, world, "national") as work:
        assert len(moves_of.responsible(work, world.mine)) == 3


def test_one_row_can_have_another_receiver_or_stay(as_: As, house: Machine, world: World) -> None:
    client = as_("coordinator", language="en")
    stays = sent(world, to=str(world.accounts["coordinator"]), each=f"{world.mine}:-")
    answer = client.post(page(world), stays).get_data(as_text=True)
    assert "All children stay where they are." in answer
    assert bearer(house, world) == "cpk"
    own = sent(world, each=f"{world.mine}:{world.accounts['coordinator']}")
    assert client.post(page(world), own).status_code == 303
    assert bearer(house, world) == "coordinator"


def test_the_form_says_what_is_missing_and_keeps_what_was_chosen(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("coordinator", language="en")
    answer = client.post(page(world), sent(world)).get_data(as_text=True)
    assert "Choose who takes this child over." in answer
    assert "Look at 1 child below." in answer
    me = str(world.accounts["coordinator"])
    answer = client.post(page(world), sent(world, why="", to=me)).get_data(as_text=True)
    assert "Choose why the children are handed over." in answer
    assert f'value="{me}" selected' in " ".join(answer.split())
    stranger = sent(world, each=f"{world.mine}:{world.accounts['cpk_far']}")
    answer = client.post(page(world), stranger).get_data(as_text=True)
    assert "does not work where the child lives" in answer
    assert client.post(page(world), sent(world, each="nonsense")).status_code == 400
    assert bearer(house, world) == "cpk"


def test_who_cannot_have_the_child_is_refused_by_the_action_too(
    house: Machine, world: World
) -> None:
    for to in ("cpk_far", "guardian", "cpk"):
        with acting(house, world, "coordinator") as work:
            with pytest.raises(RefusedError) as refused:
                actions.pass_on(work, passing(world, to), guarding=False)
            assert refused.value.why is Refusal.NOT_AT_THIS_PLACE
            work.undo()
    with acting(house, world, "coordinator") as work:
        with pytest.raises(RefusedError) as refused:
            actions.pass_on(
                work, passing(world, "coordinator", leaver="cpk_beside"), guarding=False
            )
        assert refused.value.why is Refusal.NOT_THEIRS
        work.undo()
    assert bearer(house, world) == "cpk"


def test_open_alerts_go_along_and_one_message_tells_of_all(house: Machine, world: World) -> None:
    with acting(house, world, "national") as work:
        work.session.execute(
            Alert.__table__.update().values(
                owner_account_id=world.accounts["cpk"], owner_desk=None, taken_at=work.now
            )
        )
    with acting(house, world, "national") as work:
        count = select(func.count()).where(Alert.child_id == world.mine, Alert.closed_at.is_(None))
        number = work.session.scalar(count) or 0
        assert number
        at = str(world.locations["AZC-HERE"])
        right_at(work, world.accounts["cpk_beside"], at)
    before = notices(house, world, "cpk_beside")
    with acting(house, world, "coordinator") as work:
        actions.pass_on(work, passing(world, "cpk_beside"), guarding=False)
    with acting(house, world, "national") as work:
        owned = continuity.owned_by(work, world.accounts["cpk_beside"], [world.mine])
        assert len(owned) == number
        assert continuity.owned_by(work, world.accounts["cpk"], [world.mine]) == []
    new = notices(house, world, "cpk_beside")[len(before) :]
    assert new == ["CaseloadHandedOver"]


def right_at(work: Work, account_id: UUID, place: str) -> None:
    work.act_as(Actor(account_id=None, name="test", everywhere=True))
    grant = accounts.ask_grant(work, GrantWish(account_id, ScopeKind.LOCATION, place))
    work.flush()
    accounts.approve_grant(work, grant)


def test_a_guardian_is_followed_by_another_with_a_new_guardianship(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("guardianship", language="en")
    assert "Staff guardian" in client.get("/overdragen").get_data(as_text=True)
    form = sent(world, to=str(world.accounts["guardian_other"]))
    assert client.post(page(world, "guardian"), form).status_code == 303
    with acting(house, world, "national") as work:
        before, now = guardianship.guardianships(work, world.mine)[-2:]
        assert (before.to_on, now.from_on, now.to_on) == (TODAY, TODAY, None)
        assert now.account_id == world.accounts["guardian_other"]
        assert now.facts.kind == before.facts.kind
    assert as_("guardian").get(f"/kinderen/{world.mine}").status_code == 404
    assert as_("guardian_other").get(f"/kinderen/{world.mine}").status_code == 200


def test_only_a_guardian_takes_guardianships_over(house: Machine, world: World) -> None:
    with acting(house, world, "guardianship") as work:
        with pytest.raises(guarding.NoGuardianError):
            actions.pass_on(work, passing(world, "coordinator", leaver="guardian"), guarding=True)
        work.undo()
    with acting(house, world, "guardianship") as work:
        said = passing(world, "guardian", leaver="guardian_other")
        with pytest.raises(guarding.NotTheirsError):
            actions.pass_on(work, said, guarding=True)
        work.undo()


def test_children_outside_the_scope_are_not_touched_and_only_counted(
    as_: As, house: Machine, world: World
) -> None:
    with acting(house, world, "national") as work:
        moves.give(work, world.far, world.accounts["cpk"], TODAY)
    client = as_("coordinator", language="en")
    shown = client.get(page(world)).get_data(as_text=True)
    assert "1 child that you can hand over." in shown
    assert "1 child more is outside what you may see." in shown
    assert str(world.far) not in shown
    form = sent(world, to=str(world.accounts["coordinator"]))
    assert client.post(page(world), form).status_code == 303
    with acting(house, world, "national") as work:
        assert queries.count_carried(work, world.accounts["cpk"]) == 1
        row = moves_of.responsible_on(work, world.far, TODAY)
        assert row is not None
        assert row.account_id == world.accounts["cpk"]
    far = as_("coordinator_far", language="en").get(page(world)).get_data(as_text=True)
    assert "1 child that you can hand over." in far
    assert "outside what you may see" not in far


def test_a_child_outside_the_scope_cannot_be_slipped_in(
    as_: As, house: Machine, world: World
) -> None:
    client = as_("coordinator", language="en")
    form = sent(world, to=str(world.accounts["coordinator"]), each=f"{world.far}:")
    client.post(page(world, "cpk_far"), form)
    with acting(house, world, "national") as work:
        row = moves_of.responsible_on(work, world.far, TODAY)
        assert row is None or row.account_id != world.accounts["coordinator"]


def test_a_contact_person_hands_no_caseload_over(as_: As, world: World) -> None:
    for who in ("cpk", "guardian", "administrator"):
        assert as_(who).get("/overdragen").status_code == 403
        assert as_(who).get(page(world)).status_code == 403
    assert as_("coordinator").get(page(world, "administrator")).status_code == 404


def test_it_is_taken_back_by_the_same_act(house: Machine, world: World) -> None:
    with acting(house, world, "coordinator") as work:
        actions.pass_on(work, passing(world, "coordinator"), guarding=False)
    with acting(house, world, "coordinator") as work:
        back = Passing(
            world.accounts["coordinator"],
            {world.mine: world.accounts["cpk"]},
            WhyPassed.TOO_MANY,
        )
        actions.pass_on(work, back, guarding=False)
    assert bearer(house, world) == "cpk"


def test_the_reason_is_read_with_who_was_responsible(as_: As, house: Machine, world: World) -> None:
    with acting(house, world, "coordinator") as work:
        actions.pass_on(work, passing(world, "coordinator"), guarding=False)
    shown = as_("coordinator", language="en").get(f"/kinderen/{world.mine}/verantwoordelijk")
    assert "took over a caseload: Is away for a long time" in shown.get_data(as_text=True)


def test_who_closes_an_account_reads_how_many_children_have_nobody_then(
    as_: As, world: World
) -> None:
    client = as_("administrator", language="en")
    for who, words in (
        ("cpk", "1 child has nobody any more"),
        ("guardian", "1 child has nobody any more"),
    ):
        shown = client.get(f"/accounts/{world.accounts[who]}/sluiten").get_data(as_text=True)
        assert words in shown
        assert str(world.mine) not in shown
    other = client.get(f"/accounts/{world.accounts['monitor']}/sluiten").get_data(as_text=True)
    assert "has nobody any more" not in other


def test_a_field_that_nobody_asked_for_is_refused(as_: As, world: World) -> None:
    answer = as_("coordinator").post(page(world), sent(world) | {"id": "1"})
    assert answer.status_code == 400


def test_children_whom_a_closed_account_left_with_nobody_are_handed_over_too(
    as_: As, house: Machine, world: World
) -> None:
    with acting(house, world, "administrator") as work:
        row = staff.account(work, world.accounts["cpk"])
        assert row is not None
        accounts.close_account(work, row)
    assert bearer(house, world) is None
    client = as_("coordinator", language="en")
    shown = client.get("/overdragen").get_data(as_text=True)
    assert page(world) in shown
    assert "does not work here any more" in shown
    assert "1 child that you can hand over." in client.get(page(world)).get_data(as_text=True)
    form = sent(world, to=str(world.accounts["coordinator"]))
    assert client.post(page(world), form).status_code == 303
    assert bearer(house, world) == "coordinator"
    assert page(world) not in client.get("/overdragen").get_data(as_text=True)


def test_who_was_responsible_before_somebody_else_left_nobody(house: Machine, world: World) -> None:
    with acting(house, world, "coordinator") as work:
        actions.pass_on(work, passing(world, "coordinator"), guarding=False)
    with acting(house, world, "coordinator") as work:
        assert queries.load_of(work, world.accounts["cpk"]).child_ids == []


def test_the_page_of_an_account_leads_a_coordinator_there(as_: As, world: World) -> None:
    account = f"/accounts/{world.accounts['cpk']}"
    assert page(world) in as_("coordinator").get(account).get_data(as_text=True)
    assert page(world) not in as_("administrator").get(account).get_data(as_text=True)
