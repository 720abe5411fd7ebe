"""One daily run: all steps in order, each reported; one that fails does not stop the next.

Only one runs at a time. It may run at any hour and any number of times, also after a crash: each
step finds out itself what is left to do.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone

from papers.db.import_lock import ImportRunning, daily_lock
from papers.models import DailyRun
from papers.notifications.senders import CannotSend
from papers.operations.daily_steps import STEPS, Day, Step
from papers.operations.errors import NoBackup, NotSetUp, StepFailed
from papers.text.sanitize import clean

DONE, SKIPPED, FAILED = "done", "skipped", "failed"
KEPT = 400  # runs
# Errors that were foreseen: their message is a sentence for people.
_FORESEEN = (StepFailed, NoBackup, CannotSend, ImportRunning, CommandError)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What came of a step; ``message`` is one line, foreign text in it is not marked."""

    step: str
    state: str
    message: str
    seconds: float


@dataclass(frozen=True)
class DailyReport:
    """The results of all steps."""

    results: list[Result]
    seconds: float

    @property
    def is_well(self) -> bool:
        return all(result.state != FAILED for result in self.results)

    def as_dict(self) -> dict:
        return {
            "ok": self.is_well,
            "steps": [asdict(one) for one in self.results],
            "seconds": round(self.seconds, 2),
        }


def run_daily(
    paths: list[str], say: Callable[[Result], object] = lambda result: None
) -> DailyReport:
    """Run all steps. ``paths`` are digests to import besides those of the publishers.

    Raise ImportRunning if another daily run is at work.
    """
    with daily_lock():
        _close_dead_runs()
        return _run(DailyRun(started=timezone.now()), paths, say)


def _run(run: DailyRun, paths: list[str], say: Callable[[Result], object]) -> DailyReport:
    started = time.monotonic()
    day = Day(run, paths)
    results: list[Result] = []
    _keep(run, results)
    try:
        for step in STEPS:
            results.append(_result_of(step, day))
            say(results[-1])
            if results[-1].state == FAILED:
                day.failed[step.name] = results[-1].message
            _keep(run, results)
    except BaseException:  # told to stop; what was done stays done
        run.state = DailyRun.State.FAILED
        _keep(run, results)
        raise
    run.state, run.finished = DailyRun.State.DONE, timezone.now()
    _keep(run, results)
    return DailyReport(results, time.monotonic() - started)


def _result_of(step: Step, day: Day) -> Result:
    started = time.monotonic()
    state, message = _outcome(step, day)
    return Result(step.name, state, message, round(time.monotonic() - started, 2))


def _outcome(step: Step, day: Day) -> tuple[str, str]:
    try:
        if step.once and _was_done(step, day):
            return SKIPPED, "done already today"
        return DONE, step.work(day)
    except NotSetUp as reason:
        return SKIPPED, str(reason)
    except _FORESEEN as error:
        return FAILED, _one_line(error)
    except (DatabaseError, OSError) as error:
        return FAILED, f"Stopped: {_one_line(error)}"
    except Exception as error:  # a fault of ours must not keep the next step from running
        logger.exception("A step of the daily run failed.")
        return FAILED, f"{type(error).__name__}: {_one_line(error)}"


def _was_done(step: Step, day: Day) -> bool:
    runs = DailyRun.objects.exclude(pk=day.run.pk).filter(started__date=day.today)
    return any(
        result["step"] == step.name and result["state"] == DONE
        for steps in runs.values_list("steps", flat=True)
        for result in steps
    )


def _keep(run: DailyRun, results: list[Result]) -> None:
    run.steps = [asdict(one) for one in results]
    try:
        run.save()
    except DatabaseError:  # a full disk, for example; the report is printed all the same
        logger.exception("The daily run could not be kept.")


def _close_dead_runs() -> None:
    """Mark runs as failed whose process died, and remove the oldest. We hold the lock."""
    DailyRun.objects.filter(state=DailyRun.State.RUNNING).update(state=DailyRun.State.FAILED)
    oldest = DailyRun.objects.order_by("-pk").values_list("pk", flat=True)[KEPT : KEPT + 1]
    for pk in oldest:
        DailyRun.objects.filter(pk__lte=pk).delete()


def _one_line(error: Exception) -> str:
    return " ".join(clean(str(error)).split())[:500]
