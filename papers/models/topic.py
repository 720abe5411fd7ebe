"""Topics: arXiv's categories, and the themes that publishers make up."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from papers.categories import code_of
from papers.language import Bilingual
from papers.models.fields import ByteOrderedCharField
from papers.models.paper import Paper


class TopicQuerySet(models.QuerySet):
    def themes(self) -> "TopicQuerySet":
        return self.filter(kind=Topic.Kind.THEME)

    def categories(self) -> "TopicQuerySet":
        return self.filter(kind=Topic.Kind.CATEGORY)


class Topic(models.Model):
    """A category or a theme. A category's slug is arXiv's own (``cs-ai``), so no theme has it."""

    class Kind(models.TextChoices):
        CATEGORY = "category", _("category")
        THEME = "theme", _("theme")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    slug = ByteOrderedCharField(_("slug"), max_length=64, unique=True)
    name_en = models.CharField(_("English name"), max_length=128)
    name_zh = models.CharField(_("Chinese name"), max_length=128, blank=True)
    paper_count = models.PositiveIntegerField(_("published papers"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("-kind", "slug")
        constraints = [
            models.UniqueConstraint(fields=("kind", "slug"), name="topic_one_per_kind_and_slug"),
            models.CheckConstraint(
                condition=Q(kind__in=("category", "theme")), name="topic_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    def shelf_order(self) -> tuple[bool, str]:
        """Themes before categories, each by slug."""
        return self.kind == self.Kind.CATEGORY, self.slug

    @property
    def code(self) -> str:
        """A category as arXiv writes it: ``cs.AI``."""
        return code_of(self.slug)

    @property
    def name(self) -> Bilingual:
        return Bilingual(en=self.name_en, zh=self.name_zh)


class PaperTopic(models.Model):
    """A paper's topic: from its appearances, or decided by a curator."""

    class Origin(models.TextChoices):
        DIGEST = "digest", _("from a digest")
        CURATOR = "curator", _("added by a curator")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="paper_links")
    origin = models.CharField(
        _("origin"), max_length=8, choices=Origin, default=Origin.DIGEST, editable=False
    )

    class Meta:
        verbose_name = _("topic of a paper")
        verbose_name_plural = _("topics of papers")
        constraints = [
            models.UniqueConstraint(fields=("topic", "paper"), name="papertopic_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} – {self.topic_id}"
