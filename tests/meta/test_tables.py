"""Every `models.py` is known to `tables.py`: autogenerate misses what no module knows (A3)."""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from caseapp.tables import METADATA, MODELS
from tests.meta.tree import PACKAGE


def unknown(package: Path, known: Iterable[ModuleType]) -> set[str]:
    """Return the slices whose tables no migration would see."""
    listed = {module.__name__.split(".")[1] for module in known}
    files = (*package.glob("*/models.py"), *package.glob("*/models/__init__.py"))
    return {file.relative_to(package).parts[0] for file in files} - listed


def test_every_slice_with_tables_is_known() -> None:
    assert len(METADATA.tables) > 30
    assert unknown(PACKAGE, MODELS) == set()


def test_a_slice_that_was_forgotten_is_noticed() -> None:
    forgotten, *others = MODELS
    assert unknown(PACKAGE, others) == {forgotten.__name__.split(".")[1]}
