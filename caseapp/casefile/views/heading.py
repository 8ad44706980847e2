"""The head of a child's page: who it is, where it lives, and who is responsible now, guardian, and next."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from markupsafe import Markup

from caseapp.casefile.views.record import Record, covering
from caseapp.domain.codes import BirthStatus, PlacementKind, Region, TransferStatus
from caseapp.domain.policy import Sees
from caseapp.kernel.seals import Unreadable, readable
from caseapp.kernel.work import Work
from caseapp.moves import queries as moves
from caseapp.people.queries import Sight
from caseapp.web.alert_rows import ROLES_SHORT, organisation_words
from caseapp.web.filters import age_in_words, birth_date, day_in_sentence, v_number
from caseapp.web.i18n import Words
from caseapp.web.labels import BIRTH_STATUSES, REGIONS, label
from caseapp.web.languages import language_names
from caseapp.web.tiles import Holder

if TYPE_CHECKING:
    from caseapp.moves.models import Transfer
    from caseapp.people.models import Card, ChildFacts


def facts_of(work: Work, child: Sight, record: Record) -> list[tuple[Words, Words]]:
    """Return the pairs of word and value under the name: as much as the reader may see."""
    card = readable(child.child, "card")
    if isinstance(card, Unreadable):
        return [(_("Name"), _not_readable(card))]
    pairs: list[tuple[Words, Words]] = [(_("Age"), _age(work, child, card))]
    if child.sees is Sees.HEADER:
        return pairs
    facts = readable(child.child, "facts")
    if not isinstance(facts, Unreadable):
        pairs.append((_("Language"), _language(facts)))
    if child.sees is Sees.HANDOVER:
        return pairs
    if child.open_file:
        pairs.insert(1, (_("Lives now"), where_words(work, record)))
    if not isinstance(facts, Unreadable):
        pairs.insert(
            -1, (_("Came alone"), _("yes, without parents") if facts.unaccompanied else _("no"))
        )
    pairs.append((_("V-number"), v_number(card.v_number)))
    return pairs


def _not_readable(fault: Unreadable) -> str:
    return _("Not readable - ref %(reference)s", reference=fault.reference)


def _age(work: Work, child: Sight, card: "Card") -> Words:
    words = age_in_words(card.birth, work.today)
    if child.sees is Sees.HEADER:
        return words
    status = BIRTH_STATUSES[BirthStatus(card.birth_status)]
    soft = Markup('<span class="soft">({}, {})</span>').format(birth_date(card.birth), status)
    return Markup("{} {}").format(words, soft)


def _language(facts: "ChildFacts") -> str:
    return facts.language_text or language_names(facts.languages) or _("not known")


def where_words(work: Work, record: Record) -> str:
    """Return "azc Emmen, since 9 November": where the child lives, or lived last."""
    stay = covering(record.stays, work.today)
    if stay is None:
        last = record.stays[-1] if record.stays else None
        if last is None:
            return _("nowhere on record")
        return _("nowhere on record; last: %(place)s", place=place_words(record, last))
    since = day_in_sentence(stay.from_on, work.today)
    return _("%(place)s, since %(day)s", place=place_words(record, stay), day=since)


def place_words(record: Record, stay: Any) -> str:
    """Return the name of the place of a stay; of a family its name in the file, or kind and region."""
    known = record.place(stay.location_id)
    if known:
        return known
    facts = readable(stay, "facts")
    name = None if isinstance(facts, Unreadable) else facts.place_name
    kind = label(PlacementKind(stay.kind))
    return name or f"{kind} ({REGIONS[Region(stay.region)]})"


def bearer_of(work: Work, child: Sight, record: Record) -> Holder | None:
    """Return who is responsible now; a Holder without a name when nobody is; None when that is not shown."""
    if not child.open_file:
        return None
    row = covering(record.bearers, work.today)
    if row is None:
        return Holder()
    since = _("since %(day)s", day=day_in_sentence(row.from_on, work.today))
    worker = record.workers.get(row.account_id) if row.account_id else None
    if worker is None:
        facts = readable(row, "facts")
        if isinstance(facts, Unreadable):
            return Holder(_not_readable(facts), f"{since}.")
        return Holder(facts.name or _("somebody without an account"), f"{since}.")
    role = ROLES_SHORT.get(worker.role, "")
    said = ", ".join(
        str(part) for part in (role, organisation_words(worker.organisation), since) if part
    )
    return Holder(worker.name, f"{said[:1].upper()}{said[1:]}.", phone=worker.phone or "")


def others_of(work: Work, child: Sight, record: Record) -> list[Holder]:
    """Return who else stands round the child: guardian or aftercare worker, and who comes next."""
    found = [holder for holder in (_guardian(work, record), _next(record, child, work)) if holder]
    return found if child.sees is not Sees.HEADER else []


def _guardian(work: Work, record: Record) -> Holder | None:
    row = covering(record.guardians, work.today)
    support = covering(record.supports, work.today) if row is None else None
    if row is None and support is None:
        return None
    account = row.account_id if row is not None else support.worker_account_id if support else None
    worker = record.workers.get(account) if account else None
    saw = record.guardian_saw
    soft = _("last saw the child on %(day)s", day=day_in_sentence(saw, work.today)) if saw else ""
    title = _("Guardian") if row is not None else _("Support after 18")
    if worker is not None:
        return Holder(
            worker.name, organisation_words(worker.organisation), title, worker.phone or "", soft
        )
    return Holder(_name_in(row), "", title, soft=soft)


def _name_in(row: Any) -> str:
    facts = readable(row, "facts") if row is not None else None
    if isinstance(facts, Unreadable):
        return _not_readable(facts)
    return getattr(facts, "name", None) or _("somebody without an account")


def _next(record: Record, child: Sight, work: Work) -> Holder | None:
    """Return who comes next: who must accept a handover that was sent, or where the child goes."""
    if not child.open_file:
        return None
    waits = [row for row in record.moves if _waits(record, row)]
    if waits:
        row = waits[-1]
        day = day_in_sentence(row.arrived_on or row.planned_on, work.today)
        soft = _("came on %(day)s", day=day) if row.arrived_on else _("comes on %(day)s", day=day)
        return Holder(*_receiver(record, row), _("Waits for acceptance by"), soft=soft)
    coming = [row for row in record.moves if row.status in moves.OPEN]
    if not coming:
        return None
    day = day_in_sentence(coming[0].planned_on, work.today)
    soft = _("the move is not confirmed yet") if coming[0].status == TransferStatus.PLANNED else ""
    return Holder(*_receiver(record, coming[0]), _("Next, after %(day)s", day=day), soft=soft)


def _waits(record: Record, row: "Transfer") -> bool:
    """Say whether a move waits for the receiver: sent or arrived, not cancelled, not accepted."""
    handover = record.handovers.get(row.id)
    if row.status == TransferStatus.CANCELLED or (handover and handover.acknowledged_on):
        return False
    sent = handover is not None and handover.sent_on is not None
    is_last = row is record.moves[-1] or row.status in moves.OPEN
    return is_last and (sent or row.arrived_on is not None)


def _receiver(record: Record, row: "Transfer") -> tuple[str, str]:
    """Return who receives there, and where; without a contact person the place alone."""
    place = record.places.get(row.to_location_id) if row.to_location_id else None
    contact = (
        record.workers.get(place.contact_account_id) if place and place.contact_account_id else None
    )
    if contact is not None and place is not None:
        return contact.name, record.place(place.id)
    return (record.place(place.id) if place else _("another place")), ""
