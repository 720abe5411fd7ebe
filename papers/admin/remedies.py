"""The page of remedies: what one would change, with check boxes, and one undo for all of it."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers import curation
from papers.admin.last_act import last_act
from papers.curation.bulk_remedies import REMEDIES, Proposal, Remedy, apply_remedy, proposals
from papers.text.text_diff import Piece, difference, excerpt

LABELS = {
    "fill": _("Put the link to arXiv into open places such as [此链接]"),
    "drop": _("Drop the short sentence with an open place"),
    "marks": _("Strip marks around a text, such as )* … *"),
    "unfit": _("Do not show a title that stands as an abstract"),
}


@dataclass(frozen=True)
class ProposedChange:
    """A proposal with its difference, cut to what is near it."""

    proposal: Proposal

    @property
    def pieces(self) -> list[Piece]:
        return excerpt(difference(self.proposal.before, self.proposal.after))


def remedies_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """List the remedies, or show what one would change; on POST, change what was chosen."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    remedy = REMEDIES.get(request.GET.get("remedy", ""))
    if request.method == "POST" and remedy:
        _apply(request, remedy)
        return HttpResponseRedirect(request.get_full_path())
    context = {
        **model_admin.admin_site.each_context(request),
        "title": LABELS[remedy.name] if remedy else gettext("Remedies for many papers"),
        "opts": model_admin.opts,
        "labels": LABELS,
        "remedy": remedy,
        "changes": [ProposedChange(one) for one in proposals(remedy)] if remedy else [],
        "last_act": last_act(request),
    }
    return TemplateResponse(request, "admin/papers/paper/remedies.html", context)


def _apply(request: HttpRequest, remedy: Remedy) -> None:
    batch = curation.batch_name()
    chosen = set(request.POST.getlist("chosen"))
    number = apply_remedy(remedy, chosen, request.user, batch)
    said = ngettext("%(number)s text was changed.", "%(number)s texts were changed.", number)
    messages.success(request, said % {"number": number})
