"""Why a mutant that no test notices may live: it is no fault, or a person decided so."""

from typing import Final

REASONS: Final[dict[str, dict[str, str]]] = {}
