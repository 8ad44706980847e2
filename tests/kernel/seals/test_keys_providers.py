"""Root keys: accepted when private and random, refused otherwise."""

import os
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path

import pytest

from caseapp.kernel.keys import refuse_published
from caseapp.kernel.providers import (
    EnvRoot,
    FileRoot,
    KeyRefusal,
    RootKey,
    make_root_file,
    private_text,
)

HEX = "00ff1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef"
GIVEN = f"case-root-1:{HEX}"


def from_file(tmp_path: Path) -> RootKey:
    path = tmp_path / "given.key"
    path.write_text(GIVEN)
    path.chmod(0o600)
    return FileRoot(path)


def from_environment(tmp_path: Path) -> RootKey:
    return EnvRoot(GIVEN, production=False, allowed=False)


PROVIDERS = [from_file, from_environment]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_gives_back_what_it_wrapped_in_the_same_context(provider, tmp_path):
    root = provider(tmp_path)
    blob = root.wrap(b"k" * 32, b"dossier 1")
    assert root.unwrap(blob, b"dossier 1") == b"k" * 32
    assert b"k" * 32 not in blob
    root.health()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_refuses_another_context_a_cut_and_a_change(provider, tmp_path):
    root = provider(tmp_path)
    blob = root.wrap(b"k" * 32, b"dossier 1")
    for bad, context in ((blob, b"dossier 2"), (blob[:-1], b"dossier 1"), (b"", b"dossier 1")):
        with pytest.raises(KeyRefusal, match=root.key_id):
            root.unwrap(bad, context)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_names_its_key_without_showing_it(provider, tmp_path):
    root = provider(tmp_path)
    assert len(root.key_id) == 8
    assert root.key_id not in HEX
    assert HEX not in repr(root) + str(root) + root.name


def test_the_same_key_from_file_and_environment_opens_the_same(tmp_path):
    one, other = (provider(tmp_path) for provider in PROVIDERS)
    assert one.key_id == other.key_id
    assert other.unwrap(one.wrap(b"k" * 32, b"x"), b"x") == b"k" * 32


def test_a_new_root_file_is_private_and_random(tmp_path):
    one = make_root_file(tmp_path / "deep" / "one.key")
    other = make_root_file(tmp_path / "deep" / "other.key")
    assert one.path.stat().st_mode & 0o777 == 0o600
    assert one.path.parent.stat().st_mode & 0o777 == 0o700
    assert one.key_id != other.key_id


def test_a_root_file_that_is_there_is_never_written_over(tmp_path):
    root = make_root_file(tmp_path / "root.key")
    before = root.path.read_bytes()
    with pytest.raises(FileExistsError):
        make_root_file(root.path)
    assert root.path.read_bytes() == before


@pytest.mark.asvs("13.3.2")
@pytest.mark.parametrize("mode", [0o601, 0o604, 0o610, 0o620, 0o640, 0o644, 0o666])
def test_a_root_file_that_others_can_reach_is_refused(root, mode):
    root.path.chmod(mode)
    with pytest.raises(KeyRefusal, match=f"mode 0{mode:o}: make it 0600"):
        FileRoot(root.path)


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o700])
def test_a_root_file_that_only_its_owner_can_reach_is_taken(root, mode):
    root.path.chmod(mode)
    assert FileRoot(root.path).key_id == root.key_id


def test_a_root_file_of_somebody_else_is_refused(root):
    own = os.geteuid()
    assert private_text(root.path, owner=own).startswith("case-root-1:")
    with pytest.raises(KeyRefusal, match=f"belongs to user {own}, not to us"):
        private_text(root.path, owner=own + 1)


def test_a_missing_root_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.key", tmp_path):
        with pytest.raises(KeyRefusal, match="no root key"):
            FileRoot(path)


def test_a_link_to_a_root_file_is_taken_when_the_file_itself_is_private(root, tmp_path):
    link = tmp_path / "link.key"
    link.symlink_to(root.path)
    assert FileRoot(link).key_id == root.key_id
    root.path.chmod(0o644)
    with pytest.raises(KeyRefusal, match="mode 0644"):
        FileRoot(link)


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEX,
        f"case-root-2:{HEX}",
        f"case-root-1:{HEX[:-1]}",
        f"case-root-1:{HEX}0",
        f"case-root-1:{HEX.upper()}",
        "case-root-1:" + "00" * 32,
        "case-root-1:" + "0123456789abcde0" * 4,
    ],
)
def test_another_form_or_a_typed_key_is_refused_and_not_shown(text):
    with pytest.raises(KeyRefusal) as caught:
        EnvRoot(text, production=False, allowed=False)
    assert not text or text not in str(caught.value)


def test_the_environment_gives_no_key_in_production_unless_allowed():
    with pytest.raises(KeyRefusal, match="ALLOW_ENV_KEY=1"):
        EnvRoot(GIVEN, production=True, allowed=False)
    assert EnvRoot(GIVEN, production=True, allowed=True).name == "environment"


def test_a_root_file_that_changed_under_us_is_not_healthy(root):
    root.path.write_text(GIVEN)
    with pytest.raises(KeyRefusal, match="holds another key"):
        root.health()


@pytest.mark.parametrize(
    "spelling",
    [
        bytes.fromhex(HEX),
        HEX.encode(),
        HEX.upper().encode(),
        b64encode(bytes.fromhex(HEX)),
        urlsafe_b64encode(bytes.fromhex(HEX)),
    ],
)
def test_a_key_that_stands_in_the_source_tree_is_refused(tmp_path, spelling):
    example = tmp_path / "config" / "example.env"
    example.parent.mkdir()
    example.write_bytes(b"KEY=" + spelling + b"\n")
    with pytest.raises(KeyRefusal, match=r"published in .*example\.env"):
        refuse_published(from_environment(tmp_path), tmp_path)


def test_a_key_that_stands_in_the_instance_only_is_taken(tmp_path):
    root = make_root_file(tmp_path / "instance" / "root.key")
    (tmp_path / "README.md").write_text("no key here")
    refuse_published(root, tmp_path)
    (tmp_path / "README.md").write_bytes(root.path.read_bytes())
    with pytest.raises(KeyRefusal, match="README"):
        refuse_published(root, tmp_path)


def test_the_keys_of_these_tests_are_refused_by_the_tree_they_stand_in(tmp_path):
    tree = Path(__file__).resolve().parents[3]
    with pytest.raises(KeyRefusal, match="published in"):
        refuse_published(from_environment(tmp_path), tree)
    refuse_published(make_root_file(tmp_path / "root.key"), tree)


def test_a_refusal_carries_the_exit_code_for_a_wrong_configuration():
    assert KeyRefusal.exit_code == os.EX_CONFIG == 78
