"""Care as it is named in a sentence: by its kind, never by the illness."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import CareKind
from caseapp.web.i18n import Words

CARE_IN_SENTENCE: Final[Mapping[CareKind, Words]] = {
    CareKind.GZA_INTAKE: _("medical intake"),
    CareKind.GZA: _("care of the general practice (GZA)"),
    CareKind.JGZ: _("youth health care"),
    CareKind.GGZ: _("therapy (GGZ)"),
    CareKind.JEUGDHULP: _("youth help"),
    CareKind.SPECIALIST: _("care of the hospital"),
    CareKind.PARAMEDIC: _("physiotherapy or speech therapy"),
    CareKind.DENTAL: _("care of the dentist"),
    CareKind.OTHER: _("care"),
}
"""As the subject: "therapy (GGZ) stopped at the move"."""

WAITING_FOR: Final[Mapping[CareKind, Words]] = {
    CareKind.GZA_INTAKE: _("the medical intake"),
    CareKind.GZA: _("the general practice (GZA)"),
    CareKind.JGZ: _("youth health care"),
    CareKind.GGZ: _("help from the GGZ"),
    CareKind.JEUGDHULP: _("youth help"),
    CareKind.SPECIALIST: _("the hospital"),
    CareKind.PARAMEDIC: _("physiotherapy or speech therapy"),
    CareKind.DENTAL: _("the dentist"),
    CareKind.OTHER: _("care"),
}
"""As what a child waits for: "has waited 99 days for help from the GGZ"."""
