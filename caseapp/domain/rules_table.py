"""The page docs/rules.md: every rule that watches, in its own words, with its numbers."""

from collections.abc import Iterable, Iterator

from caseapp.domain.limits import LimitBook
from caseapp.domain.load import LOADS
from caseapp.domain.rules import RULES
from caseapp.domain.rules.rule import Rule, Strand

_HEAD = """# The rules that watch

A rule is a pure function of one child's facts, a day and its limits. What each decides exactly is
in the specification that the house was built from; this page is what people agree to.

*Owner* is the row of the table of recipients. *Sealed*: the rule counts from a birthday, so the
days of its alerts are kept sealed. `wd` means working days. A limit of a law is chosen by the day
on which the application was lodged, any other by the day of evaluation.
"""


def rules_table(limits: LimitBook) -> str:
    """Return the page as Markdown: a heading and a table for each theme that has rules."""
    return "\n".join((_HEAD, *_themes(limits)))


def _themes(limits: LimitBook) -> Iterator[str]:
    for strand in Strand:
        rules = [rule for rule in RULES.values() if rule.strand is strand]
        if rules:
            yield f"## {strand.value}\n"
            yield "| code | name | promise | limits | owner | sealed |"
            yield "|---|---|---|---|---|---|"
            yield from (_row(rule, limits) for rule in rules)
            yield ""
    yield "## Over more than one child\n"
    yield "| code | name | promise | limits | owner |"
    yield "|---|---|---|---|---|"
    yield from (_row_of_load(code, limits) for code in LOADS)


def _row_of_load(code: str, limits: LimitBook) -> str:
    name, owner, promise = LOADS[code]
    said = " ".join((promise.__doc__ or "").split()).partition(": ")[2]
    return f"| {code} | {name} | {said} | {'<br>'.join(_limits(code, limits))} | {owner} |"


def _row(rule: Rule, limits: LimitBook) -> str:
    cells = (
        rule.code,
        rule.name,
        rule.row,
        "<br>".join(_limits(rule.code, limits)),
        rule.owner.value.replace("_", " "),
        "yes" if rule.from_birthday else "",
    )
    return f"| {' | '.join(cells)} |".replace("  ", " ")


def _limits(code: str, limits: LimitBook) -> Iterable[str]:
    """Yield a line for the numbers of each block: the first as it is, a later with its day."""
    blocks = sorted(
        (block for block in limits.blocks if block.rule == code), key=lambda one: one.valid_from
    )
    for place, block in enumerate(blocks):
        when = "lodged from" if block.by_lodging else "from"
        numbers = ", ".join(
            f"{name.replace('_', ' ')} {number}" for name, number in block.numbers.items()
        )
        yield f"{when} {block.valid_from.isoformat()}: {numbers}" if place else numbers
