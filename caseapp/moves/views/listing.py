"""The list of moves: coming and going."""

from collections.abc import Mapping
from math import ceil
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.accounts import queries as accounts
from caseapp.domain.codes import Region, TransferStatus
from caseapp.domain.policy import Permission
from caseapp.kernel.work import Work
from caseapp.moves import queries
from caseapp.moves.queries import Direction, Wanted
from caseapp.moves.views.blueprint import bp, shown_with
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.guard import guard
from caseapp.web.labels import REGIONS, TRANSFER_STATUSES
from caseapp.web.request import machine
from caseapp.web.tiles import FilterChip, FilterSelect

C = TypeVar("C")


@bp.route("/verhuizingen")
@guard(Permission.MOVE_READ)
def moves(work: Work) -> ResponseReturnValue:
    """List who comes and who goes at the own places, those that are not over first."""
    wanted = _wanted(request.args)
    size = machine().settings.page_size
    page = _page(request.args)
    found = queries.listing(work, wanted, page, size)
    ids = [row.child_id for row in found.rows]
    work.saw("list-moves", ids)
    names = reference.location_names(
        work, [one for row in found.rows for one in (row.from_location_id, row.to_location_id)]
    )
    handovers = queries.handovers(work, [row.id for row in found.rows])
    batons = queries.batons(work, ids)
    return render_template(
        "moves/moves.html",
        rows=[shown_with(row, names, handovers.get(row.id)) for row in found.rows],
        cards=people.cards(work, ids),
        bearers=_bearers(work, batons),
        total=found.total,
        page=page,
        pages=max(1, ceil(found.total / size)),
        size=size,
        selects=_selects(work, wanted),
        chips=_chips(wanted),
        page_address=lambda number: _address(_codes(wanted), number),
    )


def _bearers(work: Work, batons: Mapping[Any, queries.Baton]) -> dict[Any, str]:
    """Return by child who is responsible; somebody without an account only as being there."""
    names = accounts.names(work, [baton.account_id for baton in batons.values()])
    return {
        child_id: names.get(baton.account_id, "") if baton.account_id else _("without account")
        for child_id, baton in batons.items()
    }


def _wanted(args: Mapping[str, str]) -> Wanted:
    """Read the filter from the address; a code that we do not know is no filter."""
    direction = _code(Direction, args.get("richting"))
    status = _code(TransferStatus, args.get("stand"))
    region = _code(Region, args.get("regio"))
    return Wanted(direction, status, region.value if region else None)


def _code(kind: type[C], text: str | None) -> C | None:
    try:
        return kind(text) if text else None  # type: ignore[call-arg]
    except ValueError:
        return None


def _page(args: Mapping[str, str]) -> int:
    text = args.get("pagina", "1")
    return (
        max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < len("100000") else 1
    )


def _codes(wanted: Wanted) -> dict[str, str]:
    found = {"richting": wanted.direction, "stand": wanted.status, "regio": wanted.region}
    return {name: str(code) for name, code in found.items() if code is not None}


def _address(codes: Mapping[str, str], page: int = 1) -> str:
    values: dict[str, Any] = dict(codes)
    if page > 1:
        values["pagina"] = page
    return url_for("moves.moves", **values)


def _selects(work: Work, wanted: Wanted) -> list[FilterSelect]:
    codes = _codes(wanted)
    ways = [("", _("Coming and going")), ("comes", _("Coming")), ("goes", _("Going"))]
    states = [
        ("", _("Not over yet")),
        *((one.value, words) for one, words in TRANSFER_STATUSES.items()),
    ]
    selects = [
        FilterSelect("stand", _("State"), states, codes.get("stand", "")),
    ]
    if not work.actor.is_national or wanted.region:
        selects.insert(0, FilterSelect("richting", _("Direction"), ways, codes.get("richting", "")))
    if work.actor.is_national:
        regions = [("", _("All regions")), *((one.value, words) for one, words in REGIONS.items())]
        selects.append(FilterSelect("regio", _("Region"), regions, codes.get("regio", "")))
    return selects


def _chips(wanted: Wanted) -> list[FilterChip]:
    codes = _codes(wanted)
    words = {
        "richting": _("Coming") if wanted.direction is Direction.COMES else _("Going"),
        "stand": TRANSFER_STATUSES[wanted.status] if wanted.status else "",
        "regio": REGIONS[Region(wanted.region)] if wanted.region else "",
    }
    return [
        FilterChip(words[name], _address({k: v for k, v in codes.items() if k != name}))
        for name in codes
    ]
