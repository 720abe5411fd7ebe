"""The evidence of papers that this transaction created, from memory: nothing is read back."""

from collections.abc import Mapping

from papers.importing.evidence import NewPaper, NewPlace, NewText
from papers.importing.reconcile import Evidence, Seen, TranslationCandidate, with_held
from papers.models import Digest


def evidence_of(created: Mapping[int, NewPaper]) -> dict[int, Evidence]:
    """Return what ``reconcile`` would read of these papers. Call it after digests are judged."""
    digests = {place.digest.pk for new in created.values() for place in new.places}
    held = set(Digest.objects.filter(pk__in=digests, held=True).values_list("pk", flat=True))
    found = {
        pk: Evidence(
            new.paper,
            seen=[_seen(place, held) for place in new.places],
            is_new=not new.is_disputed,
        )
        for pk, new in created.items()
    }
    disputed = set(with_held(found))
    for pk, evidence in found.items():
        hidden = held if pk in disputed else set()
        for text in created[pk].texts:
            if given_by := [one for one in text.digests if one.pk not in hidden]:
                evidence.translations.append(_candidate(text, given_by))
    return found


def _seen(place: NewPlace, held: set[int]) -> Seen:
    digest = place.digest
    return Seen(
        pk=place.pk,
        day=digest.date,
        source=digest.source.name,
        rank=digest.source.rank,
        held=digest.pk in held,
        topic_id=digest.topic_id,
        topic_slug=digest.topic.slug,
        withdrawn=False,
        title_given=place.title_given,
        abstract_given=place.abstract_given,
        authors_given=place.authors_given,
    )


def _candidate(text: NewText, given_by: list[Digest]) -> TranslationCandidate:
    source = given_by[0].source
    return TranslationCandidate(
        text.text,
        max(digest.date for digest in given_by),
        source.name,
        source.rank,
        len(text.faults),
        text.pk,
        text.field,
        source.pk,
        text.faults,
        source.model,
    )
