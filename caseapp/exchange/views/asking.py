"""Which rows of a list an address asks for, and the counts and choices that lead to other ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from caseapp.domain.lists.sentences import VERDICTS
from caseapp.domain.lists.words import Reason, Verdict
from caseapp.exchange.queries import RowCounts
from caseapp.exchange.views.reasons import REASONS
from caseapp.web.filters import number
from caseapp.web.i18n import Words
from caseapp.web.tiles import FilterChip, FilterSelect, Tally

CODES: Final = {
    "nieuw": Verdict.NEW,
    "veranderd": Verdict.CHANGED,
    "zelfde": Verdict.SAME,
    "twijfel": Verdict.DOUBTFUL,
    "geweigerd": Verdict.REFUSED,
}
"""How an address asks for the rows of a verdict."""

WORDS_OF: Final = {verdict: code for code, verdict in CODES.items()}
ALL: Final = "alle"
FILTERS: Final = ("uitkomst", "reden", "pagina")
"""What an address of a list may hold: codes only."""

TITLES: Final[Mapping[Verdict, Words]] = {
    Verdict.NEW: _l("New rows"),
    Verdict.CHANGED: _l("Changed rows"),
    Verdict.SAME: _l("Rows that say the same as we have"),
    Verdict.DOUBTFUL: _l("Rows in doubt"),
    Verdict.REFUSED: _l("Refused rows"),
}
"""The heading above the rows of a verdict."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows to show; without a word in the address first what waits for a person, then what is lost."""

    run_id: UUID
    verdict: Verdict | None
    reason: Reason | None

    def address(self, **changes: str) -> str:
        """Return the address of these rows, or of others: an empty code takes a filter away."""
        verdict = WORDS_OF[self.verdict] if self.verdict else ALL
        codes = {"uitkomst": verdict, "reden": self.reason.value if self.reason else ""} | changes
        given = {name: code for name, code in codes.items() if code}
        return url_for("exchange.run", run_id=self.run_id, **given)  # type: ignore[arg-type]

    def given(self) -> dict[str, str]:
        """Return what the address holds, for the forms of the page."""
        return given()


def given() -> dict[str, str]:
    """Return the filters and the page that the address holds."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def address_of(run_id: UUID) -> str:
    """Return the address of the page of a list, with the filters of the present one."""
    return url_for("exchange.run", run_id=run_id, **given())  # type: ignore[arg-type]


def asked_for(run_id: UUID, counts: RowCounts) -> Asked:
    """Read the filter from the address; a code that means nothing is no filter."""
    code, reason = request.args.get("uitkomst", ""), request.args.get("reden", "")
    why = Reason(reason) if reason in set(Reason) else None
    if code in CODES:
        return Asked(run_id, CODES[code], why)
    if code == ALL or why is not None:
        return Asked(run_id, None, why)
    first = (one for one in (Verdict.DOUBTFUL, Verdict.REFUSED) if counts.verdicts.get(one))
    return Asked(run_id, next(first, None), None)


def tallies(asked: Asked, counts: Mapping[str, int]) -> list[Tally]:
    """Return how many rows came to each verdict, each the way to those rows."""
    return [
        Tally(
            counts.get(verdict.value, 0),
            _(VERDICTS[verdict]),
            asked.address(uitkomst=WORDS_OF[verdict], reden=""),
            severity=_edge(verdict, counts),
            current=asked.verdict is verdict,
        )
        for verdict in Verdict
    ]


def _edge(verdict: Verdict, counts: Mapping[str, int]) -> str:
    return "warning" if verdict is Verdict.DOUBTFUL and counts.get(verdict.value) else ""


def selects(asked: Asked, counts: RowCounts) -> list[FilterSelect]:
    """Return the choices of the filter: what became of a row, and why; only reasons that there are."""
    verdict = WORDS_OF[asked.verdict] if asked.verdict else ALL
    outcomes = [(ALL, _("all rows")), *((WORDS_OF[one], _(VERDICTS[one])) for one in Verdict)]
    there = [one for one in Reason if counts.reasons.get(one) or one is asked.reason]
    reasons: list[tuple[str, Words]] = [("", _("every reason"))]
    reasons += [
        (one.value, f"{REASONS[one]} ({number(counts.reasons.get(one, 0))})") for one in there
    ]
    reason = asked.reason.value if asked.reason else ""
    return [
        FilterSelect("uitkomst", _("What becomes of it"), outcomes, verdict),
        FilterSelect("reden", _("Why"), reasons, reason),
    ]


def chips(asked: Asked) -> list[FilterChip]:
    """Return the filters that are on, each with the way to the page without it."""
    found = []
    if asked.verdict is not None:
        found.append(FilterChip(_(VERDICTS[asked.verdict]), asked.address(uitkomst=ALL)))
    if asked.reason is not None:
        found.append(FilterChip(REASONS[asked.reason], asked.address(reden="")))
    return found


def title(asked: Asked) -> str:
    """Return the heading above the rows."""
    if asked.verdict is None:
        return _("All rows but those that are the same")
    return str(TITLES[asked.verdict])


def count_words(total: int) -> str:
    """Return how many rows the filter leaves."""
    return ngettext("%(num)s row", "%(num)s rows", total)
