"""What the address of a page of the reporting code names: a file, which the lead of its location keeps."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.addresses import ABSENT, Address
from tests.ground import Ground


@dataclass(frozen=True, slots=True)
class OfProtectionFile:
    """The page is about the file of the reporting code that stands on the ground."""

    named: bool = False
    """Whether the address names a part of the file too."""

    def cases(self, ground: Ground, who: str | None) -> Iterator[tuple[str, Address]]:
        """Yield the file, and one that is not there."""
        part = {"number": 2} if self.named else {}
        yield "own", {"file_id": ground.protection} | part
        yield "absent", {"file_id": ABSENT} | part

    def admits(self, ground: Ground, who: str | None, address: Address) -> bool:
        """Let in the protection lead of the location."""
        return who == "protection_lead" and address["file_id"] == ground.protection
