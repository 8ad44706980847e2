"""The people: families, unaccompanied minors and young adults, with names, ages and journeys."""

from datetime import date

from caseapp.demo import figures
from caseapp.demo.cast import Location
from caseapp.demo.days import birthday
from caseapp.demo.handover import notice_days, planned
from caseapp.demo.journey import alone_stays, family_stays
from caseapp.demo.names import OTHERS, SPEAKS
from caseapp.demo.stage import QUIET, Life, Stage, Stay
from caseapp.domain.codes import PlacementKind

K = PlacementKind
YEAR = 365.25
TRIES = 6
BETWEEN_SIBLINGS = 300  # days


def household(stage: Stage, number: int, room: int) -> list[Life]:
    """Make the next family, unaccompanied minor or young adult; at most `room` children."""
    who = stage.decks.who.draw()
    # A card stands for one child: a family of three takes up three cards.
    while who == "family" and stage.owed:
        stage.owed -= 1
        who = stage.decks.who.draw()
    match who:
        case "alone":
            return [_alone(stage, number)]
        case "adult":
            return [_young_adult(stage, number)]
        case _:
            return _family(stage, number, room)


def _family(stage: Stage, number: int, room: int) -> list[Life]:
    """Make brothers and sisters with one history; now and then one lives elsewhere."""
    decks, dice = stage.decks, stage.dice
    size = min(decks.siblings.draw(), room)
    stage.owed += size - 1
    nation = _nation(stage, decks.family_nations.draw())
    stays = family_stays(stage, decks.family_kinds.draw())
    births: list[int] = []
    for _ in range(size):
        births.append(_birth_apart(stage, births))
    names = stage.families[SPEAKS[nation][0]]
    family_name = dice.pick(names)
    lives = [
        _life(
            stage, number + turn, birth, nation,
            girl=dice.chance(figures.FAMILY_GIRLS),
            stays=_since_birth(stays, birth), kin=(number, family_name),
        )
        for turn, birth in enumerate(sorted(births))
    ]  # fmt: skip
    _separate(stage, lives)
    for life in lives:
        life.siblings = [other for other in lives if other is not life]
        if dice.chance(figures.YEAR_ONLY_FAMILY) and stage.now - life.birth > 3 * YEAR:
            _blur(life, "year")
    _plan_ahead(stage, lives)
    return lives


def _plan_ahead(stage: Stage, lives: list[Life]) -> None:
    """Plan a move, in some weeks, for a household that stayed a year where it is."""
    dice, now = stage.dice, stage.now
    settled = all(life.last.start <= now - 365 for life in lives)
    if not settled or not dice.chance(figures.MOVE_AHEAD):
        return
    here = lives[0].last.place
    day = stage.days.weekday(now + dice.between(8, 40))
    announced = min(now, max(day - notice_days(stage), now - 30))
    kind = K.POA if lives[0].alone else K.AZC
    to = stage.place(kind, youth=lives[0].alone, other=here)
    for life in lives:
        if life.last.place is here and to is not here:
            life.ahead = [planned(stage, here, to, announced, day)]


def _separate(stage: Stage, lives: list[Life]) -> None:
    """Leave the eldest behind at the last move, in a few families."""
    eldest = lives[0]
    regions = {stay.place.region.value for stay in eldest.stays[-2:]}
    moved = len(lives) > 1 and len(eldest.stays) > 2 and QUIET not in regions
    if moved and stage.dice.chance(figures.SIBLING_APART):
        eldest.stays = [*eldest.stays[:-2], Stay(eldest.stays[-2].place, eldest.stays[-2].start)]


def _birth_apart(stage: Stage, others: list[int]) -> int:
    low, high = stage.decks.family_ages.draw()
    born = _born(stage, low, high)
    for _ in range(TRIES):
        if all(abs(born - other) > BETWEEN_SIBLINGS for other in others):
            break
        born = _born(stage, low, high)
    return born


def _born(stage: Stage, low: int, high: int) -> int:
    """Draw a birth date of somebody who is from low to high years old now."""
    latest = stage.now - int(low * YEAR) - 12
    return stage.dice.between(stage.now - int((high + 1) * YEAR) + 12, latest)


def _since_birth(stays: list[Stay], birth: int) -> list[Stay]:
    """Keep what a child born in reception lived through itself."""
    return [
        Stay(stay.place, max(stay.start, birth), stay.end)
        for stay in stays
        if stay.end is None or stay.end > birth
    ]


def _nation(stage: Stage, drawn: str) -> str:
    return stage.dice.pick(OTHERS) if drawn == "other" else drawn


def _alone(stage: Stage, number: int) -> Life:
    """Make an unaccompanied minor; under fifteen nearly always with a host family."""
    decks, dice = stage.decks, stage.dice
    low, high = decks.alone_ages.draw()
    birth = _born(stage, low, high)
    age = (stage.now - birth) / YEAR
    young = age < 15
    drawn = (decks.youngest_kinds if young else decks.alone_kinds).draw()
    if drawn == "KWV":
        drawn = "KWV_AZC" if age > 17.5 else "KWV_EXT"
    stays = alone_stays(stage, PlacementKind(drawn))
    life = _life(
        stage, number, birth, _nation(stage, decks.alone_nations.draw()),
        girl=dice.chance(figures.ALONE_GIRLS), stays=stays,
    )  # fmt: skip
    # A year of birth makes birthday 18 a range; nearer to it the year was looked into.
    if age < 16.4 and dice.chance(figures.YEAR_ONLY_ALONE * 1.8):
        _blur(life, "year")
    elif age < 17 and dice.chance(figures.MONTH_ONLY):
        _blur(life, "month")
    _plan_ahead(stage, [life])
    return life


def _young_adult(stage: Stage, number: int) -> Life:
    """Make somebody of 18 to 22 who came alone as a minor."""
    dice = stage.dice
    birth = stage.now - int((18.05 + 4.85 * dice.random()) * YEAR)
    grown = birthday(birth, 18)
    nation = _nation(stage, stage.decks.alone_nations.draw())
    came = grown - dice.between(260, 800)
    process = came + dice.between(3, 9)
    small = process + dice.between(50, 170)
    kinds = (K.NIDOS_KWE, K.NIDOS_KWE, K.AZC, K.GEM)
    last = dice.pick(kinds) if stage.now < birthday(birth, 21) else dice.pick(kinds[2:])
    places = _places(stage, [K.COL_AMV, K.POA, dice.pick((K.KWV_EXT, K.NIDOS_KWG)), last])
    starts = [came, process, small, grown]
    stays = [
        Stay(place, start, end)
        for place, start, end in zip(places, starts, [*starts[1:], None], strict=True)
    ]
    return _life(
        stage, number, birth, nation,
        girl=dice.chance(figures.ALONE_GIRLS), stays=stays,
    )  # fmt: skip


def _places(stage: Stage, kinds: list[PlacementKind]) -> list[Location]:
    return [stage.place(kind, youth=True, other=None) for kind in kinds]


def _life(
    stage: Stage,
    number: int,
    birth: int,
    nation: str,
    *,
    girl: bool,
    stays: list[Stay],
    kin: tuple[int, str] | None = None,
) -> Life:
    """Make a child; `kin` are the number and the name of its family, None for who came alone."""
    speech, language = SPEAKS[nation]
    given = stage.dice.pick((stage.girls if girl else stage.boys)[speech])
    family, family_name = kin or (None, stage.dice.pick(stage.families[speech]))
    return Life(
        number=number,
        given=given,
        family_name=family_name,
        birth=birth,
        girl=girl,
        nation=nation,
        language=language,
        alone=kin is None,
        stays=stays,
        family=family,
    )


def _blur(life: Life, precision: str) -> None:
    """Forget the day of birth, or the day and the month."""
    born = date.fromordinal(life.birth)
    life.precision = precision
    life.birth = born.replace(day=1, month=1 if precision == "year" else born.month).toordinal()
