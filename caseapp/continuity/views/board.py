"""The board of a coordinator: what is broken now, by kind of break, worst first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseapp.accounts.queries import Someone
from caseapp.continuity import actions, queries
from caseapp.continuity.forms import AssignForm
from caseapp.continuity.queries import Choice, Counts, Group, Listed, Whose
from caseapp.continuity.views.blueprint import bp, reading_of
from caseapp.continuity.views.choosing import assign_form
from caseapp.domain.codes import Region
from caseapp.domain.policy import Permission
from caseapp.domain.rules.rule import Severity
from caseapp.kernel.work import Work
from caseapp.reference import queries as reference
from caseapp.web.alert_rows import Reading, row_of
from caseapp.web.guard import guard
from caseapp.web.i18n import Words
from caseapp.web.labels import REGIONS, SEVERITIES
from caseapp.web.paging import Pages, page_asked
from caseapp.web.request import machine
from caseapp.web.sentences import TELLINGS
from caseapp.web.tiles import BoardGroup, FilterChip, FilterSelect, Tally

FILTERS: Final = ("regio", "locatie", "stuk", "ernst", "eigenaar", "termijn", "pagina")
"""What an address of the board may hold: codes only."""

SHOWN: Final = 5
"""Alerts of a kind on the board; the page of that kind has them all."""

SEVERITY_CODES: Final = {
    "ernstig": Severity.CRITICAL,
    "waarschuwing": Severity.WARNING,
    "let-op": Severity.NOTICE,
}
WORDS_OF_SEVERITY: Final = {severity: code for code, severity in SEVERITY_CODES.items()}


@dataclass(frozen=True, slots=True)
class Acts:
    """What the reader can do with one row of the board."""

    form: AssignForm
    version: int
    is_mine: bool
    page: str
    take: str
    assign: str
    mistaken: str


@bp.route("/signaleringen")
@guard(Permission.ALERT_ASSIGN)
def board(work: Work) -> ResponseReturnValue:
    """Show every interruption in the own region: what, where, whose, and how late."""
    asked = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    choice = _choice(work, asked)
    counts = queries.counts(work, choice)
    number, children = queries.chosen(work, choice, counts)
    selects = _selects(work, asked)  # fetches all locations: whatever names one asks no more
    groups, pages = _groups(work, choice, asked, number)
    shown = [row for group in groups for row in group.rows]
    work.saw("list-alerts", [row.child_id for row in shown])
    reading = reading_of(work, shown)
    return render_template(
        "continuity/board.html",
        tallies=_tallies(counts, asked),
        selects=selects,
        chips=_chips(selects, asked),
        count=_count_words(number, children),
        groups=[_group(group, reading, asked, whole=pages is not None) for group in groups],
        acts=_acts(work, shown),
        where=_where(work),
        pages=pages,
        loads=queries.count_loads(work),
        href=lambda to: _at(asked, pagina=str(to)),
        back=request.full_path.rstrip("?"),
    )


def _groups(
    work: Work, choice: Choice, asked: Mapping[str, str], number: int
) -> tuple[list[Group], Pages | None]:
    """Return the kinds of break, each cut short; of one kind that was asked for a page in full."""
    if len(choice.rules) != 1:
        return queries.groups(work, choice, SHOWN), None
    pages = Pages(number, page_asked(asked), machine().settings.page_size)
    rows = queries.of_kind(work, choice, pages.page, pages.size)
    return [_whole(choice.rules[0], rows)] if rows else [], pages


def _choice(work: Work, asked: Mapping[str, str]) -> Choice:
    """Read the filter from the address; a code that means nothing is no filter."""
    location = reference.by_code(work, asked["locatie"]) if asked.get("locatie") else None
    region = asked.get("regio", "")
    whose = asked.get("eigenaar", "")
    return Choice(
        region=region if region in set(Region) else None,
        location_id=location.id if location else None,
        rules=(asked["stuk"],) if asked.get("stuk") in TELLINGS else (),
        severity=SEVERITY_CODES.get(asked.get("ernst", "")),
        whose=Whose(whose) if whose in set(Whose) else None,
        overdue=asked.get("termijn") == "voorbij",
    )


def _whole(rule: str, rows: Sequence[Listed]) -> Group:
    count = {severity: sum(row.severity is severity for row in rows) for severity in Severity}
    return Group(
        rule, count[Severity.CRITICAL], count[Severity.WARNING], count[Severity.NOTICE], rows
    )


def _group(group: Group, reading: Reading, asked: Mapping[str, str], *, whole: bool) -> BoardGroup:
    more = not whole and group.all > len(group.rows)
    return BoardGroup(
        id=f"group-{group.rule.lower()}",
        title=TELLINGS[group.rule].short,
        rows=[row_of(alert, reading) for alert in group.rows],
        critical=group.critical,
        warnings=group.warnings,
        notices=group.notices,
        more_href=_at(asked, stuk=group.rule) if more else "",
        more_text=_("All %(number)s", number=group.all) if more else "",
    )


def _acts(work: Work, shown: Sequence[Listed]) -> dict[str, Acts]:
    near = actions.candidates(work, list(dict.fromkeys(row.child_id for row in shown)))
    back = request.full_path.rstrip("?")
    return {str(row.id): _acts_of(work, row, near[row.child_id], back) for row in shown}


def _acts_of(work: Work, row: Listed, near: Sequence[Someone], back: str) -> Acts:
    where: dict[str, Any] = {"child_id": row.child_id, "alert_id": row.id}
    return Acts(
        form=assign_form(near, row.version, work.actor.account_id, str(row.id), back),
        version=row.version,
        is_mine=row.owner == work.actor.account_id,
        page=url_for("continuity.alert", **where),
        take=url_for("continuity.take", **where),
        assign=url_for("continuity.assign", **where),
        mistaken=url_for("continuity.mistaken", **where),
    )


def _tallies(counts: Counts, asked: Mapping[str, str]) -> list[Tally]:
    kept = {name: asked[name] for name in ("regio", "locatie", "stuk") if asked.get(name)}

    def tally(number: int, text: Words, severity: str = "", **more: str) -> Tally:
        current = all(asked.get(name) == value for name, value in more.items())
        return Tally(number, text, _at(kept, **more), severity, current)

    return [
        tally(counts.critical, _("serious"), "critical", ernst="ernstig"),
        tally(counts.warning, _("warning"), "warning", ernst="waarschuwing"),
        tally(counts.notice, _("to note"), "notice", ernst="let-op"),
        tally(counts.nobody, _("not taken yet"), eigenaar=Whose.NOBODY.value),
        tally(counts.overdue, _("past their day"), termijn="voorbij"),
        tally(counts.mine, _("mine"), eigenaar=Whose.ME.value),
    ]


def _selects(work: Work, asked: Mapping[str, str]) -> list[FilterSelect]:
    found = []
    if len(work.actor.regions) != 1:
        regions = [("", _("All regions")), *((r.value, w) for r, w in REGIONS.items())]
        found.append(FilterSelect("regio", _("Region"), regions, asked.get("regio", "")))
    kinds = sorted(((code, telling.short) for code, telling in TELLINGS.items()), key=_by_words)
    found += [
        FilterSelect("locatie", _("Location"), _location_choices(work), asked.get("locatie", "")),
        FilterSelect("stuk", _("What is broken"), [("", _("Everything")), *kinds], asked.get("stuk", "")),
        FilterSelect(
            "ernst",
            _("How serious"),
            [("", _("All")), *((code, SEVERITIES[s]) for code, s in SEVERITY_CODES.items())],
            asked.get("ernst", ""),
        ),
        FilterSelect("eigenaar", _("Owner"), _owner_choices(), asked.get("eigenaar", "")),
    ]  # fmt: skip
    return found


def _by_words(pair: tuple[str, Words]) -> str:
    return str(pair[1]).casefold()


def _location_choices(work: Work) -> list[tuple[str, Words]]:
    own = set(work.actor.regions)
    return [
        ("", _("All locations")),
        *(
            (place.code, place.name)
            for place in reference.locations(work)
            if not own or place.region in own
        ),
    ]


def _owner_choices() -> list[tuple[str, Words]]:
    return [
        ("", _("Everybody")),
        (Whose.NOBODY.value, _("Nobody yet")),
        (Whose.ME.value, _("Me")),
        (Whose.OTHERS.value, _("Others")),
    ]


def _chips(selects: Sequence[FilterSelect], asked: Mapping[str, str]) -> list[FilterChip]:
    """Return a chip for each filter that is on: its words, and the address without it."""
    chips = []
    for select in selects:
        if select.value:
            words = dict(select.choices).get(select.value)
            if words:
                chips.append(FilterChip(f"{select.label}: {words}", _without(asked, select.name)))
    if asked.get("termijn") == "voorbij":
        chips.append(FilterChip(_("Past their day"), _without(asked, "termijn")))
    return chips


def _without(asked: Mapping[str, str], name: str) -> str:
    return _at({key: value for key, value in asked.items() if key not in {name, "pagina"}})


def _at(asked: Mapping[str, str], **more: str) -> str:
    """Return the address of the board with these filters."""
    values: dict[str, Any] = {**asked, **more}
    return url_for("continuity.board", **values)


def _count_words(number: int, children: int) -> str:
    alerts = ngettext("%(num)s alert", "%(num)s alerts", number)
    on = ngettext("on %(num)s child", "on %(num)s children", children)
    return f"{alerts} {on}"


def _where(work: Work) -> str:
    regions = [str(REGIONS[Region(region)]) for region in work.actor.regions]
    if regions:
        return _("Region %(region)s.", region=", ".join(regions))
    if work.actor.is_national:
        return _("The whole country.")
    return _("Unaccompanied minors and young adults.")
