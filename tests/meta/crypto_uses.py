"""Every use of cryptography in a tree, found by reading its code."""

import ast
from collections.abc import Iterator
from pathlib import Path

LIBRARIES = frozenset(
    {
        "Crypto", "OpenSSL", "argon2", "authlib", "bcrypt", "cryptography", "hashlib", "hmac", "itsdangerous",
        "joserfc", "jwt", "nacl", "passlib", "pyotp", "random", "rsa", "secrets", "ssl", "uuid", "webauthn",
    }
)  # fmt: skip
"""Modules that encrypt, hash, sign, draw, or look as if they did."""
ONE_LINE = frozenset(
    {"argon2", "authlib", "joserfc", "pyotp", "random", "secrets", "ssl", "webauthn"}
)
"""Libraries that stand in the inventory as one line for each module that uses them."""
CALLS = frozenset({"os.urandom", "os.getrandom"})


def uses(package: Path) -> set[tuple[str, str]]:
    """Return each module of ours with each primitive that it uses."""
    found = set()
    for path in sorted(package.rglob("*.py")):
        module = path.relative_to(package.parent).with_suffix("").as_posix().replace("/", ".")
        for name in _names(ast.parse(path.read_text("utf-8"))):
            found.add((module.removesuffix(".__init__"), _primitive(name)))
    return {(module, name) for module, name in found if name}


def _primitive(name: str) -> str:
    """Return under which name the inventory has it; nothing for what only names a failure."""
    library, _, rest = name.partition(".")
    if library in ONE_LINE:
        return library
    if library == "cryptography":
        kind = next((part for part in rest.split(".") if part[0].isupper()), "")
        return f"cryptography.{kind}" if kind and "exceptions" not in rest else ""
    return "" if name == "uuid.UUID" else name


def _names(tree: ast.Module) -> Iterator[str]:
    """Yield the full name of everything that is taken from such a library."""
    known = dict(_imported(tree))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Name)
            and "." in known.get(node.id, "")
            and _is_ours(known[node.id])
        ):
            yield known[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{known.get(node.value.id, '?')}.{node.attr}"
            if name in CALLS or _is_ours(name):
                yield name


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield under which name a module knows what it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name.split(".")[0], alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _is_ours(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in LIBRARIES
