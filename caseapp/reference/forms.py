"""Questions about locations and schools."""

import re
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseapp.domain.codes import Operator, PlacementKind, Region
from caseapp.domain.intents.reference import LocationDetails, SchoolDetails
from caseapp.web.forms import (
    ChoiceField,
    DayField,
    Form,
    IntegerField,
    RadioSegments,
    TextField,
    Tick,
    VersionField,
    maybe,
    some,
)
from caseapp.web.labels import options

MUNICIPALITY: Final = re.compile(r"GM[0-9]{4}")
BRIN: Final = re.compile(r"[0-9]{2}[A-Z]{2}([0-9]{2})?")
CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]{1,19}")


class CodeField(TextField):
    """A short code in capitals, such as AZC-EMM."""

    width = "short"

    def read(self, text: str) -> str:
        """Return the code in capitals, or say what one looks like."""
        code = text.upper()
        if not CODE.fullmatch(code):
            raise ValueError(_("Write 2 to 20 capitals, digits or dashes, for example AZC-EMM."))
        return code


class MunicipalityField(TextField):
    """The CBS code of a municipality."""

    width = "short"

    def read(self, text: str) -> str:
        """Return the code, or say what one looks like."""
        code = text.upper()
        if not MUNICIPALITY.fullmatch(code):
            raise ValueError(_("Write GM and four digits, for example GM0114."))
        return code


class BrinField(TextField):
    """The number under which the ministry knows a school."""

    width = "short"

    def read(self, text: str) -> str:
        """Return the number, or say what one looks like."""
        code = text.replace(" ", "").upper()
        if not BRIN.fullmatch(code):
            raise ValueError(_("Write two digits and two letters, for example 12AB or 12AB01."))
        return code


class LocationForm(Form):
    """Everything that is known of a location."""

    name = TextField(_("Name"), required=_("Enter the name."), most=200)
    code = CodeField(_("Code"), hint=_("As it stands in the lists."), required=_("Enter the code."))
    kind = ChoiceField(
        _("Kind of reception"), choices=options(PlacementKind), required=_("Choose the kind.")
    )
    operator = ChoiceField(
        _("Who runs it?"), choices=options(Operator), required=_("Choose who runs it.")
    )
    municipality = MunicipalityField(
        _("Municipality"),
        hint=_("The code of Statistics Netherlands: GM and four digits."),
        required=_("Enter the municipality."),
    )
    region = RadioSegments(_("Region"), choices=options(Region), required=_("Choose the region."))
    capacity = IntegerField(_("Number of places"), least=0, most=100_000)
    group_size = IntegerField(_("Children in a group"), least=0, most=100_000)
    open_from = DayField(_("Open from"))
    open_to = DayField(_("Open up to and including"))
    confidential = Tick(
        _("The address is secret"), hint=_("Safe shelter: mails never name this location.")
    )
    version = VersionField()

    def read(self, contact: UUID | None = None) -> LocationDetails:
        """Return what was answered; `contact` is who is contact person already."""
        return LocationDetails(
            code=some(self.code),
            name=some(self.name),
            kind=PlacementKind(some(self.kind)),
            operator=Operator(some(self.operator)),
            municipality=some(self.municipality),
            region=Region(some(self.region)),
            capacity=maybe(self.capacity),
            group_size=maybe(self.group_size),
            open_from=maybe(self.open_from),
            open_to=maybe(self.open_to),
            confidential=bool(self.confidential.data),
            contact_account_id=contact,
        )


class SchoolForm(Form):
    """A school that forms can offer."""

    name = TextField(_("Name"), required=_("Enter the name."), most=200)
    brin = BrinField(_("BRIN number"))
    municipality = MunicipalityField(
        _("Municipality"), hint=_("The code of Statistics Netherlands: GM and four digits.")
    )
    version = VersionField()

    def read(self) -> SchoolDetails:
        """Return what was answered."""
        return SchoolDetails(some(self.name), maybe(self.brin), maybe(self.municipality))
