"""Where the Chinese that readers see may be wrong: the curators' queue."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.digest import Source
from papers.models.paper import Paper
from papers.models.translation import Translation


class Doubt(models.Model):
    """A fault in the Chinese title or abstract that readers see, one row for each fault.

    Written by ``papers.importing.reconcile`` alone. What a curator decided is in no doubt.
    ``missing`` says that one of the two texts is lacking (it has no source); a paper without any
    Chinese has no row, for ``Paper.zh_state`` says so.
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
