"""Mail goes to the server of the settings, safely, or not at all."""

from pathlib import Path

import pytest

from caseapp.kernel.mail import post_of
from caseapp.settings import Settings, SettingsError, load

SECRET = "x" * 32
IN_A_FILE = "kept-in-a-file"
IN_THE_ENVIRONMENT = "from-the-environment"


def settings(folder: Path, **mail: str) -> Settings:
    """Return settings with these about mail."""
    given = {f"CASEAPP_MAIL_{name.upper()}": value for name, value in mail.items()}
    base = {"CASEAPP_INSTANCE": str(folder), "CASEAPP_SECRET_KEY": SECRET}
    return load("test", base | given)


def test_without_a_host_mail_is_off(tmp_path: Path) -> None:
    assert post_of(settings(tmp_path)) is None


def test_with_a_host_the_connection_is_sealed_unless_it_stays_on_this_machine(
    tmp_path: Path,
) -> None:
    far = {"host": "mail.example.org", "from": "caseapp@example.org"}
    found = post_of(settings(tmp_path, **far))
    assert found is not None
    assert (found.host, found.port, found.security) == ("mail.example.org", 587, "starttls")
    with pytest.raises(SettingsError, match="none"):
        post_of(settings(tmp_path, **far, security="none"))
    near = post_of(settings(tmp_path, **(far | {"host": "localhost"}), security="none"))
    assert near is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [("security", "maybe"), ("from", "nobody"), ("from", "a@b.org\nBcc: c@d.org")],
)
def test_a_setting_that_makes_no_sense_is_refused(tmp_path: Path, name: str, value: str) -> None:
    given = {"host": "mail.example.org", "from": "caseapp@example.org"} | {name: value}
    with pytest.raises(SettingsError):
        post_of(settings(tmp_path, **given))


def test_the_password_can_come_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "mail.key").write_text(f"{IN_A_FILE}\n", "ascii")
    far = {"host": "mail.example.org", "from": "caseapp@example.org", "user": "caseapp"}
    found = post_of(settings(tmp_path, **far))
    assert found is not None
    assert found.password == IN_A_FILE
    assert IN_A_FILE not in repr(found)
    given = post_of(settings(tmp_path, **far, password=IN_THE_ENVIRONMENT))
    assert given is not None
    assert given.password == IN_THE_ENVIRONMENT
