"""What the search index was made with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
