"""Helpers for all tests: records, signed-in clients, processes, missing tools."""

import os
import subprocess
from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client


def sign_in(client: Client, user: User) -> Client:
    """Sign in, with the cookie by which public pages recognise staff: every admin page sets it."""
    client.force_login(user)
    client.get("/admin/login/")  # which only leads on, and costs nothing
    return client


def cookies_of(client: Client, site: str) -> list[dict]:
    """Return the client's cookies in Playwright's form for this site."""
    return [
        {"name": name, "value": cookie.value, "url": site}
        for name, cookie in client.cookies.items()
    ]


def with_limits(queries: int) -> int:
    """Return the number of queries plus, on PostgreSQL, two that set and reset the time limit."""
    return queries + 2 * (connection.vendor == "postgresql")


def missing(reason: str) -> None:
    """Skip the test because a tool is missing; with REQUIRE_ALL=1 fail it instead."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"REQUIRE_ALL=1, and there is {reason}")
    pytest.skip(reason)


def record_text(
    arxiv_id: str = "2501.98000",
    title: str = "Lamps for Dark Corpora",
    title_zh: str = "照亮暗处语料的灯",
    authors: Sequence[str] = ("Ada Example", "Bo Muster"),
    abstract: str = "We light lamps and count shadows.",
    abstract_zh: str = "我们点灯，数影子，并在暗处的语料中寻找光亮。",
) -> str:
    """Return one record in the publishers' format. Empty Chinese texts omit their lines."""
    lines = [
        f"# {title} ",
        f"**Title (ZH)**: {title_zh} " if title_zh else "",
        f"**Authors**: {', '.join(authors)}  ",
        f"**Link**: [PDF](https://arxiv.org/pdf/{arxiv_id})  ",
        f"**Abstract**: {abstract} ",
        f"**Abstract (ZH)**: {abstract_zh} " if abstract_zh else "",
        "---\n",
    ]
    return "\n\n".join(line for line in lines if line)


def worker_processes(parent: int | None = None) -> set[int]:
    """Return the ids of the running worker processes, of this parent or of all."""
    return _processes("--multiprocessing-fork", parent)


def helper_processes(parent: int | None = None) -> set[int]:
    """Return the ids of the workers and of Python's resource tracker."""
    return _processes("from multiprocessing", parent)


def _processes(mark: str, parent: int | None) -> set[int]:
    command = ["ps", "-ww", "-eo", "pid=,ppid=,args="]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = (line.split(None, 2) for line in lines if mark in line)
    return {int(pid) for pid, of, _ in rows if parent in (None, int(of))}


def refuse_processes(*args: object, **kwargs: object) -> None:
    """Stand in for a function that starts processes, on a machine without memory."""
    raise OSError("no memory")
