"""The file of the reporting code on the ground: about `mine`, kept by the protection lead there."""

from typing import Final
from uuid import UUID

from caseapp.domain.safety import Part, Written
from caseapp.kernel.machine import Machine
from caseapp.safety import actions
from tests.acting import acting
from tests.world import TODAY, World

WORD: Final = "Zqxmeldcode"
"""Stands in what was written: nobody else may read it, nor see that anything changed."""


def open_a_file(machine: Machine, world: World) -> UUID:
    """Open a file about `mine`, in acute danger, so that its clock runs out at once."""
    with acting(machine, world, "protection_lead") as work:
        signs = Written(Part.SIGNS, TODAY, WORD, acute=True)
        return actions.open_file(work, world.mine, signs).id
