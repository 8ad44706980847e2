"""The pages of break-glass and of two people, as somebody with a browser meets them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from caseapp.accounts import queries
from caseapp.accounts.actions import two_people
from caseapp.accounts.models import Emergency
from caseapp.audit.models import AuditEvent
from caseapp.domain.emergency import LASTS
from caseapp.domain.policy import Actor
from caseapp.domain.two_people import Together
from tests.acting import acting
from tests.world import NOW

pytestmark = pytest.mark.parametrize("template", ["sqlite"], indirect=True)
SYSTEM = Actor(None, "test", everywhere=True)
ASKED = {
    "v_number": "9900000002",
    "why": "danger",
    "reason": "Zqxreason: the police called about this child",
}


def lines(house, code):
    work = house.work(SYSTEM, writes=False)
    try:
        found = work.session.query(AuditEvent).filter_by(code=code).order_by(AuditEvent.seq)
        return [(one.account_id, one.child_id, one.fields) for one in found]
    finally:
        work.session.close()


def looks(house):
    work = house.work(SYSTEM, writes=False)
    try:
        return [row.id for row in work.session.query(Emergency).order_by(Emergency.id)]
    finally:
        work.session.close()


@pytest.mark.attack(53)
def test_a_look_reads_the_file_under_a_banner_and_changes_nothing(as_, house, world):
    cpk = as_("cpk")
    assert cpk.get(f"/kinderen/{world.beside}").status_code == 404
    sent = cpk.post("/noodtoegang", ASKED)
    assert (sent.status_code, sent.location) == (303, f"/kinderen/{world.beside}")
    for part in ("", "/zorg", "/school", "/verblijf", "/voogdij"):
        page = cpk.get(f"/kinderen/{world.beside}{part}")
        assert page.status_code == 200, part
        assert "U kijkt in nood in dit dossier" in page.get_data(as_text=True)
        assert "Nog 180 minuten." in page.get_data(as_text=True)
    for part in ("gegevens", "school/nieuw", "zorg/nieuw", "overplaatsing"):
        for way in (cpk.get, cpk.post):
            assert way(f"/kinderen/{world.beside}/{part}").status_code in {403, 404, 405}
    assert "noodtoegang" not in cpk.get(f"/kinderen/{world.mine}").get_data(as_text=True).replace(
        'href="/noodtoegang"', ""
    )
    assert cpk.post(f"/kinderen/{world.mine}/gegevens").status_code != 403


@pytest.mark.attack(53)
def test_the_stop_button_closes_the_file_at_once_and_only_the_own_one(as_, house, world):
    cpk = as_("cpk")
    cpk.post("/noodtoegang", ASKED)
    (key,) = looks(house)
    assert as_("cpk_far").post(f"/noodtoegang/{key}/stoppen").status_code == 404
    assert cpk.post(f"/noodtoegang/{key}/stoppen").status_code == 303
    assert cpk.get(f"/kinderen/{world.beside}").status_code == 404
    assert lines(house, "emergency-stopped")[-1][2] == "by-hand"


@pytest.mark.attack(53)
@pytest.mark.asvs("8.3.2", "7.5.3")
@pytest.mark.parametrize(("late", "status"), [(-1, 200), (0, 404)])
def test_the_next_request_after_three_hours_finds_nothing(as_, app, house, world, late, status):
    cpk = as_("cpk")
    cpk.post("/noodtoegang", ASKED)
    then = NOW + LASTS + timedelta(seconds=late)
    work = house.work(SYSTEM, writes=False)
    grants = queries.grants_of(work, world.accounts["cpk"])
    assert max(one.valid_to for one in grants if one.valid_to) == NOW + LASTS
    work.session.close()
    with cpk.client.session_transaction() as session:
        token = session["_user_id"]
    app.extensions["caseapp"] = replace(house, now=lambda: then)
    keep_alive(house, token, then)
    assert cpk.get(f"/kinderen/{world.beside}").status_code == status


def keep_alive(house, token, now):
    from caseapp.accounts.models import UserSession  # noqa: PLC0415

    work = house.work(SYSTEM)
    hashed = queries.hash_of_token(token)
    row = work.session.query(UserSession).filter_by(token_hash=hashed).one()
    row.seen_at = now - timedelta(seconds=30)
    work.commit()
    work.session.close()


@pytest.mark.attack(53)
@pytest.mark.parametrize(
    "wrong",
    [{"v_number": "9900000003"}, {"v_number": "1234567890"}, {"v_number": "Zqxname"}, {"reason": "help"},
     {"reason": ""}, {"why": ""}, {"v_number": "9900000001"}],
)  # fmt: skip
def test_what_is_refused_opens_nothing_and_tells_nothing(as_, house, world, wrong):
    before = len(lines(house, "denied"))
    page = as_("cpk").post("/noodtoegang", ASKED | wrong)
    assert page.status_code == 200
    assert looks(house) == []
    html = page.get_data(as_text=True)
    assert "zqxfar" not in html.lower()
    told = any(name in wrong for name in ("v_number",)) or wrong == {"reason": "help"}
    assert len(lines(house, "denied")) == before + told


@pytest.mark.attack(53)
def test_no_such_child_and_no_neighbour_read_the_same(as_, house, world):
    sentences = set()
    for number in ("9900000003", "1234567890"):
        html = as_("cpk").post("/noodtoegang", ASKED | {"v_number": number}).get_data(as_text=True)
        sentences.add(re.search(r"summary-of-errors.*?<ul>(.*?)</ul>", html, re.DOTALL)[1])
    assert len(sentences) == 1


def test_somebody_else_judges_a_look_on_its_page(as_, house, world):
    as_("cpk").post("/noodtoegang", ASKED)
    (key,) = looks(house)
    officer = as_("privacy_officer")
    assert "Staff cpk" in officer.get("/noodtoegang/beoordelen").get_data(as_text=True)
    early = officer.post(f"/noodtoegang/{key}/oordeel", {"verdict": "right", "note": "Zqxnote"})
    assert early.status_code == 200
    as_("cpk").post(f"/noodtoegang/{key}/stoppen")
    done = officer.post(f"/noodtoegang/{key}/oordeel", {"verdict": "right", "note": "Zqxnote"})
    assert done.status_code == 303
    assert "Staff cpk" not in officer.get("/noodtoegang/beoordelen").get_data(as_text=True)
    assert as_("coordinator_far").get(f"/noodtoegang/{key}/oordeel").status_code == 404


@pytest.mark.attack(49)
def test_the_second_person_agrees_to_what_stood_on_the_page(as_, house, world):
    with acting(house, world, "cpk") as work:
        row = two_people.ask(work, Together.EXPORT, world.mine, b"zqxcontent", "Zqxwhy")
        key, shown = row.id, row.request_hash.hex()
    coordinator = as_("coordinator")
    assert "Een heel dossier meenemen" in coordinator.get("/twee-personen").get_data(as_text=True)
    assert "Zqxwhy" in coordinator.get(f"/twee-personen/{key}").get_data(as_text=True)
    for wrong in ("00" * 32, "zz", ""):
        sent = {"fingerprint": wrong, "verdict": "approved"}
        assert coordinator.post(f"/twee-personen/{key}", sent).status_code == 200
    sent = {"fingerprint": shown, "verdict": "approved"}
    assert coordinator.post(f"/twee-personen/{key}", sent).status_code == 303
    assert as_("privacy_officer").post(f"/twee-personen/{key}", sent).status_code == 200
    assert as_("coordinator_far").get(f"/twee-personen/{key}").status_code == 404
    with acting(house, world, "cpk") as work:
        two_people.use(work, queries.two_people(work, key), b"zqxcontent")


def test_leave_is_arranged_and_ended_on_its_page(as_, world):
    cpk, other = as_("cpk"), as_("cpk_beside")
    assert other.get(f"/kinderen/{world.mine}/gegevens").status_code == 404
    sent = {
        "stand_in": str(world.accounts["cpk_beside"]),
        "from_on": "24-11-2026",
        "until_on": "21-12-2026",
    }
    assert cpk.post("/waarneming", sent | {"until_on": "22-12-2026"}).status_code == 200
    assert cpk.post("/waarneming", sent).status_code == 303
    assert other.get(f"/kinderen/{world.mine}/gegevens").status_code == 200
    page = other.get("/waarneming").get_data(as_text=True)
    assert "In plaats van Staff cpk." in page
    end = re.search(r'action="(/waarneming/[0-9a-f-]+/einde)"', page)[1]
    assert as_("guardian").post(end).status_code == 404
    assert other.post(end).status_code == 303
    assert other.get(f"/kinderen/{world.mine}/gegevens").status_code == 404


def test_a_coordinator_arranges_the_leave_of_who_is_ill(as_, world):
    page = f"/accounts/{world.accounts['cpk']}/waarneming"
    sent = {
        "stand_in": str(world.accounts["cpk_far"]),
        "from_on": "25-11-2026",
        "until_on": "27-11-2026",
    }
    assert as_("coordinator_far").post(page, sent).status_code == 404
    assert as_("coordinator").post(page, sent).status_code == 303
    assert "Regel wie het werk" in as_("coordinator").get(
        f"/accounts/{world.accounts['cpk']}"
    ).get_data(as_text=True)
