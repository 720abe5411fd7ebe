"""Decisions about authors: merge two names of one person, split a name shared by several people.

A decision is stored by author key. So it also applies to names in later digests, and to authors
whose papers are removed and imported again.
"""

from collections.abc import Iterable
from itertools import count

from django.db import transaction
from django.db.models import Q

from papers.curation.duplicate_authors import reopen_pair
from papers.db import data_version
from papers.db.bulk import chunks
from papers.importing.authorships import delete_unused_authors
from papers.importing.reconcile import reconcile
from papers.lists.author_keys import current_keys
from papers.lists.counts import recount_authors
from papers.models import AlikeAuthors, Author, AuthorAlias, AuthorChoice, Authorship, Paper
from papers.text.author_names import author_key, better_spelling


class CannotMerge(Exception):
    """The two authors are already one."""


@transaction.atomic
def merge_authors(other: Author, into: Author) -> None:
    """Merge ``other`` into ``into``. The address of ``other`` redirects there permanently.

    Raise CannotMerge if the two are already one.
    """
    if other.key == into.key or current_keys([into.key]):
        raise CannotMerge
    _rewrite(_merge(other, into))


@transaction.atomic
def merge_groups(pairs: Iterable[AlikeAuthors], batch: str) -> int:
    """Merge the authors of these pairs; return how many were merged into another.

    Pairs that share an author form a group, which becomes the author with most papers.
    """
    papers: set[int] = set()
    number = 0
    for group in _groups((pair.key, pair.other_key) for pair in pairs):
        authors = sorted(Author.objects.filter(key__in=group), key=_rank, reverse=True)
        for other in authors[1:]:
            papers |= _merge(other, authors[0], batch)
            number += 1
    _rewrite(papers)
    return number


def _groups(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    group_of: dict[str, set[str]] = {}
    for pair in pairs:
        group = set(pair).union(*(group_of.get(key, ()) for key in pair))
        group_of |= dict.fromkeys(group, group)
    return list({id(group): group for group in group_of.values()}.values())


def _rank(author: Author) -> tuple[int, bool, str]:
    """Rank an author by papers, then by spelling: capitals alone last, accents first."""
    name = author.name
    return author.paper_count, name not in (name.upper(), name.lower()), name


def _merge(other: Author, into: Author, batch: str = "") -> set[int]:
    """Store the merge; return the ids of the papers to rewrite."""
    AuthorAlias.objects.create(key=other.key, to_key=into.key, batch=batch)
    AlikeAuthors.objects.filter(Q(key=other.key) | Q(other_key=other.key)).delete()
    return _papers_of(other)


@transaction.atomic
def unmerge_author(key: str) -> None:
    """Undo the merge of this key into another author. The pair waits in the queue again."""
    _unmerge([AuthorAlias.objects.get(key=key)])


@transaction.atomic
def unmerge_batch(batch: str) -> int:
    """Undo all merges of one action that still stand; return their number."""
    aliases = list(AuthorAlias.objects.filter(batch=batch).exclude(batch=""))
    _unmerge(aliases)
    return len(aliases)


def _unmerge(aliases: list[AuthorAlias]) -> None:
    kept = current_keys(alias.key for alias in aliases)
    for alias in aliases:  # one by one, so that the history records each
        alias.delete()
    papers = Authorship.objects.filter(author__key__in=set(kept.values()))
    _rewrite(set(papers.values_list("paper_id", flat=True)))
    for key, to_key in kept.items():
        reopen_pair(key, to_key)


@transaction.atomic
def split_author(author: Author, papers: Iterable[Paper]) -> str:
    """Move these papers of an author to a new author of the same name; return the new key."""
    new_key = _free_key(author.key)
    theirs = Authorship.objects.filter(author=author, paper__in=papers)
    concerned = set()
    for paper, name in theirs.values_list("paper_id", "name"):
        key = author_key(name)
        # Delete one by one, so that the history records each.
        for old in AuthorChoice.objects.filter(paper=paper, key=key):
            old.delete()
        AuthorChoice.objects.create(paper_id=paper, key=key, to_key=new_key)
        concerned.add(paper)
    _rewrite(concerned)
    return new_key


@transaction.atomic
def rejoin_author(author: Author) -> None:
    """Undo the split of this author; its address redirects to the author it was split from."""
    base = _base(author.key)
    papers = _papers_of(author)
    for choice in AuthorChoice.objects.filter(to_key=author.key):
        choice.delete()
    AuthorAlias.objects.get_or_create(key=author.key, defaults={"to_key": base})
    _rewrite(papers)


@transaction.atomic
def are_different(key: str, other_key: str) -> None:
    """Mark two authors with similar names as different people, who are not listed again.

    ``reopen_pair`` takes the decision back.
    """
    first, second = sorted((key, other_key))
    AlikeAuthors.objects.update_or_create(key=first, other_key=second, defaults={"different": True})


def is_split(author: Author) -> bool:
    """Return whether a curator split this author from another."""
    return _base(author.key) != author.key


def _base(key: str) -> str:
    """Return the key without the number of a split: ``yi-ma-3f9c2a-2`` → ``yi-ma-3f9c2a``."""
    base, _, number = key.rpartition("-")
    is_number = number.isascii() and number.isdigit() and len(number) < 5 and "-" in key
    return base if is_number and AuthorChoice.history.filter(to_key=key).exists() else key


def _free_key(key: str) -> str:
    """Return the key with the next unused number: an old address must not get another author."""
    base = _base(key)
    used = set(
        AuthorChoice.history.filter(to_key__startswith=f"{base}-").values_list("to_key", flat=True)
    )
    return next(free for number in count(2) if (free := f"{base}-{number}") not in used)


def _papers_of(author: Author) -> set[int]:
    return set(Authorship.objects.filter(author=author).values_list("paper_id", flat=True))


def _rewrite(papers: set[int]) -> None:
    """Write the authorships of these papers again after a decision about their authors."""
    before: set[int] = set()
    for chunk in chunks(papers):
        list(
            Paper.objects.select_for_update().filter(pk__in=chunk).values_list("pk").order_by("pk")
        )
        theirs = Authorship.objects.filter(paper__in=chunk)
        before |= set(theirs.values_list("author_id", flat=True))
        theirs.delete()
    reconcile(papers)
    _keep_best_spellings(before, papers)
    delete_unused_authors(before)
    recount_authors(before)
    data_version.mark_data_changed()


def _keep_best_spellings(before: set[int], papers: set[int]) -> None:
    """Give split and rejoined authors the best spelling of their name among the old authors.

    The papers that they have now may print a worse one.
    """
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
