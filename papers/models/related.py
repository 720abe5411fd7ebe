"""Papers that are alike, and the words by which they are compared."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.models.paper import Paper
from papers.models.site_state import THE_ROW


class Related(models.Model):
    """One of the papers nearest to ``paper``, of which there are ten at most.

    ``score`` is the cosine of their weighted words times 10,000. ``papers.related`` reads and
    writes the rows; of equal scores the newest arXiv id comes first.
    """

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="related", db_index=False
    )
    other = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="related_of")
    score = models.PositiveSmallIntegerField(_("score"))

    class Meta:
        verbose_name = _("related paper")
        verbose_name_plural = _("related papers")
        constraints = [
            models.UniqueConstraint(fields=("paper", "other"), name="related_once"),
            models.CheckConstraint(condition=~Q(paper=F("other")), name="related_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} → {self.other_id}: {self.score}"


class PaperWords(models.Model):
    """The words by which a paper is compared with others, weighted (``papers.related.vectors``).

    A paper without a row is new, or its English text changed: it is compared with others next time.
    """

    paper = models.OneToOneField(
        Paper, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = models.BinaryField(_("words and weights"))

    class Meta:
        verbose_name = _("words of a paper")
        verbose_name_plural = _("words of papers")

    def __str__(self) -> str:
        return f"{self.paper_id}"


class Vocabulary(models.Model):
    """The words known to ``PaperWords``, and in how many papers each was, in one row.

    Without the row no paper is compared yet. ``words`` are compressed lines of a word and a number.
    """

    papers = models.PositiveIntegerField(_("papers"))
    words = models.BinaryField(_("words and numbers"))

    class Meta:
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")
        constraints = [models.CheckConstraint(condition=Q(id=THE_ROW), name="vocabulary_one_row")]

    def __str__(self) -> str:
        return f"{self.papers}"
