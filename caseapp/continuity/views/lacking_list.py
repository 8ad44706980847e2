"""The list of children who lack one fact, each with the form on which it is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.continuity import queries
from caseapp.continuity.queries import Line, Where
from caseapp.continuity.scope import the_lack
from caseapp.continuity.views.blueprint import bp, reading_of
from caseapp.domain.codes import Region
from caseapp.domain.gaps import Lack
from caseapp.domain.policy import Permission, Sees
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.reference import queries as reference
from caseapp.web.gap_words import MISSING, form_of, who_can
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.paging import Pages, page_asked
from caseapp.web.request import machine
from caseapp.web.sentences import TELLINGS

if TYPE_CHECKING:
    from caseapp.reference.models import Location

ELSEWHERE: Final = "-"
"""What stands in an address for who lives at no location of ours."""


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child that lacks the fact: who, where, which rules are silent, and the form.

    The place is linked when it is the place that lacks the fact.
    """

    who: str
    href: str
    place: Words
    place_href: str
    rules: Sequence[Words]
    form: str


@bp.route("/gegevens/lijst/<fact:slug>")
@guard(Permission.ALERT_READ, on=the_lack)
def gap_list(work: Work, lack: Lack) -> ResponseReturnValue:
    """List the children in the own scope who lack a fact; the address may name a location or region."""
    code = request.args.get("locatie", "")
    place = reference.by_code(work, code) if code and code != ELSEWHERE else None
    where = _where(code, place)
    size, page = machine().settings.page_size, page_asked(request.args)
    lines, total = queries.who_lacks(work, lack, where, page, size)
    work.saw("list-lacking", [line.child_id for line in lines], fields=(lack.value,))
    return render_template(
        "continuity/gap_list.html",
        missing=MISSING[lack],
        rows=_rows(work, lack, lines, code if where != Where() else ""),
        total=total,
        where=_words(where, place),
        who=who_can(lack),
        pages=Pages(total, page, size),
        href=lambda to: _at(lack, pagina=str(to)),
        up=url_for("continuity.gaps_at", location_id=place.id)
        if place is not None and queries.any_lives_at(work, place.id)
        else url_for("continuity.gaps", regio=where.region),
    )


def _where(code: str, place: "Location | None") -> Where:
    """Read from the address which children are asked for; a code that means nothing asks for all."""
    region = request.args.get("regio", "")
    return Where(
        region=region if region in set(Region) else None,
        location_id=place.id if place is not None else None,
        elsewhere=code == ELSEWHERE,
    )


def _rows(work: Work, lack: Lack, lines: Sequence[Line], code: str) -> list[ChildRow]:
    children = [line.child_id for line in lines]
    reading = reading_of(work, (), Sees.ALL, also=children)
    homes = people.here(work, children)
    known = {row.id for row in reference.locations(work)} if lack is Lack.GROUP_SIZE else set()
    rows = []
    for line in lines:
        at = homes.get(line.child_id)
        location_id: UUID | None = at.location_id if at else None
        rows.append(
            ChildRow(
                who=reading.who(line.child_id),
                href=url_for("casefile.show", child_id=line.child_id),
                place=reading.places.get(line.child_id, "") or _("nowhere on record"),
                place_href=url_for("reference.location", location_id=location_id)
                if lack is Lack.GROUP_SIZE and location_id in known
                else "",
                rules=[TELLINGS[rule].short for rule in line.rules],
                form=form_of(lack, work.actor, line.child_id, line.record_id, location_id, code),
            )
        )
    return rows


def _words(where: Where, place: "Location | None") -> Words:
    if place is not None:
        return place.name
    return _("At no location of ours") if where.elsewhere else ""


def _at(lack: Lack, **more: str) -> str:
    asked = ("locatie", "regio")
    kept: dict[str, Any] = {name: request.args[name] for name in asked if request.args.get(name)}
    return url_for("continuity.gap_list", slug=MISSING[lack].slug, **(kept | more))
