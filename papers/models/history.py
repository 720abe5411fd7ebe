"""The history of curators' decisions: what, who and when. Changes by imports are not recorded."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Act(models.TextChoices):
    """The kinds of change that a curator makes to a paper."""

    BEFORE = "before", _("as in the digests")
    EDIT = "edit", _("edited")
    PICK = "pick", _("chose a translation")
    RELEASE = "release", _("restored the digests' text")
    HIDE = "hide", _("hid it")
    UNHIDE = "unhide", _("showed it again")
    FEATURE = "feature", _("featured it")
    UNFEATURE = "unfeature", _("removed it from the front page")
    ANNOTATE = "annotate", _("wrote the note")
    ADD_TOPIC = "add_topic", _("added a topic")
    REMOVE_TOPIC = "remove_topic", _("removed a topic")
    FORGET_TOPIC = "forget_topic", _("reset a topic to the digests")
    JUDGE = "judge", _("judged it to be fine")
    REJECT = "reject", _("judged a text unfit to be shown")
    ASK_AGAIN = "ask_again", _("took a judgement back")
    REMEDY = "remedy", _("applied a remedy")
    REVERT = "revert", _("restored an earlier version")
    UNDO = "undo", _("undid a bulk action")


class DecidedState(models.Model):
    """Additional columns of a historical version of a paper.

    ``locked`` maps each decided field to the translation picked for it, if any. ``topics`` has the
    slugs that a curator ``added`` or ``removed``. ``judged`` are the judgements: each its field,
    its fault and the hash of its text. ``batch`` is the same for all papers that one action
    changed.
    """

    locked = models.JSONField(default=dict)
    topics = models.JSONField(default=dict)
    judged = models.JSONField(default=list, db_default=[])
    batch = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        abstract = True


class PaperHistory(HistoricalRecords):
    """Historical versions of papers. Only ``papers.curation`` writes them: imports and the removal
    of papers write none."""

    def post_save(self, *args, **kwargs) -> None:
        pass

    def pre_delete(self, *args, **kwargs) -> None:
        pass

    def post_delete(self, *args, **kwargs) -> None:
        pass


class EditHistory(HistoricalRecords):
    """Historical versions of rows that imports create and curators edit. Creating or deleting a row
    writes none."""

    def post_save(self, instance, created, using=None, **kwargs) -> None:
        if not created:
            super().post_save(instance, created, using, **kwargs)

    def pre_delete(self, *args, **kwargs) -> None:
        pass

    def post_delete(self, *args, **kwargs) -> None:
        pass
