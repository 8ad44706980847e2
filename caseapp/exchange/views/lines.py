"""The rows of a list as its page shows them: who, what the row says, what is wrong, what can be decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from caseapp.domain.lists.columns import COLUMNS, names_of
from caseapp.domain.lists.course import Decision
from caseapp.domain.lists.kept import RowSaid
from caseapp.domain.lists.known import KnownChild
from caseapp.domain.lists.number_cells import v_number as read_v_number
from caseapp.domain.lists.problems import Problem
from caseapp.domain.lists.sentences import VERDICTS, of_problem
from caseapp.domain.lists.texts import clean, header_name, plain
from caseapp.domain.lists.words import ListKind, Reason, Severity, Verdict
from caseapp.exchange.queries import ShownRow
from caseapp.exchange.views.ours import ours
from caseapp.exchange.views.words import CANNOT, CANNOT_OTHERWISE, TAKING, TAKING_CARE
from caseapp.kernel.seals import Unreadable
from caseapp.web.filters import v_number
from caseapp.web.i18n import Words

LONGEST: Final = 60
"""Characters of a cell on the page; the file for Excel has all of it."""

LOOKS: Final[Mapping[Verdict, str]] = {
    Verdict.NEW: "plain",
    Verdict.CHANGED: "plain",
    Verdict.SAME: "plain",
    Verdict.DOUBTFUL: "warning",
    Verdict.REFUSED: "notice",
}
"""The look of the badge of a verdict: nothing here is red, no child is harmed by a cell."""

SAYS: Final[Mapping[ListKind, tuple[str, ...]]] = {
    ListKind.LOCATIONS: ("code", "kind", "municipality"),
    ListKind.OCCUPANCY: ("location", "since"),
    ListKind.TRANSFERS: ("from_location", "to_location", "planned_on", "status"),
    ListKind.CARE: ("kind", "provider", "referred_on"),
    ListKind.SCHOOL: ("name", "type", "attending_from"),
}
"""The fields by which people know a row again, besides whom it is about."""

NAMED_BY: Final[Mapping[ListKind, tuple[str, ...]]] = {
    ListKind.LOCATIONS: ("name",),
    ListKind.OCCUPANCY: ("given_names", "family_name"),
}
"""The fields that name whom or what a row is about; on other lists the file of the child does."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about a row, with what taking it means and what we have, if anything."""

    severity: str
    sentence: Words
    taking: Words = ""
    ours: Words = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown; `broken` is the reference when it does not open."""

    number: int
    verdict: Verdict
    look: str
    words: Words
    who: str = ""
    v_number: Markup | str = ""
    href: str = ""
    says: Sequence[tuple[str, str]] = ()
    remarks: Sequence[Remark] = ()
    changes: Sequence[str] = ()
    can: bool = False
    cannot: Words = ""
    decision: str = ""
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What rows are set beside: the children whose file is open, by V-number, and what we have of them.

    Once a list is over, `decides` is false: nothing can be chosen any more.
    """

    keys: Mapping[str, UUID]
    names: Mapping[UUID, str]
    known: Mapping[UUID, KnownChild]
    decides: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """Which list it is, and the field of ours behind each of its headers."""

    kind: ListKind
    fields: tuple[str | None, ...]

    @classmethod
    def of(cls, kind: ListKind, header: Sequence[str]) -> "Layout":
        """Return the layout of a list with this header."""
        known = names_of(kind)
        named = (known.get(header_name(one)) for one in header)
        return cls(kind, tuple(one.field if one else None for one in named))

    def cells(self, said: RowSaid) -> dict[str, str]:
        """Return what a row says, by field, as clean text; a V-number only when it can be read."""
        pairs = zip(self.fields, said.cells, strict=False)
        found = {name: plain(cell) for name, cell in pairs if name is not None}
        if "v_number" in found:
            found["v_number"] = number_of(found["v_number"])
        return {name: text for name, text in found.items() if text}


def number_of(cell: str) -> str:
    """Return the V-number that a cell holds, repaired; nothing when it holds none."""
    return str(read_v_number(cell, cell).value or "")


def numbers_in(layout: Layout, rows: Sequence[ShownRow]) -> list[str]:
    """Return the V-numbers that these rows name, each once."""
    cells = (layout.cells(row.said) for row in rows if isinstance(row.said, RowSaid))
    return list(dict.fromkeys(one["v_number"] for one in cells if "v_number" in one))


def lines_of(layout: Layout, rows: Sequence[ShownRow], beside: Beside) -> Iterator[Line]:
    """Yield the rows as they are shown."""
    for row in rows:
        bare = Line(row.number, row.verdict, LOOKS[row.verdict], _(VERDICTS[row.verdict]))
        if isinstance(row.said, Unreadable):
            yield replace(bare, broken=row.said.reference)
        else:
            yield _line(bare, layout, row, row.said, beside)


def _line(bare: Line, layout: Layout, row: ShownRow, said: RowSaid, beside: Beside) -> Line:
    cells = layout.cells(said)
    number = cells.get("v_number", "")
    key = beside.keys.get(number)
    child = beside.known.get(key) if key else None
    can = row.takeable and beside.decides
    waits = bare.verdict is Verdict.DOUBTFUL and beside.decides
    return replace(
        bare,
        who=_who(layout.kind, cells, beside.names.get(key, "") if key else ""),
        v_number=v_number(number) if number else "",
        href=url_for("casefile.show", child_id=key) if key else "",
        says=tuple(_says(layout.kind, cells)),
        remarks=tuple(_remarks(layout.kind, said, cells, child, can=can)),
        changes=said.changes,
        can=can,
        cannot=_cannot(said) if waits and not can else "",
        decision=_decision(row, beside),
    )


def _decision(row: ShownRow, beside: Beside) -> str:
    """Return what was decided; once a list is over, a row that is in doubt still was left out."""
    if row.verdict is Verdict.DOUBTFUL and not beside.decides:
        return Decision.LEAVE.value
    return row.decision or ""


def _who(kind: ListKind, cells: Mapping[str, str], on_file: str) -> str:
    named = " ".join(filter(None, map(cells.get, NAMED_BY.get(kind, ()))))
    return short(named) or on_file


def _says(kind: ListKind, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    columns = {column.field: column.name for column in COLUMNS[kind]}
    return ((columns[name], short(cells[name])) for name in SAYS[kind] if name in cells)


def _remarks(
    kind: ListKind,
    said: RowSaid,
    cells: Mapping[str, str],
    child: KnownChild | None,
    *,
    can: bool,
) -> Iterator[Remark]:
    fields = {column.name: column.field for column in COLUMNS[kind]}
    for one in said.problems:
        field = fields.get(one.column or "", "")
        beside = ours(one.reason, field, cells, child)
        yield Remark(
            severity=one.severity.value,
            sentence=of_problem(replace(one, value=short(one.value or "")), _),
            taking=_taking(kind, one) if can else "",
            ours=beside,
            theirs=_theirs(one, cells) if beside else "",
        )


def _taking(kind: ListKind, problem: Problem) -> Words:
    """Return what taking a doubt means, in a sentence."""
    if problem.severity is not Severity.DOUBTFUL:
        return ""
    table = TAKING_CARE if kind is ListKind.CARE else {}
    words = table.get(problem.reason) or TAKING.get(problem.reason, "")
    return str(words) % {"column": problem.column or ""}


def _theirs(problem: Problem, cells: Mapping[str, str]) -> str:
    """Return what the list says where we have something else; for a place also since when."""
    if problem.reason is Reason.NAME_DIFFERS:
        return _who(ListKind.OCCUPANCY, cells, "")
    if problem.reason in _PLACES:
        return " ".join(filter(None, (cells.get("location"), cells.get("since"))))
    return short(problem.value or "")


_PLACES: Final = frozenset({Reason.OLDER_THAN_OURS, Reason.UNANNOUNCED_MOVE})


def _cannot(said: RowSaid) -> Words:
    """Return why nobody can take a row."""
    told = {problem.reason for problem in said.problems}
    return next((words for reason, words in CANNOT.items() if reason in told), CANNOT_OTHERWISE)


def short(text: str) -> str:
    """Return a text as it fits on a row."""
    whole = clean(text)
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"
