"""What holds for any document: it is assessed, each identity once, whatever the order it is written in."""

from random import Random

from caseapp.domain.continuity import assess
from caseapp.domain.document import parse
from tests.domain.made import LIMITS


def mixed(value, dice: Random):
    """Return the same document in another order: of every list, and of the keys of every object."""
    if isinstance(value, dict):
        keys = dice.sample(list(value), len(value))
        return {key: mixed(value[key], dice) for key in keys}
    if isinstance(value, list):
        return [mixed(one, dice) for one in dice.sample(value, len(value))]
    return value


def faults(document, today, dice: Random, look=assess) -> list[str]:
    """Return what is wrong with the findings of a document on a day; a crash is a fault too."""
    try:
        found = look(parse(document), today, LIMITS)
        again = look(parse(mixed(document, dice)), today, LIMITS)
    except Exception as error:  # noqa: BLE001 (that is what is looked for)
        return [f"{type(error).__name__}: {error}"]
    identities = [one.identity for one in found]
    wrong = ["in another order other findings"] if found != again else []
    if identities != sorted(set(identities)):
        wrong.append("not each identity once, in order")
    return wrong + [f"{one.identity} since {one.since}" for one in found if one.since > today]
