"""Forms that ask everything, for the tests of fields and forms."""

from decimal import Decimal

from werkzeug.datastructures import MultiDict

from caseapp.web.forms import (
    Buttons,
    ChoiceField,
    DayField,
    DecimalField,
    EmailField,
    Form,
    HiddenField,
    IntegerField,
    LongText,
    Option,
    PasswordField,
    RadioSegments,
    TextField,
    Tick,
    TicksField,
    VersionField,
    VNumberField,
    YesNo,
)


class Everything(Form):
    """One field of each class."""

    name = TextField("Name", required="Give a name", most=10)
    note = LongText("Note", most=20)
    mail = EmailField("Mail")
    phrase = PasswordField("Phrase")
    day = DayField("Day")
    hours = DecimalField("Hours", least=0, most=40, step=Decimal("0.25"))
    size = IntegerField("Size", least=1, most=5000)
    v_number = VNumberField("V-number")
    place = ChoiceField("Place", choices=[Option("a", "Azc A", group="North"), ("b", "Azc B")])
    level = RadioSegments("Level", choices=[("low", "Low"), ("high", "High")])
    alone = YesNo("Alone")
    by = TicksField("By", choices=[("child", "Child"), ("parent", "Parent")])
    read_it = Tick("I have read it")


class Small(Form):
    """What a row of a list sends: a version, a place to go back to, two buttons."""

    version = VersionField()
    back = HiddenField()
    do = Buttons("", choices=[("save", "Save"), ("draft", "Keep")])


def everything(**sent: str) -> Everything:
    return Everything(MultiDict({"name": "Noor", **sent}))


def message(form: Form, field: str) -> str:
    assert not form.submitted
    [error] = form[field].errors
    return str(error)
