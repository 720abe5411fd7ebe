"""Forms for what a decision needs besides its name: a reason, a note, texts, a topic."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.digests.limits import LONGEST_ABSTRACT, LONGEST_TITLE
from papers.importing.evidence import triage
from papers.importing.reconcile import CHINESE
from papers.models import USUAL_PLACE, Doubt, FieldLock, Paper, Topic
from papers.presentation.fault_labels import FAULTS
from papers.text.sanitize import clean

LONGEST_NOTE = 2_000


class CleanText(forms.CharField):
    """Text without characters that harm pages and feeds.

    Line ends become single newlines, as in the database.
    """

    def __init__(self, rows: int = 2, one_line: bool = False, **kwargs) -> None:
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.one_line = one_line

    def to_python(self, value: Any) -> str:
        # Django's field refuses NUL; this one removes it like every other harmful character.
        text = clean(str(value or "").replace("\r\n", "\n").replace("\r", "\n")).strip()
        return " ".join(text.split()) if self.one_line else text


class TextsForm(forms.Form):
    """The titles and abstracts of a paper in both languages.

    The ``seen_…`` fields hold the texts as they were when the page was opened, so that two curators
    who edit at once do not overwrite each other's work unnoticed. The ``warned_…`` fields hold the
    Chinese texts whose faults the page has named: saving them once more saves them.
    """

    title_en = CleanText(one_line=True, required=True, max_length=LONGEST_TITLE)
    title_zh = CleanText(one_line=True, max_length=LONGEST_TITLE)
    abstract_en = CleanText(rows=12, max_length=LONGEST_ABSTRACT)
    abstract_zh = CleanText(rows=12, max_length=LONGEST_ABSTRACT)

    def __init__(self, paper: Paper, data: Mapping | None = None) -> None:
        self.now = {name: getattr(paper, name) for name in FieldLock.Field.values}
        super().__init__(data, initial=self.now, auto_id="text-%s")
        for name, label in FieldLock.Field.choices:
            self.fields[name].label = label
            language = "zh-Hans" if name.endswith("zh") else "en"
            self.fields[name].widget.attrs["lang"] = language

    @classmethod
    def holding(cls, paper: Paper, typed: Mapping[str, str]) -> "TextsForm":
        """Return a form with the paper's texts, except those in ``typed``; nothing is checked."""
        now = {name: getattr(paper, name) for name in FieldLock.Field.values}
        return cls(paper, {**now, **typed})

    @property
    def conflicts(self) -> list[str]:
        """Return the fields that somebody else changed while they were edited here."""
        return [name for name in self.errors if self.has_error(str(name), code="changed_meanwhile")]

    @property
    def unsaved(self) -> dict[str, str]:
        """Return what was typed and not saved, with the ``seen_…`` texts."""
        typed = {
            name: self.data[name]
            for name in self.now
            if name in self.data
            and self.fields[name].to_python(self.data[name]) != self._seen(name)
        }
        return typed | {f"seen_{name}": self._seen(name) for name in typed}

    @property
    def changed_fields(self) -> list[str]:
        """Return the fields whose text differs from the text that the page showed."""
        return [name for name in self.now if self.cleaned_data[name] != self._seen(name)]

    def _seen(self, name: str) -> str:
        seen = self.data.get(f"seen_{name}")
        return self.now[name] if seen is None else str(self.fields[name].to_python(seen))

    def clean(self) -> dict[str, Any] | None:
        for name, value in self.now.items():
            wanted = self.cleaned_data.get(name)
            shown = self.fields[name].to_python(value)
            if wanted is not None and self._seen(name) not in (shown, wanted) and wanted != shown:
                self.add_error(
                    name,
                    ValidationError(
                        gettext("This was changed in the meantime to: %(text)s"),
                        params={"text": value},
                        code="changed_meanwhile",
                    ),
                )
        if not self.errors:
            self._warn()
        return self.cleaned_data

    def _warn(self) -> None:
        """Name the faults of the Chinese texts that were typed, once for each text."""
        english = self.cleaned_data["title_en"], self.cleaned_data["abstract_en"]
        for name, kind in CHINESE.items():
            text = self.cleaned_data[name]
            if text == self._seen(name) or text == self.data.get(f"warned_{name}"):
                continue
            if faults := faults_of(kind, text, *english):
                said = gettext("This text looks wrong: %(faults)s. Save again to save it as it is.")
                self.add_error(
                    name,
                    ValidationError(said, code="warned", params={"faults": ", ".join(faults)}),
                )

    @property
    def warned(self) -> dict[str, str]:
        """Return the texts whose faults this form named, to be accepted the next time."""
        return {
            f"warned_{name}": str(self.fields[name].to_python(self.data[name]))
            for name in CHINESE
            if self.is_bound and self.has_error(name, code="warned")
        }


def faults_of(kind: str, text: str, title_en: str, abstract_en: str) -> list[str]:
    """Return the names of the faults of a Chinese text."""
    found = triage(kind, text, title_en, abstract_en).faults
    return [str(FAULTS.get(fault, fault)) for fault in found]


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason (for other curators)"), max_length=255, widget=forms.TextInput()
    )


class FeatureForm(forms.Form):
    order = forms.IntegerField(
        label=_("Position on the front page"),
        min_value=1,
        max_value=9_999,
        initial=USUAL_PLACE,
        help_text=_("Lower numbers come first."),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("If empty, the paper is featured only on its own day."),
    )

    @classmethod
    def initial_of(cls, paper: Paper) -> dict[str, Any]:
        return {"order": paper.featured_order, "until": paper.featured_until}

    def clean_until(self) -> Any:
        """Refuse a day that has passed: nobody would ever see the paper featured."""
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError(gettext("This day has passed. Choose today or a later day."))
        return until


class JudgeForm(forms.Form):
    """Which doubts are judged fine: of one field and fault, or all that readers meet."""

    field = forms.ChoiceField(
        choices=[("", ""), *Doubt.Field.choices], required=False, widget=forms.HiddenInput
    )
    fault = forms.ChoiceField(
        choices=[("", _("all faults")), *FAULTS.items()], required=False, label=_("fault")
    )


class NoteForm(forms.Form):
    note_en = CleanText(label=_("English note"), max_length=LONGEST_NOTE)
    note_zh = CleanText(label=_("Chinese note"), max_length=LONGEST_NOTE)


class TopicForm(forms.Form):
    topic = forms.ModelChoiceField(Topic.objects.unmerged(), label=_("Topic"))
