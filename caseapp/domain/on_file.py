"""What is on file about one child on a day: the facts that count then, list by list, in order."""

from datetime import date
from functools import cached_property

from caseapp.domain import known
from caseapp.domain.facts import (
    Absence,
    AbsenceReport,
    CareLine,
    Consent,
    Contact,
    Dossier,
    FamilyMember,
    Guardianship,
    Meeting,
    Observation,
    Placement,
    Plan,
    Responsible,
    SchoolRecord,
    Support,
    Transfer,
    Whereabouts,
)


class OnFile:
    """The facts of one child that count on `today`, each list worked out when first asked."""

    def __init__(self, dossier: Dossier, today: date) -> None:
        self._dossier = dossier
        self.child = dossier.child
        self.today = today

    # --- days of the child itself ---

    @cached_property
    def first_arrival(self) -> date | None:
        """The first day in reception."""
        return known.happened(self.child.first_arrival_on, self.today)

    @cached_property
    def lodged(self) -> date | None:
        """The day the application was lodged, else the first day in reception."""
        return known.happened(self.child.application_lodged_on, self.today) or self.first_arrival

    @cached_property
    def support_declined(self) -> date | None:
        """The latest day on which support after 18 was declined."""
        return known.happened(self.child.support_declined_on, self.today)

    @cached_property
    def needs_assessed(self) -> date | None:
        """The day on which special needs were assessed."""
        return known.happened(self.child.needs_assessed_on, self.today)

    @cached_property
    def transition_plan(self) -> date | None:
        """The day of the plan for 18."""
        return known.happened(self.child.transition_plan_on, self.today)

    # --- where it lives, and with whom ---

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """The placements that began, in order."""
        return known.begun(self._dossier.placements, self.today)

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """The transfers to another location, as known today."""
        return known.transfers(self._dossier.transfers, self.today)

    @cached_property
    def responsible(self) -> tuple[Responsible, ...]:
        """Who is or was responsible, in order."""
        return known.begun(self._dossier.responsible, self.today)

    @cached_property
    def whereabouts(self) -> tuple[Whereabouts, ...]:
        """Where the child is or was when not at the placement, in order."""
        return known.whereabouts(self._dossier.whereabouts, self.today)

    @cached_property
    def family(self) -> tuple[FamilyMember, ...]:
        """The members of the family."""
        return known.relatives(self._dossier.family_members, self.today)

    # --- school and care ---

    @cached_property
    def school(self) -> tuple[SchoolRecord, ...]:
        """The school records, coming ones too."""
        return known.school(self._dossier.school, self.today)

    @cached_property
    def absences(self) -> tuple[Absence, ...]:
        """The absences from school, by day."""
        return known.dated(self._dossier.absences, self.today)

    @cached_property
    def absence_reports(self) -> tuple[AbsenceReport, ...]:
        """The reports of absence, by day."""
        return known.dated(self._dossier.absence_reports, self.today)

    @cached_property
    def care(self) -> tuple[CareLine, ...]:
        """The care lines that were referred, in order."""
        return known.care(self._dossier.care, self.today)

    # --- who saw the child, and what was agreed ---

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts, by day."""
        return known.dated(self._dossier.contacts, self.today)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """The observations, by day."""
        return known.observations(self._dossier.observations, self.today)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The multidisciplinary meetings, by day."""
        return known.dated(self._dossier.meetings, self.today)

    @cached_property
    def consents(self) -> tuple[Consent, ...]:
        """The conversations on who may know what, by day."""
        return known.dated(self._dossier.consents, self.today)

    # --- guardian and support ---

    @cached_property
    def guardianship(self) -> tuple[Guardianship, ...]:
        """The guardianships that began, in order."""
        return known.begun(self._dossier.guardianship, self.today)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans of the guardian and their reviews, by day."""
        return known.dated(self._dossier.plans, self.today)

    @cached_property
    def support(self) -> tuple[Support, ...]:
        """The support that began, in order."""
        return known.begun(self._dossier.support, self.today)

    @cached_property
    def all_support(self) -> tuple[Support, ...]:
        """The support, coming support too, in order."""
        return known.in_order(self._dossier.support)
