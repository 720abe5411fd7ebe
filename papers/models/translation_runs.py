"""The site's own translator: its runs, and what came of each paper that it asked for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.models.paper import Paper


class TranslationRun(models.Model):
    """One run of ``translate_papers``: who translated, what it cost, and what came of it.

    ``guessed_in`` and ``guessed_out`` are the tokens that were expected for the same answers; the
    next run corrects its estimate with them. ``left`` are the papers that still lack a sound text,
    the refused ones included.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    started = models.DateTimeField(_("started"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    model = models.CharField(_("model"), max_length=100)
    host = models.CharField(_("host"), max_length=255)
    prompt = models.PositiveSmallIntegerField(_("version of the prompt"))
    options = models.JSONField(_("options"), default=dict)
    papers = models.PositiveIntegerField(_("papers translated"), default=0)
    titles = models.PositiveIntegerField(_("titles"), default=0)
    abstracts = models.PositiveIntegerField(_("abstracts"), default=0)
    refused = models.PositiveIntegerField(_("papers refused"), default=0)
    left = models.PositiveIntegerField(_("papers left"), default=0)
    tokens_in = models.PositiveBigIntegerField(_("tokens sent"), default=0)
    tokens_out = models.PositiveBigIntegerField(_("tokens received"), default=0)
    guessed_in = models.PositiveBigIntegerField(default=0, editable=False)
    guessed_out = models.PositiveBigIntegerField(default=0, editable=False)
    cost = models.FloatField(_("cost"), default=0.0)
    problems = models.JSONField(_("problems"), default=list)

    class Meta:
        verbose_name = _("translation run")
        verbose_name_plural = _("translation runs")
        ordering = ("-started",)
        indexes = [models.Index(fields=("-started",), name="translationrun_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("running", "done", "stopped", "failed")),
                name="translationrun_state_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M} {self.model} {self.state}"


class TranslationAttempt(models.Model):
    """A paper that the translator asked for, or that a curator wants it to ask for (``waiting``).

    ``reasons`` are names of ``papers.translation.reasons``, each with its field, such as
    ``abstract: strayed``; ``answer`` is the beginning of what was refused, foreign text. ``cost``
    is an estimate while the attempt waits. The texts that were accepted refer to the attempt that
    gave them (``Translation.attempt``).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("paper")
    )
    run = models.ForeignKey(
        TranslationRun,
        on_delete=models.CASCADE,
        null=True,
        related_name="attempts",
        verbose_name=_("run"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    fields = models.CharField(_("fields asked for"), max_length=16, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    answer = models.TextField(_("what was refused"), blank=True)
    cost = models.FloatField(_("cost"), default=0.0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("translation attempt")
        verbose_name_plural = _("translation attempts")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("state", "-at"), name="attempt_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=("paper",), condition=Q(state="waiting"), name="attempt_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "accepted", "refused")),
                name="attempt_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(run__isnull=False), name="attempt_has_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.state}"
