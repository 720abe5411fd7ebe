"""The runs of ``daily``, and what the operator was told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DailyRun(models.Model):
    """One run of ``daily``. ``steps`` are its steps so far, as in the JSON report."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    started = models.DateTimeField(_("started"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    steps = models.JSONField(_("steps"), default=list)

    class Meta:
        verbose_name = _("daily run")
        verbose_name_plural = _("daily runs")
        ordering = ("-started",)
        indexes = [models.Index(fields=("-started",), name="dailyrun_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("running", "done", "failed")), name="dailyrun_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M} {self.state}"


class Notice(models.Model):
    """A matter that the operator was told of. ``is_open`` as long as it lasts."""

    matter = models.CharField(_("matter"), max_length=255, unique=True)
    text = models.TextField(_("text"))
    told = models.DateField(_("told on"))
    is_open = models.BooleanField(_("lasts"), default=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-told", "matter")

    def __str__(self) -> str:
        return self.text[:60]
