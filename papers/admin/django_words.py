"""Words of Django's own admin that its Chinese catalogue lacks: ours has them in its place."""

from django.utils.translation import gettext_lazy as _

WORDS = (
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("After you’ve created a user, you’ll be able to edit more user options."),
)
