"""What tests share: digests written by us, and the rule for what a machine lacks."""

import os
import subprocess
from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client


def sign_in(client: Client, user: User) -> Client:
    """Signs in and opens the admin, which gives the cookie that public pages know staff by."""
    client.force_login(user)
    client.get("/admin/")
    return client


def cookies_of(client: Client, site: str) -> list[dict]:
    """The client's cookies, as a real browser takes them for this site."""
    return [
        {"name": name, "value": cookie.value, "url": site}
        for name, cookie in client.cookies.items()
    ]


def with_limits(queries: int) -> int:
    """The queries of a page, and on PostgreSQL the two that set its time limit and take it back."""
    return queries + 2 * (connection.vendor == "postgresql")


def missing(reason: str) -> None:
    """Skips the test for want of a tool; with REQUIRE_ALL=1 fails it instead."""
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
    """One record in the publishers' form. Empty Chinese texts leave their lines out."""
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
    """The worker processes that run: of this parent, or all of them."""
    return _processes("--multiprocessing-fork", parent)


def helper_processes(parent: int | None = None) -> set[int]:
    """The workers, and the process that Python starts along with them to clean up."""
    return _processes("from multiprocessing", parent)


def _processes(mark: str, parent: int | None) -> set[int]:
    command = ["ps", "-ww", "-eo", "pid=,ppid=,args="]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = (line.split(None, 2) for line in lines if mark in line)
    return {int(pid) for pid, of, _ in rows if parent in (None, int(of))}


def refuse_processes(*args: object, **kwargs: object) -> None:
    """Takes the place of what starts processes, on a machine that has no room for another."""
    raise OSError("no memory")
