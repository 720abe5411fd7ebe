"""Topics: arXiv's categories, and themes that publishers define."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from papers.models.fields import ByteOrderedCharField
from papers.models.history import EditHistory
from papers.models.paper import Listed, Paper, ZhState
from papers.text.bilingual import Bilingual
from papers.text.topic_names import code_of


class TopicQuerySet(models.QuerySet):
    def themes(self) -> "TopicQuerySet":
        return self.filter(kind=Topic.Kind.THEME)

    def categories(self) -> "TopicQuerySet":
        return self.filter(kind=Topic.Kind.CATEGORY)

    def unmerged(self) -> "TopicQuerySet":
        """Exclude topics that were merged into another topic."""
        return self.filter(merged_into=None)


class Topic(models.Model):
    """A category or a theme. A category's slug is arXiv's own (``cs-ai``), so no theme has it."""

    class Kind(models.TextChoices):
        CATEGORY = "category", _("category")
        THEME = "theme", _("theme")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    slug = ByteOrderedCharField(_("slug"), max_length=64, unique=True)
    name_en = models.CharField(_("English name"), max_length=128)
    name_zh = models.CharField(_("Chinese name"), max_length=128, blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    description_zh = models.TextField(_("Chinese description"), blank=True)
    order = models.PositiveSmallIntegerField(
        _("position among topics"), default=100, help_text=_("Lower numbers come first.")
    )
    featured = models.BooleanField(
        _("featured"),
        default=False,
        help_text=_("The admin start page counts the papers of this topic without Chinese."),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_topics",
        verbose_name=_("merged into"),
    )
    paper_count = models.PositiveIntegerField(_("published papers"), default=0)

    objects = TopicQuerySet.as_manager()
    history = EditHistory(excluded_fields=("paper_count",))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("-kind", "order", "slug")  # themes first, each kind in the curators' order
        constraints = [
            models.UniqueConstraint(fields=("kind", "slug"), name="topic_one_per_kind_and_slug"),
            models.CheckConstraint(
                condition=Q(kind__in=("category", "theme")), name="topic_kind_known"
            ),
        ]

    def __str__(self) -> str:
        """Return the name in the interface language, or else in the other one."""
        is_chinese = (get_language() or "").startswith("zh")
        return (self.name_zh if is_chinese else "") or self.name_en

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    @property
    def code(self) -> str:
        """The category's code as arXiv writes it: ``cs.AI``."""
        return code_of(self.slug)

    @property
    def name(self) -> Bilingual:
        return Bilingual(en=self.name_en, zh=self.name_zh)

    @property
    def description(self) -> Bilingual:
        return Bilingual(en=self.description_en, zh=self.description_zh)


class PaperTopic(Listed):
    """A paper's topic: from its appearances, or decided by a curator."""

    class Origin(models.TextChoices):
        DIGEST = "digest", _("from a digest")
        CURATOR = "curator", _("added by a curator")

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="topic_links", verbose_name=_("paper")
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="paper_links", verbose_name=_("topic")
    )
    origin = models.CharField(
        _("origin"), max_length=8, choices=Origin, default=Origin.DIGEST, editable=False
    )
    zh_state = models.CharField(
        _("translation status"), max_length=8, default="", blank=True, editable=False
    )

    class Meta:
        verbose_name = _("topic of a paper")
        verbose_name_plural = _("topics of papers")
        constraints = [
            models.UniqueConstraint(fields=("topic", "paper"), name="papertopic_once"),
        ]
        indexes = [
            # A covering index: the query for one page of a topic's list reads no rows.
            models.Index(
                F("topic"),
                F("first_seen").desc(),
                F("arxiv_id").desc(),
                F("zh_state"),
                F("paper"),
                condition=Q(first_seen__isnull=False),
                name="papertopic_newest",
            ),
            models.Index(
                F("first_seen"),
                F("topic"),
                F("zh_state"),
                condition=Q(first_seen__isnull=False),
                name="papertopic_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} – {self.topic_id}"


class TopicRemoval(models.Model):
    """A topic that a curator removed from a paper. Imports do not add it again."""

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="topic_removals", verbose_name=_("paper")
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="paper_removals", verbose_name=_("topic")
    )

    class Meta:
        verbose_name = _("removed topic of a paper")
        verbose_name_plural = _("removed topics of papers")
        constraints = [
            models.UniqueConstraint(fields=("paper", "topic"), name="topicremoval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} – {self.topic_id}"


class DailyCount(models.Model):
    """The number of published papers first seen on a day, by topic and translation status.

    A null topic means all papers. Counts of zero have no row. ``papers.lists.counts`` reads and
    writes the rows.
    """

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("topic")
    )
    zh_state = models.CharField(_("translation status"), max_length=8, choices=ZhState)
    day = models.DateField(_("day"))
    papers = models.PositiveIntegerField(_("published papers"))

    class Meta:
        db_table = "papers_tally"
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [
            models.UniqueConstraint(
                fields=("day", "topic", "zh_state"), name="tally_once_on_a_topic"
            ),
            models.UniqueConstraint(
                fields=("day", "zh_state"), condition=Q(topic=None), name="tally_once_altogether"
            ),
            models.CheckConstraint(condition=Q(papers__gt=0), name="tally_counts_something"),
        ]
        indexes = [models.Index(fields=("topic", "day", "zh_state", "papers"), name="tally_days")]

    def __str__(self) -> str:
        return f"{self.day} {self.topic_id} {self.zh_state}: {self.papers}"
