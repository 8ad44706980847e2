"""What can be set from outside: names, types and where each value is read."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "CASEAPP_"
STAGES = ("production", "demo", "development", "test")
LONGEST_SECRET_IN_A_FILE = 4096
SHORTEST_SECRET = 32
SECRET_FILE = "secret.key"  # noqa: S105 - a name, not a secret
MAIL_PASSWORD_FILE = "mail.key"  # noqa: S105 - a name, not a secret
OIDC_SECRET_FILE = "oidc.key"  # noqa: S105 - a name, not a secret


class SettingsError(RuntimeError):
    """A setting is missing, has the wrong form, or may not be used in this stage."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the application may be told; read once, at the start."""

    stage: str
    instance: Path
    database_url: str
    migrate_url: str
    keystore_url: str
    key_provider: str
    key_file: Path
    tombstone_file: Path
    backup_days: int
    backup_url: str
    pg_programs: str
    root_key_text: str
    allow_env_key: bool
    key_ttl_minutes: int
    key_backup_days: int
    key_hosts: tuple[str, ...]
    vault_url: str
    vault_namespace: str
    vault_mount: str
    vault_key: str
    vault_token_file: str
    vault_ca_file: str
    kms_key: str
    kms_region: str
    kms_endpoint: str
    secret_key: str
    base_url: str
    hosts: tuple[str, ...]
    proxy_hops: int
    cookie_secure: bool
    idle_minutes: int
    session_hours: int
    argon_memory_kib: int
    argon_rounds: int
    stolen_passwords: str
    oidc_issuer: str
    oidc_name: str
    oidc_client_id: str
    oidc_client_secret: str
    oidc_claims: tuple[str, ...]
    page_size: int
    reading_slow: int
    reading_stop: int
    list_key_days: int
    list_lease_seconds: int
    audit_checkpoints: str
    audit_syslog: bool
    audit_years: int
    mail_host: str
    mail_port: int
    mail_security: str
    mail_user: str
    mail_password: str
    mail_from: str
    log_host: str
    log_port: int
    log_ca_file: str

    @property
    def checkpoints_file(self) -> Path:
        """Return where the signed checkpoints of the trail are kept: outside the database."""
        if self.audit_checkpoints:
            return _path(self.audit_checkpoints)
        return self.instance / "audit-checkpoints.jsonl"

    @property
    def is_demo(self) -> bool:
        """Say whether demo accounts may exist here."""
        return self.stage in {"demo", "development", "test"}

    def __repr__(self) -> str:
        """Show the stage only: addresses and secrets stay out of logs."""
        return f"Settings(stage={self.stage!r})"


def load(
    stage: str | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    secret_needed: bool = True,
) -> Settings:
    """Read config/default.toml, then the file of the stage, then the environment.

    Raises SettingsError, with the name of the setting, when something is missing or wrong. Only the
    command that makes the secret may do without it.
    """
    env = os.environ if environment is None else environment
    name = stage or env.get(PREFIX + "STAGE", "production")
    if name not in STAGES:
        raise SettingsError(f"CASEAPP_STAGE is {name!r}; choose one of {', '.join(STAGES)}.")
    raw = _file("default") | _file(name)
    for field in fields(Settings):
        given = env.get(PREFIX + field.name.upper())
        if given is not None and field.name != "stage":
            raw[field.name] = given
    raw["stage"] = name
    return _typed(raw, secret_needed=secret_needed)


def limits_file() -> dict[str, Any]:
    """Return the numbers of the rules as they stand in config/limits.toml."""
    with (ROOT / "config" / "limits.toml").open("rb") as file:
        return tomllib.load(file)


def retention_file() -> dict[str, Any]:
    """Return how long each zone is kept, as it stands in config/retention.toml."""
    with (ROOT / "config" / "retention.toml").open("rb") as file:
        return tomllib.load(file)


def _file(name: str) -> dict[str, Any]:
    path = ROOT / "config" / f"{name}.toml"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return tomllib.load(file)


def _typed(raw: Mapping[str, Any], *, secret_needed: bool) -> Settings:
    instance = _path(raw.get("instance", "instance"))
    values: dict[str, Any] = dict(raw)
    values["instance"] = instance
    values.setdefault("database_url", f"sqlite:///{instance / 'caseapp.db'}")
    values.setdefault("migrate_url", values["database_url"])
    values.setdefault("keystore_url", f"sqlite:///{instance / 'keystore.db'}")
    values["key_file"] = _path(raw["key_file"]) if "key_file" in raw else instance / "root.key"
    stones = raw.get("tombstone_file")
    values["tombstone_file"] = _path(stones) if stones else instance / "tombstones.jsonl"
    values["secret_key"] = _secret(raw, instance, needed=secret_needed)
    values["mail_password"] = raw.get("mail_password") or _kept(instance / MAIL_PASSWORD_FILE)
    values["oidc_client_secret"] = raw.get("oidc_client_secret") or _kept(
        instance / OIDC_SECRET_FILE
    )
    converters = {"int": int, "bool": _yes, "tuple[str, ...]": _words, "str": str}
    for field in fields(Settings):
        if field.name not in values:
            raise SettingsError(f"{PREFIX}{field.name.upper()} is missing.")
        kind = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", "")
        if kind == "tuple":
            kind = "tuple[str, ...]"
        convert = converters.get(kind)
        if convert is not None:
            values[field.name] = _converted(field.name, values[field.name], convert)
    return Settings(**{field.name: values[field.name] for field in fields(Settings)})


def _converted(name: str, value: object, convert: Any) -> object:
    try:
        return convert(value)
    except (TypeError, ValueError):
        raise SettingsError(f"{PREFIX}{name.upper()} has the wrong form.") from None


def _path(value: str) -> Path:
    path = Path(value)
    return path if path.is_absolute() else ROOT / path


def _yes(value: object) -> bool:
    return value if isinstance(value, bool) else str(value).lower() in {"1", "true", "yes"}


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(word for word in value.replace(",", " ").split() if word)
    if isinstance(value, (list, tuple)):
        return tuple(str(word) for word in value)
    raise ValueError


def _secret(raw: Mapping[str, Any], instance: Path, *, needed: bool) -> str:
    given = raw.get("secret_key")
    if given is None:
        given = _kept(instance / SECRET_FILE)
    if needed and len(str(given)) < SHORTEST_SECRET:
        raise SettingsError(
            f"The secret of the sign-in forms is missing or shorter than {SHORTEST_SECRET} "
            f"characters: run 'caseapp keys init' or give CASEAPP_SECRET_KEY."
        )
    return str(given)


def _kept(file: Path) -> str:
    """Return the secret in a file; nothing when there is no such file."""
    return file.read_text("ascii")[:LONGEST_SECRET_IN_A_FILE].strip() if file.exists() else ""
