"""The blueprint of messages and mail."""

from typing import Final

from flask import Blueprint

bp: Final = Blueprint("notices", __name__)
