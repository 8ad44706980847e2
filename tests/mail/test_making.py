"""Making mails: bundled, at most one in a quarter of an hour, as each person chose."""

from datetime import UTC, datetime

from caseapp.domain.events import AlertClosed, AlertTaken
from caseapp.domain.mailing import Choice, How, LetterState
from caseapp.domain.policy import Actor
from caseapp.kernel.machine import Machine
from caseapp.notices import queries
from caseapp.notices.actions import claim, make_letter
from tests.mail.outbox import ANY_HOUR, Outbox
from tests.mail.serving import Server
from tests.slices.continuity.story import broken
from tests.world import World


def numbers(box: Outbox) -> list[tuple[int, int]]:
    """Return how many messages each mail tells of, and how many of these are serious."""
    return [(one.total, one.serious) for one in box.letters()]


def test_all_that_came_goes_into_one_mail_a_person(box: Outbox, world: World) -> None:
    box.tell(world.accounts["cpk"], world.accounts["guardian"], severity="critical")
    box.tell(world.accounts["cpk"], severity="warning")
    assert box.make() == 2
    assert sorted(numbers(box)) == [(1, 1), (2, 1)]
    assert box.make() == 0


def test_the_next_mail_waits_a_quarter_of_an_hour(
    box: Outbox, server: Server, world: World
) -> None:
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=1)
    box.tell(world.accounts["cpk"])
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=14)
    assert len(server.mails) == 1
    box.go(server.post, minutes=1)
    assert numbers(box) == [(1, 0), (2, 0)]
    assert len(server.mails) == 2


def test_a_mail_that_came_late_keeps_the_next_one_away_too(
    box: Outbox, server: Server, world: World
) -> None:
    server.be("later")
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=21)  # tried at 0, 1, 6 and not yet at 21
    server.be("kind")
    box.go(server.post, minutes=1)
    assert len(server.mails) == 1
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=14)
    assert len(server.mails) == 1
    box.go(server.post, minutes=1)
    assert len(server.mails) == 2


def test_what_comes_while_a_mail_waits_goes_with_it(
    box: Outbox, server: Server, world: World
) -> None:
    server.be("later")
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=1)
    box.tell(world.accounts["cpk"], severity="critical")
    box.later(minutes=15)
    box.make()
    server.be("kind")
    box.send(server.post)
    [mail] = server.mails
    assert mail["subject"] == "2 nieuwe berichten in Caseapp, 1 is ernstig"


def test_at_night_nobody_is_mailed_and_in_the_morning_once(
    box: Outbox, server: Server, world: World
) -> None:
    box.at = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # seven in the evening in the Netherlands
    box.tell(world.accounts["cpk"], severity="critical")
    assert box.make() == 0
    box.at = datetime(2026, 11, 25, 5, 59, tzinfo=UTC)
    assert box.make() == 0
    box.later(minutes=1)
    box.go(server.post, minutes=1)
    assert len(server.mails) == 1


def test_a_try_that_falls_in_the_night_waits_for_the_morning(
    box: Outbox, server: Server, world: World
) -> None:
    server.be("later")
    box.at = datetime(2026, 11, 24, 17, 59, tzinfo=UTC)
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=2)
    server.be("kind")
    box.go(server.post, minutes=5)
    assert server.mails == []
    [letter] = box.letters()
    assert letter.due_at == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
    assert letter.tries == 1
    box.at = letter.due_at
    box.send(server.post)
    assert list(server.copies.values()) == [1]


def test_who_wants_serious_mails_only_is_mailed_of_these_and_reads_the_rest_inside(
    box: Outbox, world: World
) -> None:
    box.choose(world.accounts["cpk"], Choice(How.CRITICAL))
    box.tell(world.accounts["cpk"], severity="warning")
    assert box.make() == 0
    box.tell(world.accounts["cpk"], severity="critical")
    assert box.make() == 1
    assert numbers(box) == [(1, 1)]
    work = box.work()
    assert queries.unread(work, world.accounts["cpk"]) == 2
    work.session.close()


def test_who_wants_a_daily_mail_gets_it_at_eight_and_no_other(
    box: Outbox, server: Server, world: World
) -> None:
    box.choose(world.accounts["cpk"], Choice(How.DAILY))
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=1)
    assert server.mails[0]["subject"] == "Je dag in Caseapp: 1 nieuw bericht"
    box.tell(world.accounts["cpk"], severity="critical")
    box.later(hours=6)
    assert box.make() == 0
    box.at = datetime(2026, 11, 25, 6, 59, tzinfo=UTC)
    assert box.make() == 0
    box.later(minutes=1)
    assert box.make() == 1


def test_what_was_read_before_is_not_mailed(box: Outbox, server: Server, world: World) -> None:
    box.tell(world.accounts["cpk"])
    box.read(world.accounts["cpk"])
    assert box.make() == 0
    box.tell(world.accounts["cpk"])
    box.make()
    box.read(world.accounts["cpk"])
    box.send(server.post)
    assert server.mails == []
    assert [one.state for one in box.letters()] == [LetterState.DROPPED]


def test_of_an_alert_that_is_over_nobody_is_mailed(house: Machine, world: World) -> None:
    box = Outbox(house)
    alert = broken(house, world)
    work = box.work()
    assert world.accounts["coordinator"] in {one.account_id for one in queries.to_mail(work)}
    work.record(AlertClosed(object_id=alert.id, child_id=world.mine, rule="CAR-1"))
    work.commit()
    waiting = queries.to_mail(work)
    work.session.close()
    assert world.accounts["coordinator"] not in {one.account_id for one in waiting}


def test_who_takes_an_alert_has_read_of_it(house: Machine, world: World) -> None:
    alert = broken(house, world)
    me = Actor(world.accounts["coordinator"], "Staff coordinator")
    work = house.work(me)
    work.record(AlertTaken(object_id=alert.id, child_id=world.mine))
    work.commit()
    assert queries.unread(work, world.accounts["coordinator"]) == 0
    assert queries.unread(work, world.accounts["guardian"]) == 1
    work.session.close()


def test_of_two_workers_that_make_the_same_mail_one_makes_it(box: Outbox, world: World) -> None:
    box.tell(world.accounts["cpk"])
    work = box.work()
    found = queries.to_mail(work)
    work.session.close()
    made = []
    for _worker in range(2):
        work = box.work()
        made += [make_letter(work, one.account_id, one.choice.how) for one in found]
        work.commit()
        work.session.close()
    assert made == [True, False]
    assert len(box.letters()) == 1


def test_a_mail_that_one_worker_sends_no_other_can_claim(box: Outbox, world: World) -> None:
    box.tell(world.accounts["cpk"])
    box.make()
    claims = []
    for _worker in range(2):
        work = box.work()
        claims.append(claim(work))
        work.commit()
        work.session.close()
    assert claims[0] is not None
    assert claims[1] is None


def test_a_mail_whose_worker_was_killed_goes_once_more_and_then_needs_somebody(
    box: Outbox, world: World
) -> None:
    box.choose(world.accounts["cpk"], ANY_HOUR)
    box.tell(world.accounts["cpk"])
    box.make()
    for doubted in (False, True):
        work = box.work()
        mail = claim(work)
        assert mail is not None
        work.commit()
        work.session.close()
        [letter] = box.letters()
        assert letter.in_doubt is doubted
        box.later(minutes=4, seconds=59)
        work = box.work()
        assert claim(work) is None
        work.commit()
        work.session.close()
        box.later(seconds=1)
    work = box.work()
    assert claim(work) is None
    work.commit()
    work.session.close()
    assert [one.state for one in box.letters()] == [LetterState.DEAD]


def test_a_choice_is_kept_and_noted(box: Outbox, world: World) -> None:
    wish = Choice(How.DAILY, 22 * 60, 6 * 60)
    box.choose(world.accounts["cpk"], wish)
    work = box.work()
    assert queries.choice_of(work, world.accounts["cpk"]) == wish
    assert queries.choice_of(work, world.accounts["guardian"]) == Choice()
    work.session.close()
