"""Lists that readers get by mail."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_PATH, LONGEST_QUERY = 300, 1_000  # characters; a key of an index holds 2,700 bytes


class MailedListQuerySet(models.QuerySet):
    def confirmed(self) -> "MailedListQuerySet":
        return self.filter(confirmed__isnull=False)

    def unconfirmed(self) -> "MailedListQuerySet":
        return self.filter(confirmed__isnull=True)


class MailedList(models.Model):
    """A list that an address wants by mail. This is all that is kept about its reader.

    ``language`` is that of the interface; the language of titles is in the list's ``query``.
    ``seen`` is the number of the newest paper at the last message, ``tried`` the day of the last
    message, also if the mail server did not take it, and ``sent`` of the last one that it took.
    """

    address = models.EmailField()
    path = models.CharField(max_length=LONGEST_PATH)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    language = models.CharField(max_length=8)
    asked = models.DateTimeField(default=timezone.now)
    letter_due = models.BooleanField(default=True)
    confirmed = models.DateTimeField(null=True, blank=True)
    seen = models.BigIntegerField(default=0)
    tried = models.DateField(null=True, blank=True)
    sent = models.DateField(null=True, blank=True)

    objects = MailedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list by mail")
        verbose_name_plural = _("lists by mail")
        constraints = [
            models.UniqueConstraint(
                fields=("address", "path", "query"), name="mailedlist_once_an_address"
            ),
            models.CheckConstraint(
                condition=Q(language__in=("en", "zh-hans")), name="mailedlist_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}{'?' if self.query else ''}{self.query}"
