"""Authors and authorships: an author is the entity, an authorship keeps the name as printed."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from papers.models.fields import ByteOrderedCharField
from papers.models.paper import Listed, Paper


class AuthorQuerySet(models.QuerySet):
    def published(self) -> "AuthorQuerySet":
        """Return authors with at least one published paper."""
        return self.filter(paper_count__gt=0)


class Author(models.Model):
    """An author, identified by the normalised name. Two people with one name share a row.

    ``key`` is its public address: a slug and six characters of a hash of the normalised name
    (``yi-ma-38efe6``), the same in every database.
    """

    key = ByteOrderedCharField(_("key"), max_length=96, unique=True)
    name = models.CharField(_("name"), max_length=255)
    paper_count = models.PositiveIntegerField(_("published papers"), default=0)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("-paper_count", "key")
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="author_has_key")]
        indexes = [
            models.Index(F("paper_count").desc(), F("key"), name="author_most_papers"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.key])


class AuthorWord(models.Model):
    """One folded word of an author's name, for the author search (``papers.lists.authors``)."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="words")
    word = ByteOrderedCharField(_("word"), max_length=40)

    class Meta:
        verbose_name = _("word of a name")
        verbose_name_plural = _("words of names")
        indexes = [models.Index(fields=("word", "author"), name="author_word")]

    def __str__(self) -> str:
        return self.word


class Authorship(Listed):
    """An author's position on a paper, with the name as printed there.

    If an author is printed twice on a paper, lists use only the first position.
    """

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="authorships", verbose_name=_("paper")
    )
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, related_name="authorships", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name as printed"), max_length=255)

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        ordering = ("paper", "position")
        constraints = [
            models.UniqueConstraint(fields=("paper", "position"), name="authorship_one_per_place")
        ]
        indexes = [
            models.Index(
                F("author"),
                F("first_seen").desc(),
                F("arxiv_id").desc(),
                F("paper"),
                condition=Q(first_seen__isnull=False),
                name="authorship_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.position})"


class AuthorAlias(models.Model):
    """A merge of two authors: the author with ``key`` becomes the author with ``to_key``.

    ``batch`` is the same for all merges of one action.
    """

    key = ByteOrderedCharField(_("key"), max_length=96, unique=True)
    to_key = ByteOrderedCharField(_("key of the author"), max_length=96, db_index=True)
    batch = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("merged author")
        verbose_name_plural = _("merged authors")
        ordering = ("key",)
        constraints = [
            models.CheckConstraint(condition=~Q(key=F("to_key")), name="authoralias_to_another")
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.to_key}"


class AuthorChoice(models.Model):
    """A choice for one paper, if people share a name: there ``key`` stands for ``to_key``."""

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="author_choices", verbose_name=_("paper")
    )
    key = ByteOrderedCharField(_("key of the printed name"), max_length=96)
    to_key = ByteOrderedCharField(_("key of the author"), max_length=96, db_index=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("author told apart")
        verbose_name_plural = _("authors told apart")
        constraints = [
            models.UniqueConstraint(fields=("paper", "key"), name="authorchoice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.key} → {self.to_key}"


class AlikeAuthors(models.Model):
    """Two authors who may be the same, until a curator decides.

    ``papers.curation.duplicate_authors`` finds them. ``papers`` are the papers of both together,
    ``same_letters`` means that the names differ in accents or punctuation alone.
    """

    key = ByteOrderedCharField(_("key"), max_length=96)
    other_key = ByteOrderedCharField(_("other key"), max_length=96)
    different = models.BooleanField(_("two people"), default=False)
    papers = models.PositiveIntegerField(_("published papers"), default=0)
    same_letters = models.BooleanField(_("differ in accents or punctuation alone"), default=False)

    class Meta:
        verbose_name = _("possible duplicate authors")
        verbose_name_plural = _("possible duplicate authors")
        ordering = ("-papers", "key", "other_key")
        constraints = [
            models.UniqueConstraint(fields=("key", "other_key"), name="alikeauthors_once"),
        ]
        indexes = [
            models.Index(
                F("different"),
                F("papers").desc(),
                F("key"),
                F("other_key"),
                name="alikeauthors_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.other_key}?"
