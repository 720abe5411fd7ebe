"""Import runs, their problems, and uploaded files."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.models.fields import uploads_folder


class ImportRun(models.Model):
    """One run of ``import_digests``: its time, its paths, and its counts as in the JSON report.

    ``papers`` has the ids of some of the papers that it ``created`` and ``updated``. ``refused``
    are the first of the files that it refused, each with the reason; null if none.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    started = models.DateTimeField(_("started"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    paths = models.JSONField(_("paths"), default=list)
    counts = models.JSONField(_("counts"), default=dict)
    papers = models.JSONField(_("papers"), default=dict, editable=False)
    refused = models.JSONField(_("refused files"), null=True, editable=False)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ("-started",)
        indexes = [models.Index(fields=("-started",), name="importrun_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("running", "done", "failed")), name="importrun_state_known"
            )
        ]

    def __str__(self) -> str:
        started = timezone.localtime(self.started)
        return f"{started:%Y-%m-%d %H:%M} {self.get_state_display()}"


class ImportProblem(models.Model):
    """A problem of an import, where something was refused, cut, or repaired with loss."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="problems", verbose_name=_("run")
    )
    file = models.CharField(_("file"), max_length=1024)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    arxiv_id = models.CharField(_("arXiv id"), max_length=32, blank=True)
    code = models.CharField(_("code"), max_length=32)
    message = models.TextField(_("message"))

    class Meta:
        verbose_name = _("import problem")
        verbose_name_plural = _("import problems")
        ordering = ("run", "pk")

    def __str__(self) -> str:
        return f"{self.code} {self.arxiv_id}".strip()


class Upload(models.Model):
    """An uploaded file, with the source, day and topic that a path would give, and its state.

    A draft waits for the curator to confirm them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("to be confirmed")
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    file = models.FileField(_("file"), storage=uploads_folder, max_length=512)
    name = models.CharField(_("name"), max_length=255)
    source = models.CharField(_("source"), max_length=128, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    topic = models.CharField(_("topic"), max_length=128, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    run = models.ForeignKey(
        ImportRun,
        on_delete=models.SET_NULL,
        null=True,
        related_name="uploads",
        editable=False,
        verbose_name=_("run"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("draft", "waiting", "running", "done", "failed")),
                name="upload_state_known",
            )
        ]
        indexes = [models.Index(fields=("state",), name="upload_by_state")]

    def __str__(self) -> str:
        return self.name
