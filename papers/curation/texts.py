"""Decisions about titles and abstracts: edit, pick a translation, or release the field."""

from papers.curation.decision import Curator, decision
from papers.importing.evidence import triage
from papers.importing.reconcile import CHINESE, ENGLISH
from papers.models import Act, Appearance, FieldLock, Paper, Translation
from papers.related.stored import compare_again


class NothingToShow(Exception):
    """Nothing is left of this translation after cleaning, so it cannot be shown."""


def edit(
    paper: Paper, field: str, text: str, by: Curator, batch: str = "", act: Act = Act.EDIT
) -> None:
    """Set a title or an abstract, and lock this field only."""
    with decision([paper], act, by, batch):
        lock_text(paper.pk, field, text, by)


def pick(paper: Paper, translation: Translation, by: Curator, batch: str = "") -> None:
    """Show this translation, cleaned, and lock its field.

    Raise NothingToShow if cleaning leaves nothing of it. A curator can still write the text by hand
    with ``edit``.
    """
    field = next(name for name, kind in CHINESE.items() if kind == translation.field)
    with decision([paper], Act.PICK, by, batch):
        text = triage(translation.field, translation.text, paper.title_en, paper.abstract_en).text
        if not text:
            raise NothingToShow
        lock_text(paper.pk, field, text, by, translation.pk)


def release(paper: Paper, field: str, by: Curator, batch: str = "") -> None:
    """Remove the lock: the field shows the text of the digests again."""
    with decision([paper], Act.RELEASE, by, batch):
        FieldLock.objects.filter(paper=paper, field=field).delete()


def lock_text(
    paper_id: int, field: str, text: str, by: Curator, translation: int | None = None
) -> None:
    """Write the text and its lock. The caller reconciles the paper."""
    if given_name := ENGLISH.get(field):
        # Appearances without a text of their own had the paper's text: store it with them.
        same = Appearance.objects.filter(paper=paper_id, **{f"{given_name}__isnull": True})
        same.update(**{given_name: Paper.objects.values_list(field, flat=True).get(pk=paper_id)})
    Paper.objects.filter(pk=paper_id).update(**{field: text})
    if field in ENGLISH:
        compare_again([paper_id])
    # Create a new lock, so that its date is the date of this text.
    FieldLock.objects.filter(paper=paper_id, field=field).delete()
    FieldLock.objects.create(
        paper_id=paper_id, field=field, by_id=by.pk, translation_id=translation
    )
