"""What each mail says, word for word, in both languages; and that nothing else can get into one."""

from dataclasses import asdict
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest

from caseapp.kernel.mail import Post, Text, Undelivered, letter
from caseapp.kernel.wording import TEMPLATES, text_of
from caseapp.notices.queries import Numbers
from caseapp.web.i18n import LANGUAGES

KEPT = Path(__file__).resolve().parents[1] / "data" / "mails"
NAMES = sorted(file.stem for file in TEMPLATES.glob("[a-z]*.txt"))
KEY = UUID(int=7)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TELL = (Numbers(3, 1), Numbers(1, 0), Numbers(2, 1, 14, 3), Numbers(1, 0, 1, 0))
POST = Post("localhost", 25, "none", "", "", Address("", "caseapp", "example.org"))


def said(name: str, language: str) -> str:
    """Return a mail of several messages, one of a message that is not serious, and mails about lists."""
    link = "https://caseapp.example.org"
    texts = [text_of(name, language, **asdict(numbers), link=link) for numbers in TELL]
    return "\n".join(f"Subject: {text.subject}\n\n{text.body}" for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_mail_says_what_was_agreed(name: str, language: str) -> None:
    assert said(name, language) == (KEPT / f"{name}.{language}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_it_in_their_own_words(name: str) -> None:
    dutch, english = (
        {
            line
            for line in said(name, language).splitlines()
            if line.strip(" -") and "://" not in line
        }
        for language in LANGUAGES
    )
    assert dutch & english == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_subject_is_one_line(name: str, language: str) -> None:
    subject = text_of(name, language, **asdict(Numbers(12, 12)), link="x").subject
    assert subject
    assert "\n" not in subject
    assert len(subject) < 78


@pytest.mark.attack(6)
@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nSubject: x",
        "a@example.org, b@example.org",
        "<a@example.org>",
        "a@example.org b@example.org",
        "a@",
        "@example.org",
        "a",
        "",
        "a@example.org\x00",
        "ä@example.org",
    ],
)
def test_an_address_that_is_more_than_an_address_is_refused(address: str) -> None:
    with pytest.raises(Undelivered) as refusal:
        letter(POST, address, Text("s", "t\n", "nl"), KEY, AT)
    assert refusal.value.trouble == "no_address"


@pytest.mark.attack(6)
@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize("subject", ["one\r\nBcc: b@example.org", "one\nBcc: b@example.org"])
def test_no_subject_adds_a_line_to_the_head(subject: str) -> None:
    mail = letter(POST, "a@example.org", Text(subject, "t\n", "nl"), KEY, AT)
    read = message_from_bytes(mail.as_bytes(), policy=default)
    assert read["bcc"] is None
    assert read["subject"] == "one Bcc: b@example.org"


@pytest.mark.attack(4)
@pytest.mark.asvs("1.3.7", "1.3.10")
@pytest.mark.parametrize("words", ["{{7*7}}", "{% raw %}", "%s %(num)s", "{0.__class__}"])
def test_what_is_put_into_a_mail_is_never_a_template(words: str) -> None:
    text = text_of("messages", "nl", **asdict(Numbers(1, 0)), link=words)
    assert words in text.body
    assert "49" not in text.body


def test_each_try_is_the_same_mail() -> None:
    first, second = (
        letter(POST, "a@example.org", Text("s", "t\n", "nl"), KEY, AT) for _try in range(2)
    )
    assert first["message-id"] == f"<{KEY}@example.org>"
    assert first.as_bytes() == second.as_bytes()
