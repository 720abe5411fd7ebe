"""Translations judged again when the rules have changed."""

import pytest
from django.core.management import call_command

from papers.models import Translation, ZhState
from tests.importing.conftest import importing, lamp
from tests.support import record_text

pytestmark = pytest.mark.django_db

EXPLAINED = "灯\n\n解释：灯是照明的器具。"


@pytest.fixture
def judged_by_older_rules(digest):
    """A paper whose explained title passed as faultless, and so is shown whole."""
    importing(digest(record_text(title_zh=EXPLAINED)))
    Translation.objects.filter(field="title").update(faults=[])
    paper = lamp()
    paper.title_zh, paper.zh_state = EXPLAINED, ZhState.OK
    paper.save()


def printed(capsys, *arguments: str) -> str:
    call_command("check_translations", *arguments)
    return capsys.readouterr().out


def test_it_counts_the_faults_of_each_source(digest, capsys):
    importing(digest(record_text(title_zh=EXPLAINED)))
    out = printed(capsys)
    assert "lamps, titles: 1 texts" in out
    assert "lamps, abstracts: 1 texts" in out
    assert "explained" in out
    assert "100.0%" in out
    assert "out of date" not in out


def test_it_only_says_what_has_changed_unless_it_is_told_to_apply(judged_by_older_rules, capsys):
    assert "1 texts out of date; --apply updates them" in printed(capsys)
    assert lamp().title_zh == EXPLAINED


def test_applied_it_cleans_what_readers_see(judged_by_older_rules, capsys):
    assert "1 texts updated" in printed(capsys, "--apply")
    assert (lamp().title_zh, lamp().zh_state) == ("灯", ZhState.SUSPECT)
    assert "out of date" not in printed(capsys)
