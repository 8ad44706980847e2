"""Addresses of our own files, with a hash of the content, so that a browser may keep them."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Flask, url_for

DIGITS: Final = 12


def asset_addresses(app: Flask) -> Callable[[str], str]:
    """Return the function that templates call as `asset('app.css')`.

    A file is hashed once per process; one that is missing gets the plain address.
    """
    folder = Path(str(app.static_folder))
    known: dict[str, str] = {}

    def asset(path: str) -> str:
        if path not in known:
            known[path] = _fingerprint(folder / path)
        return url_for("static", filename=path, v=known[path] or None)

    return asset


def _fingerprint(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:DIGITS] if file.is_file() else ""
