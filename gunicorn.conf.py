"""The web server's settings; ``python -m gunicorn`` in this folder finds them by this file's name.

HOST, PORT, WEB_CONCURRENCY and WEB_THREADS come from the environment or from ``.env``. Anything
else of gunicorn can be set in GUNICORN_CMD_ARGS, which wins over this file, for example
``GUNICORN_CMD_ARGS="--bind unix:/run/duizhao.sock"``.
"""

import os
import socket
import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from digest_site import logs
from digest_site.environment import whole_number
from digest_site.heartbeat import with_heartbeat

ROOT = Path(__file__).resolve().parent

if (ROOT / ".env").is_file():
    environ.Env.read_env(ROOT / ".env")  # the environment itself wins over the file


host = os.environ.get("HOST") or "127.0.0.1"
try:
    port = whole_number("PORT", default=8000, most=65535, least=1)
    workers = whole_number("WEB_CONCURRENCY", default=2, most=256, least=1)
    threads = whole_number("WEB_THREADS", default=4, most=64, least=1)
except ImproperlyConfigured as error:
    sys.exit(str(error))

wsgi_app = "digest_site.wsgi:application"
chdir = str(ROOT)
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

# Threads, because browsers and feed readers talk to this server directly and may be slow; no thread
# waits for them (digest_site/worker.py). Behind a web server that does the waiting, one thread is
# better: a worker then takes one request at a time, and the next one goes to whichever worker is
# free. With several, a worker keeps the connections that it has, and another may stand idle.
worker_class = "digest_site.worker.PatientWorker" if threads > 1 else "sync"
# The application is loaded once, before the fork, so that the workers share its memory.
preload_app = True

# Seconds until a stuck worker is replaced, a stopping one is killed, an idle connection ends. With
# one thread nothing is heard of a worker that makes an answer, be it a curator's large decision.
timeout = 60 if threads > 1 else 300
graceful_timeout = 20
keepalive = 5

# A selection of papers is one long address; more than this is refused.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190

# A header enters the environment as HTTP_… only, also from the loopback interface: a front on this
# machine passes on what strangers send, and gunicorn by default believes its SCRIPT_NAME and
# PATH_INFO. Django itself reads the headers of a front that count.
forwarder_headers = ""
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
header_map = "drop"  # X_Forwarded_For would become the same variable as X-Forwarded-For

# Warnings and errors go to standard output, one line each; no line per request. `manage.py prepare`
# has already printed the address.
accesslog = None
loglevel = "warning"
logconfig_dict = logs.of_gunicorn()

# Nothing uses gunicorn's remote control, so there is no socket to guard.
control_socket_disable = True


def pre_request(worker, req) -> None:
    """A request in chunks is the last of its connection.

    No form or browser sends one here, so nothing reads it; what is left of it would otherwise be
    taken for more requests, or answered once more where it is malformed.
    """
    if any(name == "TRANSFER-ENCODING" for name, _ in req.headers):
        req.force_close()


def post_worker_init(worker) -> None:
    """A worker of one thread is heard of as it writes a long answer, too."""
    if worker.cfg.threads == 1:
        worker.wsgi = with_heartbeat(worker.wsgi, worker.notify)


if __name__ == "__main__":
    # `make serve` asks this before it prints an address: are the values above sound, and the
    # address free?
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot listen on {bind}: {error.strerror}. Another: make serve PORT=8001")
