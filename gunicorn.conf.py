"""gunicorn's settings; ``python -m gunicorn`` in this folder finds them by this file's name.

HOST, PORT, WEB_CONCURRENCY and WEB_THREADS come from the environment or from ``.env``. Any other
gunicorn setting can be given in GUNICORN_CMD_ARGS, which overrides this file, for example
``GUNICORN_CMD_ARGS="--bind unix:/run/duizhao.sock"``.
"""

import gc
import os
import socket
import sys
from pathlib import Path

import environ

from digest_site import logs
from digest_site.environment import whole_number
from digest_site.heartbeat import with_heartbeat
from digest_site.refusal import in_one_sentence

ROOT = Path(__file__).resolve().parent

if (ROOT / ".env").is_file():
    environ.Env.read_env(ROOT / ".env")  # the environment overrides the file


host = os.environ.get("HOST") or "127.0.0.1"
with in_one_sentence():
    port = whole_number("PORT", default=8000, most=65535, least=1)
    workers = whole_number("WEB_CONCURRENCY", default=2, most=256, least=1)
    threads = whole_number("WEB_THREADS", default=4, most=64, least=1)

wsgi_app = "digest_site.wsgi:application"
chdir = str(ROOT)
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

# Use threads when browsers and feed readers connect directly and may be slow; no thread waits for
# them (digest_site/worker.py). Behind a reverse proxy, which does the waiting, one thread is
# better: a worker then takes one request at a time, and the next request goes to a free worker.
# With several threads a worker keeps its connections, and another worker may be idle.
worker_class = "digest_site.worker.PatientWorker" if threads > 1 else "sync"
# Load the application once, before the fork, so that the workers share its memory.
preload_app = True

# Seconds until a stuck worker is replaced, a stopping one is killed, an idle connection ends. A
# worker of one thread sends no heartbeat while it makes a response, which for a curator's large
# decision takes minutes.
timeout = 60 if threads > 1 else 300
graceful_timeout = 20
keepalive = 5

# A shared selection of papers is one long address; longer ones are refused.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190

# Headers enter the environment as HTTP_… only, also from the loopback interface: a proxy on this
# machine passes on what clients send, and gunicorn by default trusts SCRIPT_NAME and PATH_INFO from
# there. Django itself reads the proxy headers that matter.
forwarder_headers = ""
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
header_map = "drop"  # X_Forwarded_For would set the same variable as X-Forwarded-For

# Warnings and errors go to standard output, one line each; requests are not logged. `manage.py
# prepare` has already printed the address.
accesslog = None
loglevel = "warning"
logconfig_dict = logs.of_gunicorn()

# gunicorn's remote control is not used; without it there is no socket to protect.
control_socket_disable = True


def pre_request(worker, req) -> None:
    """Close the connection after a chunked request.

    No form or browser sends one here, so its body is never read; the rest of it would otherwise be
    parsed as further requests, or answered a second time if it is malformed.
    """
    if any(name == "TRANSFER-ENCODING" for name, _ in req.headers):
        req.force_close()


def when_ready(server) -> None:
    """Load the glossary with the site's own terms before the fork: workers share its memory.

    What is loaded by now stays, so workers need not look for garbage in it.
    """
    from papers import glossary

    glossary.warm_up()
    gc.collect()
    gc.freeze()


def post_worker_init(worker) -> None:
    """Let a worker of one thread send a heartbeat while it sends a long response."""
    if worker.cfg.threads == 1:
        worker.wsgi = with_heartbeat(worker.wsgi, worker.notify)


if __name__ == "__main__":
    # `make serve` runs this before it prints an address, to check the values above and that the
    # address is free.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot listen on {bind}: {error.strerror}. Another: make serve PORT=8001")
