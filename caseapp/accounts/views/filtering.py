"""The filters of the list of accounts: codes in the address, words on the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import url_for
from flask_babel import gettext as _

from caseapp.accounts import actions
from caseapp.accounts.queries import State
from caseapp.accounts.views.blueprint import RightLine
from caseapp.domain.codes import Region
from caseapp.domain.policy import Role, ScopeKind
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference
from caseapp.web.labels import REGIONS, options
from caseapp.web.tiles import FilterChip, FilterSelect

C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; what makes no sense counts as not asked."""

    role: Role | None
    state: State
    place: tuple[ScopeKind, str] | None
    page: int

    def address(self, page: int = 1, without: str = "") -> str:
        """Return the address of the list with these filters, or without one of them."""
        values = {
            "rol": self.role or "",
            "staat": "" if self.state is State.OPEN else self.state,
            "plek": f"{self.place[0]}:{self.place[1]}" if self.place else "",
            "bladzijde": str(page) if page > 1 else "",
        }
        chosen: dict[str, Any] = {k: v for k, v in values.items() if v and k != without}
        return url_for("accounts.accounts", **chosen)


def wanted(args: Mapping[str, str]) -> Wanted:
    """Read the filters from the address."""
    scope, _colon, place = args.get("plek", "").partition(":")
    kind = code(ScopeKind, scope)
    page = args.get("bladzijde", "1")
    return Wanted(
        role=code(Role, args.get("rol", "")),
        state=code(State, args.get("staat", "")) or State.OPEN,
        place=(kind, place) if kind in {ScopeKind.LOCATION, ScopeKind.REGION} and place else None,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,  # noqa: PLR2004 (no list has a hundred thousand pages)
    )


def code(kind: type[C], text: str) -> C | None:
    """Return the code that a text names, or nothing."""
    return kind(text) if text in {member.value for member in kind} else None


def filters(work: Work, asked: Wanted) -> tuple[list[FilterSelect], list[FilterChip]]:
    """Return the filter bar: what can be chosen, and what is."""
    regions = [(f"region:{r.value}", _("region %(region)s", region=REGIONS[r])) for r in Region]
    places = [(f"location:{row.id}", row.name) for row in reference.locations(work)]
    selects = [
        FilterSelect("rol", _("Role"), [("", _("All roles")), *options(Role)], asked.role or ""),
        FilterSelect(
            "plek",
            _("Place"),
            [("", _("Everywhere")), *regions, *places],
            f"{asked.place[0]}:{asked.place[1]}" if asked.place else "",
        ),
        FilterSelect(
            "staat", _("State"), _states(), "" if asked.state is State.OPEN else asked.state
        ),
    ]
    chips = [
        FilterChip(
            _("%(name)s: %(value)s", name=s.label, value=dict(s.choices)[s.value]),
            asked.address(without=s.name),
        )
        for s in selects
        if s.value and s.value in dict(s.choices)
    ]
    return selects, chips


def region_of_line(work: Work, line: RightLine) -> str | None:
    """Return the region in which a right holds."""
    return actions.region_of(work, ScopeKind(line.grant.scope_kind), line.grant.scope_id)


def _states() -> list[tuple[str, str]]:
    return [
        ("", _("Open accounts")),
        (State.NO_RIGHT, _("Without a valid right")),
        (State.CLOSED, _("Closed accounts")),
    ]
