"""Titles and abstracts: edited, picked from what sources gave, or left to the digests again."""

from papers.curation.decision import Curator, decision
from papers.importing.evidence import triage
from papers.importing.reconcile import CHINESE, ENGLISH
from papers.models import Act, Appearance, FieldLock, Paper, Translation


class NothingToShow(Exception):
    """Triage leaves nothing of this translation: no garbage can be published with a key."""


def edit(paper: Paper, field: str, text: str, by: Curator) -> None:
    """Sets a title or an abstract and locks exactly this field."""
    with decision([paper], Act.EDIT, by):
        lock_text(paper.pk, field, text, by)


def pick(paper: Paper, translation: Translation, by: Curator) -> None:
    """Shows this translation, cleaned, and locks its field. Raises NothingToShow where cleaning
    leaves nothing of it; what is right in it can still be written by hand (``edit``)."""
    field = next(name for name, kind in CHINESE.items() if kind == translation.field)
    with decision([paper], Act.PICK, by):
        text = triage(translation.field, translation.text, paper.title_en, paper.abstract_en).text
        if not text:
            raise NothingToShow
        lock_text(paper.pk, field, text, by, translation.pk)


def release(paper: Paper, field: str, by: Curator) -> None:
    """Takes the lock away: the field shows the digests' text again."""
    with decision([paper], Act.RELEASE, by):
        FieldLock.objects.filter(paper=paper, field=field).delete()


def lock_text(
    paper_id: int, field: str, text: str, by: Curator, translation: int | None = None
) -> None:
    """Writes the text and its lock; settling is the caller's."""
    if given_name := ENGLISH.get(field):
        # The digests that said the same as the paper go on saying what they said.
        same = Appearance.objects.filter(paper=paper_id, **{f"{given_name}__isnull": True})
        same.update(**{given_name: Paper.objects.values_list(field, flat=True).get(pk=paper_id)})
    Paper.objects.filter(pk=paper_id).update(**{field: text})
    # Made anew, so that it says since when this text is the one.
    FieldLock.objects.filter(paper=paper_id, field=field).delete()
    FieldLock.objects.create(
        paper_id=paper_id, field=field, by_id=by.pk, translation_id=translation
    )
