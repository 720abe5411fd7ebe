"""What is known of each publisher's own checkout: the last looks, and how far it is imported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.digest import Source


class Checkout(models.Model):
    """The fetched copy of a followed source. ``papers.publishers`` writes it.

    ``revision`` is the commit, or the hash of the archive, whose digests are imported; empty before
    the first import. ``error`` is why the last look failed, since ``reached``.
    """

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="checkout")
    since = models.DateTimeField(_("followed since"), auto_now_add=True)
    looked = models.DateTimeField(_("last look"), null=True, blank=True)
    reached = models.DateTimeField(_("last look that succeeded"), null=True, blank=True)
    revision = models.CharField(_("imported revision"), max_length=64, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("checkout")
        verbose_name_plural = _("checkouts")

    def __str__(self) -> str:
        return f"{self.source} {self.revision[:12]}"
