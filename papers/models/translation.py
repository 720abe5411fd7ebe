"""Chinese texts as the sources gave them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.digest import Digest, Source
from papers.models.paper import Paper


class Translation(models.Model):
    """One distinct Chinese text for one field of one paper from one source, exactly as given.

    ``digests`` are those that gave it, so the days it was seen are theirs; a text with none left is
    kept as history. ``faults`` are names from ``papers.text.triage``. ``chosen`` marks the one
    that readers see, cleaned, in the paper's own field.
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
