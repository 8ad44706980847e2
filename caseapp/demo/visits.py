"""Who saw the child: observations and contacts, as regular as the norms ask, or too long ago."""

from caseapp.demo import figures, texts
from caseapp.demo.cast import Document
from caseapp.demo.stage import UNWATCHED, Life, Stage, Stay
from caseapp.domain.care_codes import Condition
from caseapp.domain.codes import PlacementKind

K = PlacementKind
WATCHED_CLOSELY = frozenset({K.NO, K.TGO, K.COL, K.COL_AMV, K.POA})
CLOSE, WIDE = 28, 56  # days, OBS-1
GUARDIAN_NORM = 35  # days, GUA-2
AFTERCARE_NORM = 92  # days, AFT-1
CONDITIONS = tuple(each.value for each in Condition)
RATINGS = ("good", "good", "sufficient", "sufficient", "sufficient", "moderate")


class Seen:
    """The observations and contacts of one child while they are written down."""

    __slots__ = ("_stage", "contacts", "observations")

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.observations: list[Document] = []
        self.contacts: list[Document] = []

    def met(self, day: int, by: str, mode: str = "face_to_face", note: str | None = None) -> None:
        """Write a contact."""
        contact: Document = {
            "id": f"k{len(self.contacts) + 1}",
            "on": self._stage.days.iso(day),
            "by": by,
            "mode": mode,
        }
        if note is not None:
            contact["note"] = note
        self.contacts.append(contact)

    def observed(self, day: int) -> None:
        """Write an observation; one of concern has its action."""
        dice = self._stage.dice
        roll = dice.random()
        level, pool = "none", texts.SEEN
        if roll < 0.16:
            level, pool = "attention", texts.ATTENTION
        if roll < 0.03:
            level, pool = "concern", texts.CONCERN
        observation: Document = {
            "id": f"o{len(self.observations) + 1}",
            "on": self._stage.days.iso(day),
            "source": "child" if roll > 0.85 else "own",
            "level": level,
            "text": dice.pick(pool),
        }
        if roll < 0.3:
            observation["child_view"] = dice.pick(texts.OWN_WORDS)
        if roll > 0.7:
            observation["conditions"] = self._marks(roll)
        if level == "concern":
            observation["action"] = self._action(day)
        self.observations.append(observation)

    def _marks(self, roll: float) -> dict[str, str]:
        """Rate four of the fourteen conditions; seldom one is insufficient."""
        first = int(roll * 1000) % 11
        marks = {name: self._stage.dice.pick(RATINGS) for name in CONDITIONS[first : first + 4]}
        if roll > 0.985:
            marks["education"] = "insufficient"
        return marks

    def _action(self, day: int) -> Document:
        dice, now = self._stage.dice, self._stage.now
        due = day + dice.between(7, 14)
        action: Document = {
            "text": dice.pick(texts.ACTIONS),
            "owner": "contactpersoon",
            "due_on": self._stage.days.iso(due),
        }
        if due < now and not dice.chance(0.04):
            action["done_on"] = self._stage.days.iso(due - dice.between(0, 6))
        return action


def by_contact(stage: Stage, life: Life, seen: Seen) -> None:
    """Write what the contact persons saw, at each stay with its own rhythm."""
    grown = life.turns(18)
    for stay in life.stays:
        if stay.place.kind in UNWATCHED or stay.start >= grown:
            continue
        until = stage.now if stay.end is None else stay.end
        norm = CLOSE if stay.place.kind in WATCHED_CLOSELY else WIDE
        for day in _rhythm(stage, stay, until, norm):
            if stage.dice.chance(0.7):
                seen.observed(day)
            else:
                seen.met(day, "cpk")


def _rhythm(stage: Stage, stay: Stay, until: int, norm: int) -> list[int]:
    """Give the days on which the child was seen: within five working days, then by the norm."""
    dice = stage.dice
    now = stay.end is None
    first = stay.start + dice.between(0, 4)
    long = until - stay.start
    if now and long > norm + 20 and dice.chance(figures.UNSEEN_BY_CONTACT):
        until -= norm + dice.between(1, norm // 2)
    elif now and 9 < long < norm and dice.chance(figures.UNSEEN_BY_CONTACT):
        return []
    days, day = [], first
    while day <= until:
        days.append(day)
        day += dice.between(norm * 6 // 10, norm - 1)
    return days


def by_guardian(stage: Stage, life: Life, seen: Seen, start: int, end: int) -> None:
    """Write the monthly visits of the guardian from the first day of guardianship on."""
    dice = stage.dice
    until = min(end, stage.now)
    if end > stage.now and until - start > 60 and dice.chance(figures.UNSEEN_BY_GUARDIAN):
        until -= GUARDIAN_NORM + dice.between(1, 34)
    day = start + dice.between(1, 12)
    while day <= until:
        seen.met(day, "guardian", note=dice.pick(texts.VISITS) if day % 3 == 0 else None)
        day += dice.between(22, GUARDIAN_NORM - 2)


def after_18(stage: Stage, life: Life, seen: Seen) -> None:
    """Write the contacts with a young adult, within three months of one another."""
    dice, until = stage.dice, stage.now
    start = max(life.turns(18), stage.now - 730)
    if until - start > 200 and dice.chance(figures.OUT_OF_SIGHT):
        until -= AFTERCARE_NORM + dice.between(1, 100)
    day = start + dice.between(10, 60)
    while day <= until:
        seen.met(day, dice.pick(("guardian", "mentor", "guardian")), dice.pick(MODES))
        day += dice.between(30, AFTERCARE_NORM - 4)


MODES = ("face_to_face", "face_to_face", "phone", "video", "message")
