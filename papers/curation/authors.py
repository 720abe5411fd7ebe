"""Authors: two names that are one person, one name that is several people.

A decision is about keys, so that it holds for names that come with tomorrow's digests and for
authors whose papers were removed and come back.
"""

from collections.abc import Iterable
from itertools import count

from django.db import transaction
from django.db.models import Q

from papers.db import data_version
from papers.db.bulk import chunks
from papers.importing.authorships import delete_unused_authors
from papers.importing.reconcile import reconcile
from papers.lists.author_keys import current_keys
from papers.lists.counts import recount_authors
from papers.models import AlikeAuthors, Author, AuthorAlias, AuthorChoice, Authorship, Paper
from papers.text.author_names import author_key, better_spelling


class CannotMerge(Exception):
    """The two are one already."""


@transaction.atomic
def merge_authors(other: Author, into: Author) -> None:
    """Makes two authors one. The other's address leads to the one that stays, for ever."""
    if other.key == into.key or current_keys([into.key]):
        raise CannotMerge
    AuthorAlias.objects.create(key=other.key, to_key=into.key)
    AlikeAuthors.objects.filter(Q(key=other.key) | Q(other_key=other.key)).delete()
    _write_anew(_papers_of(other))


@transaction.atomic
def unmerge_author(key: str) -> None:
    """Takes the merging of this key into another author back."""
    alias = AuthorAlias.objects.get(key=key)
    kept = current_keys([key])[key]
    alias.delete()
    _write_anew(set(Authorship.objects.filter(author__key=kept).values_list("paper_id", flat=True)))


@transaction.atomic
def split_author(author: Author, papers: Iterable[Paper]) -> str:
    """Gives these papers of an author to a new one of the same name; returns the new key."""
    new_key = _free_key(author.key)
    theirs = Authorship.objects.filter(author=author, paper__in=papers)
    concerned = set()
    for paper, name in theirs.values_list("paper_id", "name"):
        key = author_key(name)
        # Each by itself, for the history.
        for old in AuthorChoice.objects.filter(paper=paper, key=key):
            old.delete()
        AuthorChoice.objects.create(paper_id=paper, key=key, to_key=new_key)
        concerned.add(paper)
    _write_anew(concerned)
    return new_key


@transaction.atomic
def rejoin_author(author: Author) -> None:
    """Takes back that this author was split from another; its address leads to the other one."""
    base = _base(author.key)
    papers = _papers_of(author)
    for choice in AuthorChoice.objects.filter(to_key=author.key):
        choice.delete()
    AuthorAlias.objects.get_or_create(key=author.key, defaults={"to_key": base})
    _write_anew(papers)


@transaction.atomic
def are_different(key: str, other_key: str) -> None:
    """Two that look the same are two people: they are not asked about again."""
    first, second = sorted((key, other_key))
    AlikeAuthors.objects.update_or_create(key=first, other_key=second, defaults={"different": True})


def is_split(author: Author) -> bool:
    """Whether a curator made this author out of another."""
    return _base(author.key) != author.key


def _base(key: str) -> str:
    """The key without the number of a split: ``yi-ma-3f9c2a-2`` → ``yi-ma-3f9c2a``."""
    base, _, number = key.rpartition("-")
    is_number = number.isascii() and number.isdigit() and len(number) < 5 and "-" in key
    return base if is_number and AuthorChoice.history.filter(to_key=key).exists() else key


def _free_key(key: str) -> str:
    """The key with the next number that was never used: old addresses must not change hands."""
    base = _base(key)
    used = set(
        AuthorChoice.history.filter(to_key__startswith=f"{base}-").values_list("to_key", flat=True)
    )
    return next(free for number in count(2) if (free := f"{base}-{number}") not in used)


def _papers_of(author: Author) -> set[int]:
    return set(Authorship.objects.filter(author=author).values_list("paper_id", flat=True))


def _write_anew(papers: set[int]) -> None:
    """Finds the authors of these papers again, now that a decision about them has changed."""
    before: set[int] = set()
    for chunk in chunks(papers):
        list(
            Paper.objects.select_for_update().filter(pk__in=chunk).values_list("pk").order_by("pk")
        )
        theirs = Authorship.objects.filter(paper__in=chunk)
        before |= set(theirs.values_list("author_id", flat=True))
        theirs.delete()
    reconcile(papers)
    _hand_on_spellings(before, papers)
    delete_unused_authors(before)
    recount_authors(before)
    data_version.mark_data_changed()


def _hand_on_spellings(before: set[int], papers: set[int]) -> None:
    """An author split off, or rejoined, is written as well as digests ever wrote the name, and not
    only as the papers at hand do."""
    best: dict[str, str] = {}
    for chunk in chunks(before):
        for name in Author.objects.filter(pk__in=chunk).values_list("name", flat=True):
            key = author_key(name)
            best[key] = better_spelling(name, best.get(key, name))
    for chunk in chunks(papers):
        for author in Author.objects.filter(authorships__paper__in=chunk).distinct():
            name = better_spelling(author.name, best.get(author_key(author.name), author.name))
            if name != author.name:
                Author.objects.filter(pk=author.pk).update(name=name)
