"""The caseload: everyone in the reader's scope, the worst off first, and why each stands where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.casefile.views.blueprint import bp, concerned
from caseapp.continuity import queries as continuity
from caseapp.continuity.queries import Asked
from caseapp.continuity.views.blueprint import reading_of
from caseapp.continuity.views.board import SEVERITY_CODES as CODES
from caseapp.domain.codes import TransferStatus
from caseapp.domain.policy import Permission, Role, Sees
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.observations import queries as observations
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.alert_rows import row_of
from caseapp.web.filters import day_near
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import SEVERITIES
from caseapp.web.paging import Pages, page_asked
from caseapp.web.request import machine
from caseapp.web.sentences import TELLINGS
from caseapp.web.tiles import AlertRow, FilterChip, FilterSelect

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer

FILTERS: Final = ("locatie", "ernst", "soort", "pagina")
"""What an address of the caseload may hold: codes only."""


@dataclass(frozen=True, slots=True)
class Line:
    """One child of the caseload: who, why it stands here, where, where to, and when last seen."""

    child_id: UUID
    who: str
    alert: AlertRow | None
    place: Words
    coming: str
    seen: date | None

    @property
    def href(self) -> str:
        """Return the page of the child."""
        return url_for("casefile.show", child_id=self.child_id)


@bp.route("/kinderen")
@guard(Permission.CHILD_READ)
def caseload(work: Work) -> ResponseReturnValue:
    """List the children in scope, the worst off first; the filter stands in the address."""
    asked = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    size, page = machine().settings.page_size, page_asked(asked)
    scope = _scope(work, asked)
    wanted = Asked(
        CODES.get(asked.get("ernst", "")),
        asked["soort"] if asked.get("soort") in TELLINGS else None,
    )
    ids, total = continuity.in_order(work, scope, wanted, page, size)
    work.saw("list-caseload", ids)
    number, _critical = concerned(work)
    selects = _selects(work, asked)  # fetches all locations: whatever names one asks no more
    return render_template(
        "casefile/caseload.html",
        title=_title(work),
        lines=_lines(work, ids),
        total=total,
        number=number,
        pages=Pages(total, page, size),
        selects=selects,
        chips=_chips(selects, asked),
        href=lambda to: _at(asked, pagina=str(to)),
        count=ngettext("%(num)s child", "%(num)s children", total),
    )


def _scope(work: Work, asked: Mapping[str, str]) -> Any:
    """Return the children in scope, those of one location when the filter names it."""
    scope = people.followed_ids(work)
    place = reference.by_code(work, asked["locatie"]) if "locatie" in asked else None
    if place is None:
        return scope
    return scope.where(scope.selected_columns[0].in_(people.ids_at(work, place.id)))


def _title(work: Work) -> str:
    return _("My young people") if work.actor.role is Role.GUARDIAN else _("Children")


def _lines(work: Work, ids: Sequence[UUID]) -> list[Line]:
    worst = continuity.worst_of(work, ids)
    reading = reading_of(work, list(worst.values()), Sees.ALL, also=ids)
    seen = observations.last_seen(work, ids)
    coming = _coming(work, ids)
    return [
        Line(
            child_id=child_id,
            who=reading.who(child_id),
            alert=row_of(worst[child_id], reading) if child_id in worst else None,
            place=reading.places.get(child_id, ""),
            coming=coming.get(child_id, ""),
            seen=seen.get(child_id),
        )
        for child_id in ids
    ]


def _coming(work: Work, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return where and when the next move of each child goes, in words."""
    first = {child_id: rows[0] for child_id, rows in moves.planned(work, ids).items()}
    names = reference.location_names(work, [row.to_location_id for row in first.values()])
    return {child_id: _move_words(work, row, names) for child_id, row in first.items()}


def _move_words(work: Work, row: "Transfer", names: Mapping[UUID, str]) -> str:
    place = names.get(row.to_location_id, "") if row.to_location_id else ""
    day = day_near(row.planned_on, work.today)
    if row.status == TransferStatus.DEPARTED:
        return _("on the way to %(place)s", place=place or _("another place"))
    if place:
        return _("moves to %(place)s, %(day)s", place=place, day=day)
    return _("moves, %(day)s", day=day)


def _selects(work: Work, asked: Mapping[str, str]) -> list[FilterSelect]:
    kinds = sorted(
        ((code, telling.short) for code, telling in TELLINGS.items()),
        key=lambda pair: str(pair[1]).casefold(),
    )
    places = [(place.code, place.name) for place in own_places(work)]
    found = [
        FilterSelect(
            "ernst",
            _("How serious"),
            [("", _("Everybody")), *((code, SEVERITIES[s]) for code, s in CODES.items())],
            asked.get("ernst", ""),
        ),
        FilterSelect("soort", _("What is broken"), [("", _("Everything")), *kinds], asked.get("soort", "")),
    ]  # fmt: skip
    if len(places) > 1:
        choices = [("", _("All locations")), *places]
        found.insert(0, FilterSelect("locatie", _("Location"), choices, asked.get("locatie", "")))
    return found


def own_places(work: Work) -> list[Any]:
    """Return the locations of the reader's rights; for a desk over the country all of them."""
    actor = work.actor
    every = reference.locations(work)
    if actor.is_national:
        return list(every)
    return [
        place for place in every if place.id in actor.location_ids or place.region in actor.regions
    ]


def _chips(selects: Sequence[FilterSelect], asked: Mapping[str, str]) -> list[FilterChip]:
    found = []
    for select in selects:
        words = dict(select.choices).get(select.value) if select.value else None
        if words:
            kept = {k: v for k, v in asked.items() if k not in {select.name, "pagina"}}
            found.append(FilterChip(f"{select.label}: {words}", _at(kept)))
    return found


def _at(asked: Mapping[str, str], **more: str) -> str:
    values: dict[str, Any] = {**asked, **more}
    return url_for("casefile.caseload", **values)
