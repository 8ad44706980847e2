"""Every `models.py` is known to `tables.py`: autogenerate misses what no module knows (A3)."""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from caseapp.tables import METADATA, MODELS
from tests.meta.tree import PACKAGE


def unknown(package: Path, known: Iterable[ModuleType]) -> set[str]:
    """Return the slices whose tables no migration would see."""
    listed = {Path(str(module.__file__)).parent.name for module in known}
    return {file.parent.name for file in package.glob("*/models.py")} - listed


def test_every_slice_with_tables_is_known() -> None:
    assert len(METADATA.tables) > 30
    assert unknown(PACKAGE, MODELS) == set()


def test_a_slice_that_was_forgotten_is_noticed() -> None:
    forgotten, *others = MODELS
    assert unknown(PACKAGE, others) == {Path(str(forgotten.__file__)).parent.name}
