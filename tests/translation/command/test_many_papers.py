"""Ten thousand papers are translated in flat memory (``make test-translator``)."""

import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.faults.databases import new
from tests.translation.bilingual import invented_papers, write_digest
from tests.translation.endpoint import Endpoint

NUMBER = 10_000
FEW = 1_000
MOST_MORE = 30  # MB that ten times the papers may take

pytestmark = pytest.mark.many


def manage(database, *arguments: object, **more: str) -> str:
    """Run a command of ``manage.py``; return its output and, last, its peak memory in MB."""
    command = [sys.executable, "-m", "tests.translation.command.measured", *map(str, arguments)]
    environment = {**os.environ, "DATABASE_URL": database.url, "CACHE_URL": "", **more}
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def peak(tmp_path: Path):
    """Return a function: the peak memory in MB of a run that translates so many papers."""

    def peak(number: int) -> float:
        papers = list(invented_papers(number))
        database = new(tmp_path / f"{number}")
        manage(database, "migrate", "--verbosity=0")
        manage(database, "import_digests", write_digest(tmp_path / f"digests-{number}", papers))
        began = time.monotonic()
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        with Endpoint(papers) as endpoint:
            out = manage(
                database,
                *("translate_papers", "--yes"),
                TRANSLATOR_URL=endpoint.url,
                TRANSLATOR_MODEL="test-model",
            )
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - children.ru_utime
        database.drop()
        assert f"{number:,} papers translated" in out
        assert endpoint.paid_twice() == 0
        megabytes = float(re.findall(r"peak (\d+)", out)[-1])
        print(
            f"{number:,} papers: {megabytes:.0f} MB, {time.monotonic() - began:.0f} s, "
            f"{1000 * used / number:.0f} ms of processor time a paper"
        )
        return megabytes

    return peak


def test_ten_times_the_papers_take_hardly_more_memory(peak):
    assert peak(NUMBER) - peak(FEW) < MOST_MORE
