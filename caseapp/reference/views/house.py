"""The limits of the rules, and how the system is: no personal data on either page."""

from collections.abc import Iterator
from datetime import date

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseapp.domain.limits import Numbers
from caseapp.domain.policy import Permission
from caseapp.kernel.migrations import newest
from caseapp.kernel.seals import Domain
from caseapp.kernel.work import Work
from caseapp.reference import queries
from caseapp.reference.views.blueprint import Health, bp, looks
from caseapp.web.guard import guard
from caseapp.web.limit_labels import amount, meaning, short_name
from caseapp.web.request import machine

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@bp.route("/instellingen")
@guard(Permission.SYSTEM_READ)
def settings(work: Work) -> ResponseReturnValue:
    """Show the limits of the rules: what each means, how much it is, and what was set since."""
    names = {(block.rule, name) for block in work.limits.blocks for name in block.numbers}
    return render_template(
        "reference/settings.html",
        rows=[_rule(work, rule) for rule in sorted({rule for rule, _name in names})],
        coming=list(_coming(work)),
        may_edit=work.actor.may(Permission.LIMIT_EDIT),
    )


@bp.route("/systeem")
@guard(Permission.SYSTEM_READ)
def system(work: Work) -> ResponseReturnValue:
    """Show whether database, keys and nightly work are as they should be."""
    lines = list(_own_lines(work))
    for look in looks(current_app._get_current_object()):  # type: ignore[attr-defined]  # noqa: SLF001 (Flask gives no other way to the app itself)
        lines += look(work)
    return render_template("reference/system.html", lines=lines)


def _rule(work: Work, rule: str) -> dict[str, object]:
    """Return the numbers of a rule as they hold today; of a law, for each day of the application."""
    blocks = [one for one in work.limits.blocks if one.rule == rule]
    by_lodging = any(one.by_lodging for one in blocks)
    days = sorted({one.valid_from for one in blocks}) if by_lodging else [work.today]
    columns = [work.limits.on(work.today, day).get(rule, {}) for day in days]
    return {
        "rule": rule,
        "name": short_name(rule),
        "by_lodging": by_lodging,
        "numbers": [
            (name, meaning(name), list(_amounts(name, days, columns))) for name in columns[-1]
        ],
    }


def _amounts(
    name: str, days: list[date], columns: list[Numbers]
) -> Iterator[tuple[date | None, str]]:
    """Yield each amount that a number has had, with the day from which; the first without one."""
    before = None
    for day, numbers in zip(days, columns, strict=True):
        if numbers.get(name) != before:
            yield (None if before is None else day), amount(name, numbers[name])
        before = numbers.get(name)


def _coming(work: Work) -> Iterator[dict[str, object]]:
    """Yield what was set, the latest first: why, and from which day it holds."""
    rows = queries.limits_set(work)
    for row in reversed(rows):
        yield {
            "rule": row.rule,
            "words": meaning(row.name),
            "amount": amount(row.name, row.value),
            "valid_from": row.valid_from,
            "reason": row.reason,
            "set_at": row.set_at,
        }


def _own_lines(work: Work) -> Iterator[Health]:
    engine = machine().engine.dialect.name
    yield Health(_("Database"), ENGINES.get(engine, engine))
    step = queries.migration(work)
    yield Health(_("Layout of the database"), step or _("unknown"), step == newest())
    for domain in Domain:
        present = domain in machine().keyring.domains
        words = _("present") if present else _("not there")
        yield Health(_("Key for %(what)s", what=_domain_words(domain)), words, present)
    yield Health(_("Stage"), machine().settings.stage)


def _domain_words(domain: Domain) -> str:
    """Return what is sealed under the keys of a domain."""
    return {
        Domain.DOSSIER: _("files"),
        Domain.HEALTH: _("care"),
        Domain.SAFETY: _("the reporting code"),
        Domain.ACCOUNT: _("accounts"),
        Domain.IMPORT: _("lists"),
    }[domain]
