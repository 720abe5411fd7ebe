"""What faults are called on the desk, and what they mean."""

from django.utils.translation import gettext_lazy as _

from papers.text.triage import Fault

FAULTS = {
    Fault.MISSING.value: _("missing"),
    Fault.NOT_CHINESE.value: _("not Chinese"),
    Fault.TOO_SHORT.value: _("too short"),
    Fault.EXPLAINED.value: _("explained"),
    Fault.CHAT.value: _("chat"),
    Fault.FOREIGN_SCRIPT.value: _("foreign script"),
    Fault.PLACEHOLDER.value: _("placeholder"),
    Fault.FORMULAS_LOST.value: _("formulas lost"),
    Fault.SEVERAL_LINES.value: _("several lines"),
    Fault.IDENTICAL.value: _("same as the English"),
}
