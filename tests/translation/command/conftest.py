"""Fixtures for the translator: papers without Chinese, and the command, run as an operator does.

Tests of a real server run only with WIRE=…, those of many papers with MANY=1.
"""

import datetime
import io
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from papers.db import data_version
from papers.importing.run import Options, run_import
from papers.models import Paper, Term
from papers.translation import pacing
from tests.translation.bilingual import TERMS, Bilingual, write_digest
from tests.translation.command.run_translator import PAUSE
from tests.translation.endpoint import MODEL, Endpoint

SLOW = {"wire": "WIRE", "many": "MANY"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "wire: needs a llama.cpp server; runs with WIRE=… only")
    config.addinivalue_line("markers", "many: takes minutes; runs with MANY=1 only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = {mark for mark, variable in SLOW.items() if not os.environ.get(variable)}
    slow = [item for item in items if any(item.get_closest_marker(mark) for mark in left_out)]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "FIRST_PAUSE", PAUSE)
    monkeypatch.setattr(pacing, "LONGEST_PAUSE", PAUSE)


@dataclass
class Ended:
    """How the command ended."""

    status: int
    out: str
    err: str
    report: dict = field(default_factory=dict)


@pytest.fixture
def translate(settings, tmp_path: Path) -> Callable[..., Ended]:
    """Return a function that runs ``translate_papers`` against an endpoint.

    Keywords in capitals are settings. It agrees to costs unless ``yes`` is False.
    """

    def translate(endpoint: Endpoint | None, *arguments: object, yes=True, **values) -> Ended:
        chosen = {"URL": endpoint.url if endpoint else "", "MODEL": MODEL, "TIMEOUT": 5, **values}
        for name, value in chosen.items():
            setattr(settings, f"TRANSLATOR_{name}", value)
        out, err, file = io.StringIO(), io.StringIO(), tmp_path / "report.json"
        file.unlink(missing_ok=True)
        given = [*map(str, arguments), "--report", str(file), *(["--yes"] if yes else [])]
        status, said = 0, ""
        try:
            call_command("translate_papers", *given, stdout=out, stderr=err)
        except CommandError as error:
            status, said = error.returncode, str(error)
        except SystemExit as ending:
            status = int(ending.code or 0)
        report = json.loads(file.read_text("utf-8")) if file.exists() else {}
        return Ended(status, out.getvalue(), err.getvalue() + said, report)

    return translate


@pytest.fixture
def published(db, tmp_path: Path) -> Callable[[Iterable[Bilingual]], list[Bilingual]]:
    """Return a function that imports papers without their Chinese.

    The glossary knows the terms that invented papers are made of.
    """
    Term.objects.bulk_create(Term(english=one, chinese=two) for one, two in TERMS.items())
    # One version of the glossary for all these tests: making it takes a second.
    Term.objects.update(modified=datetime.datetime(2025, 2, 1, 12, tzinfo=datetime.UTC))
    with transaction.atomic():
        data_version.mark_data_changed()

    def published(papers: Iterable[Bilingual]) -> list[Bilingual]:
        papers = list(papers)
        report = run_import([str(write_digest(tmp_path / "digests", papers))], Options())
        assert report.problems == []
        return papers

    return published


def chinese_of(paper: Bilingual) -> tuple[str, str]:
    """Return the Chinese title and abstract that readers see."""
    return Paper.objects.values_list("title_zh", "abstract_zh").get(arxiv_id=paper.arxiv_id)
