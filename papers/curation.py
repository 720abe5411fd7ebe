"""What curators decide, in one place, so that no import undoes it."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone

from papers import versions
from papers.counts import recount_authors, recount_topics
from papers.digests.settling import ENGLISH, settle
from papers.models import Appearance, Authorship, FieldLock, Paper, PaperTopic
from papers.search import index_papers


@transaction.atomic
def edit(paper: Paper, field: str, text: str, by: User | AnonymousUser) -> None:
    """Sets a title or an abstract and locks exactly this field."""
    _hold(paper)
    if given_name := ENGLISH.get(field):
        # The digests that said the same as the paper go on saying what they said.
        same = Appearance.objects.filter(paper=paper, **{f"{given_name}__isnull": True})
        same.update(**{given_name: Paper.objects.values_list(field, flat=True).get(pk=paper.pk)})
    Paper.objects.filter(pk=paper.pk).update(**{field: text}, modified=timezone.now())
    FieldLock.objects.update_or_create(paper=paper, field=field, defaults={"by_id": by.pk})
    settle([paper.pk])
    versions.bump()


@transaction.atomic
def release(paper: Paper, field: str) -> None:
    """Takes the lock away: the field shows the digests' text again."""
    _hold(paper)
    FieldLock.objects.filter(paper=paper, field=field).delete()
    settle([paper.pk])


@transaction.atomic
def set_hidden(paper: Paper, hidden: bool) -> None:
    """Takes a paper from readers, or gives it back; the search index and the counts of
    its authors and topics follow."""
    Paper.objects.filter(pk=paper.pk).update(hidden=hidden)
    index_papers([paper.pk])
    recount_authors(Authorship.objects.filter(paper=paper).values_list("author_id", flat=True))
    recount_topics(PaperTopic.objects.filter(paper=paper).values_list("topic_id", flat=True))
    versions.bump()


def _hold(paper: Paper) -> None:
    """Waits for an import that is settling this paper, and keeps others waiting."""
    Paper.objects.select_for_update().get(pk=paper.pk)
