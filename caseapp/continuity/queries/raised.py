"""The alerts that one moment opened, such as that of a list."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, case, func, select

from caseapp.continuity.models import Alert
from caseapp.continuity.queries.listed import OPEN, Listed, listed, order, select_columns
from caseapp.kernel.work import Work
from caseapp.people import queries as people

FIRST: Final = "CAR-1"
"""Care that a move broke stands first: nobody knew of the move."""


def raised(
    work: Work, children: Select[UUID], at: datetime, page: int, size: int
) -> tuple[list[Listed], int]:
    """Return a page of the alerts that were opened at a moment about children and are open still.

    Within the sight of this actor; broken care first, then worst first. The number is of all pages.
    """
    mine = people.in_sight(work.actor, work.now, Alert.child_id)
    there = (Alert.opened_at == at, Alert.child_id.in_(children), OPEN, mine)
    number = work.session.scalar(select(func.count()).select_from(Alert).where(*there)) or 0
    first = case((Alert.rule == FIRST, 0), else_=1)
    found = select_columns().where(*there).order_by(first, Alert.rank.desc(), *order(work.today))
    return listed(work, found.limit(size).offset((page - 1) * size)), number
