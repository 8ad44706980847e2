"""Today, the caseload and the menu: what needs the reader, worst first, and only in the own scope."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.kernel.machine import Machine
from caseapp.kernel.seals import Envelope, envelope_of
from caseapp.people.models import Child
from tests.slices.continuity.story import SYSTEM, book, broken, looking, night
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
GRAVE = TODAY + timedelta(days=2)
SAID = "therapie (GGZ) gestopt bij de verhuizing uit noodopvang Naast. Nog geen afspraak."


@pytest.mark.parametrize(
    ("who", "home"),
    [
        ("cpk", "/vandaag"),
        ("guardian", "/vandaag"),
        ("coordinator", "/vandaag"),
        ("guardianship", "/vandaag"),
        ("national", "/vandaag"),
        ("protection_lead", "/vandaag"),
        ("administrator", "/accounts"),
        ("monitor", "/monitor"),
        ("privacy_officer", "/privacy"),
    ],
)
def test_each_role_has_its_own_beginning(as_: As, who: str, home: str) -> None:
    client = as_(who)
    assert client.get("/").location == home
    assert client.get(home).status_code == 200
    if home != "/vandaag":
        assert client.get("/vandaag").location == home


def test_nobody_is_asked_to_sign_in(as_: As) -> None:
    assert as_(None).get("/vandaag").location.startswith("/inloggen")


def test_the_coordinator_reads_the_break_with_its_repair(as_: As) -> None:
    page = as_("coordinator").get("/vandaag").text
    assert SAID in page
    assert "Zqxgiven Noor Zqxfamily, 16" in page
    assert "/afspraak?signalering=CAR-1" in page
    assert "nog niet opgepakt" in page
    assert "1 kind heeft je nodig." in page
    assert "Deze week" in page
    assert "Meteen" not in page


def test_what_is_serious_stands_first_and_at_once(house: Machine, as_: As) -> None:
    night(house, GRAVE)
    page = as_("coordinator").get("/vandaag").text
    assert "heeft je meteen nodig" in page
    assert 'class="count count--crit">1<' in page


def test_the_guardian_is_told_and_has_no_button_that_leads_to_a_closed_door(as_: As) -> None:
    page = as_("guardian").get("/vandaag").text
    assert SAID in page
    assert "/afspraak" not in page


def test_today_is_calm_when_nothing_needs_the_reader(as_: As) -> None:
    page = as_("coordinator_far").get("/vandaag").text
    assert "Niets heeft je nu nodig." in page
    assert "Met 1 kind is niets aan de hand." in as_("cpk_far").get("/vandaag").text
    assert "Zqx" not in page


def test_the_protection_lead_has_a_calm_page_without_children(as_: As) -> None:
    page = as_("protection_lead").get("/vandaag").text
    assert "Niets is te laat." in page
    assert "Zqx" not in page


def test_one_severity_is_a_list_of_its_own(as_: As) -> None:
    client = as_("coordinator")
    assert SAID in client.get("/vandaag?ernst=waarschuwing").text
    for address in ("/vandaag?ernst=ernstig", "/vandaag?ernst=waarschuwing&pagina=2"):
        page = client.get(address).text
        assert SAID not in page
        assert "Hier staat niets." in page or "pagina" in address
    assert SAID in client.get("/vandaag?ernst=nonsense&pagina=x").text


def test_what_is_mended_leaves_today(house: Machine, as_: As, world: World) -> None:
    book(house, world, GRAVE)
    assert SAID not in as_("coordinator").get("/vandaag").text


def test_the_caseload_holds_everyone_in_scope_the_worst_off_first(
    house: Machine, as_: As, world: World
) -> None:
    night(house, GRAVE)
    page = as_("national").get("/kinderen").text
    places = [page.index(f"/kinderen/{key}") for key in (world.mine, world.beside, world.far)]
    assert places == sorted(places)
    assert "3 kinderen" in page
    assert SAID in page


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("cpk", {"mine"}),
        ("cpk_far", {"far"}),
        ("guardian", {"mine"}),
        ("coordinator", {"mine", "beside"}),
        ("coordinator_far", {"far"}),
        ("guardianship", {"mine", "far"}),
    ],
)
def test_the_caseload_ends_where_the_scope_ends(
    house: Machine, as_: As, world: World, who: str, sees: set[str]
) -> None:
    page = as_(who).get("/kinderen").text
    assert {name for name, key in world.children.items() if f"/kinderen/{key}" in page} == sees
    assert {
        name for name, key in world.children.items() if key in _shown(house, "list-caseload")
    } == sees


@pytest.mark.parametrize(
    ("asked", "sees"),
    [
        ("locatie=AZC-HERE", {"mine"}),
        ("locatie=NO-BESIDE", {"beside"}),
        ("locatie=AZC-FAR", set()),
        ("locatie=nowhere", {"mine", "beside"}),
        ("ernst=waarschuwing", {"mine", "beside"}),
        ("ernst=ernstig", set()),
        ("soort=CAR-1", {"mine"}),
        ("soort=PLA-1", {"beside"}),
        ("soort=nonsense", {"mine", "beside"}),
        ("pagina=2", set()),
    ],
)
def test_the_filter_stands_in_the_address(
    as_: As, world: World, asked: str, sees: set[str]
) -> None:
    page = as_("coordinator").get(f"/kinderen?{asked}").text
    assert {name for name, key in world.children.items() if f'/kinderen/{key}"' in page} == sees


def test_a_name_that_does_not_open_leaves_its_row_without_a_name(
    house: Machine, as_: As, world: World
) -> None:
    _spoil(house, world)
    client = as_("coordinator")
    for address in ("/vandaag", "/kinderen", "/signaleringen"):
        page = client.get(address).text
        assert "naam niet leesbaar" in page, address
        assert "Zqxgiven Noor" not in page, address
    page = client.get(f"/kinderen/{world.mine}").text
    assert "Niet leesbaar - ref" in page


def test_who_was_on_a_list_stands_in_the_trail(house: Machine, as_: As, world: World) -> None:
    as_("coordinator").get("/vandaag")
    assert world.mine in _shown(house, "list-today")
    as_("coordinator").get("/signaleringen")
    assert {world.mine, world.beside} <= _shown(house, "list-alerts")


def test_the_owner_who_looked_is_seen_on_the_board(house: Machine, as_: As, world: World) -> None:
    alert = broken(house, world)
    sent = {"version": str(alert.version), "back": ""}
    as_("cpk").post(f"/kinderen/{world.mine}/signaleringen/{alert.id}/neem", sent)
    assert "gezien op 24 nov" in as_("coordinator").get("/signaleringen").text
    assert (
        "Gezien" in as_("coordinator").get(f"/kinderen/{world.mine}/signaleringen/{alert.id}").text
    )


def _shown(house: Machine, code: str) -> set[object]:
    with looking(house) as work:
        seen = select(AuditEventChild.child_id).join(
            AuditEvent, AuditEvent.seq == AuditEventChild.seq
        )
        return set(work.session.scalars(seen.where(AuditEvent.code == code)))


def _spoil(house: Machine, world: World) -> None:
    column = envelope_of(Child, "card")
    work = house.work(SYSTEM)
    sealed = work.session.scalars(select(column).where(Child.id == world.mine)).one()
    bad = Envelope(bytes(sealed)[:-1] + bytes([sealed[-1] ^ 1]))
    work.session.execute(update(Child).where(Child.id == world.mine).values({column: bad}))
    work.session.commit()
    work.session.close()


def test_what_one_was_only_told_of_stands_apart_and_last(house: Machine, as_: As) -> None:
    night(house, GRAVE)
    page = as_("cpk").get("/vandaag").text
    assert page.index("Om te weten: een ander pakt dit op") < page.index(SAID)
    alone = as_("cpk").get("/vandaag?ernst=gemeld").text
    assert SAID in alone
    assert SAID not in as_("cpk").get("/vandaag?ernst=ernstig").text
    assert "Om te weten" not in as_("coordinator").get("/vandaag").text
