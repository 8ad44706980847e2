"""The table of permissions is whole, and is the page that people agreed to (R5)."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from caseapp.domain import emergency
from caseapp.domain.granting import LEAVE_LASTS
from caseapp.domain.permissions_table import MEANS, permissions_table
from caseapp.domain.policy import POLICY, SCOPES_OF, Actor, Permission, Role, Sees
from caseapp.domain.second_factor import FRESH_FOR, LASTING
from caseapp.domain.two_people import SECOND
from tests.meta.tree import ROOT

Policy = Mapping[Role, frozenset[Permission]]


def written(page: Path) -> dict[str, set[str]]:
    """Read the permissions of each role back from the page."""
    rows = [line.strip("|").split("|") for line in page.read_text("utf-8").splitlines()]
    table = [[cell.strip() for cell in row] for row in rows]
    head = next(row for row in table if row[0] == "permission")
    body = [row for row in table if len(row) == len(head) and row[0] in set(Permission)]
    return {
        role: {row[0] for row in body if row[place] == "x"}
        for place, role in enumerate(head)
        if role in set(Role)
    }


def holes(policy: Policy) -> Iterator[str]:
    """Yield each role without a line or a permission, and each permission that nobody has."""
    for role in Role:
        if not policy.get(role):
            yield f"{role} has nothing"
    for permission in Permission:
        if not any(permission in granted for granted in policy.values()):
            yield f"{permission} is granted to nobody"


@pytest.mark.asvs("8.1.1", "8.2.1")
def test_the_policy_is_the_page_that_people_agreed_to() -> None:
    page = written(ROOT / "docs" / "permissions.md")
    assert page == {str(role): set(granted) for role, granted in POLICY.items()}


def test_a_permission_that_the_page_does_not_grant_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "permissions.md"
    text = (ROOT / "docs" / "permissions.md").read_text("utf-8")
    page.write_text(text.replace("| monitor_read |", "| monitor_write |"), "utf-8")
    assert "monitor_read" in written(ROOT / "docs" / "permissions.md")["monitor"]
    assert "monitor_read" not in written(page)["monitor"]


def test_every_role_has_something_and_every_permission_somebody() -> None:
    assert list(holes(POLICY)) == []
    assert set(MEANS) == set(Permission)
    assert set(SCOPES_OF) == set(Role)


def test_a_hole_in_the_policy_is_noticed() -> None:
    torn = {
        role: granted - {Permission.MONITOR_READ}
        for role, granted in POLICY.items()
        if role is not Role.GUARDIAN
    }
    assert list(holes(torn)) == [
        "guardian has nothing",
        "monitor has nothing",
        "monitor_read is granted to nobody",
    ]


def test_nobody_may_do_anything_without_a_role() -> None:
    nobody = Actor(account_id=None, name="anonymous")
    assert not any(nobody.may(permission) for permission in Permission)


PAGE = (ROOT / "docs" / "permissions.md").read_text("utf-8")


@pytest.mark.asvs("8.1.1", "8.1.2")
def test_the_page_says_how_much_of_a_file_and_which_fields_who_sees_and_writes() -> None:
    for sees in Sees:
        assert f"| `{sees}` |" in PAGE
    for permission in (Permission.HEALTH_READ, Permission.CARE_EDIT, Permission.LOCATION_EDIT):
        assert f"`{permission}`" in PAGE.partition("## Fields")[2]


@pytest.mark.asvs("8.1.3", "8.1.4")
def test_the_page_says_what_the_moment_decides_with_the_thresholds_of_the_code() -> None:
    moment = PAGE.partition("## What the moment decides")[2]
    hours, minutes = emergency.LASTS // timedelta(hours=1), FRESH_FOR // timedelta(minutes=1)
    for words in (
        f"{hours} hours of reading",
        f"{emergency.SHORTEST_REASON} characters of reason",
        f"{emergency.REVIEW_DAYS} working days",
        f"at most {minutes} minutes",
        f"at most {LEAVE_LASTS.days} days",
        *(f"good for {second.lasts.days} days" for second in SECOND.values()),
        *(
            f"{role} {lasts.idle // timedelta(minutes=1)} minutes"
            for role, lasts in LASTING.items()
        ),
    ):
        assert words in moment, words
    assert permissions_table() == PAGE.partition("\n\n")[2]
