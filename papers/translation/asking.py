"""Ask for the Chinese of some papers: send, check, and ask once more for what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from papers.db.bulk import chunks
from papers.text.sanitize import clean
from papers.text.triage import Fault
from papers.translation.answer_checks import faults_of, restored
from papers.translation.answers import Texts, Unreadable, read_answer
from papers.translation.budget import Budget, Exhausted
from papers.translation.guess import NONE, Tokens, bound, counted, guess
from papers.translation.known_terms import KnownTerms
from papers.translation.pacing import Halted, Pacer
from papers.translation.prompt import (
    TITLES_A_RETRY,
    Asked,
    system_message,
    user_message,
)
from papers.translation.reasons import told
from papers.translation.wire import Busy, Endpoint, Failure, Redirected, Rejected, Reply

TRIES = 6
"""Times that a request is sent which is not answered. Then its papers are left for another run."""

LONGEST_EXCERPT = 2_000
"""Characters of a refused answer that are stored."""


@dataclass(frozen=True)
class Outcome:
    """What came of one paper: sound texts by field, or the reasons why they were refused.

    ``answer`` is the beginning of what was refused: foreign text.
    """

    paper: Asked
    texts: Texts = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    answer: str = ""
    tries: int = 1

    @property
    def is_accepted(self) -> bool:
        return not self.reasons


@dataclass
class Answered:
    """What came of one job: the outcomes of the papers that were answered, and the tokens of all
    requests, as reported and as guessed. Papers without outcome are left for another run; ``said``
    is why, if they were not answered."""

    outcomes: list[Outcome] = field(default_factory=list)
    used: Tokens = NONE
    guessed: Tokens = NONE
    said: str = ""

    def count(self, used: Tokens, guessed: Tokens) -> None:
        self.used, self.guessed = self.used.plus(used), self.guessed.plus(guessed)


class _Unanswered(Exception):
    """A request was not answered however often it was sent. The message is the last failure."""


@dataclass(frozen=True)
class Asking:
    """What is needed to ask. Threads share it."""

    endpoint: Endpoint
    pacer: Pacer
    budget: Budget
    known: KnownTerms

    def __call__(self, papers: Sequence[Asked]) -> Answered:
        """Return what came of these papers, which fit into one request.

        Nothing that an endpoint does raises an exception here.
        """
        answered = Answered()
        try:
            first = self._outcomes(papers, answered)
            answered.outcomes += [one for one in first if one.is_accepted]
            refused = [one for one in first if not one.is_accepted]
            for some in chunks(refused, TITLES_A_RETRY):
                answered.outcomes += self._once_more(some, answered)
        except _Unanswered as unanswered:
            answered.said = str(unanswered)
        except (Halted, Exhausted):
            pass  # the pacer and the budget say why
        return answered

    def _once_more(self, refused: Sequence[Outcome], answered: Answered) -> list[Outcome]:
        wrong = dict.fromkeys(told(reason) for one in refused for reason in one.reasons)
        papers = [one.paper for one in refused]
        return [replace(one, tries=2) for one in self._outcomes(papers, answered, tuple(wrong))]

    def _outcomes(
        self, papers: Sequence[Asked], answered: Answered, wrong: Sequence[str] = ()
    ) -> list[Outcome]:
        system, user = system_message(wrong), user_message(papers, self.known)
        reply = self._reply(system, user, papers, answered)
        try:
            given = read_answer(reply.text, reply.is_cut, papers)
        except Unreadable as unreadable:
            reasons, excerpt = (str(unreadable.reason),), _excerpt(reply.text)
            return [Outcome(paper, reasons=reasons, answer=excerpt) for paper in papers]
        return judged(papers, given, self.known)

    def _reply(self, system: str, user: str, papers: Sequence[Asked], answered: Answered) -> Reply:
        """Send the request until it is answered. Raise _Unanswered, Halted or Exhausted."""
        said = ""
        for tries in range(1, TRIES + 1):
            self.pacer.wait()
            try:
                reply = self._send(system, user, papers, answered)
            except Busy as busy:
                said = str(busy)
                self.pacer.busy(busy.seconds)
            except Rejected as rejected:
                self.pacer.halt(str(rejected), rejected=True)
            except Redirected as redirected:
                hint = "" if self.endpoint.has_answered else "Check TRANSLATOR_URL."
                self.pacer.failed(str(redirected), tries, hint)
            except Failure as failure:
                said = str(failure)
                self.pacer.failed(said, tries)
            else:
                self.pacer.succeeded()
                return reply
        raise _Unanswered(said)

    def _send(self, system: str, user: str, papers: Sequence[Asked], answered: Answered) -> Reply:
        """Send the request once, within the budget. A failure that may be charged for counts."""
        expected, most = guess(system + user, papers), bound(system + user, papers)
        with self.budget.reserved(*most) as reservation:
            try:
                reply = self.endpoint.ask(system, user, int(most.received))
            except Failure as failure:
                if failure.is_billed:
                    answered.count(expected, expected)
                else:
                    reservation.settle(*NONE)
                raise
            used = Tokens(
                counted(system + user) if reply.tokens_in is None else reply.tokens_in,
                counted(reply.text) if reply.tokens_out is None else reply.tokens_out,
            )
            reservation.settle(*used)
            answered.count(used, expected)
            return reply


def judged(papers: Sequence[Asked], given: Sequence[Texts], known: KnownTerms) -> list[Outcome]:
    """Return the outcome for each paper.

    An answer that gives one paper the Chinese of another is not believed for any of them.
    """
    found = [
        faults_of(paper, texts, known, papers) for paper, texts in zip(papers, given, strict=True)
    ]
    if any(reason.endswith(f": {Fault.STRAYED}") for reasons in found for reason in reasons):
        found = [reasons or [str(Fault.STRAYED)] for reasons in found]
    return [
        Outcome(paper, reasons=tuple(reasons), answer=_excerpt("\n".join(texts.values())))
        if reasons
        else Outcome(paper, texts=restored(paper, texts))
        for paper, texts, reasons in zip(papers, given, found, strict=True)
    ]


def _excerpt(text: str) -> str:
    return clean(text[:LONGEST_EXCERPT])
