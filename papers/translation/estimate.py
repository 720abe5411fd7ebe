"""The estimate of a run before it starts, and of what is left while it runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from papers.models import TranslationRun
from papers.translation import prompt
from papers.translation.guess import Tokens, guess_for_lengths
from papers.translation.prompt import ABSTRACT, TITLE, Asked, system_message
from papers.translation.queue import jobs
from papers.translation.translator import Translator

_RUNS = 20  # the newest ones, which correct the guess


@dataclass
class Estimate:
    """Papers that want a translation, and the tokens and cost that they will probably take."""

    papers: int = 0
    titles: int = 0
    abstracts: int = 0
    tokens: Tokens = Tokens(0, 0)
    cost: float = 0.0


def estimate(papers: Iterable[Asked], translator: Translator, most: int | None = None) -> Estimate:
    """Return what it will take to translate these papers, or ``most`` of them."""
    found = Estimate()
    guessed = Tokens(0, 0)
    rules = len(system_message())
    for job in jobs(papers, most):
        found.papers += len(job)
        found.titles += sum(TITLE in one.wanted for one in job)
        found.abstracts += sum(ABSTRACT in one.wanted for one in job)
        guessed = guessed.plus(guess_for_lengths(rules, [one.length for one in job]))
    found.tokens = guessed.times(*correction(translator))
    found.cost = translator.cost(*found.tokens)
    return found


def correction(translator: Translator) -> Tokens:
    """Return by how much the newest answers of the model differed from the guess; 1 at first."""
    runs = TranslationRun.objects.filter(
        model=translator.model, prompt=prompt.VERSION, guessed_in__gt=0, guessed_out__gt=0
    )
    names = ("tokens_in", "guessed_in", "tokens_out", "guessed_out")
    newest = list(runs.order_by("-started").values_list(*names)[:_RUNS])
    if not newest:
        return Tokens(1, 1)
    sent, guessed_sent, received, guessed_received = map(sum, zip(*newest, strict=True))
    return Tokens(sent / guessed_sent, received / guessed_received)
