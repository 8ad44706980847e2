"""Nothing can be asked of a sealed attribute of a class: whatever somebody would do in a query is refused."""

import operator
from collections.abc import Callable
from typing import Any

import pytest

from caseapp.kernel.seals import CannotQuerySealed
from tests.kernel.seals.sealed_rows import Child

ONE_SIDED: dict[str, Callable[[Any], Any]] = {
    "bool": bool, "len": len, "iter": iter, "hash": hash, "format": format, "call": lambda x: x(),
    "neg": operator.neg, "invert": operator.invert, "item": lambda x: x[0],
    "contains": lambda x: "a" in x, "like": lambda x: x.like("a"),
}  # fmt: skip
TWO_SIDED = (
    operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge, operator.add,
    operator.sub, operator.mul, operator.truediv, operator.mod, operator.and_, operator.or_,
    operator.xor, operator.lshift, operator.rshift,
)  # fmt: skip
REFLECTED = {
    operator.add, operator.sub, operator.mul, operator.truediv, operator.mod, operator.and_,
    operator.or_, operator.xor,
}  # fmt: skip


@pytest.mark.parametrize("asked", ONE_SIDED.values(), ids=ONE_SIDED)
def test_nothing_is_asked_of_a_sealed_attribute(asked: Callable[[Any], Any]) -> None:
    with pytest.raises(CannotQuerySealed, match="card is sealed: open it and compare in memory"):
        asked(Child.card)


@pytest.mark.parametrize("asked", TWO_SIDED, ids=lambda one: one.__name__)
def test_a_sealed_attribute_is_compared_and_joined_with_nothing(asked: Any) -> None:
    with pytest.raises(CannotQuerySealed, match="card is sealed"):
        asked(Child.card, 7)
    if asked in REFLECTED:
        with pytest.raises(CannotQuerySealed, match="card is sealed"):
            asked(7, Child.card)


def test_a_sealed_attribute_may_be_named() -> None:
    assert repr(Child.card).startswith("<sealed ")
    assert "card" in repr(Child.card)
