"""Digests, who published them, and the papers' places in them: the evidence."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from papers.models.history import EditHistory
from papers.models.paper import Paper
from papers.models.topic import Topic
from papers.models.translation_runs import TranslationAttempt

WORKING_DAYS = "12345"


class Source(models.Model):
    """A publisher of digests, or a model that translates for this site (``model`` names it).

    ``fetch_url`` is the git repository or the archive that its digests are fetched from; empty if
    they are not fetched (``papers.publishers``). ``weekdays`` are those on which it publishes, from
    1 for Monday to 7 for Sunday.
    """

    class FetchKind(models.TextChoices):
        GIT = "git", _("git repository")
        ARCHIVE = "archive", _("archive")

    name = models.CharField(_("name"), max_length=128, unique=True)
    slug = models.SlugField(_("slug"), max_length=128, unique=True, allow_unicode=True)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    model = models.CharField(_("model"), max_length=100, blank=True, editable=False)
    fetch_kind = models.CharField(
        _("fetched from"),
        max_length=8,
        choices=FetchKind,
        default=FetchKind.GIT,
        db_default=FetchKind.GIT,
    )
    fetch_url = models.CharField(
        _("address to fetch from"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text=_("https://… of a git repository or of an archive; empty if it is not fetched."),
    )
    branch = models.CharField(
        _("branch"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Of a git repository; empty is its default branch."),
    )
    weekdays = models.CharField(
        _("weekdays"),
        max_length=7,
        default=WORKING_DAYS,
        db_default=WORKING_DAYS,
        help_text=_("The days on which it publishes."),
    )
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
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="source_has_name"),
            models.UniqueConstraint(
                fields=("model",), condition=~Q(model=""), name="source_one_per_model"
            ),
            models.CheckConstraint(
                condition=Q(fetch_kind__in=("git", "archive")), name="source_fetch_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Digest(models.Model):
    """One source's list of papers of one day and topic, empty ones too.

    ``changed_count`` are its papers of which another source, that comes first, says otherwise in
    English; where they are many, the digest is ``held`` until a curator accepts the changes: what
    it says is kept and shown nowhere (``papers.importing.held_back``).
    """

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="digests", verbose_name=_("source")
    )
    date = models.DateField(_("date"))
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="digests", verbose_name=_("topic")
    )
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
        """Without those that a re-issued digest took back."""
        return self.filter(withdrawn=False)

    def visible(self) -> "AppearanceQuerySet":
        """Those that readers may see: standing, and of a published paper."""
        return self.standing().filter(paper__hidden=False)


class Appearance(models.Model):
    """A paper's place in a digest.

    ``title_given``, ``abstract_given`` and ``authors_given`` are what this digest says where that
    differs from the paper's own English text, and null where it says the same (nearly always).
    """

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="appearances", verbose_name=_("paper")
    )
    digest = models.ForeignKey(
        Digest, on_delete=models.CASCADE, related_name="appearances", verbose_name=_("digest")
    )
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
        return f"{self.paper.arxiv_id} · {self.digest}"


class Translation(models.Model):
    """One distinct Chinese text for one field of one paper from one source, exactly as given.

    ``digests`` are those that gave it, so the days it was seen are theirs. A text of the site's own
    translator has the ``attempt`` that gave it instead. A text with neither is kept as history.
    ``faults`` are names from ``papers.text.triage``. ``chosen`` marks the one
    that readers see, cleaned, in the paper's own field.
    """

    class Field(models.TextChoices):
        TITLE = "title", _("title")
        ABSTRACT = "abstract", _("abstract")

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="translations", verbose_name=_("paper")
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="translations", verbose_name=_("source")
    )
    field = models.CharField(_("field"), max_length=8, choices=Field)
    text = models.TextField(_("text as given"))
    text_hash = models.CharField(_("hash of the text"), max_length=64, editable=False)
    faults = models.JSONField(_("faults"), default=list, blank=True)
    chosen = models.BooleanField(_("shown to readers"), default=False)
    digests = models.ManyToManyField(Digest, related_name="translations", blank=True)
    attempt = models.ForeignKey(
        TranslationAttempt,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="translations",
    )

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
    """A fault in the Chinese title or abstract that readers see, one row for each fault; and what
    is odd in the English ones and in the names of authors (``papers.text.english_side``), without
    a source.

    Written by ``papers.importing.reconcile`` alone. What a curator decided, or judged to be fine,
    is in no doubt. ``missing`` says that one of the two texts is lacking (it has no source); a
    paper without any Chinese has no row, for ``Paper.zh_state`` says so. ``effect`` is what readers
    meet of the fault, and ``day`` the paper's first day, so that the newest are found by an index.
    """

    class Effect(models.TextChoices):
        SHOWN = "shown", _("shown to readers")
        REPAIRED = "repaired", _("repaired: what readers see is clean")
        NOTHING = "nothing", _("nothing is shown")

    class Field(models.TextChoices):
        TITLE = "title", _("title")
        ABSTRACT = "abstract", _("abstract")
        AUTHORS = "authors", _("authors")

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="doubts", verbose_name=_("paper")
    )
    field = models.CharField(_("field"), max_length=8, choices=Field)
    fault = models.CharField(_("fault"), max_length=32)
    source = models.ForeignKey(
        Source,
        on_delete=models.CASCADE,
        null=True,
        related_name="doubts",
        db_index=False,
        verbose_name=_("source"),
    )
    effect = models.CharField(
        _("what readers see"),
        max_length=8,
        choices=Effect,
        default=Effect.SHOWN,
        db_default=Effect.SHOWN,
    )
    day = models.DateField(_("first seen"), null=True)

    class Meta:
        verbose_name = _("doubt")
        verbose_name_plural = _("doubts")
        constraints = [
            models.UniqueConstraint(fields=("paper", "field", "fault"), name="doubt_once"),
            models.CheckConstraint(
                condition=Q(field__in=("title", "abstract", "authors")), name="doubt_field_known"
            ),
        ]
        indexes = [
            models.Index(fields=("fault", "field", "source", "paper"), name="doubt_by_fault"),
            models.Index(fields=("source", "paper"), name="doubt_by_source"),
            models.Index(fields=("effect", "-day"), name="doubt_by_effect"),
        ]

    def __str__(self) -> str:
        return f"{self.paper.arxiv_id} {self.get_field_display()}"
