"""The faults of a translation, in words for readers."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.text.triage import Fault

# Faults not named here (a text that is missing) are no doubt about a text that is shown.
_SAID: dict[str, str | Promise] = {
    Fault.NOT_CHINESE: _("hardly any of it is Chinese"),
    Fault.TOO_SHORT: _("it is far shorter than the English, so much of it is lacking"),
    Fault.INCOMPLETE: _("at least one sentence of the English is not in it"),
    Fault.EXPLAINED: _("the translating model added words of its own, which are left out here"),
    Fault.CHAT: _("parts of a conversation with the translating model are in it"),
    Fault.FOREIGN_SCRIPT: _("it has letters of a third language"),
    Fault.PLACEHOLDER: _("a place in it was never filled in"),
    Fault.FORMULAS_LOST: _("formulas of the English are lost in it"),
    Fault.SEVERAL_LINES: _("the model gave several versions of it"),
    Fault.IDENTICAL: _("it repeats the English"),
}


def in_words(faults: Iterable[str]) -> list[str | Promise]:
    """What is wrong, a phrase for each fault that matters to a reader."""
    return [_SAID[fault] for fault in faults if fault in _SAID]


FAULTS = {
    Fault.MISSING.value: _("missing"),
    Fault.NOT_CHINESE.value: _("not Chinese"),
    Fault.TOO_SHORT.value: _("too short"),
    Fault.INCOMPLETE.value: _("incomplete"),
    Fault.EXPLAINED.value: _("explained"),
    Fault.CHAT.value: _("chat"),
    Fault.FOREIGN_SCRIPT.value: _("foreign script"),
    Fault.PLACEHOLDER.value: _("placeholder"),
    Fault.FORMULAS_LOST.value: _("formulas lost"),
    Fault.SEVERAL_LINES.value: _("several lines"),
    Fault.IDENTICAL.value: _("same as the English"),
}
