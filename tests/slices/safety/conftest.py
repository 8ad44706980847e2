"""Lets these tests erase children."""

from tests.erasing import actor, agreed, erased, rows_of_child

__all__ = ["actor", "agreed", "erased", "rows_of_child"]
