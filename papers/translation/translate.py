"""One run of the translator, from the queue to a stored report. Only one runs at a time.

Threads ask and check; the main thread reads the queue and writes, in short transactions. What was
answered is stored at once, so a run that is killed loses only what was under way.
"""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from itertools import islice
from threading import Event
from typing import Any

from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from papers.db.import_lock import translation_lock
from papers.models import TranslationRun
from papers.translation import prompt
from papers.translation.asking import Answered, Asking, Outcome
from papers.translation.attempts import Stored, rank_as_set, store
from papers.translation.budget import Budget
from papers.translation.estimate import Estimate, estimate
from papers.translation.known_terms import KnownTerms
from papers.translation.pacing import Pacer
from papers.translation.prompt import Asked
from papers.translation.queue import Selection, jobs, queue, wanted
from papers.translation.translator import Translator
from papers.translation.wire import Endpoint

_TICK = 0.5  # seconds between two looks at whether the run was told to stop
_WRITES = 5  # times that a transaction is tried that another writer is in the way of
_PAUSE = 1.0  # seconds after the first of them


@dataclass(frozen=True)
class Limits:
    """The most papers to ask for and the most to spend; None for any number."""

    papers: int | None = None
    cost: float | None = None


NO_LIMITS = Limits()


@dataclass
class TranslationReport:
    """Counts and problems of one run.

    ``papers`` have got a text that they lacked. ``left`` still lack one, the ``refused`` included.
    ``is_rejected``: the endpoint answers no request of this kind, and ``problems`` say why.
    """

    papers: int = 0
    titles: int = 0
    abstracts: int = 0
    refused: int = 0
    left: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    problems: list[dict[str, str | None]] = field(default_factory=list)
    is_rejected: bool = False
    is_stopped: bool = False

    def as_json(self) -> str:
        shown = asdict(self)
        del shown["is_rejected"], shown["is_stopped"]
        rounded = {"cost": round(self.cost, 6), "seconds": round(self.seconds, 2)}
        return json.dumps(shown | rounded, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class Status:
    """How far a run has come: papers asked for and in all, tokens, cost, seconds, and the seconds
    left if known."""

    done: int
    total: int
    tokens: int
    cost: float
    seconds: float
    seconds_left: float | None


Progress = Callable[[Status], None]


def plan(selection: Selection, translator: Translator, limits: Limits = NO_LIMITS) -> Estimate:
    """Return what a run would take."""
    papers = wanted(queue(selection, translator), selection.titles_only)
    return estimate(papers, translator, limits.papers)


def translate(
    selection: Selection,
    translator: Translator,
    limits: Limits = NO_LIMITS,
    progress: Progress = lambda status: None,
    stop: Event | None = None,
) -> TranslationReport:
    """Translate the papers of a selection, and return a report. ``stop`` ends the run early.

    Raise ImportRunning if another run is going on.
    """
    with translation_lock():
        # We hold the lock, so a run still marked as running has died.
        runs = TranslationRun.objects.filter(state=TranslationRun.State.RUNNING)
        runs.update(state=TranslationRun.State.FAILED)
        rank_as_set(translator)
        pks = queue(selection, translator)
        total = sum(1 for _ in wanted(pks, selection.titles_only))
        run = _Run(selection, translator, limits, total, stop or Event())
        return run.work_off(pks, progress)


class _Run:
    """A run while it goes on."""

    def __init__(
        self,
        selection: Selection,
        translator: Translator,
        limits: Limits,
        total: int,
        stop: Event,
    ) -> None:
        self._selection, self._translator, self._limits = selection, translator, limits
        self._total, self._stop = total, stop
        self._started = time.monotonic()
        self._asked = self._unanswered = 0
        self._last_failure = ""
        self._report = TranslationReport(left=total)
        self._endpoint = Endpoint(translator)
        self._pacer = Pacer(stop, translator.concurrency)
        self._budget = Budget(translator, limits.cost)
        self._row = TranslationRun.objects.create(
            model=translator.model,
            host=translator.host,
            prompt=prompt.VERSION,
            options=_as_json(selection, limits),
            left=total,
        )

    def work_off(self, pks: list[int], progress: Progress) -> TranslationReport:
        """Translate these papers and close the run."""
        try:
            self._ask_all(pks, progress)
        except BaseException:
            with suppress(DatabaseError):  # the database may be what failed
                self._close(TranslationRun.State.FAILED)
            raise
        is_stopped = self._pacer.is_halted
        self._close(TranslationRun.State.STOPPED if is_stopped else TranslationRun.State.DONE)
        return self._report

    def _ask_all(self, pks: list[int], progress: Progress) -> None:
        asking = Asking(self._endpoint, self._pacer, self._budget, KnownTerms.of_site())
        waiting = jobs(wanted(pks, self._selection.titles_only), self._limits.papers)
        under_way: dict[Future[Answered], list[Asked]] = {}
        with self._pool() as pool:
            progress(self._status())
            while True:
                for job in islice(waiting, max(0, self._slots() - len(under_way))):
                    under_way[pool.submit(asking, job)] = job
                if not under_way:
                    break
                done = wait(under_way, _TICK, FIRST_COMPLETED).done
                if self._stop.is_set():
                    self._endpoint.close()
                if done:
                    self._take([(under_way.pop(one), one.result()) for one in done])
                    progress(self._status())

    @contextmanager
    def _pool(self) -> Iterator[ThreadPoolExecutor]:
        """Yield the threads; cut what is under way if the block fails."""
        with ThreadPoolExecutor(self._translator.concurrency, "translator") as pool:
            try:
                yield pool
            except BaseException:
                self._pacer.halt("The run failed.")
                self._endpoint.close()
                raise

    def _slots(self) -> int:
        """Return how many requests may be under way: one until the endpoint has answered."""
        if self._pacer.is_halted or self._budget.is_exhausted:
            return 0
        return self._translator.concurrency if self._endpoint.has_answered else 1

    def _take(self, done: list[tuple[list[Asked], Answered]]) -> None:
        """Store what came of these jobs."""
        for job, answered in done:
            self._asked += len(job)
            if answered.said:
                self._unanswered += len(job) - len(answered.outcomes)
                self._last_failure = answered.said
        stored = self._written([answered for _, answered in done])
        self._report.problems += map(_problem, stored.refused)
        self._report.left = self._row.left = self._total - self._row.papers

    def _written(self, answered: list[Answered]) -> Stored:
        """Store these answers, also if another writer is in the way for some time."""
        for tries in range(1, _WRITES + 1):
            try:
                return store(self._row, answered, self._translator)
            except OperationalError:
                if not connection.is_usable():
                    raise
                self._row.refresh_from_db()
                if tries == _WRITES:
                    raise
                time.sleep(_PAUSE * tries)
        raise AssertionError

    def _status(self) -> Status:
        spent = time.monotonic() - self._started
        total = min(self._total, self._limits.papers or self._total)
        left = spent / self._asked * (total - self._asked) if self._asked else None
        tokens = self._row.tokens_in + self._row.tokens_out
        return Status(self._asked, total, tokens, self._row.cost, spent, left)

    def _close(self, state: TranslationRun.State) -> None:
        row, report = self._row, self._report
        row.state = state
        if self._pacer.reason:
            report.problems.append(_said("stopped", self._pacer.reason))
        if self._unanswered:
            said = f"Papers without an answer: {self._unanswered:,}. Last: {self._last_failure}."
            report.problems.append(_said("unanswered", said))
        if self._budget.is_exhausted:
            report.problems.append(_said("budget", "The rest would cost more than --max-cost."))
        report.is_rejected, report.is_stopped = self._pacer.is_rejected, self._stop.is_set()
        for name in ("papers", "titles", "abstracts", "refused", "tokens_in", "tokens_out", "cost"):
            setattr(report, name, getattr(row, name))
        report.left = row.left = self._total - row.papers
        report.seconds = time.monotonic() - self._started
        row.problems = [one for one in report.problems if not one["arxiv_id"]]
        row.finished = timezone.now()
        row.save()


def _problem(outcome: Outcome) -> dict[str, str | None]:
    reasons = ", ".join(outcome.reasons)
    return {"arxiv_id": outcome.paper.arxiv_id, "code": "refused", "message": reasons}


def _said(code: str, message: str) -> dict[str, str | None]:
    return {"arxiv_id": None, "code": code, "message": message}


def _as_json(selection: Selection, limits: Limits) -> dict[str, Any]:
    chosen = {**asdict(selection), "max_papers": limits.papers, "max_cost": limits.cost}
    return {
        name: value if isinstance(value, int | float | str) else str(value)
        for name, value in chosen.items()
        if value
    }
