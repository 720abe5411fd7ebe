"""Names of the faults of a translation, for readers and curators."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.models import Doubt
from papers.text.english_side import Oddity
from papers.text.triage import Fault
from papers.translation.reasons import Reason

# Other faults (for example a missing text) do not cast doubt on a text that is shown.
_SAID: dict[str, str | Promise] = {
    Fault.NOT_CHINESE: _("almost none of it is Chinese"),
    Fault.TOO_SHORT: _("it is much shorter than the English, so parts are missing"),
    Fault.INCOMPLETE: _("at least one sentence of the English is not in it"),
    Fault.EXPLAINED: _("the translation model added remarks, which are not shown here"),
    Fault.CHAT: _("it contains parts of a chat with the translation model"),
    Fault.FOREIGN_SCRIPT: _("it contains characters from a third language"),
    Fault.PLACEHOLDER: _("it contains an unfilled placeholder"),
    Fault.INVENTED_ADDRESS: _("the translating model made up an address, which is left out here"),
    Fault.GARBLED: _("it is garbled: it repeats itself or has broken words"),
    Fault.HALF_TRANSLATED: _("parts of it were left in English"),
    Fault.FORMULAS_LOST: _("formulas of the English are missing"),
    Fault.SEVERAL_LINES: _("the translation model gave several versions"),
    Fault.IDENTICAL: _("it repeats the English"),
    Fault.STRAYED: _("it seems to translate another text"),
}


def in_words(faults: Iterable[str]) -> list[str | Promise]:
    """Return a phrase for each fault that matters to a reader."""
    return [_SAID[fault] for fault in faults if fault in _SAID]


FAULTS = {
    Fault.MISSING.value: _("missing"),
    Fault.NOT_CHINESE.value: _("not Chinese"),
    Fault.TOO_SHORT.value: _("too short"),
    Fault.INCOMPLETE.value: _("incomplete"),
    Fault.EXPLAINED.value: _("added remarks"),
    Fault.CHAT.value: _("talk of the translation model"),
    Fault.FOREIGN_SCRIPT.value: _("foreign script"),
    Fault.PLACEHOLDER.value: _("placeholder"),
    Fault.INVENTED_ADDRESS.value: _("invented address"),
    Fault.GARBLED.value: _("garbled"),
    Fault.HALF_TRANSLATED.value: _("half translated"),
    Fault.FORMULAS_LOST.value: _("formulas lost"),
    Fault.SEVERAL_LINES.value: _("several versions"),
    Fault.IDENTICAL.value: _("same as the English"),
    Fault.STRAYED.value: _("of another text"),
    Oddity.MACRO.value: _("command left in the English"),
    Oddity.DOLLAR.value: _("dollar sign left in the English"),
    Oddity.MANGLED.value: _("mangled letters in the English"),
    Oddity.NAME.value: _("author who is no person, or a mangled name"),
}


_REFUSED: dict[str, str | Promise] = {
    Reason.NOT_JSON.value: _("the answer is no JSON"),
    Reason.CHAT_AROUND.value: _("words around the answer"),
    Reason.TRUNCATED.value: _("the answer is cut off"),
    Reason.WRONG_NUMBER.value: _("wrong number of a paper"),
    Reason.TWO_ANSWERS.value: _("two answers for one paper"),
    Reason.MARKS.value: _("a formula lost or misplaced"),
    Reason.TRADITIONAL.value: _("traditional characters"),
    Reason.REPETITION.value: _("a sentence repeated"),
    Reason.TOO_LONG.value: _("too long"),
    Reason.UNFINISHED.value: _("unfinished"),
}


def refusal_in_words(reason: str) -> str:
    """Return why a translation was refused: ``abstract: strayed`` → "abstract: of another text"."""
    field, _sep, name = reason.rpartition(": ")
    named = str((_REFUSED | FAULTS).get(name, name))
    return f"{dict(Doubt.Field.choices).get(field, field)}: {named}" if field else named
