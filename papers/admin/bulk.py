"""Actions on many papers at once: a preview before, and an undo with one click after."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from papers import curation
from papers.admin.decisions import DECISIONS, Decision, over_budget
from papers.models import Paper

MAX_PAPERS = 500


def _admin_action(one: Decision) -> Callable:
    @admin.action(description=one.label, permissions=["change"])
    def action(model_admin: admin.ModelAdmin, request: HttpRequest, papers: QuerySet[Paper]) -> Any:
        return _run(one, model_admin, request, papers)

    action.__name__ = one.name
    return action


ACTIONS = [_admin_action(one) for one in DECISIONS.values()]


def _run(
    one: Decision, model_admin: admin.ModelAdmin, request: HttpRequest, papers: QuerySet[Paper]
) -> HttpResponse | None:
    """Show the page that previews the change; once it is confirmed, apply the decision."""
    chosen = list(papers[: MAX_PAPERS + 1])
    if len(chosen) > MAX_PAPERS:
        said = gettext("Select at most %(most)s papers at once.") % {"most": MAX_PAPERS}
        messages.error(request, said)
        return None
    form = one.form(request.POST if "confirmed" in request.POST else None)
    if "confirmed" in request.POST and form.is_valid():
        batch = curation.batch_name()
        try:
            one.apply(chosen, form.cleaned_data, request.user, batch)
        except curation.OverBudget as error:
            messages.error(request, over_budget(error))
        else:
            _say_done(request, one, len(chosen), batch)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": one.label,
        "opts": model_admin.opts,
        "form": form,
        "papers": chosen,
        "action_name": one.name,
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/papers/paper/bulk.html", context)


def _say_done(request: HttpRequest, one: Decision, number: int, batch: str) -> None:
    said = ngettext("%(number)s paper: %(action)s.", "%(number)s papers: %(action)s.", number)
    said = said % {"number": number, "action": str(one.label)}
    if not one.can_be_undone:
        messages.success(request, said)
        return
    href = reverse("admin:papers_paper_undo", args=[batch])
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, href, gettext("Undo")))


def undo_view(model_admin: admin.ModelAdmin) -> Callable[..., HttpResponse]:
    """Return the view that asks for confirmation and then undoes an action on several papers."""

    def view(request: HttpRequest, batch: str) -> HttpResponse:
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            undone = curation.undo(batch[:32], request.user)
            said = ngettext(
                "%(number)s paper restored.", "%(number)s papers restored.", undone.papers
            )
            messages.success(request, said % {"number": undone.papers})
            if undone.left:
                left = ngettext(
                    "%(number)s was changed again since and was not restored.",
                    "%(number)s were changed again since and were not restored.",
                    undone.left,
                )
                messages.warning(request, left % {"number": undone.left})
            return HttpResponseRedirect(reverse("admin:papers_paper_changelist"))
        records = Paper.history.filter(batch=batch[:32]).select_related("history_user")
        context = {
            **model_admin.admin_site.each_context(request),
            "title": gettext("Undo"),
            "opts": model_admin.opts,
            "records": records[:MAX_PAPERS],
        }
        return TemplateResponse(request, "admin/papers/paper/undo.html", context)

    return view
