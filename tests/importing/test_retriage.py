"""Translations are judged again after the rules change."""

import re

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from papers import curation
from papers.models import Digest, Doubt, Paper, Translation, TriageRules, ZhState
from tests.importing.conftest import importing, lamp
from tests.support import record_text

pytestmark = pytest.mark.django_db

CHECKS = {"papers.W007", "papers.W008"}
EXPLAINED = "照亮语料的灯\n\n解释：灯是照明的器具。"


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


def test_applied_it_cleans_what_readers_see_and_says_what_moved(judged_by_older_rules, capsys):
    out = printed(capsys, "--apply")
    assert "1 texts updated" in out
    assert re.search(r"ok +1 +0\n +missing +0 +0\n +suspect +0 +1\n", out)
    assert (lamp().title_zh, lamp().zh_state) == ("照亮语料的灯", ZhState.SUSPECT)
    assert "out of date" not in printed(capsys)


def test_a_text_that_is_shown_otherwise_with_the_same_faults_is_brought_up_to_date(digest, capsys):
    importing(digest(record_text(title_zh=EXPLAINED)))
    Paper.objects.update(title_zh=EXPLAINED)
    printed(capsys, "--apply")
    assert lamp().title_zh == "照亮语料的灯"


def test_a_better_text_takes_the_place_of_the_one_that_is_shown(digest, capsys):
    importing(digest(record_text(title_zh="照亮语料的灯")))
    importing(digest(record_text(title_zh="照亮语料的 lamps"), day="2025-01-30"))
    assert lamp().title_zh == "照亮语料的灯"
    Translation.objects.filter(field="title").update(chosen=False)
    Translation.objects.filter(text="照亮语料的 lamps").update(chosen=True)
    Paper.objects.update(title_zh="照亮语料的 lamps")
    printed(capsys, "--apply")
    assert lamp().title_zh == "照亮语料的灯"


def test_odd_names_in_the_english_are_named(digest, capsys):
    importing(digest(record_text(authors=["Lantern Team"])))
    Doubt.objects.all().delete()
    printed(capsys, "--apply")
    assert [(doubt.field, doubt.fault) for doubt in Doubt.objects.all()] == [
        ("authors", "odd-name")
    ]


def test_what_a_curator_decided_stays(judged_by_older_rules, capsys, admin_user):
    curation.edit(lamp(), "title_zh", "我们的灯", admin_user)
    printed(capsys, "--apply")
    assert lamp().title_zh == "我们的灯"


class TestTheCheck:
    def said(self) -> list[str]:
        return [one.id for one in run_checks(databases=["default"]) if one.id in CHECKS]

    def test_it_is_content_with_what_this_release_imported(self, digest):
        assert self.said() == []
        importing(digest(record_text()))
        assert self.said() == []

    def test_it_asks_for_another_judgement_after_an_upgrade_and_only_until_then(
        self, digest, capsys
    ):
        importing(digest(record_text()))
        TriageRules.objects.update(version=1)
        assert self.said() == ["papers.W007"]
        printed(capsys)
        importing(digest(record_text(), day="2025-01-30"))
        assert self.said() == ["papers.W007"]
        printed(capsys, "--apply")
        assert self.said() == []

    def test_it_asks_for_digests_that_another_parser_read(self, digest):
        importing(digest(record_text()))
        Digest.objects.update(content_hash="1:abc")
        assert self.said() == ["papers.W008"]
