"""Fixtures of the translator: papers without Chinese, and quick pauses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from papers.importing.run import Options, run_import
from papers.translation import pacing
from papers.translation.translator import Translator
from tests.translation.bilingual import Bilingual, write_digest
from tests.translation.endpoint import MODEL, Endpoint


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the pauses after failures a hundredth as long."""
    monkeypatch.setattr(pacing, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(pacing, "LONGEST_PAUSE", 0.1)


@pytest.fixture
def imported(db, tmp_path: Path) -> Callable[[list[Bilingual]], list[Bilingual]]:
    """Return a function that imports papers without their Chinese, and returns them."""

    def imported(papers: list[Bilingual]) -> list[Bilingual]:
        assert run_import([str(write_digest(tmp_path / "digests", papers))], Options()).papers
        return papers

    return imported


def translator_of(endpoint: Endpoint, **settings) -> Translator:
    return Translator(endpoint.url, MODEL, **{"timeout": 5.0, **settings})
