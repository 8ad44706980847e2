"""Random documents in which records meet: few places, days that lie close together, little else."""

from datetime import date, timedelta

from caseapp.domain import care_codes, codes

BEGIN = date(2024, 1, 1)
PLACES = {
    "A": ("AZC", "GM0001", "noord"), "B": ("NO", "GM0002", "midden"), "C": ("POA", "GM0003", "zuid"),
    "D": ("KWV_AZC", "GM0001", "noord"), "E": ("NIDOS_KWG", "GM0004", "zuid"),
    "F": ("TGO", "GM0002", "midden"), "G": ("GEM", "GM0005", "noord"),
}  # fmt: skip


class Drawing:
    """Draws one document from a random generator."""

    def __init__(self, random):
        self.random = random
        self.pivot = BEGIN + timedelta(days=random.randrange(1100))

    def chance(self, share):
        """Say yes so often."""
        return self.random.random() < share

    def day(self, back=400, ahead=60):
        """Return a day near the day of evaluation."""
        spread = self.random.choice((3, 12, 40, back))
        low = -min(spread, back)
        return self.pivot + timedelta(days=self.random.randint(low, min(spread, ahead)))

    def days(self, **keys):
        """Return some of these optional days; the value is how often each is there."""
        return {key: self.day().isoformat() for key, share in keys.items() if self.chance(share)}

    def one(self, values):
        """Return one of these codes."""
        return self.random.choice([getattr(v, "value", v) for v in values])

    def some(self, make, most=3):
        """Return a short list with ids, in any order."""
        names = self.random.sample("abcdef", self.random.randint(0, most))
        return [{"id": name} | make() for name in names]

    def period(self, start="from", share=0.5):
        """Return a half-open period; it may be empty."""
        first = self.day()
        found = {start: first.isoformat()}
        if self.chance(share):
            more = self.random.choice((0, 1, 10, 40, 90, 300))
            found["to"] = (first + timedelta(days=more)).isoformat()
        return found

    def child(self):
        """Return a child whose birthdays lie near."""
        age = self.random.choice(
            (0, 3, 4, 5, 5, 8, 12, 12, 13, 14, 15, 16, 16, 17, 17, 18, 18, 20, 21, 23)
        )
        near = self.pivot + timedelta(
            days=self.random.choice((-200, -95, -40, 0, 5, 40, 95, 200, 350))
        )
        near += timedelta(days=self.random.randint(-6, 6))
        try:
            born = near.replace(year=near.year - age)
        except ValueError:
            born = near.replace(year=near.year - age, day=28)
        if self.chance(0.03):
            born = date(born.year - born.year % 4, 2, 29)
        return {
            "ref": "x", "v_number": "0000000001", "given_names": "N",
            "birth": {
                "date": born.isoformat(),
                "precision": self.one(("day", "day", "month", "year")),
                "status": self.one(codes.BirthStatus),
            },
            "unaccompanied": self.chance(0.6),
            **({"kindgezin": self.chance(0.5)} if self.chance(0.2) else {}),
            **self.days(application_lodged_on=0.8, first_arrival_on=0.6, needs_assessed_on=0.3,
                        transition_plan_on=0.2, support_declined_on=0.2, closed_on=0.02),
        }  # fmt: skip

    def member(self):
        """Return a member of the family."""
        return {
            "relation": self.one(("sibling", "sibling", "parent")),
            **({"minor": self.chance(0.8)} if self.chance(0.9) else {}),
            **({"location": self.one(PLACES)} if self.chance(0.8) else {}),
            **self.days(location_since=0.5),
            **({"apart_reason": "r"} if self.chance(0.2) else {}),
        }

    def placements(self):
        """Return stays that mostly follow each other, and now and then overlap or leave a gap."""
        cuts = sorted(self.day() for _ in range(self.random.randint(0, 5)))
        found = []
        for number, start in enumerate(cuts):
            place = self.one(PLACES)
            kind, town, region = PLACES[place]
            end = cuts[number + 1] if number + 1 < len(cuts) else None
            if self.chance(0.12):
                end = start + timedelta(days=self.random.choice((0, 2, 30, 100)))
            elif end is not None and self.chance(0.05):
                end = None
            found.append({
                "id": self.one(("p", "q", "r")) + str(9 - number), "location": place,
                "kind": kind if self.chance(0.85) else self.one(codes.PlacementKind),
                "municipality": town, "region": region, "from": start.isoformat(),
                **({"to": end.isoformat()} if end else {}),
                **({"group_size": self.random.choice((12, 13, 20, 21, 80, 81))} if self.chance(0.7) else {}),
            })  # fmt: skip
        self.random.shuffle(found)
        return found

    def transfer(self):
        """Return a transfer in any state."""
        told = self.day()
        planned = told + timedelta(days=self.random.choice((0, 3, 6, 7, 8, 13, 14, 30)))
        status = self.one(codes.TransferStatus)
        arrived = (planned + timedelta(days=self.random.randint(-1, 3))).isoformat()
        items = self.some(
            lambda: (
                {"topic": "care", "text": "t"}
                | ({"outcome": "continues"} if self.chance(0.5) else {})
            )
        )
        handover = {"items": items} | self.days(sent_on=0.5, acknowledged_on=0.3)
        return {
            "from_location": self.one(PLACES), "to_location": self.one(PLACES),
            "announced_on": told.isoformat(), "planned_on": planned.isoformat(), "status": status,
            **({"arrived_on": arrived} if status == "arrived" else {}),
            **({"term_time_reason": "r"} if self.chance(0.3) else {}),
            **({"handover": handover} if self.chance(0.6) else {}),
        }  # fmt: skip

    def school(self):
        """Return a school record."""
        kinds = (
            "PO_nieuwkomers",
            "VO_ISK",
            "VO_ISK",
            "TNV_TOV",
            "ON_LOCATION",
            "EXEMPT",
            "VVE",
            "VO_regulier",
        )
        start = self.day(back=800)
        end = start + timedelta(days=self.random.choice((0, 20, 100, 200, 500)))
        return {
            "type": self.one(kinds),
            **({"attending_from": start.isoformat()} if self.chance(0.8) else {}),
            **({"to": end.isoformat()} if self.chance(0.4) else {}),
            **(
                {"municipality": self.one(("GM0001", "GM0002", "GM0003"))}
                if self.chance(0.7)
                else {}
            ),
            **self.days(waiting_list_since=0.2, kept_after_move_on=0.2, outflow_plan_on=0.2),
        }

    def care(self):
        """Return a care line."""
        found = {
            "kind": self.one(care_codes.CareKind), "place_bound": self.chance(0.7),
            "referred_on": self.day().isoformat(),
            **({"continues": self.one("abcdef")} if self.chance(0.4) else {}),
            **self.days(intake_on=0.2, started_on=0.5, ended_on=0.2, next_contact_on=0.3,
                        medication_until=0.4, waiting_kept_on=0.2),
            "contacts_on": [self.day().isoformat() for _ in range(self.random.randint(0, 2))],
        }  # fmt: skip
        if "ended_on" in found and self.chance(0.5):
            found["end_reason"] = self.one(("moved", "completed"))
        return found

    def observation(self):
        """Return an observation with marks and an action."""
        action = self.days(due_on=0.8, done_on=0.3)
        marks = {
            self.one(("education", "stability")): self.one(("insufficient", "insufficient", "good"))
            for _ in range(self.random.randint(0, 2))
        }
        return {
            "on": self.day().isoformat(), "source": self.one(care_codes.Source),
            "level": self.one(care_codes.Level), "conditions": marks,
            **({"action": action} if self.chance(0.5) else {}),
        }  # fmt: skip

    def support(self):
        """Return support after 18."""
        return {"regime": self.one(care_codes.Regime)} | self.period()

    def contact(self):
        """Return a contact."""
        by, mode = self.one(("guardian", "cpk")), self.one(("face_to_face", "phone"))
        return {"on": self.day().isoformat(), "by": by, "mode": mode}

    def whereabouts(self):
        """Return where the child is otherwise."""
        state = {"state": self.one(codes.WhereaboutsState)}
        return state | self.period() | self.days(police_report_on=0.4)

    def document(self):
        """Return a whole document."""
        on = lambda: {"on": self.day().isoformat()}  # noqa: E731
        return {
            "format": "caseapp-dossier/1",
            "child": self.child(),
            "family_members": [
                {"ref": one.pop("id")} | one for one in self.some(self.member, 2)
            ],
            "placements": self.placements(),
            "transfers": self.some(self.transfer, 3),
            "responsible": self.some(self.period, 2),
            "school": self.some(self.school, 4),
            "absences": self.some(
                lambda: on() | {"hours": self.random.choice((4, 8, 8, 11.5)), "authorised": self.chance(0.1)}, 6
            ),
            "absence_reports": self.some(on, 1),
            "care": self.some(self.care, 4),
            "observations": self.some(self.observation, 4),
            "contacts": self.some(self.contact, 3),
            "guardianship": self.some(self.period, 3),
            "plans": self.some(on, 1),
            "meetings": self.some(on, 1),
            "support": self.some(self.support, 3),
            "consents": self.some(on, 1),
            "whereabouts": self.some(self.whereabouts, 2),
        }  # fmt: skip
