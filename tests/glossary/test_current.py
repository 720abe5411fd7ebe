"""The glossary of a site: shipped terms and the rows of ``Term``, one object until they change."""

import pytest
from django.db import DatabaseError

from papers.db import data_version
from papers.glossary import current_glossary, warm_up
from papers.models import Term

with_database = pytest.mark.django_db


@with_database
def test_a_new_site_has_the_shipped_terms():
    glossary = current_glossary()
    assert glossary.shown_chinese_of("large language models") == "大语言模型"
    assert glossary.entry("retrieval-augmented-generation").abbreviations == ("RAG",)


@with_database
def test_a_curators_term_is_added():
    before = current_glossary()
    Term.objects.create(english="reading lantern", chinese="读书灯笼")
    data_version.mark_data_changed()
    glossary = current_glossary()
    assert glossary.version != before.version
    assert glossary.shown_chinese_of("reading lantern") == "读书灯笼"


@with_database
def test_a_term_that_is_changed_or_deleted_makes_another_version():
    term = Term.objects.create(english="reading lantern", chinese="读书灯笼")
    versions = [current_glossary().version]
    term.chinese = "读书灯"
    term.save()
    data_version.mark_data_changed()
    versions.append(current_glossary().version)
    term.delete()
    data_version.mark_data_changed()
    versions.append(current_glossary().version)
    assert len(set(versions)) == 3


@with_database
def test_a_change_of_other_data_keeps_the_object():
    Term.objects.create(english="reading lantern", chinese="读书灯笼")
    before = current_glossary()
    data_version.mark_data_changed()
    assert current_glossary() is before


def test_warming_up_needs_no_tables(monkeypatch):
    def fail():
        raise DatabaseError("no such table")

    monkeypatch.setattr("papers.glossary.current.current_glossary", fail)
    warm_up()
