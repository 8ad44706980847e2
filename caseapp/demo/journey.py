"""Where a child lived: arrival, the moves of the procedure, and the moves of the last year."""

from caseapp.demo import figures
from caseapp.demo.cast import Location
from caseapp.demo.stage import EMERGENCY, Stage, Stay
from caseapp.domain.codes import PlacementKind

YEAR = 365
APART = 14  # days between two moves, at least
OLDEST_RECENT = 352
HOLIDAY_REACH = 45  # days that a move waits for, or comes before, a holiday at most

FAMILY_STEPS = (PlacementKind.COL, PlacementKind.POL)
ALONE_STEPS = (PlacementKind.COL_AMV, PlacementKind.POA)


def family_stays(stage: Stage, kind: str) -> list[Stay]:
    """Tell where a family lived that is now in this kind of reception."""
    return _stays(stage, PlacementKind(kind), FAMILY_STEPS, youth=False)


def alone_stays(stage: Stage, kind: PlacementKind) -> list[Stay]:
    """Tell where an unaccompanied minor lived that is now in this kind of reception."""
    return _stays(stage, kind, ALONE_STEPS, youth=True)


def emergency_days(stage: Stage) -> float:
    """Draw the length of a whole time in emergency reception, in days."""
    return stage.dice.lognormal(figures.EMERGENCY_MEDIAN, figures.EMERGENCY_SIGMA)


def _stays(
    stage: Stage, kind: PlacementKind, steps: tuple[PlacementKind, PlacementKind], *, youth: bool
) -> list[Stay]:
    entrance, process = steps
    dice, now = stage.dice, stage.now
    if kind == entrance:
        return [Stay(stage.place(kind, youth=youth, other=None), now - dice.between(1, 8))]
    if kind == process:
        here = dice.between(12, 75)
        if youth:
            drawn = dice.lognormal(figures.PROCESS_MEDIAN, figures.PROCESS_SIGMA)
            here = 3 + int(min(drawn, 420) * dice.random())
        came = now - here - dice.between(4, 9)
        return _build(stage, [came, now - here], [entrance, process], youth=youth)
    if kind in EMERGENCY:
        starts, inside = _emergency_starts(stage)
    else:
        starts, inside = _regular_starts(stage), None
    kinds = _kinds(stage, len(starts), kind, steps, inside)
    return _build(stage, _on_working_days(stage, starts), kinds, youth=youth)


def _recent(stage: Stage, moves: int, oldest: int) -> list[int]:
    """Spread moves over the last year, oldest first; the first one exactly `oldest` days ago."""
    dice, now = stage.dice, stage.now
    width = oldest / max(1, moves)
    inner = [
        now - max(1, int(width * (moves - 1 - turn) + width * (0.15 + 0.7 * dice.random())))
        for turn in range(1, moves)
    ]
    return [now - oldest, *inner] if moves else []


def _before(stage: Stage, first: int) -> list[int]:
    """Give arrival and the two first steps of the procedure, the last of them before `first`."""
    dice = stage.dice
    process = first - dice.between(14, 45)
    return [process - dice.between(4, 9), process]


def _emergency_starts(stage: Stage) -> tuple[list[int], int]:
    """Give the days of arrival and moves, and which of them began the time in emergency."""
    dice, now = stage.dice, stage.now
    moves = stage.decks.emergency_moves.draw()
    spell = int(emergency_days(stage) * (0.06 + 0.94 * dice.random()))
    if moves == 0:
        began = now - min(max(spell, YEAR + 1), 700)
        return [*_before(stage, began), began], 2
    spell = max(APART * moves, min(spell, OLDEST_RECENT))
    if moves > 2 and spell < OLDEST_RECENT - 60 and dice.chance(figures.NEW_HERE):
        recent = _recent(stage, moves - 1, spell)
        return [*_before(stage, recent[0]), *recent], 2
    settled = now - YEAR - dice.between(20, 250)
    return [*_before(stage, settled), settled, *_recent(stage, moves, spell)], 3


def _regular_starts(stage: Stage) -> list[int]:
    dice, now = stage.dice, stage.now
    moves = stage.decks.other_moves.draw()
    oldest = dice.between(max(APART * moves, 20), OLDEST_RECENT - 30)
    if moves > 2 and dice.chance(figures.NEW_HERE):
        recent = _recent(stage, moves - 1, max(oldest - 60, APART * moves))
        return [*_before(stage, recent[0]), *recent]
    settled = now - YEAR - dice.between(8, 260)
    return [*_before(stage, settled), settled, *_recent(stage, moves, oldest)]


def _on_working_days(stage: Stage, starts: list[int]) -> list[int]:
    """Put moves on weekdays, and some into a school holiday; keep their order."""
    days, kept = stage.days, [stage.days.weekday(starts[0])]
    for turn, start in enumerate(starts[1:], 1):
        moved = start
        if turn > 1 and stage.dice.chance(figures.HOLIDAY_SHIFT):
            moved = days.in_holiday(start, HOLIDAY_REACH)
            # A shift may not carry a move over the edge of the year that is counted.
            edge = stage.now - YEAR
            if (moved <= edge) != (start <= edge):
                moved = start
        moved = days.weekday(moved)
        kept.append(max(kept[-1] + 2, min(moved, stage.now - 1)))
    return kept


def _kinds(
    stage: Stage,
    count: int,
    kind: PlacementKind,
    steps: tuple[PlacementKind, PlacementKind],
    inside: int | None,
) -> list[PlacementKind]:
    """Give each stay its kind: the steps of the procedure, then what came before the present one.

    From stay number `inside` on all are emergency ones; without it, some of those in between.
    """
    regular = PlacementKind.KWV_EXT if steps[1] == PlacementKind.POA else PlacementKind.AZC
    if inside is not None:
        emergency = [PlacementKind.NO] * (count - inside - 1)
        return [*steps, *([regular] * (inside - 2)), *emergency, kind]
    between = [PlacementKind.NO if stage.dice.chance(0.55) else regular for _ in range(count - 3)]
    return [*steps, *between, kind]


def _build(
    stage: Stage, starts: list[int], kinds: list[PlacementKind], *, youth: bool
) -> list[Stay]:
    """Choose the locations from the last one back, so that each move goes to another place."""
    stays: list[Stay] = []
    after: Location | None = None
    end: int | None = None
    for start, kind in zip(reversed(starts), reversed(kinds), strict=True):
        place = stage.place(kind, youth=youth, other=after)
        if place is after:
            place = stage.place(PlacementKind.NO, youth=youth, other=after)
        stays.append(Stay(place, start, end))
        after, end = place, start
    stays.reverse()
    return stays
