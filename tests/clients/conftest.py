"""Other people's programs read what the site hands out. ``make test-clients`` runs them."""

import datetime
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papers.citations.reference import Reference, reference_of
from papers.digests import discover, formats
from papers.models import Paper
from tests.support import missing

REFERENCES = 3_000


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("CLIENTS") != "1":
        here = [item for item in items if Path(__file__).parent in item.path.parents]
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if item not in here]


@pytest.fixture
def run(tmp_path) -> Callable[..., str]:
    """Return a function that runs a program in a new folder and returns what it printed."""

    def run(program: str, *arguments: str, may_fail: bool = False) -> str:
        if not shutil.which(program):
            missing(f"no {program}")
        done = subprocess.run(
            [program, *arguments],
            cwd=tmp_path,
            env=os.environ | {"HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            errors="replace",  # TeX breaks lines within characters
            check=False,
            timeout=1_800,
        )
        assert may_fail or done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def _papers(folder: Path) -> Iterator[Paper]:
    """Yield the papers of real digests, each once, without a database."""
    seen = set()
    for file in discover.DigestFiles([str(folder)]):
        for record in formats.parse(formats.read(file)).parsed.records:
            if record.arxiv_id not in seen:
                seen.add(record.arxiv_id)
                yield Paper(
                    arxiv_id=record.arxiv_id,
                    title_en=record.title,
                    title_zh=record.title_zh,
                    authors_text=", ".join(record.authors),
                    abstract_en=record.abstract,
                    abstract_zh=record.abstract_zh,
                    first_seen=datetime.date(2025, 1, 29),
                    card={"topics": []},
                )


@pytest.fixture(scope="session")
def all_references(corpus) -> list[Reference]:
    """Return the references of all papers in the real digests."""
    return [reference_of(paper, {}) for paper in _papers(corpus / "corpus")]


@pytest.fixture
def references(all_references) -> list[Reference]:
    """Return 3,000 references from the whole of them."""
    return all_references[:: max(1, len(all_references) // REFERENCES)][:REFERENCES]
