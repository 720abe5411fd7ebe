"""The data's version, in the database so that every web node and every replica knows the same."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

THE_ROW = 1


class DataVersion(models.Model):
    """One row; ``papers.db.data_version`` reads and writes it."""

    token = models.CharField(_("token"), max_length=16)
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data versions")
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="dataversion_one_row")]

    def __str__(self) -> str:
        return self.token


class SearchIndex(models.Model):
    """The one row that says how the index was made
    (``papers.search.index_version.current_version``).

    Where it is lacking, in a new or a flushed database, the index counts as empty.
    """

    version = models.CharField(_("made with"), max_length=100)

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")

    def __str__(self) -> str:
        return self.version


class TriageRules(models.Model):
    """One row; ``papers.importing.retriage`` reads and writes it. A new database has none."""

    version = models.PositiveIntegerField(_("version of the rules"))

    class Meta:
        verbose_name = _("rules of the triage")
        verbose_name_plural = _("rules of the triage")
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="triagerules_one_row")]

    def __str__(self) -> str:
        return str(self.version)
