"""The form of a source: where it is fetched from, checked as `fetch_digests --add` checks it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from papers.models import Source
from papers.publishers.address import AddressRefused, check_address, check_branch, is_local


class WeekdaysField(forms.MultipleChoiceField):
    """Weekdays as checkboxes, and as the digits 1 to 7 in the row."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        days = [(str(number + 1), name) for number, name in WEEKDAYS.items()]
        super().__init__(choices=days, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return list(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> list[str]:
        return sorted(set("".join(super().to_python(value))))

    def clean(self, value: Any) -> Any:
        return "".join(super().clean(value))


class SourceForm(forms.ModelForm):
    weekdays = WeekdaysField(
        label=_("Weekdays"), help_text=_("The days on which it publishes."), required=True
    )

    class Meta:
        model = Source
        fields = ("weekdays",)

    def clean_fetch_url(self) -> str:
        """Refuse files of the server: only who works on it may name them."""
        address = self.cleaned_data["fetch_url"]
        if not address or address == self.initial.get("fetch_url"):
            return address
        if is_local(address):
            raise ValidationError(_("Give an https:// address; files are for fetch_digests --add."))
        return _checked(check_address, address, _("Give an https:// address without a password."))

    def clean_branch(self) -> str:
        branch = self.cleaned_data["branch"]
        return _checked(check_branch, branch, _("Give the name of a branch, such as main."))


def _checked(check, value: str, message: Any) -> str:
    try:
        return check(value)
    except AddressRefused:
        raise ValidationError(message) from None
