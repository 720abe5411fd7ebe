"""The paper: what a reader sees of it, settled from the evidence of the digests."""

from collections.abc import Sequence
from datetime import date
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
OLDEST_FIRST = ("first_seen", "arxiv_id")
USUAL_PLACE = 100  # of a featured paper; lower comes first


class ZhState(models.TextChoices):
    """How good the Chinese of a paper is, as far as the rules can tell."""

    OK = "ok", _("with Chinese")
    MISSING = "missing", _("without Chinese")
    SUSPECT = "suspect", _("with doubtful Chinese")


class PaperQuerySet(models.QuerySet):
    def published(self) -> "PaperQuerySet":
        """What readers may see."""
        return self.filter(hidden=False)

    def shown_to(self, curator: bool) -> "PaperQuerySet":
        """What this visitor may see: a curator sees the hidden ones too, marked as such."""
        return self.all() if curator else self.published()

    def featured(self, today: date | None = None) -> "PaperQuerySet":
        """Featured by a curator, and the end date, if there is one, not over."""
        today = today or timezone.localdate()
        ended = Q(featured_until__lt=today)
        return self.filter(featured=True).exclude(ended)

    def on_front(self, day: date, today: date | None = None) -> "PaperQuerySet":
        """Featured papers of this day's digests and those with an end date still to come, in the
        curators' order."""
        from papers.models.digest import Appearance

        seen = Appearance.objects.standing().filter(digest__date=day)
        of_the_day = Q(pk__in=seen.values("paper"))
        papers = self.featured(today).filter(of_the_day | Q(featured_until__isnull=False))
        return papers.order_by("featured_order", *NEWEST_FIRST)

    def newest_first(self) -> "PaperQuerySet":
        return self.order_by(*NEWEST_FIRST)

    def in_order(self, ids: Sequence[int]) -> "list[Paper]":
        """Those of these papers that the queryset holds, in the order of the ids."""
        papers: dict[int, Any] = self.in_bulk(ids)
        return [papers[pk] for pk in ids if pk in papers]

    def by_author(self, key: str) -> "PaperQuerySet":
        from papers.models.author import Authorship

        return self.filter(pk__in=Authorship.objects.filter(author__key=key).values("paper"))

    def seen_on(self, day: date) -> "PaperQuerySet":
        """Papers that some digest of this day lists."""
        from papers.models.digest import Appearance

        appearances = Appearance.objects.standing().filter(digest__date=day)
        return self.filter(pk__in=appearances.values("paper"))


class Paper(models.Model):
    """One arXiv paper, keyed by its arXiv id without version (``2501.17161``, ``cs/0112017``).

    The texts, ``first_seen``, the topics and the card are derived from appearances and translations
    by ``papers.importing.reconcile``; what a curator locked stays as the curator left it.
    """

    arxiv_id = ByteOrderedCharField(_("arXiv id"), max_length=ARXIV_ID_LENGTH, unique=True)
    title_en = models.TextField(_("English title"))
    abstract_en = models.TextField(_("English abstract"), blank=True)
    authors_text = models.TextField(_("authors as printed"), blank=True)
    title_zh = models.TextField(_("Chinese title"), blank=True)
    abstract_zh = models.TextField(_("Chinese abstract"), blank=True)
    zh_state = models.CharField(
        _("state of the Chinese"), max_length=8, choices=ZhState, default=ZhState.MISSING
    )
    first_seen = models.DateField(_("first seen"))
    hidden = models.BooleanField(_("hidden from readers"), default=False)
    hidden_reason = models.CharField(_("reason for hiding"), max_length=255, blank=True)
    featured = models.BooleanField(_("featured"), default=False)
    featured_order = models.PositiveSmallIntegerField(
        _("place on the front page"), default=USUAL_PLACE
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
            models.Index(  # in the front page's own order, or SQLite looks through all papers
                F("featured_order"),
                F("first_seen").desc(),
                F("arxiv_id").desc(),
                condition=Q(hidden=False, featured=True),
                name="paper_front",
            ),
            models.Index(F("first_seen").desc(), F("arxiv_id").desc(), name="paper_all_newest"),
            models.Index(fields=("id",), condition=Q(hidden=True), name="paper_hidden"),
            # What changed last in each file of the sitemap? (Without "hidden" SQLite would look it
            # up in the rows.)
            models.Index(
                fields=("id", "modified", "hidden"),
                condition=Q(hidden=False),
                name="paper_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arxiv_id} {self.title_en}"

    def get_absolute_url(self) -> str:
        return reverse("paper", args=[self.arxiv_id])

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
        """The abstract page at arXiv."""
        return f"https://arxiv.org/abs/{self.arxiv_id}"

    @property
    def pdf_url(self) -> str:
        return f"https://arxiv.org/pdf/{self.arxiv_id}"


class Listed(models.Model):
    """A link to a paper with what orders and hides it, so that the papers of one topic or author
    are one range of an index. ``first_seen`` is null where readers do not see the paper there.

    ``papers.importing.reconcile`` writes it.
    """

    first_seen = models.DateField(_("first seen"), null=True, editable=False)
    arxiv_id = ByteOrderedCharField(
        _("arXiv id"), max_length=ARXIV_ID_LENGTH, default="", blank=True, editable=False
    )

    class Meta:
        abstract = True
