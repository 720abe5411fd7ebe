"""Going back to a version of a paper: what would change, and which parts of it to take."""

from types import SimpleNamespace
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from papers import curation
from papers.admin.versions import changes
from papers.admin.workbench import row_of
from papers.curation.decision import states
from papers.curation.history import PARTS
from papers.models import Paper


def restore_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, paper: Paper, version: str
) -> HttpResponse:
    """Show what going back to a version would change; on POST, take the chosen parts."""
    if not model_admin.has_change_permission(request, paper):
        raise PermissionDenied
    record = row_of(paper.history.all(), version)
    if request.method == "POST":
        chosen = PARTS.keys() & request.POST.getlist("part")
        if chosen:
            curation.revert(record, request.user, sorted(chosen), curation.batch_name())
            messages.success(request, gettext("Done."))
        else:
            messages.info(request, gettext("Nothing was changed."))
        return HttpResponseRedirect(reverse("admin:papers_paper_history", args=[paper.pk]))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Go back to an earlier version"),
        "opts": model_admin.opts,
        "paper": paper,
        "version": record,
        "changes": list(changes(_present(paper), record)),
    }
    return TemplateResponse(request, "admin/papers/paper/restore.html", context)


def _present(paper: Paper) -> Any:
    """Return the present state of a paper in the form of a version."""
    state = states([paper.pk])[paper.pk]
    return SimpleNamespace(
        **state.fields, locked=state.locked, topics=state.topics, judged=state.judged
    )
