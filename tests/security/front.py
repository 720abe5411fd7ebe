"""The documented front: nginx with our own deploy/nginx.conf, on a port of the test's own."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.security.serving import ROOT, free_port
from tests.support import missing

DOCUMENTED = ROOT / "deploy" / "nginx.conf"
AROUND = """
{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{ worker_connections 4096; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


@contextmanager
def nginx(folder: Path, site_port: int) -> Iterator[int]:
    """The port of a running nginx before the site. The file says http; a TLS front is pretended."""
    if shutil.which("nginx") is None or not DOCUMENTED.is_file():
        missing("no nginx, or no deploy/nginx.conf")
    port = free_port()
    ours = DOCUMENTED.read_text("utf-8")
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{site_port}").replace("$scheme", "https")
    ours = re.sub(r"listen [^;]*;", f"listen 127.0.0.1:{port};", ours)
    ours = ours.replace("/var/cache/nginx/duizhao", f"{folder}/cache")
    (folder / "site.conf").write_text(ours, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers cannot reach the folder
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), "utf-8")
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(100):
        assert process.poll() is None, "nginx ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("nginx did not start")
