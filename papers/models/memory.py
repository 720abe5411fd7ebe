"""What the admin remembers beside the decisions: lengths of queues by day, addresses of feeds."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class QueueCount(models.Model):
    """How many items waited in a queue of the admin on a day, as last counted that day.

    ``papers.curation.queue_counts`` reads and writes the rows.
    """

    day = models.DateField(_("day"))
    queue = models.CharField(_("queue"), max_length=16)
    number = models.PositiveIntegerField(_("waiting"))
    at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("length of a queue")
        verbose_name_plural = _("lengths of queues")
        constraints = [
            models.UniqueConstraint(fields=("day", "queue"), name="queuecount_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.queue}: {self.number}"


class WaitingFeed(models.Model):
    """A user's feed of what waits. Its address is signed and contains ``key``.

    A new key, or no row, revokes the address.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waiting_feed"
    )
    key = models.CharField(max_length=32)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("feed of what waits")
        verbose_name_plural = _("feeds of what waits")

    def __str__(self) -> str:
        return str(self.user_id)
