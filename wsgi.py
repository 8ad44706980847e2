"""The door for a web server: `gunicorn wsgi:app`."""

import gc

from caseapp.app import create_app

app = create_app()

# What was made until here lives as long as the process. Left to the collector, it is walked through
# each time a list has made enough objects: that took up to 100 ms of one page in twenty.
gc.collect()
gc.freeze()
