"""State of the site with one row per table: the versions of the data, search index and rules.

It is in the database so that every web node and every replica has the same state.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

THE_ROW = 1


class DataVersion(models.Model):
    """The version of the data, in one row. ``papers.db.data_version`` reads and writes it."""

    token = models.CharField(_("token"), max_length=16)
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data versions")
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="dataversion_one_row")]

    def __str__(self) -> str:
        return self.token


class SearchIndex(models.Model):
    """The version of the search index, in one row (``papers.search.index_version``).

    Without the row, as in a new or flushed database, the index counts as empty.
    """

    version = models.CharField(_("made with"), max_length=100)

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")

    def __str__(self) -> str:
        return self.version


class TermCounts(models.Model):
    """What the counts of terms by week were made with, in one row that a new database lacks.

    ``terms`` is a hash of the counted terms, ``day`` the newest day of papers when rising terms
    were looked for. ``papers.glossary.term_weeks`` reads and writes it.
    """

    terms = models.CharField(_("made with"), max_length=16, blank=True)
    day = models.DateField(_("up to"), null=True)

    class Meta:
        verbose_name = _("counts of terms")
        verbose_name_plural = _("counts of terms")
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="termcounts_one_row")]

    def __str__(self) -> str:
        return self.terms


class TriageRules(models.Model):
    """The version of the triage rules, in one row that a new database lacks.

    ``papers.importing.retriage`` reads and writes it.
    """

    version = models.PositiveIntegerField(_("version of the rules"))

    class Meta:
        verbose_name = _("rules of the triage")
        verbose_name_plural = _("rules of the triage")
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="triagerules_one_row")]

    def __str__(self) -> str:
        return str(self.version)
