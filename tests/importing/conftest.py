"""Fixtures for imports: digests in a folder, running the import, dumping the database."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from papers.importing.report import ImportReport
from papers.importing.run import Options, run_import
from papers.models import (
    Author,
    DataVersion,
    Digest,
    ImportProblem,
    ImportRun,
    Paper,
    SearchIndex,
    Source,
    Topic,
    Translation,
    TriageRules,
)

LAMP = "2501.98000"  # the default paper of `record_text`
RAG = "topic/RAG_related_papers.md"
ROBOTICS_THEME, ROBOTICS_CATEGORY = "topic/RO_related_papers.md", "RO/README.md"

# The natural key of a row, used where other tables refer to it.
NAMES = {
    Author: ("key",),
    Digest: ("source", "date", "topic"),
    Paper: ("arxiv_id",),
    Source: ("name",),
    Topic: ("slug",),
    Translation: ("paper", "field", "source", "text_hash"),
}
Dump = dict[str, list]
Named = Callable[[type[models.Model], Any], Any]


@pytest.fixture
def digest(tmp_path: Path) -> Callable[..., str]:
    """Return a function that writes a digest of these records and returns its path."""

    def digest(
        *records: str, source: str = "lamps", day: str = "2025-01-29", place: str = RAG
    ) -> str:
        file = tmp_path / source / day / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(records), "utf-8")
        return str(file)

    return digest


def as_json(report: ImportReport) -> dict:
    """Return the report as parsed JSON."""
    return json.loads("".join(report.json_lines()))


def importing(*paths: str | Path, **options) -> ImportReport:
    return run_import([str(path) for path in paths], Options(**options))


def lamp() -> Paper:
    return Paper.objects.get(arxiv_id=LAMP)


def all_rows() -> Dump:
    """Return every row of the app with ids and times, except import runs and history."""
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in _tables()}


def canonical_dump() -> Dump:
    """Return the database's content with names instead of ids, and without times.

    Two databases with the same content have the same dump.
    """
    named = _names()
    return {
        model.__name__: sorted((_row(one, named) for one in model.objects.all()), key=repr)
        for model in _tables()
    }


def left_by(*steps: Callable[[], object]) -> Dump:
    """Return the dump after these steps, then roll them back."""
    with transaction.atomic():
        for step in steps:
            step()
        dump = canonical_dump()
        transaction.set_rollback(True)
    return dump


def _tables() -> list[type[models.Model]]:
    found = apps.get_app_config("papers").get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model not in {DataVersion, ImportRun, ImportProblem, SearchIndex, TriageRules}
        and not hasattr(model, "history_object")
    ]


def _row(one: models.Model, named: Named) -> dict[str, Any]:
    fields = (
        field
        for field in one._meta.concrete_fields
        if not (field.primary_key or isinstance(field, models.DateTimeField))
    )
    return {field.name: _value(one, field, named) for field in fields}


def _value(one: models.Model, field: models.Field, named: Named) -> Any:
    value = getattr(one, field.attname)
    return named(field.related_model, value) if field.is_relation and value else value


def _names() -> Named:
    """Return a function that names a row of a model, and looks each up once."""
    rows = {model: model._base_manager.in_bulk() for model in NAMES}

    @cache
    def named(model: type[models.Model], pk: Any) -> Any:
        if model not in rows:
            return str(model._base_manager.get(pk=pk))
        fields = map(model._meta.get_field, NAMES[model])
        return tuple(_value(rows[model][pk], field, named) for field in fields)

    return named
