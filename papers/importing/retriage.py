"""Triage of all stored translations again, with the current rules."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count

from papers.db.bulk import chunks, update_rows
from papers.db.import_lock import import_lock
from papers.importing.evidence import triage
from papers.importing.reconcile import reconcile
from papers.models import Doubt, FieldLock, Paper, Translation, TriageRules
from papers.models.site_state import THE_ROW
from papers.text.english_side import odd_names, oddities
from papers.text.triage import VERSION


@dataclass
class Judgement:
    """Counts of a triage: texts by source and field, faults by source, field and fault.

    ``changed`` counts the texts with other faults than stored. ``states`` counts the papers by the
    state of their Chinese, before and after; it is None if nothing was written.
    """

    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    changed: int = 0
    states: tuple[Counter[str], Counter[str]] | None = None


def reassess_translations(
    apply: bool = False, progress: Callable[[list[list[int]]], Iterable[list[int]]] = iter
) -> Judgement:
    """Triage every stored translation with the current rules.

    With ``apply``, store the new faults, reconcile the papers concerned in transactions of some
    hundreds, and record the version of the rules. It can be interrupted and run again.
    Raise ImportRunning while an import runs.
    """
    judgement = Judgement()
    with import_lock():
        before = _states()
        papers = Paper.objects.order_by("pk").values_list("pk", flat=True)
        for some in progress(list(chunks(papers))):
            with transaction.atomic():
                stale = list(_judged(some, judgement))
                if apply and stale:
                    update_rows(Translation, ("faults",), ((faults, pk) for _, faults, pk in stale))
                if apply:
                    judged_otherwise = {paper for paper, _, _ in stale}
                    _choose_again({*judged_otherwise, *_shown_otherwise(some), *_to_settle(some)})
        if apply:
            note_rules()
            judgement.states = before, _states()
    return judgement


def rules_are_stale() -> bool:
    """Return whether stored translations were triaged with other rules than the current ones."""
    return TriageRules.objects.exclude(version=VERSION).exists()


def note_rules() -> None:
    """Record that all translations are triaged with the current rules."""
    TriageRules.objects.update_or_create(pk=THE_ROW, defaults={"version": VERSION})


def note_rules_of_new_database() -> None:
    """Record the current rules if none are recorded, as in a new database."""
    if not TriageRules.objects.exists():
        note_rules()


def _states() -> Counter[str]:
    """Return the number of papers by the state of their Chinese."""
    rows = Paper.objects.order_by().values_list("zh_state").annotate(number=Count("pk"))
    return Counter(dict(rows))


def _shown_otherwise(papers: list[int]) -> Iterator[int]:
    """Yield the papers whose text the current rules clean differently, with the same faults."""
    rows = Translation.objects.filter(paper__in=papers, chosen=True).values_list(
        "paper_id",
        "field",
        "text",
        "paper__title_en",
        "paper__abstract_en",
        "paper__title_zh",
        "paper__abstract_zh",
    )
    locked = set(FieldLock.objects.filter(paper__in=papers).values_list("paper_id", "field"))
    for paper, kind, text, title, abstract, title_zh, abstract_zh in rows:
        is_title = kind == Translation.Field.TITLE
        name, shown = ("title_zh", title_zh) if is_title else ("abstract_zh", abstract_zh)
        if (paper, name) not in locked and triage(kind, text, title, abstract).text != shown:
            yield paper


def _to_settle(papers: list[int]) -> Iterator[int]:
    """Those of these papers of which today's rules may choose another text, or name what is odd,
    and those in doubt: what readers meet of a fault depends on the rules, too."""
    texts = Translation.objects.filter(paper__in=papers).order_by()
    several = texts.values("paper", "field").annotate(number=Count("pk")).filter(number__gt=1)
    yield from several.values_list("paper", flat=True)
    yield from Doubt.objects.filter(paper__in=papers).values_list("paper", flat=True)
    english = Paper.objects.filter(pk__in=papers).values_list(
        "pk", "title_en", "abstract_en", "authors_text"
    )
    for pk, title, abstract, authors in english:
        if any((*oddities(title), *oddities(abstract), *odd_names(authors))):
            yield pk


def _judged(papers: list[int], judgement: Judgement) -> Iterator[tuple[int, list[str], int]]:
    """Count the faults of these papers' texts; yield paper, faults and id of each changed text."""
    rows = Translation.objects.filter(paper__in=papers).values_list(
        "pk",
        "paper_id",
        "source__name",
        "field",
        "text",
        "faults",
        "paper__title_en",
        "paper__abstract_en",
    )
    for pk, paper, source, kind, text, stored, title, abstract in rows:
        faults = [str(fault) for fault in triage(kind, text, title, abstract).faults]
        judgement.texts[source, kind] += 1
        judgement.faults.update((source, kind, fault) for fault in faults)
        if faults != stored:
            judgement.changed += 1
            yield paper, faults, pk


def _choose_again(papers: set[int]) -> None:
    """Reconcile with no text marked as chosen, so that the chosen texts are cleaned again."""
    if not papers:
        return
    Translation.objects.filter(paper__in=papers, chosen=True).update(chosen=False)
    reconcile(papers)
