"""A run of the translator: what readers get, what it costs, and how it ends."""

import pytest

from papers.models import (
    Paper,
    ZhState,
)
from papers.translation.queue import Selection
from papers.translation.translate import translate
from tests.translation.bilingual import invented_papers
from tests.translation.conftest import translator_of
from tests.translation.endpoint import Endpoint, some
from tests.translation.misbehaviour import Text, Wire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]

EVERYTHING = Selection()


def test_papers_get_their_chinese(imported):
    papers = imported(list(invented_papers(12)))
    with Endpoint(papers) as endpoint:
        report = translate(EVERYTHING, translator_of(endpoint))
    assert (report.papers, report.titles, report.abstracts) == (12, 12, 12)
    assert (report.refused, report.left, report.problems) == (0, 0, [])
    assert (report.tokens_in, report.tokens_out) == (endpoint.tokens_in, endpoint.tokens_out)
    assert set(Paper.objects.values_list("zh_state", flat=True)) == {ZhState.OK}
    assert endpoint.problems() == []
    shown = {paper.arxiv_id: paper for paper in Paper.objects.all()}
    for paper in papers:
        assert shown[paper.arxiv_id].title_zh == paper.title_zh


def test_of_many_bad_answers_none_is_shown(imported):
    papers = imported(list(invented_papers(60)))
    runs = 0
    with Endpoint(papers, some(0.5, [*Text, *Wire]), seed=2, hang=3) as endpoint:
        translator = translator_of(endpoint, concurrency=8, timeout=1.0)
        while translate(EVERYTHING, translator).left and runs < 3:
            runs += 1
    true = {paper.arxiv_id: (paper.title_zh, paper.abstract_zh) for paper in papers}
    for paper in Paper.objects.exclude(abstract_zh=""):
        title, abstract = true[paper.arxiv_id]
        assert paper.title_zh == title
        assert paper.abstract_zh.replace("this https URL", "此 https 链接") == abstract
    assert Paper.objects.filter(zh_state=ZhState.OK).count() >= 58
