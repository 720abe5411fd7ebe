"""Digests, their sources, and the appearances and translations of papers in them.

They are the evidence from which ``papers.importing.reconcile`` derives each paper.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from papers.models.history import EditHistory
from papers.models.paper import Paper
from papers.models.topic import Topic


class Source(models.Model):
    """A publisher of digests."""

    name = models.CharField(_("name"), max_length=128, unique=True)
    slug = models.SlugField(_("slug"), max_length=128, unique=True, allow_unicode=True)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    rank = models.IntegerField(
        _("rank"),
        default=100,
        help_text=_(
            "Lower numbers come first. If texts are equally good, the one of the source with the "
            "lowest number is shown."
        ),
    )
    history = EditHistory()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("name",)
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="source_has_name")]

    def __str__(self) -> str:
        return self.name


class Digest(models.Model):
    """One source's list of papers for one day and topic. It may be empty.

    ``changed_count`` counts the papers whose English text differs here from that of another source
    with a lower ``rank``. If there are many, the digest is ``held``: its content is stored but
    shown nowhere until a curator accepts the changes (``papers.importing.held_back``).
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="digests")
    date = models.DateField(_("date"))
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="digests")
    file = models.CharField(_("file"), max_length=1024)
    content_hash = models.CharField(_("hash of what was read"), max_length=80)
    record_count = models.PositiveIntegerField(_("records"), default=0)
    repeat_count = models.PositiveIntegerField(_("repeats"), default=0)
    problem_count = models.PositiveIntegerField(_("problems"), default=0)
    changed_count = models.PositiveIntegerField(_("papers changed"), default=0)
    changes_accepted = models.BooleanField(_("changes accepted"), default=False)
    held = models.BooleanField(_("held back"), default=False, db_index=True)
    imported = models.DateTimeField(_("imported"), auto_now=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ("-date", "topic", "source")
        constraints = [
            models.UniqueConstraint(
                fields=("source", "date", "topic"), name="digest_one_per_source_date_topic"
            ),
            models.CheckConstraint(
                condition=Q(repeat_count__lte=F("record_count")), name="digest_repeats_are_records"
            ),
        ]
        indexes = [models.Index(fields=("-date", "topic"), name="digest_newest")]

    def __str__(self) -> str:
        return f"{self.source} · {self.date} · {self.topic}"

    def get_absolute_url(self) -> str:
        return reverse("digest", args=[self.date, self.topic.slug])

    @property
    def is_empty(self) -> bool:
        return self.record_count == 0


class AppearanceQuerySet(models.QuerySet):
    def standing(self) -> "AppearanceQuerySet":
        """Exclude appearances that a re-issued digest withdrew."""
        return self.filter(withdrawn=False)

    def visible(self) -> "AppearanceQuerySet":
        """Return appearances that readers may see: standing, and of a published paper."""
        return self.standing().filter(paper__hidden=False)


class Appearance(models.Model):
    """The appearance of a paper in a digest.

    ``title_given``, ``abstract_given`` and ``authors_given`` hold this digest's English text if it
    differs from the paper's own, and are null if it is the same (nearly always).
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="appearances")
    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="appearances")
    position = models.PositiveIntegerField(_("position"))
    withdrawn = models.BooleanField(_("withdrawn by a re-issue"), default=False)
    title_given = models.TextField(_("title as given"), null=True, blank=True)  # noqa: DJ001
    abstract_given = models.TextField(_("abstract as given"), null=True, blank=True)  # noqa: DJ001
    authors_given = models.TextField(_("authors as given"), null=True, blank=True)  # noqa: DJ001

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ("digest", "position")
        constraints = [
            models.UniqueConstraint(fields=("digest", "paper"), name="appearance_once_per_digest")
        ]
        indexes = [models.Index(fields=("digest", "position"), name="appearance_places")]

    def __str__(self) -> str:
        return f"{self.paper_id} in {self.digest_id}"


class Translation(models.Model):
    """One distinct Chinese text for one field of one paper from one source, exactly as given.

    ``digests`` are the digests with this text; their days are the days on which it was seen. A text
    without digests is kept as history. ``faults`` are names from ``papers.text.triage``. ``chosen``
    marks the translation that readers see, cleaned, in the paper's own field.
    """

    class Field(models.TextChoices):
        TITLE = "title", _("title")
        ABSTRACT = "abstract", _("abstract")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="translations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="translations")
    field = models.CharField(_("field"), max_length=8, choices=Field)
    text = models.TextField(_("text as given"))
    text_hash = models.CharField(_("hash of the text"), max_length=64, editable=False)
    faults = models.JSONField(_("faults"), default=list, blank=True)
    chosen = models.BooleanField(_("shown to readers"), default=False)
    digests = models.ManyToManyField(Digest, related_name="translations", blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ("paper", "field", "source")
        constraints = [
            models.UniqueConstraint(
                fields=("paper", "field", "source", "text_hash"), name="translation_distinct"
            ),
            models.UniqueConstraint(
                fields=("paper", "field"), condition=Q(chosen=True), name="translation_one_chosen"
            ),
            models.CheckConstraint(
                condition=Q(field__in=("title", "abstract")), name="translation_field_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Doubt(models.Model):
    """A fault in a title or abstract that readers see, one row per fault.

    In the Chinese it is a fault of ``papers.text.triage``, in the English an oddity of
    ``papers.text.english_side``, which has no source. A text that a curator decided has no rows.
    ``missing`` means that one of the two Chinese texts is missing; it has no source either. A paper
    without any Chinese has no such row, because ``Paper.zh_state`` records that.

    Only ``papers.importing.reconcile`` writes rows.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="doubts")
    field = models.CharField(_("field"), max_length=8, choices=Translation.Field)
    fault = models.CharField(_("fault"), max_length=32)
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, null=True, related_name="doubts", db_index=False
    )

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        constraints = [
            models.UniqueConstraint(fields=("paper", "field", "fault"), name="doubt_once"),
            models.CheckConstraint(
                condition=Q(field__in=("title", "abstract")), name="doubt_field_known"
            ),
        ]
        indexes = [
            models.Index(fields=("fault", "field", "source", "paper"), name="doubt_by_fault"),
            models.Index(fields=("source", "paper"), name="doubt_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.field} {self.fault}"
