"""What stood in a record before it was corrected, in the words of the form that corrects it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from flask_babel import gettext as _

from caseapp.kernel.seals import Unreadable
from caseapp.web.choices import Chosen, Tick, TicksField, VersionField
from caseapp.web.fields import Asked
from caseapp.web.forms import Form
from caseapp.web.i18n import Words

NOT_SHOWN = frozenset({"hidden", "buttons", "password"})


class Replaced(Protocol):
    """What a row was until a correction (audit.queries.Earlier)."""

    @property
    def at(self) -> datetime:
        """Return when it was replaced."""

    @property
    def by(self) -> UUID | None:
        """Return who replaced it."""


R = TypeVar("R", bound=Replaced)


@dataclass(frozen=True, slots=True)
class Was:
    """What one correction replaced: until when it stood, who changed it, and the fields that differed."""

    when: datetime
    who: str
    fields: Mapping[Words, str]
    unreadable: str = ""
    """The reference of a version that does not open; then there are no fields."""


def what_was(
    form: Form,
    now: Mapping[str, object],
    entries: Sequence[R],
    values_of: Callable[[R], Mapping[str, object] | Unreadable],
    names: Mapping[UUID, str],
) -> list[Was]:
    """Return for each earlier version the fields that differ from what replaced it, the latest first.

    `now` and `values_of` give values by the name of the field in `form`, as they would fill it.
    """
    found: list[Was] = []
    later = written(form, now)
    for entry in entries:
        who = names.get(entry.by, "") if entry.by else ""
        values = values_of(entry)
        if isinstance(values, Unreadable):
            found.append(Was(entry.at, who, {}, values.reference))
            continue
        was = written(form, values)
        differs = {words: text for words, text in was.items() if text != later[words]}
        if differs:
            found.append(Was(entry.at, who, differs))
        later = was
    return found


def meanwhile(form: Form, now: Mapping[str, object], version: int) -> dict[Words, str]:
    """Return what stands in the row now where it is not what was typed, after a lost race.

    The form then counts from that version: sending it again is a choice for the own text.
    """
    for field in form:
        if isinstance(field, VersionField):
            field.typed = str(version)
    return {
        field.label.text: _text(field, now.get(field.name))
        for field in _asked(form)
        if field.data != now.get(field.name)
    }


def written(form: Form, values: Mapping[str, object]) -> dict[Words, str]:
    """Return the text of each value under the label of its field, in the order of the form."""
    return {field.label.text: _text(field, values.get(field.name)) for field in _asked(form)}


def _asked(form: Form) -> Iterator[Asked[Any]]:
    for field in form:
        if isinstance(field, Asked) and field.look not in NOT_SHOWN:
            yield field


def _text(field: Asked[Any], value: object) -> str:
    if value is None:
        return ""
    if isinstance(field, Tick):
        return _("Yes") if value else _("No")
    if isinstance(field, TicksField):
        ticked = cast("tuple[str, ...]", value)
        return ", ".join(str(option.label) for option in field.choices if option.value in ticked)
    text = field.write(value)
    if isinstance(field, Chosen):
        return next((str(o.label) for o in field.choices if o.value == text), text)
    return text
