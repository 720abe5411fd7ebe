"""A site as an operator runs it: its commands as processes, on its own database."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def manage(database: str, *arguments: object, check: bool = True) -> subprocess.CompletedProcess:
    """Runs a command of the site on this database."""
    environment = {**os.environ, "DATABASE_URL": database, "CACHE_URL": "", "REPLICA_URLS": ""}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)],
        env=environment,
        check=check,
        capture_output=True,
        text=True,
    )


READ = """
import json, sys
from django.test import Client
client = Client(SERVER_NAME="localhost")
for address in json.load(sys.stdin):
    answer = client.get(address, headers={"Accept-Language": "zh-CN"})
    print(json.dumps([address, answer.status_code, answer.content.decode()]))
"""


def pages(database: str, addresses: list[str]) -> dict[str, tuple[int, str]]:
    """Status and text of these pages on this database."""
    import json

    environment = {**os.environ, "DATABASE_URL": database, "CACHE_URL": "", "REPLICA_URLS": ""}
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "--no-imports", "-c", READ],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        input=json.dumps(addresses),
    )
    answers = map(json.loads, done.stdout.splitlines())
    return {address: (status, text) for address, status, text in answers}
