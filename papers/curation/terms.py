"""Decisions about terms of the glossary and about rising phrases that are no terms.

A row that a curator decides is the curator's from then on: mining no longer replaces it, and it
wins over every other row of its pair of terms.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from papers.curation.decision import Curator, keeps_first_version
from papers.db import data_version
from papers.glossary import TermPair
from papers.glossary.tokens import chinese_key, english_key
from papers.models import Act, RisingTerm, Term


def row_of_pair(english: str, chinese: str) -> Term | None:
    """Return the row of these two terms in any spelling, the curator's first; None without one."""
    wanted = TermPair(chinese, english).key
    rows = Term.objects.filter(chinese__iexact=chinese).order_by("pk")
    same = [one for one in rows if (chinese_key(one.chinese), english_key(one.english)) == wanted]
    return max(same, key=lambda one: one.origin == Term.Origin.CURATOR, default=None)


@transaction.atomic
def decide_term(term: Term, by: Curator) -> None:
    """Save a term as the curator's, a new one too."""
    _save(term, Act.EDIT, by)
    data_version.mark_data_changed()


def hide_terms(terms: Iterable[Term], by: Curator) -> None:
    """Remove these pairs from the glossary, those that ship with the site too."""
    _set_hidden(terms, True, by)


def show_terms(terms: Iterable[Term], by: Curator) -> None:
    """Take hidden pairs into the glossary again."""
    _set_hidden(terms, False, by)


@transaction.atomic
def merge_terms(kept: Term, others: Iterable[Term], by: Curator) -> None:
    """Keep one pair and hide the others, which have the same English or the same Chinese.

    Raise ValueError if they do not.
    """
    others = [one for one in others if one.pk != kept.pk]
    if not others or not have_a_term_in_common([kept, *others]):
        raise ValueError("The pairs have no term in common.")
    hide_terms(others, by)
    show_terms([kept], by)


def have_a_term_in_common(terms: Iterable[Term]) -> bool:
    """Return whether all pairs have the same English, or all the same Chinese."""
    terms = list(terms)
    return 1 in (
        len({english_key(one.english) for one in terms}),
        len({chinese_key(one.chinese) for one in terms}),
    )


@transaction.atomic
def revert_term(record: Any, by: Curator) -> None:
    """Restore a term from a version; as it was mined, mining may replace it again."""
    term = Term.objects.select_for_update().get(pk=record.id)
    for field in record.tracked_fields:
        setattr(term, field.attname, getattr(record, field.attname))
    _save(term, Act.REVERT, by, origin=record.origin)
    data_version.mark_data_changed()


def reject_phrases(phrases: Iterable[RisingTerm], by: Curator) -> None:
    """Take these phrases off the list of rising phrases, for good: they are no terms."""
    _set_rejected(phrases, True, by)


def take_back_phrases(phrases: Iterable[RisingTerm], by: Curator) -> None:
    """Let these phrases be listed again."""
    _set_rejected(phrases, False, by)


@transaction.atomic
def revert_phrase(record: Any, by: Curator) -> None:
    """Decide about a phrase as in a version."""
    _set_rejected([RisingTerm.objects.get(pk=record.id)], record.rejected, by, Act.REVERT)


@transaction.atomic
def _set_rejected(
    phrases: Iterable[RisingTerm], rejected: bool, by: Curator, act: Act | None = None
) -> None:
    rows = RisingTerm.objects.select_for_update().filter(pk__in=[one.pk for one in phrases])
    for phrase in rows.exclude(rejected=rejected).order_by("pk"):
        keeps_first_version(phrase)
        phrase.rejected = rejected
        kept: Any = phrase
        kept._history_user = by
        kept._change_reason = act or (Act.HIDE if rejected else Act.UNHIDE)
        phrase.save()
    data_version.mark_data_changed()


@transaction.atomic
def _set_hidden(terms: Iterable[Term], hidden: bool, by: Curator) -> None:
    rows = Term.objects.select_for_update().filter(pk__in=[one.pk for one in terms])
    for term in rows.order_by("pk"):
        term.hidden = hidden
        _save(term, Act.HIDE if hidden else Act.UNHIDE, by)
    data_version.mark_data_changed()


def _save(term: Term, act: Act, by: Curator, origin: str = Term.Origin.CURATOR) -> None:
    """Save the row and a version of it; before its first change, a version as it was."""
    is_new = term.pk is None
    if not is_new:
        keeps_first_version(term)
    kept: Any = term
    kept.origin, kept._history_user, kept._change_reason = origin, by, act
    term.save()
    if is_new:
        history: Any = Term.history
        history.bulk_history_create([term], default_user=by, default_change_reason=act)
