"""The estimate of a run, and its correction by what answers really took."""

import pytest

from papers.models import TranslationRun
from papers.translation import prompt
from papers.translation.estimate import correction, estimate
from papers.translation.guess import Tokens, bound, guess
from papers.translation.prompt import TITLE, system_message, user_message
from papers.translation.translator import Translator
from tests.translation.texts import KNOWN, asked

pytestmark = pytest.mark.django_db

TRANSLATOR = Translator("http://127.0.0.1:1/v1", "lamp-7b", prices=(1.0, 2.0))
PAPERS = [asked(), asked(TITLE)]


def run_that_took(sent: int, received: int, **run) -> TranslationRun:
    """A run that was expected to take 1,000 tokens each way."""
    return TranslationRun.objects.create(
        **{"model": "lamp-7b", "host": "h", "prompt": prompt.VERSION, **run},
        guessed_in=1_000,
        guessed_out=1_000,
        tokens_in=sent,
        tokens_out=received,
    )


def test_it_counts_papers_and_texts_and_what_they_cost():
    found = estimate(PAPERS, TRANSLATOR)
    assert (found.papers, found.titles, found.abstracts) == (2, 2, 1)
    assert found.cost == pytest.approx(TRANSLATOR.cost(*found.tokens))


def test_it_counts_no_more_than_the_run_will_ask_for():
    assert estimate(PAPERS, TRANSLATOR, most=1).papers == 1


def test_it_is_corrected_by_what_answers_took():
    before = estimate(PAPERS, TRANSLATOR).tokens
    run_that_took(1_500, 500)
    run_that_took(2_500, 500)
    after = estimate(PAPERS, TRANSLATOR).tokens
    assert after == pytest.approx((2 * before.sent, 0.5 * before.received))


@pytest.mark.parametrize("run", [{"model": "kite-70b"}, {"prompt": prompt.VERSION + 1}])
def test_other_models_and_prompts_do_not_correct_it(run):
    run_that_took(9_000, 9_000, **run)
    assert correction(TRANSLATOR) == Tokens(1, 1)


def test_no_answer_can_take_more_than_the_bound():
    messages = system_message(["灯"]) + user_message(PAPERS, KNOWN)
    expected, most = guess(messages, PAPERS), bound(messages, PAPERS)
    assert expected.sent < most.sent
    assert most.sent >= len(messages.encode())
    assert expected.received * 10 < most.received
