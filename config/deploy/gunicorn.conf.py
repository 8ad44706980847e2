"""The web server of the program: behind the proxy, on a socket of this machine."""

wsgi_app = "wsgi:app"
bind = "unix:/run/caseapp/web.sock"
umask = 0o007  # of the socket: the program and the group of the proxy
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True  # a house that may not start ends the server, with 78
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000

# The proxy holds large and slow requests off; these are for whoever gets past it.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

accesslog = None  # the program logs each answer, by its route
control_socket_disable = True
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {},
    "handlers": {},
    "root": {"level": "WARNING", "handlers": []},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}
