"""The page of a child: all of it, up to the departure, what is handed over, or the header; and a new child."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from caseapp.kernel.machine import Machine
from caseapp.moves.models import Responsible
from caseapp.people import queries as people
from caseapp.people.models import Child
from caseapp.web.days import write_day
from tests.acting import acting
from tests.slices.continuity.story import alerts, book, looking
from tests.slices.moves.story import planned, sent
from tests.strict_client import StrictClient
from tests.world import TODAY, World

As = Callable[..., StrictClient]
DAY = write_day(TODAY)


def page(child_id: object, *rest: str) -> str:
    """Return the address of a child, or of something below it."""
    return "/".join(("", "kinderen", str(child_id), *rest))


def test_who_is_here_reads_all_of_it(as_: As, world: World) -> None:
    shown = as_("cpk").get(page(world.mine)).text
    for words in (
        "Zqxgiven Noor Zqxfamily",
        "16 jaar",
        "14-03-2010, opgegeven",
        "azc Hier, sinds 12 november",
        "ja, zonder ouders",
        "Tigrinya",
        "Nu verantwoordelijk",
        "Staff cpk",
        "06 0000 0000",
        "Staff guardian",
        "Open signaleringen",
        "therapie (GGZ) gestopt",
        "2 plekken, 1 verhuizing",
        "zqx-school-two: gaat hier naar school",
        "1 afgebroken door een verhuizing, 1 loopt",
        "Alles wat er was",
        "van noodopvang Naast naar azc Hier",
        "Observatie vastleggen",
    ):
        assert words in shown, words


def test_the_history_is_a_table_of_every_period_the_newest_first(as_: As, world: World) -> None:
    shown = as_("cpk").get(page(world.mine)).text
    table = shown[shown.index("Alles wat er was") :]
    for words in ("Plek", "Verhuizing", "School", "Zorg", "Voogd", "Ergens anders"):
        assert words in table, words
    assert table.index("<td>azc Hier</td>") < table.index("<td>noodopvang Naast</td>")


def test_each_role_has_only_buttons_that_it_may_use(as_: As, world: World) -> None:
    guardian = as_("guardian").get(page(world.mine)).text
    assert "Contact vastleggen" in guardian
    for words in (
        "Observatie vastleggen",
        "Verhuizing plannen",
        "Gegevens wijzigen",
        "Dossier sluiten",
    ):
        assert words not in guardian, words
    assert "Dossier sluiten" in as_("coordinator").get(page(world.mine)).text


def test_who_just_left_sees_what_was_known_until_then(as_: As, world: World) -> None:
    shown = as_("cpk_beside").get(page(world.mine)).text
    assert "op 12 november van jouw plek vertrokken" in shown
    assert "noodopvang Naast" in shown
    for hidden in ("azc Hier", "Staff cpk<", "Gezin en familie"):
        assert hidden not in shown, hidden
    for closed in ("gezin", "geschiedenis"):
        assert as_("cpk_beside").get(page(world.mine, closed)).status_code == 404


def test_who_receives_sees_what_is_handed_over(house: Machine, as_: As, world: World) -> None:
    assert as_("cpk_far").get(page(world.mine)).status_code == 404
    sent(house, world)
    shown = as_("cpk_far").get(page(world.mine)).text
    for words in ("komt naar jouw plek", "Tigrinya", "Staff guardian", "Zorg", "School"):
        assert words in shown, words
    for hidden in (
        "9900000001",
        "990 000",
        "Observaties en contact",
        "Gezin en familie",
        "Plekken",
    ):
        assert hidden not in shown, hidden


def test_during_a_handover_the_page_says_for_whom_it_waits(
    house: Machine, as_: As, world: World
) -> None:
    sent(house, world)
    shown = as_("cpk").get(page(world.mine)).text
    assert "Wacht op aanvaarding door" in shown
    assert "Staff cpk_far" in shown


def test_a_planned_move_names_who_comes_next(house: Machine, as_: As, world: World) -> None:
    planned(house, world)
    shown = as_("cpk").get(page(world.mine)).text
    assert "Volgende, na 29 november" in shown
    assert "de verhuizing is nog niet bevestigd" in shown


def test_nobody_responsible_is_said_as_loudly_as_it_is(
    house: Machine, as_: As, world: World
) -> None:
    with acting(house, world, "national") as work:
        rows = work.session.scalars(
            select(Responsible).where(
                Responsible.child_id == world.mine, Responsible.to_on.is_(None)
            )
        )
        for row in rows:
            work.revise(row, to_on=TODAY)
    shown = as_("cpk").get(page(world.mine)).text
    assert 'class="baton__who">Niemand<' in shown
    assert f'href="{page(world.mine, "verantwoordelijk")}"' in shown
    assert "verantwoordelijk</a>" not in as_("guardian").get(page(world.mine)).text


def test_outside_the_scope_there_is_no_such_child(as_: As, world: World) -> None:
    for who in ("cpk_far", "guardian_other", "coordinator_far"):
        assert as_(who).get(page(world.mine)).status_code == 404
        assert as_(who).get(page(world.mine, "signaleringen")).status_code == 404
    for who in ("administrator", "monitor", "privacy_officer", "protection_lead"):
        assert as_(who).get(page(world.mine)).status_code == 403


def test_what_was_mended_is_counted_and_read(house: Machine, as_: As, world: World) -> None:
    book(house, world, TODAY + timedelta(days=2))
    client = as_("cpk")
    shown = client.get(page(world.mine)).text
    assert "Eerder opgelost: 1" in shown
    assert "Er is nu niets stuk." in shown
    every = client.get(page(world.mine, "signaleringen")).text
    assert "opgelost op 24 november, na 12 dagen" in every
    (alert,) = alerts(house, world, world.mine, "CAR-1")
    one = client.get(page(world.mine, "signaleringen", str(alert.id))).text
    assert "Opgelost op" in one
    assert "12 dagen" in one
    assert "van 12 november tot 24 november" in one
    assert "Neem op mij" not in one


def test_the_family_page_lists_who_belongs_to_the_child(as_: As, world: World) -> None:
    shown = as_("cpk").get(page(world.mine, "gezin")).text
    for words in (
        "Zqxrelative",
        "broer of zus",
        "zqx-relative-place",
        "zqx-apart-reason",
        "Veranderen",
    ):
        assert words in shown, words
    assert "gezin/nieuw" not in as_("guardian").get(page(world.mine, "gezin")).text


def test_what_was_corrected_stays_readable(house: Machine, as_: As, world: World) -> None:
    client = as_("coordinator")
    assert "nooit gecorrigeerd" in client.get(page(world.mine, "geschiedenis")).text
    with looking(house) as work:
        child = work.session.get(Child, world.mine)
        assert child is not None
        version, card, facts = child.version, child.card, child.facts
    answer = client.post(
        page(world.mine, "gegevens"),
        {
            "v_number": card.v_number, "given_names": "Zqxcorrected", "family_name": card.family_name,
            "birth_date": write_day(card.birth_date), "birth_precision": "day",
            "birth_status": "declared", "sex": facts.sex, "nationality": facts.nationality,
            "language": "ti", "unaccompanied": "yes", "version": str(version),
        },
    )  # fmt: skip
    assert answer.status_code == 303
    shown = client.get(page(world.mine, "geschiedenis")).text
    assert "Zqxgiven Noor" in shown
    assert "Staff coordinator" in shown


def new_child(**changed: str) -> dict[str, str]:
    """Return the form of a new child, filled in rightly."""
    return {
        "v_number": "9901234567", "given_names": "Zqxnew", "family_name": "Zqxcomer",
        "birth_date": "1-2-2012", "birth_precision": "day", "birth_status": "declared",
        "unaccompanied": "yes", "since": DAY,
    } | changed  # fmt: skip


def test_a_new_child_lives_somewhere_and_has_somebody_responsible_at_once(
    house: Machine, as_: As, world: World
) -> None:
    client = as_("cpk")
    answer = client.post("/kinderen/nieuw", new_child(location=str(world.locations["AZC-HERE"])))
    assert answer.status_code == 303
    shown = client.get(answer.location).text
    assert "azc Hier, sinds 24 november" in shown
    assert "Staff cpk" in shown
    assert "heeft nog geen voogd" not in shown
    assert as_("cpk_beside").get(answer.location).status_code == 404
    with looking(house) as work:
        key = next(key for _no, key in people.followed_after(work, len(world.children), 5))
    assert str(key) in answer.location


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Kies de locatie."),
        ({"location": "NO-BESIDE"}, "Kies"),
        ({"location": "AZC-HERE", "since": ""}, "Vul de eerste dag daar in."),
        ({"location": "AZC-HERE", "since": write_day(TODAY + timedelta(days=1))}, "of eerder"),
        (
            {"location": "AZC-HERE", "v_number": "9900000001"},
            "Er is al een dossier met dit V-nummer.",
        ),
    ],
)
def test_what_is_wrong_with_a_new_child_is_explained_and_the_text_is_kept(
    as_: As, world: World, changed: dict[str, str], words: str
) -> None:
    place = world.locations.get(changed.get("location", ""))
    known = changed | ({"location": str(place)} if place else {})
    answer = as_("cpk").post("/kinderen/nieuw", new_child(**known))
    assert (answer.status_code, words in answer.text) == (200, True)
    assert "Zqxnew" in answer.text


def test_who_has_no_location_registers_nobody(as_: As) -> None:
    assert "Je hebt geen locatie" in as_("guardianship").get("/kinderen/nieuw").text
    assert as_("guardian").get("/kinderen/nieuw").status_code == 403
