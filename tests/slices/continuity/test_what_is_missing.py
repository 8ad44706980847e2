"""What is missing: noted when the rules run, counted by place, mended on the real form, and gone at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlalchemy import event, select

from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.continuity import queries
from caseapp.continuity.jobs import reassess_all
from caseapp.continuity.models import Gap
from caseapp.continuity.queries import Where
from caseapp.domain.gaps import Lack
from caseapp.domain.intents.guardianship import GuardianDetails
from caseapp.domain.intents.moves import Plan
from caseapp.guardianship import actions as guardianship
from caseapp.kernel.machine import Machine
from caseapp.moves import actions as moves
from caseapp.people import actions as people
from caseapp.people.models import Child
from tests.acting import acting
from tests.slices.continuity.lacking_story import BESIDE, FAR, as_it_stands, bring, gaps_of
from tests.slices.continuity.story import SYSTEM, moment
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
LISTS = "/gegevens/lijst/"
ARRIVAL = f"{LISTS}eerste-aankomst"
ARRIVED = {("arrival_day", "CAR-5"), ("arrival_day", "CAR-6")}


def form_for(client: StrictClient, address: str, child_id: UUID) -> str:
    """Return where the button behind a child on a list leads."""
    found = re.search(
        rf'href="(/kinderen/{child_id}/[^"]*gegevens=[^"]*)"', client.get(address).text
    )
    assert found is not None
    return found[1].replace("&amp;", "&").partition("#")[0]


def test_a_child_of_a_list_lacks_its_first_day_until_the_form_says_it(
    house: Machine, as_: As, world: World
) -> None:
    child = bring(house, world, "aan")
    assert gaps_of(house, child) == ARRIVED
    client = as_("cpk")
    shown = client.get("/gegevens").text
    assert "Eerste dag in de opvang" in shown
    assert "Bij 1 van de 2 kinderen" in shown
    path = form_for(client, ARRIVAL, child)
    assert path.startswith(f"/kinderen/{child}/gegevens?")
    sent = as_it_stands(client, path) | {"first_arrival_on": "1-6-2026"}
    answer = client.post(path, sent)
    assert (answer.status_code, urlsplit(answer.location).path) == (303, ARRIVAL)
    assert gaps_of(house, child) == set()
    after = client.get(answer.location).text
    assert "De gegevens zijn bewaard." in after
    assert "Dit ontbreekt bij niemand meer." in after
    assert "Er ontbreekt niets." in client.get("/gegevens").text


def test_what_is_wrong_on_the_form_keeps_the_way_back(
    house: Machine, as_: As, world: World
) -> None:
    child = bring(house, world, "fout")
    client = as_("cpk")
    path = form_for(client, ARRIVAL, child)
    answer = client.post(path, as_it_stands(client, path) | {"first_arrival_on": "32-6-2026"})
    assert answer.status_code == 200
    assert f'href="{ARRIVAL}"' in answer.text
    assert gaps_of(house, child) == ARRIVED


@pytest.mark.parametrize("asked", ["//example.org", "a/../b", "A", ""])
def test_an_address_never_leads_back_anywhere_else(
    house: Machine, as_: As, world: World, asked: str
) -> None:
    child = bring(house, world, "terug")
    client = as_("cpk")
    path = f"/kinderen/{child}/gegevens?gegevens={asked}"
    answer = client.post(path, as_it_stands(client, path))
    assert answer.location == f"/kinderen/{child}"


CARE = {"id": "c1", "kind": "GGZ", "place_bound": True, "referred_on": "2026-06-10"}
MENDED = {
    "einde-zorg": (
        {"placements": [
            {"id": "p0", "location": "noodopvang Naast", "kind": "NO", "municipality": "GM9902",
             "region": "noord", "from": "2026-06-01", "to": "2026-11-10"},
            {"id": "p1", "location": "azc Hier", "kind": "AZC", "municipality": "GM9901",
             "region": "noord", "from": "2026-11-10"}],
         "care": [CARE | {"started_on": "2026-07-01", "ended_on": "2026-11-09"}]},
        {"end_reason": "completed", "at_move": "finished"},
    ),
    "start-zorg": (
        {"placements": [
            {"id": "p0", "location": "noodopvang Naast", "kind": "NO", "municipality": "GM9902",
             "region": "noord", "from": "2026-06-01", "to": "2026-11-10"},
            {"id": "p1", "location": "azc Hier", "kind": "AZC", "municipality": "GM9901",
             "region": "noord", "from": "2026-11-10"}],
         "care": [CARE | {"contacts_on": ["2026-08-01"]}]},
        {"started_on": "1-8-2026"},
    ),
    "asielaanvraag": (
        {"child": {"application_lodged_on": None, "needs_assessed_on": None}},
        {"application_lodged_on": "1-6-2026"},
    ),
    "start-school": (
        {"school": [{"id": "s1", "type": "TNV_TOV", "name": "De Brug"}]},
        {"attending_from": "1-11-2026"},
    ),
    "plek-broer-of-zus": (
        {"family_members": [{"ref": "f1", "relation": "sibling", "minor": True}]},
        {"location": "azc Hier"},
    ),
    "leeftijd-broer-of-zus": (
        {"family_members": [{"ref": "f1", "relation": "sibling", "location": "elders"}]},
        {"minor": "yes"},
    ),
    "dag-van-afspraak": (
        {"observations": [{"id": "o1", "on": "2026-11-01", "source": "own", "level": "concern",
                           "text": "zqx-seen", "action": {"text": "zqx-bellen"}}]},
        {"due_on": "1-12-2026"},
    ),
    "geboortedag": (
        {"child": {"birth": {"date": "2010-01-01", "precision": "year", "status": "declared"}},
         "consents": [{"id": "k", "on": "2026-02-01"}]},
        {"birth_date": "14-3-2010", "birth_precision": "day"},
    ),
}  # fmt: skip
"""By list: what is known of a child that lacks the fact, and what is filled in on the form."""


@pytest.mark.parametrize("slug", MENDED)
def test_every_list_leads_to_the_form_on_which_the_fact_is_filled_in(
    house: Machine, as_: As, world: World, slug: str
) -> None:
    known, filled = MENDED[slug]
    child = bring(house, world, "vorm", **known)
    client = as_("cpk")
    path = form_for(client, LISTS + slug, child)
    answer = client.post(path, as_it_stands(client, path) | filled)
    assert (answer.status_code, urlsplit(answer.location).path) == (303, LISTS + slug)
    assert "Dit ontbreekt bij niemand meer." in client.get(answer.location).text


def test_a_move_of_which_only_a_list_told_is_missing_until_somebody_says_when_it_was_announced(
    house: Machine, as_: As, world: World
) -> None:
    with acting(house, world, "coordinator") as work:
        plan = Plan(
            to_location_id=world.locations["NO-BESIDE"],
            planned_on=TODAY + timedelta(days=13),
            announced_on=TODAY - timedelta(days=30),
            announced_known=False,
        )
        moves.plan(work, world.mine, plan)
    assert ("announced_day", "PLA-4") in gaps_of(house, world.mine)
    client = as_("coordinator")
    path = form_for(client, f"{LISTS}aankondiging", world.mine)
    answer = client.post(path, as_it_stands(client, path))
    assert answer.status_code == 303
    assert ("announced_day", "PLA-4") not in gaps_of(house, world.mine)


EVERYWHERE = Where()


def counted(house: Machine, world: World, who: str, where: Where = EVERYWHERE) -> queries.Lacking:
    """Return what somebody finds missing somewhere."""
    with acting(house, world, who) as work:
        return queries.count_lacking(work, where)


def test_a_region_is_the_sum_of_its_locations_and_sees_no_other(
    house: Machine, world: World
) -> None:
    bring(house, world, "een")
    bring(house, world, "twee", BESIDE)
    bring(
        house,
        world,
        "drie",
        BESIDE,
        child={"needs_assessed_on": None, "application_lodged_on": None},
    )
    bring(house, world, "vier", FAR)
    north, south = (counted(house, world, who) for who in ("coordinator", "coordinator_far"))
    assert (north.children, south.children) == (3, 1)
    here, beside, far = (world.locations[code] for code in ("AZC-HERE", "NO-BESIDE", "AZC-FAR"))
    assert north.by_place == {here: 1, beside: 2}
    assert south.by_place == {far: 1}
    for lack in Lack:
        apart = [
            counted(house, world, "coordinator", Where(location_id=one)).of(lack).children
            for one in (here, beside)
        ]
        assert sum(apart) == north.of(lack).children
    country = counted(house, world, "national")
    assert country.children == 4
    assert counted(house, world, "national", Where(region="noord")).children == 3
    assert counted(house, world, "cpk").children == 1
    assert counted(house, world, "guardian").children == 0


def test_another_region_sees_neither_the_child_nor_the_place(
    house: Machine, as_: As, world: World
) -> None:
    child = bring(house, world, "ver", FAR)
    far = f"/gegevens/locatie/{world.locations['AZC-FAR']}"
    assert str(child) in as_("coordinator_far").get(ARRIVAL).text
    assert as_("coordinator_far").get(far).status_code == 200
    for who in ("coordinator", "cpk", "guardian"):
        assert str(child) not in as_(who).get(f"{ARRIVAL}?locatie=AZC-FAR").text
        assert as_(who).get(far).status_code == 404
    assert as_("administrator").get("/gegevens").status_code == 403


def test_after_a_move_the_child_counts_at_the_new_place(
    house: Machine, as_: As, world: World
) -> None:
    child = bring(house, world, "mee")
    assert counted(house, world, "coordinator").by_place == {world.locations["AZC-HERE"]: 1}
    with acting(house, world, "national") as work:
        moves.record_unannounced(work, child, world.locations["AZC-FAR"], TODAY)
    assert counted(house, world, "coordinator_far").by_place[world.locations["AZC-FAR"]] == 1
    assert counted(house, world, "coordinator").by_place == {}
    assert "Zqxmee" in as_("coordinator_far").get(f"{ARRIVAL}?locatie=AZC-FAR").text


def test_the_trail_says_whose_names_a_list_showed(house: Machine, as_: As, world: World) -> None:
    child = bring(house, world, "spoor")
    as_("cpk").get(ARRIVAL)
    with acting(house, world, "cpk") as work:
        row = work.session.scalars(
            select(AuditEvent).where(AuditEvent.code == "list-lacking")
        ).one()
        seen = select(AuditEventChild.child_id).where(AuditEventChild.seq == row.seq)
        assert work.session.scalars(seen).all() == [child]
        assert row.fields == "arrival_day"


def test_counts_alone_open_no_file_and_no_name(house: Machine, as_: As, world: World) -> None:
    bring(house, world, "stil")
    assert "Zqx" not in as_("coordinator").get("/gegevens").text


def test_a_day_that_passes_makes_a_gap_in_the_night_and_twice_changes_nothing(
    house: Machine, world: World
) -> None:
    action = {"text": "zqx-bellen"}
    seen = {
        "id": "o1",
        "on": TODAY.isoformat(),
        "source": "own",
        "level": "concern",
        "action": action,
    }
    child = bring(house, world, "nacht", observations=[seen])
    assert ("action_day", "OBS-4") not in gaps_of(house, child)
    for _twice in range(2):
        now = moment(TODAY + timedelta(days=1))
        reassess_all(lambda now=now: house.work(SYSTEM, now=now), anew=True)
        assert ("action_day", "OBS-4") in gaps_of(house, child)


def test_what_stays_as_it_is_is_not_written_again(house: Machine, world: World) -> None:
    child = bring(house, world, "zelfde")
    with acting(house, world, "cpk") as work:
        rows = select(Gap.__table__).where(Gap.child_id == child)
        before = work.session.execute(rows.with_only_columns(Gap.fact, Gap.rank)).all()
    written = []
    event.listen(house.engine, "before_cursor_execute", lambda *a: written.append(a[2]))
    reassess_all(lambda: house.work(SYSTEM), anew=True)
    assert not [one for one in written if re.match(r"(INSERT INTO|DELETE FROM) gap\b", one)]
    with acting(house, world, "cpk") as work:
        assert work.session.execute(rows.with_only_columns(Gap.fact, Gap.rank)).all() == before


def test_a_closed_child_lacks_nothing_and_one_that_is_opened_again_does(
    house: Machine, world: World
) -> None:
    child = bring(house, world, "dicht")
    with acting(house, world, "coordinator") as work:
        row = work.session.get_one(Child, child)
        people.close(work, row, row.version, TODAY, "left")
    assert gaps_of(house, child) == set()
    with acting(house, world, "coordinator") as work:
        row = work.session.get_one(Child, child)
        people.reopen(work, row, row.version)
    assert gaps_of(house, child) == ARRIVED


ALONE = {
    "unaccompanied": True,
    "birth": {"date": "2010-03-14", "precision": "day", "status": "declared"},
    "first_arrival_on": "2026-06-01",
}
POA = {
    "placements": [
        {"id": "p1", "location": "azc Hier", "kind": "POA", "municipality": "GM9901", "region": "noord",
         "from": "2026-11-01"}
    ],
    "guardianship": [{"id": "g1", "from": "2026-06-01"}],
    "child": ALONE,
}  # fmt: skip


def test_a_place_that_says_how_large_its_group_is_mends_it_for_all_who_live_there(
    house: Machine, as_: As, world: World
) -> None:
    child = bring(house, world, "groep", **POA)
    other = bring(house, world, "ander")
    assert ("group_size", "AMV-3") in gaps_of(house, child)
    shown = as_("cpk").get(f"{LISTS}groepsgrootte").text
    assert f'href="/locaties/{world.locations["AZC-HERE"]}"' in shown
    assert "Wie dit kan invullen: Beheerder." in shown
    client = as_("administrator")
    path = f"/locaties/{world.locations['AZC-HERE']}/gegevens"
    assert client.post(path, as_it_stands(client, path) | {"group_size": "90"}).status_code == 303
    assert ("group_size", "AMV-3") not in gaps_of(house, child)
    assert gaps_of(house, other) == ARRIVED
    with acting(house, world, "cpk") as work:
        assert "AMV-3" in {one.alert.rule for one in queries.known_alerts(work, [child])[child]}


def test_a_size_that_was_copied_stays_as_it_is(house: Machine, as_: As, world: World) -> None:
    stay = POA["placements"][0] | {"group_size": 70}
    child = bring(house, world, "vast", **(POA | {"placements": [stay]}))
    client = as_("administrator")
    path = f"/locaties/{world.locations['AZC-HERE']}/gegevens"
    assert client.post(path, as_it_stands(client, path) | {"group_size": "90"}).status_code == 303
    with acting(house, world, "cpk") as work:
        known = queries.known_alerts(work, [child]).get(child, [])
        assert "AMV-3" not in {one.alert.rule for one in known}


def test_an_earlier_place_is_missing_until_it_is_written_down(
    house: Machine, as_: As, world: World
) -> None:
    care = [CARE | {"referred_on": "2026-02-01", "started_on": "2026-03-01"}]
    child = bring(house, world, "eerder", child={"first_arrival_on": "2026-01-10"}, care=care)
    assert ("earlier_place", "CAR-1") in gaps_of(house, child)
    client = as_("cpk")
    path = form_for(client, f"{LISTS}eerdere-plek", child)
    sent = as_it_stands(client, path) | {
        "from_on": "10-1-2026", "to_on": "1-6-2026", "location": str(world.locations["NO-BESIDE"]),
    }  # fmt: skip
    assert client.post(path, sent).status_code == 303
    assert not [one for one in gaps_of(house, child) if one[0] == "earlier_place"]
    with acting(house, world, "cpk") as work:
        assert "CAR-1" in {one.alert.rule for one in queries.known_alerts(work, [child])[child]}


def test_a_minor_without_any_place_counts_where_nobody_lives(
    house: Machine, as_: As, world: World
) -> None:
    child = bring(house, world, "nergens", placements=[], child={"first_arrival_on": "2026-06-01"})
    assert ("place", "OBS-1") in gaps_of(house, child)
    country = as_("national")
    assert "Niet op een locatie van ons" in country.get("/gegevens").text
    assert "Zqxnergens" in country.get(f"{LISTS}woonplek?locatie=-").text
    assert "Zqxnergens" not in as_("coordinator").get(f"{LISTS}woonplek").text


def test_today_says_it_calmly_to_who_follows_a_few_and_not_to_a_desk(
    house: Machine, as_: As, world: World
) -> None:
    words = "kind ontbreekt iets."
    assert words not in as_("cpk").get("/vandaag").text
    bring(house, world, "vandaag")
    assert f"Bij 1 {words}" in as_("cpk").get("/vandaag").text
    assert words not in as_("coordinator").get("/vandaag").text


def test_a_guardian_sees_the_own_caseload_and_who_can_fill_it_in(
    house: Machine, as_: As, world: World
) -> None:
    child = bring(house, world, "pupil", **(POA | {"child": ALONE | {"first_arrival_on": None}}))
    with acting(house, world, "guardianship") as work:
        guardianship.assign(
            work, child, GuardianDetails(TODAY, account_id=world.accounts["guardian"])
        )
    client = as_("guardian")
    assert "Jouw jongeren" in client.get("/gegevens").text
    shown = client.get(ARRIVAL).text
    assert "Zqxpupil" in shown
    assert "Wie dit kan invullen: Contactpersoon kind (CPK), Coördinator." in shown
    assert "gegevens=" not in shown
    assert "Zqxpupil" not in as_("guardian_other").get(ARRIVAL).text
