"""A paper's page offers the other sound Chinese texts that digests gave."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from papers import curation
from papers.importing.run import Options, run_import
from papers.models import Digest, Paper
from tests.cast import DIGESTS, KITE, LAMP, LANTERN
from tests.support import record_text

pytestmark = pytest.mark.usefixtures("small_site")

FIRST, AGAIN = "照亮暗处语料的灯", "为昏暗语料点灯"


@pytest.fixture
def lamp(read):
    """Return a function that reads the page of the paper with two Chinese titles."""
    return lambda lang="both": read(f"/papers/{LAMP}/", lang=lang)


@pytest.fixture
def paper() -> Paper:
    return Paper.objects.get(arxiv_id=LAMP)


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("cora")


def test_it_shows_the_other_title_with_its_source_and_day(lamp):
    page = lamp()
    assert page.all('h1 .text[lang="zh-Hans"]') == [AGAIN]
    assert page.all(".others summary") == ["1 other translation"]
    assert page.all(".others h2") == ["Title · lantern-daily · 27 Jan 2025"]
    assert page.all('.others [lang="zh-Hans"] p') == [FIRST]


def test_texts_that_every_digest_gives_alike_are_no_others(read):
    assert not read(f"/papers/{KITE}/", lang="both").all(".others")


def test_who_reads_titles_in_english_sees_no_other_chinese_title(lamp):
    assert not lamp("en").all(".others")
    assert not lamp("en-zh").all(".others")
    assert lamp("zh").all(".others")


def test_a_text_with_a_fault_is_not_offered(lamp, small_site):
    _reissue(small_site, title_zh="照亮语料的灯\n\n解释：\n- “灯”是意译。")
    assert not lamp().all(".others")


def test_a_text_of_a_digest_that_is_held_back_is_not_offered(lamp):
    Digest.objects.filter(date="2025-01-27").update(held=True)
    assert not lamp().all(".others")


def test_a_text_that_a_curator_judged_unfit_is_not_offered(lamp, paper, curator):
    curation.reject_text([paper], "title", curator)
    page = lamp()
    assert page.all('h1 .text[lang="zh-Hans"]') == [FIRST]
    assert not page.all(".others")


def test_a_title_that_a_curator_wrote_has_no_other(lamp, paper, curator):
    curation.edit(paper, "title_zh", "暗处语料的灯", curator)
    assert not lamp().all(".others")


def test_markup_in_another_translation_is_text(lamp, small_site):
    _reissue(small_site, title_zh="照亮 $n^2$ 处<b>暗处</b>语料的灯")
    assert "<b>" not in lamp().source
    assert "<msup>" in lamp().html(".others")[0]


def _reissue(folder: Path, title_zh: str) -> None:
    """Issue the first digest of the lamp again, with another Chinese title."""
    name = f"{LANTERN}/27-Jan-2025/AI/README.md"
    records = [record_text(arxiv_id=LAMP, title_zh=title_zh), *DIGESTS[name][1:]]
    (folder / name).write_text("".join(records), "utf-8")
    run_import([str(folder)], Options())
