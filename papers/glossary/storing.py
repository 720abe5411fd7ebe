"""Store mined terms as rows of ``Term``, in place of those mined before."""

from django.db import transaction
from django.utils import timezone

from papers.db.bulk import insert_rows
from papers.db.data_version import mark_data_changed
from papers.glossary.term_pairs import Origin, TermPair
from papers.models import Term

FIELDS = (*TermPair._fields, "note_en", "note_zh", "modified")


@transaction.atomic
def replace_mined_terms(pairs: list[TermPair]) -> bool:
    """Replace the mined terms, at once; return whether anything changed.

    Curators' rows stay as they are, also those that curators made of mined ones.
    """
    rows = Term.objects.exclude(origin=Origin.MINED, hidden=False)
    decided = set(rows.values_list("english", "chinese"))
    new = [pair for pair in pairs if (pair.english, pair.chinese) not in decided]
    mined = Term.objects.filter(origin=Origin.MINED, hidden=False)
    if set(mined.values_list(*TermPair._fields)) == {tuple(map(_plain, pair)) for pair in new}:
        return False
    mined.delete()
    now = timezone.now()
    insert_rows(Term, FIELDS, ((*map(_plain, pair), "", "", now) for pair in new))
    mark_data_changed()
    return True


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value
