"""The paper as readers see it, reconciled from the digests in which it appears."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.models.fields import ByteOrderedCharField
from papers.models.history import DecidedState, PaperHistory
from papers.text.bilingual import EN, ZH, Bilingual
from papers.text.markup import Rendering, is_current
from papers.text.sentence_pairs import SentencePair, pairs_of

ARXIV_ID_LENGTH = 32
NEWEST_FIRST = ("-first_seen", "-arxiv_id")
PUBLISHED = "NOT hidden"  # in SQL, what ``PaperQuerySet.published`` says
OLDEST_FIRST = ("first_seen", "arxiv_id")
USUAL_PLACE = 100  # of a featured paper; lower comes first
_SOME_ID = "2501.00001"


def paper_path(arxiv_id: str) -> str:
    """Return the path of a paper's page.

    An arXiv id needs no quoting. A list has dozens of them, so the path is resolved only once.
    """
    return _some_paper().replace(_SOME_ID, arxiv_id)


@cache
def _some_paper() -> str:
    return reverse("paper", args=[_SOME_ID])


class ZhState(models.TextChoices):
    """The quality of a paper's Chinese text, judged by the rules of ``papers.text.triage``."""

    OK = "ok", _("with Chinese")
    MISSING = "missing", _("without Chinese")
    SUSPECT = "suspect", _("translation in doubt")


class PaperQuerySet(models.QuerySet):
    def published(self) -> "PaperQuerySet":
        """Return papers that readers may see."""
        return self.filter(hidden=False)

    def shown_to(self, curator: bool) -> "PaperQuerySet":
        """Return papers that this visitor may see: curators see hidden papers too."""
        return self.all() if curator else self.published()

    def featured(self, today: date | None = None) -> "PaperQuerySet":
        """Return papers that a curator featured, without those whose end date has passed."""
        today = today or timezone.localdate()
        ended = Q(featured_until__lt=today)
        return self.filter(featured=True).exclude(ended)

    def newest_first(self) -> "PaperQuerySet":
        return self.order_by(*NEWEST_FIRST)

    def in_order(self, ids: Sequence[Any], field: str = "pk") -> "list[Paper]":
        """Return the papers of this queryset with these ids, in the order of the ids.

        ``field`` is the unique field that holds the ids, such as ``pk`` or ``arxiv_id``. Ids
        without a paper are left out.
        """
        papers: dict[Any, Any] = self.in_bulk(ids, field_name=field)
        return [papers[one] for one in ids if one in papers]


class Paper(models.Model):
    """One arXiv paper, keyed by its arXiv id without version (``2501.17161``, ``cs/0112017``).

    The texts, ``first_seen``, the topics and the card are derived from appearances and translations
    by ``papers.importing.reconcile``. Fields that a curator locked are not changed.
    """

    arxiv_id = ByteOrderedCharField(_("arXiv id"), max_length=ARXIV_ID_LENGTH, unique=True)
    title_en = models.TextField(_("English title"))
    abstract_en = models.TextField(_("English abstract"), blank=True)
    authors_text = models.TextField(_("authors as printed"), blank=True)
    title_zh = models.TextField(_("Chinese title"), blank=True)
    abstract_zh = models.TextField(_("Chinese abstract"), blank=True)
    zh_state = models.CharField(
        _("translation status"), max_length=8, choices=ZhState, default=ZhState.MISSING
    )
    first_seen = models.DateField(_("first seen"))
    hidden = models.BooleanField(_("hidden from readers"), default=False)
    hidden_reason = models.CharField(_("reason for hiding"), max_length=255, blank=True)
    featured = models.BooleanField(_("featured"), default=False)
    featured_order = models.PositiveSmallIntegerField(
        _("position on the front page"), default=USUAL_PLACE
    )
    featured_until = models.DateField(_("featured until"), null=True, blank=True)
    note_en = models.TextField(_("curator's note, English"), blank=True)
    note_zh = models.TextField(_("curator's note, Chinese"), blank=True)
    card = models.JSONField(_("stored card"), default=dict, editable=False)
    modified = models.DateTimeField(_("modified"), auto_now=True)

    objects = PaperQuerySet.as_manager()
    history = PaperHistory(
        bases=(DecidedState, models.Model),
        excluded_fields=("authors_text", "zh_state", "first_seen", "card", "modified"),
        history_change_reason_field=models.CharField(max_length=16),
        no_db_index=("arxiv_id",),
    )

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = NEWEST_FIRST
        constraints = [
            models.CheckConstraint(condition=~Q(arxiv_id=""), name="paper_has_arxiv_id"),
            models.CheckConstraint(condition=~Q(title_en=""), name="paper_has_title"),
            models.CheckConstraint(
                condition=Q(zh_state__in=ZhState.values), name="paper_zh_state_known"
            ),
        ]
        indexes = [
            models.Index(
                F("first_seen").desc(),
                F("arxiv_id").desc(),
                condition=Q(hidden=False),
                name="paper_newest",
            ),
            models.Index(
                F("zh_state"),
                F("first_seen").desc(),
                F("arxiv_id").desc(),
                condition=Q(hidden=False),
                name="paper_newest_by_zh",
            ),
            models.Index(
                F("first_seen").desc(),
                F("arxiv_id").desc(),
                condition=Q(hidden=False, featured=True),
                name="paper_newest_featured",
            ),
            models.Index(  # in the order of the front page, or else SQLite scans all papers
                F("featured_order"),
                F("first_seen").desc(),
                F("arxiv_id").desc(),
                condition=Q(hidden=False, featured=True),
                name="paper_front",
            ),
            models.Index(F("first_seen").desc(), F("arxiv_id").desc(), name="paper_all_newest"),
            models.Index(fields=("id",), condition=Q(hidden=True), name="paper_hidden"),
            # For the last change in each file of the sitemap. (Without "hidden" the index would
            # not cover the query, and SQLite would read the rows.)
            models.Index(
                fields=("id", "modified", "hidden"),
                condition=Q(hidden=False),
                name="paper_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arxiv_id} {self.title_en}"

    def get_absolute_url(self) -> str:
        return paper_path(self.arxiv_id)

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_en, self.title_zh, self._renderings)

    @property
    def abstract(self) -> Bilingual:
        return Bilingual(self.abstract_en, self.abstract_zh, self._renderings)

    @property
    def sentence_pairs(self) -> list[SentencePair]:
        """The abstract in rows of sentences that say the same; none where that is not sure."""
        kept = self.card.get("pairs", {})
        return pairs_of(kept, self.abstract_en, self.abstract_zh, self.arxiv_url)

    @property
    def note(self) -> Bilingual:
        return Bilingual(en=self.note_en, zh=self.note_zh)

    @property
    def _renderings(self) -> dict[str, Rendering]:
        """The HTML stored in the card, for each language."""
        kept = self.card.get("html", {})
        current = is_current(kept)
        return {
            language: Rendering(kept.get(language, {}) if current else None, self.arxiv_url)
            for language in (EN, ZH)
        }

    @property
    def arxiv_url(self) -> str:
        """The address of the abstract page at arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        return f"https://arxiv.org/pdf/{self.arxiv_id}"

    @property
    def html_url(self) -> str:
        """The address of arXiv's HTML; empty before December 2023, when arXiv began to make it."""
        has_html = self.arxiv_id[:4].isdigit() and self.arxiv_id >= "2312"
        return f"https://arxiv.org/html/{self.arxiv_id}" if has_html else ""


class Listed(models.Model):
    """A link to a paper with a copy of the paper's sort keys.

    The copy makes the papers of one topic or author one range of an index. ``first_seen`` is null
    if readers do not see the paper in that list. ``papers.importing.reconcile`` writes the rows.
    """

    first_seen = models.DateField(_("first seen"), null=True, editable=False)
    arxiv_id = ByteOrderedCharField(
        _("arXiv id"), max_length=ARXIV_ID_LENGTH, default="", blank=True, editable=False
    )

    class Meta:
        abstract = True
