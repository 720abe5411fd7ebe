"""The decisions that a curator can make about one paper or many."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from papers import curation
from papers.admin.decision_forms import FeatureForm, HideForm, JudgeForm, NoteForm, TopicForm
from papers.models import Paper


@dataclass(frozen=True)
class Decision:
    """A decision: its name, its label, the function that applies it and the form for its input.

    Those that change no paper have no versions to go back to, so they cannot be undone.
    """

    name: str
    label: Any
    decide: Callable[..., None]
    form: type[forms.Form] = forms.Form
    can_be_undone: bool = True

    def apply(self, papers: list[Paper], said: dict[str, Any], by: Any, batch: str = "") -> None:
        self.decide(papers, **said, by=by, batch=batch)


DECISIONS = {
    one.name: one
    for one in (
        Decision("judge_fine", _("Looks fine"), curation.judge_fine, JudgeForm),
        Decision("feature", _("Feature on the front page"), curation.feature, FeatureForm),
        Decision("unfeature", _("Remove from the front page"), curation.unfeature),
        Decision("hide", _("Hide from readers"), curation.hide, HideForm),
        Decision("unhide", _("Show to readers again"), curation.unhide),
        Decision("annotate", _("Write a note"), curation.annotate, NoteForm),
        Decision("add_topic", _("Add a topic"), curation.add_topic, TopicForm),
        Decision("remove_topic", _("Remove a topic"), curation.remove_topic, TopicForm),
        Decision(
            "forget_topic", _("Reset a topic to the digests"), curation.forget_topic, TopicForm
        ),
        Decision(
            "translate_again",
            _("Have it translated again"),
            curation.translate_again,
            can_be_undone=False,
        ),
    )
}


def over_budget(error: curation.OverBudget) -> str:
    """Return what a curator is told who asked for more papers than the day's budget allows."""
    said = ngettext(
        "Not asked for: curators may have %(left)s more paper translated today.",
        "Not asked for: curators may have %(left)s more papers translated today.",
        error.left,
    )
    return said % {"left": error.left}
