"""The locations and schools of the demo world: all kinds, three regions, more when it grows."""

from dataclasses import dataclass
from datetime import date

from caseapp.demo.cast import Location, School
from caseapp.demo.dice import Deck, Dice
from caseapp.domain.codes import Operator, PlacementKind, Region

CHILDREN_A_LOCATION = 200
OPENED_YEARS_AGO = 9
FIRST_MUNICIPALITY = 9900

# code, name, region, capacity, size of the group, for unaccompanied minors only
FIXED = (
    ("COL-HEI", "aanmeldlocatie Heidepoort", "noord", 900, None, False),
    ("COLAMV-HEI", "aanmeldlocatie jongeren Heidepoort", "noord", 200, 55, True),
    ("AZC-VEE", "azc Veenhorst", "noord", 600, None, False),
    ("NO-ZAN", "noodopvang Zandkamp", "noord", 450, None, False),
    ("GLO-ESS", "gezinslocatie Essenhof", "noord", 350, None, False),
    ("KWE-WIL", "wooneenheden Wilgenkade", "noord", 24, 4, True),
    ("POL-BRE", "procesopvang Brederveld", "midden", 400, None, False),
    ("POA-WES", "jongerenlocatie Westerkade", "midden", 160, 72, True),
    ("AZC-MEE", "azc Meerwijk", "midden", 550, None, False),
    ("NO-HAV", "noodopvang Havenloods", "midden", 500, None, False),
    ("TGO-SPO", "gemeentelijke opvang Sportlaan", "noord", 120, None, False),
    ("FAM-MID", "opvanggezinnen Rivierenland", "midden", 60, None, True),
    ("GEM-MEE", "woningen Meerstede", "midden", 80, None, False),
    ("AZC-LIN", "azc Lindenhove", "zuid", 650, None, False),
    ("NO-KEM", "noodopvang Kempenhal", "zuid", 400, None, False),
    ("NO-JON", "noodopvang jongeren Peelkade", "zuid", 150, 95, True),
    ("NO-RIJ", "noodopvang jongeren Rijkerhof", "noord", 80, 60, True),
    ("KWEXT-ZUI", "kleinschalige opvang Zuidersingel", "zuid", 60, 18, True),
    ("KWAZC-LIN", "jongerenwoning Lindenhove", "zuid", 40, 20, True),
    ("KWG-BON", "kinderwoongroep De Boomgaard", "zuid", 12, 12, True),
    ("BO-LUW", "beschermde opvang De Luwte", "midden", 20, 8, True),
    ("DSL-PEE", "doorstroomlocatie Peelrand", "zuid", 150, None, False),
)
KIND_OF_CODE = {
    "COLAMV": PlacementKind.COL_AMV,
    "KWEXT": PlacementKind.KWV_EXT,
    "KWAZC": PlacementKind.KWV_AZC,
    "FAM": PlacementKind.NIDOS_FAM,
    "KWG": PlacementKind.NIDOS_KWG,
    "KWE": PlacementKind.NIDOS_KWE,
}
OPERATORS = {
    PlacementKind.TGO: Operator.GEMEENTE,
    PlacementKind.DSL: Operator.GEMEENTE,
    PlacementKind.GEM: Operator.GEMEENTE,
    PlacementKind.BO: Operator.PARTNER,
    PlacementKind.NIDOS_FAM: Operator.NIDOS,
    PlacementKind.NIDOS_KWG: Operator.NIDOS,
    PlacementKind.NIDOS_KWE: Operator.NIDOS,
}
# What a larger world gets more of: prefix of the code, word of the name, capacity, group, youth.
MORE = {
    ("NO", "noodopvang", 400, None, False): 27,
    ("AZC", "azc", 600, None, False): 33,
    ("NO", "noodopvang jongeren", 120, 60, True): 10,
    ("TGO", "gemeentelijke opvang", 150, None, False): 5,
    ("POA", "jongerenlocatie", 160, 64, True): 6,
    ("KWEXT", "kleinschalige opvang", 80, 18, True): 4,
    ("FAM", "opvanggezinnen", 60, None, True): 5,
    ("GEM", "woningen", 100, None, False): 4,
    ("GLO", "gezinslocatie", 350, None, False): 3,
    ("DSL", "doorstroomlocatie", 150, None, False): 3,
}
FRONT = (
    *("Berk", "Dijk", "Eik", "Gras", "Hazel", "Iep", "Klaver", "Lis"),
    *("Mei", "Noorder", "Ooster", "Riet", "Vlier", "Water", "Zilver"),
)
BACK = ("hof", "veld", "kade", "burg", "dam", "horst", "meer", "rode", "stede", "wolde")


@dataclass(frozen=True, slots=True)
class Plot:
    """Where a location is put, and how large it is."""

    code: str
    name: str
    region: Region
    capacity: int
    group_size: int | None
    youth: bool

    @property
    def kind(self) -> PlacementKind:
        """Read the kind of reception from the code."""
        front = self.code.split("-", 1)[0]
        return KIND_OF_CODE.get(front) or PlacementKind(front)


def plots(children: int, dice: Dice) -> list[Plot]:
    """Give the fixed locations and as many more as this number of children needs."""
    given = [
        Plot(code, name, Region(region), capacity, group, youth)
        for code, name, region, capacity, group, youth in FIXED
    ]
    wanted = children // CHILDREN_A_LOCATION - len(given)
    deck = Deck(dice, MORE)
    regions = tuple(Region)
    for number in range(max(0, wanted)):
        front, word, capacity, group, youth = deck.draw()
        place = FRONT[number % len(FRONT)] + BACK[number // len(FRONT) % len(BACK)]
        lap = number // (len(FRONT) * len(BACK))
        name = f"{word} {place}" + (f" {lap + 1}" if lap else "")
        code = f"{front}-X{number:03d}"
        given.append(Plot(code, name, regions[number % 3], capacity, group, youth))
    return given


def locations(today: date, ground: list[Plot], contacts: dict[str, str]) -> tuple[Location, ...]:
    """Build a location on each plot, with the account that stands in for its children."""
    opened = date(today.year - OPENED_YEARS_AGO, 3, 1)
    return tuple(
        Location(
            code=plot.code,
            name=plot.name,
            kind=plot.kind,
            operator=OPERATORS.get(plot.kind, Operator.COA),
            municipality=f"GM{FIRST_MUNICIPALITY + number % 100:04d}",
            region=plot.region,
            capacity=plot.capacity,
            group_size=plot.group_size,
            open_from=opened,
            contact=contacts[plot.code],
            youth=plot.youth,
        )
        for number, plot in enumerate(ground)
    )


def schools(places: tuple[Location, ...]) -> tuple[School, ...]:
    """Give each municipality a primary school and a transition class."""
    found: list[School] = []
    for number, municipality in enumerate(dict.fromkeys(place.municipality for place in places)):
        word = FRONT[number % len(FRONT)] + BACK[(number * 3) % len(BACK)]
        letters = chr(65 + number // 26 % 26) + chr(65 + number % 26)
        found.append(School(f"basisschool De {word}", f"98{letters}", municipality, False))
        found.append(School(f"ISK {word}", f"99{letters}", municipality, True))
    return tuple(found)
