"""Kept numbers: how many published papers each day brought."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.paper import ZhState
from papers.models.topic import Topic


class Tally(models.Model):
    """How many published papers were first seen on a day, on one topic or (null) altogether, with
    their Chinese in one state. ``papers.lists.counts`` writes and reads it; there are no rows of
    zero.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="+")
    zh_state = models.CharField(_("state of the Chinese"), max_length=8, choices=ZhState)
    day = models.DateField(_("day"))
    papers = models.PositiveIntegerField(_("published papers"))

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=("day", "topic", "zh_state"), name="tally_once_on_a_topic"
            ),
            models.UniqueConstraint(
                fields=("day", "zh_state"), condition=Q(topic=None), name="tally_once_altogether"
            ),
            models.CheckConstraint(condition=Q(papers__gt=0), name="tally_counts_something"),
        ]
        indexes = [models.Index(fields=("topic", "day", "zh_state", "papers"), name="tally_days")]

    def __str__(self) -> str:
        return f"{self.day} {self.topic_id} {self.zh_state}: {self.papers}"
