"""Decisions of curators, stored so that imports do not undo them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.digest import Doubt, Translation
from papers.models.paper import Paper


class FieldLock(models.Model):
    """A field of a paper that a curator decided. Imports do not change it.

    ``translation`` is the translation that was picked, or null if the curator wrote the text.
    """

    class Field(models.TextChoices):
        TITLE_EN = "title_en", _("English title")
        ABSTRACT_EN = "abstract_en", _("English abstract")
        TITLE_ZH = "title_zh", _("Chinese title")
        ABSTRACT_ZH = "abstract_zh", _("Chinese abstract")

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="locks", verbose_name=_("paper")
    )
    field = models.CharField(_("field"), max_length=16, choices=Field)
    translation = models.ForeignKey(
        Translation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="picks",
        verbose_name=_("translation"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("field lock")
        verbose_name_plural = _("field locks")
        constraints = [
            models.UniqueConstraint(fields=("paper", "field"), name="fieldlock_once"),
            models.CheckConstraint(
                condition=Q(field__in=("title_en", "abstract_en", "title_zh", "abstract_zh")),
                name="fieldlock_field_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper.arxiv_id} {self.get_field_display()}"


class Judgement(models.Model):
    """A curator's judgement of a text: the fault that was found in it is none.

    With an empty ``fault`` it is about the text as a whole: it is not fit to be shown.
    ``text_hash`` binds it to the text and its English (``papers.importing.reconcile.judged_hash``):
    when one of them changes, the judgement is kept and no longer holds.
    """

    UNFIT = ""

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="judgements", verbose_name=_("paper")
    )
    field = models.CharField(_("field"), max_length=8, choices=Doubt.Field)
    fault = models.CharField(_("fault"), max_length=32, blank=True)
    text_hash = models.CharField(_("hash of the text"), max_length=64, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = [
            models.UniqueConstraint(
                fields=("paper", "field", "fault", "text_hash"), name="judgement_once"
            ),
            models.CheckConstraint(
                condition=Q(field__in=("title", "abstract", "authors")),
                name="judgement_field_known",
            ),
        ]
        indexes = [models.Index(fields=("field", "fault"), name="judgement_by_fault")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.field} {self.fault}"


class DeskVisit(models.Model):
    """The time up to which a user has read the import problems in the admin."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_visit"
    )
    problems_read = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.problems_read:%Y-%m-%d %H:%M}"
