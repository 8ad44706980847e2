"""Key services that are away, refuse or send us elsewhere; and hosts that nobody may ask."""

import socket

import pytest

from caseapp.kernel import aws_kms, vault_transit
from caseapp.kernel.endpoints import endpoint, may_be_called
from caseapp.kernel.keys import Keyring, Lasting, establish
from caseapp.kernel.keystore import Keystore
from caseapp.kernel.providers import PATIENCE, KeyRefusal, KeysAwayError, make_root_file, patiently
from caseapp.kernel.root_keys import root_key
from caseapp.kernel.vault_transit import TransitRoot
from caseapp.settings import SettingsError, load
from tests.kernel.roots.services import kms_root, transit_root

KEY = b"k" * 32
HOSTS = ("vault.example", "localhost", "10.1.2.3", "2852039166", "0xa9fea9fe", "169.254.43518")


def at(*addresses):
    """Return a look-up that gives these addresses, whatever is asked."""
    return lambda _host, _port: addresses


@pytest.fixture
def root(vault, tmp_path):
    vault.ask("/v1/transit/keys/caseapp")
    return transit_root(vault, tmp_path)


@pytest.fixture
def nobody():
    """Give an address at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"https://localhost:{one.getsockname()[1]}"


def test_an_old_version_opens_until_the_service_shuts_it(vault, tmp_path):
    vault.ask("/v1/transit/keys/turning")
    root = transit_root(vault, tmp_path, "turning")
    old = root.wrap(KEY, b"x")
    vault.ask("/v1/transit/keys/turning/rotate")
    new = root.wrap(KEY, b"x")
    assert [blob[:9] for blob in (old, new)] == [b"vault:v1:", b"vault:v2:"]
    assert root.versions() == ("v1", "v2")
    assert root.unwrap(old, b"x") == root.unwrap(new, b"x") == KEY
    vault.ask("/v1/transit/keys/turning/config", min_decryption_version=2)
    assert root.versions() == ("v2",)
    with pytest.raises(KeyRefusal, match="does not open it"):
        root.unwrap(old, b"x")
    assert root.unwrap(new, b"x") == KEY


def test_each_namespace_has_its_own_key(vault, tmp_path):
    for namespace in ("north", "south"):
        vault.ask("/v1/transit/keys/shared", namespace=namespace)
    one, other = (transit_root(vault, tmp_path, "shared", namespace=n) for n in ("north", "south"))
    assert one.key_id != other.key_id
    with pytest.raises(KeyRefusal):
        other.unwrap(one.wrap(KEY, b"x"), b"x")


@pytest.mark.parametrize(
    "made", [{"exportable": True}, {"allow_plaintext_backup": True}, {"type": "rsa-4096"}]
)
@pytest.mark.asvs("11.2.2", "13.3.1")
def test_a_key_that_could_be_taken_out_or_is_of_another_kind_is_refused(made, vault, tmp_path):
    name = "-".join(map(str, *made.items())).lower()
    vault.ask(f"/v1/transit/keys/{name}", **made)
    with pytest.raises(KeyRefusal, match=r"taken out|of the kind rsa-4096"):
        transit_root(vault, tmp_path, name).health()


def test_a_token_is_read_at_each_call_from_a_file_of_ours_alone(root, tmp_path):
    token = tmp_path / "vault.token"
    blob = root.wrap(KEY, b"x")
    token.write_text("hvs.revoked")
    with pytest.raises(KeyRefusal, match=r"refuses \(403\)"):
        root.unwrap(blob, b"x")
    token.chmod(0o644)
    with pytest.raises(KeyRefusal, match="mode 0644: make it 0600"):
        root.unwrap(blob, b"x")
    token.unlink()
    with pytest.raises(KeyRefusal, match="no token of the key service"):
        root.unwrap(blob, b"x")


def test_a_key_that_is_not_there_is_refused(vault, tmp_path):
    with pytest.raises(KeyRefusal, match=r"refuses \(404\)"):
        transit_root(vault, tmp_path, "none").health()


def test_a_sealed_service_is_away_and_one_that_is_back_is_not(root, vault):
    vault.ask("/test/seal")
    with pytest.raises(KeysAwayError, match="503"):
        root.health()
    vault.ask("/test/unseal")
    root.health()


@pytest.mark.asvs("12.3.2", "13.2.4", "15.3.2")
@pytest.mark.attack(13)
def test_a_service_that_sends_us_elsewhere_is_not_followed(root, vault):
    vault.ask("/test/redirect")
    with pytest.raises(KeyRefusal, match=r"sends us elsewhere \(307\), and we do not go"):
        root.health()


@pytest.mark.attack(13, twin="redirects are followed")
def test_a_client_that_follows_would_have_gone_to_the_address_of_the_machine(
    root, vault, monkeypatch
):
    asked = []
    vault.ask("/test/redirect")

    def follow(self, *words, **options):
        answer = plain(self, *words, **options | {"allow_redirects": False})
        asked.append(answer.headers["Location"])
        return answer

    plain = vault_transit.requests.Session.request
    monkeypatch.setattr(vault_transit.requests.Session, "request", follow)
    with pytest.raises(KeyRefusal):
        root.health()
    assert asked == ["http://169.254.169.254/latest/meta-data/"]


@pytest.mark.asvs("12.3.2", "12.3.4")
def test_a_certificate_that_nobody_vouches_for_is_not_believed(root, vault, tmp_path):
    with pytest.raises(KeysAwayError, match="SSLError"):
        transit_root(vault, tmp_path, ca_file="").health()


@pytest.mark.asvs("12.3.2")
def test_a_certificate_of_another_name_is_not_believed(vault, tmp_path):
    port = vault.url.rpartition(":")[2]
    root = transit_root(vault, tmp_path, url=f"https://vault.example:{port}", hosts=HOSTS)
    root = TransitRoot(root._place, at("127.0.0.1"))
    with pytest.raises(KeyRefusal, match=r"has the address 127\.0\.0\.1"):
        root.health()
    assert may_be_called("127.0.0.1", own=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("caseapp.kernel.endpoints.OWN_MACHINE", frozenset({"vault.example"}))
        with pytest.raises(KeysAwayError, match="SSLError"):
            root.health()


def test_nobody_there_and_no_such_name_are_away(nobody, vault, tmp_path):
    with pytest.raises(KeysAwayError, match="does not answer"):
        transit_root(vault, tmp_path, url=nobody).health()

    def lost(_host, _port):
        raise socket.gaierror

    with pytest.raises(KeysAwayError, match="cannot be looked up"):
        endpoint("https://vault.example", HOSTS, lost)
    with pytest.raises(KeysAwayError, match="has no address"):
        endpoint("https://vault.example", HOSTS, at())


def test_kms_that_is_not_there_is_away_and_a_disabled_key_is_refused(credentials, kms):
    root = kms_root(kms)
    root._client.disable_key(KeyId=root._place.key)
    with pytest.raises(KeyRefusal, match="is Disabled"):
        root.health()
    with pytest.raises(KeyRefusal, match=r"refuses \(NotFoundException\)"):
        aws_kms.KmsRoot(aws_kms.Place("none", "eu-west-1", kms, ("127.0.0.1",))).health()
    away = aws_kms.Place("none", "eu-west-1", "http://127.0.0.1:9", ("127.0.0.1",))
    with pytest.raises(KeysAwayError, match="does not answer"):
        aws_kms.KmsRoot(away).health()


def test_kms_is_asked_at_a_named_host_only(credentials):
    place = aws_kms.Place("key", "eu-west-1", "https://kms.evil.example", ("kms.example",))
    with pytest.raises(KeyRefusal, match="is not among CASEAPP_KEY_HOSTS"):
        aws_kms.KmsRoot(place)


FORBIDDEN = [
    ("https://evil.example", at("10.0.0.1"), "is not among"),
    ("https://vault.example.", at("10.0.0.1"), "is not among"),
    ("https://vault.example@evil.example", at("10.0.0.1"), "and nothing more"),
    ("https://vault.example/v1?x=1", at("10.0.0.1"), "and nothing more"),
    ("https://vault.example/elsewhere", at("10.0.0.1"), "and nothing more"),
    ("http://vault.example", at("10.0.0.1"), "over https only"),
    ("file://vault.example", at("10.0.0.1"), "over https only"),
    ("gopher://localhost", at("127.0.0.1"), "over https only"),
    ("https://2852039166", at("169.254.169.254"), "spelling of its own"),
    ("https://0xa9fea9fe", at("169.254.169.254"), "spelling of its own"),
    ("https://169.254.43518", at("169.254.169.254"), "spelling of its own"),
    ("https://vault.example", at("169.254.169.254"), "nobody's key service"),
    ("https://vault.example", at("10.0.0.1", "169.254.169.254"), "nobody's key service"),
    ("https://vault.example", at("::ffff:169.254.169.254"), "nobody's key service"),
    ("https://vault.example", at("fe80::1%eth0"), "nobody's key service"),
    ("https://vault.example", at("fd00:ec2::254"), "nobody's key service"),
    ("https://vault.example", at("127.0.0.1"), "nobody's key service"),
    ("https://vault.example", at("::1"), "nobody's key service"),
    ("https://vault.example", at("0.0.0.0"), "nobody's key service"),  # noqa: S104
    ("https://vault.example", at("224.0.0.1"), "nobody's key service"),
    ("https://vault.example", at("240.0.0.1"), "nobody's key service"),
]


@pytest.mark.asvs("1.3.6", "13.2.4", "15.3.2")
@pytest.mark.attack(13)
@pytest.mark.parametrize(("url", "resolve", "words"), FORBIDDEN)
def test_only_hosts_of_the_settings_are_asked_and_never_at_an_address_of_the_machine(
    url, resolve, words
):
    with pytest.raises(KeyRefusal, match=words):
        endpoint(url, HOSTS, resolve)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://vault.example", "10.0.0.1"),
        ("https://vault.example:8200/", "192.168.1.7"),
        ("https://10.1.2.3", "10.1.2.3"),
        ("http://localhost:8200", "127.0.0.1"),
        ("https://VAULT.example", "2a00::7"),
    ],
)
def test_a_service_in_a_private_net_is_asked_when_it_is_named(url, address):
    assert endpoint(url, HOSTS, at(address)).address == address


@pytest.mark.attack(13)
def test_a_name_that_changes_its_mind_is_looked_up_once_and_called_where_it_was_looked_at(
    vault, tmp_path, monkeypatch
):
    answers = [["10.0.0.7"], ["169.254.169.254"]]
    called = []
    monkeypatch.setattr(
        vault_transit.requests.Session,
        "request",
        lambda _self, _method, url, **_options: called.append(url) or _refuse(),
    )
    place = transit_root(vault, tmp_path, url="https://vault.example", hosts=HOSTS)._place
    root = TransitRoot(place, lambda _host, _port: answers.pop(0))
    with pytest.raises(KeysAwayError):
        root.versions()
    assert called == ["https://10.0.0.7:443/v1/transit/keys/caseapp"]
    with pytest.raises(KeyRefusal, match="nobody's key service"):
        root.versions()
    assert len(called) == 1


def _refuse():
    raise vault_transit.requests.ConnectionError


@pytest.mark.attack(13, twin="the addresses of a name are not looked at")
def test_without_the_look_a_name_could_lead_to_the_address_of_the_machine(monkeypatch):
    monkeypatch.setattr("caseapp.kernel.endpoints.may_be_called", lambda _address, **_: True)
    reached = endpoint("https://vault.example", HOSTS, at("169.254.169.254"))
    assert reached.origin == "https://169.254.169.254:443"


class Away:
    """A root key whose service does not answer so many times."""

    def __init__(self, times):
        self.times = times
        self.asked = 0

    def health(self):
        self.asked += 1
        if self.asked <= self.times:
            raise KeysAwayError("nobody answers")


@pytest.mark.parametrize("times", [0, 1, len(PATIENCE)])
def test_a_start_waits_for_a_service_that_comes_back(times):
    waited: list[float] = []
    patiently(Away(times), waited.append)
    assert waited == list(PATIENCE[:times])


def test_a_start_refuses_when_the_service_stays_away():
    waited: list[float] = []
    with pytest.raises(KeysAwayError):
        patiently(Away(len(PATIENCE) + 1), waited.append)
    assert waited == list(PATIENCE)


class Clock:
    """Seconds that a test sets."""

    now = 1000.0

    def __call__(self):
        return self.now


def test_what_was_opened_is_used_until_its_time_is_over_and_again_when_the_service_is_back(
    root, vault, tmp_path
):
    store = Keystore(f"sqlite:///{tmp_path / 'keys' / 'keystore.db'}")
    establish(root, store, sealed_rows=False)
    clock = Clock()
    ring = Keyring.open(root, store, lasting=Lasting(renew=300, retry=15, ttl=900), ticks=clock)
    vault.ask("/test/seal")
    for later, works in ((299, True), (899.9, True), (900, False), (901, False)):
        clock.now = 1000 + later
        if works:
            assert ring.index_key("v_number")
        else:
            with pytest.raises(KeysAwayError, match="could not be renewed for too long"):
                ring.index_key("v_number")
    vault.ask("/test/unseal")
    clock.now += 13.8  # it was last asked at 899.9
    with pytest.raises(KeysAwayError):
        ring.primary("dossier")
    clock.now += 1
    assert ring.primary("dossier")
    store.close()


def test_a_right_that_is_taken_away_ends_what_a_process_can_open(tmp_path):
    file = make_root_file(tmp_path / "root.key")
    store = Keystore(f"sqlite:///{tmp_path / 'keys' / 'keystore.db'}")
    establish(file, store, sealed_rows=False)
    clock = Clock()
    ring = Keyring.open(file, store, ticks=clock)
    file.path.unlink()
    clock.now += 899
    assert ring.index_key("v_number")
    clock.now += 2
    with pytest.raises(KeysAwayError):
        ring.index_key("v_number")
    store.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"CASEAPP_KEY_PROVIDER": "paper"}, "choose one of file, env, vault-transit, aws-kms"),
        ({"CASEAPP_KEY_PROVIDER": "vault-transit"}, "and nothing more|is not among"),
        ({"CASEAPP_KEY_PROVIDER": "file"}, "no root key"),
        ({"CASEAPP_KEY_PROVIDER": "env"}, "gives none"),
    ],
)
def test_a_provider_that_is_not_set_up_is_refused_in_a_sentence(given, words, tmp_path):
    place = {"CASEAPP_INSTANCE": str(tmp_path), "CASEAPP_SECRET_KEY": "x" * 40}
    settings = load("test", place | given)
    with pytest.raises((KeyRefusal, SettingsError), match=words):
        root_key(settings)


def test_every_provider_is_opened_by_its_settings(vault, credentials, kms, tmp_path):
    vault.ask("/v1/transit/keys/caseapp")
    transit_root(vault, tmp_path)  # writes the token
    place = {"CASEAPP_INSTANCE": str(tmp_path), "CASEAPP_SECRET_KEY": "x" * 40}
    ours = {
        "CASEAPP_KEY_HOSTS": "localhost 127.0.0.1",
        "CASEAPP_VAULT_URL": vault.url,
        "CASEAPP_VAULT_CA_FILE": vault.ca_file,
        "CASEAPP_KMS_ENDPOINT": kms,
        "CASEAPP_KMS_KEY": kms_root(kms)._place.key,
    }
    for provider in ("vault-transit", "aws-kms"):
        settings = load("test", place | ours | {"CASEAPP_KEY_PROVIDER": provider})
        assert root_key(settings).name.startswith(provider)


def test_a_key_service_whose_library_is_missing_is_refused_in_a_sentence(monkeypatch, tmp_path):
    def lacks(name):
        raise ModuleNotFoundError(name="boto3")

    monkeypatch.setattr("caseapp.kernel.root_keys.import_module", lacks)
    place = {"CASEAPP_INSTANCE": str(tmp_path), "CASEAPP_SECRET_KEY": "x" * 40}
    settings = load("test", place | {"CASEAPP_KEY_PROVIDER": "aws-kms"})
    with pytest.raises(KeyRefusal, match=r"is not installed \(boto3\)"):
        root_key(settings)
