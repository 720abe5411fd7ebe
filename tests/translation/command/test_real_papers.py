"""Real papers, and half of all answers bad: nearly all end with a sound text.

There are 40 of them, or 300 with MANY=1 (``make test-translator``).
"""

import os
from itertools import islice

import pytest

from papers.models import Paper, Translation, ZhState
from papers.text.sentence_pairs import aligned
from papers.text.triage import triage_abstract, triage_title
from tests.translation.bilingual import real_papers
from tests.translation.command.conftest import chinese_of
from tests.translation.endpoint import Endpoint, some
from tests.translation.misbehaviour import Text, Wire

NUMBER, SHARE_SOUND = (300, 0.97) if os.environ.get("MANY") else (40, 0.9)
RUNS = 3  # as a timer would start them
LEFT_OUT = {Wire.HANG, Wire.REDIRECT}  # the first takes long, the second ends a run

pytestmark = [pytest.mark.alike, pytest.mark.corpus]


def has_sound_chinese(paper) -> bool:
    """Return whether the publisher's Chinese is fit to be the good answer: it is without fault and
    leaves no sentence out."""
    abstract = triage_abstract(paper.abstract_zh, paper.abstract)
    title = triage_title(paper.title_zh, paper.title, paper.abstract)
    beads = aligned(paper.abstract, paper.abstract_zh).beads
    whole = all(bead.counts != (1, 0) for bead in beads)
    return whole and not abstract.faults and not title.faults


@pytest.mark.parametrize("seed", [1])
def test_nearly_all_end_with_a_sound_text_and_no_bad_one_is_stored(
    seed, corpus, published, translate
):
    sound = filter(has_sound_chinese, real_papers(corpus, NUMBER + 50, seed))
    papers = published(islice(sound, NUMBER))
    choose = some(0.5, [*Text, *(set(Wire) - LEFT_OUT)])
    with Endpoint(papers, choose, seed=seed, hang=2) as endpoint:
        reports = [translate(endpoint, CONCURRENCY=8).report for _ in range(RUNS)]
    wrong = [
        (paper.arxiv_id, [one.kind for one in endpoint.requests if one.papers == [paper.arxiv_id]])
        for paper in papers
        if squeezed(chinese_of(paper)) not in {squeezed(endpoint.truth[paper.arxiv_id]), ("", "")}
    ]
    assert wrong == []
    good = {text for truth in endpoint.truth.values() for text in squeezed(truth)}
    stored = {"".join(one.split()) for one in Translation.objects.values_list("text", flat=True)}
    assert stored <= good
    ended_well = Paper.objects.filter(zh_state=ZhState.OK).count()
    bad = sum(not request.well for request in endpoint.requests) / len(endpoint.requests)
    after = [report["papers"] for report in reports]
    print(f"{len(papers)} papers, {bad:.3f} of answers bad, {ended_well} sound; runs gave {after}")
    assert ended_well >= SHARE_SOUND * len(papers)
    assert bad > 0.45


def squeezed(texts: tuple[str, str]) -> tuple[str, ...]:
    return tuple("".join(text.split()) for text in texts)
