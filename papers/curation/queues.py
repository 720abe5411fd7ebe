"""Queues of the admin: what waits for a curator, with counts that stay cheap."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from papers.curation.decision import Curator
from papers.curation.missing_digests import WINDOW, MissingDigest, missing_digests
from papers.glossary.rising import rising_without_chinese
from papers.lists.topics import sources_by_id
from papers.models import (
    AlikeAuthors,
    DeskVisit,
    Digest,
    Doubt,
    FieldLock,
    ImportProblem,
    Judgement,
    Paper,
    PaperTopic,
    RisingTerm,
    Source,
    Term,
    Topic,
    Translation,
    TranslationAttempt,
    ZhState,
)

MAX_COUNTED = 1_000
MAX_PHRASES = 20
DOUBTFUL_SCORE = 0.5
"""Mined terms with a lower score are doubtful; mining takes none below 0.4."""


@dataclass(frozen=True)
class Waiting:
    """A number of waiting items; ``more`` is True if counting stopped at the limit."""

    number: int
    more: bool = False

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.more else ''}"


@dataclass(frozen=True)
class DoubtfulTexts:
    """Texts shown to readers with one fault: the number from each source.

    Of those that curators looked at, ``fine`` were judged to have no fault, and ``corrected`` were
    decided otherwise: where most are fine, the rule is wrong.
    """

    field: str
    fault: str
    by_source: list[tuple[Source | None, int]]
    fine: int = 0
    corrected: int = 0

    @property
    def name(self) -> str:
        """What the text is, for people: its title, its abstract or its authors."""
        return str(Doubt.Field(self.field).label)

    @property
    def number(self) -> int:
        return sum(number for _, number in self.by_source)

    @property
    def share_fine(self) -> int | None:
        """Return the share of texts judged fine, in per cent; None if none was looked at."""
        looked_at = self.fine + self.corrected
        return 100 * self.fine // looked_at if looked_at else None


def count_up_to(rows: QuerySet, most: int = MAX_COUNTED) -> Waiting:
    """Count rows, at most ``most`` of them."""
    number = rows.order_by()[: most + 1].count()
    return Waiting(min(number, most), number > most)


def doubtful_texts() -> list[DoubtfulTexts]:
    """Return the doubts by field and fault, the most common first."""
    counted = (
        Doubt.objects.filter(paper__hidden=False)
        .order_by()
        .values_list("field", "fault", "source")
        .annotate(number=Count("pk"))
    )
    sources = sources_by_id()
    found: dict[tuple[str, str], list[tuple[Source | None, int]]] = {}
    for field, fault, source, number in counted:
        found.setdefault((field, fault), []).append((sources.get(source), number))
    fine, corrected = _judged_fine(), _corrected()
    queues = [
        DoubtfulTexts(
            *key,
            sorted(found.get(key, []), key=lambda one: (-one[1], str(one[0]))),
            fine[key],
            corrected[key],
        )
        for key in found.keys() | fine.keys()
    ]
    return sorted(queues, key=lambda one: (-one.number, one.field, one.fault))


def _judged_fine() -> Counter[tuple[str, str]]:
    """Return the number of papers with a fault judged fine, by field and fault."""
    rows = Judgement.objects.exclude(fault=Judgement.UNFIT).order_by().values_list("field", "fault")
    return Counter(
        {
            (field, fault): papers
            for field, fault, papers in rows.annotate(papers=Count("paper", distinct=True))
        }
    )


def _corrected() -> Counter[tuple[str, str]]:
    """Return the number of Chinese texts that curators decided, by the faults they had."""
    faults: dict[tuple[int, str], set[str]] = {}
    for field, kind in (("title_zh", "title"), ("abstract_zh", "abstract")):
        decided = FieldLock.objects.filter(field=field).values("paper")
        rows = Translation.objects.filter(field=kind, paper__in=decided).exclude(faults=[])
        for paper, named in rows.values_list("paper_id", "faults"):
            faults.setdefault((paper, kind), set()).update(named)
    return Counter((kind, fault) for (_, kind), named in faults.items() for fault in named)


def without_chinese() -> list[tuple[Topic, int]]:
    """Return the featured topics with the number of their papers without any Chinese text."""
    missing = PaperTopic.objects.filter(
        topic__featured=True, paper__zh_state=ZhState.MISSING, paper__hidden=False
    )
    numbers = dict(missing.order_by().values_list("topic").annotate(number=Count("pk")))
    topics = Topic.objects.filter(featured=True, merged_into=None)
    return [(topic, numbers[topic.pk]) for topic in topics if topic.pk in numbers]


def all_without_chinese() -> Waiting:
    return count_up_to(Paper.objects.published().filter(zh_state=ZhState.MISSING))


def problems_read_until(user: Curator) -> datetime.datetime | None:
    visit = DeskVisit.objects.filter(user_id=user.pk or 0).first()
    return visit.problems_read if visit else None


def unread_problems(user: Curator) -> QuerySet[ImportProblem]:
    """Return the problems of runs since this curator last marked all as read."""
    problems = ImportProblem.objects.all()
    since = problems_read_until(user)
    return problems.filter(run__started__gt=since) if since else problems


def problems_are_read(user: Curator) -> None:
    DeskVisit.objects.update_or_create(
        user_id=user.pk or 0, defaults={"problems_read": timezone.now()}
    )


def digests_missing() -> list[MissingDigest]:
    """Return the missing digests in the ``WINDOW`` before the newest digest."""
    newest = Digest.objects.aggregate(newest=Max("date"))["newest"]
    if newest is None:
        return []
    recent = Digest.objects.filter(date__gte=newest - WINDOW).order_by()
    return missing_digests(recent.values_list("source__name", "topic__name_en", "date"))


def held_digests() -> QuerySet[Digest]:
    return Digest.objects.filter(held=True)


def refused_translations() -> QuerySet[TranslationAttempt]:
    """Return the newest attempt of each paper that was refused and lacks sound Chinese."""
    newest = TranslationAttempt.objects.exclude(run=None).filter(paper=OuterRef("paper"))
    refused = TranslationAttempt.objects.filter(state=TranslationAttempt.State.REFUSED)
    return refused.filter(
        ~Q(paper__zh_state=ZhState.OK),
        paper__hidden=False,
        pk=Subquery(newest.order_by("-pk").values("pk")[:1]),
    ).order_by("-at", "-pk")


def alike_authors() -> QuerySet[AlikeAuthors]:
    return AlikeAuthors.objects.filter(different=False)


def doubtful_terms() -> QuerySet[Term]:
    """Return the mined terms that readers see although the two belong together only loosely."""
    return Term.objects.filter(
        kind=Term.Kind.CORE, origin=Term.Origin.MINED, hidden=False, score__lt=DOUBTFUL_SCORE
    )


def terms_without_chinese() -> list[RisingTerm]:
    """Return the phrases of titles that rise most and that the glossary does not know."""
    return rising_without_chinese()[:MAX_PHRASES]
