"""Terms of the field in both languages, and how many papers use them by week."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.fields import ByteOrderedCharField
from papers.models.history import EditHistory

LONGEST_CHINESE, LONGEST_ENGLISH = 40, 100


class Term(models.Model):
    """A Chinese and an English term that translate each other, in addition to the shipped glossary.

    ``papers.glossary`` reads the rows. A curator's row wins over every other row of its pair of
    terms; ``hidden`` removes the pair from the glossary, the shipped pair too. Save instances, or
    set ``modified`` in updates: the version of the glossary depends on it.
    """

    class Kind(models.TextChoices):
        CORE = "core", _("term")
        VARIANT = "variant", _("variant, for search only")
        ABBREVIATION = "abbreviation", _("abbreviation")

    class Direction(models.TextChoices):
        BOTH = "both", _("both directions")
        TO_ENGLISH = "to-english", _("from Chinese to English")
        TO_CHINESE = "to-chinese", _("from English to Chinese")

    class Origin(models.TextChoices):
        MINED = "mined", _("mined")
        SHIPPED = "shipped", _("shipped with the site")
        HAND = "hand", _("written by hand")
        CURATOR = "curator", _("decided by a curator")

    chinese = ByteOrderedCharField(_("Chinese"), max_length=LONGEST_CHINESE)
    english = ByteOrderedCharField(_("English"), max_length=LONGEST_ENGLISH)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CORE)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction, default=Direction.BOTH
    )
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, default=Origin.CURATOR)
    score = models.FloatField(
        _("score"),
        default=1.0,
        help_text=_("How closely the two terms belong together, from 0 to 1."),
    )
    together = models.PositiveIntegerField(_("pairs of sentences with both"), default=0)
    chinese_count = models.PositiveIntegerField(_("pairs with the Chinese"), default=0)
    english_count = models.PositiveIntegerField(_("pairs with the English"), default=0)
    hidden = models.BooleanField(_("hidden"), default=False)
    note_en = models.TextField(_("curator's note, English"), blank=True)
    note_zh = models.TextField(_("curator's note, Chinese"), blank=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)

    history = EditHistory(excluded_fields=("modified",))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("english", "chinese")
        constraints = [
            models.UniqueConstraint(fields=("english", "chinese"), name="term_once"),
            models.CheckConstraint(condition=~Q(english="") & ~Q(chinese=""), name="term_is_pair"),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="term_score_is_share"),
        ]

    def __str__(self) -> str:
        return f"{self.english} – {self.chinese}"


class RisingTerm(models.Model):
    """A term that titles of the last weeks use more than before, as ``count_terms`` found.

    ``term`` is in normal form. If not ``known``, it is a phrase that the glossary lacked then.
    ``rejected``: a curator said that it is no term. Such a row stays, so that it is not listed
    again. ``papers.glossary.rising`` reads and writes the rows.
    """

    term = ByteOrderedCharField(_("term"), max_length=LONGEST_ENGLISH, unique=True)
    known = models.BooleanField(_("in the glossary"), default=False)
    recent = models.PositiveIntegerField(_("titles now"))
    before = models.PositiveIntegerField(_("titles before"))
    score = models.FloatField(_("score"))
    rejected = models.BooleanField(_("not a term"), default=False)

    history = EditHistory()

    class Meta:
        verbose_name = _("rising term")
        verbose_name_plural = _("rising terms")
        ordering = ("-score", "term")

    def __str__(self) -> str:
        return self.term


class TermWeek(models.Model):
    """How many published papers first seen in a week use a term, in titles and anywhere.

    ``term`` is the key of the term in the glossary, ``week`` its Monday. Weeks without a paper have
    no row. ``papers.glossary.term_weeks`` reads and writes the rows.
    """

    term = ByteOrderedCharField(_("term"), max_length=LONGEST_ENGLISH)
    week = models.DateField(_("week"))
    papers = models.PositiveIntegerField(_("papers"))
    titles = models.PositiveIntegerField(_("papers with the term in the title"))

    class Meta:
        verbose_name = _("papers of a week with a term")
        verbose_name_plural = _("papers of each week with a term")
        constraints = [
            models.UniqueConstraint(fields=("term", "week"), name="termweek_once"),
        ]
        indexes = [
            models.Index(fields=("week", "term", "papers", "titles"), name="termweek_rising")
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.term}: {self.papers}"
