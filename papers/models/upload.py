"""Digests that a curator gave in the admin, waiting for the import."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digest_site import private
from papers.models.imports import ImportRun


def uploads_folder() -> Storage:
    """Beside the database and not below any address: nobody is served from it."""
    return FileSystemStorage(
        settings.UPLOADS_DIR,
        file_permissions_mode=private.FILE,
        directory_permissions_mode=private.FOLDER,
    )


class Upload(models.Model):
    """A file, with what its path would have said, and how far its import is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    file = models.FileField(_("file"), storage=uploads_folder, max_length=512)
    name = models.CharField(_("name"), max_length=255)
    source = models.CharField(_("source"), max_length=128, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    topic = models.CharField(_("topic"), max_length=128, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    said = models.TextField(_("what went wrong"), blank=True)
    run = models.ForeignKey(
        ImportRun, on_delete=models.SET_NULL, null=True, related_name="uploads", editable=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running", "done", "failed")),
                name="upload_state_known",
            )
        ]
        indexes = [models.Index(fields=("state",), name="upload_by_state")]

    def __str__(self) -> str:
        return self.name
