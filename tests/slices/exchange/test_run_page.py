"""The page of a list that waits: its rows with what is wrong and what we have, filters, and who sees it."""

import pytest
from sqlalchemy import select, update

from caseapp.audit.models import AuditEvent, AuditEventChild
from caseapp.domain.lists.words import ListKind
from caseapp.exchange.models import ListRun
from tests import listed
from tests.domain.lists.making import written
from tests.slices.exchange.listing import (
    BORN,
    BSN,
    DOUBT,
    HERE,
    LATER,
    MOVED,
    PAGE,
    REFUSED,
    TWO_DOUBTS,
    Shown,
    submitted,
)
from tests.world import MARK


@pytest.fixture
def ready(desk, as_):
    """Give the page of a list that was looked at."""

    def shown(*rows, who="coordinator", reader=None):
        run_id = submitted(desk, who, *rows)
        desk.work_off(LATER)
        return Shown(desk, as_(reader or who), run_id)

    return shown


@pytest.fixture
def put(desk):
    """Put a list in a state, past all rules."""

    def made(run_id, **values):
        with desk.house.engine.begin() as db:
            db.execute(update(ListRun).where(ListRun.id == run_id).values(**values))

    return made


def row_of(page, number):
    return page.split(f'id="rij-{number}"')[1].split("</tr>")[0]


def test_while_the_worker_looks_the_page_says_what_it_does_and_how_far_it_is(desk, as_, put):
    run_id = submitted(desk, "coordinator", HERE)
    put(run_id, state="looking", stage="comparing", done=1200, total=5000)
    page = Shown(desk, as_("coordinator"), run_id).text()
    assert "We bekijken de lijst." in page
    assert "vergeleken met wat wij weten" in page
    assert "1.200 van 5.000 rijen." in page
    assert 'max="5000"' in page
    assert 'value="1200"' in page
    assert 'aria-live="polite"' in page
    assert f'href="{PAGE}/{run_id}"' in page
    assert "Overnemen" not in page


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ({"code": "missing-column", "parameters": {"column": "amv"}}, "kolom amv"),
        ({"code": "not-allowed"}, "mag dat niet meer"),
        ({"code": "meanwhile"}, "op hetzelfde moment"),
        ({"code": "unreadable", "reference": "a1"}, "De beheerder ziet wat."),
        ({"code": "too-old"}, "wachtte te lang"),
        ({"code": "unexpected"}, "Hier ging iets mis."),
        (None, "Hier ging iets mis."),
    ],
)
def test_a_list_that_came_to_nothing_says_why_and_what_to_do(desk, as_, put, error, told):
    run_id = submitted(desk, "coordinator", HERE)
    put(run_id, state="failed", error=error)
    page = Shown(desk, as_("coordinator"), run_id).text()
    assert "Van deze lijst is niets verwerkt." in page
    assert told in page
    assert f'href="{PAGE}/nieuw"' in page


def test_a_list_that_met_others_while_it_was_applied_waits_again_and_says_so(ready, put):
    shown = ready(HERE)
    put(shown.run_id, error={"code": "meanwhile"})
    page = shown.text()
    assert "Deze lijst is nog niet verwerkt." in page
    assert "Iemand anders schreef op hetzelfde moment." in page
    assert "/verwerken" in page


def test_the_report_begins_with_what_waits_for_a_person(ready):
    page = ready(HERE, DOUBT, REFUSED).text()
    assert "Rijen in twijfel" in page
    assert 'id="rij-3"' in page
    assert 'id="rij-2"' not in page
    assert "kolom geslacht leeg" in row_of(page, 3)
    assert "Gekozen: 0 van 1." in page


def test_without_doubts_the_report_begins_with_what_is_lost_and_else_with_all(ready):
    assert "Geweigerde rijen" in ready(HERE, REFUSED).text()
    assert "Alle rijen behalve die hetzelfde zijn" in ready(HERE).text()


def test_a_difference_shows_what_we_have_beside_what_the_list_says(ready):
    row = row_of(ready(BORN).text(), 2)
    assert "14-03-2010" in row.split("Bij ons:")[1].split("</span>")[0]
    assert "15-03-2010" in row.split("De lijst:")[1].split("</span>")[0]
    assert "vervangt de geboortedatum" in row
    assert "/kinderen/" in row


def test_what_we_have_is_shown_to_nobody_who_may_not_open_the_file(desk, ready):
    elsewhere = BORN | {"locatie": "AZC-FAR"}
    page = ready(elsewhere, who="coordinator_far").text("?uitkomst=alle")
    assert "Bij ons:" not in page
    assert f"/kinderen/{desk.world.mine}" not in page


def test_a_move_that_nobody_told_stands_above_the_rows_with_where_the_child_was(ready):
    shown = ready(MOVED)
    assert "1 kind is verhuisd zonder dat iemand het meldde." in shown.text()
    row = row_of(shown.text("?uitkomst=alle&reden=unannounced-move"), 2)
    assert "NO-BESIDE sinds 01-08-2026" in row
    assert "AZC-HERE 20-11-2026" in row


def test_the_counts_and_the_reasons_lead_to_their_rows(ready):
    shown = ready(HERE, DOUBT, TWO_DOUBTS, REFUSED)
    assert 'id="rij-2"' in shown.text("?uitkomst=nieuw")
    assert 'id="rij-5"' in shown.text("?uitkomst=geweigerd")
    everything = shown.text("?uitkomst=alle")
    assert all(f'id="rij-{number}"' in everything for number in (2, 3, 4, 5))
    reason = shown.text("?reden=not-followed")
    assert 'id="rij-5"' in reason
    assert 'id="rij-3"' not in reason
    assert "Geen rijen met dit filter." in shown.text("?uitkomst=nieuw&reden=not-followed")


def test_a_code_that_means_nothing_is_no_filter(ready):
    shown = ready(HERE, DOUBT)
    assert "Rijen in twijfel" in shown.text("?uitkomst=vreemd&reden=vreemd&pagina=vreemd")


def test_fifty_rows_stand_on_a_page(ready):
    rows = [HERE | {"v_nummer": f"00{number:08}", "geslacht": "ja"} for number in range(1, 52)]
    shown = ready(*rows)
    first, second = shown.text(), shown.text("?pagina=2")
    assert first.count('id="rij-') == 50
    assert second.count('id="rij-') == 1
    assert "51 tot en met 51 van 51" in second


def test_what_nobody_can_take_says_why_and_has_no_button(ready):
    row = row_of(ready(BSN).text(), 2)
    assert "er staat niet over wie het gaat" in row
    assert "<button" not in row
    assert "<input" not in row


def test_what_may_be_a_bsn_stands_on_no_page(ready):
    shown = ready(BSN, REFUSED)
    pages = [shown.text(), shown.text("?uitkomst=alle"), shown.text("/achtergebleven")]
    assert not any("123456782" in page for page in pages)


def test_who_is_not_on_the_list_is_named_with_the_way_to_the_file(desk, ready):
    page = ready(MOVED).text()
    missing = page.split("Staat niet op de lijst")[1]
    assert f'href="/kinderen/{desk.world.mine}"' in missing
    assert "Vraag na waar ze zijn." in missing


def test_columns_that_are_not_ours_are_named(desk, as_):
    data = written(ListKind.OCCUPANCY, HERE).replace(b"eerste_aankomst", b"Kamer")
    run_id = listed.submitted(desk.house, desk.world, "coordinator", ListKind.OCCUPANCY, data)
    desk.work_off(LATER)
    page = Shown(desk, as_("coordinator"), run_id).text()
    assert "Kamer." in page.split("Kolommen die we niet kennen")[1]


def test_opening_a_list_is_noted_with_the_children_that_it_showed(desk, ready):
    shown = ready(BORN)
    shown.text()
    with desk.reading() as work:
        seen = select(AuditEventChild.child_id, AuditEvent.object_id).join(
            AuditEvent, AuditEvent.seq == AuditEventChild.seq
        )
        found = work.session.execute(seen.where(AuditEvent.code == "list-rows")).all()
    assert [tuple(row) for row in found] == [(desk.world.mine, shown.run_id)]


@pytest.mark.parametrize(
    ("reader", "status"),
    [("coordinator", 200), ("national", 200), ("coordinator_far", 404), ("administrator", 404)],
)
def test_a_list_is_for_its_own_region_and_the_national_desk(ready, reader, status):
    shown = ready(HERE, reader=reader)
    for under in ("", "/achtergebleven", "/verwerken", "/intrekken"):
        assert shown.client.get(shown.path + under).status_code == status
    assert shown.decide(one="take-2").status_code == (303 if status == 200 else 404)


def test_a_list_about_a_child_shows_no_planted_word_to_another_region(ready):
    page = ready(BORN | {"locatie": "AZC-FAR"}, who="coordinator_far").text("?uitkomst=alle")
    assert "Zqxfamily" in page  # the list itself says it
    assert f"{MARK}-provider" not in page
