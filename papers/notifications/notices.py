"""What is told, and when: a matter once, when it begins; a lasting one again after a week.

What was told is kept in the database, so that runs every hour, on any machine, tell it once.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from papers.models import Notice

REMINDED_AFTER = datetime.timedelta(days=7)
KEPT = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Matter:
    """Something to tell. ``key`` says which matter it is; an event happens once and does not last.

    ``text`` may hold foreign text: names, files, errors.
    """

    key: str
    title: str
    text: str
    is_event: bool = False

    @property
    def name(self) -> str:
        """The key as it is stored: short, whatever a source is called."""
        if len(self.key) <= 200:
            return self.key
        return f"{self.key[:150]}#{hashlib.sha256(self.key.encode()).hexdigest()[:12]}"


def tell(
    matters: Iterable[Matter], today: datetime.date, send: Callable[[str, str], object]
) -> list[Matter]:
    """Send what has not been told yet, and return it. What no longer lasts may be told again.

    A message that could not be sent is not kept as told; the error of ``send`` is raised.
    """
    lasting = list(matters)
    names = [one.name for one in lasting]
    Notice.objects.filter(is_open=True).exclude(matter__in=names).update(is_open=False)
    forgotten = Notice.objects.filter(is_open=False, told__lt=today - KEPT)
    forgotten.exclude(matter__in=names).delete()
    known = {notice.matter: notice for notice in Notice.objects.filter(matter__in=names)}
    told = []
    for matter in lasting:
        notice = known.get(matter.name)
        if _is_due(matter, notice, today):
            send(matter.title, matter.text)
            told.append(matter)
            _keep(matter, today)
        elif notice and not notice.is_open and not matter.is_event:
            Notice.objects.filter(pk=notice.pk).update(is_open=True)
    return told


def _is_due(matter: Matter, notice: Notice | None, today: datetime.date) -> bool:
    if notice is None:
        return True
    if matter.is_event:
        return False
    if notice.is_open:
        return today - notice.told >= REMINDED_AFTER
    return notice.told < today


def _keep(matter: Matter, today: datetime.date) -> None:
    Notice.objects.update_or_create(
        matter=matter.name,
        defaults={"text": matter.text, "told": today, "is_open": not matter.is_event},
    )
