"""Chains of care: which line goes on from which, whatever was written down about it."""

from collections.abc import Iterator, Sequence

from caseapp.domain.facts import CareLine


class Chains:
    """The care lines that count, linked; a link to no counting line or within a circle is none."""

    def __init__(self, lines: Sequence[CareLine]) -> None:
        self._lines = {line.id: line for line in lines}
        self._before = {line.id: line.continues for line in lines if line.continues in self._lines}
        for circled in list(self._circled()):
            del self._before[circled]
        self._after: dict[str, list[CareLine]] = {}
        for line in lines:
            if before := self._before.get(line.id):
                self._after.setdefault(before, []).append(line)

    def _circled(self) -> Iterator[str]:
        """Yield the lines that are part of a circle, each once."""
        settled: set[str] = set()
        for line in self._before:
            walk: dict[str, int] = {}
            step: str | None = line
            while step is not None and step not in walk and step not in settled:
                walk[step] = len(walk)
                step = self._before.get(step)
            if step in walk:
                yield from list(walk)[walk[step] :]
            settled.update(walk)

    def continuing(self, line: CareLine) -> Iterator[CareLine]:
        """Yield the lines that continue a line, also through others."""
        waiting = list(self._after.get(line.id, ()))
        while waiting:
            follower = waiting.pop()
            yield follower
            waiting.extend(self._after.get(follower.id, ()))

    def __iter__(self) -> Iterator[tuple[CareLine, ...]]:
        """Yield every chain from its root to its last line; a branched one yields each branch."""
        for line in self._lines.values():
            if line.id not in self._after:
                yield tuple(reversed(list(self._back(line))))

    def _back(self, line: CareLine) -> Iterator[CareLine]:
        step: str | None = line.id
        while step is not None:
            yield self._lines[step]
            step = self._before.get(step)


def counted(chain: Sequence[CareLine]) -> Sequence[CareLine]:
    """Return the lines of a chain whose waiting counts: all, or those after the last that has started."""
    started = [place for place, line in enumerate(chain) if line.started_on is not None]
    return chain[started[-1] + 1 :] if started else chain
