"""The words for kinds of places, schools and care: the long tables of labels.py."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from caseapp.domain.care_codes import CareKind, EndReason, SchoolType
from caseapp.domain.codes import PlacementKind
from caseapp.web.i18n import Words

PLACEMENT_KINDS: Final[Mapping[PlacementKind, Words]] = {
    PlacementKind.COL: _("central reception (col)"),
    PlacementKind.COL_AMV: _("central reception for amv"),
    PlacementKind.POL: _("process reception (pol)"),
    PlacementKind.POA: _("process reception for amv (poa)"),
    PlacementKind.AZC: _("asylum seekers' centre (azc)"),
    PlacementKind.NO: _("emergency reception"),
    PlacementKind.TGO: _("temporary municipal reception (tgo)"),
    PlacementKind.DSL: _("transition location"),
    PlacementKind.HAR: _("hotel scheme"),
    PlacementKind.LOGEER: _("host stay"),
    PlacementKind.KWV_AZC: _("small group on an azc (kwv)"),
    PlacementKind.KWV_EXT: _("small group outside an azc (kwv)"),
    PlacementKind.BO: _("protected reception"),
    PlacementKind.NIDOS_FAM: _("foster family (Nidos)"),
    PlacementKind.NIDOS_KSO: _("small reception (Nidos)"),
    PlacementKind.NIDOS_KWG: _("children's living group (Nidos)"),
    PlacementKind.NIDOS_KWE: _("small living unit (Nidos)"),
    PlacementKind.GLO: _("family location"),
    PlacementKind.VBL: _("restricted-movement location (vbl)"),
    PlacementKind.PBL: _("process-availability location (pbl)"),
    PlacementKind.HTL: _("enforcement location (htl)"),
    PlacementKind.GEM: _("own home in a municipality"),
    PlacementKind.EXT: _("outside reception"),
}

SCHOOL_TYPES: Final[Mapping[SchoolType, Words]] = {
    SchoolType.VVE: _("pre-school (2 to 4)"),
    SchoolType.PO_REGULIER: _("primary school"),
    SchoolType.PO_NIEUWKOMERS: _("primary school for newcomers"),
    SchoolType.TNV_TOV: _("temporary newcomer facility"),
    SchoolType.SBO: _("special primary school (sbo)"),
    SchoolType.SO: _("special education (so)"),
    SchoolType.VO_ISK: _("international transition class (ISK)"),
    SchoolType.VO_REGULIER: _("secondary school"),
    SchoolType.PRO: _("practical education (pro)"),
    SchoolType.VSO: _("special secondary education (vso)"),
    SchoolType.MBO_ENTREE: _("mbo, entry level"),
    SchoolType.MBO_2PLUS: _("mbo, level 2 and up"),
    SchoolType.HO: _("higher education"),
    SchoolType.ON_LOCATION: _("lessons on location, no school"),
    SchoolType.EXEMPT: _("exempt from compulsory education"),
}

CARE_KINDS: Final[Mapping[CareKind, Words]] = {
    CareKind.GZA_INTAKE: _("medical intake (GZA)"),
    CareKind.GZA: _("general practice (GZA)"),
    CareKind.JGZ: _("youth health care (JGZ)"),
    CareKind.GGZ: _("therapy (GGZ)"),
    CareKind.JEUGDHULP: _("youth help"),
    CareKind.SPECIALIST: _("care of the hospital specialist"),
    CareKind.PARAMEDIC: _("physiotherapy, speech therapy and the like"),
    CareKind.DENTAL: _("dental care"),
    CareKind.OTHER: _("other care"),
}

END_REASONS: Final[Mapping[EndReason, Words]] = {
    EndReason.COMPLETED: _("finished"),
    EndReason.NO_LONGER_NEEDED: _("no longer needed"),
    EndReason.STOPPED_BY_CHILD_OR_PARENT: _("stopped by the child or a parent"),
    EndReason.STOPPED_BY_PROVIDER: _("stopped by the provider"),
    EndReason.MOVED: _("broken off by the move"),
    EndReason.OTHER: _("other reason"),
}
