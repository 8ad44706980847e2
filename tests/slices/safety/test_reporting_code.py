"""The file of the reporting code: opened, written in order, corrected, told, closed; and nobody else's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseapp.cli.worker import OPENS
from caseapp.domain.policy import Actor
from caseapp.domain.safety import Part, Question, Refusal, SafetyRefusedError, Written
from caseapp.kernel.seals import Domain, Unreadable
from caseapp.kernel.work import LostRaceError
from caseapp.notices.models import Notice
from caseapp.safety import actions, facts, queries
from caseapp.safety.jobs import watch
from caseapp.safety.models import ProtectionAlert, ProtectionEntry, ProtectionFile
from tests.acting import acting
from tests.ground_of_safety import WORD, open_a_file
from tests.world import NOW, TODAY

SYSTEM = Actor(None, "test", everywhere=True)
ON_SQLITE = pytest.mark.parametrize("template", ["sqlite"], indirect=True)


def opened(house, world, on=TODAY, *, acute=False):
    with acting(house, world, "protection_lead") as work:
        return actions.open_file(work, world.mine, Written(Part.SIGNS, on, WORD, acute=acute)).id


def write(house, world, file_id, part, on=TODAY, note="note", **more):
    with acting(house, world, "protection_lead") as work:
        row = queries.one_file(work, file_id)
        actions.write(work, row, row.version, Written(part, on, note, **more))


def course(house, world, file_id):
    with acting(house, world, "protection_lead") as work:
        return facts.courses(work, [queries.one_file(work, file_id)])[0]


def notices(house):
    work = house.work(SYSTEM, writes=False)
    rows = work.session.scalars(select(Notice).where(Notice.event == "ProtectionClockRan")).all()
    work.session.close()
    return rows


def night(house, on):
    watch(lambda: house.work(SYSTEM, now=NOW + (on - TODAY)))


@ON_SQLITE
def test_the_lead_opens_a_file_about_a_child_at_the_own_location(house, world):
    found = course(house, world, opened(house, world))
    assert found.row.child_id == world.mine
    assert found.next_step is Part.CONSULT
    assert found.parts[Part.SIGNS].note == WORD


@ON_SQLITE
def test_no_file_is_opened_about_a_child_elsewhere_or_a_second_time(house, world):
    opened(house, world)
    with acting(house, world, "protection_lead") as work:
        with pytest.raises(LookupError):
            actions.open_file(work, world.far, Written(Part.SIGNS, TODAY, WORD))
        with pytest.raises(SafetyRefusedError) as met:
            actions.open_file(work, world.mine, Written(Part.SIGNS, TODAY, WORD))
        assert met.value.code is Refusal.HAS_OPEN_FILE


@ON_SQLITE
def test_a_correction_keeps_what_stood_there(house, world):
    file_id = opened(house, world)
    write(house, world, file_id, Part.SIGNS, note="better")
    found = course(house, world, file_id)
    assert found.parts[Part.SIGNS].note == "better"
    assert [one.written.note for one in found.before(Part.SIGNS)] == [WORD]


@ON_SQLITE
def test_of_two_who_write_at_once_the_second_is_told(house, world):
    file_id = opened(house, world)
    with acting(house, world, "protection_lead") as work:
        row = queries.one_file(work, file_id)
        seen = row.version
        actions.write(work, row, seen, Written(Part.CONSULT, TODAY, "one"))
        with pytest.raises(LostRaceError):
            actions.write(work, row, seen, Written(Part.CONSULT, TODAY, "other"))


@ON_SQLITE
def test_a_closed_file_has_no_clocks_and_takes_nothing_more(house, world):
    file_id = opened(house, world, acute=True)
    write(house, world, file_id, Part.CLOSE)
    found = course(house, world, file_id)
    assert found.row.closed_on == TODAY
    assert not found.clocks
    with pytest.raises(SafetyRefusedError):
        write(house, world, file_id, Part.CONSULT)
    opened(house, world)  # another may begin


def test_the_night_tells_the_lead_on_the_day_itself_and_once(house, world):
    file_id = opened(house, world)
    due = date(2026, 12, 8)
    night(house, due - timedelta(days=1))
    assert not notices(house)
    night(house, due)
    night(house, due)
    [told] = notices(house)
    assert (told.account_id, told.object_id) == (world.accounts["protection_lead"], file_id)
    assert (told.child_id, told.severity, told.rule) == (None, None, None)


@ON_SQLITE
def test_a_decision_stops_the_clock(house, world):
    file_id = opened(house, world, acute=True)
    write(house, world, file_id, Part.DECIDE, reports=True, helps=False)
    night(house, date(2027, 3, 1))
    work = house.work(SYSTEM, writes=False)
    ended = work.session.scalars(select(ProtectionAlert.ended_at)).all()
    work.session.close()
    assert len(ended) == 1
    assert all(ended)


@ON_SQLITE
def test_the_night_tells_without_opening_a_file(house, world):
    opened(house, world)
    work = house.work(SYSTEM, now=NOW + (date(2026, 12, 8) - TODAY))
    assert actions.watch(work) == 1
    work.commit()
    assert Domain.SAFETY not in OPENS
    assert work.vault.opened == 0
    work.session.close()


def test_the_server_gives_these_rows_to_the_lead_of_the_location_and_to_nobody_else(house, world):
    open_a_file(house, world)
    tables = (ProtectionFile.id, ProtectionEntry.id, ProtectionAlert.id)
    on_server = house.engine.dialect.name == "postgresql"
    for who in world.accounts:
        mine = who == "protection_lead"
        with acting(house, world, who) as work:
            assert len(queries.files(work)) == mine
            found = [len(work.session.scalars(select(one)).all()) for one in tables]
            assert found == [1 if mine or not on_server else 0] * 3, who
            if not mine:
                with work.beyond("figures"):
                    assert not queries.files(work)


def test_erasing_a_child_takes_its_file_of_the_reporting_code(house, world, erased, rows_of_child):
    file_id = open_a_file(house, world)
    erased(world.mine)
    assert not {one for one in rows_of_child(world.mine) if one.startswith("protection")}
    with acting(house, world, "protection_lead") as work:
        assert queries.one_file(work, file_id) is None
    assert house.keyring.keystore.data_keys("safety", [world.mine]) == []


def sent(**more):
    return {
        "once": "",
        "child": "",
        "v_number": "",
        "on": "24-11-2026",
        "acute": "no",
        "note": WORD,
    } | more


def test_a_file_from_the_first_step_to_its_end_on_the_pages(as_, world):
    client = as_("protection_lead")
    assert "Geen dossier is open" in client.get("/meldcode").text
    made = client.post("/meldcode/nieuw", sent(child=str(world.mine), acute="yes"))
    at = made.location
    assert "Stap 5 hoort op de dag zelf" in client.get("/vandaag").text
    version = 1
    weighed = {}
    for one in Question:
        weighed |= {one.value: "yes", f"{one.value}_because": "Zqxwhy"}
    steps = (
        ("deel/2", {}),
        ("deel/3", {}),
        ("deel/4", weighed),
        ("deel/5", {"reports": "yes", "helps": "no"}),
        ("deel/6", {"answered_on": "", "answer": "", "looks_from": "", "looks_until": ""}),
        ("deel/7", {}),
    )
    for name, more in steps:
        assert client.get(f"{at}/{name}").status_code == 200
        given = {"version": str(version), "on": "24-11-2026", "note": f"Zqx{name[-1]}part"} | more
        assert client.post(f"{at}/{name}", given).status_code == 303
        version += 1
    shown = client.get(at).text
    assert all(f"Zqx{name[-1]}part" in shown for name, _more in steps)
    assert "Dit dossier is gesloten" in shown


@ON_SQLITE
def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(as_, world):
    client = as_("protection_lead")
    answer = client.post("/meldcode/nieuw", sent())
    assert "Kies een kind, of vul een V-nummer in" in answer.text
    assert WORD in answer.text
    unknown = client.post("/meldcode/nieuw", sent(v_number="9999999999"))
    assert "Op je locatie woont geen kind met dit V-nummer" in unknown.text
    at = client.post("/meldcode/nieuw", sent(child=str(world.mine))).location
    early = client.post(f"{at}/deel/3", {"version": "1", "on": "24-11-2026", "note": WORD})
    assert "Schrijf eerst de stap hiervoor" in early.text
    raced = client.post(f"{at}/deel/2", {"version": "9", "on": "24-11-2026", "note": WORD})
    assert "Iemand schreef intussen in dit dossier" in raced.text
    assert client.get(f"{at}/deel/8").status_code == 404


@ON_SQLITE
def test_a_part_that_does_not_open_is_said_and_nothing_is_built_on_it(as_, house, world):
    file_id = open_a_file(house, world)
    with house.engine.begin() as db:
        db.exec_driver_sql("UPDATE protection_entry SET said = zeroblob(200)")
    client = as_("protection_lead")
    assert "kan niet worden gelezen" in client.get(f"/meldcode/{file_id}").text
    assert client.get(f"/meldcode/{file_id}/deel/2").status_code == 404
    with pytest.raises(Unreadable):
        write(house, world, file_id, Part.CONSULT)
