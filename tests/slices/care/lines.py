"""What the tests of care share: the addresses, and the lines of the child of the world."""

from caseapp.care import queries
from caseapp.care.models import CareLine
from caseapp.domain.care_codes import CareKind
from caseapp.kernel.work import Work
from tests.world import World


def page(world: World, *rest: object) -> str:
    """Return the address of the chapter of the child, or of something below it."""
    return "/".join(("", "kinderen", str(world.mine), "zorg", *map(str, rest)))


def line_of(work: Work, world: World, kind: CareKind) -> CareLine:
    """Return the first line of a kind."""
    return next(row for row in queries.lines(work, world.mine) if row.facts.kind is kind)
