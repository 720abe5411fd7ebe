"""What each run of the import did, and what was wrong."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One run of ``import_digests``: when, of what, and its counts as in the JSON report."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    started = models.DateTimeField(_("started"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    paths = models.JSONField(_("paths"), default=list)
    counts = models.JSONField(_("counts"), default=dict)

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
        return f"{self.started:%Y-%m-%d %H:%M} {self.state}"


class ImportProblem(models.Model):
    """Something refused, cut, or repaired with loss: where, what, and what to do about it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
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
        return f"{self.file}:{self.line or ''} {self.message}"
