"""Who is behind an author's name, where a curator knows better than the name.

All of it says keys, not rows: rows of authors come and go with their papers, decisions stay.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from papers.models.fields import ByteOrderedCharField
from papers.models.paper import Paper


class AuthorAlias(models.Model):
    """Two authors that were merged: whoever has ``key`` is the one with ``to_key``."""

    key = ByteOrderedCharField(_("key"), max_length=96, unique=True)
    to_key = ByteOrderedCharField(_("key of the author"), max_length=96, db_index=True)
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
    """One paper of a name that several people share: there ``key`` is the one with ``to_key``."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="author_choices")
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
    """Two authors whose names may be one, found by ``curation.alike``, until it is decided."""

    key = ByteOrderedCharField(_("key"), max_length=96)
    other_key = ByteOrderedCharField(_("other key"), max_length=96)
    different = models.BooleanField(_("two people"), default=False)

    class Meta:
        verbose_name = _("authors that look the same")
        verbose_name_plural = _("authors that look the same")
        ordering = ("key", "other_key")
        constraints = [
            models.UniqueConstraint(fields=("key", "other_key"), name="alikeauthors_once"),
        ]
        indexes = [models.Index(fields=("different", "key"), name="alikeauthors_open")]

    def __str__(self) -> str:
        return f"{self.key} = {self.other_key}?"
