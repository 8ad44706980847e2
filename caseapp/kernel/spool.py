"""Things that are laid aside on disk for a while, in a file without a name: killed or not, it is gone after."""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

import msgspec

T = TypeVar("T")


class Spool(Generic[T]):
    """Keeps things of one kind on disk and gives them back by their number."""

    def __init__(self, kind: type[T], folder: Path) -> None:
        """Open a file without a name in a folder."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed by __exit__
        self._reader = msgspec.msgpack.Decoder(kind)
        self._places: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        """Begin to keep."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of all that is kept."""
        self._file.close()

    def put(self, thing: T) -> int:
        """Keep a thing and return its number."""
        data = msgspec.msgpack.encode(thing)
        self._places.append((self._file.seek(0, 2), len(data)))
        self._file.write(data)
        return len(self._places) - 1

    def get(self, number: int) -> T:
        """Give a thing back."""
        start, length = self._places[number]
        self._file.seek(start)
        return self._reader.decode(self._file.read(length))

    def clear(self) -> None:
        """Forget all that is kept."""
        self._places.clear()
        self._file.truncate(0)
