"""The report of a list: counts that filter, the rows, what is still to decide, and what would be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _

from caseapp.domain.lists.course import Decision, RunState
from caseapp.domain.lists.kept import RunFacts
from caseapp.domain.lists.known import KnownChild
from caseapp.domain.lists.table import Origin
from caseapp.domain.lists.words import ListKind, Reason, Verdict
from caseapp.exchange import queries
from caseapp.exchange.facts import beside
from caseapp.exchange.queries import RowCounts
from caseapp.exchange.views.asking import (
    Asked,
    asked_for,
    chips,
    given,
    selects,
    tallies,
    title,
)
from caseapp.exchange.views.lines import Beside, Layout, Line, lines_of, numbers_in
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.people import queries as people
from caseapp.web.alert_rows import Named, name_and_age
from caseapp.web.paging import Pages, page_asked
from caseapp.web.tiles import FilterChip, FilterSelect, Tally

if TYPE_CHECKING:
    from caseapp.exchange.models import ListRun

SIZE: Final = 50
"""Rows on a page."""

MOST_MISSING: Final = 50
"""Children not on the list that the page names; more are counted."""


@dataclass(frozen=True, slots=True)
class Writes:
    """What applying the list writes and what it leaves out, in rows."""

    new: int
    changed: int
    same: int
    taken: int
    left: int
    undecided: int
    cannot: int
    refused: int

    @property
    def total(self) -> int:
        """Return how many rows are written."""
        return self.new + self.changed + self.taken

    @property
    def left_out(self) -> int:
        """Return how many rows are not."""
        return self.left + self.undecided + self.cannot + self.refused

    def sums(self) -> list[tuple[int, str]]:
        """Return each count with its words, in the order in which they are read."""
        return [
            (self.new, _("new")),
            (self.changed, _("changed")),
            (self.taken, _("in doubt, and taken by you")),
            (self.left, _("in doubt, and left out by you")),
            (self.undecided, _("in doubt, not decided yet: left out")),
            (self.cannot, _("in doubt, cannot be taken: left out")),
            (self.refused, _("refused: left out")),
            (self.same, _("the same as we have: nothing changes")),
        ]


@dataclass(frozen=True, slots=True)
class Missing:
    """A child of a place on the list that is on no row; its name only when its file is open."""

    v_number: str
    who: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the page of a list shows of its rows."""

    counts: RowCounts
    writes: Writes
    asked: Asked
    tallies: Sequence[Tally]
    selects: Sequence[FilterSelect]
    lines: Sequence[Line]
    pages: Pages
    sole: int
    """Rows that wait for the doubt of the filter and no other."""
    missing: Sequence[Missing]
    missing_in_all: int
    ignored: Sequence[str]
    broken: str = ""

    @property
    def unannounced(self) -> int:
        """Return how many children moved without anybody telling us."""
        return self.counts.reasons.get(Reason.UNANNOUNCED_MOVE, 0)

    @property
    def to_decide(self) -> int:
        """Return how many rows somebody can decide about."""
        return sum(self.counts.decisions.values())

    @property
    def decided(self) -> int:
        """Return about how many of them somebody has."""
        return self.to_decide - self.counts.decisions.get(None, 0)

    @property
    def left_out(self) -> int:
        """Return how many rows are not written, as the file for Excel has them."""
        return self.writes.left_out

    @property
    def title(self) -> str:
        """Return the heading above the rows."""
        return title(self.asked)

    @property
    def chips(self) -> list[FilterChip]:
        """Return the filters that are on."""
        return chips(self.asked)

    @property
    def action(self) -> str:
        """Return where decisions are sent, with the filters to come back to."""
        return url_for("exchange.decide", run_id=self.asked.run_id, **given())  # type: ignore[arg-type]

    def href(self, page: int) -> str:
        """Return the address of another page of these rows."""
        return self.asked.address(pagina=str(page))


def report_of(work: Work, run: "ListRun") -> Report:
    """Return the report of a list that was looked at, and note which children it shows."""
    counts = queries.row_counts(work, run)
    asked = asked_for(run.id, counts)
    total = queries.count_rows(work, run, asked.verdict, asked.reason)
    pages = Pages(total, page_asked(request.args), SIZE)
    facts = readable(run, "facts")
    known = facts if isinstance(facts, RunFacts) else RunFacts(Origin())
    missing = known.not_on_list
    return Report(
        counts=counts,
        writes=writes_of(run, counts),
        asked=asked,
        tallies=tallies(asked, run.counts),
        selects=selects(asked, counts),
        lines=_lines(work, run, known, asked, pages),
        pages=pages,
        sole=len(queries.numbers_to_decide(work, run, asked.reason)) if asked.reason else 0,
        missing=_missing(work, run, missing[:MOST_MISSING]),
        missing_in_all=len(missing),
        ignored=known.ignored_columns,
        broken=facts.reference if isinstance(facts, Unreadable) else "",
    )


def writes_of(run: "ListRun", counts: RowCounts) -> Writes:
    """Return what applying a list writes, as far as its rows are decided now."""
    rows = {verdict: run.counts.get(verdict.value, 0) for verdict in Verdict}
    decided = counts.decisions
    taken, left = decided.get(Decision.TAKE, 0), decided.get(Decision.LEAVE, 0)
    undecided = decided.get(None, 0)
    return Writes(
        new=rows[Verdict.NEW],
        changed=rows[Verdict.CHANGED],
        same=rows[Verdict.SAME],
        taken=taken,
        left=left,
        undecided=undecided,
        cannot=max(rows[Verdict.DOUBTFUL] - taken - left - undecided, 0),
        refused=rows[Verdict.REFUSED],
    )


def _lines(work: Work, run: "ListRun", facts: RunFacts, asked: Asked, pages: Pages) -> list[Line]:
    """Return the rows of a page; what we have stands beside them while the list is not written yet."""
    found = queries.rows(work, run, asked.verdict, asked.reason, page=pages.page, size=SIZE)
    kind = ListKind(run.list_kind)
    layout = Layout.of(kind, facts.header)
    numbers = [] if kind is ListKind.LOCATIONS else numbers_in(layout, found)
    keys = people.by_v_numbers(work, numbers)
    ready = run.state == RunState.READY
    known = _known(work, run, keys) if ready else {}
    names = {key: card.name for key, card in people.cards(work, keys.values()).items()}
    return list(lines_of(layout, found, Beside(keys, names, known, ready)))


def _known(work: Work, run: "ListRun", keys: Mapping[str, UUID]) -> Mapping[UUID, KnownChild]:
    """Return what we have of children; nothing when a file of one of them does not open."""
    try:
        return beside(work, ListKind(run.list_kind), keys, run.on_day)
    except Unreadable:
        return {}


def _missing(work: Work, run: "ListRun", v_numbers: Sequence[str]) -> list[Missing]:
    """Return who is not on the list of its own place, with the way to its file when that is open."""
    keys = people.by_v_numbers(work, v_numbers)
    if keys:
        work.saw("list-missing", keys.values(), object="list_run", object_id=run.id)
    cards = people.cards(work, keys.values())
    return [_named(work, one, keys.get(one), cards) for one in v_numbers]


def _named(work: Work, number: str, key: UUID | None, cards: Mapping[UUID, Named]) -> Missing:
    if key is None:
        return Missing(number)
    href = url_for("casefile.show", child_id=key)
    return Missing(number, name_and_age(cards.get(key), work.today), href)
