"""What every form shares: reading what was sent, and telling what is wrong.

A form knows words and shapes only. Its token is checked centrally (Flask-WTF's CSRFProtect).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar, cast

import wtforms
from flask import has_request_context, request
from werkzeug.datastructures import MultiDict

from caseapp.web.choices import (
    Buttons,
    ChoiceField,
    Choices,
    HiddenField,
    Mistake,
    OnceField,
    Option,
    RadioField,
    RadioSegments,
    Tick,
    TicksField,
    VersionField,
    YesNo,
)
from caseapp.web.fields import (
    Asked,
    BadFieldsError,
    DayField,
    EmailField,
    LongText,
    PasswordField,
    TextField,
)
from caseapp.web.figures import DecimalField, IntegerField, VNumberField
from caseapp.web.i18n import Words

__all__ = [
    "Asked",
    "BadFieldsError",
    "Buttons",
    "ChoiceField",
    "Choices",
    "DayField",
    "DecimalField",
    "EmailField",
    "Form",
    "HiddenField",
    "IntegerField",
    "LongText",
    "Mistake",
    "OnceField",
    "Option",
    "PasswordField",
    "RadioField",
    "RadioSegments",
    "TextField",
    "Tick",
    "TicksField",
    "VNumberField",
    "VersionField",
    "Wrong",
    "YesNo",
    "maybe",
    "refuse_other_rows",
    "some",
]

TOKEN: Final = "csrf_token"  # noqa: S105 - the name of a field, not a secret

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line of the error summary: where it is, and what."""

    target: str
    message: str


class Form(wtforms.Form):
    """A form: its fields in order, the answers once `submitted` is true, the errors otherwise."""

    def __init__(
        self,
        formdata: MultiDict[str, str] | None = None,
        *,
        prefix: str = "",
        ids: str = "",
        values: Mapping[str, object] | None = None,
    ) -> None:
        """Read `formdata` when it was sent, else start from `values`.

        `ids` goes before the ids of the controls, for a form that stands on a page more than once;
        `prefix` before their names, for several forms sent together. Raises BadFieldsError.
        """
        self.is_sent = bool(formdata) or (has_request_context() and request.method == "POST")
        sent = (formdata if formdata is not None else MultiDict()) if self.is_sent else None
        super().__init__(sent, prefix=prefix, data=values)
        self.prefix = prefix
        for field in self._fields.values():
            field.id = f"{ids}{field.name}"
            field.label.field_id = field.id
        if sent is not None:
            self._refuse_strangers(sent)

    @cached_property
    def submitted(self) -> bool:
        """Say whether the form was sent and every answer has the right shape."""
        return self.is_sent and self.validate()

    @property
    def wrong(self) -> list[Wrong]:
        """Return what is wrong, in the order of the fields; what concerns the whole form first."""
        fields = cast("list[Asked[Any]]", list(self))
        first = fields[0].target if fields else ""
        found = [Wrong(first, str(message)) for message in self.form_errors]
        return found + [Wrong(f.target, str(message)) for f in fields for message in f.errors]

    def complain(self, message: Words) -> None:
        """Add an error that concerns the whole form, such as a refusal by an action."""
        self.form_errors.append(str(message))

    def _refuse_strangers(self, sent: "MultiDict[str, str]") -> None:
        names = {field.name: cast("Asked[Any]", field).many for field in self}
        for name in sent:
            if name == TOKEN or (self.prefix and not name.startswith(self.prefix)):
                continue
            if name not in names or (not names[name] and len(sent.getlist(name)) > 1):
                raise BadFieldsError(name)


def refuse_other_rows(sent: Iterable[str], row_field: re.Pattern[str]) -> None:
    """Raise BadFieldsError for a field that is of no row, where the rows of a page are sent together."""
    for name in sent:
        if name != TOKEN and not row_field.fullmatch(name):
            raise BadFieldsError(name)


def some(field: Asked[T]) -> T:
    """Return the answer of a required field; call it once the form is submitted.

    Raises LookupError when there is none: then the field was not required.
    """
    if field.data is None:
        raise LookupError(field.name)
    return field.data


def maybe(field: Asked[T]) -> T | None:
    """Return the answer of an optional field, or nothing."""
    return field.data
