"""The door for a web server: `gunicorn wsgi:app`."""

from caseapp.app import create_app

app = create_app()
