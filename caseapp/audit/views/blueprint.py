"""The blueprint of the pages of the trail."""

from flask import Blueprint

bp = Blueprint("audit", __name__)
