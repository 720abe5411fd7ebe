"""Which papers are translated, in which order, and what of each."""

import datetime

import pytest
from django.contrib.auth.models import User

from papers import curation
from papers.models import Paper, TranslationAttempt, TranslationRun
from papers.translation import prompt
from papers.translation.prompt import ABSTRACT, TITLE, Asked
from papers.translation.queue import MOST_REFUSALS, Selection, ask_again, jobs, queue, wanted
from papers.translation.translator import Translator
from tests import cast
from tests.translation.texts import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]

TRANSLATOR = Translator("http://127.0.0.1:1/v1", "lamp-7b")
BOTH = frozenset((TITLE, ABSTRACT))


@pytest.fixture
def curator(db) -> User:
    return User.objects.create_user("cleo")


def in_line(**selection) -> list[Asked]:
    chosen = Selection(**selection)
    return list(wanted(queue(chosen, TRANSLATOR), chosen.titles_only))


def ids(**selection) -> list[str]:
    return [one.arxiv_id for one in in_line(**selection)]


def paper(arxiv_id: str) -> Paper:
    return Paper.objects.get(arxiv_id=arxiv_id)


def refuse(arxiv_id: str, times: int, **run) -> None:
    for _ in range(times):
        row = TranslationRun.objects.create(
            **{"model": TRANSLATOR.model, "host": "h", "prompt": prompt.VERSION, **run}
        )
        TranslationAttempt.objects.create(
            paper=paper(arxiv_id), run=row, state=TranslationAttempt.State.REFUSED
        )


def test_papers_whose_chinese_is_missing_or_faulty_are_wanted_newest_first():
    found = {one.arxiv_id: one.wanted for one in in_line()}
    assert found == {
        cast.WITHOUT_CHINESE: BOTH,
        cast.EXPLAINED: {TITLE},
        cast.TOO_SHORT: {ABSTRACT},
    }
    assert list(found)[-1] == cast.TOO_SHORT


def test_hidden_papers_are_not_translated(curator):
    curation.hide([paper(cast.WITHOUT_CHINESE)], "no", by=curator)
    assert cast.WITHOUT_CHINESE not in ids()


def test_what_a_curator_decided_is_not_wanted(curator):
    curation.edit(paper(cast.WITHOUT_CHINESE), "title_zh", "听云数数", curator)
    (found,) = [one for one in in_line() if one.arxiv_id == cast.WITHOUT_CHINESE]
    assert found.wanted == {ABSTRACT}


def test_featured_papers_come_before_newer_ones(curator):
    curation.feature([paper(cast.TOO_SHORT)], by=curator)
    assert ids()[0] == cast.TOO_SHORT


def test_what_curators_asked_for_comes_first_also_where_it_is_sound(curator):
    assert ask_again([paper(cast.KITE).pk], curator) == 1
    first = in_line(newest=1)[0]
    assert (first.arxiv_id, first.wanted) == (cast.KITE, BOTH)
    assert ids(only_waiting=True) == [cast.KITE]


def test_what_curators_asked_for_is_translated_as_a_whole_also_with_titles_alone(curator):
    ask_again([paper(cast.KITE).pk], curator)
    assert [one.wanted for one in in_line(titles_only=True)] == [BOTH, {TITLE}, {TITLE}]


def test_a_paper_waits_only_once(curator):
    pk = paper(cast.KITE).pk
    assert [ask_again([pk], curator), ask_again([pk], None)] == [1, 0]


def test_a_paper_that_a_curator_decided_is_not_asked_for(curator):
    for field in ("title_zh", "abstract_zh"):
        curation.edit(paper(cast.KITE), field, "风筝需要很多很多的线。", by=curator)
    assert ask_again([paper(cast.KITE).pk], curator) == 0


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        ({"newest": 1}, {cast.WITHOUT_CHINESE}),
        ({"since": datetime.date(2025, 1, 29)}, {cast.WITHOUT_CHINESE, cast.EXPLAINED}),
        ({"until": datetime.date(2025, 1, 28)}, {cast.TOO_SHORT}),
        ({"topic": "cs-cl"}, {cast.TOO_SHORT}),
        ({"ids": (cast.EXPLAINED, cast.KITE, "9999.99999")}, {cast.EXPLAINED}),
        ({"titles_only": True}, {cast.WITHOUT_CHINESE, cast.EXPLAINED}),
        ({"only_waiting": True}, set()),
    ],
)
def test_a_selection_narrows_it(selection, chosen):
    assert set(ids(**selection)) == chosen


def test_a_paper_that_the_model_fails_on_is_given_up(curator):
    refuse(cast.TOO_SHORT, MOST_REFUSALS - 1)
    assert cast.TOO_SHORT in ids()
    refuse(cast.TOO_SHORT, 1)
    assert cast.TOO_SHORT not in ids()
    assert ids(ids=(cast.TOO_SHORT,)) == [cast.TOO_SHORT]
    ask_again([paper(cast.TOO_SHORT).pk], curator)
    assert ids()[0] == cast.TOO_SHORT


@pytest.mark.parametrize("run", [{"model": "kite-70b"}, {"prompt": prompt.VERSION + 1}])
def test_another_model_or_prompt_may_try_again(run):
    refuse(cast.TOO_SHORT, MOST_REFUSALS, **run)
    assert cast.TOO_SHORT in ids()


# --- Requests


def test_an_abstract_is_a_request_and_twenty_titles_are_one():
    titles, whole = [asked(TITLE)] * 45, [asked()] * 2
    assert [len(job) for job in jobs([*titles, *whole])] == [20, 20, 1, 1, 5]


@pytest.mark.parametrize("most", [1, 20, 21, 46, 47, 99])
def test_there_are_at_most_so_many_papers(most):
    papers = [*([asked(TITLE)] * 45), asked(), asked()]
    assert sum(map(len, jobs(papers, most))) == min(most, 47)
