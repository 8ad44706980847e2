"""With a real mail server, down, slow, refusing or hanging up: every mail arrives once, or is seen lost."""

from datetime import timedelta
from pathlib import Path

import pytest

from caseapp.domain.mailing import BACK_OFF, LetterState, Trouble
from tests.mail import serving
from tests.mail.outbox import ANY_HOUR, LINK, Outbox
from tests.mail.serving import Server
from tests.world import World


def test_a_mail_arrives_once_and_says_no_more_than_numbers(
    box: Outbox, server: Server, world: World
) -> None:
    box.tell(world.accounts["cpk"], child=world.mine, severity="critical")
    box.tell(world.accounts["cpk"], child=world.mine)
    box.go(server.post, minutes=3)
    [mail] = server.mails
    assert mail["rcpt"] == ["cpk@example.org"]
    assert mail["subject"] == "2 nieuwe berichten in Caseapp, 1 is ernstig"
    assert LINK in mail["text"]
    assert mail["auto-submitted"] == "auto-generated"
    assert "Zqx" not in str(mail)
    assert str(world.mine) not in str(mail)
    assert "AZC" not in str(mail).upper()
    [letter] = box.letters()
    assert (letter.state, letter.tries) == (LetterState.SENT, 1)


def test_a_server_that_is_down_gets_the_mail_when_it_is_back(
    box: Outbox, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "smtp"
    folder.mkdir()
    with serving.running(folder) as own:
        post = own.post
        own.stop()
        box.tell(world.accounts["cpk"])
        box.go(post, minutes=5)
        [letter] = box.letters()
        assert (letter.state, letter.trouble) == (LetterState.WAITING, Trouble.UNREACHABLE)
        assert letter.tries == 2
        own.start()
        box.go(post, minutes=20)
        assert list(own.copies.values()) == [1]


@pytest.mark.parametrize(
    ("mood", "trouble", "reply"),
    [
        ("later", Trouble.NOT_NOW, 451),
        ("slow", Trouble.TOO_SLOW, None),
        ("drop", Trouble.BROKEN_OFF, None),
    ],
)
def test_a_mail_that_was_not_taken_goes_again_and_arrives_once(
    box: Outbox, server: Server, world: World, mood: str, trouble: Trouble, reply: int | None
) -> None:
    server.be(mood)
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=1)
    [letter] = box.letters()
    assert (letter.state, letter.trouble, letter.reply) == (LetterState.WAITING, trouble, reply)
    assert server.mails == []
    server.be("kind")
    box.go(server.post, minutes=20)
    assert list(server.copies.values()) == [1]
    assert box.letters()[0].trouble is None


@pytest.mark.parametrize("mood", ["keep-and-drop", "slow-answer"])
def test_a_mail_that_was_taken_without_an_answer_comes_once_more_at_most_as_the_same_mail(
    box: Outbox, server: Server, world: World, mood: str
) -> None:
    server.be(mood)
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=1)
    assert box.letters()[0].in_doubt
    box.tell(world.accounts["cpk"])
    server.be("kind")
    box.go(server.post, minutes=5)
    assert list(server.copies.values()) == [2]
    assert server.mails[0]["text"] == server.mails[1]["text"]


def test_a_server_that_always_takes_and_hangs_up_gets_a_mail_twice_and_no_more(
    box: Outbox, server: Server, world: World
) -> None:
    server.be("keep-and-drop")
    box.tell(world.accounts["cpk"])
    box.go(server.post, minutes=30)
    assert list(server.copies.values()) == [2]
    [letter] = box.letters()
    assert (letter.state, letter.in_doubt) == (LetterState.DEAD, True)


@pytest.mark.parametrize(("mood", "reply"), [("never", 550), ("full", 552)])
def test_a_mail_that_is_refused_for_good_is_given_up_at_once(
    box: Outbox, server: Server, world: World, mood: str, reply: int
) -> None:
    server.be(mood)
    box.tell(world.accounts["cpk"], world.accounts["guardian"])
    box.go(server.post, minutes=2)
    letters = box.letters()
    assert {(one.state, one.tries, one.reply) for one in letters} == {(LetterState.DEAD, 1, reply)}
    assert len(letters) == 2
    server.be("kind")
    box.go(server.post, minutes=60)
    assert server.mails == []


def test_a_server_that_never_has_time_loses_the_mail_after_all_tries(
    box: Outbox, server: Server, world: World
) -> None:
    server.be("later")
    box.choose(world.accounts["cpk"], ANY_HOUR)
    box.tell(world.accounts["cpk"])
    box.make()
    for wait in BACK_OFF:
        assert box.send(server.post).failed == 1
        box.at += wait - timedelta(seconds=1)
        assert box.send(server.post).failed == 0  # not before its time
        box.later(seconds=1)
        assert box.letters()[0].state == LetterState.WAITING
    assert box.send(server.post).failed == 1
    [letter] = box.letters()
    assert (letter.state, letter.tries) == (LetterState.DEAD, len(BACK_OFF) + 1)


def test_trouble_of_the_server_costs_one_mail_a_try_and_not_every_mail(
    box: Outbox, server: Server, world: World
) -> None:
    server.be("slow")
    box.tell(*(world.accounts[who] for who in ("cpk", "guardian", "coordinator")))
    box.make()
    assert box.send(server.post).failed == 1
    assert sorted(one.tries for one in box.letters()) == [0, 0, 1]
    server.be("kind")
    box.later(minutes=1)
    assert box.send(server.post).sent == 3
    assert sorted(server.copies.values()) == [1, 1, 1]


def test_an_address_that_cannot_be_used_is_no_try_of_the_server(
    box: Outbox, server: Server, world: World
) -> None:
    box.tell(world.accounts["cpk"])
    box.close(world.accounts["cpk"])
    box.go(server.post, minutes=1)
    [letter] = [one for one in box.letters() if one.account_id == world.accounts["cpk"]]
    assert (letter.state, letter.trouble) == (LetterState.DEAD, Trouble.NO_ADDRESS)
    assert "cpk@example.org" not in str(server.mails)


def test_nothing_is_sent_while_mail_is_off(box: Outbox, world: World) -> None:
    box.tell(world.accounts["cpk"])
    box.go(None, minutes=30)
    box.tell(world.accounts["cpk"])
    box.go(None, minutes=30)
    [letter] = box.letters()
    assert (letter.state, letter.tries, letter.total) == (LetterState.WAITING, 0, 2)
