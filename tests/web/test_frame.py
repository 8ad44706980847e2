"""The frame shows each role its own menu, and leads nowhere that does not exist or is not ours."""

from uuid import uuid4

import pytest

from caseapp.domain.care_codes import CareKind
from caseapp.domain.codes import PlacementKind
from caseapp.domain.policy import Actor, Role
from caseapp.domain.rules.rule import Severity
from caseapp.web.i18n import choose
from caseapp.web.labels import TABLES, label, options
from caseapp.web.language_switch import own_address
from caseapp.web.menus import NAV, Count, Person, menu_for, nav_for, role_label
from tests.web.conftest import Reading


def everywhere(endpoint: str) -> bool:
    return True


def person(role: Role) -> Person:
    return Person(Actor(account_id=uuid4(), name="Noor el Amrani", role=role), "CPK Biddinghuizen")


def test_every_role_has_a_menu_of_at_most_four() -> None:
    assert NAV.keys() == set(Role)
    assert all(1 <= len(entries) <= 4 for entries in NAV.values())


def test_a_page_that_does_not_exist_is_left_out(reading: Reading) -> None:
    with reading("nl"):
        items = nav_for(Role.CPK, lambda endpoint: endpoint == "casefile.today", {}, None)
    assert [item.endpoint for item in items] == ["casefile.today"]


def test_nobody_has_no_menu() -> None:
    assert nav_for(None, everywhere, {}, None) == []


def test_a_count_says_what_it_counts_and_nought_is_not_shown(reading: Reading) -> None:
    counts = {"casefile.today": Count(1, critical=True), "moves.moves": Count(3)}
    with reading("nl"):
        today, children, _, moves = nav_for(Role.CPK, everywhere, counts, "moves.moves")
    assert (today.shown, today.unit, today.critical) == ("1", "kind", True)
    assert (moves.shown, moves.unit, moves.critical) == ("3", "komen of gaan", False)
    assert (children.count, children.current, moves.current) == (0, False, True)


@pytest.mark.parametrize(("number", "shown"), [(999, "999"), (1000, "999+")])
def test_a_count_has_at_most_three_digits(reading: Reading, number: int, shown: str) -> None:
    with reading("nl"):
        [today, *_] = nav_for(Role.CPK, everywhere, {"casefile.today": Count(number)}, None)
    assert today.shown == shown


def test_the_account_menu_holds_what_the_role_may_and_the_bar_lacks() -> None:
    def endpoints(role: Role) -> list[str]:
        return [link.endpoint for link in menu_for(person(role), everywhere)]

    everyones = ["notices.notices", "continuity.gaps", "accounts.me", "accounts.leave"]
    assert endpoints(Role.COORDINATOR) == [
        *everyones,
        "casefile.emergency",
        "casefile.emergencies",
        "casefile.together",
        "accounts.accounts",
        "reference.locations",
        "exchange.lists",
    ]
    assert endpoints(Role.CPK) == [*everyones, "casefile.emergency", "reference.locations"]
    assert endpoints(Role.ADMINISTRATOR) == ["accounts.me", "casefile.together", "exchange.lists"]
    assert endpoints(Role.MONITOR) == ["accounts.me"]
    assert menu_for(person(Role.CPK), set().__contains__) == []


def test_the_header_says_the_role_and_where(reading: Reading) -> None:
    with reading("nl"):
        assert role_label(Role.CPK, "Biddinghuizen") == "CPK Biddinghuizen"
        assert role_label(Role.COORDINATOR) == "Coördinator"
        assert role_label(None) == ""


@pytest.mark.parametrize(
    ("wishes", "language"),
    [((None, None, None), "nl"), (("en", "nl", None), "en"), ((None, "en", "nl"), "en"),
     (("xx", None, "en"), "en"), (("xx",), "nl")],
)  # fmt: skip
def test_the_first_wish_for_a_language_of_ours_counts(
    wishes: tuple[str | None, ...], language: str
) -> None:
    assert choose(*wishes) == language


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org", "/\\example.org", "kinderen", "/a\nb", ""]
)
def test_the_switch_of_languages_never_leads_outside(address: str) -> None:
    assert own_address(address) == "/"


def test_the_switch_of_languages_returns_to_the_page() -> None:
    assert own_address("/signaleringen?regio=noord") == "/signaleringen?regio=noord"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: type(next(iter(table))).__name__)
def test_every_code_has_words_in_both_languages(reading: Reading, table: object) -> None:
    assert isinstance(table, dict)
    kind = type(next(iter(table)))
    assert set(table) == set(kind)
    for language in ("nl", "en"):
        with reading(language):
            assert all(str(label(code)).strip() for code in kind)


def test_options_are_pairs_for_a_form_and_can_be_a_few() -> None:
    assert [value for value, _ in options(Severity)] == ["critical", "warning", "notice"]
    assert [value for value, _ in options(PlacementKind, {PlacementKind.AZC})] == ["AZC"]
    assert label(None) == ""
    assert len(options(CareKind)) == len(CareKind)
