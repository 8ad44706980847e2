"""Bringing in a list: the form, what a list looks like, and an example to begin with."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from caseapp.accounts.actions import only_once
from caseapp.domain.lists.problems import FileError
from caseapp.domain.lists.reader import read_table
from caseapp.domain.lists.sentences import KINDS, of_file
from caseapp.domain.lists.words import ListKind
from caseapp.domain.policy import Permission
from caseapp.exchange import queries
from caseapp.exchange.actions import submit
from caseapp.exchange.forms import TOO_BIG, UploadForm
from caseapp.exchange.views.blueprint import JOB, bp
from caseapp.exchange.views.columns import (
    ADDRESSES,
    BY_ADDRESS,
    Told,
    as_csv,
    as_workbook,
    columns_of,
)
from caseapp.kernel.queueing import nudge
from caseapp.kernel.work import Work
from caseapp.web.forms import some
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.request import current_actor, machine
from caseapp.web.sheets import MEDIA_TYPE

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun

FIRST_DAY: Final = date(1990, 1, 1)
"""No list speaks of a day before it: no date on one may lie there either (samples, section 3)."""

FORMS: Final[Mapping[str, tuple[Callable[[ListKind, date], bytes], str]]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_workbook, MEDIA_TYPE),
}


@bp.route("/verhuizingen/lijsten/nieuw", methods=["GET", "POST"])
@guard(Permission.LIST_IMPORT)
def upload(work: Work) -> ResponseReturnValue:
    """Take in a list to look at; a file that is no such list is answered here, with its sentence."""
    kinds = _kinds(work)
    sent: MultiDict[str, Any] = CombinedMultiDict([request.form, request.files])
    form = UploadForm(sent, values=_usual(work, kinds))
    form.offer(kinds)
    form.on.earliest, form.on.latest = FIRST_DAY, work.today
    if form.submitted:
        try:
            return _take_in(work, form)
        except FileError as fault:
            form.file.errors = [of_file(fault, _)]
    return _page(form, kinds)


def _kinds(work: Work) -> list[ListKind]:
    return [kind for kind in ListKind if queries.may_bring(work.actor, kind)]


def _usual(work: Work, kinds: Sequence[ListKind]) -> dict[str, object]:
    """Return what stands in the form before somebody fills it in: today, and the list when there is one."""
    only = kinds[0].value if len(kinds) == 1 else None
    return {"on": work.today, "kind": only}


def _take_in(work: Work, form: UploadForm) -> ResponseReturnValue:
    """Keep the list, once, and go to its page. Raises FileError."""
    file = some(form.file)
    kind = ListKind(some(form.kind))
    table = read_table(kind, file.data)
    about: dict[str, Any] = {"file_name": file.name, "on": some(form.on)}
    about["file_hash"] = sha256(file.data).digest()
    made: list[ListRun] = []
    only_once(work, form.once.data, lambda: made.append(submit(work, kind, table, **about)))
    work.commit()
    if not made:
        return redirect(url_for("exchange.lists"), 303)
    nudge(machine().settings, JOB)
    return redirect(url_for("exchange.run", run_id=made[0].id), 303)


def _page(form: UploadForm, kinds: Sequence[ListKind]) -> str:
    told: list[tuple[Words, Words, str, list[Told]]] = [
        (kind.value, _(KINDS[kind]), ADDRESSES[kind], columns_of(kind)) for kind in kinds
    ]
    return render_template("exchange/upload.html", form=form, kinds=told)


@bp.errorhandler(413)
def too_much(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say at the form that the file is too large: it was not read, so the answers have to be given again."""
    if not current_actor().may(Permission.LIST_IMPORT):
        return render_template("errors/413.html"), 413
    kinds = [kind for kind in ListKind if queries.may_bring(current_actor(), kind)]
    form = UploadForm(MultiDict())
    form.offer(kinds)
    form.file.errors = [str(TOO_BIG)]
    return _page(form, kinds), 413


@bp.route("/verhuizingen/lijsten/voorbeeld")
@guard(Permission.LIST_IMPORT)
def example(work: Work) -> ResponseReturnValue:
    """Give a list with its columns and one made-up row, for Excel or as CSV."""
    kind = BY_ADDRESS.get(request.args.get("lijst", ""), ListKind.OCCUPANCY)
    form = request.args.get("vorm", "")
    make, media_type = FORMS.get(form, FORMS["csv"])
    answer = Response(make(kind, work.today), content_type=media_type)
    name = f"{ADDRESSES[kind]}.{form if form in FORMS else 'csv'}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
