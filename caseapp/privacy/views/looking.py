"""Who saw the file of a child: as a page, as a file, and as a sheet for the child or its parent.

For who sees the child (guardian, coordinator) and for the privacy desk; making it is recorded too.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.policy import Permission
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people.queries import Sight
from caseapp.people.scope import the_open_child
from caseapp.privacy import queries
from caseapp.privacy.forms import PeriodForm
from caseapp.privacy.queries import Found
from caseapp.privacy.scope import the_found_child
from caseapp.privacy.views.blueprint import bp
from caseapp.privacy.views.saying import SeenLine, lines_of
from caseapp.web.alert_rows import name_of
from caseapp.web.days import write_day
from caseapp.web.filters import clock_time
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.paging import Pages, page_asked
from caseapp.web.request import machine
from caseapp.web.sheets import harmless

DESK: Final = "privacy.who_saw"
"""The endpoints of the privacy desk, and of who sees the child, are these and with an ending each."""
SCOPE: Final = "privacy.looks"


@dataclass(frozen=True, slots=True)
class Whose:
    """The child that a page is about, and by which addresses."""

    child_id: UUID
    name: str
    first_name: str
    door: str

    def href(self, ending: str = "", **more: object) -> str:
        """Return the address of the page, its file or its sheet, with the period that was asked."""
        kept = {key: request.args[key] for key in ("van", "tot") if request.args.get(key)}
        given: dict[str, object] = kept | more
        return url_for(f"{self.door}{ending}", child_id=self.child_id, **given)  # type: ignore[arg-type]

    @property
    def back(self) -> tuple[str, str]:
        """Return the way back, with its words."""
        if self.door == DESK:
            return url_for("privacy.subject", child_id=self.child_id), self.name
        return url_for("casefile.show", child_id=self.child_id), self.name


def _found(child: Found) -> Whose:
    card = child.card
    if card is None:
        return Whose(child.child_id, _("name not readable"), _("this child"), DESK)
    return Whose(child.child_id, card.name, card.first_name, DESK)


def _sight(child: Sight) -> Whose:
    card = readable(child.child, "card")
    first = _("this child") if isinstance(card, Unreadable) else card.first_name
    return Whose(child.id, name_of(card), first, SCOPE)


@bp.route("/inzage/<uuid:child_id>/wie-zag")
@guard(Permission.PRIVACY_DESK, on=the_found_child)
def who_saw(work: Work, child: Found) -> ResponseReturnValue:
    """Show the privacy officer who saw a file."""
    return _page(work, _found(child))


@bp.route("/inzage/<uuid:child_id>/wie-zag/bestand")
@guard(Permission.PRIVACY_DESK, on=the_found_child)
def who_saw_file(work: Work, child: Found) -> ResponseReturnValue:
    """Give the privacy officer the same as CSV."""
    return _file(work, _found(child))


@bp.route("/inzage/<uuid:child_id>/wie-zag/blad")
@guard(Permission.PRIVACY_DESK, on=the_found_child)
def who_saw_sheet(work: Work, child: Found) -> ResponseReturnValue:
    """Show the sheet for child or parent, to print."""
    return _sheet(work, _found(child))


@bp.route("/kinderen/<uuid:child_id>/wie-zag")
@guard(Permission.WHO_SAW, on=the_open_child)
def looks(work: Work, child: Sight) -> ResponseReturnValue:
    """Show who saw the file of a child in the own scope."""
    return _page(work, _sight(child))


@bp.route("/kinderen/<uuid:child_id>/wie-zag/bestand")
@guard(Permission.WHO_SAW, on=the_open_child)
def looks_file(work: Work, child: Sight) -> ResponseReturnValue:
    """Give the same as CSV."""
    return _file(work, _sight(child))


@bp.route("/kinderen/<uuid:child_id>/wie-zag/blad")
@guard(Permission.WHO_SAW, on=the_open_child)
def looks_sheet(work: Work, child: Sight) -> ResponseReturnValue:
    """Show the sheet for child or parent, to print."""
    return _sheet(work, _sight(child))


def _page(work: Work, whose: Whose) -> ResponseReturnValue:
    form = PeriodForm(request.args if _asked() else None)
    every = _made(work, whose, form, "page")[::-1]
    size, page = machine().settings.page_size, page_asked(request.args)
    pages = Pages(len(every), page, size)
    return render_template(
        "privacy/who_saw.html",
        whose=whose,
        form=form,
        lines=every[pages.first - 1 : pages.last],
        pages=pages,
        asked=_asked(),
        href=lambda to: whose.href(pagina=to),
    )


def _file(work: Work, whose: Whose) -> ResponseReturnValue:
    lines = _made(work, whose, PeriodForm(request.args if _asked() else None), "file")
    name = _("who-saw-%(day)s", day=work.today.isoformat())
    answer = Response(as_csv(lines), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


def _sheet(work: Work, whose: Whose) -> ResponseReturnValue:
    form = PeriodForm(request.args if _asked() else None)
    lines = _made(work, whose, form, "sheet")
    days: dict[str, list[SeenLine]] = {}
    for line in lines:
        days.setdefault(write_day(line.day), []).append(line)
    return render_template(
        "privacy/who_saw_sheet.html", whose=whose, days=days, form=form, today=work.today
    )


def _asked() -> bool:
    """Say whether the address holds a period."""
    return bool(request.args.get("van") or request.args.get("tot"))


def _made(work: Work, whose: Whose, form: PeriodForm, shape: str) -> list[SeenLine]:
    """Return the lines of the period that was asked, the first one first, and record that they were made."""
    found = queries.who_saw(work, whose.child_id, form.period() if _asked() else None)
    work.saw("who-saw-read", [whose.child_id], fields=(shape,))
    return lines_of(work, found)


def heads() -> list[Words]:
    """Return the heads of the columns, in the language of the page."""
    return [
        _("Day"),
        _("First time"),
        _("Who"),
        _("Role"),
        _("Organisation"),
        _("In place of"),
        _("What"),
        _("By which right"),
        _("Emergency"),
        _("Times"),
    ]


def as_csv(lines: Sequence[SeenLine]) -> bytes:
    """Return who saw the file as CSV that a Dutch Excel opens well."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(str(head)) for head in heads()])
    for line in lines:
        cells = (
            write_day(line.day),
            clock_time(line.at),
            line.who,
            line.role,
            line.organisation,
            line.in_place_of,
            line.did,
            line.right,
            _("Yes") if line.is_emergency else _("No"),
            line.times,
        )
        writer.writerow([harmless(str(cell)) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def as_text(lines: Sequence[SeenLine]) -> str:
    """Return who saw the file as text, a line each."""
    return "\n".join(
        f"{write_day(line.day)} {clock_time(line.at)}  {line.sentence}" for line in lines
    )
