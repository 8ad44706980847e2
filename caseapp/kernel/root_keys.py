"""The table of providers of the root key: a name in the settings, and how it is opened."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from caseapp.kernel.key_register import refuse_published
from caseapp.kernel.providers import EnvRoot, FileRoot, KeyRefusal, RootKey, patiently
from caseapp.settings import ROOT, Settings, SettingsError

TOKEN_FILE: Final = "vault.token"  # noqa: S105 - a name, not a secret


def root_key(settings: Settings) -> RootKey:
    """Return the root key from its provider; raises KeyRefusal when it may not be used."""
    opener = PROVIDERS.get(settings.key_provider)
    if opener is None:
        raise SettingsError(
            f"CASEAPP_KEY_PROVIDER is {settings.key_provider!r}; choose one of {', '.join(PROVIDERS)}."
        )
    root = opener(settings)
    patiently(root)
    refuse_published(root, ROOT)
    return root


def _file(settings: Settings) -> RootKey:
    return FileRoot(settings.key_file)


def _env(settings: Settings) -> RootKey:
    return EnvRoot(
        settings.root_key_text,
        production=settings.stage == "production",
        allowed=settings.allow_env_key,
    )


def _vault(settings: Settings) -> RootKey:
    vault = _module("vault_transit")
    place = vault.Place(
        url=settings.vault_url,
        hosts=settings.key_hosts,
        key=settings.vault_key,
        token_file=Path(settings.vault_token_file or settings.instance / TOKEN_FILE),
        mount=settings.vault_mount,
        namespace=settings.vault_namespace,
        ca_file=settings.vault_ca_file,
    )
    root: RootKey = vault.TransitRoot(place)
    return root


def _kms(settings: Settings) -> RootKey:
    kms = _module("aws_kms")
    place = kms.Place(
        key=settings.kms_key,
        region=settings.kms_region,
        endpoint=settings.kms_endpoint,
        hosts=settings.key_hosts,
    )
    root: RootKey = kms.KmsRoot(place)
    return root


def _module(name: str) -> Any:
    """Load what speaks to a key service only where one is used: its library is large, and can be left out."""
    try:
        return import_module(f"caseapp.kernel.{name}")
    except ModuleNotFoundError as error:
        raise KeyRefusal(
            f"the library for this key service is not installed ({error.name})"
        ) from None


PROVIDERS: Final[Mapping[str, Callable[[Settings], RootKey]]] = {
    "file": _file,
    "env": _env,
    "vault-transit": _vault,
    "aws-kms": _kms,
}
