"""Lets an attack look at what is left of an erased child, and walk through a hall where all are signed in."""

from tests.erasing import actor, agreed, erased, rows_of_child
from tests.meta.conftest import built_hall, hall

__all__ = ["actor", "agreed", "built_hall", "erased", "hall", "rows_of_child"]
